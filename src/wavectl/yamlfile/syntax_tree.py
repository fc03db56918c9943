"""Document -> SyntaxTree: each key with its value and each list item, with its position, its style and its comments.

The tree adds to the index of a document what its data does not show: names (&) and references (*), quotation marks,
hyphens, brackets and comments. The formatter and the patcher work on it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wavectl.diagnostics import LINE_END, KeyPath
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import parse_events

Position = tuple[int, int]
"""A line and a column, both from 0."""

_BEFORE_HYPHEN = re.compile(r"(?:[\s:]|[&!]\S*|#[^\r\n]*)*")
"""What may be before an item of a list: the name of the list; a colon, if the item above is a key without a value."""


class UnsupportedYamlError(Exception):
    """A reference (*name) in place of a key, or something else that is not worth supporting."""


@dataclass(eq=False, slots=True)
class SyntaxNode:
    """A key with its value, an item of a list, or the whole file, which has no key.

    ``start`` is the position of the key or the hyphen, ``key_end`` its end. ``end`` is the end of the value; for a
    block, which ends where its last child does, it is ``key_end``. Comments are lines; an empty one is a blank line.
    """

    start: Position
    key_end: Position
    key: str | None = None
    plain_key: bool = False
    """Whether the key has no quotation marks."""
    in_flow: bool = False
    """Whether the node is inside brackets or braces."""
    anchor: str | None = None
    """The name that references use; for a reference, the name it refers to."""
    value: str | None = None
    style: str | None = None
    """The sign that starts a quoted or block text; None for an unquoted one."""
    kind: str = "scalar"
    """scalar, alias, map or list."""
    is_flow: bool = False
    """Whether it is a list in brackets, or a mapping in braces."""
    value_start: Position = (0, 0)
    end: Position = (0, 0)
    children: list[SyntaxNode] = field(default_factory=list)
    comments_above: list[str] = field(default_factory=list)
    comments_after: list[str] = field(default_factory=list)
    comments_below: list[str] = field(default_factory=list)

    def walk(self) -> Iterator[SyntaxNode]:
        """Yield this node and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def column(self) -> int:
        """The column of the key or the hyphen, from 0."""
        return self.start[1]

    @property
    def is_block_scalar(self) -> bool:
        """Whether it is a text below ``|`` or ``>``."""
        return self.style in ("|", ">")

    @property
    def is_empty(self) -> bool:
        """Whether no value is written."""
        return self.kind == "scalar" and not self.style and not self.value

    @property
    def is_extension(self) -> bool:
        """Whether it is a key of the plan's own, which wavectl ignores: ``x-…``."""
        return self.key is not None and self.key.startswith("x-")


