"""What somebody meant by a line that is no YAML: a text without quotation marks, signs pasted from a word processor.

A parser only knows where it gave up. Here the line is looked at as a person would, and where it can be meant in one
way only, that way is the cure: it counts if the file can then be read further than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.diagnostics import LINE_END, Finding, Message, Span, msg, quoted
from wavectl.text.terminal import ODD_SPACES
from wavectl.yamlfile.parser import MISALIGNED, MISALIGNED_IN_LIST, MISSING_COLON, ComposeError, compose, quote_scalar

_ODD_INDENT = re.compile(rf"[ ]*(?P<odd>[{ODD_SPACES}][{ODD_SPACES} ]*)")
_BULLET = re.compile(r"[ ]*(?P<bullet>[•·‣▪●◦–—*]|\d{1,2}[.)])[ \t]+(?=\S)")
_COLON_WITHOUT_SPACE = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<colon>:)(?!//)[^\s:]")
_HYPHEN_WITHOUT_SPACE = re.compile(r"[ ]*(?P<hyphen>-)[a-z_]{2,}:(\s|$)")
_INDENT_AND_HYPHENS = re.compile(r"[ ]*(?:-[ ]+)*")
_CONFLICT_MARKER = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")


def explain_syntax_error(text: str, error: ComposeError, max_nodes: int) -> SyntaxProblem | None:
    """Return what was meant where a parser gave up; None where that cannot be told.

    ``nodes`` bounds what is read to try a cure.
    """
    lines = LINE_END.split(text)
    if len(lines[min(error.line, len(lines) - 1)]) > MAX_LINE_LENGTH:
        return None
    for trap in _candidate_problems(lines, error):
        if trap.fix is None or _fix_helps(lines, trap, error, max_nodes):
            return trap
        return trap._replace(fix=None)
    return None


def _fix_helps(lines: Sequence[str], problem: SyntaxProblem, error: ComposeError, max_nodes: int) -> bool:
    """Tell whether the file can be read further with a cure than without."""
    line = lines[problem.line]
    cured = [*lines]
    cured[problem.line] = f"{line[: problem.column]}{problem.fix}{line[problem.end :]}"
    try:
        compose("\n".join(cured), max_nodes)
    except ComposeError as other:
        grown = len(cured[problem.line]) - len(line) if other.line == problem.line else 0
        return (other.line, other.column - max(grown, 0)) > (error.line, error.column)
    return True


def _candidate_problems(lines: Sequence[str], error: ComposeError) -> Iterator[SyntaxProblem]:
    """Return what may be meant, the likeliest first: what stands on the line, or on the one above that it goes on."""
    here = min(error.line, len(lines) - 1)
    above = next((number for number in range(here - 1, -1, -1) if lines[number].strip()), here)
    if lines[here][error.column : error.column + 1] == "\t":
        yield tab_problem(here, lines[here], error.column)
    yield from (_merge_conflict(number, line) for number, line in enumerate(lines) if _CONFLICT_MARKER.match(line))
    for number in dict.fromkeys((here, above)):
        yield from filter(None, (look(number, lines[number][:MAX_LINE_LENGTH]) for look in _LINE_CHECKS))
    if above < here and _is_continuation(lines[above], lines[here], error.column):
        yield _missing_colon(above, lines[above])
    value = value_of(lines[here])
    if value is not None and error.column >= value.start:
        if error.column == value.start + 1 and value.text[0] in "'\"":  # it may be a closing one
            opening = next(
                (n for n in range(here - 1, max(here - _MAX_LINES_ABOVE, -1), -1) if _opens_quote(lines[n])), None
            )
            yield from [] if opening is None else [_unclosed_quote(opening, lines[opening])]
        if (
            value.text[0] not in "|>"
            or here + 1 == len(lines)
            or _indent_of(lines[here + 1]) <= _indent_of(lines[here])
        ):
            yield from value_problems(here, value)
    yield from _unclosed_hashtag_list(lines, here)
    if above < here and _is_indented_below_value(lines[above], lines[here], error.column):
        yield _indented_too_far(here, lines[here], lines[above])
    elif error.message.text in (MISALIGNED, MISALIGNED_IN_LIST) and not lines[here][: error.column].strip(" -"):
        yield from _misaligned(here, lines)


_MAX_LINES_ABOVE = 40
"""How many lines above a fault a quotation mark is looked for that was never closed."""


def tab_problem(number: int, line: str, column: int) -> SyntaxProblem:
    """Return what is said of a tab; behind a colon or a hyphen it can only be a space, at the start of a line many."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    cure = (" " if line[end:] else "") if line[:column].strip() else None
    return SyntaxProblem(msg("a tab stands here"), msg("type spaces instead"), number, column, end, cure)


