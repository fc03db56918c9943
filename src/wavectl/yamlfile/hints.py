"""Explain broken YAML: what is wrong with a line, and how to fix it, for people who have never seen YAML.

A parser only knows where it stopped. This module looks for common mistakes in the lines there: a text without quotation
marks, a missing space, signs pasted from a word processor. A fix is kept only if more of the file can be read with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.diagnostics import LINE_END, Finding, Message, Span, msg, quoted
from wavectl.text.terminal import ODD_SPACES
from wavectl.yamlfile.parser import ComposeError, compose, quote_scalar
from wavectl.yamlfile.syntax_errors import MISALIGNED, MISALIGNED_IN_LIST, MISSING_COLON

_ODD_INDENT = re.compile(rf"[ ]*(?P<odd>[{ODD_SPACES}][{ODD_SPACES} ]*)")
_BULLET = re.compile(r"[ ]*(?P<bullet>[•·‣▪●◦–—*]|\d{1,2}[.)])[ \t]+(?=\S)")
_COLON_WITHOUT_SPACE = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<colon>:)(?!//)[^\s:]")
_HYPHEN_WITHOUT_SPACE = re.compile(r"[ ]*(?P<hyphen>-)[a-z_]{2,}:(\s|$)")
_INDENT_AND_HYPHENS = re.compile(r"[ ]*(?:-[ ]+)*")
_CONFLICT_MARKER = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")


def explain_syntax_error(text: str, error: ComposeError, max_nodes: int) -> SyntaxProblem | None:
    """Return the most likely mistake where a parser stopped; None if none is recognised.

    ``max_nodes`` limits what is read to try a fix.
    """
    lines = LINE_END.split(text)
    if len(lines[min(error.line, len(lines) - 1)]) > _MAX_LINE_LENGTH:
        return None
    problem = next(_candidate_problems(lines, error), None)
    if problem is None or problem.fix is None or _fix_helps(lines, problem, error, max_nodes):
        return problem
    return problem._replace(fix=None)


def _fix_helps(lines: Sequence[str], problem: SyntaxProblem, error: ComposeError, max_nodes: int) -> bool:
    """Return whether the parser gets further in the file with a fix than without."""
    line = lines[problem.line]
    fixed = [*lines]
    fixed[problem.line] = f"{line[: problem.column]}{problem.fix}{line[problem.end :]}"
    try:
        compose("\n".join(fixed), max_nodes)
    except ComposeError as other:
        grown = len(fixed[problem.line]) - len(line) if other.line == problem.line else 0
        return (other.line, other.column - max(grown, 0)) > (error.line, error.column)
    return True


def _candidate_problems(lines: Sequence[str], error: ComposeError) -> Iterator[SyntaxProblem]:
    """Yield possible mistakes, the likeliest first, on the line of the error and on the one above it."""
    number = min(error.line, len(lines) - 1)
    line = lines[number]
    above = next((other for other in range(number - 1, -1, -1) if lines[other].strip()), number)
    if line[error.column : error.column + 1] == "\t":
        yield tab_problem(number, line, error.column)
    yield from (_merge_conflict(other, text) for other, text in enumerate(lines) if _CONFLICT_MARKER.match(text))
    for other in dict.fromkeys((number, above)):
        yield from filter(None, (check(other, lines[other][:_MAX_LINE_LENGTH]) for check in _LINE_CHECKS))
    if above < number and _is_continuation(lines[above], line, error.column):
        yield _missing_colon(above, lines[above])
    value = value_of(line)
    if value is not None and error.column >= value.start:
        if error.column == value.start + 1 and value.text[0] in "'\"":  # it may close a text that starts above
            opening = next((other for other in _lines_above(number) if _opens_quote(lines[other])), None)
            yield from [] if opening is None else [_unclosed_quote(opening, lines[opening])]
        has_block = number + 1 < len(lines) and _indent_of(lines[number + 1]) > _indent_of(line)
        if value.text[0] not in "|>" or not has_block:
            yield from value_problems(number, value)
    yield from _unclosed_hashtag_list(lines, number)
    if above < number and _is_indented_below_value(lines[above], line, error.column):
        yield _indented_too_far(number, line, lines[above])
    elif error.message.text in (MISALIGNED, MISALIGNED_IN_LIST) and not line[: error.column].strip(" -"):
        yield from _misaligned(number, lines)


def _lines_above(number: int) -> range:
    """Return the numbers of the 39 lines above a line, from the nearest one."""
    return range(number - 1, max(number - _MAX_LINES_ABOVE, -1), -1)


_MAX_LINES_ABOVE = 40
"""How far above an error its cause is searched for, such as a quotation mark that is never closed."""


def tab_problem(number: int, line: str, column: int) -> SyntaxProblem:
    """Return the problem of a tab, with a fix only if there is text before it: the right indentation is unknown."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    fix = (" " if line[end:] else "") if line[:column].strip() else None
    return SyntaxProblem(msg("there is a tab here"), msg("type spaces instead"), number, column, end, fix)


