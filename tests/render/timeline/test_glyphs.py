"""What a chart is drawn with: each mark tells one thing, takes one cell, and is known to be drawn."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from wavectl.render.context import DRAWING_CHARACTERS, KIND_LABELS, STATE_MARKS
from wavectl.render.timeline.gantt import ASCII_GLYPHS, UNICODE_GLYPHS, Glyphs


def glyph_characters(glyphs: Glyphs) -> list[str]:
    """Return every sign that a chart is drawn with."""
    lines = (
        glyphs.open_end,
        glyphs.arrow,
        glyphs.band,
        *glyphs.band_ends,
        glyphs.year_line,
        glyphs.today_line,
        glyphs.today_on_band,
    )
    return [*glyphs.kinds.values(), *(glyphs.states[state] for state in STATE_MARKS if state != "firm"), *lines]


@pytest.mark.parametrize("glyphs", [UNICODE_GLYPHS, ASCII_GLYPHS], ids=["unicode", "ascii"])
def test_a_mark_has_one_meaning_and_one_cell(glyphs: Glyphs) -> None:
    marks = [*glyphs.kinds.values(), *(glyphs.states[state] for state in STATE_MARKS if state != "firm")]
    assert set(glyphs.kinds) == set(KIND_LABELS)
    assert len(set(marks)) == len(marks)
    assert {glyphs.year_line, glyphs.today_line, glyphs.band}.isdisjoint(marks)
    assert {cell_len(sign) for sign in glyph_characters(glyphs)} == {1}


def test_what_a_console_has_to_have_is_what_is_drawn_with() -> None:
    assert set(glyph_characters(UNICODE_GLYPHS)) <= set(DRAWING_CHARACTERS)
    assert "".join([*glyph_characters(ASCII_GLYPHS), ASCII_GLYPHS.ellipsis]).isascii()
