"""Tables of a sheet held against a plan: what is to be changed in which wave file, and what there is to say of it.

Only what somebody changed is a change: a cell that an export would have written so, in any of the three languages,
leaves its moment as it is. Nothing is taken away: a moment that has no row stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import Path, quoted, say
from wavectl.editing.resolve_reference import place_of, written
from wavectl.editing.slugs import new_id
from wavectl.model import Moment, texts
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_equality import bare
from wavectl.spreadsheet.cell_text import told
from wavectl.spreadsheet.columns import Column, columns
from wavectl.spreadsheet.info_sheet import BASE, ours
from wavectl.spreadsheet.period import filled_in
from wavectl.spreadsheet.place_cells import place_wishes
from wavectl.spreadsheet.row_changes import EMPTY, Base, Line, Meant, Reader, file_values
from wavectl.spreadsheet.sheet_names import wave_id
from wavectl.spreadsheet.table import Problem, Row, Table
from wavectl.spreadsheet.wave_matching import home as home_of
from wavectl.spreadsheet.wave_matching import of_row, only_year
from wavectl.text.suggest import near
from wavectl.timeline import Member, tied
from wavectl.yamlfile.formatter import ordered

_TOP = 20
"""How many rows may stand above the headings."""


class Asked(NamedTuple):
    """How a sheet is to be taken: ``name`` is that of the file, without its ending.

    ``language`` is that of the words where headings do not tell, ``mapped`` the columns of other headings, ``wave`` the
    wave of rows that name none, and ``accept`` takes days that a spreadsheet may have made of vaguer dates.
    """

    name: str
    language: str
    mapped: Mapping[str, str]
    wave: str | None = None
    accept: bool = False


class Changes(NamedTuple):
    """What a sheet changes: wishes for ``wavectl.edit`` by wave, new waves as plain data by id; and what to say."""

    wishes: dict[str, dict[Path, Any]]
    waves: dict[str, dict[str, Any]]
    problems: list[Problem]
    changed: list[str]
    """The moments that change or are new, as wave/id."""


def compare(plan: Plan, tables: Sequence[Table], asked: Asked) -> Changes:
    """Return what tables change of a plan, which is sound."""
    return _Comparison(plan, asked).of(tables)


class _Comparison:
    """One sheet against one plan, table by table."""

    def __init__(self, plan: Plan, asked: Asked) -> None:
        self._plan, self._asked = plan, asked
        self._reader = Reader(plan, asked.language, accept=asked.accept)
        self._made = Changes({}, {}, [], [])
        self._seen: dict[str, int] = {}
        self._counted: set[str] = set()  # waves whose rows have ids
        self._ids = {wave: {moment.id for moment in one.moments} for wave, one in plan.waves.items()}
        self._year: int | None = None
        self._base: dict[str, Base] = {}

    def of(self, tables: Sequence[Table]) -> Changes:
        """Return what the tables change."""
        found = False
        for table in tables:
            if table.name == BASE:
                self._base = dict(self._based(table))
        for table in tables:
            if ours(table.name) or not table.rows:
                continue
            at, known = self._headings(table)
            named = {column.field for column in known.values()} & {"title", "id"}
            if named and (table.name or len(known) > 1):  # one known word may stand in any text file
                found = True
                self._table(table, at, known)
            else:
                note = say("no column of this sheet is known: it is left out")
                self._made.problems.append(Problem(note, note=True, sheet=table.name))
        if not found:
            self._made.problems.append(
                Problem(
                    say("no sheet has a column for the title of moments"),
                    say('write Title, Date, Place over the columns, or name them: --map "Event=title"'),
                )
            )
        self._missing()
        self._held()
        for id_, data in self._made.waves.items():
            self._made.waves[id_] = ordered(filled_in(data), ())
        return self._made

    def _headings(self, table: Table) -> tuple[int, dict[int, Column]]:
        """Return the place of the row of headings, and its columns: of the first rows that of which most is known."""
        default = self._asked.language if len(self._plan.programme.languages) > 1 else ""
        best: tuple[int, dict[int, Column]] = (0, {})
        for at, row in enumerate(table.rows[:_TOP]):
            known = columns([cell.text for cell in row.cells], default, self._asked.mapped)
            if len(known) > len(best[1]):
                best = at, known
        return best

    def _based(self, table: Table) -> Iterator[tuple[str, Base]]:
        """Return the rows as they were written, by moment."""
        at, known = self._headings(table)
        for row in table.rows[at + 1 :]:
            line = _line(row, known)
            wave, id_ = (line.cells.get(Column(field), EMPTY).text for field in ("wave", "id"))
            yield f"{wave}/{id_}", {column: cell.text for column, cell in line.cells.items()}

    def _table(self, table: Table, at: int, known: Mapping[int, Column]) -> None:
        """Take the rows of a table."""
        headings = {column: table.rows[at].cells[place].text for place, column in known.items()}
        home = self._home(table, at, known)
        if home is None:
            message = say("the sheet does not say of which wave it is")
            self._say(table, 0, "", message, say("name the wave with --wave, such as --wave right-to-housing"))
            return
        self._unread(table, at, known)
        self._year = only_year(self._plan, home)
        for row in table.rows[at + 1 :]:
            line = _line(row, known)
            if any(not cell.empty for column, cell in line.cells.items() if column.field not in ("wave", "id")):
                self._row(table, line, home, headings)

    def _home(self, table: Table, at: int, known: Mapping[int, Column]) -> str | None:
        """Return the wave of rows that name none."""
        places = [place for place, column in known.items() if column.field == "wave"][:1]
        told = (row.cells[place].text for row in table.rows[at + 1 :] for place in places if place < len(row.cells))
        return self._asked.wave or home_of(self._plan, told, (table.name, self._asked.name))

    # -- rows

    def _row(self, table: Table, line: Line, home: str, headings: Mapping[Column, str]) -> None:
        """Take one row: the changes of a moment, or a new one."""
        name = line.cells.get(Column("wave"), EMPTY).text.strip()
        wave = of_row(self._plan, name, home)
        if wave is None:
            hint = near(name, list(self._plan.waves))
            self._say(
                table, line.number, headings[Column("wave")], say("there is no wave {name}", name=quoted(name)), hint
            )
            return
        id_ = line.cells.get(Column("id"), EMPTY).text.strip()
        if id_ and wave in self._plan.waves:
            self._counted.add(wave)
        moment = self._moment(wave, id_, line)
        if moment is None and id_ and wave in self._plan.waves:
            self._unknown(table, line, wave, id_, headings)
            return
        reference = f"{wave}/{moment.id}" if moment else ""
        if reference in self._seen:
            message = say(
                "the moment {moment} stands in row {row} already", moment=reference, row=self._seen[reference]
            )
            self._say(table, line.number, "", message, say("delete one of the two; a new moment has no id"))
            return
        if moment is None:
            meant = self._reader.new(line, wave, self._year)
            self._add(table, line, wave, id_, meant)
        else:
            self._seen[reference] = line.number
            meant = self._reader.changes(line, told(self._plan, wave, moment), self._base.get(reference, {}))
            self._change(wave, moment, meant)
            self._year = moment.when.earliest.year if moment.when and moment.when.earliest else self._year
        self._remark(table, line, meant, headings)

    def _moment(self, wave: str, id_: str, line: Line) -> Moment | None:
        """Return the moment that a row is about; without an id it is the one of the same title and date, if any.

        Where the sheet has no ids at all, the title alone tells.
        """
        if wave not in self._plan.waves:
            return None
        moments = self._plan.waves[wave].moments
        if id_:
            return next((one for one in moments if one.id == id_), None)
        titles = {bare(cell.text) for column, cell in line.cells.items() if column.field == "title"} - {""}
        alike = [one for one in moments if titles & {bare(text) for text in texts(one.title)}]
        if Column("id") in line.cells:
            alike = [one for one in alike if self._same_date(line, wave, one)]
        return alike[0] if len(alike) == 1 else None

    def _same_date(self, line: Line, wave: str, moment: Moment) -> bool:
        cells = {column: cell for column, cell in line.cells.items() if column.field == "when"}
        meant = self._reader.changes(Line(line.number, cells), told(self._plan, wave, moment))
        return not meant.values and not any(not one.note for one in meant.remarks)

    def _unknown(self, table: Table, line: Line, wave: str, id_: str, headings: Mapping[Column, str]) -> None:
        """Say that a row has an id that its wave does not know."""
        others = [other for other, ids in self._ids.items() if id_ in ids]
        if others:
            message = say("the moment {id} is in the wave {wave}", id=id_, wave=others[0])
            hint = say("write that wave into the row again: a sheet does not move moments between waves")
            column = headings.get(Column("wave"), "")
        else:
            message = say("the wave {wave} has no moment {id}", wave=wave, id=quoted(id_))
            hint = say("leave the id of a new moment empty: it gets one")
            column = headings.get(Column("id"), "")
        self._say(table, line.number, column, message, hint)

    def _change(self, wave: str, moment: Moment, meant: Meant) -> None:
        """Put what a row changes into the wishes for its wave."""
        if not meant.values or any(not one.note for one in meant.remarks):
            return
        member = Member(wave, moment)
        path: Path = ("moments", place_of(self._plan, member))
        wishes = self._made.wishes.setdefault(wave, {})
        for key, value in meant.values.items():
            if key not in ("place", "country"):
                wishes[*path, key] = value or None
        wishes.update(place_wishes(path, written(self._plan, member).get("place"), meant.values))
        self._made.changed.append(f"{wave}/{moment.id}")

    def _add(self, table: Table, line: Line, wave: str, id_: str, meant: Meant) -> None:
        """Put a new moment into the wishes for its wave, or into a new wave."""
        if any(not one.note for one in meant.remarks):
            return
        if not meant.values.get("title"):
            message = say("the row has no title")
            self._say(table, line.number, "", message, say("write one, or empty the row"))
            return
        data = dict(file_values(meant.values))
        data.setdefault("when", "unknown")
        if data["when"][:4].isdigit():
            self._year = int(data["when"][:4])
        ids = self._ids.setdefault(wave, set())
        title = texts(data["title"])[0]
        data["id"] = new_id(id_ or title, ids)
        ids.add(data["id"])
        self._made.changed.append(f"{wave}/{data['id']}")
        if wave not in self._plan.waves:
            new = self._made.waves.setdefault(wave, {"title": self._title(table, wave), "moments": []})
            new["moments"].append(ordered(data, ("moments", 0)))
            return
        wishes = self._made.wishes.setdefault(wave, {})
        added = sum(len(path) == 2 and path[0] == "moments" for path in wishes)
        wishes["moments", len(self._plan.waves[wave].moments) + added] = ordered(data, ("moments", 0))

    def _title(self, table: Table, wave: str) -> str:
        """Return what a new wave is called: after its sheet or its file, where its id comes from these."""
        return next((name for name in (table.name, self._asked.name) if wave_id(name) == wave), wave)

    # -- what there is to say

    def _unread(self, table: Table, at: int, known: Mapping[int, Column]) -> None:
        """Say which columns have headings that are not known."""
        others = [cell.text.strip() for place, cell in enumerate(table.rows[at].cells) if place not in known]
        names = ", ".join(quoted(one) for one in others if one)
        if names:
            note = say("not known, and left out: {names}", names=names)
            hint = say('if one of them is about moments, name it: --map "Event=title"')
            self._made.problems.append(Problem(note, hint, note=True, sheet=table.name, row=table.rows[at].number))

    def _remark(self, table: Table, line: Line, meant: Meant, headings: Mapping[Column, str]) -> None:
        for one in meant.remarks:
            place = (table.name, line.number, headings.get(one.column, ""))
            self._made.problems.append(Problem(one.message, one.hint, one.note, *place))

    def _say(self, table: Table, row: int, column: str, message: Any, hint: Any) -> None:
        self._made.problems.append(Problem(message, hint, False, table.name, row, column))

    def _held(self) -> None:
        """Say which dates a sheet changes in vain: those that the root of their tie goes on telling."""
        for root, *others in tied(self._plan).values():
            own = root.moment.when
            for one in others if own and root.reference not in self._made.changed else ():
                place = ("moments", self._plan.waves[one.wave].moments.index(one.moment), "when")
                new = self._made.wishes.get(one.wave, {}).get(place)
                if new and own and own.precision.rank <= edtf.parse(new).precision.rank and own.text != new:
                    note = say("{moment} is one moment with {root}, whose date is the one told: {date}",
                               moment=one.reference, root=root.reference, date=own)  # fmt: skip
                    hint = say("change the date in the row of {root} as well", root=root.reference)
                    self._made.problems.append(Problem(note, hint, note=True))

    def _missing(self) -> None:
        """Say which moments have no row, of the waves whose rows have ids."""
        for wave in sorted(self._counted):
            gone = [one.id for one in self._plan.waves[wave].moments if f"{wave}/{one.id}" not in self._seen]
            for id_ in gone:
                note = say("the moment {moment} has no row: it stays in the plan", moment=f"{wave}/{id_}")
                hint = say("wavectl moment remove {moment} takes it away", moment=f"{wave}/{id_}")
                self._made.problems.append(Problem(note, hint, note=True))


def _line(row: Row, known: Mapping[int, Column]) -> Line:
    """Return a row with its cells by column; one that ends early has empty ones behind."""
    return Line(row.number, {column: row.cells[at] if at < len(row.cells) else EMPTY for at, column in known.items()})


def errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return the problems that keep a sheet from being taken."""
    return (one for one in problems if not one.note)
