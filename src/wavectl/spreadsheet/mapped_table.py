"""Map the columns of a table to fields by their headings; give its rows by column, and those that must be fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from wavectl.diagnostics import Message
from wavectl.spreadsheet.columns import (
    DATE_PARTS,
    MAX_ROWS_ABOVE_HEADINGS,
    MOMENT_HEADINGS,
    Headings,
    SheetColumn,
    column_for_heading,
    match_columns,
)
from wavectl.spreadsheet.reader import BLANK_CELL, Problem, RowKey, SheetCell, SheetRow, SheetTable
from wavectl.text.suggest import normalize_name


class MappedRow(NamedTuple):
    """A row of a sheet: its cells by column, and the headings of these columns."""

    sheet: str
    number: int
    cells: Mapping[SheetColumn, SheetCell]
    headings: Mapping[SheetColumn, str]

    def cell(self, field: str) -> SheetCell:
        """Return the cell of a field that is not translatable; a blank one if the sheet has no such column."""
        return self.cells.get(SheetColumn(field), BLANK_CELL)

    def without_empty_cells(self) -> MappedRow:
        """Return the row with the cells that have content."""
        return self._replace(cells={column: cell for column, cell in self.cells.items() if not cell.empty})

    def with_fields(self, *fields: str) -> MappedRow:
        """Return the row with the cells of some fields."""
        return self._replace(cells={column: cell for column, cell in self.cells.items() if column.field in fields})

    def problem(
        self, message: Message, hint: Message | None = None, column: SheetColumn | None = None, *, is_note: bool = False
    ) -> Problem:
        """Return a problem with this row, or with its cell in a column."""
        return Problem(message, hint, is_note, self.sheet, self.number, self.headings.get(column, "") if column else "")


class MappedTable(NamedTuple):
    """A table with known columns: the rows below its headings, and the headings with content that are left out.

    ``second_dates`` are headings of dates that are left out because another column has that date.
    """

    name: str
    heading_row: int
    headings: Mapping[SheetColumn, str]
    rows: Sequence[MappedRow]
    other_headings: Sequence[str]
    second_dates: Sequence[str]

    @property
    def fields(self) -> set[str]:
        """The fields that have a column."""
        return {column.field for column in self.headings}


def map_table(
    table: SheetTable, default_language: str, heading_map: Mapping[str, str], known: Headings = MOMENT_HEADINGS
) -> MappedTable:
    """Return a table with its columns. The headings are, of the first rows, the one with most known headings."""
    candidates = [
        match_columns([cell.text for cell in row.cells], default_language, heading_map, known)
        for row in table.rows[:MAX_ROWS_ABOVE_HEADINGS]
    ]
    columns = max(candidates, key=len)
    place = candidates.index(columns)
    heading_row = table.rows[place]
    headings = {column: " ".join(heading_row.cells[index].text.split()) for index, column in columns.items()}
    rows = [
        MappedRow(
            table.name,
            row.number,
            {column: row.cells[index] if index < len(row.cells) else BLANK_CELL for index, column in columns.items()},
            headings,
        )
        for row in table.rows[place + 1 :]
    ]
    left_out = [
        " ".join(cell.text.split())
        for index, cell in enumerate(heading_row.cells)
        if index not in columns and cell.text.strip() and _has_content(table.rows[place + 1 :], index)
    ]
    second_dates = [
        name
        for name in left_out
        if (column := column_for_heading(name, default_language, heading_map, known))
        and column.field in ("when", *DATE_PARTS)
        and normalize_name(headings[column]) not in heading_map
    ]
    return MappedTable(table.name, heading_row.number, headings, rows, left_out, second_dates)


def _has_content(rows: Sequence[SheetRow], index: int) -> bool:
    return any(index < len(row.cells) and not row.cells[index].empty for row in rows)


def rows_to_fix(
    tables: Sequence[SheetTable], heading_rows: Mapping[str, int], reasons: Mapping[RowKey, str], reason_heading: str
) -> list[SheetTable]:
    """Return tables with the headings and the rows that have a reason, which is in the last column.

    ``heading_rows`` has the number of the row of headings by table. A column of earlier reasons is replaced.
    """
    results = []
    for table in tables:
        rows = [row for row in table.rows if (table.name, row.number) in reasons]
        headings = next((row for row in table.rows if row.number == heading_rows.get(table.name)), None)
        if not rows or headings is None:
            continue
        kept = [index for index, cell in enumerate(headings.cells) if not _is_reason(cell)]
        kept.extend(range(len(headings.cells), max(len(row.cells) for row in rows)))
        lines = [_line(headings, kept, reason_heading)]
        lines += [_line(row, kept, reasons[table.name, row.number]) for row in rows]
        results.append(SheetTable(table.name, lines, table.separator))
    return results


def _is_reason(cell: SheetCell) -> bool:
    column = column_for_heading(cell.text, "", {})
    return column is not None and column.field == "reason"


def _line(row: SheetRow, kept: Sequence[int], last: str) -> SheetRow:
    cells = [row.cells[index] if index < len(row.cells) else BLANK_CELL for index in kept]
    return SheetRow(row.number, [*cells, SheetCell(last)])
