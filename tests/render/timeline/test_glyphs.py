"""What a chart is drawn with: each mark tells one thing, takes one cell, and is known to be drawn."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from wavectl.render.context import DRAWING_CHARACTERS, KIND_LABELS, STATE_MARKS
from wavectl.render.timeline.gantt import ASCII_GLYPHS, UNICODE_GLYPHS, Glyphs


def signs(pens: Glyphs) -> list[str]:
    """Return every sign that a chart is drawn with."""
    lines = (pens.open_end, pens.arrow, pens.band, *pens.band_ends, pens.year, pens.today, pens.crossing)
    return [*pens.kinds.values(), *(pens.states[state] for state in STATE_MARKS if state != "firm"), *lines]


@pytest.mark.parametrize("pens", [UNICODE_GLYPHS, ASCII_GLYPHS], ids=["drawn", "typed"])
def test_a_mark_tells_one_thing_and_takes_one_cell(pens: Glyphs) -> None:
    marks = [*pens.kinds.values(), *(pens.states[state] for state in STATE_MARKS if state != "firm")]
    assert set(pens.kinds) == set(KIND_LABELS)
    assert len(set(marks)) == len(marks)
    assert {pens.year_line, pens.today_line, pens.band}.isdisjoint(marks)
    assert {cell_len(sign) for sign in signs(pens)} == {1}


def test_what_a_console_has_to_have_is_what_is_drawn_with() -> None:
    assert set(signs(UNICODE_GLYPHS)) <= set(DRAWING_CHARACTERS)
    assert "".join([*signs(ASCII_GLYPHS), ASCII_GLYPHS.more]).isascii()
