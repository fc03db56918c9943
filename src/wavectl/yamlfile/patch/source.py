"""A file as text with places: where its blocks, keys and items begin and end, in offsets from its start."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from wavectl.diagnostics import LINE_END, Path
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.patch.changeset import at

_ALIAS = re.compile(r"[\"']?[ \t]*:[ \t]*(\*[^\s,\[\]{}]+)")
_MARKS = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_COLON = re.compile(r"[ \t]*:")


class Extent(NamedTuple):
    """A stretch of a text, from one offset up to another, which is not in it."""

    begin: int
    end: int


class Source:
    """The text of a document, and where its parts stand in it."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self._starts = [0, *(found.end() for found in LINE_END.finditer(document.text))]

    @cached_property
    def line_end(self) -> str:
        """What ends the lines of the file."""
        found = LINE_END.search(self.text)
        return found[0] if found else "\n"

    def data(self, path: Path) -> Any:
        """Return the data at a path."""
        return at(self.document.data, path)

    def key(self, path: Path) -> Extent:
        """Return where the key at the end of a path stands."""
        return self._extent(path, key=True)

    def value(self, path: Path) -> Extent:
        """Return where the value at a path stands: of a reference (*name) that itself, of nothing behind the colon."""
        found = self._extent(path)
        if path and isinstance(path[-1], str):
            key = self.key(path)
            if found.begin < key.end or self.data(path) is None:
                alias = _ALIAS.match(self.text, key.end)
                if alias:
                    return Extent(*alias.span(1))
                colon = _COLON.match(self.text, key.end)
                if colon and found.begin <= key.end:
                    return Extent(colon.end(), colon.end())
        return found

    def is_flow(self, path: Path) -> bool:
        """Tell whether a block stands in braces or brackets."""
        begin = self.value(path).begin
        marks = _MARKS.match(self.text, begin)
        return self.text[marks.end() if marks else begin :][:1] in ("{", "[")

    def _extent(self, path: Path, *, key: bool = False) -> Extent:
        span = self.document.locate(path, key=key)
        return Extent(self.offset(span.line, span.column), self.offset(span.end_line, span.end_column))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; lines and columns count from 1."""
        return self._starts[line - 1] + column - 1

    def column(self, offset: int) -> int:
        """Return how many characters stand before an offset on its line."""
        return offset - self.line_begin(offset)

    def line_begin(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def next_line(self, offset: int) -> int:
        """Return where the line behind that of an offset begins; the end of the text where there is none."""
        number = bisect_right(self._starts, offset)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def rest(self, offset: int) -> str:
        """Return what stands behind an offset on its line, without the spaces around it."""
        return self.text[offset : self.next_line(offset)].strip()

    def opens_line(self, offset: int) -> bool:
        """Tell whether nothing but spaces stands before an offset on its line."""
        return not self.text[self.line_begin(offset) : offset].strip()
