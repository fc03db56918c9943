"""Marks as SVG: each state and kind has its own shape, and every colour is readable on its background."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS
from wavectl.render.context import KIND_LABELS, STATE_MARKS
from wavectl.render.timeline.shapes import band, mark, open_end, px, symbol
from wavectl.text.escaping import render_template


def luminance(colour: str) -> float:
    """Return how light a colour is (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT_COLOURS, DARK_COLOURS], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "muted", "today", "firm", "vague", "postponed", "cancelled"])
def test_every_colour_can_be_read_on_its_ground(name: str, colours: Mapping[str, str]) -> None:
    assert contrast(colours[name], colours["paper"]) >= 4.5


def test_the_measure_of_contrast() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_a_style_has_the_requested_colours() -> None:
    stylesheet = render_template("wavectl.render", "chart.css", colours=LIGHT_COLOURS)
    assert LIGHT_COLOURS["firm"] in stylesheet
    assert DARK_COLOURS["firm"] not in stylesheet
    assert set(LIGHT_COLOURS) == set(DARK_COLOURS)


def test_no_two_marks_look_the_same() -> None:
    drawn = [mark(how, kind, 0, 2, 0) for how, kind in product(STATE_MARKS, KIND_LABELS)]
    assert len(set(drawn)) == len(STATE_MARKS) * len(KIND_LABELS) - (
        len(KIND_LABELS) - 1
    )  # a vague mark does not show its kind
    assert len({mark(how, "event", 0, 50, 0) for how in STATE_MARKS}) == len(STATE_MARKS)
    assert len({symbol(kind, 0, 0, "kind") for kind in KIND_LABELS}) == len(KIND_LABELS)


@pytest.mark.parametrize(
    ("how", "start", "end", "drawn"),
    [
        ("firm", 10, 40, '<rect class="firm" x="10" y="-6" width="30" height="12" rx="2"/>'),
        ("vague", 10, 40, '<rect class="vague" x="10" y="-6" width="30" height="12" rx="2"/>'),
        ("vague", 10, 12, '<rect class="vague" x="5" y="-6" width="12" height="12" rx="2"/>'),
        ("firm", 10, 12, '<path class="firm" d="M6 -5h10v10h-10z"/>'),
    ],
)
def test_a_mark_covers_its_stretch_where_that_can_be_seen(how: str, start: float, end: float, drawn: str) -> None:
    assert mark(how, "event", start, end, 0) == drawn


def test_lengths_are_short() -> None:
    assert [px(value) for value in (1, 1.0, 1.04, 1.06, -0.5)] == ["1", "1", "1", "1.1", "-0.5"]


def test_an_end_that_is_not_known_has_a_point() -> None:
    assert band(0, 100, 6, "teal", True).endswith('d="M0 0H91L100 6L91 12H0z"/>')
    assert band(0, 100, 6, "teal", False).endswith('d="M0 0H100V12H0z"/>')
    assert open_end(0, 100, 5).startswith('<path class="trail" d="M0 5H92"/>')
