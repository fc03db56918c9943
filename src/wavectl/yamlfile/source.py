"""A file as text with places: where its blocks, keys and items begin and end, in offsets from its start."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from wavectl.diagnostics import LINE_END, KeyPath
from wavectl.yamlfile.builder import Document
from wavectl.yamlfile.changeset import value_at

_ALIAS = re.compile(r"[\"']?[ \t]*:[ \t]*(\*[^\s,\[\]{}]+)")
_ANCHORS_AND_TAGS = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_COLON = re.compile(r"[ \t]*:")


class Extent(NamedTuple):
    """A stretch of a text, from one offset up to another, which is not in it."""

    begin: int
    end: int


class SourceFile:
    """The text of a document, and where its parts stand in it."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self._line_starts = [0, *(found.end() for found in LINE_END.finditer(document.text))]

    @cached_property
    def newline(self) -> str:
        """What ends the lines of the file."""
        found = LINE_END.search(self.text)
        return found[0] if found else "\n"

    def data_at(self, path: KeyPath) -> Any:
        """Return the data at a path."""
        return value_at(self.document.data, path)

    def key_extent(self, path: KeyPath) -> Extent:
        """Return where the key at the end of a path stands."""
        return self._extent(path, key=True)

    def value_extent(self, path: KeyPath) -> Extent:
        """Return where the value at a path stands: of a reference (*name) that itself, of nothing behind the colon."""
        found = self._extent(path)
        if path and isinstance(path[-1], str):
            key = self.key_extent(path)
            if found.begin < key.end or self.data_at(path) is None:
                alias = _ALIAS.match(self.text, key.end)
                if alias:
                    return Extent(*alias.span(1))
                colon = _COLON.match(self.text, key.end)
                if colon and found.begin <= key.end:
                    return Extent(colon.end(), colon.end())
        return found

    def is_flow(self, path: KeyPath) -> bool:
        """Tell whether a block stands in braces or brackets."""
        begin = self.value_extent(path).begin
        marks = _ANCHORS_AND_TAGS.match(self.text, begin)
        return self.text[marks.end() if marks else begin :][:1] in ("{", "[")

    def _extent(self, path: KeyPath, *, key: bool = False) -> Extent:
        span = self.document.locate(path, key=key)
        return Extent(self.offset(span.line, span.column), self.offset(span.end_line, span.end_column))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; lines and columns count from 1."""
        return self._line_starts[line - 1] + column - 1

    def column(self, offset: int) -> int:
        """Return how many characters stand before an offset on its line."""
        return offset - self.line_start(offset)

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self._line_starts[bisect_right(self._line_starts, offset) - 1]

    def next_line_start(self, offset: int) -> int:
        """Return where the line behind that of an offset begins; the end of the text where there is none."""
        number = bisect_right(self._line_starts, offset)
        return self._line_starts[number] if number < len(self._line_starts) else len(self.text)

    def rest_of_line(self, offset: int) -> str:
        """Return what stands behind an offset on its line, without the spaces around it."""
        return self.text[offset : self.next_line_start(offset)].strip()

    def opens_line(self, offset: int) -> bool:
        """Tell whether nothing but spaces stands before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip()
