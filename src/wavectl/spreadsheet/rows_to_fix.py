"""Give the rows of a table that cannot be imported back, with the reason in a last column."""

from collections.abc import Mapping, Sequence

from wavectl.spreadsheet.columns import column_for_heading
from wavectl.spreadsheet.reader import BLANK_CELL, RowKey, SheetCell, SheetRow, SheetTable


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
