"""YAML text -> its parts: every key with its value and every item, where each opens and ends, and how it is written.

This is nearer to the text than a document: it knows names (&) and references (*), the style of each value, and hyphens,
so that a file can be laid out anew without losing what its data does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wavectl.diagnostics import LINE_END
from wavectl.yamlfile.parser import events

Place = tuple[int, int]
"""A line and a column, both from 0."""


class StrangeError(Exception):
    """A reference (*name) stands for a key: nobody writes so, and what it would become is not worth the code."""


@dataclass(eq=False, slots=True)
class Part:
    """A key with its value, an item of a list, or the whole file, which has no key.

    ``column`` is where the key or the hyphen stands. ``opening`` is where what names it ends, ``end`` where its value
    does; of a block that is where it begins, for the rest is its parts'. ``above``, ``behind`` and ``below`` are filled
    with what is remarked on it: lines (an empty one is blank) and remarks.
    """

    start: Place
    column: int
    opening: Place
    key: str | None = None
    plain_key: bool = False
    """Whether its key stands without quotation marks."""
    braced: bool = False
    """Whether it stands in brackets or braces itself."""
    name: str | None = None
    """What references call it."""
    value: str | None = None
    style: str | None = None
    kind: str = "scalar"
    """scalar, alias, map or list."""
    flow: bool = False
    """Whether it is a list in brackets, or a block in braces."""
    at: Place = (0, 0)
    """Where its value begins."""
    end: Place = (0, 0)
    parts: list[Part] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def all(self) -> Iterator[Part]:
        """Return this part and all below it, in the order of the file."""
        yield self
        for part in self.parts:
            yield from part.all()

    @property
    def empty(self) -> bool:
        """Whether nothing is written as its value."""
        return self.kind == "scalar" and not self.style and not self.value

    @property
    def inside(self) -> int:
        """How far what stands below it is set in, at least."""
        return self.parts[0].column if self.parts else self.column + 1


class Text:
    """The lines of a file, and the parts that its one document is made of; ``root`` is None where it has none."""

    def __init__(self, text: str) -> None:
        self.lines = LINE_END.split(text)
        self._events = events(text)
        self.root: Part | None = None
        event = next(self._events)
        while type(event).__name__ in ("StreamStartEvent", "DocumentStartEvent"):
            event = next(self._events)
        if type(event).__name__ == "MappingStartEvent":
            start = _place(event.start_mark)
            self.root = self._value(Part(start, start[1], start), event, flow=False)

    def _value(self, part: Part, event: Any, *, flow: bool) -> Part:
        """Fill a part with the value that begins with an event; ``flow`` says whether it stands in brackets."""
        kind = type(event).__name__.removesuffix("Event")
        part.at, part.end = _place(event.start_mark), _place(event.end_mark)
        if kind == "Alias":
            part.kind, part.name = "alias", event.anchor
            return part
        part.name = event.anchor
        if kind == "Scalar":
            part.value, part.style = event.value, event.style if event.style in ("'", '"', "|", ">") else None
            if part.empty and part.name is None:
                part.at = part.end = part.opening
            return part
        part.kind, part.flow = "map" if kind == "MappingStart" else "list", flow or bool(event.flow_style)
        fill = self._keys if part.kind == "map" else self._items
        closing = fill(part)
        part.end = _place(closing.end_mark) if part.flow else part.opening
        return part

    def _keys(self, part: Part) -> Any:
        while True:
            key = next(self._events)
            if type(key).__name__ == "MappingEndEvent":
                return key
            if type(key).__name__ != "ScalarEvent":
                raise StrangeError
            start = _place(key.start_mark)
            below = Part(start, start[1], _place(key.end_mark), key.value, not key.style, part.flow)
            part.parts.append(self._value(below, next(self._events), flow=part.flow))

    def _items(self, part: Part) -> Any:
        while True:
            event = next(self._events)
            if type(event).__name__ == "SequenceEndEvent":
                return event
            start = _place(event.start_mark)
            if part.flow:
                below = Part(start, start[1], start, braced=True)
            else:
                line, column = self._hyphen(start)
                below = Part((line, column), column, (line, column + 1))
            part.parts.append(self._value(below, event, flow=part.flow))

    def _hyphen(self, start: Place) -> Place:
        """Return the place of the hyphen in front of an item whose value begins at a place."""
        line, column = start
        before = self.lines[line][:column] if line < len(self.lines) else ""
        while not before.strip(" \t") or before.lstrip(" \t").startswith("#"):
            line -= 1
            before = self.lines[line]
        if line < start[0]:  # alone on its line, be it with a remark
            before = before.partition("#")[0]
        return line, before.rindex("-")


def _place(mark: Any) -> Place:
    return mark.line, mark.column


def texts(root: Part) -> Iterator[tuple[Place, Place]]:
    """Return where keys, and scalars that are no block texts, begin and end."""
    for part in root.all():
        if part.key is not None:
            yield part.start, part.opening
        if part.kind == "scalar" and not part.empty and part.style not in ("|", ">"):
            yield part.at, part.end


def last_line(part: Part, lines: list[str]) -> int:
    """Return the number of the last line of a block text; blank lines behind it are its own where it keeps them."""
    line, column = part.end
    line = min(line if column else line - 1, len(lines) - 1)
    if "+" not in opening(part, lines):
        while line > part.at[0] and not lines[line].strip(" \t"):
            line -= 1
    return line


def opening(part: Part, lines: list[str]) -> str:
    """Return the signs that open a block text: |, >-, |2+."""
    line, column = part.at
    return lines[line][column:].partition("#")[0].split()[-1]


def has_references(root: Part) -> bool:
    """Tell whether a part is written as a reference to another: then their order matters."""
    return any(part.kind == "alias" for part in root.all())
