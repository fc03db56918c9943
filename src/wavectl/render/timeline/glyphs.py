"""What a chart is drawn with in a terminal, with Unicode and without."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.render.context import MARKS


class Pens(NamedTuple):
    """The marks of the kinds of moments, those of what is not firm, and the lines of a chart."""

    kinds: dict[str, str]
    states: dict[str, str]
    trail: str
    arrow: str
    band: str
    ends: tuple[str, str]
    year: str
    today: str
    crossing: str
    more: str


DRAWN = Pens(
    kinds={"event": "■", "observance": "◆", "deadline": "▼", "publication": "▲"},
    states={**MARKS, "vague": "░"},
    trail="┄",
    arrow="►",
    band="━",
    ends=("┣", "┫"),
    year="┊",
    today="│",
    crossing="┿",
    more="…",
)
"""For screens that have Unicode: signs of WGL4, which fonts for terminals have, and box drawing."""
TYPED = Pens(
    kinds={"event": "#", "observance": "*", "deadline": "!", "publication": "^"},
    states={"vague": "~", "open": "?", "postponed": ">", "cancelled": "x"},
    trail=".",
    arrow=">",
    band="=",
    ends=("[", "]"),
    year=":",
    today="|",
    crossing="+",
    more="...",
)
"""For screens that have ASCII alone."""
