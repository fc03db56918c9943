"""The style of the page: it has both sets of colours and a print style, and loads nothing."""

from __future__ import annotations

import re

from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS
from wavectl.text.escaping import render_template

STYLESHEET = render_template("wavectl.render", "timeline.css", light=LIGHT_COLOURS, dark=DARK_COLOURS)


def test_it_is_light_then_dark_then_on_paper() -> None:
    dark, paper = STYLESHEET.index("(prefers-color-scheme: dark)"), STYLESHEET.index("@media print")
    assert [colour for colour in LIGHT_COLOURS.values() if colour not in STYLESHEET[:dark]] == []
    assert [colour for colour in DARK_COLOURS.values() if colour not in STYLESHEET[dark:paper]] == []
    assert "@media screen and (prefers-color-scheme: dark)" in STYLESHEET  # paper is white


def test_every_brace_is_closed_and_nothing_is_loaded() -> None:
    assert STYLESHEET.count("{") == STYLESHEET.count("}") > 50
    assert not re.search(r"@import|@font-face|url\((?!#hatch)|</", STYLESHEET)


def test_every_colour_that_is_named_is_known() -> None:
    named = set(re.findall(r"var\((--\w+)", STYLESHEET)) - {"--wave"}
    assert named == set(re.findall(r"(--\w+):", STYLESHEET)) - {"--wave"}
