"""The style of the page: it has both sets of colours and a print style, and loads nothing."""

from __future__ import annotations

import re

from wavectl.render.timeline.stylesheet import STYLE
from wavectl.render.timeline.svg_marks import DARK, LIGHT


def test_it_is_light_then_dark_then_on_paper() -> None:
    dark, paper = STYLE.index("(prefers-color-scheme: dark)"), STYLE.index("@media print")
    assert [colour for colour in LIGHT.values() if colour not in STYLE[:dark]] == []
    assert [colour for colour in DARK.values() if colour not in STYLE[dark:paper]] == []
    assert "@media screen and (prefers-color-scheme: dark)" in STYLE  # paper is white


def test_every_brace_is_closed_and_nothing_is_loaded() -> None:
    assert STYLE.count("{") == STYLE.count("}") > 50
    assert not re.search(r"@import|@font-face|url\((?!#hatch)|</", STYLE)


def test_every_colour_that_is_named_is_known() -> None:
    named = set(re.findall(r"var\((--\w+)", STYLE)) - {"--wave"}
    assert named == set(re.findall(r"(--\w+):", STYLE)) - {"--wave"}
