"""A line of a screen that texts are put on at any column, measured in cells."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from wavectl.text.terminal import cell_width

_SGR_CODES = {
    "bold": "1",
    "dim": "2",
    "strike": "9",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "band": "36",
    "grid": "2",
    "today": "1;34",
}
"""Styles by name, and how a terminal is told of them (SGR, ECMA-48 §8.3.117)."""
_BACKGROUND_STYLES = frozenset(("grid", "today"))
"""The styles of what texts may cover."""


class TextCanvas:
    """A line of so many cells, empty at first. A text stands in its first cell, and keeps the others that it needs."""

    def __init__(self, width: int) -> None:
        self._cells = [(" ", "")] * width

    def put(self, column: int, text: str, style: str = "") -> None:
        """Put a text that fits on the line, over what is there."""
        width = cell_width(text)
        if width:
            self._cells[column : column + width] = [(text, style), *[("", style)] * (width - 1)]

    def is_free(self, column: int, width: int) -> bool:
        """Tell whether all these cells are on the line, with nothing in them that must not be covered."""
        inside = column >= 0 and column + width <= len(self._cells)
        return inside and all(
            text == " " or style in _BACKGROUND_STYLES for text, style in self._cells[column : column + width]
        )

    def render(self, *, colour: bool) -> str:
        """Return the line as a terminal is sent it, without spaces at its end."""
        end = max((place for place, (text, _) in enumerate(self._cells, start=1) if text != " "), default=0)
        parts = []
        for style, run in groupby(self._cells[:end], key=itemgetter(1)):
            text = "".join(map(itemgetter(0), run))
            parts.append(f"\x1b[{_SGR_CODES[style]}m{text}\x1b[0m" if colour and style else text)
        return "".join(parts)
