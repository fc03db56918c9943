"""A line of a chart: texts start at their columns, however wide their characters are."""

from __future__ import annotations

from rich.cells import cell_len

from wavectl.render.timeline.gantt import TextCanvas


def test_texts_start_at_their_columns() -> None:
    line = TextCanvas(12)
    line.put(1, "한국")
    line.put(6, "ab", "title")
    assert line.render(colour=False) == " 한국 ab"
    assert cell_len(line.render(colour=False).partition("a")[0]) == 6
    assert line.render(colour=True) == " 한국 \x1b[1mab\x1b[0m"
    line.put(2, "")
    assert line.render(colour=False) == " 한국 ab"


def test_spaces_at_the_end_are_left_out() -> None:
    line = TextCanvas(5)
    assert line.render(colour=True) == ""
    line.put(1, "a", "cancelled")
    line.put(2, " ", "cancelled")
    assert line.render(colour=True) == " \x1b[31ma\x1b[0m"


def test_lines_of_the_chart_may_be_covered_and_texts_may_not() -> None:
    line = TextCanvas(6)
    line.put(0, "┊", "grid")
    line.put(1, "│", "today")
    line.put(4, "■", "firm")
    assert line.is_free(0, 4)
    assert not line.is_free(3, 2)
    assert not line.is_free(5, 2)
    assert not line.is_free(-1, 2)
    line.put(0, "한", "aside")
    assert not line.is_free(1, 1)  # the second cell of a wide character
