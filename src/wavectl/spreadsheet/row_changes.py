"""Find out what a row changes of a moment, or which moment it adds, in the form of a wave file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import LINE_END, KeyPath, Message, msg, quoted
from wavectl.editing.moments import state_doubt_once
from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.country_names import place_word
from wavectl.model import Moment, MomentKind, Place, Status, Text
from wavectl.model.types import name_as_block
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_values import (
    CELL_READERS,
    IdLookup,
    clean_text,
    country_code,
    first_differing_column,
    matches_any_language,
    merge_text,
    read_online,
    same_text,
    split_place,
    without_mail_addresses,
)
from wavectl.spreadsheet.columns import DATE_PARTS, FIELDS, SheetColumn
from wavectl.spreadsheet.date_cells import CellDate, has_date_parts, read_date
from wavectl.spreadsheet.mapped_table import MappedRow
from wavectl.spreadsheet.reader import BLANK_CELL, InvalidCell, Problem, SheetCell
from wavectl.spreadsheet.rows import CellFormatter, SheetMoment, date_cell_text, translatable_text

_DEFAULTS = {"status": Status.CONFIRMED, "kind": MomentKind.EVENT}
_REQUIRED_FIELDS = ("when", "status", "kind")
"""Fields that every moment has. An empty cell does not change them."""

_NOT_VALUES = ("wave", "id", "online", "reason", *DATE_PARTS)
"""Fields of columns that are not a value of a moment by themselves."""

_WHEN, _TIMEZONE, _ONLINE = SheetColumn("when"), SheetColumn("timezone"), SheetColumn("online")

OriginalCells = Mapping[SheetColumn, str]
"""The cells of a row as they were when the sheet was written."""


class RowChanges:
    """What a row changes: values by key of the moment, None to remove one; and problems."""

    def __init__(self, row: MappedRow, context: RowContext) -> None:
        self.row, self.context = row, context
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    @property
    def blocked(self) -> bool:
        """Whether a problem blocks the import of the row."""
        return any(not problem.is_note for problem in self.problems)

    def error(self, column: SheetColumn, message: Message, hint: Message | None = None) -> None:
        """Add a problem that blocks the import."""
        self.problems.append(self.row.problem(message, hint, column))

    def note(self, column: SheetColumn, message: Message, hint: Message | None = None) -> None:
        """Add a note, which does not block the import."""
        self.problems.append(self.row.problem(message, hint, column, is_note=True))

    def note_outdated(self, column: SheetColumn) -> None:
        """Add a note about a cell that is as it was written, while the plan has changed."""
        message = msg("the plan was changed here after the sheet was written, and stays as it is")
        self.note(column, message, msg("to change it, write a new sheet with wavectl export-sheet"))


class RowContext(NamedTuple):
    """How to read a row: ``exported`` tells whether ``export-sheet`` wrote it; in others, unknown actors get an id.

    ``year`` is for dates without one, the others are those of ``read_date``.
    """

    year: int | None = None
    month_first: bool | None = None
    accept_dates: bool = False
    exported: bool = True


class RowReader:
    """Reads rows and compares them with a plan."""

    def __init__(self, plan: Plan, language: str) -> None:
        self.ids = IdLookup(plan)
        self._formatters = [CellFormatter(plan, one) for one in dict.fromkeys((language, *UI_LANGUAGES))]

    def date_text(self, moment: Moment) -> str:
        """Return the date of a moment in words, in the reader's language."""
        return date_cell_text(moment.when or edtf.UNKNOWN, self._formatters[0].language)

    def read_changes(
        self,
        row: MappedRow,
        sheet_moment: SheetMoment,
        context: RowContext,
        original: OriginalCells = MappingProxyType({}),
    ) -> RowChanges:
        """Return what a row changes of an existing moment.

        A cell that is the same as in ``original`` changes nothing, even if the plan has another value by now.
        """
        moment = sheet_moment.moment
        country = self._formatters[0].cell_text(sheet_moment, SheetColumn("country"))
        row = _tidy_row(row, translatable_text(moment, "place"), country)
        if _TIMEZONE in row.cells and _WHEN not in row.cells and moment.when:
            row = row._replace(cells={**row.cells, _WHEN: SheetCell(moment.when.text)})
        original = original or self._original_date(row)
        changes = self._without_outdated_cells(sheet_moment, RowChanges(row, context), original)
        texts: dict[str, dict[SheetColumn, SheetCell]] = {}
        for column, cell in changes.row.cells.items():
            if FIELDS[column.field].translatable:
                texts.setdefault(column.field, {})[column] = cell
            elif column == _ONLINE and cell.error:
                changes.error(column, *cell.error)
            elif column.field in _NOT_VALUES or self._is_unchanged(sheet_moment, column, changes.row):
                continue
            elif not column.read_only:
                self._apply_cell(sheet_moment, column, cell, changes)
            elif cell.day is None:
                changes.note(column, msg("this column is for information: changes in it are ignored"))
        for field, cells in texts.items():
            _apply_text_cells(sheet_moment, field, cells, original, changes)
        self._note_conflicts(sheet_moment, original, changes)
        return changes

    def _without_outdated_cells(
        self, sheet_moment: SheetMoment, changes: RowChanges, original: OriginalCells
    ) -> RowChanges:
        """Return changes of a row that has the values of the plan in cells that only the plan has changed."""
        row = changes.row
        cells = dict(row.cells)
        for column, cell in row.cells.items():
            translatable = FIELDS[column.field].translatable
            if translatable or (column.field in _NOT_VALUES and column != _TIMEZONE):
                continue
            if not _equals_original(column, cell, original):
                continue
            cells[column] = SheetCell(self._formatters[0].cell_text(sheet_moment, column))
            if not self._has_same_text(sheet_moment, column, cell) and not column.read_only:
                changes.note_outdated(column)
        changes.row = row._replace(cells=cells)
        return changes

    def _note_conflicts(self, sheet_moment: SheetMoment, original: OriginalCells, changes: RowChanges) -> None:
        """Add a note for each changed cell whose value in the plan was changed too after the sheet was written."""
        for column, cell in changes.row.cells.items():
            if column.field not in changes.values or column not in original or _equals_original(column, cell, original):
                continue
            if not self._has_same_text(sheet_moment, column, SheetCell(original[column])):
                current = quoted(self._formatters[0].cell_text(sheet_moment, column))
                message = msg(
                    "the plan was changed here too after the sheet was written: {current} is replaced", current=current
                )
                changes.note(column, message)

    def _original_date(self, row: MappedRow) -> OriginalCells:
        """Return the date cell as original if it is the EDTF cell in words, for sheets without the hidden rows."""
        stated, shown = row.cell("edtf").text, row.cell("when").text
        try:
            when = edtf.parse(stated)
        except edtf.DateError:
            return {}
        if any(same_text(shown, date_cell_text(when, formatter.language)) for formatter in self._formatters):
            return {SheetColumn("when"): shown, SheetColumn("edtf"): stated}
        return {}

    def _is_unchanged(self, sheet_moment: SheetMoment, column: SheetColumn, row: MappedRow) -> bool:
        """Tell whether a cell says what the plan says; that of the date together with the other parts of the date."""
        if column.field == "when":
            zone = row.cells.get(_TIMEZONE)
            if _has_date_parts(row) or not self._has_same_text(sheet_moment, _TIMEZONE, zone):
                return False
        return self._has_same_text(sheet_moment, column, row.cells[column])

    def _has_same_text(self, sheet_moment: SheetMoment, column: SheetColumn, cell: SheetCell | None) -> bool:
        """Tell whether a cell is as an export would write it, in any language, or its column is missing."""
        return cell is None or (
            cell.error is None
            and any(same_text(cell.text, formatter.cell_text(sheet_moment, column)) for formatter in self._formatters)
        )

    def _apply_cell(self, sheet_moment: SheetMoment, column: SheetColumn, cell: SheetCell, changes: RowChanges) -> None:
        field, moment = column.field, sheet_moment.moment
        if field in _REQUIRED_FIELDS and cell.empty and not (field == "when" and _has_date_parts(changes.row)):
            changes.note(column, msg("the cell is empty, so the value in the plan stays"))
            return
        if field == "source" and not isinstance(moment.source, str | None):
            message = msg("the source covers several facts, which do not fit into a cell")
            changes.error(column, message, msg("change it in the wave file"))
            return
        value = self._cell_value(sheet_moment.wave, moment, column, cell, changes)
        if isinstance(value, InvalidCell):
            changes.error(column, *value)
        elif value != _current_value(moment, field):
            _set_value(sheet_moment, column, value, changes)
        if field == "when" and "timezone" in changes.values:
            _set_value(sheet_moment, _TIMEZONE, changes.values.pop("timezone"), changes)

    def _cell_value(
        self, wave: str, moment: Moment | None, column: SheetColumn, cell: SheetCell, changes: RowChanges
    ) -> Any:
        """Return the value of a cell as a wave file has it."""
        field, text = column.field, clean_text(cell.text)
        if cell.error:
            return cell.error
        if cell.empty and not (field == "when" and _has_date_parts(changes.row)):
            return {} if field == "country" else [] if field in ("actors", "priorities") else None
        if field == "actors":
            text = without_mail_addresses(text)
            if not changes.context.exported:
                self.ids.add_actors(text, wave)
            return self.ids.actor_ids(text, wave)
        if field == "priorities":
            return self.ids.priority_ids(text)
        if field in ("when", "confirm_by"):
            return self._date_value(moment, column, cell, changes)
        return CELL_READERS[field](text) if field in CELL_READERS else text

    def _date_value(
        self, moment: Moment | None, column: SheetColumn, cell: SheetCell, changes: RowChanges
    ) -> str | InvalidCell:
        """Return the EDTF of a date cell, and add its repetition, time zone and notes to ``changes``."""
        current = getattr(moment, column.field) if moment else None
        place = (moment and moment.place) or Place()
        year, month_first, accept_dates, _ = changes.context
        found = read_date(
            _date_cells(changes.row if column.field == "when" else changes.row._replace(cells={_WHEN: cell})),
            current,
            year=year,
            month_first=month_first,
            accept_dates=accept_dates,
            country=country_code(changes.row.cell("country").text) or place.country or "",
        )
        if isinstance(found, InvalidCell):
            return found
        when = found.when
        if column.field == "confirm_by" and not (when.is_exact and when.days == 1 and when.precision is Precision.DAY):
            return InvalidCell(
                msg("the date to confirm by is not a single day"), msg("write a day, such as 2017-06-30")
            )
        for note in found.notes:
            changes.note(column, note)
        if column == _WHEN:
            _add_timezone(moment, found, changes)
        if found.repeat and moment is None:
            changes.values["repeat"] = found.repeat
        elif found.repeat:
            changes.note(
                column, msg("the cell names a day of every year, but the repetition of the moment stays as it is")
            )
        return state_doubt_once(when, self._row_status(changes.row, moment)).text

    @staticmethod
    def _row_status(row: MappedRow, moment: Moment | None) -> Status | None:
        """Return the status that a row states, else that of its moment; None for a cell that cannot be read."""
        cell = row.cell("status")
        if cell.empty:
            return moment.status if moment else None
        status = CELL_READERS["status"](clean_text(cell.text))
        return Status(status) if isinstance(status, str) else None

    def read_new_moment(self, row: MappedRow, wave: str, context: RowContext) -> RowChanges:
        """Return the moment that a row adds, without an id."""
        row = _tidy_row(row)
        changes = RowChanges(row, context)
        texts: dict[str, dict[str, str]] = {}
        for column, cell in row.cells.items():
            field = column.field
            has_parts = field == "when" and _has_date_parts(row)
            if (field in _NOT_VALUES and not (column == _ONLINE and cell.error)) or column.read_only:
                continue
            if cell.empty and not has_parts:
                continue
            if cell.error:
                changes.error(column, *cell.error)
            elif FIELDS[field].translatable:
                texts.setdefault(field, {})[column.language] = cell.text
            else:
                value = self._cell_value(wave, None, column, cell, changes)
                if isinstance(value, InvalidCell):
                    changes.error(column, *value)
                else:
                    changes.values[field] = value
        changes.values.update({field: merge_text(None, texts[field], is_name=field == "place") for field in texts})
        return changes


