"""Compare the tables of a sheet with a plan: the changes for each wave file, and problems.

A cell that is as an export would write it, in any of the three languages, changes nothing. Moments without a row stay.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.editing.moments import DateShift, classify_shift
from wavectl.editing.references import index_of, new_id, raw_moment
from wavectl.model import ActorKind, Moment, all_translations
from wavectl.model.key_order import wave_keys_at
from wavectl.model.types import ID_PATTERN
from wavectl.plan.loader import Plan
from wavectl.spreadsheet import matching
from wavectl.spreadsheet.cell_values import has_lost_letters
from wavectl.spreadsheet.columns import DATE_PARTS, SheetColumn
from wavectl.spreadsheet.date_cells import month_comes_first
from wavectl.spreadsheet.mapped_table import MappedRow, MappedTable, map_table
from wavectl.spreadsheet.reader import Problem, RowKey, SheetTable
from wavectl.spreadsheet.row_changes import OriginalCells, RowChanges, RowContext, RowReader, file_values, place_changes
from wavectl.spreadsheet.rows import with_inherited_values
from wavectl.spreadsheet.writer import ORIGINALS_SHEET, is_info_sheet
from wavectl.text.suggest import suggest
from wavectl.timeline.ties import Member, tied_members
from wavectl.yamlfile.emitter import sort_all_keys

_WAVE, _ID = SheetColumn("wave"), SheetColumn("id")
_MAX_LISTED = 5
"""How many names a note lists."""
_DATE_FIELDS = ("when", "end", "confirm_by")


class ImportOptions(NamedTuple):
    """How to import a sheet. ``name`` is the name of the file without its suffix.

    ``language`` is for texts whose headings name none, ``heading_map`` has the columns of other headings, and ``wave``
    is the wave of rows that name none. ``accept_dates`` is explained at ``read_date``. ``year`` is that of dates
    without one; None stands for the year of the wave, if its calendar is within one. ``accepted`` are the rows
    and sheets (row 0) whose question was answered with yes, ``rejected`` the rows that have errors in the plan.
    """

    name: str
    language: str
    heading_map: Mapping[str, str]
    wave: str | None = None
    accept_dates: bool = False
    year: int | None = None
    accepted: frozenset[RowKey] = frozenset()
    rejected: Mapping[RowKey, Sequence[Problem]] = MappingProxyType({})


class SheetChanges(NamedTuple):
    """The changes of a sheet: changesets by wave id, new waves as plain data by id, and problems.

    ``changed_moments`` are the moments that change or are new, as ``wave/id``, ``rows`` the rows of moments, and
    ``heading_rows`` the numbers of the rows of headings by sheet. ``exported`` tells whether ``export-sheet`` wrote the
    file.
    """

    changesets: dict[str, dict[KeyPath, Any]]
    new_waves: dict[str, dict[str, Any]]
    problems: list[Problem]
    changed_moments: list[str]
    rows: dict[str, MappedRow]
    heading_rows: dict[str, int]
    exported: bool

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
        self._context = RowContext(accept_dates=options.accept_dates)
        self._result = SheetChanges({}, {}, [], [], {}, {}, exported=False)
        self._matchers: dict[str, matching.RowMatcher] = {}
        self._new_actors: dict[str, dict[str, str]] = {}
        self._new_moments: Counter[str] = Counter()
        self._last_numbers: dict[str, int] = {}
        self._waves_with_ids: set[str] = set()  # waves whose rows have ids
        self._ids = {wave: {moment.id for moment in one.moments} for wave, one in plan.waves.items()}
        self._original_cells: dict[str, OriginalCells] = {}

    def run(self, tables: Sequence[SheetTable]) -> SheetChanges:
        """Compare all tables and return the changes."""
        found = False
        default = self._options.language if len(self._plan.programme.languages) > 1 else ""
        mapped_tables = [map_table(table, default, self._options.heading_map) for table in tables if table.rows]
        self._original_cells = {
            f"{row.cell('wave').text}/{row.cell('id').text}": {column: cell.text for column, cell in row.cells.items()}
            for table in mapped_tables
            if table.name == ORIGINALS_SHEET
            for row in table.rows
        }
        exported = any(table.name == ORIGINALS_SHEET or {"edtf", "id"} <= table.fields for table in mapped_tables)
        self._result = self._result._replace(exported=exported)
        self._context = self._context._replace(exported=exported)
        problems, new_waves = self._result.problems, self._result.new_waves
        for table in mapped_tables:
            if is_info_sheet(table.name):
                continue
            if table.fields & {"title", "id"} and (table.name or len(table.fields) > 1):
                found = True
                self._read_table(table)
            else:  # any text file may contain one known word
                note = msg("no column of this sheet has the titles of moments, so the sheet is left out")
                problems.append(Problem(note, is_note=True, sheet=table.name))
        if not found:
            hint = msg('write Title, Date and Place above the columns, or map them: --map "Event=title"')
            problems.append(Problem(msg("no sheet has a column for the title of moments"), hint))
        self._report_new_actors()
        self._report_missing_rows()
        self._report_overridden_dates()
        for id_, data in new_waves.items():
            new_waves[id_] = sort_all_keys(matching.add_period(data), (), wave_keys_at)
        return self._result

    # -- tables

    def _read_table(self, table: MappedTable) -> None:
        default_wave = self._options.wave or matching.infer_wave(
            self._plan, (row.cell("wave").text for row in table.rows), (table.name, self._options.name)
        )
        if default_wave is None:
            hint = msg("name the wave with --wave, such as --wave right-to-housing")
            self._result.problems.append(Problem(msg("the sheet does not name its wave"), hint, sheet=table.name))
            return
        if table.other_headings:
            names = list(map(quoted, table.other_headings))
            note = msg("unknown columns are left out: {names}", names=names)
            hint = msg('to use one of them, map it: --map "Event=title"')
            self._result.problems.append(Problem(note, hint, is_note=True, sheet=table.name, row=table.heading_row))
        if table.second_dates:
            names = list(map(quoted, table.second_dates))
            error = msg("several columns have a date; these would be left out: {names}", names=names)
            hint = msg('map the one to use: --map "{heading}=when"', heading=table.second_dates[0])
            self._result.problems.append(Problem(error, hint, sheet=table.name))
            return
        dates = (cell for row in table.rows for column, cell in row.cells.items() if column.field in _DATE_FIELDS)
        self._context = self._context._replace(
            year=self._options.year or matching.single_year(self._plan, default_wave),
            month_first=month_comes_first(dates),
        )
        self._result.heading_rows[table.name] = table.heading_row
        if not self._result.exported and not table.fields & {"when", "wave"}:
            self._report_missing_dates(table)
        self._note_lost_letters(table)
        rows_by_wave: dict[str, list[MappedRow]] = {}
        for row in table.rows:
            if any(not cell.empty for column, cell in row.cells.items() if column not in (_WAVE, _ID)):
                wave = self._wave_of_row(row, default_wave)
                if wave is not None:
                    rows_by_wave.setdefault(wave, []).append(row)
        for wave, rows in rows_by_wave.items():
            self._read_rows(wave, rows)

    def _note_lost_letters(self, table: MappedTable) -> None:
        for row in table.rows:
            for column, cell in row.cells.items():
                if has_lost_letters(cell.text):
                    message = msg("letters were lost before this file was saved: {text}", text=quoted(cell.text[:40]))
                    hint = msg("save the table again from its source as .xlsx, or as CSV in UTF-8, and import that")
                    self._result.problems.append(row.problem(message, hint, column, is_note=True))

    def _report_missing_dates(self, table: MappedTable) -> None:
        if (table.name, 0) not in self._options.accepted:
            error = msg("no column has the date of the moments")
            hint = msg('map it: --map "Heading=when"; for moments without dates, add an empty column named Date')
            question = msg("No column has a date. Add the moments without dates?")
            self._result.problems.append(Problem(error, hint, sheet=table.name, question=question))

    # -- rows

    def _wave_of_row(self, row: MappedRow, default_wave: str) -> str | None:
        name = row.cell("wave").text.strip()
        wave = matching.wave_of_row(self._plan, name, default_wave)
        if wave is None:
            hint = suggest(name, list(self._plan.waves))
            self._result.problems.append(row.problem(msg("there is no wave {name}", name=quoted(name)), hint, _WAVE))
        return wave

    def _read_rows(self, wave: str, rows: Sequence[MappedRow]) -> None:
        moments = self._plan.waves[wave].moments if wave in self._plan.waves else ()
        if wave not in self._matchers:
            self._matchers[wave] = matching.RowMatcher(
                moments,
                lambda row, moment: self._is_same(row, wave, moment),
                lambda row, moment: self._may_update(row, moment),
            )
        if not self._result.exported:
            rows = [row.without_empty_cells() for row in rows]
        matches = self._matchers[wave].match(rows, by_title=not self._result.exported)
        for row, match in zip(rows, matches, strict=True):
            if rejected := self._options.rejected.get((row.sheet, row.number)):
                self._result.problems.extend(rejected)
            else:
                self._read_row(wave, row, match)

    def _read_row(self, wave: str, row: MappedRow, match: matching.RowMatch | None) -> None:
        id_ = row.cell("id").text.strip()
        if id_ and wave in self._plan.waves and self._result.exported:
            self._waves_with_ids.add(wave)
        if match is None:
            if id_ and wave in self._plan.waves and self._result.exported:
                self._report_unknown_id(row, wave, id_)
                return
            changes = self._reader.read_new_moment(row, wave, self._context)
            self._add_moment(wave, id_, changes)
        else:
            reference = f"{wave}/{match.moment.id}"
            if reference in self._result.rows:
                number = self._result.rows[reference].number
                message = msg("the moment {moment} is already in row {row}", moment=reference, row=number)
                hint = msg("delete one of the two rows; a new moment has no id")
                self._result.problems.append(row.problem(message, hint))
                return
            self._result.rows[reference] = row
            if not match.is_certain and (row.sheet, row.number) not in self._options.accepted:
                self._ask_whether_same(row, reference, match.moment)
                return
            sheet_moment = with_inherited_values(self._plan, wave, match.moment)
            changes = self._reader.read_changes(
                row, sheet_moment, self._context, self._original_cells.get(reference, {})
            )
            self._add_changes(wave, match.moment, changes)
            self._keep_year(match.moment.when.text if match.moment.when else "")
        self._result.problems.extend(changes.problems)

    def _keep_year(self, when: str) -> None:
        """Keep the year of a date for the rows below that have none."""
        if when[:4].isdigit():
            self._context = self._context._replace(year=int(when[:4]))

    def _is_same(self, row: MappedRow, wave: str, moment: Moment) -> bool:
        """Tell whether the date and, without an id, the place of a row are those of a moment."""
        fields = ("when", *DATE_PARTS) if self._result.exported else ("when", *DATE_PARTS, "place", "country", "online")
        changes = self._reader.read_changes(
            row.with_fields(*fields), with_inherited_values(self._plan, wave, moment), self._context
        )
        return not changes.values and not changes.blocked

    def _may_update(self, row: MappedRow, moment: Moment) -> bool:
        """Tell whether a row has no other date and place than a moment, but more precise ones."""
        changes = self._reader.read_new_moment(
            row.with_fields("when", *DATE_PARTS, "place", "country", "online"), "", self._context
        )
        place, text = moment.place, changes.values.get("when")
        if changes.blocked or (place is not None and any(changes.values.get(key) for key in ("place", "country"))):
            return changes.blocked
        if text is None or moment.when is None:
            return True
        return classify_shift(moment.when, edtf.parse(text)) in (DateShift.FIRMED_UP, DateShift.SAME)

    def _ask_whether_same(self, row: MappedRow, reference: str, moment: Moment) -> None:
        date = self._reader.date_text(moment)
        message = msg("{moment} has the same title, but another date or place: {date}", moment=reference, date=date)
        hint = msg("add a column Id: with {id} the row changes that moment, with a new id it adds one", id=moment.id)
        question = msg("Is row {number} the moment {moment} ({date})?", number=row.number, moment=reference, date=date)
        self._result.problems.append(row.problem(message, hint)._replace(question=question))

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
        self._add_actors(wave, changes)

    def _add_moment(self, wave: str, id_: str, changes: RowChanges) -> None:
        """Add a new moment to the changeset of its wave, or to a new wave."""
        self._keep_year(str(changes.values.get("when", "")))
        if changes.blocked:
            return
        if not changes.values.get("title"):
            hint = msg("write a title, or empty the row")
            self._result.problems.append(changes.row.problem(msg("the row has no title"), hint))
            return
        data: dict[str, Any] = {"when": "unknown", **dict(file_values(changes.values))}
        data["id"] = self._new_id(wave, id_ or all_translations(data["title"])[0])
        reference = f"{wave}/{data['id']}"
        self._result.changed_moments.append(reference)
        self._result.rows[reference] = changes.row
        block = sort_all_keys(data, ("moments", 0), wave_keys_at)
        if wave in self._plan.waves:
            changeset = self._result.changesets.setdefault(wave, {})
            changeset["moments", len(self._plan.waves[wave].moments) + self._new_moments[wave]] = block
            self._new_moments[wave] += 1
            self._add_actors(wave, changes)
            return
        names = (changes.row.sheet, self._options.name)  # the id of a new wave may come from one of them
        title = next((name for name in names if matching.wave_id_from_name(name) == wave), wave)
        self._result.new_waves.setdefault(wave, {"title": title, "moments": []})["moments"].append(block)
        self._add_actors(wave, changes)

    def _add_actors(self, wave: str, changes: RowChanges) -> None:
        """Add the actors of a row that are not in the plan to its wave."""
        for id_ in changes.values.get("actors") or ():
            name = self._reader.ids.new_actors.get((wave, id_))
            if name is None or id_ in self._new_actors.setdefault(wave, {}):
                continue
            actor = {"id": id_, "name": name, "kind": ActorKind.PARTNER.value}
            if wave in self._plan.waves:
                position = len(self._plan.waves[wave].actors) + len(self._new_actors[wave])
                self._result.changesets[wave]["actors", position] = actor
            else:
                self._result.new_waves[wave].setdefault("actors", []).append(actor)
            self._new_actors[wave][id_] = name

    def _new_id(self, wave: str, title: str) -> str:
        """Return a new id of a wave, which is the title if that is an id; of equal ids, one with the next number."""
        ids = self._ids.setdefault(wave, set())
        base = title if ID_PATTERN.fullmatch(title) else new_id(title, ())
        number = self._last_numbers.get(f"{wave}/{base}", 1)
        id_ = base if number == 1 else f"{base}-{number}"
        while id_ in ids:
            number += 1
            id_ = f"{base}-{number}"
        self._last_numbers[f"{wave}/{base}"] = number
        ids.add(id_)
        return id_

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

    def _report_new_actors(self) -> None:
        for wave, names in self._new_actors.items():
            if names:
                listed = list(map(quoted, list(names.values())[:_MAX_LISTED]))
                note = msg(
                    "new actors of the wave {wave}: {count} ({names})", wave=wave, count=len(names), names=listed
                )
                hint = msg("they are added as partners; correct their kind and their names in the wave file")
                self._result.problems.append(Problem(note, hint, is_note=True))

    def _report_missing_rows(self) -> None:
        for wave in sorted(self._waves_with_ids):
            for moment in self._plan.waves[wave].moments:
                reference = f"{wave}/{moment.id}"
                if reference not in self._result.rows:
                    note = msg("the moment {moment} has no row: it stays in the plan", moment=reference)
                    hint = msg("to remove it, run wavectl moment remove {moment}", moment=reference)
                    self._result.problems.append(Problem(note, hint, is_note=True))