def _merge_conflict(number: int, line: str) -> SyntaxProblem:
    return SyntaxProblem(
        msg("two versions of the file stand here, from a git merge that was not finished"),
        msg("keep the lines of one version, and delete the lines of <, = and > signs"),
        number,
        0,
        len(line),
    )


def _odd_indent(number: int, line: str) -> SyntaxProblem | None:
    match = _ODD_INDENT.match(line)
    if match is None:
        return None
    start, end = match.span("odd")
    message = msg("no-break spaces stand at the start of this line")
    return SyntaxProblem(message, msg("type ordinary spaces instead"), number, start, end, " " * (end - start))


def _bullet(number: int, line: str) -> SyntaxProblem | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    start, end = match.span("bullet")
    message = msg("{sign} opens this line, where a list has a hyphen", sign=quoted(match["bullet"]))
    return SyntaxProblem(message, msg("type a hyphen and a space instead"), number, start, end, "-")


def _missing_space_after_colon(number: int, line: str) -> SyntaxProblem | None:
    match = _COLON_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("colon")
    hint = msg("write it so: {text}", text=f"{line[:start].lstrip(' -')}: {line[end:].strip()}")
    return SyntaxProblem(msg("the space behind this colon is missing"), hint, number, start, end, ": ")


def _missing_space_after_hyphen(number: int, line: str) -> SyntaxProblem | None:
    match = _HYPHEN_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("hyphen")
    hint = msg("write it so: {text}", text=f"- {line[end:].strip()}")
    return SyntaxProblem(msg("the space behind this hyphen is missing"), hint, number, start, end, "- ")


_LINE_CHECKS: tuple[Callable[[int, str], SyntaxProblem | None], ...] = (
    _odd_indent,
    _bullet,
    _missing_space_after_colon,
    _missing_space_after_hyphen,
)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _unclosed_hashtag_list(lines: Sequence[str], error_line: int) -> Iterator[SyntaxProblem]:
    """Return the list of hashtags above a fault whose closing bracket is part of a remark."""
    for number in range(error_line - 1, max(error_line - _MAX_LINES_ABOVE, -1), -1):
        value = value_of(lines[number])
        if value is not None and value.text[:2] == "[#":
            yield from value_problems(number, value)


def _key_of(line: str) -> str:
    return line.strip(" -").partition(":")[0].rstrip()


def _is_continuation(above: str, line: str, column: int) -> bool:
    """Tell whether a line is read on from one above it that has no colon, up to its own colon at ``column``."""
    return (
        line[column : column + 1] == ":"
        and ":" not in line[:column]
        and not re.search(r":(\s|$)", above)
        and not above.lstrip().startswith(("-", "#"))
        and _indent_of(above) == _indent_of(line)
    )


def _missing_colon(number: int, line: str) -> SyntaxProblem:
    start = _indent_of(line)
    hint = msg("write title: in front of it if it is the title, or set it in if it goes on with the line above")
    return SyntaxProblem(msg(MISSING_COLON), hint, number, start, len(line.rstrip()))


def _misaligned(number: int, lines: Sequence[str]) -> Iterator[SyntaxProblem]:
    """Return what is said of a line that stands under none of those above: the nearest that it may belong under."""
    line = lines[number]
    start = _indent_of(line)
    hyphen = line[start : start + 1] == "-"
    near = []
    for other in lines[max(number - _MAX_LINES_ABOVE, 0) : number]:
        opening = _INDENT_AND_HYPHENS.match(other)
        key = opening.end() if opening and KEY_VALUE_LINE.match(other[:MAX_LINE_LENGTH]) else None
        column = _indent_of(other) if hyphen and other.lstrip().startswith("- ") else None if hyphen else key
        if column is not None and column != start:
            near.append((abs(column - start), -column, _key_of(other)))
    if near:
        _, column, key_above = min(reversed(near), key=lambda one: one[:2])
        hint = (
            msg("put as many spaces in front of its hyphen as in the lines above: {count}", count=-column)
            if hyphen
            else msg("begin it with {count} spaces, so that it stands under {key}", count=-column, key=f"{key_above}:")
        )
        yield SyntaxProblem(msg(MISALIGNED), hint, number, start, len(line.rstrip()))


def _opens_quote(line: str) -> bool:
    """Tell whether a value opens with a quotation mark that the line does not close."""
    value = value_of(line)
    return value is not None and value.text[0] in "'\"" and value.text.rstrip().count(value.text[0]) % 2 == 1


