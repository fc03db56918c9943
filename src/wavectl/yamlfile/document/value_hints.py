"""What somebody meant by a value that is no YAML: a text without sound quotation marks, languages in one line.

It is looked at as a person would, and where it can be meant in one way only, that way is the cure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.diagnostics import Finding, Message, Span, quoted, say
from wavectl.yamlfile.scalars import in_quotes

_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"\[\]{},][^:#\[\]{},]*?)"
ENTRY = re.compile(rf"{_LEAD}{_KEY}[ ]*:[ ]+(?P<value>\S.*)")
"""A line that gives a value to a key."""
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_REMARK = re.compile(r"\s+#.*$")
_CURLY = re.compile(r"[“„‟”](?P<inside>[^“„‟”\"\\]*)[“‟”]|[‘‚’](?P<other>[^‘‚’\"\\]*)[‘’]")
_LANGUAGE = r"(?:ar|ca|en|es|fr|pt|ru|tr|zh):[ ]"
_LANGUAGES = re.compile(rf"{_LANGUAGE}|.*[\s,;\"']{_LANGUAGE}")
"""A text that seems to hold more than one language; before a colon of French there is a space, so it is not one."""
_BETWEEN = re.compile(rf"(?:^|\s*[,;]\s*|(?<=[\"'])\s*|\s+)(?={_LANGUAGE})")
_PART = re.compile(r",\s*(?=[\w-]+:\s)")
_NAMED = re.compile(r"\s*(?P<key>[\w-]+):\s+(?P<value>\S.*?)\s*$")
_UNPARTED = re.compile(r"(?P<text>\"[^\"\\]*\"|'[^']*')(?P<gap>\s*;?\s*)(?=(?P<next>[\w-]+):\s)")
_SEVERAL = re.compile(r"([\"'])[^\"']*\1(\s*,\s*\1[^\"']*\1)+")
_HASHTAGS = re.compile(r"\[\s*(?P<items>[\"']?#[^\[\]{}:]*?)\s*\]")
_LINK = re.compile(r"\[[^\]]*\]\((?P<url>https?://[^\s()]+)\)")
_HALF_OPEN = re.compile(r'"[^"\\]*\s"\w[^"]*"')
"""A text with quotation marks around its last words, whose own one is missing at the end."""
_ONE_LINE = re.compile(r"[^\"'].*,\s*(?:id|title|short|name|kind|status|when|place|country|role|url|period|slogan):\s")
"""What belongs on several lines, with commas between."""
_SIGNS = "@`%*&!|>?#,]}"
"""What an unquoted text cannot open with."""
_AROUND = "*?!_<>-` \"'“”‘’"
"""What people write around a date that is not known yet."""
_LISTS = frozenset(
    ("actors", "alarm", "aliases", "campaigns", "countries", "hashtags", "kinds", "languages", "moments", "priorities",
     "regions", "required_groups", "was", "waves")
)  # fmt: skip
LONGEST = 2000
"""How long a line may be in which a mistake is looked for: people do not write longer ones."""
_CLOSING = {"[": "]", "{": "}"}


class Trap(NamedTuple):
    """What a line was meant to be: fault and cure, the place from ``column`` to ``end`` (from 0), what to write."""

    message: Message
    hint: Message
    line: int
    column: int
    end: int
    cure: str | None = None

    def finding(self, file: str) -> Finding:
        """Return the finding that a file has fallen into it."""
        span = Span(self.line + 1, self.column + 1, self.line + 1, self.end + 1)
        return Finding("yaml-syntax", file, (), self.message, self.hint, span=span, cure=self.cure)


class Value(NamedTuple):
    """The value of a line, without a remark behind it; ``start`` counts from 0."""

    key: str
    start: int
    text: str


def value_of(line: str) -> Value | None:
    """Return the value that a line gives to a key, or to an item of a list."""
    match = (ENTRY.match(line) or _ITEM.match(line)) if len(line) <= LONGEST else None
    if match is None:
        return None
    text, mark = match["value"], match["value"][0]
    last = text.rfind(_CLOSING.get(mark, mark))
    if mark in "'\"[{" and last > 0 and re.fullmatch(r"\s*(#.*)?", text[last + 1 :]):
        text = text[: last + 1]
    elif mark != "#":
        text = _REMARK.sub("", text[1:])
        text = (mark + text).rstrip()
    return Value(match.groupdict().get("key") or "", match.start("value"), text)


def meant(number: int, value: Value) -> Iterator[Trap]:
    """Return what the value of a line, by its number from 0, may be meant to be."""
    start, text = value.start, value.text
    if text[0] == "{":
        yield from _in_braces(number, value)
    elif text[0] == "[":
        match, link = _HASHTAGS.fullmatch(text), _LINK.fullmatch(text)
        if link is not None and value.key in ("url", "site"):
            yield _quote(number, start, text, link["url"], say("only the address itself can stand here"))
        if match is not None:
            items = [item.strip(" \"'") for item in re.split(r",|\s(?=[\"']?#)", match["items"])]
            yield _quote(number, start, text, f"[{', '.join(map(in_quotes, filter(None, items)))}]", _remark(items[0]))
    else:
        yield from _of_text(number, value)


def _of_text(number: int, value: Value) -> Iterator[Trap]:
    """Return what a text without sound quotation marks may be meant to be."""
    start, text = value.start, value.text
    if value.key == "when":
        yield from _of_date(number, value)
    if _LANGUAGES.match(text):
        yield _languages(number, value)
    if _ONE_LINE.match(text):
        hint = say("put each word with its colon on a line of its own, without the comma")
        yield Trap(say("several words with a colon stand on one line"), hint, number, start, start + len(text))
    curly = _CURLY.fullmatch(text)
    if curly is not None:
        inside = curly["inside"] if curly["inside"] is not None else curly["other"]
        message = say("a text cannot stand in curly quotation marks")
        yield _quote(number, start, text, in_quotes(inside), message)
    elif text[0] in "'\"":
        yield from _of_quoted(number, start, text)
    elif re.match(r"-(\s|$)", text):
        yield _of_hyphen(number, value)
    elif re.fullmatch(r"\*[\w-]+", text):  # which may be a reference with a slip
        message = say("the text opens with *, which points to another part of the file")
        yield _quote(number, start, text, in_quotes(text), message)._replace(cure=None)
    elif text[0] in _SIGNS:
        message = say("a text cannot open with {character}", character=quoted(text[0]))
        yield _quote(number, start, text, in_quotes(text), message)
    elif ": " in text or text.endswith(":"):
        yield _quote(number, start, text, in_quotes(text), say("a colon followed by a space stands inside a text"))


def _of_date(number: int, value: Value) -> Iterator[Trap]:
    """Return what marks around a date, or in its place, mean: ``*TBC*``, ``?``, ``-``."""
    bare = value.text.strip(_AROUND)
    try:
        found = parser.read(bare or "?")
    except parser.WordsError:
        return
    if found.sure and found.repeat is None:
        message = say("{sign} is no date", sign=quoted(value.text))
        end = value.start + len(value.text)
        yield Trap(message, say("write {date}", date=found.edtf), number, value.start, end, found.edtf)


def _languages(number: int, value: Value) -> Trap:
    """Return what is said of several languages in one value: in braces they are a text, below a language not."""
    start, text = value.start, value.text
    message = say("a text in several languages stands here without braces")
    hint = say("put each language on a line of its own, with its text in quotation marks")
    parts = [part.rstrip(" ,;-–") for part in _BETWEEN.split(text)]
    named = [_NAMED.fullmatch(part) for part in parts[1:]]
    if parts[0] or not all(named):
        return Trap(message, hint, number, start, start + len(text))
    texts = [(part["key"], part["value"]) for part in named if part is not None]
    cure = ", ".join(f"{key}: {one if _is_sound(one) else in_quotes(one)}" for key, one in texts)
    return _quote(number, start, text, f"{{{cure}}}", message)


def _of_hyphen(number: int, value: Value) -> Trap:
    """Return what a hyphen behind a key is meant to be: the first item of a list, or a part of a text."""
    start, text = value.start, value.text
    message = say("a hyphen opens a list where a text stands")
    if value.key in _LISTS or re.match(r"-\s+[a-z_]+:\s", text) or text == "-":
        hint = say("begin the list on the next line, with two spaces in front of its hyphen")
        return Trap(message, hint, number, start, start + 1)
    return _quote(number, start, text, in_quotes(text), message)


def _of_quoted(number: int, start: int, text: str) -> Iterator[Trap]:
    """Return what a text may be meant to be that opens with a quotation mark."""
    mark, last = text[0], text.rfind(text[0])
    same = say("the text holds the same quotation mark that it stands in")
    if _SEVERAL.fullmatch(text):
        message = say("several texts stand here without a list")
        hint = say("put each item on a line of its own, after a hyphen")
        yield Trap(message, hint, number, start, start + len(text))
    elif len(text) > 4 and text[:2] == text[-2:] == mark * 2 and mark not in text[2:-2]:
        yield _quote(number, start, text, in_quotes(text[2:-2]), same)
    elif last == len(text) - 1 and _HALF_OPEN.fullmatch(text):
        yield _quote(number, start, text, in_quotes(text[1:]), same)._replace(cure=None)
    elif last == len(text) - 1 > 1 and mark in text[1:-1]:
        yield _quote(number, start, text, in_quotes(_within(text)), same)
    elif last == len(text) - 1 > 1 and mark == '"' and "\\" in text:
        message = say("a backslash between double quotation marks means something else")
        yield _quote(number, start, text, in_quotes(text[1:-1]), message)
    elif 0 < last < len(text) - 1 and text[last + 1 :].strip() in (",", ";", ".") and _is_sound(text[: last + 1]):
        message = say("something stands behind the quotation mark that ends this text")
        yield _quote(number, start, text, text[: last + 1], message)
    elif 0 < last < len(text) - 1 and not text[last + 1 :].lstrip().startswith(","):
        message = say("something stands behind the quotation mark that ends this text")
        if text.count(mark) % 2 or text[last + 1].isalnum():  # the last of them was forgotten, or one is too many
            yield _quote(number, start, text, in_quotes(text[1:]), same)._replace(cure=None)
        else:
            yield _quote(number, start, text, in_quotes(text), message)


def _within(text: str) -> str:
    """Return what stands between the first and the last quotation mark, with doubled single ones as one."""
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')


def _in_braces(number: int, value: Value) -> Iterator[Trap]:
    """Return the first of the texts in braces that wants quotation marks, or a comma behind it."""
    if not value.text.endswith("}"):
        return
    unparted = _UNPARTED.search(value.text)
    if unparted is not None:
        start, end = (value.start + place for place in unparted.span("gap"))
        hint = say("write a comma in front of {key}", key=unparted["next"])
        yield Trap(say("a comma is missing here"), hint, number, start, max(end, start + 1), ", ")
    at = value.start + 1
    for part in _PART.split(value.text[1:-1]):
        match = _NAMED.match(part)
        place = value.start + value.text.find(part, at - value.start)
        at = place + len(part)
        if match is None:
            continue
        text = match["value"]
        if not _is_sound(text):
            yield from _of_text(number, Value(match["key"], place + match.start("value"), text))


def _is_sound(text: str) -> bool:
    """Tell whether a text stands in one pair of quotation marks."""
    return len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]


def _quote(number: int, start: int, text: str, cure: str, message: Message) -> Trap:
    return Trap(message, say("write it so: {text}", text=cure), number, start, start + len(text), cure)


def _remark(text: str) -> Message:
    return say("what stands behind # is a remark, so {text} is not read", text=quoted(text))