_LINE_FIELDS = Moment.line_keys | {"place"}
"""Fields whose texts have one line."""


def _tidy_row(row: MappedRow, current: Text | None = None, current_country: str = "") -> MappedRow:
    """Return a row whose places are only names, and whose titles and names have one line.

    What else a place says is in the country: its country, online and worldwide. ``current`` is the place in the plan,
    which stays as it is, and ``current_country`` its country as a sheet has it.
    """
    cells = dict(row.cells)
    if _has_date_parts(row):
        cells.setdefault(_WHEN, BLANK_CELL)
    country = SheetColumn("country")
    shown = cells[country].text if country in cells else current_country
    code = country_code(shown)
    is_online = read_online(row.cell("online"))
    where = ["online"] if is_online is True else []
    if isinstance(is_online, InvalidCell):
        cells[_ONLINE] = row.cell("online")._replace(error=is_online)
    elif is_online is False and country not in cells:
        parts = shown.split(", ")
        shown = ", ".join(part for part in parts if place_word(part) != "online")
        if shown != current_country:
            cells[country] = SheetCell(shown)
    for column, cell in row.cells.items():
        if column.field == "place" and not cell.empty and not matches_any_language(current, cell):
            place = split_place(cell.text, code)
            is_town = bool(code and place.countries and not place.name and country in row.cells)  # Luxembourg
            cells[column] = SheetCell(cell.text if is_town else place.name)
            where += [] if code else place.countries
            where += ["online"] * place.online + ["worldwide"] * place.worldwide
    for column in [column for column in cells if column.field in _LINE_FIELDS]:
        cells[column] = cells[column]._replace(text=LINE_END.sub(" ", cells[column].text))
    if where:
        cells[country] = SheetCell(", ".join(dict.fromkeys(filter(None, (shown, *where)))))
    return row._replace(cells=cells)


