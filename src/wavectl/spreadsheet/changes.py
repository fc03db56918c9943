"""Tables of a sheet held against a plan: what is to be changed in which wave file, and what there is to say of it.

Only what somebody changed is a change: a cell that an export would have written so, in any of the three languages,
leaves its moment as it is. Nothing is taken away: a moment that has no row stays.
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
from wavectl.spreadsheet.columns import SheetColumn, match_columns
from wavectl.spreadsheet.row_changes import BLANK_CELL, MappedRow, OriginalCells, RowChanges, RowReader, file_values
from wavectl.spreadsheet.rows import with_inherited_values
from wavectl.spreadsheet.table import Problem, SheetRow, SheetTable
from wavectl.spreadsheet.wave_matching import add_period, single_year, wave_id_from_name, wave_of_row
from wavectl.spreadsheet.wave_matching import infer_wave as home_of
from wavectl.spreadsheet.writer import ORIGINALS_SHEET, is_info_sheet
from wavectl.text.suggest import suggest
from wavectl.timeline import Member, tied_members
from wavectl.yamlfile.layout import sort_all_keys

_MAX_ROWS_ABOVE_HEADINGS = 20
"""How many rows may stand above the headings."""


class Question(NamedTuple):
    """How a sheet is to be taken: ``name`` is that of the file, without its ending.

    ``language`` is that of the words where headings do not tell, ``mapped`` the columns of other headings, ``wave`` the
    wave of rows that name none, and ``accept`` takes days that a spreadsheet may have made of vaguer dates.
    """

    name: str
    language: str
    heading_map: Mapping[str, str]
    wave: str | None = None
    accept_dates: bool = False


class SheetChanges(NamedTuple):
    """What a sheet changes: wishes for ``wavectl.edit`` by wave, new waves as plain data by id; and what to say."""

    changesets: dict[str, dict[KeyPath, Any]]
    new_waves: dict[str, dict[str, Any]]
    problems: list[Problem]
    changed_moments: list[str]
    """The moments that change or are new, as wave/id."""


def compare(plan: Plan, tables: Sequence[SheetTable], options: Question) -> SheetChanges:
    """Return what tables change of a plan, which is sound."""
    return _Comparison(plan, options).run(tables)


class _Comparison:
    """One sheet against one plan, table by table."""

    def __init__(self, plan: Plan, options: Question) -> None:
        self._plan, self._options = plan, options
        self._reader = RowReader(plan, options.language, accept_dates=options.accept_dates)
        self._result = SheetChanges({}, {}, [], [])
        self._row_by_moment: dict[str, int] = {}
        self._waves_with_ids: set[str] = set()  # waves whose rows have ids
        self._ids = {wave: {moment.id for moment in one.moments} for wave, one in plan.waves.items()}
        self._year: int | None = None
        self._original_cells: dict[str, OriginalCells] = {}

    def run(self, tables: Sequence[SheetTable]) -> SheetChanges:
        """Return what the tables change."""
        found = False
        for table in tables:
            if table.name == ORIGINALS_SHEET:
                self._original_cells = dict(self._read_original_cells(table))
        for table in tables:
            if is_info_sheet(table.name) or not table.rows:
                continue
            at, known = self._find_headings(table)
            named = {column.field for column in known.values()} & {"title", "id"}
            if named and (table.name or len(known) > 1):  # one known word may stand in any text file
                found = True
                self._read_table(table, at, known)
            else:
                note = msg("no column of this sheet is known: it is left out")
                self._result.problems.append(Problem(note, is_note=True, sheet=table.name))
        if not found:
            self._result.problems.append(
                Problem(
                    msg("no sheet has a column for the title of moments"),
                    msg('write Title, Date, Place over the columns, or name them: --map "Event=title"'),
                )
            )
        self._report_missing_rows()
        self._report_overridden_dates()
        for id_, data in self._result.new_waves.items():
            self._result.new_waves[id_] = sort_all_keys(add_period(data), (), wave_keys_at)
        return self._result

    def _find_headings(self, table: SheetTable) -> tuple[int, dict[int, SheetColumn]]:
        """Return the place of the row of headings, and its columns: of the first rows that of which most is known."""
        default = self._options.language if len(self._plan.programme.languages) > 1 else ""
        best: tuple[int, dict[int, SheetColumn]] = (0, {})
        for at, row in enumerate(table.rows[:_MAX_ROWS_ABOVE_HEADINGS]):
            known = match_columns([cell.text for cell in row.cells], default, self._options.heading_map)
            if len(known) > len(best[1]):
                best = at, known
        return best

    def _read_original_cells(self, table: SheetTable) -> Iterator[tuple[str, OriginalCells]]:
        """Return the rows as they were written, by moment."""
        at, known = self._find_headings(table)
        for row in table.rows[at + 1 :]:
            line = _map_row(row, known)
            wave, id_ = (line.cells.get(SheetColumn(field), BLANK_CELL).text for field in ("wave", "id"))
            yield f"{wave}/{id_}", {column: cell.text for column, cell in line.cells.items()}

    def _read_table(self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]) -> None:
        """Take the rows of a table."""
        headings = {column: table.rows[heading_row].cells[place].text for place, column in columns_by_index.items()}
        home = self._default_wave(table, heading_row, columns_by_index)
        if home is None:
            message = msg("the sheet does not say of which wave it is")
            self._add_problem(table, 0, "", message, msg("name the wave with --wave, such as --wave right-to-housing"))
            return
        self._report_unknown_columns(table, heading_row, columns_by_index)
        self._year = single_year(self._plan, home)
        for row in table.rows[heading_row + 1 :]:
            line = _map_row(row, columns_by_index)
            if any(not cell.empty for column, cell in line.cells.items() if column.field not in ("wave", "id")):
                self._read_row(table, line, home, headings)

    def _default_wave(
        self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]
    ) -> str | None:
        """Return the wave of rows that name none."""
        places = [place for place, column in columns_by_index.items() if column.field == "wave"][:1]
        told = (
            row.cells[place].text for row in table.rows[heading_row + 1 :] for place in places if place < len(row.cells)
        )
        return self._options.wave or home_of(self._plan, told, (table.name, self._options.name))

    # -- rows

    def _read_row(
        self, table: SheetTable, mapped_row: MappedRow, default_wave: str, headings: Mapping[SheetColumn, str]
    ) -> None:
        """Take one row: the changes of a moment, or a new one."""
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
                "the moment {moment} stands in row {row} already", moment=reference, row=self._row_by_moment[reference]
            )
            self._add_problem(
                table, mapped_row.number, "", message, msg("delete one of the two; a new moment has no id")
            )
            return
        if moment is None:
            meant = self._reader.read_new_moment(mapped_row, wave, self._year)
            self._add_moment(table, mapped_row, wave, id_, meant)
        else:
            self._row_by_moment[reference] = mapped_row.number
            meant = self._reader.read_changes(
                mapped_row, with_inherited_values(self._plan, wave, moment), self._original_cells.get(reference, {})
            )
            self._add_changes(wave, moment, meant)
            self._year = moment.when.earliest.year if moment.when and moment.when.earliest else self._year
        self._report_row_problems(table, mapped_row, meant, headings)

    def _find_moment(self, wave: str, id_: str, mapped_row: MappedRow) -> Moment | None:
        """Return the moment that a row is about; without an id it is the one of the same title and date, if any.

        Where the sheet has no ids at all, the title alone tells.
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
        meant = self._reader.read_changes(
            MappedRow(mapped_row.number, cells), with_inherited_values(self._plan, wave, moment)
        )
        return not meant.values and not any(not one.is_note for one in meant.problems)

    def _report_unknown_id(
        self, table: SheetTable, mapped_row: MappedRow, wave: str, id_: str, headings: Mapping[SheetColumn, str]
    ) -> None:
        """Say that a row has an id that its wave does not know."""
        others = [other for other, ids in self._ids.items() if id_ in ids]
        if others:
            message = msg("the moment {id} is in the wave {wave}", id=id_, wave=others[0])
            hint = msg("write that wave into the row again: a sheet does not move moments between waves")
            column = headings.get(SheetColumn("wave"), "")
        else:
            message = msg("the wave {wave} has no moment {id}", wave=wave, id=quoted(id_))
            hint = msg("leave the id of a new moment empty: it gets one")
            column = headings.get(SheetColumn("id"), "")
        self._add_problem(table, mapped_row.number, column, message, hint)

    def _add_changes(self, wave: str, moment: Moment, row_changes: RowChanges) -> None:
        """Put what a row changes into the wishes for its wave."""
        if not row_changes.values or any(not one.is_note for one in row_changes.problems):
            return
        member = Member(wave, moment)
        path: KeyPath = ("moments", index_of(self._plan, member))
        wishes = self._result.changesets.setdefault(wave, {})
        for key, value in row_changes.values.items():
            if key not in ("place", "country"):
                wishes[*path, key] = value or None
        wishes.update(place_changes(path, raw_moment(self._plan, member).get("place"), row_changes.values))
        self._result.changed_moments.append(f"{wave}/{moment.id}")

    def _add_moment(
        self, table: SheetTable, mapped_row: MappedRow, wave: str, id_: str, row_changes: RowChanges
    ) -> None:
        """Put a new moment into the wishes for its wave, or into a new wave."""
        if any(not one.is_note for one in row_changes.problems):
            return
        if not row_changes.values.get("title"):
            message = msg("the row has no title")
            self._add_problem(table, mapped_row.number, "", message, msg("write one, or empty the row"))
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
        wishes = self._result.changesets.setdefault(wave, {})
        added = sum(len(path) == 2 and path[0] == "moments" for path in wishes)
        wishes["moments", len(self._plan.waves[wave].moments) + added] = sort_all_keys(
            data, ("moments", 0), wave_keys_at
        )

    def _new_wave_title(self, table: SheetTable, wave: str) -> str:
        """Return what a new wave is called: after its sheet or its file, where its id comes from these."""
        return next((name for name in (table.name, self._options.name) if wave_id_from_name(name) == wave), wave)

    # -- what there is to say

    def _report_unknown_columns(
        self, table: SheetTable, heading_row: int, columns_by_index: Mapping[int, SheetColumn]
    ) -> None:
        """Say which columns have headings that are not known."""
        others = [
            cell.text.strip()
            for place, cell in enumerate(table.rows[heading_row].cells)
            if place not in columns_by_index
        ]
        names = ", ".join(quoted(one) for one in others if one)
        if names:
            note = msg("not known, and left out: {names}", names=names)
            hint = msg('if one of them is about moments, name it: --map "Event=title"')
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
        """Say which dates a sheet changes in vain: those that the root of their tie goes on telling."""
        for root, *others in tied_members(self._plan).values():
            own = root.moment.when
            for one in others if own and root.reference not in self._result.changed_moments else ():
                place = ("moments", self._plan.waves[one.wave].moments.index(one.moment), "when")
                new = self._result.changesets.get(one.wave, {}).get(place)
                if new and own and own.precision.rank <= edtf.parse(new).precision.rank and own.text != new:
                    note = msg("{moment} is one moment with {root}, whose date is the one told: {date}",
                               moment=one.reference, root=root.reference, date=own)  # fmt: skip
                    hint = msg("change the date in the row of {root} as well", root=root.reference)
                    self._result.problems.append(Problem(note, hint, is_note=True))

    def _report_missing_rows(self) -> None:
        """Say which moments have no row, of the waves whose rows have ids."""
        for wave in sorted(self._waves_with_ids):
            gone = [one.id for one in self._plan.waves[wave].moments if f"{wave}/{one.id}" not in self._row_by_moment]
            for id_ in gone:
                note = msg("the moment {moment} has no row: it stays in the plan", moment=f"{wave}/{id_}")
                hint = msg("wavectl moment remove {moment} takes it away", moment=f"{wave}/{id_}")
                self._result.problems.append(Problem(note, hint, is_note=True))


def _map_row(row: SheetRow, columns_by_index: Mapping[int, SheetColumn]) -> MappedRow:
    """Return a row with its cells by column; one that ends early has empty ones behind."""
    return MappedRow(
        row.number,
        {column: row.cells[at] if at < len(row.cells) else BLANK_CELL for at, column in columns_by_index.items()},
    )


def blocking_problems(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return the problems that keep a sheet from being taken."""
    return (one for one in problems if not one.is_note)
