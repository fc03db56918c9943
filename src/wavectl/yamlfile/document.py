"""The data of a file, and an index from the path of each part to its position.

A position is read by the parser and never guessed.
"""

from array import array
from collections.abc import Iterable
from typing import Any

from wavectl.diagnostics import FILE_START, LINE_END, Finding, KeyPath, Message, Span

CELLS_PER_NODE = 5
"""Cells of the index for each node: line, column, end line, end column (from 0), and the cells of the whole subtree."""


class Document:
    """One file of a plan: its data (dicts, lists, texts, None), its text, and the findings about its YAML.

    ``data`` is None when the file cannot be used at all; ``findings`` then say why.
    """

    def __init__(self, file: str, text: str = "", data: Any = None, findings: Iterable[Finding] = ()) -> None:
        self.file, self.text, self.data = file, text, data
        self.findings = list(findings)
        self.lost_paths: set[KeyPath] = set()  # keys that a finding explains as a part of a text, not as a key
        self._index: array[int] = array("I")
        self._known_places: dict[int, dict[str | int, tuple[int, int]]] = {}
        self._lines: list[str] = []

    def locate(self, path: KeyPath, *, key: bool = False) -> Span:
        """Return the span of the value at ``path``, or of its key; this never fails.

        Parts of the path that the document lacks are skipped, so the nearest ancestor is located.
        Lines and columns count from 1, the end is exclusive.
        """
        if not self._index:
            return FILE_START
        data, key_at, at = self.data, 0, 0
        for part in path:
            if has_child(data, part):
                key_at, at = self._places_below(data, at)[part]
                data = data[part]
        return self._span(key_at if key else at)

    def existing_path(self, path: KeyPath) -> KeyPath:
        """Return ``path`` without the parts that the document lacks."""
        existing: list[str | int] = []
        data: Any = self.data
        for part in path:
            if has_child(data, part):
                existing.append(part)
                data = data[part]
        return tuple(existing)

    def path_at(self, at: int) -> KeyPath:
        """Return the path of the node at a place of the index."""
        path: list[str | int] = []
        data, node_at = self.data, 0
        while at != node_at:
            children = reversed(self._places_below(data, node_at).items())
            part, node_at = next((part, value_at) for part, (_, value_at) in children if value_at <= at)
            path.append(part)
            data = data[part]
        return tuple(path)

    @property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        if not self._lines:
            self._lines = LINE_END.split(self.text)
        return self._lines

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its end; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def span(self, line: int, column: int) -> Span:
        """Return the one-character span at a line and column counted from 0, moved into the text if outside."""
        line = min(line, len(self.lines) - 1)
        column = min(column, len(self.lines[line]))
        return Span(line + 1, column + 1, line + 1, min(column + 1, len(self.lines[line])) + 1)

    def span_at_offset(self, offset: int) -> Span:
        """Return the span of the character at an offset into the text."""
        before = LINE_END.split(self.text[:offset])
        return self.span(len(before) - 1, len(before[-1]))

    def add_finding(
        self, message: Message, hint: Message | None, *, rule: str = "yaml-syntax", span: Span = FILE_START
    ) -> None:
        """Add an error in the YAML; without a span it is placed at the start of the file."""
        self.findings.append(Finding(rule, self.file, (), message, hint, span=span))

    def _places_below(self, data: Any, at: int) -> dict[str | int, tuple[int, int]]:
        """Return the places of the key (in a list, of the item) and of the value of each child of a collection."""
        places = self._known_places.get(at)
        if places is None:
            places = self._known_places[at] = {}
            key_at = at + CELLS_PER_NODE
            for part in data if isinstance(data, dict) else range(len(data)):
                value_at = key_at + CELLS_PER_NODE if isinstance(data, dict) else key_at
                places[part] = key_at, value_at
                key_at = value_at + self._index[value_at + CELLS_PER_NODE - 1]
        return places

    def _span(self, at: int) -> Span:
        line, column, end_line, end_column = self._index[at : at + 4]
        if end_line > line and end_column == 0:  # the end of a block: step back to the text it ends with
            end_line -= 1
            while end_line > line and not self.lines[end_line].strip():
                end_line -= 1
            end_column = len(self.lines[end_line])
        return Span(line + 1, column + 1, end_line + 1, end_column + 1)


def has_child(data: object, part: str | int) -> bool:
    """Return whether a mapping has that key, or a list that many items."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)
