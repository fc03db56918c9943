"""Compare the tables of a sheet with a plan: the changes for each wave file, and problems.

A cell that is as an export would write it, in any of the three languages, changes nothing. Moments without a row stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.editing.references import index_of, new_id, raw_moment
from wavectl.model import Moment, all_translations
from wavectl.model.key_order import wave_keys_at
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_values import normalised_text
from wavectl.spreadsheet.columns import SheetColumn
from wavectl.spreadsheet.date_cells import month_comes_first
from wavectl.spreadsheet.mapped_table import MappedRow, MappedTable, map_table
from wavectl.spreadsheet.reader import Problem, SheetTable
from wavectl.spreadsheet.row_changes import (
    DateContext,
    OriginalCells,
    RowChanges,
    RowReader,
    file_values,
    place_changes,
)
from wavectl.spreadsheet.rows import with_inherited_values
from wavectl.spreadsheet.wave_matching import add_period, infer_wave, single_year, wave_id_from_name, wave_of_row
from wavectl.spreadsheet.writer import ORIGINALS_SHEET, is_info_sheet
from wavectl.text.suggest import suggest
from wavectl.timeline.ties import Member, tied_members
from wavectl.yamlfile.emitter import sort_all_keys

_WAVE, _ID = SheetColumn("wave"), SheetColumn("id")
_DATE_FIELDS = ("when", "end", "confirm_by")


class ImportOptions(NamedTuple):
    """How to import a sheet. ``name`` is the name of the file without its suffix.

    ``language`` is for texts whose headings name none, ``heading_map`` has the columns of other headings, and ``wave``
    is the wave of rows that name none. ``accept_dates`` is explained at ``read_date_cell``.
    """

    name: str
    language: str
    heading_map: Mapping[str, str]
    wave: str | None = None
    accept_dates: bool = False


class SheetChanges(NamedTuple):
    """The changes of a sheet: changesets by wave id, new waves as plain data by id, and problems.

    ``changed_moments`` are the moments that change or are new, as ``wave/id``.
    """

    changesets: dict[str, dict[KeyPath, Any]]
    new_waves: dict[str, dict[str, Any]]
    problems: list[Problem]
    changed_moments: list[str]

    @property
    def errors(self) -> list[Problem]:
        """The problems that block the import."""
        return [problem for problem in self.problems if not problem.is_note]


def compare(plan: Plan, tables: Sequence[SheetTable], options: ImportOptions) -> SheetChanges:
    """Return what tables change of a plan, which must be free of errors."""
    return _Comparison(plan, options).run(tables)


class _Comparison:
    def __init__(self, plan: Plan, options: ImportOptions) -> None:
        self._plan, self._options = plan, options
        self._reader = RowReader(plan, options.language)
        self._dates = DateContext(accept_dates=options.accept_dates)
        self._result = SheetChanges({}, {}, [], [])
        self._row_by_moment: dict[str, int] = {}
        self._waves_with_ids: set[str] = set()  # waves whose rows have ids
        self._ids = {wave: {moment.id for moment in one.moments} for wave, one in plan.waves.items()}
        self._original_cells: dict[str, OriginalCells] = {}

    def run(self, tables: Sequence[SheetTable]) -> SheetChanges:
        """Compare all tables and return the changes."""
        problems, new_waves = self._result.problems, self._result.new_waves
        found = False
        default = self._options.language if len(self._plan.programme.languages) > 1 else ""
        mapped_tables = [map_table(table, default, self._options.heading_map) for table in tables if table.rows]
        self._original_cells = {
            f"{row.cell('wave').text}/{row.cell('id').text}": {column: cell.text for column, cell in row.cells.items()}
            for table in mapped_tables
            if table.name == ORIGINALS_SHEET
            for row in table.rows
        }
        for table in mapped_tables:
            if is_info_sheet(table.name):
                continue
            if table.fields & {"title", "id"} and (table.name or len(table.fields) > 1):
                found = True
                self._read_table(table)
            else:  # any text file may contain one known word
                note = msg("no column of this sheet is known, so the sheet is left out")
                problems.append(Problem(note, is_note=True, sheet=table.name))
        if not found:
            hint = msg('write Title, Date and Place above the columns, or map them: --map "Event=title"')
            problems.append(Problem(msg("no sheet has a column for the title of moments"), hint))
        self._report_missing_rows()
        self._report_overridden_dates()
        for id_, data in new_waves.items():
            new_waves[id_] = sort_all_keys(add_period(data), (), wave_keys_at)
        return self._result

    # -- tables

    def _read_table(self, table: MappedTable) -> None:
        default_wave = self._options.wave or infer_wave(
            self._plan, (row.cell("wave").text for row in table.rows), (table.name, self._options.name)
        )
        if default_wave is None:
            hint = msg("name the wave with --wave, such as --wave right-to-housing")
            self._result.problems.append(Problem(msg("the sheet does not name its wave"), hint, sheet=table.name))
            return
        if table.other_headings:
            names = ", ".join(map(quoted, table.other_headings))
            note = msg("unknown columns are left out: {names}", names=names)
            hint = msg('to use one of them, map it: --map "Event=title"')
            self._result.problems.append(Problem(note, hint, is_note=True, sheet=table.name, row=table.heading_row))
        if table.second_dates:
            names = ", ".join(map(quoted, table.second_dates))
            error = msg("the date is in several columns; left out would be: {names}", names=names)
            hint = msg('map the one to use: --map "{heading}=when"', heading=table.second_dates[0])
            self._result.problems.append(Problem(error, hint, sheet=table.name, row=table.heading_row))
            return
        dates = (cell for row in table.rows for column, cell in row.cells.items() if column.field in _DATE_FIELDS)
        self._dates = self._dates._replace(
            year=single_year(self._plan, default_wave), month_first=month_comes_first(dates)
        )
        for row in table.rows:
            if any(not cell.empty for column, cell in row.cells.items() if column not in (_WAVE, _ID)):
                self._read_row(row, default_wave)

    # -- rows

    def _read_row(self, row: MappedRow, default_wave: str) -> None:
        problems = self._result.problems
        name, id_ = row.cell("wave").text.strip(), row.cell("id").text.strip()
        wave = wave_of_row(self._plan, name, default_wave)
        if wave is None:
            hint = suggest(name, list(self._plan.waves))
            problems.append(row.problem(msg("there is no wave {name}", name=quoted(name)), hint, _WAVE))
            return
        if id_ and wave in self._plan.waves:
            self._waves_with_ids.add(wave)
        moment = self._find_moment(wave, id_, row)
        if moment is None:
            if id_ and wave in self._plan.waves:
                self._report_unknown_id(row, wave, id_)
                return
            changes = self._reader.read_new_moment(row, wave, self._dates)
            self._add_moment(wave, id_, changes)
        else:
            reference = f"{wave}/{moment.id}"
            if reference in self._row_by_moment:
                number = self._row_by_moment[reference]
                message = msg("the moment {moment} is already in row {row}", moment=reference, row=number)
                problems.append(row.problem(message, msg("delete one of the two rows; a new moment has no id")))
                return
            self._row_by_moment[reference] = row.number
            sheet_moment = with_inherited_values(self._plan, wave, moment)
            changes = self._reader.read_changes(row, sheet_moment, self._dates, self._original_cells.get(reference, {}))
            self._add_changes(wave, moment, changes)
            if moment.when and moment.when.earliest:
                self._dates = self._dates._replace(year=moment.when.earliest.year)
        problems.extend(changes.problems)

    def _find_moment(self, wave: str, id_: str, row: MappedRow) -> Moment | None:
        """Return the moment of a row by its id or, without an id, by title and date.

        In a sheet without a column of ids, the title is enough.
        """
        moments = self._plan.waves[wave].moments if wave in self._plan.waves else ()
        if id_:
            return next((one for one in moments if one.id == id_), None)
        titles = {normalised_text(cell.text) for column, cell in row.cells.items() if column.field == "title"} - {""}
        alike = [one for one in moments if titles & {normalised_text(text) for text in all_translations(one.title)}]
        if _ID in row.cells:
            date_cells = {column: cell for column, cell in row.cells.items() if column.field == "when"}
            alike = [one for one in alike if self._is_unchanged(row._replace(cells=date_cells), wave, one)]
        return alike[0] if len(alike) == 1 else None

    def _is_unchanged(self, row: MappedRow, wave: str, moment: Moment) -> bool:
        changes = self._reader.read_changes(row, with_inherited_values(self._plan, wave, moment), self._dates)
        return not changes.values and not changes.blocked

    def _report_unknown_id(self, row: MappedRow, wave: str, id_: str) -> None:
        other = next((other for other, ids in self._ids.items() if id_ in ids), None)
        if other:
            message = msg("the moment {id} is in the wave {wave}", id=id_, wave=other)
            hint, column = msg("write that wave in the row again: a sheet cannot move moments between waves"), _WAVE
        else:
            message = msg("the wave {wave} has no moment {id}", wave=wave, id=quoted(id_))
            hint, column = msg("leave the id of a new moment empty: wavectl adds one"), _ID
        self._result.problems.append(row.problem(message, hint, column))

    def _add_changes(self, wave: str, moment: Moment, changes: RowChanges) -> None:
        if not changes.values or changes.blocked:
            return
        member = Member(wave, moment)
        path: KeyPath = ("moments", index_of(self._plan, member))
        changeset = self._result.changesets.setdefault(wave, {})
        for key, value in changes.values.items():
            if key not in ("place", "country"):
                changeset[*path, key] = value or None
        changeset.update(place_changes(path, raw_moment(self._plan, member).get("place"), changes.values))
        self._result.changed_moments.append(member.reference)

    def _add_moment(self, wave: str, id_: str, changes: RowChanges) -> None:
        """Add a new moment to the changeset of its wave, or to a new wave."""
        if changes.blocked:
            return
        if not changes.values.get("title"):
            hint = msg("write a title, or empty the row")
            self._result.problems.append(changes.row.problem(msg("the row has no title"), hint))
            return
        data: dict[str, Any] = {"when": "unknown", **dict(file_values(changes.values))}
        if data["when"][:4].isdigit():
            self._dates = self._dates._replace(year=int(data["when"][:4]))
        ids = self._ids.setdefault(wave, set())
        data["id"] = new_id(id_ or all_translations(data["title"])[0], ids)
        ids.add(data["id"])
        self._result.changed_moments.append(f"{wave}/{data['id']}")
        block = sort_all_keys(data, ("moments", 0), wave_keys_at)
        if wave in self._plan.waves:
            changeset = self._result.changesets.setdefault(wave, {})
            added = sum(len(path) == 2 and path[0] == "moments" for path in changeset)
            changeset["moments", len(self._plan.waves[wave].moments) + added] = block
            return
        names = (changes.row.sheet, self._options.name)  # the id of a new wave may come from one of them
        title = next((name for name in names if wave_id_from_name(name) == wave), wave)
        self._result.new_waves.setdefault(wave, {"title": title, "moments": []})["moments"].append(block)

    # -- notes about the whole sheet

    def _report_overridden_dates(self) -> None:
        """Report changed dates that will not be shown, because the date of the root of the group counts."""
        for root, *others in tied_members(self._plan).values():
            own = root.moment.when
            if own is None or root.reference in self._result.changed_moments:
                continue
            for one in others:
                path = ("moments", index_of(self._plan, one), "when")
                new = self._result.changesets.get(one.wave, {}).get(path)
                if new and own.text != new and own.precision.rank <= edtf.parse(new).precision.rank:
                    note = msg(
                        "{moment} is tied to {root}, whose date is shown: {date}",
                        moment=one.reference,
                        root=root.reference,
                        date=own,
                    )
                    hint = msg("change the date in the row of {root} too", root=root.reference)
                    self._result.problems.append(Problem(note, hint, is_note=True))

    def _report_missing_rows(self) -> None:
        for wave in sorted(self._waves_with_ids):
            for moment in self._plan.waves[wave].moments:
                reference = f"{wave}/{moment.id}"
                if reference not in self._row_by_moment:
                    note = msg("the moment {moment} has no row: it stays in the plan", moment=reference)
                    hint = msg("to remove it, run wavectl moment remove {moment}", moment=reference)
                    self._result.problems.append(Problem(note, hint, is_note=True))
