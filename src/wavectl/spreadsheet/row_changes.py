"""A row of a sheet -> what it changes of a moment, or the moment that it adds, in the shape of a wave file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision
from wavectl.diagnostics import Message, quoted, say
from wavectl.i18n.catalogues import LANGUAGES
from wavectl.model import Kind, Moment, Place, Status, Text
from wavectl.plan.loader import Plan
from wavectl.spreadsheet import cell_values
from wavectl.spreadsheet.cell_equality import cleaned, same
from wavectl.spreadsheet.cell_text import Teller, Told, date_cell
from wavectl.spreadsheet.columns import FIELDS, Column
from wavectl.spreadsheet.date_cells import taken
from wavectl.spreadsheet.table import Cell, Fault
from wavectl.spreadsheet.text_cells import differing, new_text, said_somewhere

EMPTY = Cell()
_NEEDED = ("when", "status", "kind")
"""What every moment has: an emptied cell leaves it as it is."""


class Line(NamedTuple):
    """A row with its cells by column."""

    number: int
    cells: Mapping[Column, Cell]


Base = Mapping[Column, str]
"""What the cells of a row were when the sheet was written."""


class Remark(NamedTuple):
    """What there is to say of a cell; ``note`` says that it keeps nothing from being done."""

    column: Column
    message: Message
    hint: Message | None = None
    note: bool = False


class Meant(NamedTuple):
    """What a row means: values by key of the moment, None for one to be taken away; and remarks."""

    values: dict[str, Any]
    remarks: list[Remark]


class Reader:
    """Reads rows against a plan; ``accept`` takes days that a spreadsheet may have made of vaguer dates."""

    def __init__(self, plan: Plan, language: str, *, accept: bool) -> None:
        self._names = cell_values.Names(plan)
        self._tellers = [Teller(plan, one) for one in dict.fromkeys((language, *LANGUAGES))]
        self._accept = accept

    def changes(self, line: Line, told: Told, base: Base = MappingProxyType({})) -> Meant:
        """Return what a row changes of a moment that is there; ``base`` is what its cells were when they were written.

        A cell that is as it was then changes nothing, though the plan says something else by now.
        """
        meant = Meant({}, [])
        base = base or self._date_before(line)
        for column, cell in line.cells.items():
            if FIELDS[column.field].languages or column.field in ("wave", "id") or self._unchanged(told, column, cell):
                continue
            if column.told:
                if cell.day is None and not _as_before(column, cell, base):
                    meant.remarks.append(
                        Remark(column, say("this column is for information: nothing is taken"), note=True)
                    )
            elif _as_before(column, cell, base):
                meant.remarks.append(_overtaken(column))
            else:
                self._change(told, column, cell, meant)
        for field in dict.fromkeys(column.field for column in line.cells if FIELDS[column.field].languages):
            self._change_text(told, {one: c for one, c in line.cells.items() if one.field == field}, base, meant)
        meant.remarks.extend(self._crossed(told, line, base, meant))
        return meant

    def _crossed(self, told: Told, line: Line, base: Base, meant: Meant) -> Iterator[Remark]:
        """Tell of each cell that is taken although the plan, too, has changed there since the sheet was written."""
        for column, cell in line.cells.items():
            changed = column.field in meant.values and column in base and not _as_before(column, cell, base)
            if changed and not self._unchanged(told, column, Cell(base[column])):
                present = quoted(self._tellers[0].cell(told, column))
                message = say("the plan has changed here too since the sheet was written: {now} gives way", now=present)
                yield Remark(column, message, note=True)

    def _date_before(self, line: Line) -> Base:
        """Return what the cell of the date was, where all there is to tell is the EDTF beside it."""
        beside, cell = line.cells.get(Column("edtf"), EMPTY), line.cells.get(Column("when"), EMPTY)
        try:
            when = edtf.parse(beside.text)
        except edtf.DateError:
            return {}
        written = any(same(cell.text, date_cell(when, teller.language)) for teller in self._tellers)
        return {Column("when"): cell.text, Column("edtf"): beside.text} if written else {}

    def _unchanged(self, told: Told, column: Column, cell: Cell) -> bool:
        """Tell whether a cell is what an export in one of the languages would have written."""
        return cell.fault is None and any(same(cell.text, teller.cell(told, column)) for teller in self._tellers)

    def _change(self, told: Told, column: Column, cell: Cell, meant: Meant) -> None:
        """Put what a changed cell means into ``meant``."""
        field = column.field
        key = "place" if field == "country" else field
        if field in _NEEDED and cell.empty:
            meant.remarks.append(Remark(column, say("the cell is empty: what the plan has stays"), note=True))
            return
        if field == "source" and not isinstance(told.moment.source, str | None):
            hint = say("change it in the wave file")
            meant.remarks.append(Remark(column, say("the source names several facts: a cell cannot hold it"), hint))
            return
        value = self._value(told.wave, told.moment, column, cell, meant)
        if isinstance(value, Fault):
            meant.remarks.append(Remark(column, *value))
        elif value != _present(told.moment, field):
            if key in told.inherited:
                meant.remarks.append(_inherited(column, told))
            else:
                meant.values[field] = value

    def _value(self, wave: str, moment: Moment | None, column: Column, cell: Cell, meant: Meant) -> Any:
        """Return what a cell means, as a wave file writes it."""
        field, text = column.field, cleaned(cell.text)
        if cell.fault:
            return Fault(cell.fault, cell.cure or say("write the value that is meant"))
        if cell.empty:
            return {} if field == "country" else [] if field in ("actors", "priorities") else None
        if field == "actors":
            return self._names.actors(text, wave)
        if field == "priorities":
            return self._names.priorities(text)
        if field in ("when", "confirm_by"):
            return self._date(moment, column, cell, meant)
        plainly = {
            "status": cell_values.status,
            "kind": cell_values.kind,
            "country": cell_values.where,
            "url": cell_values.web_address,
            "draft": cell_values.yes,
        }.get(field)
        return plainly(text) if plainly else text

    def _date(self, moment: Moment | None, column: Column, cell: Cell, meant: Meant, year: int | None = None) -> Any:
        """Return the EDTF of a date cell."""
        present = getattr(moment, column.field) if moment else None
        found = taken(cell, present, year=year, accept=self._accept)
        if isinstance(found, Fault):
            return found
        when = found.when
        if column.field == "confirm_by" and not (when.exact and when.days == 1 and when.precision is Precision.DAY):
            return Fault(say("the date to confirm by is not one day"), say("write a day: 2017-06-30"))
        meant.remarks.extend(Remark(column, note, note=True) for note in found.notes)
        if found.repeat and moment is None:
            meant.values["repeat"] = found.repeat
        elif found.repeat:
            note = say("the cell names a day of each year: how the moment repeats stays as it is")
            meant.remarks.append(Remark(column, note, note=True))
        return when.text

    def _change_text(self, told: Told, cells: dict[Column, Cell], base: Base, meant: Meant) -> None:
        """Put what the cells of a text in several languages change of it into ``meant``."""
        field = next(iter(cells)).field
        place = told.moment.place or Place()
        text: Text | None = place.name if field == "place" else getattr(told.moment, field)
        faulty = [(column, cell) for column, cell in cells.items() if cell.fault]
        if faulty:
            meant.remarks.extend(Remark(column, cell.fault, cell.cure) for column, cell in faulty if cell.fault)
            return
        cells = {column: cell for column, cell in cells.items() if not (column.assumed and said_somewhere(text, cell))}
        new = new_text(text, {column.language: cell.text for column, cell in cells.items()}) if cells else text
        if new == text:
            return
        column = differing(text, cells)
        if all(_as_before(one, cell, base) for one, cell in cells.items()):
            meant.remarks.append(_overtaken(column))
        elif isinstance(new, Fault):
            meant.remarks.append(Remark(column, *new))
        elif field == "title" and new is None:
            hint = say("write one; to cancel the moment, change its status")
            meant.remarks.append(Remark(column, say("the moment has no title any more"), hint))
        elif field in told.inherited:
            meant.remarks.append(_inherited(column, told))
        else:
            meant.values[field] = new

    # -- new moments

    def new(self, line: Line, wave: str, year: int | None) -> Meant:
        """Return the moment that a row adds, without an id; ``year`` is for a date that names none."""
        meant = Meant({}, [])
        texts: dict[str, dict[str, str]] = {}
        for column, cell in line.cells.items():
            field = column.field
            if field in ("wave", "id") or column.told or cell.empty:
                continue
            if cell.fault:
                meant.remarks.append(Remark(column, cell.fault, cell.cure))
            elif FIELDS[field].languages:
                texts.setdefault(field, {})[column.language] = cell.text
            else:
                dated = field in ("when", "confirm_by")
                value = (
                    self._date(None, column, cell, meant, year)
                    if dated
                    else self._value(wave, None, column, cell, meant)
                )
                if isinstance(value, Fault):
                    meant.remarks.append(Remark(column, *value))
                else:
                    meant.values[field] = value
        meant.values.update({field: new_text(None, some) for field, some in texts.items()})
        return meant


def _as_before(column: Column, cell: Cell, base: Base) -> bool:
    """Tell whether a cell is as it was written."""
    return column in base and cell.fault is None and same(cell.text, base[column])


def _overtaken(column: Column) -> Remark:
    return Remark(
        column,
        say("this was changed in the plan after the sheet was written: the plan stays as it is"),
        say("write the sheet anew with wavectl export-sheet to change it"),
        note=True,
    )


def _inherited(column: Column, told: Told) -> Remark:
    return Remark(
        column,
        say("this comes from {moment}, which is the same moment", moment=told.root),
        say("change it in the row of that one"),
    )


def _present(moment: Moment, field: str) -> Any:
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
    return value.value if isinstance(value, Kind) else value


def file_values(meant: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Return the keys and values of a new moment as a wave file writes them; what holds anyway is left out."""
    where, name = meant.get("country"), meant.get("place")
    for key, value in meant.items():
        if key not in ("place", "country", "draft") and value and not _default(key, value):
            yield key, value
    if where or name:
        yield "place", {**({"name": name} if name else {}), **(where or {})} if where else name
    if meant.get("draft"):
        yield "draft", True


def _default(key: str, value: Any) -> bool:
    return (key == "status" and value == Status.CONFIRMED) or (key == "kind" and value == Kind.EVENT)
