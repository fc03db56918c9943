"""What somebody meant by a value that is no YAML: a text without sound quotation marks, languages in one line.

It is looked at as a person would, and where it can be meant in one way only, that way is the cure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.diagnostics import Finding, Message, Span, msg, quoted
from wavectl.yamlfile.scalars import quote_scalar

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
    return msg("what stands behind # is a remark, so {text} is not read", text=quoted(text))
