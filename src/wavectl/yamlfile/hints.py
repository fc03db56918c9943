"""Explain broken YAML: what is wrong with a line, and how to fix it, for people who have never seen YAML.

A parser only knows where it stopped. This module looks for common mistakes in the lines there: a text without quotation
marks, a missing space, signs pasted from a word processor. A fix is kept only if more of the file can be read with it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.diagnostics import LINE_END, Finding, Message, Span, msg, phrase, quoted
from wavectl.text.terminal import ODD_SPACES
from wavectl.yamlfile.parser import MISALIGNED, MISALIGNED_IN_LIST, MISSING_COLON, ComposeError, compose, quote_scalar

_MAX_LINE_LENGTH = 2000
"""How long a line may be to be searched for mistakes; people do not write longer ones."""
_MAX_LINES_ABOVE = 40
"""How far above an error its cause is searched for, such as a quotation mark that is never closed."""

_INDENT_AND_HYPHENS = re.compile(r"[ ]*(?:-[ ]+)*")
_CONFLICT_MARKER = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")
_WRITE_LIKE_THIS = phrase("write it like this: {text}")
_LINE_MISTAKES: tuple[tuple[re.Pattern[str], str, str, str], ...] = (
    # the start of a line, with what is wrong there; message; hint; fix, where it is not as many spaces
    (
        re.compile(rf"[ ]*(?P<wrong>[{ODD_SPACES}][{ODD_SPACES} ]*)"),
        phrase("this line starts with no-break spaces"),
        phrase("type ordinary spaces instead"),
        "",
    ),
    (
        re.compile(r"[ ]*(?P<wrong>[•·‣▪●◦–—*]|\d{1,2}[.)])[ \t]+(?=\S)"),
        phrase("this line starts with {sign} instead of a hyphen"),
        phrase("type a hyphen and a space instead"),
        "-",
    ),
    (
        re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<wrong>:)(?!//)[^\s:]"),
        phrase("the space after this colon is missing"),
        _WRITE_LIKE_THIS,
        ": ",
    ),
    (
        re.compile(r"[ ]*(?P<wrong>-)[a-z_]{2,}:(\s|$)"),
        phrase("the space after this hyphen is missing"),
        _WRITE_LIKE_THIS,
        "- ",
    ),
)

_KEY = r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"\[\]{},][^:#\[\]{},]*?)"
_KEY_VALUE_LINE = re.compile(rf"[ ]*(?:-[ ]+)*{_KEY}[ ]*:[ ]+(?P<value>\S.*)")
_ITEM = re.compile(r"[ ]*(?:-[ ]+)+(?P<value>\S.*)")
_COMMENT = re.compile(r"\s+#.*$")
_CLOSING = {"[": "]", "{": "}"}
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
_FORBIDDEN_OPENINGS = "@`%*&!|>?#,]}"
"""What an unquoted text cannot start with."""
_DATE_DECORATION = "*?!_<>-` \"'“”‘’"
"""Signs that people write around a date that is not known yet."""
_LIST_KEYS = frozenset(
    ("actors", "alarm", "aliases", "campaigns", "countries", "hashtags", "kinds", "languages", "moments", "priorities",
     "regions", "required_groups", "was", "waves")
)  # fmt: skip


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


class _Value(NamedTuple):
    """The value of a key or an item on a line, without the comment after it; ``line`` and ``start`` count from 0."""

    line: int
    key: str
    start: int
    text: str

    def problem(self, message: Message, hint: Message, fix: str | None = None) -> SyntaxProblem:
        return SyntaxProblem(message, hint, self.line, self.start, self.start + len(self.text), fix)

    def rewrite(self, message: Message, text: str, *, certain: bool = True) -> SyntaxProblem:
        """Return the problem of a value that should be written as ``text``."""
        return self.problem(message, msg(_WRITE_LIKE_THIS, text=text), text if certain else None)

    def quote(self, message: Message, text: str | None = None, *, certain: bool = True) -> SyntaxProblem:
        """Return the problem of a value that needs quotation marks, around ``text`` if that is not all of it."""
        return self.rewrite(message, quote_scalar(self.text if text is None else text), certain=certain)

    @property
    def opens_quote(self) -> bool:
        """Whether the value starts with a quotation mark that its line does not close."""
        return self.text[0] in "'\"" and self.text.rstrip().count(self.text[0]) % 2 == 1


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
        yield from _line_problems(other, lines[other][:_MAX_LINE_LENGTH])
    if above < number and _is_continuation(lines[above], line, error.column):
        hint = msg("write title: before it if it is the title; put two spaces before it if it continues the line above")
        yield _whole_line_problem(above, lines[above], msg(MISSING_COLON), hint)
    yield from _problems_of_values(lines, number, error.column)
    if above < number and _is_indented_below_value(lines[above], line, error.column):
        message = msg("this line has more spaces before it than the line above, which already has a value")
        yield _whole_line_problem(number, line, message, alignment_hint(lines[above]))
    elif error.message.text in (MISALIGNED, MISALIGNED_IN_LIST) and not line[: error.column].strip(" -"):
        yield from _misaligned(number, lines)


def _problems_of_values(lines: Sequence[str], number: int, column: int) -> Iterator[SyntaxProblem]:
    """Yield the mistakes in the value before an error, and in those above it that may not be closed."""
    values_above = [_value_of(n, lines[n]) for n in range(number - 1, max(number - _MAX_LINES_ABOVE, -1), -1)]
    value = _value_of(number, lines[number])
    if value is not None and column >= value.start:
        if column == value.start + 1 and value.text[0] in "'\"":  # it may close a text that starts above
            opening = next((above for above in values_above if above is not None and above.opens_quote), None)
            if opening is not None:
                message = msg("the quotation mark that opens here is never closed")
                yield opening._replace(text=opening.text[0]).problem(message, msg("close it at the end of the text"))
        has_block = number + 1 < len(lines) and _indent_of(lines[number + 1]) > _indent_of(lines[number])
        if value.text[0] not in "|>" or not has_block:
            yield from _value_problems(value)
    for above in values_above:
        if above is not None and above.text[:2] == "[#":  # hashtags whose closing bracket is part of a comment
            yield from _value_problems(above)


def _merge_conflict(number: int, line: str) -> SyntaxProblem:
    message = msg("the file contains two versions of these lines, from an unfinished git merge")
    hint = msg("keep one version, and delete the lines of <, = and > signs")
    return SyntaxProblem(message, hint, number, 0, len(line))


def tab_problem(number: int, line: str, column: int) -> SyntaxProblem:
    """Return the problem of a tab, with a fix only if there is text before it: the right indentation is unknown."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    fix = (" " if line[end:] else "") if line[:column].strip() else None
    return SyntaxProblem(msg("there is a tab here"), msg("type spaces instead"), number, column, end, fix)