class SyntaxTree:
    """The nodes of a document; ``root`` is None where the file has none."""

    def __init__(self, document: Document) -> None:
        self.text, self.lines = document.text, document.lines
        self.line_starts = [0, *(match.end() for match in LINE_END.finditer(document.text))]
        self.root: SyntaxNode | None = None
        self._events = parse_events(document.text)
        event = next(self._events, None) if document.data else None
        if event is not None:
            start = _begin_and_end(event)[0]
            self.root = SyntaxNode(start, start)
            self._read_value(self.root, event)

    def node(self, path: KeyPath) -> SyntaxNode:
        """Return the node at a path; raise ``LookupError`` where there is none, or only a reference above it."""
        node = self.root
        for part in path:
            children = node.children if node is not None else []
            matches = [child for child in children if child.key == part] if isinstance(part, str) else children[part:]
            node = matches[0]
        if node is None:
            raise LookupError(path)
        return node

    def offset(self, position: Position) -> int:
        """Return the offset of a position from the start of the text."""
        return self.line_starts[position[0]] + position[1]

    def last_block_line(self, node: SyntaxNode) -> int:
        """Return the number of the last line of a block text; with the blank lines that it keeps by a ``+``."""
        line, column = node.end
        line = min(line if column else line - 1, len(self.lines) - 1)
        if "+" not in self.block_header(node):
            while line > node.value_start[0] and not self.lines[line].strip(" \t"):
                line -= 1
        return line

    def block_header(self, node: SyntaxNode) -> str:
        """Return the signs that start a block text: ``|``, ``>-``, ``|2+``."""
        line, column = node.value_start
        return self.lines[line][column:].partition("#")[0].split()[-1]

    def subtree_end(self, node: SyntaxNode) -> Position:
        """Return the end of a node with all that is below it."""
        if node.is_block_scalar:
            line = self.last_block_line(node)
            return line, len(self.lines[line])
        children = [] if node.is_flow else [self.subtree_end(child) for child in node.children[-1:]]
        return max([node.end, node.key_end, *children])

    def _read_value(self, node: SyntaxNode, event: Any) -> Position:
        """Fill a node with its value, which begins with an event of the parser, and return where that ends."""
        kind = type(event).__name__
        node.anchor = event.anchor
        node.value_start, node.end = _begin_and_end(event)
        if kind == "AliasEvent":
            node.kind = "alias"
        elif kind == "ScalarEvent":
            node.value, node.style = event.value, event.style or None
            if node.is_empty and node.anchor is None:
                node.value_start = node.end = node.key_end
        else:
            node.kind, node.is_flow = "list" if kind == "SequenceStartEvent" else "map", bool(event.flow_style)
            node.end = node.key_end
            after = self._read_items(node) if node.kind == "list" else self._read_keys(node)
            return node.end if node.is_flow else after
        return node.end

    def _read_keys(self, node: SyntaxNode) -> Position:
        end = node.key_end
        children: dict[str, SyntaxNode] = {}
        for event in self._events_inside(node):
            if type(event).__name__ != "ScalarEvent":
                raise UnsupportedYamlError(f"a key on line {event.start_mark.line + 1} is not a word")
            below = SyntaxNode(*_begin_and_end(event), event.value, not event.style, in_flow=node.is_flow)
            end = self._read_value(below, next(self._events))
            children.setdefault(event.value, below)
        node.children += children.values()
        return end

    def _read_items(self, node: SyntaxNode) -> Position:
        end = node.value_start
        for event in self._events_inside(node):
            if node.is_flow:
                start = key_end = _begin_and_end(event)[0]
            else:
                start = self._next_hyphen(end)
                key_end = start[0], start[1] + 1
            below = SyntaxNode(start, key_end, in_flow=node.is_flow)
            node.children.append(below)
            end = self._read_value(below, event)
        return end

    def _events_inside(self, node: SyntaxNode) -> Iterator[Any]:
        """Yield the first event of each key or item of a mapping or a list, and note where its bracket closes."""
        for event in self._events:
            if type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
                node.end = _begin_and_end(event)[1] if node.is_flow else node.end
                return
            yield event

    def _next_hyphen(self, position: Position) -> Position:
        match = _BEFORE_HYPHEN.match(self.text, self.offset(position))
        offset = match.end() if match else self.offset(position)
        line = bisect_right(self.line_starts, offset) - 1
        return line, offset - self.line_starts[line]


def _begin_and_end(event: Any) -> tuple[Position, Position]:
    begin, end = event.start_mark, event.end_mark
    return (begin.line, begin.column), (end.line, end.column)


def has_references(root: SyntaxNode) -> bool:
    """Return whether a node below is written as a reference to another one, so that their order matters."""
    return any(node.kind == "alias" for node in root.walk())


def count_comments(tree: SyntaxTree) -> Counter[str]:
    """Return how often each comment is in a file whose comments are attached."""
    nodes = tree.root.walk() if tree.root else ()
    return Counter(
        line for node in nodes for line in (*node.comments_above, *node.comments_after, *node.comments_below) if line
    )


def attach_comments(tree: SyntaxTree) -> None:
    """Give each node the comments and blank lines that belong to it: above it, after it on its line, or below it."""
    if tree.root is not None:
        _CommentAttacher(tree, tree.root).attach_all()