def _merge_conflict(number: int, line: str) -> SyntaxProblem:
    return SyntaxProblem(
        msg("the file contains two versions of these lines, from an unfinished git merge"),
        msg("keep one version, and delete the lines of <, = and > signs"),
        number,
        0,
        len(line),
    )


def _odd_indent(number: int, line: str) -> SyntaxProblem | None:
    match = _ODD_INDENT.match(line)
    if match is None:
        return None
    start, end = match.span("odd")
    message = msg("this line starts with no-break spaces")
    return SyntaxProblem(message, msg("type ordinary spaces instead"), number, start, end, " " * (end - start))


def _bullet(number: int, line: str) -> SyntaxProblem | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    start, end = match.span("bullet")
    message = msg("this line starts with {sign} instead of a hyphen", sign=quoted(match["bullet"]))
    return SyntaxProblem(message, msg("type a hyphen and a space instead"), number, start, end, "-")


def _missing_space_after_colon(number: int, line: str) -> SyntaxProblem | None:
    match = _COLON_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("colon")
    hint = msg("write it like this: {text}", text=f"{line[:start].lstrip(' -')}: {line[end:].strip()}")
    return SyntaxProblem(msg("the space after this colon is missing"), hint, number, start, end, ": ")


def _missing_space_after_hyphen(number: int, line: str) -> SyntaxProblem | None:
    match = _HYPHEN_WITHOUT_SPACE.match(line)
    if match is None:
        return None
    start, end = match.span("hyphen")
    hint = msg("write it like this: {text}", text=f"- {line[end:].strip()}")
    return SyntaxProblem(msg("the space after this hyphen is missing"), hint, number, start, end, "- ")


_LINE_CHECKS: tuple[Callable[[int, str], SyntaxProblem | None], ...] = (
    _odd_indent,
    _bullet,
    _missing_space_after_colon,
    _missing_space_after_hyphen,
)


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _content_start(line: str) -> int:
    """Return the column (from 0) after the spaces and hyphens that a line starts with."""
    match = _INDENT_AND_HYPHENS.match(line)
    return match.end() if match else 0


def _unclosed_hashtag_list(lines: Sequence[str], error_line: int) -> Iterator[SyntaxProblem]:
    """Yield the problems of a list of hashtags above an error whose closing bracket is part of a comment."""
    for number in _lines_above(error_line):
        value = value_of(lines[number])
        if value is not None and value.text[:2] == "[#":
            yield from value_problems(number, value)


def _key_of(line: str) -> str:
    return line.strip(" -").partition(":")[0].rstrip()


def _is_continuation(above: str, line: str, column: int) -> bool:
    """Return whether YAML takes a line, up to the colon at ``column``, as part of the one above, which has no colon."""
    return (
        line[column : column + 1] == ":"
        and ":" not in line[:column]
        and not re.search(r":(\s|$)", above)
        and not above.lstrip().startswith(("-", "#"))
        and _indent_of(above) == _indent_of(line)
    )


def _missing_colon(number: int, line: str) -> SyntaxProblem:
    start = _indent_of(line)
    hint = msg("write title: before it if it is the title; put two spaces before it if it continues the line above")
    return SyntaxProblem(msg(MISSING_COLON), hint, number, start, len(line.rstrip()))


def _misaligned(number: int, lines: Sequence[str]) -> Iterator[SyntaxProblem]:
    """Yield the problem of a line that is aligned with none of those above, with the nearest one to align it with."""
    line = lines[number]
    start = _indent_of(line)
    hyphen = line[start : start + 1] == "-"
    near = []
    for other in lines[max(number - _MAX_LINES_ABOVE, 0) : number]:
        column = None
        if hyphen and other.lstrip().startswith("- "):
            column = _indent_of(other)
        elif not hyphen and _KEY_VALUE_LINE.match(other[:_MAX_LINE_LENGTH]):
            column = _content_start(other)
        if column is not None and column != start:
            near.append((abs(column - start), -column, _key_of(other)))
    if near:
        _, column, key_above = min(reversed(near), key=lambda candidate: candidate[:2])
        hint = (
            msg("put {count} spaces before its hyphen, as in the lines above", count=-column)
            if hyphen
            else msg(
                "start it with {count} spaces, so that it is aligned with {key}", count=-column, key=f"{key_above}:"
            )
        )
        yield SyntaxProblem(msg(MISALIGNED), hint, number, start, len(line.rstrip()))


