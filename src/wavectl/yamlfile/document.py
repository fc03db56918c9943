"""A document: the data of a file, and an index from the path of each part to where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

from wavectl.diagnostics import FILE_START, LINE_END, Finding, KeyPath, Message, Span

CELLS_PER_NODE = 5
"""Cells of the index for each node: line, column, end line, end column (from 0), and the cells of it with all below."""


class Document:
    """One file of a plan: its data (dicts, lists, texts, None), its text, and what is wrong with it as YAML.

    ``data`` is None when the file cannot be used at all; ``findings`` then say why.
    """

    def __init__(self, file: str, text: str = "", data: Any = None, findings: Iterable[Finding] = ()) -> None:
        self.file, self.text, self.data = file, text, data
        self.findings = list(findings)
        self.lost_paths: set[KeyPath] = set()  # what stands there is none of the plan's, as a finding has told
        self._index: array[int] = array("I")
        self._child_positions: dict[int, list[int]] = {}
        self._key_numbers: dict[int, dict[str, int]] = {}
        self._lines: list[str] = []

    def locate(self, path: KeyPath, *, key: bool = False) -> Span:
        """Return the span of the value at ``path``, or of its key.

        Parts that the document lacks are passed over, and the walk ends at the nearest ancestor there is:
        this never fails. Lines and columns count from 1, the end is exclusive.
        """
        data, at, key_at = self.data, 0, 0
        for part in path:
            child = self._child(data, at, part)
            if child is not None:
                data, at, key_at = child
        if not self._index:
            return FILE_START
        return self._span(key_at if key else at)

    def existing_path(self, path: KeyPath) -> KeyPath:
        """Return ``path`` without the parts that the document lacks."""
        found: list[str | int] = []
        data: Any = self.data
        for part in path:
            if _has_child(data, part):
                found.append(part)
                data = data[part]
        return tuple(found)

    def path_at(self, position: int) -> KeyPath:
        """Return the path of the part at a place of the index."""
        found: list[str | int] = []
        data, at = self.data, 0
        while at != position and isinstance(data, (dict, list)):
            parts = list(data) if isinstance(data, dict) else range(len(data))
            children = ((part, self._child(data, at, part)) for part in parts)
            part, child = next(
                (part, child)
                for part, child in children
                if child is not None and child[1] <= position < child[1] + self._index[child[1] + CELLS_PER_NODE - 1]
            )
            found.append(part)
            data, at = child[0], child[1]
        return tuple(found)

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its end."""
        lines = self._all_lines()
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def span(self, line: int, column: int) -> Span:
        """Return the one-character span at a line and column counted from 0, moved to where the file has text."""
        lines = self._all_lines()
        line = min(line, len(lines) - 1)
        column = min(column, len(lines[line]))
        return Span(line + 1, column + 1, line + 1, min(column + 1, len(lines[line])) + 1)

    def span_at_offset(self, offset: int) -> Span:
        """Return the span of the character at an offset into the text."""
        before = LINE_END.split(self.text[:offset])
        return self.span(len(before) - 1, len(before[-1]))

    def _child(self, data: object, at: int, part: str | int) -> tuple[Any, int, int] | None:
        """Return the data, the place and the place of the key of one child; None where there is none."""
        if isinstance(data, dict) and _has_child(data, part):
            steps = self._positions_of_children(at, 2 * len(data))
            numbers = self._key_numbers.get(at)
            if numbers is None:
                numbers = self._key_numbers[at] = {name: number for number, name in enumerate(data)}
            number = 2 * numbers[str(part)]
            return data[part], steps[number + 1], steps[number]
        if isinstance(data, list) and isinstance(part, int) and _has_child(data, part):
            steps = self._positions_of_children(at, len(data))
            return data[part], steps[part], steps[part]
        return None

    def _positions_of_children(self, at: int, count: int) -> list[int]:
        """Return the places of the nodes right below a collection, each key before its value."""
        steps = self._child_positions.get(at)
        if steps is None:
            steps, place = [], at + CELLS_PER_NODE
            for _ in range(count):
                steps.append(place)
                place += self._index[place + CELLS_PER_NODE - 1]
            self._child_positions[at] = steps
        return steps

    def _span(self, at: int) -> Span:
        line, column, end_line, end_column = self._index[at : at + 4]
        lines = self._all_lines()
        if end_line > line and end_column == 0:  # the end of a block: step back to the text it ends with
            end_line -= 1
            while end_line > line and not lines[end_line].strip():
                end_line -= 1
            end_column = len(lines[end_line])
        return Span(line + 1, column + 1, end_line + 1, end_column + 1)

    def _all_lines(self) -> list[str]:
        if not self._lines:
            self._lines = LINE_END.split(self.text)
        return self._lines


def _has_child(data: object, part: str | int) -> bool:
    """Tell whether a block has that key, or a list that many items."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def add_finding(
    document: Document, message: Message, hint: Message | None, *, rule: str = "yaml-syntax", span: Span | None = None
) -> None:
    """Add a fault in the YAML to a document; without a span it stands at the start of the file."""
    document.findings.append(Finding(rule, document.file, (), message, hint, span=span or FILE_START))
