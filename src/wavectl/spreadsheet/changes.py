"""Compare the tables of a sheet with a plan: the changes for each wave file, and problems.

A cell that is as an export would write it, in any of the three languages, changes nothing. Moments without a row stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.editing.references import index_of, new_id, raw_moment
from wavectl.model import Moment, all_translations
from wavectl.model.key_order import wave_keys_at
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_values import normalised_text, place_changes
from wavectl.spreadsheet.columns import MAX_ROWS_ABOVE_HEADINGS, SheetColumn, match_columns
from wavectl.spreadsheet.reader import BLANK_CELL, Problem, SheetRow, SheetTable
from wavectl.spreadsheet.row_changes import MappedRow, OriginalCells, RowChanges, RowReader, file_values
from wavectl.spreadsheet.rows import with_inherited_values
from wavectl.spreadsheet.wave_matching import add_period, infer_wave, single_year, wave_id_from_name, wave_of_row
from wavectl.spreadsheet.writer import ORIGINALS_SHEET, is_info_sheet
from wavectl.text.suggest import suggest
from wavectl.timeline.ties import Member, tied_members
from wavectl.yamlfile.emitter import sort_all_keys


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
    """The changes of a sheet: changesets by wave id, new waves as plain data by id, and problems."""

    changesets: dict[str, dict[KeyPath, Any]]
    new_waves: dict[str, dict[str, Any]]
    problems: list[Problem]
    changed_moments: list[str]
    """The moments that change or are new, as ``wave/id``."""


def compare(plan: Plan, tables: Sequence[SheetTable], options: ImportOptions) -> SheetChanges:
    """Return what tables change of a plan, which must be free of errors."""
    return _Comparison(plan, options).run(tables)


class _Comparison:
    """The comparison of one sheet with one plan, table by table."""

    def __init__(self, plan: Plan, options: ImportOptions) -> None:
        self._plan, self._options = plan, options
        self._reader = RowReader(plan, options.language, accept_dates=options.accept_dates)
        self._result = SheetChanges({}, {}, [], [])
        self._row_by_moment: dict[str, int] = {}
        self._waves_with_ids: set[str] = set()  # waves whose rows have ids
        self._ids = {wave: {moment.id for moment in one.moments} for wave, one in plan.waves.items()}
        self._year: int | None = None
        self._original_cells: dict[str, OriginalCells] = {}

    def run(self, tables: Sequence[SheetTable]) -> SheetChanges:
        """Compare all tables and return the changes."""
        found = False
        for table in tables:
            if table.name == ORIGINALS_SHEET:
                self._original_cells = dict(self._read_original_cells(table))
        for table in tables:
            if is_info_sheet(table.name) or not table.rows:
                continue
            heading_row, known = self._find_headings(table)
            named = {column.field for column in known.values()} & {"title", "id"}
            if named and (table.name or len(known) > 1):  # any text file may contain one known word
                found = True
                self._read_table(table, heading_row, known)
            else:
                note = msg("no column of this sheet is known, so the sheet is left out")
                self._result.problems.append(Problem(note, is_note=True, sheet=table.name))
        if not found:
            self._result.problems.append(
                Problem(
                    msg("no sheet has a column for the title of moments"),
                    msg('write Title, Date and Place above the columns, or map them: --map "Event=title"'),
                )
            )
        self._report_missing_rows()
        self._report_overridden_dates()
        for id_, data in self._result.new_waves.items():
            self._result.new_waves[id_] = sort_all_keys(add_period(data), (), wave_keys_at)
        return self._result

    def _find_headings(self, table: SheetTable) -> tuple[int, dict[int, SheetColumn]]:
        """Return the index of the heading row and its columns: of the first rows, the one with most known headings."""
        default = self._options.language if len(self._plan.programme.languages) > 1 else ""
        best: tuple[int, dict[int, SheetColumn]] = (0, {})
        for index, row in enumerate(table.rows[:MAX_ROWS_ABOVE_HEADINGS]):
            known = match_columns([cell.text for cell in row.cells], default, self._options.heading_map)
            if len(known) > len(best[1]):
                best = index, known
        return best

    def _read_original_cells(self, table: SheetTable) -> Iterator[tuple[str, OriginalCells]]:
        """Yield the rows as they were written, by reference of the moment."""
        heading_row, known = self._find_headings(table)
        for row in table.rows[heading_row + 1 :]:
            mapped_row = _map_row(row, known)
            wave, id_ = (mapped_row.cells.get(SheetColumn(field), BLANK_CELL).text for field in ("wave", "id"))
            yield f"{wave}/{id_}", {column: cell.text for column, cell in mapped_row.cells.items()}

    def _read_table(self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]) -> None:
        """Read the rows of a table."""
        headings = {column: table.rows[heading_row].cells[place].text for place, column in columns_by_index.items()}
        default_wave = self._default_wave(table, heading_row, columns_by_index)
        if default_wave is None:
            message = msg("the sheet does not name its wave")
            self._add_problem(table, 0, "", message, msg("name the wave with --wave, such as --wave right-to-housing"))
            return
        self._report_unknown_columns(table, heading_row, columns_by_index)
        self._year = single_year(self._plan, default_wave)
        for row in table.rows[heading_row + 1 :]:
            mapped_row = _map_row(row, columns_by_index)
            if any(not cell.empty for column, cell in mapped_row.cells.items() if column.field not in ("wave", "id")):
                self._read_row(table, mapped_row, default_wave, headings)

    def _default_wave(
        self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]
    ) -> str | None:
        """Return the wave of the rows that name none."""
        places = [place for place, column in columns_by_index.items() if column.field == "wave"][:1]
        row_waves = (
            row.cells[place].text for row in table.rows[heading_row + 1 :] for place in places if place < len(row.cells)
        )
        return self._options.wave or infer_wave(self._plan, row_waves, (table.name, self._options.name))

    # -- rows

    def _read_row(
        self, table: SheetTable, mapped_row: MappedRow, default_wave: str, headings: Mapping[SheetColumn, str]
    ) -> None:
        """Read one row: the changes of a moment, or a new moment."""
        name = mapped_row.cells.get(SheetColumn("wave"), BLANK_CELL).text.strip()
        wave = wave_of_row(self._plan, name, default_wave)
        if wave is None:
            hint = suggest(name, list(self._plan.waves))
            self._add_problem(
                table,
                mapped_row.number,
                headings[SheetColumn("wave")],
                msg("there is no wave {name}", name=quoted(name)),
                hint,
            )
            return
        id_ = mapped_row.cells.get(SheetColumn("id"), BLANK_CELL).text.strip()
        if id_ and wave in self._plan.waves:
            self._waves_with_ids.add(wave)
        moment = self._find_moment(wave, id_, mapped_row)
        if moment is None and id_ and wave in self._plan.waves:
            self._report_unknown_id(table, mapped_row, wave, id_, headings)
            return
        reference = f"{wave}/{moment.id}" if moment else ""
        if reference in self._row_by_moment:
            message = msg(
                "the moment {moment} is already in row {row}", moment=reference, row=self._row_by_moment[reference]
            )
            self._add_problem(
                table, mapped_row.number, "", message, msg("delete one of the two rows; a new moment has no id")
            )
            return
        if moment is None:
            row_changes = self._reader.read_new_moment(mapped_row, wave, self._year)
            self._add_moment(table, mapped_row, wave, id_, row_changes)
        else:
            self._row_by_moment[reference] = mapped_row.number
            row_changes = self._reader.read_changes(
                mapped_row, with_inherited_values(self._plan, wave, moment), self._original_cells.get(reference, {})
            )
            self._add_changes(wave, moment, row_changes)
            self._year = moment.when.earliest.year if moment.when and moment.when.earliest else self._year
        self._report_row_problems(table, mapped_row, row_changes, headings)

    def _find_moment(self, wave: str, id_: str, mapped_row: MappedRow) -> Moment | None:
        """Return the moment of a row by its id or, without an id, by title and date.

        In a sheet without a column of ids, the title is enough.
        """
        if wave not in self._plan.waves:
            return None
        moments = self._plan.waves[wave].moments
        if id_:
            return next((one for one in moments if one.id == id_), None)
        titles = {
            normalised_text(cell.text) for column, cell in mapped_row.cells.items() if column.field == "title"
        } - {""}
        alike = [one for one in moments if titles & {normalised_text(text) for text in all_translations(one.title)}]
        if SheetColumn("id") in mapped_row.cells:
            alike = [one for one in alike if self._has_same_date(mapped_row, wave, one)]
        return alike[0] if len(alike) == 1 else None

    def _has_same_date(self, mapped_row: MappedRow, wave: str, moment: Moment) -> bool:
        cells = {column: cell for column, cell in mapped_row.cells.items() if column.field == "when"}
        row_changes = self._reader.read_changes(
            MappedRow(mapped_row.number, cells), with_inherited_values(self._plan, wave, moment)
        )
        return not row_changes.values and not any(not one.is_note for one in row_changes.problems)

    def _report_unknown_id(
        self, table: SheetTable, mapped_row: MappedRow, wave: str, id_: str, headings: Mapping[SheetColumn, str]
    ) -> None:
        """Report a row with an id that is not in its wave."""
        others = [other for other, ids in self._ids.items() if id_ in ids]
        if others:
            message = msg("the moment {id} is in the wave {wave}", id=id_, wave=others[0])
            hint = msg("write that wave in the row again: a sheet cannot move moments between waves")
            column = headings.get(SheetColumn("wave"), "")
        else:
            message = msg("the wave {wave} has no moment {id}", wave=wave, id=quoted(id_))
            hint = msg("leave the id of a new moment empty: wavectl adds one")
            column = headings.get(SheetColumn("id"), "")
        self._add_problem(table, mapped_row.number, column, message, hint)

    def _add_changes(self, wave: str, moment: Moment, row_changes: RowChanges) -> None:
        """Add the changes of a row to the changeset of its wave."""
        if not row_changes.values or any(not one.is_note for one in row_changes.problems):
            return
        member = Member(wave, moment)
        path: KeyPath = ("moments", index_of(self._plan, member))
        changeset = self._result.changesets.setdefault(wave, {})
        for key, value in row_changes.values.items():
            if key not in ("place", "country"):
                changeset[*path, key] = value or None
        changeset.update(place_changes(path, raw_moment(self._plan, member).get("place"), row_changes.values))
        self._result.changed_moments.append(f"{wave}/{moment.id}")

    def _add_moment(
        self, table: SheetTable, mapped_row: MappedRow, wave: str, id_: str, row_changes: RowChanges
    ) -> None:
        """Add a new moment to the changeset of its wave, or to a new wave."""
        if any(not one.is_note for one in row_changes.problems):
            return
        if not row_changes.values.get("title"):
            message = msg("the row has no title")
            self._add_problem(table, mapped_row.number, "", message, msg("write a title, or empty the row"))
            return
        data = dict(file_values(row_changes.values))
        data.setdefault("when", "unknown")
        if data["when"][:4].isdigit():
            self._year = int(data["when"][:4])
        ids = self._ids.setdefault(wave, set())
        title = all_translations(data["title"])[0]
        data["id"] = new_id(id_ or title, ids)
        ids.add(data["id"])
        self._result.changed_moments.append(f"{wave}/{data['id']}")
        if wave not in self._plan.waves:
            new = self._result.new_waves.setdefault(wave, {"title": self._new_wave_title(table, wave), "moments": []})
            new["moments"].append(sort_all_keys(data, ("moments", 0), wave_keys_at))
            return
        changeset = self._result.changesets.setdefault(wave, {})
        added = sum(len(path) == 2 and path[0] == "moments" for path in changeset)
        changeset["moments", len(self._plan.waves[wave].moments) + added] = sort_all_keys(
            data, ("moments", 0), wave_keys_at
        )

    def _new_wave_title(self, table: SheetTable, wave: str) -> str:
        """Return the title of a new wave: the name of its sheet or file, if its id comes from that, else its id."""
        return next((name for name in (table.name, self._options.name) if wave_id_from_name(name) == wave), wave)

    # -- problems

    def _report_unknown_columns(
        self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]
    ) -> None:
        """Report the columns with unknown headings."""
        others = [
            cell.text.strip()
            for place, cell in enumerate(table.rows[heading_row].cells)
            if place not in columns_by_index
        ]
        names = ", ".join(quoted(one) for one in others if one)
        if names:
            note = msg("unknown columns are left out: {names}", names=names)
            hint = msg('to use one of them, map it: --map "Event=title"')
            self._result.problems.append(
                Problem(note, hint, is_note=True, sheet=table.name, row=table.rows[heading_row].number)
            )

    def _report_row_problems(
        self, table: SheetTable, mapped_row: MappedRow, row_changes: RowChanges, headings: Mapping[SheetColumn, str]
    ) -> None:
        for one in row_changes.problems:
            place = (table.name, mapped_row.number, headings.get(one.column, ""))
            self._result.problems.append(Problem(one.message, one.hint, one.is_note, *place))

    def _add_problem(self, table: SheetTable, row: int, column: str, message: Any, hint: Any) -> None:
        self._result.problems.append(Problem(message, hint, False, table.name, row, column))

    def _report_overridden_dates(self) -> None:
        """Report changed dates that will not be shown, because the date of the root of the group counts."""
        for root, *others in tied_members(self._plan).values():
            own = root.moment.when
            for one in others if own and root.reference not in self._result.changed_moments else ():
                place = ("moments", self._plan.waves[one.wave].moments.index(one.moment), "when")
                new = self._result.changesets.get(one.wave, {}).get(place)
                if new and own and own.precision.rank <= edtf.parse(new).precision.rank and own.text != new:
                    note = msg("{moment} is tied to {root}, whose date is shown: {date}",
                               moment=one.reference, root=root.reference, date=own)  # fmt: skip
                    hint = msg("change the date in the row of {root} too", root=root.reference)
                    self._result.problems.append(Problem(note, hint, is_note=True))

    def _report_missing_rows(self) -> None:
        """Report the moments without a row, in waves whose rows have ids."""
        for wave in sorted(self._waves_with_ids):
            gone = [one.id for one in self._plan.waves[wave].moments if f"{wave}/{one.id}" not in self._row_by_moment]
            for id_ in gone:
                note = msg("the moment {moment} has no row: it stays in the plan", moment=f"{wave}/{id_}")
                hint = msg("to remove it, run wavectl moment remove {moment}", moment=f"{wave}/{id_}")
                self._result.problems.append(Problem(note, hint, is_note=True))


def _map_row(row: SheetRow, columns_by_index: Mapping[int, SheetColumn]) -> MappedRow:
    """Return a row with its cells by column. Missing cells are blank."""
    return MappedRow(
        row.number,
        {
            column: row.cells[index] if index < len(row.cells) else BLANK_CELL
            for index, column in columns_by_index.items()
        },
    )


def blocking_problems(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return the problems that block the import."""
    return (one for one in problems if not one.is_note)
