"""What a chart is drawn with in a terminal, with Unicode and without."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.render.context import STATE_MARKS


class Glyphs(NamedTuple):
    """The marks of the kinds of moments, those of what is not firm, and the lines of a chart."""

    kinds: dict[str, str]
    states: dict[str, str]
    open_end: str
    arrow: str
    band: str
    band_ends: tuple[str, str]
    year_line: str
    today_line: str
    today_on_band: str
    ellipsis: str


UNICODE_GLYPHS = Glyphs(
    kinds={"event": "■", "observance": "◆", "deadline": "▼", "publication": "▲"},
    states={**STATE_MARKS, "vague": "░"},
    open_end="┄",
    arrow="►",
    band="━",
    band_ends=("┣", "┫"),
    year_line="┊",
    today_line="│",
    today_on_band="┿",
    ellipsis="…",
)
"""For screens that have Unicode: signs of WGL4, which fonts for terminals have, and box drawing."""
ASCII_GLYPHS = Glyphs(
    kinds={"event": "#", "observance": "*", "deadline": "!", "publication": "^"},
    states={"vague": "~", "open": "?", "postponed": ">", "cancelled": "x"},
    open_end=".",
    arrow=">",
    band="=",
    band_ends=("[", "]"),
    year_line=":",
    today_line="|",
    today_on_band="+",
    ellipsis="...",
)
"""For screens that have ASCII alone."""