def _add_timezone(moment: Moment | None, found: CellDate, changes: RowChanges) -> None:
    """Add the time zone of a row to ``changes`` if it is another one; an empty cell removes it."""
    cell, current = changes.row.cells.get(_TIMEZONE), moment.timezone if moment else None
    if found.timezone or (cell is not None and cell.empty and current):
        if found.timezone != current:
            changes.values["timezone"] = found.timezone
    elif changes.context.exported and cell and cell.text not in ("", current) and not found.when.has_time:
        changes.note(_TIMEZONE, msg("a time zone is for hours, and the date has none: the zone is left out"))


def _has_date_parts(row: MappedRow) -> bool:
    """Tell whether a row has its date in several cells."""
    return has_date_parts(_date_cells(row))


def _date_cells(row: MappedRow) -> dict[str, SheetCell]:
    return {field: row.cell(field) for field in ("when", *DATE_PARTS)}


def _apply_text_cells(
    sheet_moment: SheetMoment,
    field: str,
    cells: Mapping[SheetColumn, SheetCell],
    original: OriginalCells,
    changes: RowChanges,
) -> None:
    text = translatable_text(sheet_moment.moment, field)
    errors = {column: cell.error for column, cell in cells.items() if cell.error}
    for column, error in errors.items():
        changes.error(column, *error)
    if errors:
        return
    cells = {
        column: cell
        for column, cell in cells.items()
        if not (column.language_assumed and matches_any_language(text, cell))
    }
    by_language = {column.language: cell.text for column, cell in cells.items()}
    new = merge_text(text, by_language, is_name=field == "place") if cells else text
    if new == text:
        return
    column = first_differing_column(text, cells)
    if all(_equals_original(one, cell, original) for one, cell in cells.items()):
        changes.note_outdated(column)
    elif isinstance(new, InvalidCell):
        changes.error(column, *new)
    elif field == "title" and new is None:
        hint = msg("write a title; to cancel the moment, change its status")
        changes.error(column, msg("the moment no longer has a title"), hint)
    else:
        _set_value(sheet_moment, column, new, changes)