def _line_problems(number: int, line: str) -> Iterator[SyntaxProblem]:
    for pattern, message, hint, fix in _LINE_MISTAKES:
        match = pattern.match(line)
        if match is not None:
            start, end = match.span("wrong")
            text = f"{line[:start].lstrip(' -')}{fix}{line[end:].strip()}"
            shown = msg(message, sign=quoted(match["wrong"]))
            yield SyntaxProblem(shown, msg(hint, text=text), number, start, end, fix or " " * (end - start))


def _whole_line_problem(number: int, line: str, message: Message, hint: Message) -> SyntaxProblem:
    return SyntaxProblem(message, hint, number, _indent_of(line), len(line.rstrip()))


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _content_start(line: str) -> int:
    match = _INDENT_AND_HYPHENS.match(line)
    return match.end() if match else 0


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


def _misaligned(number: int, lines: Sequence[str]) -> Iterator[SyntaxProblem]:
    """Yield the problem of a line that is aligned with none of those above, with the nearest one to align it with."""
    line = lines[number]
    start = _indent_of(line)
    hyphen = line[start : start + 1] == "-"
    near = []
    for other in reversed(lines[max(number - _MAX_LINES_ABOVE, 0) : number]):
        column = start
        if hyphen and other.lstrip().startswith("- "):
            column = _indent_of(other)
        elif not hyphen and _KEY_VALUE_LINE.match(other[:_MAX_LINE_LENGTH]):
            column = _content_start(other)
        if column != start:
            near.append((abs(column - start), -column, other))
    if near:
        _, column, above = min(near, key=lambda candidate: candidate[:2])
        hint = (
            msg("put {count} spaces before its hyphen, as in the lines above", count=-column)
            if hyphen
            else _align_with(-column, above)
        )
        yield _whole_line_problem(number, line, msg(MISALIGNED), hint)


