"""YAML text -> its parts: every key with its value and every item, where each opens and ends, and how it is written.

This is nearer to the text than a document: it knows names (&) and references (*), the style of each value, and hyphens,
so that a file can be laid out anew without losing what its data does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wavectl.diagnostics import LINE_END
from wavectl.yamlfile.parser import parse_events

Position = tuple[int, int]
"""A line and a column, both from 0."""


class UnsupportedYamlError(Exception):
    """A reference (*name) stands for a key: nobody writes so, and what it would become is not worth the code."""


@dataclass(eq=False, slots=True)
class SyntaxNode:
    """A key with its value, an item of a list, or the whole file, which has no key.

    ``column`` is where the key or the hyphen stands. ``opening`` is where what names it ends, ``end`` where its value
    does; of a block that is where it begins, for the rest is its parts'. ``above``, ``behind`` and ``below`` are filled
    with what is remarked on it: lines (an empty one is blank) and remarks.
    """

    start: Position
    column: int
    key_end: Position
    key: str | None = None
    plain_key: bool = False
    """Whether its key stands without quotation marks."""
    in_flow: bool = False
    """Whether it stands in brackets or braces itself."""
    anchor: str | None = None
    """What references call it."""
    value: str | None = None
    style: str | None = None
    kind: str = "scalar"
    """scalar, alias, map or list."""
    is_flow: bool = False
    """Whether it is a list in brackets, or a block in braces."""
    value_start: Position = (0, 0)
    """Where its value begins."""
    end: Position = (0, 0)
    children: list[SyntaxNode] = field(default_factory=list)
    comments_above: list[str] = field(default_factory=list)
    comments_after: list[str] = field(default_factory=list)
    comments_below: list[str] = field(default_factory=list)

    def walk(self) -> Iterator[SyntaxNode]:
        """Return this part and all below it, in the order of the file."""
        yield self
        for part in self.children:
            yield from part.walk()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written as its value."""
        return self.kind == "scalar" and not self.style and not self.value

    @property
    def child_indent(self) -> int:
        """How far what stands below it is set in, at least."""
        return self.children[0].column if self.children else self.column + 1


class SyntaxTree:
    """The lines of a file, and the parts that its one document is made of; ``root`` is None where it has none."""

    def __init__(self, text: str) -> None:
        self.lines = LINE_END.split(text)
        self._events = parse_events(text)
        self.root: SyntaxNode | None = None
        event = next(self._events)
        while type(event).__name__ in ("StreamStartEvent", "DocumentStartEvent"):
            event = next(self._events)
        if type(event).__name__ == "MappingStartEvent":
            start = _position(event.start_mark)
            self.root = self._read_value(SyntaxNode(start, start[1], start), event, flow=False)

    def _read_value(self, part: SyntaxNode, event: Any, *, flow: bool) -> SyntaxNode:
        """Fill a part with the value that begins with an event; ``flow`` says whether it stands in brackets."""
        kind = type(event).__name__.removesuffix("Event")
        part.value_start, part.end = _position(event.start_mark), _position(event.end_mark)
        if kind == "Alias":
            part.kind, part.anchor = "alias", event.anchor
            return part
        part.anchor = event.anchor
        if kind == "Scalar":
            part.value, part.style = event.value, event.style if event.style in ("'", '"', "|", ">") else None
            if part.is_empty and part.anchor is None:
                part.value_start = part.end = part.key_end
            return part
        part.kind, part.is_flow = "map" if kind == "MappingStart" else "list", flow or bool(event.flow_style)
        fill = self._read_keys if part.kind == "map" else self._read_items
        closing = fill(part)
        part.end = _position(closing.end_mark) if part.is_flow else part.key_end
        return part

    def _read_keys(self, part: SyntaxNode) -> Any:
        while True:
            key = next(self._events)
            if type(key).__name__ == "MappingEndEvent":
                return key
            if type(key).__name__ != "ScalarEvent":
                raise UnsupportedYamlError
            start = _position(key.start_mark)
            below = SyntaxNode(start, start[1], _position(key.end_mark), key.value, not key.style, part.is_flow)
            part.children.append(self._read_value(below, next(self._events), flow=part.is_flow))

    def _read_items(self, part: SyntaxNode) -> Any:
        while True:
            event = next(self._events)
            if type(event).__name__ == "SequenceEndEvent":
                return event
            start = _position(event.start_mark)
            if part.is_flow:
                below = SyntaxNode(start, start[1], start, in_flow=True)
            else:
                line, column = self._find_hyphen(start)
                below = SyntaxNode((line, column), column, (line, column + 1))
            part.children.append(self._read_value(below, event, flow=part.is_flow))

    def _find_hyphen(self, start: Position) -> Position:
        """Return the place of the hyphen in front of an item whose value begins at a place."""
        line, column = start
        before = self.lines[line][:column] if line < len(self.lines) else ""
        while not before.strip(" \t") or before.lstrip(" \t").startswith("#"):
            line -= 1
            before = self.lines[line]
        if line < start[0]:  # alone on its line, be it with a remark
            before = before.partition("#")[0]
        return line, before.rindex("-")


def _position(mark: Any) -> Position:
    return mark.line, mark.column


def text_extents(root: SyntaxNode) -> Iterator[tuple[Position, Position]]:
    """Return where keys, and scalars that are no block texts, begin and end."""
    for part in root.walk():
        if part.key is not None:
            yield part.start, part.key_end
        if part.kind == "scalar" and not part.is_empty and part.style not in ("|", ">"):
            yield part.value_start, part.end


def last_block_line(node: SyntaxNode, lines: list[str]) -> int:
    """Return the number of the last line of a block text; blank lines behind it are its own where it keeps them."""
    line, column = node.end
    line = min(line if column else line - 1, len(lines) - 1)
    if "+" not in block_header(node, lines):
        while line > node.value_start[0] and not lines[line].strip(" \t"):
            line -= 1
    return line


def block_header(node: SyntaxNode, lines: list[str]) -> str:
    """Return the signs that open a block text: |, >-, |2+."""
    line, column = node.value_start
    return lines[line][column:].partition("#")[0].split()[-1]


def has_references(root: SyntaxNode) -> bool:
    """Tell whether a part is written as a reference to another: then their order matters."""
    return any(part.kind == "alias" for part in root.walk())
