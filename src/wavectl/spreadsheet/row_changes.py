"""Find out what a row changes of a moment, or which moment it adds, in the form of a wave file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import Message, msg, quoted
from wavectl.i18n import UI_LANGUAGES
from wavectl.model import Moment, MomentKind, Place, Status, Text
from wavectl.plan.loader import Plan
from wavectl.spreadsheet import cell_values
from wavectl.spreadsheet.cell_values import (
    clean_text,
    first_differing_column,
    matches_any_language,
    merge_text,
    read_date_cell,
    same_text,
)
from wavectl.spreadsheet.columns import FIELDS, SheetColumn
from wavectl.spreadsheet.reader import BLANK_CELL, InvalidCell, SheetCell
from wavectl.spreadsheet.rows import CellFormatter, SheetMoment, date_cell_text

_REQUIRED_FIELDS = ("when", "status", "kind")
"""Fields that every moment has. An empty cell does not change them."""


class MappedRow(NamedTuple):
    """A row with its cells by column."""

    number: int
    cells: Mapping[SheetColumn, SheetCell]


OriginalCells = Mapping[SheetColumn, str]
"""The cells of a row as they were when the sheet was written."""


class CellProblem(NamedTuple):
    """A problem with a cell. With ``is_note`` it does not block the import."""

    column: SheetColumn
    message: Message
    hint: Message | None = None
    is_note: bool = False


class RowChanges(NamedTuple):
    """The changes of a row: values by key of the moment, None to remove one; and problems."""

    values: dict[str, Any]
    problems: list[CellProblem]


class RowReader:
    """Reads rows and compares them with a plan. ``accept_dates`` is explained at ``read_date_cell``."""

    def __init__(self, plan: Plan, language: str, *, accept_dates: bool) -> None:
        self._names = cell_values.IdLookup(plan)
        self._formatters = [CellFormatter(plan, one) for one in dict.fromkeys((language, *UI_LANGUAGES))]
        self._accept_dates = accept_dates

    def read_changes(
        self, row: MappedRow, sheet_moment: SheetMoment, original: OriginalCells = MappingProxyType({})
    ) -> RowChanges:
        """Return what a row changes of an existing moment.

        A cell that is the same as in ``original`` changes nothing, even if the plan has another value by now.
        """
        changes = RowChanges({}, [])
        original = original or self._original_date(row)
        for column, cell in row.cells.items():
            if (
                FIELDS[column.field].translatable
                or column.field in ("wave", "id")
                or self._is_unchanged(sheet_moment, column, cell)
            ):
                continue
            if column.read_only:
                if cell.day is None and not _equals_original(column, cell, original):
                    changes.problems.append(
                        CellProblem(
                            column, msg("this column is for information: changes in it are ignored"), is_note=True
                        )
                    )
            elif _equals_original(column, cell, original):
                changes.problems.append(_outdated_cell_note(column))
            else:
                self._apply_cell(sheet_moment, column, cell, changes)
        for field in dict.fromkeys(column.field for column in row.cells if FIELDS[column.field].translatable):
            cells = {column: cell for column, cell in row.cells.items() if column.field == field}
            self._apply_text_cells(sheet_moment, cells, original, changes)
        changes.problems.extend(self._conflict_notes(sheet_moment, row, original, changes))
        return changes

    def _conflict_notes(
        self, sheet_moment: SheetMoment, row: MappedRow, original: OriginalCells, changes: RowChanges
    ) -> Iterator[CellProblem]:
        """Yield a note for each changed cell whose value in the plan was changed too after the sheet was written."""
        for column, cell in row.cells.items():
            if column.field not in changes.values or column not in original or _equals_original(column, cell, original):
                continue
            if not self._is_unchanged(sheet_moment, column, SheetCell(original[column])):
                current = quoted(self._formatters[0].cell_text(sheet_moment, column))
                message = msg(
                    "the plan was changed here too after the sheet was written: {current} is replaced", current=current
                )
                yield CellProblem(column, message, is_note=True)

    def _original_date(self, row: MappedRow) -> OriginalCells:
        """Return the date cell as original if it is the EDTF cell in words, for sheets without the hidden rows."""
        edtf_cell, cell = row.cells.get(SheetColumn("edtf"), BLANK_CELL), row.cells.get(SheetColumn("when"), BLANK_CELL)
        try:
            when = edtf.parse(edtf_cell.text)
        except edtf.DateError:
            return {}
        languages = [formatter.language for formatter in self._formatters]
        unchanged = any(same_text(cell.text, date_cell_text(when, language)) for language in languages)
        return {SheetColumn("when"): cell.text, SheetColumn("edtf"): edtf_cell.text} if unchanged else {}

    def _is_unchanged(self, sheet_moment: SheetMoment, column: SheetColumn, cell: SheetCell) -> bool:
        """Tell whether a cell is what an export in one of the languages would write."""
        return cell.error is None and any(
            same_text(cell.text, formatter.cell_text(sheet_moment, column)) for formatter in self._formatters
        )

    def _apply_cell(self, sheet_moment: SheetMoment, column: SheetColumn, cell: SheetCell, changes: RowChanges) -> None:
        """Add the value of a changed cell to ``changes``."""
        field = column.field
        key = "place" if field == "country" else field
        if field in _REQUIRED_FIELDS and cell.empty:
            note = msg("the cell is empty, so the value in the plan stays")
            changes.problems.append(CellProblem(column, note, is_note=True))
            return
        if field == "source" and not isinstance(sheet_moment.moment.source, str | None):
            hint = msg("change it in the wave file")
            changes.problems.append(
                CellProblem(column, msg("the source covers several facts, which do not fit into a cell"), hint)
            )
            return
        value = self._cell_value(sheet_moment.wave, sheet_moment.moment, column, cell, changes)
        if isinstance(value, InvalidCell):
            changes.problems.append(CellProblem(column, *value))
        elif value != _current_value(sheet_moment.moment, field):
            if key in sheet_moment.inherited:
                changes.problems.append(_inherited_problem(column, sheet_moment))
            else:
                changes.values[field] = value

    def _cell_value(
        self, wave: str, moment: Moment | None, column: SheetColumn, cell: SheetCell, changes: RowChanges
    ) -> Any:
        """Return the value of a cell as a wave file has it."""
        field, text = column.field, clean_text(cell.text)
        if cell.error:
            return InvalidCell(cell.error, cell.hint or msg("write the correct value"))
        if cell.empty:
            return {} if field == "country" else [] if field in ("actors", "priorities") else None
        if field == "actors":
            return self._names.actor_ids(text, wave)
        if field == "priorities":
            return self._names.priority_ids(text)
        if field in ("when", "confirm_by"):
            return self._date_value(moment, column, cell, changes)
        read = {
            "status": cell_values.read_status,
            "kind": cell_values.read_kind,
            "country": cell_values.read_country,
            "url": cell_values.read_url,
            "draft": cell_values.read_flag,
        }.get(field)
        return read(text) if read else text

    def _date_value(
        self, moment: Moment | None, column: SheetColumn, cell: SheetCell, changes: RowChanges, year: int | None = None
    ) -> Any:
        """Return the EDTF of a date cell, and add its repetition and notes to ``changes``."""
        current = getattr(moment, column.field) if moment else None
        found = read_date_cell(cell, current, year=year, accept_dates=self._accept_dates)
        if isinstance(found, InvalidCell):
            return found
        when = found.when
        if column.field == "confirm_by" and not (when.is_exact and when.days == 1 and when.precision is Precision.DAY):
            return InvalidCell(
                msg("the date to confirm by is not a single day"), msg("write a day, such as 2017-06-30")
            )
        changes.problems.extend(CellProblem(column, note, is_note=True) for note in found.notes)
        if found.repeat and moment is None:
            changes.values["repeat"] = found.repeat
        elif found.repeat:
            note = msg("the cell names a day of every year, but the repetition of the moment stays as it is")
            changes.problems.append(CellProblem(column, note, is_note=True))
        return when.text

    def _apply_text_cells(
        self,
        sheet_moment: SheetMoment,
        cells: dict[SheetColumn, SheetCell],
        original: OriginalCells,
        changes: RowChanges,
    ) -> None:
        """Add what the cells of a translatable text change to ``changes``."""
        field = next(iter(cells)).field
        place = sheet_moment.moment.place or Place()
        text: Text | None = place.name if field == "place" else getattr(sheet_moment.moment, field)
        faulty = [(column, cell) for column, cell in cells.items() if cell.error]
        if faulty:
            changes.problems.extend(CellProblem(column, cell.error, cell.hint) for column, cell in faulty if cell.error)
            return
        cells = {
            column: cell
            for column, cell in cells.items()
            if not (column.language_assumed and matches_any_language(text, cell))
        }
        new = merge_text(text, {column.language: cell.text for column, cell in cells.items()}) if cells else text
        if new == text:
            return
        column = first_differing_column(text, cells)
        if all(_equals_original(one, cell, original) for one, cell in cells.items()):
            changes.problems.append(_outdated_cell_note(column))
        elif isinstance(new, InvalidCell):
            changes.problems.append(CellProblem(column, *new))
        elif field == "title" and new is None:
            hint = msg("write a title; to cancel the moment, change its status")
            changes.problems.append(CellProblem(column, msg("the moment no longer has a title"), hint))
        elif field in sheet_moment.inherited:
            changes.problems.append(_inherited_problem(column, sheet_moment))
        else:
            changes.values[field] = new

    # -- new moments

    def read_new_moment(self, row: MappedRow, wave: str, year: int | None) -> RowChanges:
        """Return the moment that a row adds, without an id. ``year`` is for a date without one."""
        changes = RowChanges({}, [])
        texts: dict[str, dict[str, str]] = {}
        for column, cell in row.cells.items():
            field = column.field
            if field in ("wave", "id") or column.read_only or cell.empty:
                continue
            if cell.error:
                changes.problems.append(CellProblem(column, cell.error, cell.hint))
            elif FIELDS[field].translatable:
                texts.setdefault(field, {})[column.language] = cell.text
            else:
                if field in ("when", "confirm_by"):
                    value = self._date_value(None, column, cell, changes, year)
                else:
                    value = self._cell_value(wave, None, column, cell, changes)
                if isinstance(value, InvalidCell):
                    changes.problems.append(CellProblem(column, *value))
                else:
                    changes.values[field] = value
        changes.values.update({field: merge_text(None, by_language) for field, by_language in texts.items()})
        return changes


def _equals_original(column: SheetColumn, cell: SheetCell, original: OriginalCells) -> bool:
    """Tell whether a cell is still as it was written."""
    return column in original and cell.error is None and same_text(cell.text, original[column])


def _outdated_cell_note(column: SheetColumn) -> CellProblem:
    return CellProblem(
        column,
        msg("the plan was changed here after the sheet was written, and stays as it is"),
        msg("to change it, write a new sheet with wavectl export-sheet"),
        is_note=True,
    )


def _inherited_problem(column: SheetColumn, sheet_moment: SheetMoment) -> CellProblem:
    return CellProblem(
        column,
        msg("this comes from {moment}, which is the same moment", moment=sheet_moment.root),
        msg("change it in the row of that moment"),
    )


def _current_value(moment: Moment, field: str) -> Any:
    """Return the value of a field as a wave file has it, with defaults for missing ones."""
    place = moment.place or Place()
    if field == "country":
        where = {"country": place.country, "scope": place.scope, "online": place.online or None}
        return {key: value for key, value in where.items() if value}
    if field == "status":
        return (moment.status or Status.CONFIRMED).value
    value = getattr(moment, field)
    if field == "draft":
        return True if value else None
    if field in ("when", "confirm_by"):
        return value.text if value else None
    return value.value if isinstance(value, MomentKind) else value


def file_values(row_values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a new moment as a wave file has them, without defaults."""
    where, name = row_values.get("country"), row_values.get("place")
    for key, value in row_values.items():
        if key not in ("place", "country", "draft") and value and not _is_default(key, value):
            yield key, value
    if where or name:
        yield "place", {**({"name": name} if name else {}), **(where or {})} if where else name
    if row_values.get("draft"):
        yield "draft", True


def _is_default(key: str, value: Any) -> bool:
    return (key == "status" and value == Status.CONFIRMED) or (key == "kind" and value == MomentKind.EVENT)