def _unclosed_quote(number: int, line: str) -> SyntaxProblem:
    value = value_of(line) or LineValue("", 0, line)
    message = msg("the quotation mark that opens here is never closed")
    return SyntaxProblem(message, msg("close it at the end of the text"), number, value.start, value.start + 1)


def _is_indented_below_value(above: str, line: str, column: int) -> bool:
    """Tell whether a line is set in below one that has its value already, so that it seems to go on with that."""
    entry, value = KEY_VALUE_LINE.match(line), value_of(above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    return _indent_of(line) > len(above) - len(above.lstrip(" -")) and ":" not in line[:column].strip()


def _indented_too_far(number: int, line: str, above: str) -> SyntaxProblem:
    start = _indent_of(line)
    message = msg("this line is set in further than the line above it, which holds a text already")
    return SyntaxProblem(message, alignment_hint(above), number, start, len(line.rstrip()))


def alignment_hint(above: str) -> Message:
    """Return the cure of a line that should stand under another one."""
    opening = _INDENT_AND_HYPHENS.match(above)
    count = opening.end() if opening else 0
    if not count:
        return msg("take away the spaces in front of it")
    return msg("begin it with {count} spaces, so that it stands under {key}", count=count, key=f"{_key_of(above)}:")


_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"\[\]{},][^:#\[\]{},]*?)"
KEY_VALUE_LINE = re.compile(rf"{_LEAD}{_KEY}[ ]*:[ ]+(?P<value>\S.*)")
"""A line that gives a value to a key."""
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_COMMENT = re.compile(r"\s+#.*$")
_CURLY_QUOTED = re.compile(r"[“„‟”](?P<inside>[^“„‟”\"\\]*)[“‟”]|[‘‚’](?P<other>[^‘‚’\"\\]*)[‘’]")
_LANGUAGE_PREFIX = r"(?:ar|ca|en|es|fr|pt|ru|tr|zh):[ ]"
_WITH_LANGUAGE_PREFIX = re.compile(rf"{_LANGUAGE_PREFIX}|.*[\s,;\"']{_LANGUAGE_PREFIX}")
"""A text that seems to hold more than one language; before a colon of French there is a space, so it is not one."""
_LANGUAGE_BOUNDARY = re.compile(rf"(?:^|\s*[,;]\s*|(?<=[\"'])\s*|\s+)(?={_LANGUAGE_PREFIX})")
_PAIR_BOUNDARY = re.compile(r",\s*(?=[\w-]+:\s)")
_KEY_VALUE_PAIR = re.compile(r"\s*(?P<key>[\w-]+):\s+(?P<value>\S.*?)\s*$")
_MISSING_COMMA = re.compile(r"(?P<text>\"[^\"\\]*\"|'[^']*')(?P<gap>\s*;?\s*)(?=(?P<next>[\w-]+):\s)")
_SEVERAL_QUOTED = re.compile(r"([\"'])[^\"']*\1(\s*,\s*\1[^\"']*\1)+")
_HASHTAG_LIST = re.compile(r"\[\s*(?P<items>[\"']?#[^\[\]{}:]*?)\s*\]")
_MARKDOWN_LINK = re.compile(r"\[[^\]]*\]\((?P<url>https?://[^\s()]+)\)")
_MISSING_CLOSING_QUOTE = re.compile(r'"[^"\\]*\s"\w[^"]*"')
"""A text with quotation marks around its last words, whose own one is missing at the end."""
_PAIRS_ON_ONE_LINE = re.compile(
    r"[^\"'].*,\s*(?:id|title|short|name|kind|status|when|place|country|role|url|period|slogan):\s"
)
"""What belongs on several lines, with commas between."""
_FORBIDDEN_OPENINGS = "@`%*&!|>?#,]}"
"""What an unquoted text cannot open with."""
_DATE_DECORATION = "*?!_<>-` \"'“”‘’"
"""What people write around a date that is not known yet."""
_LIST_KEYS = frozenset(
    ("actors", "alarm", "aliases", "campaigns", "countries", "hashtags", "kinds", "languages", "moments", "priorities",
     "regions", "required_groups", "was", "waves")
)  # fmt: skip
MAX_LINE_LENGTH = 2000
"""How long a line may be in which a mistake is looked for: people do not write longer ones."""
_CLOSING = {"[": "]", "{": "}"}


class SyntaxProblem(NamedTuple):
    """What a line was meant to be: fault and cure, the place from ``column`` to ``end`` (from 0), what to write."""

    message: Message
    hint: Message
    line: int
    column: int
    end: int
    fix: str | None = None

    def to_finding(self, file: str) -> Finding:
        """Return the finding that a file has fallen into it."""
        span = Span(self.line + 1, self.column + 1, self.line + 1, self.end + 1)
        return Finding("yaml-syntax", file, (), self.message, self.hint, span=span, fix=self.fix)


class LineValue(NamedTuple):
    """The value of a line, without a remark behind it; ``start`` counts from 0."""

    key: str
    start: int
    text: str


def value_of(line: str) -> LineValue | None:
    """Return the value that a line gives to a key, or to an item of a list."""
    match = (KEY_VALUE_LINE.match(line) or _ITEM.match(line)) if len(line) <= MAX_LINE_LENGTH else None
    if match is None:
        return None
    text, mark = match["value"], match["value"][0]
    last = text.rfind(_CLOSING.get(mark, mark))
    if mark in "'\"[{" and last > 0 and re.fullmatch(r"\s*(#.*)?", text[last + 1 :]):
        text = text[: last + 1]
    elif mark != "#":
        text = _COMMENT.sub("", text[1:])
        text = (mark + text).rstrip()
    return LineValue(match.groupdict().get("key") or "", match.start("value"), text)


def value_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Return what the value of a line, by its number from 0, may be meant to be."""
    start, text = value.start, value.text
    if text[0] == "{":
        yield from _flow_problems(number, value)
    elif text[0] == "[":
        match, link = _HASHTAG_LIST.fullmatch(text), _MARKDOWN_LINK.fullmatch(text)
        if link is not None and value.key in ("url", "site"):
            yield _quoting_problem(number, start, text, link["url"], msg("only the address itself can stand here"))
        if match is not None:
            items = [item.strip(" \"'") for item in re.split(r",|\s(?=[\"']?#)", match["items"])]
            yield _quoting_problem(
                number,
                start,
                text,
                f"[{', '.join(map(quote_scalar, filter(None, items)))}]",
                _comment_message(items[0]),
            )
    else:
        yield from _text_problems(number, value)


def _text_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Return what a text without sound quotation marks may be meant to be."""
    start, text = value.start, value.text
    if value.key == "when":
        yield from _date_problems(number, value)
    if _WITH_LANGUAGE_PREFIX.match(text):
        yield _languages_problem(number, value)
    if _PAIRS_ON_ONE_LINE.match(text):
        hint = msg("put each word with its colon on a line of its own, without the comma")
        yield SyntaxProblem(msg("several words with a colon stand on one line"), hint, number, start, start + len(text))
    curly = _CURLY_QUOTED.fullmatch(text)
    if curly is not None:
        inside = curly["inside"] if curly["inside"] is not None else curly["other"]
        message = msg("a text cannot stand in curly quotation marks")
        yield _quoting_problem(number, start, text, quote_scalar(inside), message)
    elif text[0] in "'\"":
        yield from _quoted_text_problems(number, start, text)
    elif re.match(r"-(\s|$)", text):
        yield _hyphen_problem(number, value)
    elif re.fullmatch(r"\*[\w-]+", text):  # which may be a reference with a slip
        message = msg("the text opens with *, which points to another part of the file")
        yield _quoting_problem(number, start, text, quote_scalar(text), message)._replace(fix=None)
    elif text[0] in _FORBIDDEN_OPENINGS:
        message = msg("a text cannot open with {character}", character=quoted(text[0]))
        yield _quoting_problem(number, start, text, quote_scalar(text), message)
    elif ": " in text or text.endswith(":"):
        yield _quoting_problem(
            number, start, text, quote_scalar(text), msg("a colon followed by a space stands inside a text")
        )


def _date_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Return what marks around a date, or in its place, mean: ``*TBC*``, ``?``, ``-``."""
    bare = value.text.strip(_DATE_DECORATION)
    try:
        found = parser.parse_date(bare or "?")
    except parser.DatePhraseError:
        return
    if found.certain and found.repeat is None:
        message = msg("{sign} is no date", sign=quoted(value.text))
        end = value.start + len(value.text)
        yield SyntaxProblem(message, msg("write {date}", date=found.edtf), number, value.start, end, found.edtf)


def _languages_problem(number: int, value: LineValue) -> SyntaxProblem:
    """Return what is said of several languages in one value: in braces they are a text, below a language not."""
    start, text = value.start, value.text
    message = msg("a text in several languages stands here without braces")
    hint = msg("put each language on a line of its own, with its text in quotation marks")
    parts = [part.rstrip(" ,;-–") for part in _LANGUAGE_BOUNDARY.split(text)]
    named = [_KEY_VALUE_PAIR.fullmatch(part) for part in parts[1:]]
    if parts[0] or not all(named):
        return SyntaxProblem(message, hint, number, start, start + len(text))
    texts = [(part["key"], part["value"]) for part in named if part is not None]
    cure = ", ".join(f"{key}: {one if _is_quoted(one) else quote_scalar(one)}" for key, one in texts)
    return _quoting_problem(number, start, text, f"{{{cure}}}", message)


def _hyphen_problem(number: int, value: LineValue) -> SyntaxProblem:
    """Return what a hyphen behind a key is meant to be: the first item of a list, or a part of a text."""
    start, text = value.start, value.text
    message = msg("a hyphen opens a list where a text stands")
    if value.key in _LIST_KEYS or re.match(r"-\s+[a-z_]+:\s", text) or text == "-":
        hint = msg("begin the list on the next line, with two spaces in front of its hyphen")
        return SyntaxProblem(message, hint, number, start, start + 1)
    return _quoting_problem(number, start, text, quote_scalar(text), message)


def _quoted_text_problems(number: int, start: int, text: str) -> Iterator[SyntaxProblem]:
    """Return what a text may be meant to be that opens with a quotation mark."""
    mark, last = text[0], text.rfind(text[0])
    same = msg("the text holds the same quotation mark that it stands in")
    if _SEVERAL_QUOTED.fullmatch(text):
        message = msg("several texts stand here without a list")
        hint = msg("put each item on a line of its own, after a hyphen")
        yield SyntaxProblem(message, hint, number, start, start + len(text))
    elif len(text) > 4 and text[:2] == text[-2:] == mark * 2 and mark not in text[2:-2]:
        yield _quoting_problem(number, start, text, quote_scalar(text[2:-2]), same)
    elif last == len(text) - 1 and _MISSING_CLOSING_QUOTE.fullmatch(text):
        yield _quoting_problem(number, start, text, quote_scalar(text[1:]), same)._replace(fix=None)
    elif last == len(text) - 1 > 1 and mark in text[1:-1]:
        yield _quoting_problem(number, start, text, quote_scalar(_inside_quotes(text)), same)
    elif last == len(text) - 1 > 1 and mark == '"' and "\\" in text:
        message = msg("a backslash between double quotation marks means something else")
        yield _quoting_problem(number, start, text, quote_scalar(text[1:-1]), message)
    elif 0 < last < len(text) - 1 and text[last + 1 :].strip() in (",", ";", ".") and _is_quoted(text[: last + 1]):
        message = msg("something stands behind the quotation mark that ends this text")
        yield _quoting_problem(number, start, text, text[: last + 1], message)
    elif 0 < last < len(text) - 1 and not text[last + 1 :].lstrip().startswith(","):
        message = msg("something stands behind the quotation mark that ends this text")
        if text.count(mark) % 2 or text[last + 1].isalnum():  # the last of them was forgotten, or one is too many
            yield _quoting_problem(number, start, text, quote_scalar(text[1:]), same)._replace(fix=None)
        else:
            yield _quoting_problem(number, start, text, quote_scalar(text), message)


def _inside_quotes(text: str) -> str:
    """Return what stands between the first and the last quotation mark, with doubled single ones as one."""
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')


def _flow_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Return the first of the texts in braces that wants quotation marks, or a comma behind it."""
    if not value.text.endswith("}"):
        return
    unparted = _MISSING_COMMA.search(value.text)
    if unparted is not None:
        start, end = (value.start + place for place in unparted.span("gap"))
        hint = msg("write a comma in front of {key}", key=unparted["next"])
        yield SyntaxProblem(msg("a comma is missing here"), hint, number, start, max(end, start + 1), ", ")
    at = value.start + 1
    for part in _PAIR_BOUNDARY.split(value.text[1:-1]):
        match = _KEY_VALUE_PAIR.match(part)
        place = value.start + value.text.find(part, at - value.start)
        at = place + len(part)
        if match is None:
            continue
        text = match["value"]
        if not _is_quoted(text):
            yield from _text_problems(number, LineValue(match["key"], place + match.start("value"), text))


def _is_quoted(text: str) -> bool:
    """Tell whether a text stands in one pair of quotation marks."""
    return len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]


def _quoting_problem(number: int, start: int, text: str, fix: str, message: Message) -> SyntaxProblem:
    return SyntaxProblem(message, msg("write it so: {text}", text=fix), number, start, start + len(text), fix)


def _comment_message(text: str) -> Message:
    return msg("text after # is a comment, so {text} is not read", text=quoted(text))
