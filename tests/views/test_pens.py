"""What a chart is drawn with: each mark tells one thing, takes one cell, and is known to be drawn."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from wavectl.render.context import KINDS, MARKS, SIGNS
from wavectl.render.timeline.glyphs import DRAWN, TYPED, Pens


def signs(pens: Pens) -> list[str]:
    """Return every sign that a chart is drawn with."""
    lines = (pens.trail, pens.arrow, pens.band, *pens.ends, pens.year, pens.today, pens.crossing)
    return [*pens.kinds.values(), *(pens.states[state] for state in MARKS if state != "firm"), *lines]


@pytest.mark.parametrize("pens", [DRAWN, TYPED], ids=["drawn", "typed"])
def test_a_mark_tells_one_thing_and_takes_one_cell(pens: Pens) -> None:
    marks = [*pens.kinds.values(), *(pens.states[state] for state in MARKS if state != "firm")]
    assert set(pens.kinds) == set(KINDS)
    assert len(set(marks)) == len(marks)
    assert {pens.year, pens.today, pens.band}.isdisjoint(marks)
    assert {cell_len(sign) for sign in signs(pens)} == {1}


def test_what_a_console_has_to_have_is_what_is_drawn_with() -> None:
    assert set(signs(DRAWN)) <= set(SIGNS)
    assert "".join([*signs(TYPED), TYPED.more]).isascii()
