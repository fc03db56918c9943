"""What somebody meant by a line that is no YAML: a text without quotation marks, signs pasted from a word processor.

A parser only knows where it gave up. Here the line is looked at as a person would, and where it can be meant in one
way only, that way is the cure: it counts if the file can then be read further than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from wavectl.composer import LINE_END, ComposeError, compose
from wavectl.diagnostics import Finding, Message, Span, quoted, say
from wavectl.scalars import in_quotes

SPACES = "\xa0\u2000-\u200a\u202f\u205f\u3000"
"""No-break spaces and others that a word processor writes, as characters of a regular expression."""
_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_KEY = r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"\[\]{},][^:#\[\]{},]*?)"
_ENTRY = re.compile(rf"{_LEAD}{_KEY}[ ]*:[ ]+(?P<value>\S.*)")
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_ODD_INDENT = re.compile(rf"[ ]*(?P<odd>[{SPACES}][{SPACES} ]*)")
_BULLET = re.compile(r"[ ]*(?P<bullet>[•·‣▪●◦–—*])[ \t]+(?=\S)")
_TIGHT = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]{2,}(?P<colon>:)(?!//)[^\s:]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( .*)?$")
_REMARK = re.compile(r"\s+#.*$")
_CURLY = re.compile(r"[“„‟”](?P<inside>[^“„‟”\"\\]*)[“‟”]|[‘‚’](?P<other>[^‘‚’\"\\]*)[‘’]")
_PART = re.compile(r",\s*(?=[\w-]+:\s)")
_NAMED = re.compile(r"\s*(?P<key>[\w-]+):\s+(?P<value>\S.*?)\s*$")
_SEVERAL = re.compile(r"([\"'])[^\"']*\1(\s*,\s*\1[^\"']*\1)+")
_HASHTAGS = re.compile(r"\[\s*(?P<items>[\"']?#[^\[\]{}:]*?)\s*\]")
SIGNS = "@`%*&!|>?#,]}"
"""What an unquoted text cannot open with."""

_LONGEST = 2000
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


def trapped(text: str, error: ComposeError, nodes: int) -> Trap | None:
    """Return what was meant where a parser gave up; None where that cannot be told.

    ``nodes`` bounds what is read to try a cure.
    """
    lines = LINE_END.split(text)
    if len(lines[min(error.line, len(lines) - 1)]) > _LONGEST:
        return None
    for trap in _found(lines, error):
        if trap.cure is None or _mends(lines, trap, error, nodes):
            return trap
        return trap._replace(cure=None)
    return None


def _mends(lines: Sequence[str], trap: Trap, error: ComposeError, nodes: int) -> bool:
    """Tell whether the file can be read further with a cure than without."""
    line = lines[trap.line]
    cured = [*lines]
    cured[trap.line] = f"{line[: trap.column]}{trap.cure}{line[trap.end :]}"
    try:
        compose("\n".join(cured), nodes)
    except ComposeError as other:
        grown = len(cured[trap.line]) - len(line) if other.line == trap.line else 0
        return (other.line, other.column - max(grown, 0)) > (error.line, error.column)
    return True


def _found(lines: Sequence[str], error: ComposeError) -> Iterator[Trap]:
    """Return what may be meant, the likeliest first: what stands on the line, or on the one above that it goes on."""
    here = min(error.line, len(lines) - 1)
    above = next((number for number in range(here - 1, -1, -1) if lines[number].strip()), here)
    if lines[here][error.column : error.column + 1] == "\t":
        yield tab(here, lines[here], error.column)
    yield from (_conflict(number, line) for number, line in enumerate(lines) if _CONFLICT.match(line))
    for number in dict.fromkeys((here, above)):
        yield from filter(None, (look(number, lines[number][:_LONGEST]) for look in _WHOLE_LINE))
    value = _value(lines[here])
    if value is not None and error.column >= value.start:
        if error.column == value.start + 1 and value.text[0] in "'\"":  # it may be a closing one
            opening = next((n for n in range(here - 1, max(here - _FAR, -1), -1) if _opens(lines[n])), None)
            yield from [] if opening is None else [_unclosed(opening, lines[opening])]
        yield from _of_value(here, value)
    if above < here and _stands_in(lines[above], lines[here], error.column):
        yield _further(here, lines[here])


_FAR = 40
"""How many lines above a fault a quotation mark is looked for that was never closed."""


def tab(number: int, line: str, column: int) -> Trap:
    """Return what is said of a tab; behind a colon or a hyphen it can only be a space, at the start of a line many."""
    run = re.compile(r"[ \t]+").match(line, column)
    end = run.end() if run else column + 1
    cure = (" " if line[end:] else "") if line[:column].strip() else None
    return Trap(say("a tab stands here"), say("type spaces instead"), number, column, end, cure)


def _conflict(number: int, line: str) -> Trap:
    return Trap(
        say("two versions of the file stand here, from a git merge that was not finished"),
        say("keep the lines of one version, and delete the lines of <, = and > signs"),
        number,
        0,
        len(line),
    )


def _odd_indent(number: int, line: str) -> Trap | None:
    match = _ODD_INDENT.match(line)
    if match is None:
        return None
    start, end = match.span("odd")
    message = say("no-break spaces stand at the start of this line")
    return Trap(message, say("type ordinary spaces instead"), number, start, end, " " * (end - start))


def _bullet(number: int, line: str) -> Trap | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    start, end = match.span("bullet")
    message = say("{sign} opens this line, where a list has a hyphen", sign=quoted(match["bullet"]))
    return Trap(message, say("type a hyphen and a space instead"), number, start, end, "-")


def _tight(number: int, line: str) -> Trap | None:
    match = _TIGHT.match(line)
    if match is None:
        return None
    start, end = match.span("colon")
    return Trap(
        say("the space behind this colon is missing"), say("write key: value, with a space"), number, start, end, ": "
    )


_WHOLE_LINE: tuple[Callable[[int, str], Trap | None], ...] = (_odd_indent, _bullet, _tight)


class _Value(NamedTuple):
    """The value of a line, without a remark behind it; ``start`` counts from 0."""

    key: str
    start: int
    text: str


def _value(line: str) -> _Value | None:
    """Return the value that a line gives to a key, or to an item of a list."""
    match = (_ENTRY.match(line) or _ITEM.match(line)) if len(line) <= _LONGEST else None
    if match is None:
        return None
    text, mark = match["value"], match["value"][0]
    last = text.rfind(_CLOSING.get(mark, mark))
    if mark in "'\"[{" and last > 0 and re.fullmatch(r"\s*(#.*)?", text[last + 1 :]):
        text = text[: last + 1]
    elif mark != "#":
        text = _REMARK.sub("", text[1:])
        text = (mark + text).rstrip()
    return _Value(match.groupdict().get("key") or "", match.start("value"), text)


def _of_value(number: int, value: _Value) -> Iterator[Trap]:
    """Return what a value may be meant to be."""
    start, text = value.start, value.text
    if text[0] == "{":
        yield from _in_braces(number, value)
    elif text[0] == "[":
        match = _HASHTAGS.fullmatch(text)
        if match is not None:
            items = [item.strip(" \"'") for item in match["items"].split(",")]
            yield _quote(number, start, text, f"[{', '.join(map(in_quotes, filter(None, items)))}]", _remark(items[0]))
    else:
        yield from _of_text(number, value)


def _of_text(number: int, value: _Value) -> Iterator[Trap]:
    """Return what a text without sound quotation marks may be meant to be."""
    start, text = value.start, value.text
    if value.key == "when" and text == "?":
        message = say("{sign} is no date", sign=quoted("?"))
        yield Trap(message, say("write {date}", date="unknown"), number, start, start + 1, "unknown")
    curly = _CURLY.fullmatch(text)
    if curly is not None:
        inside = curly["inside"] if curly["inside"] is not None else curly["other"]
        yield _quote(number, start, text, in_quotes(inside), say("YAML does not know curly quotation marks"))
    elif text[0] in "'\"":
        yield from _of_quoted(number, start, text)
    elif text[0] in SIGNS and not re.fullmatch(r"\*[\w-]+", text):  # which may be a reference with a slip
        message = say("a text cannot open with {character}", character=quoted(text[0]))
        yield _quote(number, start, text, in_quotes(text), message)
    elif ": " in text or text.endswith(":"):
        yield _quote(number, start, text, in_quotes(text), say("a colon followed by a space stands inside a text"))


def _of_quoted(number: int, start: int, text: str) -> Iterator[Trap]:
    """Return what a text may be meant to be that opens with a quotation mark."""
    mark, last = text[0], text.rfind(text[0])
    if _SEVERAL.fullmatch(text):
        message = say("several texts stand here without a list")
        hint = say("put each item on a line of its own, after a hyphen")
        yield Trap(message, hint, number, start, start + len(text))
    elif last == len(text) - 1 > 1 and mark in text[1:-1]:
        message = say("the text holds the same quotation mark that it stands in")
        yield _quote(number, start, text, in_quotes(_within(text)), message)
    elif last == len(text) - 1 > 1 and mark == '"' and "\\" in text:
        message = say("a backslash between double quotation marks means something else")
        yield _quote(number, start, text, in_quotes(text[1:-1]), message)
    elif 0 < last < len(text) - 1 and not text[last + 1 :].lstrip().startswith(","):
        message = say("something stands behind the quotation mark that ends this text")
        yield _quote(number, start, text, in_quotes(text), message)


def _within(text: str) -> str:
    """Return what stands between the first and the last quotation mark, with doubled single ones as one."""
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')


def _in_braces(number: int, value: _Value) -> Iterator[Trap]:
    """Return the first of the texts in braces that wants quotation marks."""
    if not value.text.endswith("}"):
        return
    at = value.start + 1
    for part in _PART.split(value.text[1:-1]):
        match = _NAMED.match(part)
        place = value.start + value.text.find(part, at - value.start)
        at = place + len(part)
        if match is None:
            continue
        text = match["value"]
        sound = text[0] in "'\"" and text[-1] == text[0] and text[0] not in text[1:-1]
        if not sound:
            yield from _of_text(number, _Value(match["key"], place + match.start("value"), text))


def _quote(number: int, start: int, text: str, cure: str, message: Message) -> Trap:
    return Trap(message, say("write it so: {text}", text=cure), number, start, start + len(text), cure)


def _remark(text: str) -> Message:
    return say("what stands behind # is a remark, so {text} is not read", text=quoted(text))


def _opens(line: str) -> bool:
    """Tell whether a value opens with a quotation mark that the line does not close."""
    value = _value(line)
    return value is not None and value.text[0] in "'\"" and value.text.rstrip().count(value.text[0]) % 2 == 1


def _unclosed(number: int, line: str) -> Trap:
    value = _value(line) or _Value("", 0, line)
    message = say("the quotation mark that opens here is never closed")
    return Trap(message, say("close it at the end of the text"), number, value.start, value.start + 1)


def _stands_in(above: str, line: str, column: int) -> bool:
    """Tell whether a line is set in below one that has its value already, so that it seems to go on with that."""
    entry, value = _ENTRY.match(line), _value(above)
    if value is None or value.text[0] in "|>{[" or not (entry or line.rstrip().endswith(":")):
        return False
    depth = len(line) - len(line.lstrip(" "))
    return depth > len(above) - len(above.lstrip(" -")) and ":" not in line[:column].strip()


def _further(number: int, line: str) -> Trap:
    start = len(line) - len(line.lstrip(" "))
    message = say("this line is set in further than the line above it, which has its value already")
    hint = say("give all keys of a block the same number of spaces")
    return Trap(message, hint, number, start, len(line.rstrip()))