class _CommentAttacher:
    def __init__(self, tree: SyntaxTree, root: SyntaxNode) -> None:
        self._tree, self._lines, self._root = tree, tree.lines, root
        self._nodes = list(root.walk())[1:]
        self._starts = [node.start for node in self._nodes]
        self._parents = {id(child): node for node in root.walk() for child in node.children}
        ends = [(node.key_end, number) for number, node in enumerate(self._nodes)]
        ends += [(node.end, number) for number, node in enumerate(self._nodes) if node.is_flow or node.kind != "map"]
        ends += [(node.value_start, number) for number, node in enumerate(self._nodes) if node.is_block_scalar]
        self._node_ends = sorted(ends)
        self._end_positions = [position for position, _ in self._node_ends]

    def attach_all(self) -> None:
        """Attach the comments of all lines that are not inside a text."""
        blank = False
        following: SyntaxNode | None = None  # the node that the comments directly above belong to
        for number, column in self._lines_outside_texts():
            line = self._lines[number]
            if not line.strip(" \t"):
                blank = True
                continue
            after = self._next_node((number, 0))
            comment = line[column:].rstrip(" \t")
            if line[:column].strip(" \t"):
                if column < len(line):
                    self._comments_after((number, column)).append(comment)
                if blank and after is not None and after.start[0] == number and not after.in_flow:
                    after.comments_above.append("")
                following = None
            else:
                comments = self._comment_list_for((number, column), after)
                if after is not None and following is after:
                    comments = after.comments_above
                following = after if after is not None and comments is after.comments_above else None
                comments += ["", comment] if blank else [comment]
            blank = False

    def _lines_outside_texts(self) -> Iterator[tuple[int, int]]:
        """Yield the lines that are not inside a text, each with the column of its comment, or else with its length."""
        covered: dict[int, list[tuple[int, int]]] = {}
        inside: set[int] = set()
        for (first, column), (last, end) in self._text_ranges():
            covered.setdefault(first, []).append((column, end if first == last else len(self._lines[first])))
            if first < last:
                covered.setdefault(last, []).append((0, end))
                inside.update(range(first + 1, last))
        for node in self._nodes:
            if node.is_block_scalar:
                inside.update(range(node.value_start[0] + 1, self._tree.last_block_line(node) + 1))
        for number, line in enumerate(self._lines):
            if number not in inside:
                signs = (match.start() for match in re.finditer("#", line))
                texts = covered.get(number, ())
                column = next((at for at in signs if not any(begin <= at < end for begin, end in texts)), len(line))
                yield number, column

    def _text_ranges(self) -> Iterator[tuple[Position, Position]]:
        """Yield begin and end of what contains no comments: keys, texts, and what is kept as it is."""
        for node in self._nodes:
            if node.key is not None:
                yield node.start, node.key_end
            if node.kind == "scalar" and not node.is_empty and not node.is_block_scalar:
                yield node.value_start, node.end
            if node.is_extension:
                line, column = self._tree.subtree_end(node)
                yield node.start, (line, column if node.in_flow else len(self._lines[line]))

    def _next_node(self, position: Position) -> SyntaxNode | None:
        number = bisect_right(self._starts, (position[0], position[1] - 1))
        return self._nodes[number] if number < len(self._nodes) else None

    def _comments_after(self, position: Position) -> list[str]:
        number = bisect_right(self._end_positions, position) - 1
        if number < 0:
            return self._root.comments_above
        return self._extension_or_self(self._nodes[self._node_ends[number][1]]).comments_after

    def _extension_or_self(self, node: SyntaxNode) -> SyntaxNode:
        """Return a node, or the extension (``x-…``) that it is inside of, which is kept as it is."""
        chain = [node, *self._ancestors(node)]
        return next((one for one in reversed(chain) if one.is_extension), node)

    def _ancestors(self, node: SyntaxNode) -> Iterator[SyntaxNode]:
        while id(node) in self._parents:
            node = self._parents[id(node)]
            yield node

    def _comment_list_for(self, position: Position, after: SyntaxNode | None) -> list[str]:
        """Return the comments to which one on a line of its own belongs; ``after`` is the next node."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return after.comments_above if after is not None else self._root.comments_below
        before = self._nodes[number]
        if before.kind in ("scalar", "alias") and not before.is_empty and before.value_start > position:
            return before.comments_above  # between a key and its value
        chain = [before, *self._ancestors(before)]
        flow = next((node for node in chain if node.is_flow and node.value_start <= position < node.end), None)
        if flow is not None:
            return after.comments_above if after is not None and after.start < flow.end else flow.comments_below
        if after is not None and position[1] <= after.column:
            return after.comments_above
        around = [] if after is None else list(self._ancestors(after))
        for node in chain:
            if node.is_empty and position[1] > node.column:
                return self._extension_or_self(node).comments_below
            indent = node.children[0].column if node.children else node.column + 1
            indented = position[1] >= indent and (position[1] > node.column or node is self._root)
            if node.kind in ("map", "list") and not node.is_flow and indented and node not in around:
                return self._extension_or_self(node).comments_below
        return after.comments_above if after is not None else self._root.comments_below