def _is_indented_below_value(above: str, line: str, column: int) -> bool:
    """Return whether a line is indented below one that already has a value, so that it seems to continue it."""
    entry, value = _KEY_VALUE_LINE.match(line), _value_of(0, above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    return _indent_of(line) > _content_start(above) and ":" not in line[:column].strip()


def alignment_hint(above: str) -> Message:
    """Return the hint for a line that should be aligned with the one above."""
    count = _content_start(above)
    return _align_with(count, above) if count else msg("delete the spaces before it")


def _align_with(count: int, above: str) -> Message:
    key = f"{_key_of(above)}:"
    return msg("start it with {count} spaces, so that it is aligned with {key}", count=count, key=key)


def _value_of(number: int, line: str) -> _Value | None:
    match = (_KEY_VALUE_LINE.match(line) or _ITEM.match(line)) if len(line) <= _MAX_LINE_LENGTH else None
    if match is None:
        return None
    text, mark = match["value"], match["value"][0]
    last = text.rfind(_CLOSING.get(mark, mark))
    if mark in "'\"[{" and last > 0 and re.fullmatch(r"\s*(#.*)?", text[last + 1 :]):
        text = text[: last + 1]
    elif mark != "#":
        text = (mark + _COMMENT.sub("", text[1:])).rstrip()
    return _Value(number, match.groupdict().get("key") or "", match.start("value"), text)


def _value_problems(value: _Value) -> Iterator[SyntaxProblem]:
    text = value.text
    if text[0] == "{":
        yield from _flow_problems(value)
    elif text[0] == "[":
        hashtags, link = _HASHTAG_LIST.fullmatch(text), _MARKDOWN_LINK.fullmatch(text)
        if link is not None and value.key in ("url", "site"):
            yield value.rewrite(msg("only the address itself can be here"), link["url"])
        if hashtags is not None:
            items = [item.strip(" \"'") for item in re.split(r",|\s(?=[\"']?#)", hashtags["items"])]
            message = msg("text after # is a comment, so {text} is not read", text=quoted(items[0]))
            yield value.rewrite(message, f"[{', '.join(map(quote_scalar, filter(None, items)))}]")
    else:
        yield from _text_problems(value)


def _text_problems(value: _Value) -> Iterator[SyntaxProblem]:
    text = value.text
    if value.key == "when":
        yield from _date_problems(value)
    if _WITH_LANGUAGE_PREFIX.match(text):
        yield _languages_problem(value)
    if _PAIRS_ON_ONE_LINE.match(text):
        hint = msg("put each word with its colon on a line of its own, without the comma")
        yield value.problem(msg("several words with a colon are on one line"), hint)
    curly = _CURLY_QUOTED.fullmatch(text)
    if curly is not None:
        inside = curly["inside"] if curly["inside"] is not None else curly["other"]
        yield value.quote(msg("curly quotation marks cannot enclose a text"), inside)
    elif text[0] in "'\"":
        yield from _quoted_text_problems(value)
    elif re.match(r"-(\s|$)", text):
        yield _hyphen_problem(value)
    elif re.fullmatch(r"\*[\w-]+", text):  # it may be a misspelt reference
        yield value.quote(msg("the text starts with *, which points to another part of the file"), certain=False)
    elif text[0] in _FORBIDDEN_OPENINGS:
        yield value.quote(msg("a text cannot start with {character}", character=quoted(text[0])))
    elif ": " in text or text.endswith(":"):
        yield value.quote(msg("the text contains a colon followed by a space"))


def _date_problems(value: _Value) -> Iterator[SyntaxProblem]:
    """Yield the problem of a date with signs around it, or signs in its place: ``*TBC*``, ``?``, ``-``."""
    bare = value.text.strip(_DATE_DECORATION)
    try:
        date = parser.parse_date(bare or "?")
    except parser.DatePhraseError:
        return
    if date.certain and date.repeat is None:
        message = msg("{sign} is not a valid date", sign=quoted(value.text))
        yield value.problem(message, msg("write {date}", date=date.edtf), date.edtf)


def _languages_problem(value: _Value) -> SyntaxProblem:
    """Return the problem of several languages in one value; its fix puts them in braces."""
    message = msg("a text in several languages needs braces, or a line for each language")
    first, *parts = (part.rstrip(" ,;-–") for part in _LANGUAGE_BOUNDARY.split(value.text))
    pairs = [pair for part in parts if (pair := _KEY_VALUE_PAIR.fullmatch(part))]
    if first or len(pairs) < len(parts):
        return value.problem(message, msg("put each language on a line of its own, with its text in quotation marks"))
    texts = [(pair["key"], pair["value"]) for pair in pairs]
    fix = ", ".join(f"{key}: {text if _is_quoted(text) else quote_scalar(text)}" for key, text in texts)
    return value.rewrite(message, f"{{{fix}}}")


def _hyphen_problem(value: _Value) -> SyntaxProblem:
    """Return the problem of a hyphen after a key: it starts a list, or it belongs to a text."""
    message = msg("a hyphen starts a list on the line of its key")
    if value.key in _LIST_KEYS or re.match(r"-\s+[a-z_]+:\s", value.text) or value.text == "-":
        hint = msg("start the list on the next line, with two spaces before each hyphen")
        return value._replace(text="-").problem(message, hint)
    return value.quote(message)


def _quoted_text_problems(value: _Value) -> Iterator[SyntaxProblem]:
    text, mark = value.text, value.text[0]
    last = text.rfind(mark)
    after = text[last + 1 :]
    same_mark = msg("the text contains the same quotation mark that encloses it")
    text_after = msg("there is text after the closing quotation mark")
    if _SEVERAL_QUOTED.fullmatch(text):
        hint = msg("put each item on a line of its own, after a hyphen")
        yield value.problem(msg("several texts are written here without a list"), hint)
    elif len(text) > 4 and text[:2] == text[-2:] == mark * 2 and mark not in text[2:-2]:
        yield value.quote(same_mark, text[2:-2])
    elif not after and _MISSING_CLOSING_QUOTE.fullmatch(text):
        yield value.quote(same_mark, text[1:], certain=False)
    elif not after and last > 1 and mark in text[1:-1]:
        inside = text[1:-1].replace("''", "'") if mark == "'" else text[1:-1].replace('\\"', '"')
        yield value.quote(same_mark, inside)
    elif not after and last > 1 and mark == '"' and "\\" in text:
        yield value.quote(msg("a backslash in double quotation marks has a special meaning"), text[1:-1])
    elif last and after.strip() in (",", ";", ".") and _is_quoted(text[: last + 1]):
        yield value.rewrite(text_after, text[: last + 1])
    elif last and after and not after.lstrip().startswith(","):
        if text.count(mark) % 2 or after[0].isalnum():  # the last one is missing, or there is one too many
            yield value.quote(same_mark, text[1:], certain=False)
        else:
            yield value.quote(text_after)


def _flow_problems(value: _Value) -> Iterator[SyntaxProblem]:
    """Yield the missing comma in braces, and the texts that need quotation marks."""
    if not value.text.endswith("}"):
        return
    missing = _MISSING_COMMA.search(value.text)
    if missing is not None:
        start, end = (value.start + column for column in missing.span("gap"))
        hint = msg("write a comma before {key}", key=missing["next"])
        yield SyntaxProblem(msg("a comma is missing here"), hint, value.line, start, max(end, start + 1), ", ")
    at = 1
    for part in _PAIR_BOUNDARY.split(value.text[1:-1]):
        column = value.text.find(part, at)
        at = column + len(part)
        match = _KEY_VALUE_PAIR.match(part)
        if match is not None and not _is_quoted(match["value"]):
            start = value.start + column + match.start("value")
            yield from _text_problems(_Value(value.line, match["key"], start, match["value"]))


def _is_quoted(text: str) -> bool:
    """Return whether a text is in one pair of quotation marks."""
    return len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]