def _opens_quote(line: str) -> bool:
    """Return whether a value starts with a quotation mark that the line does not close."""
    value = value_of(line)
    return value is not None and value.text[0] in "'\"" and value.text.rstrip().count(value.text[0]) % 2 == 1


def _unclosed_quote(number: int, line: str) -> SyntaxProblem:
    value = value_of(line) or LineValue("", 0, line)
    message = msg("the quotation mark that opens here is never closed")
    return SyntaxProblem(message, msg("close it at the end of the text"), number, value.start, value.start + 1)


def _is_indented_below_value(above: str, line: str, column: int) -> bool:
    """Return whether a line is indented below one that already has a value, so that it seems to continue it."""
    entry, value = _KEY_VALUE_LINE.match(line), value_of(above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    return _indent_of(line) > _content_start(above) and ":" not in line[:column].strip()


def _indented_too_far(number: int, line: str, above: str) -> SyntaxProblem:
    start = _indent_of(line)
    message = msg("this line has more spaces before it than the line above, which already has a value")
    return SyntaxProblem(message, alignment_hint(above), number, start, len(line.rstrip()))


def alignment_hint(above: str) -> Message:
    """Return the hint for a line that should be aligned with the one above."""
    count = _content_start(above)
    if not count:
        return msg("delete the spaces before it")
    return msg("start it with {count} spaces, so that it is aligned with {key}", count=count, key=f"{_key_of(above)}:")


_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"\[\]{},][^:#\[\]{},]*?)"
_KEY_VALUE_LINE = re.compile(rf"{_LEAD}{_KEY}[ ]*:[ ]+(?P<value>\S.*)")
"""A line with a key and a value."""
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_COMMENT = re.compile(r"\s+#.*$")
_CURLY_QUOTED = re.compile(r"[“„‟”](?P<inside>[^“„‟”\"\\]*)[“‟”]|[‘‚’](?P<other>[^‘‚’\"\\]*)[‘’]")
_LANGUAGE_PREFIX = r"(?:ar|ca|en|es|fr|pt|ru|tr|zh):[ ]"
_WITH_LANGUAGE_PREFIX = re.compile(rf"{_LANGUAGE_PREFIX}|.*[\s,;\"']{_LANGUAGE_PREFIX}")
"""A text that seems to contain several languages. In French, a space comes before a colon, so ``fr :`` is not one."""
_LANGUAGE_BOUNDARY = re.compile(rf"(?:^|\s*[,;]\s*|(?<=[\"'])\s*|\s+)(?={_LANGUAGE_PREFIX})")
_PAIR_BOUNDARY = re.compile(r",\s*(?=[\w-]+:\s)")
_KEY_VALUE_PAIR = re.compile(r"\s*(?P<key>[\w-]+):\s+(?P<value>\S.*?)\s*$")
_MISSING_COMMA = re.compile(r"(?P<text>\"[^\"\\]*\"|'[^']*')(?P<gap>\s*;?\s*)(?=(?P<next>[\w-]+):\s)")
_SEVERAL_QUOTED = re.compile(r"([\"'])[^\"']*\1(\s*,\s*\1[^\"']*\1)+")
_HASHTAG_LIST = re.compile(r"\[\s*(?P<items>[\"']?#[^\[\]{}:]*?)\s*\]")
_MARKDOWN_LINK = re.compile(r"\[[^\]]*\]\((?P<url>https?://[^\s()]+)\)")
_MISSING_CLOSING_QUOTE = re.compile(r'"[^"\\]*\s"\w[^"]*"')
"""A text that ends with words in quotation marks and lacks its own one at the end."""
_PAIRS_ON_ONE_LINE = re.compile(
    r"[^\"'].*,\s*(?:id|title|short|name|kind|status|when|place|country|role|url|period|slogan):\s"
)
"""Several keys on one line with commas between."""
_FORBIDDEN_OPENINGS = "@`%*&!|>?#,]}"
"""What an unquoted text cannot start with."""
_DATE_DECORATION = "*?!_<>-` \"'“”‘’"
"""Signs that people write around a date that is not known yet."""
_LIST_KEYS = frozenset(
    ("actors", "alarm", "aliases", "campaigns", "countries", "hashtags", "kinds", "languages", "moments", "priorities",
     "regions", "required_groups", "was", "waves")
)  # fmt: skip
_MAX_LINE_LENGTH = 2000
"""How long a line may be to be searched for mistakes; people do not write longer ones."""
_CLOSING = {"[": "]", "{": "}"}


class SyntaxProblem(NamedTuple):
    """A mistake on a line, from ``column`` to ``end`` (from 0, exclusive), with the text that fixes it, if certain."""

    message: Message
    hint: Message
    line: int
    column: int
    end: int
    fix: str | None = None

    def to_finding(self, file: str) -> Finding:
        """Return the finding for this mistake in a file."""
        span = Span(self.line + 1, self.column + 1, self.line + 1, self.end + 1)
        return Finding("yaml-syntax", file, (), self.message, self.hint, span=span, fix=self.fix)


class LineValue(NamedTuple):
    """The value of a line, without the comment after it; ``start`` counts from 0."""

    key: str
    start: int
    text: str


def value_of(line: str) -> LineValue | None:
    """Return the value of the key or the list item on a line."""
    match = (_KEY_VALUE_LINE.match(line) or _ITEM.match(line)) if len(line) <= _MAX_LINE_LENGTH else None
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
    """Yield the mistakes in the value of a line; ``number`` counts from 0."""
    start, text = value.start, value.text
    if text[0] == "{":
        yield from _flow_problems(number, value)
    elif text[0] == "[":
        match, link = _HASHTAG_LIST.fullmatch(text), _MARKDOWN_LINK.fullmatch(text)
        if link is not None and value.key in ("url", "site"):
            yield _quoting_problem(number, start, text, link["url"], msg("only the address itself can be here"))
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
    """Yield the mistakes in a text, with or without quotation marks."""
    start, text = value.start, value.text
    if value.key == "when":
        yield from _date_problems(number, value)
    if _WITH_LANGUAGE_PREFIX.match(text):
        yield _languages_problem(number, value)
    if _PAIRS_ON_ONE_LINE.match(text):
        hint = msg("put each word with its colon on a line of its own, without the comma")
        yield SyntaxProblem(msg("several words with a colon are on one line"), hint, number, start, start + len(text))
    curly = _CURLY_QUOTED.fullmatch(text)
    if curly is not None:
        inside = curly["inside"] if curly["inside"] is not None else curly["other"]
        message = msg("curly quotation marks cannot enclose a text")
        yield _quoting_problem(number, start, text, quote_scalar(inside), message)
    elif text[0] in "'\"":
        yield from _quoted_text_problems(number, start, text)
    elif re.match(r"-(\s|$)", text):
        yield _hyphen_problem(number, value)
    elif re.fullmatch(r"\*[\w-]+", text):  # it may be a misspelt reference
        message = msg("the text starts with *, which points to another part of the file")
        yield _quoting_problem(number, start, text, quote_scalar(text), message)._replace(fix=None)
    elif text[0] in _FORBIDDEN_OPENINGS:
        message = msg("a text cannot start with {character}", character=quoted(text[0]))
        yield _quoting_problem(number, start, text, quote_scalar(text), message)
    elif ": " in text or text.endswith(":"):
        yield _quoting_problem(
            number, start, text, quote_scalar(text), msg("the text contains a colon followed by a space")
        )


def _date_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Yield the problem of a date with signs around it, or signs in its place: ``*TBC*``, ``?``, ``-``."""
    bare = value.text.strip(_DATE_DECORATION)
    try:
        date = parser.parse_date(bare or "?")
    except parser.DatePhraseError:
        return
    if date.certain and date.repeat is None:
        message = msg("{sign} is not a valid date", sign=quoted(value.text))
        end = value.start + len(value.text)
        yield SyntaxProblem(message, msg("write {date}", date=date.edtf), number, value.start, end, date.edtf)


def _languages_problem(number: int, value: LineValue) -> SyntaxProblem:
    """Return the problem of several languages in one value; its fix puts them in braces."""
    start, text = value.start, value.text
    message = msg("a text in several languages needs braces, or a line for each language")
    hint = msg("put each language on a line of its own, with its text in quotation marks")
    parts = [part.rstrip(" ,;-–") for part in _LANGUAGE_BOUNDARY.split(text)]
    pairs = [_KEY_VALUE_PAIR.fullmatch(part) for part in parts[1:]]
    if parts[0] or not all(pairs):
        return SyntaxProblem(message, hint, number, start, start + len(text))
    texts = [(pair["key"], pair["value"]) for pair in pairs if pair is not None]
    fix = ", ".join(f"{key}: {value if _is_quoted(value) else quote_scalar(value)}" for key, value in texts)
    return _quoting_problem(number, start, text, f"{{{fix}}}", message)


def _hyphen_problem(number: int, value: LineValue) -> SyntaxProblem:
    """Return the problem of a hyphen after a key: it starts a list, or it belongs to a text."""
    start, text = value.start, value.text
    message = msg("a hyphen starts a list on the line of its key")
    if value.key in _LIST_KEYS or re.match(r"-\s+[a-z_]+:\s", text) or text == "-":
        hint = msg("start the list on the next line, with two spaces before each hyphen")
        return SyntaxProblem(message, hint, number, start, start + 1)
    return _quoting_problem(number, start, text, quote_scalar(text), message)


def _quoted_text_problems(number: int, start: int, text: str) -> Iterator[SyntaxProblem]:
    """Yield the mistakes in a text that starts with a quotation mark."""
    mark, last = text[0], text.rfind(text[0])
    same_mark = msg("the text contains the same quotation mark that encloses it")
    if _SEVERAL_QUOTED.fullmatch(text):
        message = msg("several texts are written here without a list")
        hint = msg("put each item on a line of its own, after a hyphen")
        yield SyntaxProblem(message, hint, number, start, start + len(text))
    elif len(text) > 4 and text[:2] == text[-2:] == mark * 2 and mark not in text[2:-2]:
        yield _quoting_problem(number, start, text, quote_scalar(text[2:-2]), same_mark)
    elif last == len(text) - 1 and _MISSING_CLOSING_QUOTE.fullmatch(text):
        yield _quoting_problem(number, start, text, quote_scalar(text[1:]), same_mark)._replace(fix=None)
    elif last == len(text) - 1 > 1 and mark in text[1:-1]:
        yield _quoting_problem(number, start, text, quote_scalar(_inside_quotes(text)), same_mark)
    elif last == len(text) - 1 > 1 and mark == '"' and "\\" in text:
        message = msg("a backslash in double quotation marks has a special meaning")
        yield _quoting_problem(number, start, text, quote_scalar(text[1:-1]), message)
    elif 0 < last < len(text) - 1 and text[last + 1 :].strip() in (",", ";", ".") and _is_quoted(text[: last + 1]):
        message = msg("there is text after the closing quotation mark")
        yield _quoting_problem(number, start, text, text[: last + 1], message)
    elif 0 < last < len(text) - 1 and not text[last + 1 :].lstrip().startswith(","):
        message = msg("there is text after the closing quotation mark")
        if text.count(mark) % 2 or text[last + 1].isalnum():  # the last one is missing, or there is one too many
            yield _quoting_problem(number, start, text, quote_scalar(text[1:]), same_mark)._replace(fix=None)
        else:
            yield _quoting_problem(number, start, text, quote_scalar(text), message)


def _inside_quotes(text: str) -> str:
    """Return the text between the first and the last quotation mark, with its escapes resolved."""
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')


def _flow_problems(number: int, value: LineValue) -> Iterator[SyntaxProblem]:
    """Yield the missing comma in braces, and the texts that need quotation marks."""
    if not value.text.endswith("}"):
        return
    missing = _MISSING_COMMA.search(value.text)
    if missing is not None:
        start, end = (value.start + column for column in missing.span("gap"))
        hint = msg("write a comma before {key}", key=missing["next"])
        yield SyntaxProblem(msg("a comma is missing here"), hint, number, start, max(end, start + 1), ", ")
    at = value.start + 1
    for part in _PAIR_BOUNDARY.split(value.text[1:-1]):
        match = _KEY_VALUE_PAIR.match(part)
        column = value.start + value.text.find(part, at - value.start)
        at = column + len(part)
        if match is None:
            continue
        text = match["value"]
        if not _is_quoted(text):
            yield from _text_problems(number, LineValue(match["key"], column + match.start("value"), text))


def _is_quoted(text: str) -> bool:
    """Return whether a text is in one pair of quotation marks."""
    return len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]


def _quoting_problem(number: int, start: int, text: str, fix: str, message: Message) -> SyntaxProblem:
    return SyntaxProblem(message, msg("write it like this: {text}", text=fix), number, start, start + len(text), fix)


def _comment_message(text: str) -> Message:
    return msg("text after # is a comment, so {text} is not read", text=quoted(text))
