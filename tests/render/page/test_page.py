"""Pages as data: rows are made only as far as they are shown, marks come with their meaning."""

from __future__ import annotations

import pytest

from wavectl.render.colours import sgr_code
from wavectl.render.context import STATE_LABELS, STATE_MARKS, RenderContext
from wavectl.render.page import (
    Cell,
    Column,
    PageLine,
    Section,
    Table,
    build_table,
    legend,
    mark_cell,
    page_line,
    styled_line,
    table_section,
)

EN = RenderContext(("en",))


@pytest.mark.parametrize(("limit", "shown", "more"), [(None, 5, 0), (5, 5, 0), (2, 2, 3), (9, 5, 0)])
def test_no_more_rows_are_made_than_are_shown(limit: int | None, shown: int, more: int) -> None:
    made: list[int] = []

    def row(item: int) -> tuple[str, Cell]:
        made.append(item)
        return str(item), Cell("x", "firm")

    table = build_table([Column("A"), Column("B")], range(5), row, limit)
    assert (len(table.rows), table.omitted_rows, made) == (shown, more, list(range(shown)))
    assert table.rows[0] == (Cell("0"), Cell("x", "firm"))
    assert table.has_headings
    assert not build_table([Column()], [1], lambda _: ("a",)).has_headings


def test_a_section_with_a_table_has_one_function_for_each_column() -> None:
    columns = ((Column("A"), str), (Column("B"), lambda item: Cell(str(item * 2), "title")))
    rows = ((Cell("1"), Cell("2", "title")), (Cell("2"), Cell("4", "title")))
    note = styled_line("n")
    assert table_section("H", [1, 2, 3], 2, *columns, notes=[note], omitted=4) == Section(
        "H", (Table((Column("A"), Column("B")), rows, 1 + 4), note)
    )
    assert table_section("H", [], 2, *columns, notes=[note]) is None


def test_a_line_takes_texts_and_cells() -> None:
    assert page_line("a", Cell("b", "title")) == PageLine((Cell("a"), Cell("b", "title")))


def test_marks_come_with_their_meaning() -> None:
    assert mark_cell("vague") == Cell("≈", "vague")
    assert legend([], EN) == ()
    (line,) = legend(["open", "firm", "firm"], EN)
    assert "".join(cell.text for cell in line.cells).split("   ") == ["● firm", "? to be confirmed"]
    assert "ferme" in legend(["firm"], RenderContext(("fr",)))[0].cells[1].text


def test_every_state_has_a_mark_a_meaning_and_a_colour() -> None:
    assert STATE_MARKS.keys() == STATE_LABELS.keys()
    assert all(map(sgr_code, STATE_LABELS))
