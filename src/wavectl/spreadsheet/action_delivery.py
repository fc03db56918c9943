"""Read a delivery of actions, a workbook or CSV file, into rows by column of the register.

A row whose title, date or country cannot be read is not taken in. Any other cell that cannot be read is left empty,
and counted with its text. Contact data are removed from all cells, and counted by column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from wavectl.actions.action import cell_text, parse_cell
from wavectl.actions.contacts import may_hold_contacts, remove_contacts
from wavectl.actions.identity import DeliveredRow
from wavectl.actions.sources import Source
from wavectl.dates.parser import NO_YEAR, YEAR_ASSUMED
from wavectl.dates.timezones import localize
from wavectl.diagnostics import msg, quoted
from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.names import language_codes_by_name
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.action_columns import ACTION_HEADINGS
from wavectl.spreadsheet.cell_values import (
    clean_text,
    country_code,
    has_lost_letters,
    ids_by_name,
    means_nothing,
    read_choice,
    read_country,
    read_flag,
    read_online,
    split_place,
)
from wavectl.spreadsheet.columns import DATE_PARTS, SheetColumn, match_columns
from wavectl.spreadsheet.date_cells import CellDate, month_comes_first, read_date
from wavectl.spreadsheet.mapped_table import MappedRow, MappedTable, map_table
from wavectl.spreadsheet.matching import single_year
from wavectl.spreadsheet.reader import BLANK_CELL, InvalidCell, Problem, RowKey, SheetCell, SheetError, SheetTable
from wavectl.spreadsheet.rows import actor_names
from wavectl.spreadsheet.writer import is_info_sheet
from wavectl.text.suggest import normalize_name

MAX_DELIVERY_SIZE = 64
"""How large a delivery may be, in MiB."""
_DATE_FIELDS = ("when", *DATE_PARTS)
_FIGURES = frozenset((*_DATE_FIELDS, "lat", "lon", "people_low", "people_high", "reported"))
"""The fields whose digits may look like a telephone number."""


@dataclass(frozen=True)
class ReadDelivery:
    """The rows of a delivery, as far as they can be read, and what is to be said about them.

    ``rows[n].number`` is n; ``keys[n]`` is its place in the file, ``problems[n]`` why it is not taken in.
    ``dropped`` counts contact data by heading, ``left_out`` the cells that could not be read by heading and text.
    ``month_first`` is the order of day and month that the dates prove. Rows that were given back to be fixed have a
    column of reasons: they are not the whole delivery, so ``is_complete`` is False.
    """

    tables: list[SheetTable]
    """The tables with actions, without contact data."""
    headings: set[str]
    """All headings of these tables, normalised."""
    month_first: bool | None
    is_complete: bool
    rows: list[DeliveredRow] = field(default_factory=list)
    keys: list[RowKey] = field(default_factory=list)
    heading_rows: dict[str, int] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def rows_without_year(self) -> int:
        """The number of rows that are not taken in because the year of their date is missing."""
        return sum(any(one.message.text == NO_YEAR for one in found) for found in self.problems.values())


def read_delivery(
    plan: Plan,
    wave: str,
    tables: Sequence[SheetTable],
    source: Source,
    heading_map: Mapping[str, str],
    year: int | None = None,
) -> ReadDelivery:
    """Return the rows of all tables that have a column for the title; raise ``SheetError`` without one.

    ``heading_map`` has the columns of the register by normalised heading. ``year`` is that of dates without one; None
    stands for the year of the wave, if its calendar is within one.
    """
    dropped: Counter[str] = Counter()
    notes: list[Problem] = []
    used: list[MappedTable] = []
    cleaned: list[SheetTable] = []
    for table in tables:
        if not table.rows or is_info_sheet(table.name):
            continue
        found = map_table(table, "", heading_map, ACTION_HEADINGS)
        if "title" not in found.fields or not (table.name or len(found.fields) > 1):
            note = msg("no column of this sheet has the titles of actions, so the sheet is left out")
            notes.append(Problem(note, is_note=True, sheet=table.name))
            continue
        cleaned.append(_without_contacts(table, found, heading_map, dropped))
        used.append(found if cleaned[-1] is table else map_table(cleaned[-1], "", heading_map, ACTION_HEADINGS))
    if not used:
        hint = msg('write Title, Date and Place above the columns, or map them: --map "Event=title"')
        raise SheetError(msg("no sheet has a column for the title of actions"), hint)
    month_first = month_comes_first(row.cell(name) for one in used for row in one.rows for name in ("when", "end"))
    names = {normalize_name(name) for one in used for name in (*one.headings.values(), *one.other_headings)}
    is_complete = not any("reason" in one.fields for one in used)
    result = ReadDelivery(cleaned, names, month_first, is_complete, notes=notes, dropped=dropped)
    reader = _RowReader(plan, wave, source, result, year)
    for one in used:
        result.heading_rows[one.name] = one.heading_row
        _note_other_columns(one, dropped, notes)
        _note_unclear_figures(one, heading_map, notes)
        for row in one.rows:
            reader.read(row)
    if not result.rows:
        raise SheetError(msg("there is no action below the headings"), msg("fill in a row for each action"))
    return result


def _note_other_columns(table: MappedTable, dropped: Container[str], notes: list[Problem]) -> None:
    """Note the unknown columns, but for those that lost contact data: ``dropped`` has their headings."""
    others = [heading for heading in table.other_headings if _without_contact(heading) not in dropped]
    if others:
        message = msg("unknown columns are left out: {names}", names=[*map(quoted, others)])
        hint = msg('to use one of them, map it: --map "{heading}=note"', heading=others[0])
        notes.append(Problem(message, hint, is_note=True, sheet=table.name, row=table.heading_row))


_PEOPLE_LABELS = frozenset(normalize_name(ACTION_HEADINGS.label("people", language)) for language in UI_LANGUAGES)


def _note_unclear_figures(table: MappedTable, heading_map: Mapping[str, str], notes: list[Problem]) -> None:
    """Note a heading such as "Participants", which may be of the people who came or of those who were expected."""
    heading = next((heading for column, heading in table.headings.items() if column.field == "people"), "")
    if heading and normalize_name(heading) not in {*_PEOPLE_LABELS, *heading_map}:
        message = msg("{heading} is read as the people who came", heading=quoted(heading))
        hint = msg(
            'if these are the people who were expected, add --map "{heading}=expected"; if not, --map '
            '"{heading}=people" confirms it',
            heading=heading,
        )
        notes.append(Problem(message, hint, is_note=True, sheet=table.name, row=table.heading_row))


# -- contact data


def _without_contact(heading: str) -> str:
    return " ".join(remove_contacts(heading)[0].split())


def _without_contacts(
    table: SheetTable, mapped: MappedTable, heading_map: Mapping[str, str], dropped: Counter[str]
) -> SheetTable:
    """Return a table without contact data, and count these by heading; the same table if there are none."""
    headings = next(row for row in table.rows if row.number == mapped.heading_row)
    columns = match_columns([cell.text for cell in headings.cells], "", heading_map, ACTION_HEADINGS)
    figures = {index for index, column in columns.items() if column.field in _FIGURES}
    rows = []
    for row in table.rows:
        indexes = [index for index, cell in enumerate(row.cells) if index not in figures or "@" in cell.text]
        if may_hold_contacts("\n".join(row.cells[index].text for index in indexes)):
            cells = list(row.cells)
            for index in indexes:
                text, count = remove_contacts(cells[index].text) if cells[index].day is None else ("", 0)
                if count:
                    cells[index] = cells[index]._replace(text=text)
                    heading = headings.cells[index].text if index < len(headings.cells) else ""
                    dropped[_without_contact(heading)] += count
            row = row._replace(cells=cells) if cells != row.cells else row
        rows.append(row)
    is_same = all(new is old for new, old in zip(rows, table.rows, strict=True))
    return table if is_same else table._replace(rows=rows)


# -- rows


class _RowReader:
    """Reads the rows of a delivery into its result. Each text, date and place is read once."""

    def __init__(self, plan: Plan, wave: str, source: Source, result: ReadDelivery, year: int | None) -> None:
        self._source, self._result, self._given_year = source, result, year
        self._year = single_year(plan, wave) if year is None else year
        stated = {"day-month": False, "month-day": True}.get(source.dates or "")
        self._month_first = result.month_first if stated is None else stated
        moments = plan.waves[wave].moments
        self._readers: Mapping[str, Callable[[str], str | None]] = {
            **_READERS,
            "moment": _id_reader(ids_by_name((moment.id, [moment.title]) for moment in moments)),
            "priority": _id_reader(ids_by_name((id_, [text]) for id_, text in plan.programme.priorities.items())),
            "actor": _id_reader(ids_by_name(actor_names(plan).get(wave, ()))),
        }
        self._values: dict[tuple[str, str], str | None] = {}
        self._dates: dict[object, CellDate | InvalidCell] = {}

    def read(self, row: MappedRow) -> None:
        """Add a row to the result."""
        number = len(self._result.rows)
        self._result.keys.append((row.sheet, row.number))
        problems = [
            row.problem(*cell.error, column) for column, cell in row.cells.items() if cell.error and column != _REASON
        ]
        cells: dict[str, str] = {}
        for column, cell in row.cells.items():
            if column.field in self._readers and not cell.empty and not cell.error:
                cells[column.field] = self._value(row, column, cell)
        problems += [*self._read_place(row, cells), *self._read_when(row, cells)]
        if not cells.get("title"):
            problems.append(row.problem(msg("the row has no title"), msg("write a title, or empty the row")))
        self._tidy(row, cells)
        filled = {column: text for column, text in cells.items() if text}
        if problems:
            self._result.problems[number] = problems
        problem = problems[0].message if problems else None
        self._result.rows.append(DeliveredRow(number, filled, problem, self._source.defaults))

    def _value(self, row: MappedRow, column: SheetColumn, cell: SheetCell) -> str:
        """Return the text of a cell for the register; "" for one that cannot be read, which is counted."""
        key = (column.field, cell.text)
        if key not in self._values:
            text = " ".join(clean_text(cell.text).split())
            self._values[key] = "" if means_nothing(text) else self._readers[column.field](text)
        value = self._values[key]
        if value is None:
            self._leave_out(row, column.field)
        if has_lost_letters(cell.text):
            message = msg("letters were lost before this file was saved: {text}", text=quoted(cell.text[:40]))
            hint = msg("save the table again from its source as .xlsx, or as CSV in UTF-8, and import that")
            self._result.notes.append(row.problem(message, hint, column, is_note=True))
        return value or ""

    def _leave_out(self, row: MappedRow, field_name: str, text: str = "") -> None:
        column = SheetColumn(field_name)
        self._result.left_out[row.headings.get(column, ""), text or row.cell(field_name).text.strip()] += 1

    def _tidy(self, row: MappedRow, cells: dict[str, str]) -> None:
        """Leave out the coordinates 0, 0 and the names of persons."""
        if {cells.get("lat"), cells.get("lon")} == {"0"}:
            self._leave_out(row, "lat", "0, 0")
            cells["lat"] = cells["lon"] = ""
        if cells.get("organiser_type") == "person" and cells.get("organiser"):
            self._result.dropped[row.headings[SheetColumn("organiser")]] += 1
            cells["organiser"] = cells["actor"] = ""

    def _read_place(self, row: MappedRow, cells: dict[str, str]) -> Iterator[Problem]:
        """Add the place, its country and whether it is online; yield a problem with a country that is not known."""
        stated, place = (
            row.cell("country").text,
            split_place(row.cell("place").text, country_code(row.cell("country").text)),
        )
        where = {} if means_nothing(stated) else read_country(stated)
        if isinstance(where, InvalidCell):
            yield row.problem(*where, SheetColumn("country"))
            where = {}
        is_town = bool(where.get("country") and place.countries and not place.name)  # Luxembourg
        cells["place"] = " ".join(clean_text(row.cell("place").text if is_town else place.name).split())
        cells["country"] = str(where.get("country", "")) or (place.countries[0] if place.countries else "")
        online = read_online(row.cell("online"))
        if isinstance(online, InvalidCell):
            self._leave_out(row, "online")
            online = None
        is_online = True if place.online or where.get("online") else online
        cells["online"] = cell_text(is_online)

    def _read_when(self, row: MappedRow, cells: dict[str, str]) -> Iterator[Problem]:
        """Add the date; yield a problem with one that cannot be read."""
        parts = {name: row.cell(name) for name in _DATE_FIELDS}
        if any(cell.error for cell in parts.values()):
            return
        if parts["when"].empty or means_nothing(parts["when"].text):
            cells["when"] = "" if parts["when"].empty else "unknown"
            for name in ("time", "end", "end_time"):
                if not means_nothing(parts[name].text):
                    self._leave_out(row, name)
            return
        found = self._date(parts, cells["country"])
        if isinstance(found, InvalidCell) and not parts["timezone"].empty:
            found = self._date({**parts, "timezone": BLANK_CELL}, cells["country"])
            if isinstance(found, CellDate):
                self._leave_out(row, "timezone")
        if isinstance(found, InvalidCell):
            yield row.problem(*found, SheetColumn("when"))
            return
        for note in found.notes:
            if self._given_year is not None and note.text == YEAR_ASSUMED:
                continue
            self._result.notes.append(row.problem(note, None, SheetColumn("when"), is_note=True))
        cells["when"] = _with_offset(found.when.text, found.timezone) if found.timezone else found.when.text

    def _date(self, parts: Mapping[str, SheetCell], country: str) -> CellDate | InvalidCell:
        key = (country, *parts.values())
        if key not in self._dates:
            self._dates[key] = read_date(parts, None, year=self._year, month_first=self._month_first, country=country)
        return self._dates[key]


def _with_offset(when: str, zone: str) -> str:
    """Return a date whose hours have the offset of a zone from UTC."""

    def with_offset(match: re.Match[str]) -> str:
        aware = localize(datetime.fromisoformat(match[0]), zone)
        return aware.isoformat(timespec="minutes") if aware else match[0]

    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?![:\d+Z-])", with_offset, when)


# -- values


def _id_reader(ids: Mapping[str, str]) -> Callable[[str], str | None]:
    return lambda text: ids.get(normalize_name(text))


def _word_reader(choices: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        value = read_choice(choices, text)
        return None if isinstance(value, InvalidCell) else value

    return read


def _read_disclosure(text: str) -> str | None:
    value = read_choice("publish", text)
    if isinstance(value, str):
        return value
    flag = read_flag(text)
    return None if isinstance(flag, InvalidCell) else "full" if flag else "no"


def _read_language(text: str) -> str | None:
    return language_codes_by_name().get(normalize_name(text)) or _valid("language", text)


def _valid(column: str, text: str) -> str | None:
    """Return the text of a value as the register has it; None if it is not a value of the column."""
    try:
        return cell_text(parse_cell(column, text))
    except ValidationError:
        return None


def _value_reader(column: str) -> Callable[[str], str | None]:
    return lambda text: _valid(column, text)


def _read_url(text: str) -> str | None:
    return _valid("url", text if "://" in text or "." not in text else f"https://{text}")


def _read_hashtags(text: str) -> str | None:
    words = re.split(r"[\s,;]+", text.strip(" ,;"))
    return _valid("hashtags", " ".join(f"#{word.removeprefix('#')}" for word in words))


_DEGREES = re.compile(
    r"""(?P<degrees>[+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*
    (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′]\s*)?
    (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["”″]|''|’’)?(?P<part>\d*)\s*)?(?P<side>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
"""Degrees: -33.9249, 33,9249° S, 41°42'23"04 N; the figures after the sign of seconds are a part of a second."""


def _coordinate_reader(column: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        match = _DEGREES.fullmatch(text.strip())
        if match is None or (match["minutes"] is None and match["seconds"] is not None):
            return None
        degrees, minutes, seconds = (
            float((match[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
        )
        seconds += float(f"0.{match['part'] or 0}")
        size = abs(degrees) + minutes / 60 + seconds / 3600
        is_negative = match["degrees"].startswith("-") or (match["side"] or "").upper() in ("S", "W", "O")
        return _valid(column, cell_text(-size if is_negative else size))

    return read


def _read_text(text: str) -> str:
    return cell_text(text)


_TEXT_FIELDS = ("title", "organiser", "expected", "people", "outcome", "evidence", "note", "source_id")
_READERS: Mapping[str, Callable[[str], str | None]] = {
    **dict.fromkeys(_TEXT_FIELDS, _read_text),
    "kind": _word_reader("action_kind"),
    "organiser_type": _word_reader("organiser_type"),
    "status": _word_reader("status"),
    "publish": _read_disclosure,
    "language": _read_language,
    "url": _read_url,
    "hashtags": _read_hashtags,
    "lat": _coordinate_reader("lat"),
    "lon": _coordinate_reader("lon"),
    "people_low": _value_reader("people_low"),
    "people_high": _value_reader("people_high"),
    "reported": _value_reader("reported"),
}
"""The functions that read the text of a cell, by field; each returns the text for the register, or None."""
_REASON = SheetColumn("reason")