def _set_value(sheet_moment: SheetMoment, column: SheetColumn, value: Any, changes: RowChanges) -> None:
    """Add a value to ``changes``; an error if the moment inherits it from another."""
    if {"country": "place", "timezone": "when"}.get(column.field, column.field) in sheet_moment.inherited:
        message = msg("this comes from {moment}, which is the same moment", moment=sheet_moment.root)
        changes.error(column, message, msg("change it in the row of that moment"))
    else:
        changes.values[column.field] = value


def _equals_original(column: SheetColumn, cell: SheetCell, original: OriginalCells) -> bool:
    return column in original and cell.error is None and same_text(cell.text, original[column])


def _current_value(moment: Moment, field: str) -> Any:
    """Return the value of a field as a wave file has it, with defaults for missing ones."""
    if field == "country":
        place = moment.place or Place()
        where = {"country": place.country, "scope": place.scope, "online": place.online}
        return {key: value for key, value in where.items() if value}
    value = getattr(moment, field)
    if field in ("when", "confirm_by"):
        return value.text if value else None
    if field == "draft":
        return value or None
    return (value or _DEFAULTS[field]).value if field in _DEFAULTS else value


# -- in the form of a wave file

_COUNTRY_KEYS = ("country", "online", "scope")


def place_changes(path: KeyPath, current: Any, row_values: Mapping[str, Any]) -> dict[KeyPath, Any]:
    """Return the changes to the place of the moment at ``path``.

    ``current`` is the place in the file. ``row_values`` may have ``place``, the new name, and ``country``, the new
    country and whether it is worldwide or online; empty values remove these.
    """
    if "place" not in row_values and "country" not in row_values:
        return {}
    place_path: KeyPath = (*path, "place")
    where = row_values.get("country") or {}
    if not isinstance(current, dict) or name_as_block(current) is not current:
        return {place_path: _place_value(row_values.get("place", current), where)}
    changes: dict[KeyPath, Any] = {(*place_path, "name"): row_values["place"]} if "place" in row_values else {}
    if "country" in row_values:
        changes |= {(*place_path, key): where.get(key) for key in _COUNTRY_KEYS if key in where or key in current}
    return changes


def _place_value(name: Text | None, where: Mapping[str, object]) -> Any:
    """Return a place with a name as short as possible."""
    return {**({"name": name} if name else {}), **where} if where else name


def file_values(row_values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a new moment as a wave file has them, without defaults."""
    for key, value in row_values.items():
        if key not in ("place", "country") and value and value != _DEFAULTS.get(key):
            yield key, value
    if place := _place_value(row_values.get("place"), row_values.get("country") or {}):
        yield "place", place
