"""A row of a sheet -> what it changes of a moment, or the moment that it adds, in the shape of a wave file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import Message, msg, quoted
from wavectl.i18n.catalogues import UI_LANGUAGES
from wavectl.model import Moment, MomentKind, Place, Status, Text
from wavectl.plan.loader import Plan
from wavectl.spreadsheet import cell_values
from wavectl.spreadsheet.cell_values import (
    clean_text,
    first_differing_column,
    matches_any_language,
    merge_text,
    same_text,
)
from wavectl.spreadsheet.columns import FIELDS, SheetColumn
from wavectl.spreadsheet.date_cells import read_date_cell
from wavectl.spreadsheet.rows import CellFormatter, SheetMoment, date_cell_text
from wavectl.spreadsheet.table import InvalidCell, SheetCell

BLANK_CELL = SheetCell()
_REQUIRED_FIELDS = ("when", "status", "kind")
"""What every moment has: an emptied cell leaves it as it is."""


class MappedRow(NamedTuple):
    """A row with its cells by column."""

    number: int
    cells: Mapping[SheetColumn, SheetCell]


OriginalCells = Mapping[SheetColumn, str]
"""What the cells of a row were when the sheet was written."""


class CellProblem(NamedTuple):
    """What there is to say of a cell; ``note`` says that it keeps nothing from being done."""

    column: SheetColumn
    message: Message
    hint: Message | None = None
    is_note: bool = False


class RowChanges(NamedTuple):
    """What a row means: values by key of the moment, None for one to be taken away; and remarks."""

    values: dict[str, Any]
    problems: list[CellProblem]


class RowReader:
    """Reads rows against a plan; ``accept`` takes days that a spreadsheet may have made of vaguer dates."""

    def __init__(self, plan: Plan, language: str, *, accept_dates: bool) -> None:
        self._names = cell_values.IdLookup(plan)
        self._formatters = [CellFormatter(plan, one) for one in dict.fromkeys((language, *UI_LANGUAGES))]
        self._accept_dates = accept_dates

    def read_changes(
        self, line: MappedRow, told: SheetMoment, base: OriginalCells = MappingProxyType({})
    ) -> RowChanges:
        """Return what a row changes of a moment that is there; ``base`` is what its cells were when they were written.

        A cell that is as it was then changes nothing, though the plan says something else by now.
        """
        meant = RowChanges({}, [])
        base = base or self._original_date(line)
        for column, cell in line.cells.items():
            if (
                FIELDS[column.field].translatable
                or column.field in ("wave", "id")
                or self._is_unchanged(told, column, cell)
            ):
                continue
            if column.read_only:
                if cell.day is None and not _equals_original(column, cell, base):
                    meant.problems.append(
                        CellProblem(column, msg("this column is for information: nothing is taken"), is_note=True)
                    )
            elif _equals_original(column, cell, base):
                meant.problems.append(_outdated_cell_note(column))
            else:
                self._apply_cell(told, column, cell, meant)
        for field in dict.fromkeys(column.field for column in line.cells if FIELDS[column.field].translatable):
            self._apply_text_cells(told, {one: c for one, c in line.cells.items() if one.field == field}, base, meant)
        meant.problems.extend(self._conflict_notes(told, line, base, meant))
        return meant

    def _conflict_notes(
        self, told: SheetMoment, line: MappedRow, base: OriginalCells, meant: RowChanges
    ) -> Iterator[CellProblem]:
        """Tell of each cell that is taken although the plan, too, has changed there since the sheet was written."""
        for column, cell in line.cells.items():
            changed = column.field in meant.values and column in base and not _equals_original(column, cell, base)
            if changed and not self._is_unchanged(told, column, SheetCell(base[column])):
                present = quoted(self._formatters[0].cell_text(told, column))
                message = msg("the plan has changed here too since the sheet was written: {now} gives way", now=present)
                yield CellProblem(column, message, is_note=True)

    def _original_date(self, line: MappedRow) -> OriginalCells:
        """Return what the cell of the date was, where all there is to tell is the EDTF beside it."""
        beside, cell = line.cells.get(SheetColumn("edtf"), BLANK_CELL), line.cells.get(SheetColumn("when"), BLANK_CELL)
        try:
            when = edtf.parse(beside.text)
        except edtf.DateError:
            return {}
        written = any(same_text(cell.text, date_cell_text(when, teller.language)) for teller in self._formatters)
        return {SheetColumn("when"): cell.text, SheetColumn("edtf"): beside.text} if written else {}

    def _is_unchanged(self, told: SheetMoment, column: SheetColumn, cell: SheetCell) -> bool:
        """Tell whether a cell is what an export in one of the languages would have written."""
        return cell.error is None and any(
            same_text(cell.text, teller.cell_text(told, column)) for teller in self._formatters
        )

    def _apply_cell(self, told: SheetMoment, column: SheetColumn, cell: SheetCell, meant: RowChanges) -> None:
        """Put what a changed cell means into ``meant``."""
        field = column.field
        key = "place" if field == "country" else field
        if field in _REQUIRED_FIELDS and cell.empty:
            meant.problems.append(CellProblem(column, msg("the cell is empty: what the plan has stays"), is_note=True))
            return
        if field == "source" and not isinstance(told.moment.source, str | None):
            hint = msg("change it in the wave file")
            meant.problems.append(
                CellProblem(column, msg("the source names several facts: a cell cannot hold it"), hint)
            )
            return
        value = self._cell_value(told.wave, told.moment, column, cell, meant)
        if isinstance(value, InvalidCell):
            meant.problems.append(CellProblem(column, *value))
        elif value != _current_value(told.moment, field):
            if key in told.inherited:
                meant.problems.append(_inherited_problem(column, told))
            else:
                meant.values[field] = value

    def _cell_value(
        self, wave: str, moment: Moment | None, column: SheetColumn, cell: SheetCell, meant: RowChanges
    ) -> Any:
        """Return what a cell means, as a wave file writes it."""
        field, text = column.field, clean_text(cell.text)
        if cell.error:
            return InvalidCell(cell.error, cell.hint or msg("write the value that is meant"))
        if cell.empty:
            return {} if field == "country" else [] if field in ("actors", "priorities") else None
        if field == "actors":
            return self._names.actor_ids(text, wave)
        if field == "priorities":
            return self._names.priority_ids(text)
        if field in ("when", "confirm_by"):
            return self._date_value(moment, column, cell, meant)
        plainly = {
            "status": cell_values.read_status,
            "kind": cell_values.read_kind,
            "country": cell_values.read_country,
            "url": cell_values.read_url,
            "draft": cell_values.read_flag,
        }.get(field)
        return plainly(text) if plainly else text

    def _date_value(
        self, moment: Moment | None, column: SheetColumn, cell: SheetCell, meant: RowChanges, year: int | None = None
    ) -> Any:
        """Return the EDTF of a date cell."""
        present = getattr(moment, column.field) if moment else None
        found = read_date_cell(cell, present, year=year, accept_dates=self._accept_dates)
        if isinstance(found, InvalidCell):
            return found
        when = found.when
        if column.field == "confirm_by" and not (when.is_exact and when.days == 1 and when.precision is Precision.DAY):
            return InvalidCell(msg("the date to confirm by is not one day"), msg("write a day: 2017-06-30"))
        meant.problems.extend(CellProblem(column, note, is_note=True) for note in found.notes)
        if found.repeat and moment is None:
            meant.values["repeat"] = found.repeat
        elif found.repeat:
            note = msg("the cell names a day of each year: how the moment repeats stays as it is")
            meant.problems.append(CellProblem(column, note, is_note=True))
        return when.text

    def _apply_text_cells(
        self, told: SheetMoment, cells: dict[SheetColumn, SheetCell], base: OriginalCells, meant: RowChanges
    ) -> None:
        """Put what the cells of a text in several languages change of it into ``meant``."""
        field = next(iter(cells)).field
        place = told.moment.place or Place()
        text: Text | None = place.name if field == "place" else getattr(told.moment, field)
        faulty = [(column, cell) for column, cell in cells.items() if cell.error]
        if faulty:
            meant.problems.extend(CellProblem(column, cell.error, cell.hint) for column, cell in faulty if cell.error)
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
        if all(_equals_original(one, cell, base) for one, cell in cells.items()):
            meant.problems.append(_outdated_cell_note(column))
        elif isinstance(new, InvalidCell):
            meant.problems.append(CellProblem(column, *new))
        elif field == "title" and new is None:
            hint = msg("write one; to cancel the moment, change its status")
            meant.problems.append(CellProblem(column, msg("the moment has no title any more"), hint))
        elif field in told.inherited:
            meant.problems.append(_inherited_problem(column, told))
        else:
            meant.values[field] = new

    # -- new moments

    def read_new_moment(self, line: MappedRow, wave: str, year: int | None) -> RowChanges:
        """Return the moment that a row adds, without an id; ``year`` is for a date that names none."""
        meant = RowChanges({}, [])
        texts: dict[str, dict[str, str]] = {}
        for column, cell in line.cells.items():
            field = column.field
            if field in ("wave", "id") or column.read_only or cell.empty:
                continue
            if cell.error:
                meant.problems.append(CellProblem(column, cell.error, cell.hint))
            elif FIELDS[field].translatable:
                texts.setdefault(field, {})[column.language] = cell.text
            else:
                dated = field in ("when", "confirm_by")
                value = (
                    self._date_value(None, column, cell, meant, year)
                    if dated
                    else self._cell_value(wave, None, column, cell, meant)
                )
                if isinstance(value, InvalidCell):
                    meant.problems.append(CellProblem(column, *value))
                else:
                    meant.values[field] = value
        meant.values.update({field: merge_text(None, some) for field, some in texts.items()})
        return meant


def _equals_original(column: SheetColumn, cell: SheetCell, original: OriginalCells) -> bool:
    """Tell whether a cell is as it was written."""
    return column in original and cell.error is None and same_text(cell.text, original[column])


def _outdated_cell_note(column: SheetColumn) -> CellProblem:
    return CellProblem(
        column,
        msg("this was changed in the plan after the sheet was written: the plan stays as it is"),
        msg("write the sheet anew with wavectl export-sheet to change it"),
        is_note=True,
    )


def _inherited_problem(column: SheetColumn, sheet_moment: SheetMoment) -> CellProblem:
    return CellProblem(
        column,
        msg("this comes from {moment}, which is the same moment", moment=sheet_moment.root),
        msg("change it in the row of that one"),
    )


def _current_value(moment: Moment, field: str) -> Any:
    """Return what a moment says, as a wave file writes it; what is left out as what holds then."""
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
    """Return the keys and values of a new moment as a wave file writes them; what holds anyway is left out."""
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
