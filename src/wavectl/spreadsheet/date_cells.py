"""Read dates from cells: one cell, or a start and an end, days and hours in columns of their own.

A spreadsheet may have rewritten a vague date as a day. The order of day and month comes from the whole column.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from wavectl.dates import edtf, parser
from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.dates.timezones import parse_offset, zone_hint, zone_names, zones_in_country
from wavectl.diagnostics import Message, msg, quoted
from wavectl.spreadsheet.cell_values import means_nothing, read_flag
from wavectl.spreadsheet.reader import BLANK_CELL, InvalidCell, SheetCell, ShownPrecision


class CellDate(NamedTuple):
    """The date in a cell, and notes about it.

    ``repeat`` is the repetition rule of a day of every year, ``timezone`` the time zone that the row names.
    """

    when: When
    notes: tuple[Message, ...] = ()
    repeat: str | None = None
    timezone: str | None = None


_DAY_AT_MIDNIGHT = re.compile(r"(\d{1,4}([-/.])\d{1,2}\2\d{1,4})(?: 0?0:00(?::00(?:\.0+)?)?|T00:00:00(?:\.0+)?)")
"""A cell that is wholly one date and midnight: a day, as programs write it."""
_MONTH_NAME = r"[^\W\d_]{3,10}\.?"
_SPREADSHEET_DATE = re.compile(
    rf"\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}|\d{{1,2}}-{_MONTH_NAME}-\d{{2,4}}|{_MONTH_NAME}-\d{{2,4}}|\d{{1,2}}/\d{{4}}"
)
"""Dates as spreadsheets write them: 01/09/2017, 2017-09-01, 1-Sep-17, sept-17."""
_AMBIGUOUS_DAY_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})")
_SECONDS = re.compile(r"\b(\d{1,2}:\d{2}):00(?=\s*[ap]\.?\s?m\b)", re.IGNORECASE)
"""A time as Outlook writes it: 10:00:00 AM."""
_EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel: 2017 typed into a date cell becomes the 2017th day after it."""


def read_date(
    cells: Mapping[str, SheetCell],
    current: When | None,
    *,
    year: int | None = None,
    month_first: bool | None = None,
    accept_dates: bool = False,
    country: str = "",
) -> CellDate | InvalidCell:
    """Return the date of a row by its cells: ``when`` and ``DATE_PARTS``.

    ``current`` is the date in the plan; ``year`` is for dates without one. ``month_first`` is the order of day and
    month in the column (see ``month_comes_first``). With ``accept_dates``, a day counts even if a spreadsheet may have
    made it from a vaguer date. ``country`` (ISO 3166-1) is where it takes place, for abbreviations of time zones.
    """
    if has_date_parts(cells):
        found = read_date_parts(cells, year=year, month_first=month_first)
    else:
        found = read_date_cell(cells["when"], current, year=year, month_first=month_first, accept_dates=accept_dates)
    return found if isinstance(found, InvalidCell) else _with_timezone(found, cells["timezone"], country)


def read_date_cell(
    cell: SheetCell,
    current: When | None,
    *,
    year: int | None = None,
    month_first: bool | None = None,
    accept_dates: bool = False,
) -> CellDate | InvalidCell:
    """Return the date in a cell; see ``read_date``."""
    first = current.earliest if current else None
    found = _read_cell(cell, first.year if first else year, month_first)
    if isinstance(found, InvalidCell) or current is None or current.start is None:
        return found
    if found.when == current or (cell.day and current.text == f"{cell.day:%Y-%m-%d}"):
        return CellDate(current)
    swapped = _swap_day_and_month(cell.text) if month_first is None else None
    if swapped and swapped.when.earliest == first and found.when.earliest != first:
        found = swapped  # the spreadsheet writes the month first
        if swapped.when == current:
            return CellDate(current)
    rewritten = cell.day is not None or _SPREADSHEET_DATE.fullmatch(_without_midnight(cell.text))
    may_be_rewritten = not (current.is_exact or current.choices or current.form is DateForm.UNTIL)
    return _keep_vague_date(cell, found, current) if rewritten and may_be_rewritten and not accept_dates else found


def _read_cell(cell: SheetCell, year: int | None, month_first: bool | None) -> CellDate | InvalidCell:
    return _read_day(cell, cell.day) if cell.day else _read_words(_with_order(cell.text, month_first), year)


def _without_midnight(text: str) -> str:
    """Return the text of a cell without the midnight that programs add to a day."""
    words = " ".join(text.split())
    match = _DAY_AT_MIDNIGHT.fullmatch(words)
    return match[1] if match else words


def _read_day(cell: SheetCell, day: datetime) -> CellDate | InvalidCell:
    try:
        when = edtf.parse(f"{day:%Y-%m-%dT%H:%M}"[: cell.shown_precision])
    except edtf.DateError as error:
        return InvalidCell(error.message, error.hint or msg("write 2017-11-02, or 2 November 2017"))
    if cell.shown_precision >= ShownPrecision.DAY:
        return CellDate(when)
    return CellDate(when, (msg("the cell holds a day but shows less, so {date} is used", date=when),))


def _read_words(text: str, year: int | None) -> CellDate | InvalidCell:
    bare = _SECONDS.sub(r"\1", _without_midnight(text))
    try:
        reading = parser.parse_date(bare, default_year=year)
    except parser.DatePhraseError as error:
        hint = msg("keep the planned date, and choose the status in its own column")
        return InvalidCell(error.message, hint if error.hint.text == parser.POSTPONED_HINT else error.hint)
    if reading.repeat and reading.edtf == "unknown":
        hint = msg("add the year, for example 2017-11-02")
        if any(doubt.text == parser.NO_FIRST_YEAR for doubt in reading.doubts):
            hint = msg("say when it is first: 22 March 2027, every year")
        return InvalidCell(msg(parser.NO_YEAR, words=quoted(bare)), hint)
    return CellDate(edtf.parse(reading.edtf), reading.doubts, reading.repeat)


def _swap_day_and_month(text: str) -> CellDate | None:
    """Return the date of a text such as 9/1/2017 with month and day swapped; None for other texts."""
    match = _AMBIGUOUS_DAY_MONTH.fullmatch(_without_midnight(text))
    found = _read_words(f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}", None) if match else None
    return found if isinstance(found, CellDate) else None


def _keep_vague_date(cell: SheetCell, cell_date: CellDate, current: When) -> CellDate:
    """Return the date of a cell that a spreadsheet may have rewritten, for a vague date in the plan."""
    when = cell_date.when
    shown = quoted(cell.text) if cell.day is None else when
    serial = (cell.day.date() - _EXCEL_EPOCH).days if cell.day else None
    year = current.start.first.year if current.start and current.precision is Precision.YEAR else None
    if when.earliest == current.earliest or (year and year == serial):
        note = msg(
            "{date} stays, because the spreadsheet may have turned it into {shown}; --accept-dates takes the new date",
            shown=shown,
            date=current,
        )
        return CellDate(current, (note,))
    if when.precision is Precision.DAY and when.form is DateForm.SINGLE and when.earliest and when.earliest.day == 1:
        month = edtf.parse(when.text[:7])
        note = msg(
            "{date} is used, because the spreadsheet may have turned it into {shown}; --accept-dates takes the day",
            shown=shown,
            date=month,
        )
        return CellDate(month, (*cell_date.notes, note))
    return cell_date


# -- the order of day and month

_NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.-])")


def month_comes_first(cells: Iterable[SheetCell]) -> bool | None:
    """Return the order of day and month in a column of dates such as 07/13/2026; None if no cell or both prove it."""
    orders = set()
    for cell in cells:
        for match in _NUMERIC_DATE.finditer(cell.text[: parser.MAX_LENGTH]):
            first, second = int(match[1]), int(match[3])
            if first <= 12 < second <= 31 or second <= 12 < first <= 31:
                orders.add(second > 12)
    return orders.pop() if len(orders) == 1 else None


def _with_order(text: str, month_first: bool | None) -> str:
    """Return a text whose numeric dates are in ISO 8601, by the order of day and month; as it is if that is unknown."""
    if month_first is None:
        return text

    def in_iso(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[3])
        month, day = (first, second) if month_first else (second, first)
        return f"{int(match[4]) + 2000 * (len(match[4]) == 2)}-{month:02}-{day:02}"

    return _NUMERIC_DATE.sub(in_iso, text)


# -- columns for start and end, days and hours


def has_date_parts(cells: Mapping[str, SheetCell]) -> bool:
    """Tell whether a row has days and hours of its date in several cells, by field."""
    parts = ("time", "end", "end_time") if cells["when"].empty else ("time", "end", "end_time", "all_day")
    return any(not cells[field].empty and not means_nothing(cells[field].text) for field in parts)


class _DateReader(NamedTuple):
    """Reads the parts of one date."""

    cells: Mapping[str, SheetCell]
    year: int | None
    month_first: bool | None

    def cell(self, field: str) -> SheetCell:
        return self.cells.get(field, BLANK_CELL)

    def end_point(self, day: SheetCell, clock: SheetCell) -> CellDate | InvalidCell:
        """Return a date with the hours of its own column."""
        if invalid := day.error or clock.error:
            return invalid
        found = _read_cell(day, self.year, self.month_first)
        if isinstance(found, InvalidCell) or clock.empty or means_nothing(clock.text):
            return found
        hours = f"{clock.text.strip()}:00" if clock.text.strip().isdecimal() else clock.text
        timed = _read_words(f"{found.when.text[:10]}, {hours}", None)
        if isinstance(timed, CellDate) and timed.when == found.when:  # the cell of the day has the hours too
            return found
        if found.when.form is not DateForm.SINGLE or found.when.precision is not Precision.DAY:
            message = msg(
                "{date} is not a single day, so it cannot have the hours {hours}",
                date=quoted(day.text),
                hours=quoted(clock.text),
            )
            return InvalidCell(message, msg("write the date and the hours into one cell, such as 2017-11-02T15:00"))
        return timed if isinstance(timed, InvalidCell) else timed._replace(notes=(*found.notes, *timed.notes))


def read_date_parts(
    cells: Mapping[str, SheetCell], *, year: int | None = None, month_first: bool | None = None
) -> CellDate | InvalidCell:
    """Return the date of a row with days and hours in several columns: ``when`` is the start.

    A day without hours that ends at midnight ends the day before, as calendars write it.
    """
    reader = _DateReader(cells, year, month_first)
    if reader.cell("when").empty:
        message = msg("the row has an end or hours, but no day to start")
        return InvalidCell(message, msg("write the first day into its column"))
    all_day = _is_all_day(reader)
    if isinstance(all_day, InvalidCell):
        return all_day
    start = reader.end_point(reader.cell("when"), BLANK_CELL if all_day else reader.cell("time"))
    if isinstance(start, InvalidCell):
        return start
    end = _read_end(reader, start, all_day)
    if isinstance(end, InvalidCell):
        return end
    return _join(start, end, all_day) if end else start


def _is_all_day(reader: _DateReader) -> bool | InvalidCell:
    """Tell whether the hours of a row do not count: it says so, or it lasts from midnight to midnight."""
    stated = reader.cell("all_day")
    if not stated.empty:
        return read_flag(stated.text)
    return _is_midnight(reader.cell("time")) and _is_midnight(reader.cell("end_time"))


def _is_midnight(clock: SheetCell) -> bool:
    return re.fullmatch(r"0?0[:h]00(:00)?|12:00(:00)? ?[Aa]\.? ?[Mm]\.?", clock.text.strip()) is not None


def _read_end(reader: _DateReader, start: CellDate, all_day: bool) -> CellDate | InvalidCell | None:
    day, clock = reader.cell("end"), BLANK_CELL if all_day else reader.cell("end_time")
    if day.empty and clock.empty:
        return None
    first = start.when.earliest
    reader = reader._replace(year=first.year if first else reader.year)
    if not day.empty:
        end = reader.end_point(day, clock)
        if isinstance(end, CellDate) and all_day and _is_midnight(reader.cell("end_time")):
            return _day_before(end, start)
        return end
    end = reader.end_point(SheetCell(start.when.text[:10]), clock)
    if isinstance(end, CellDate) and first and _clock(end.when) < _clock(start.when):  # past midnight
        return reader.end_point(SheetCell(f"{first + timedelta(days=1):%Y-%m-%d}"), clock)
    return end


def _clock(when: When) -> time:
    return (when.start and when.start.time_of_day) or time()


def _day_before(end: CellDate, start: CellDate) -> CellDate:
    """Return the last day of what ends at midnight; the day itself if the start is not before it."""
    last, first = end.when.earliest, start.when.earliest
    if last and first and first < last:
        return end._replace(when=edtf.parse(f"{last - timedelta(days=1):%Y-%m-%d}"))
    return end


def _join(start: CellDate, end: CellDate, all_day: bool) -> CellDate | InvalidCell:
    first, last = (edtf.parse(one.when.text[:10]) if all_day else one.when for one in (start, end))
    notes = (*start.notes, *end.notes)
    if first == last or (first.earliest == last.earliest and last.precision is Precision.DAY):
        return CellDate(first, notes)
    hint = msg("write the whole date into one cell, such as 2017-11-02/2017-11-03, and empty the cell of the end")
    if first.form is not DateForm.SINGLE or last.form is not DateForm.SINGLE:
        return InvalidCell(msg("the date is a range already, and has an end as well"), hint)
    if (first.precision is Precision.TIME) != (last.precision is Precision.TIME):
        return InvalidCell(msg("one end of the date has hours, the other has none"), hint)
    try:
        return CellDate(edtf.parse(f"{first.text}/{last.text}"), notes)
    except edtf.DateError as error:
        return InvalidCell(error.message, error.hint or hint)


def _with_timezone(found: CellDate, zone: SheetCell, country: str) -> CellDate | InvalidCell:
    """Return a date with the time zone of its own column, which only counts for hours."""
    if zone.error:
        return zone.error
    name = " ".join(zone.text.split())
    if not name or found.when.precision is not Precision.TIME:
        return found
    canonical = next((known for known in zone_names() if known.casefold() == name.replace(" ", "_").casefold()), None)
    if canonical and "/" in canonical:
        return found._replace(timezone=canonical)
    if offset := parse_offset(name):
        try:
            return found._replace(when=edtf.parse("/".join(f"{end}{offset}" for end in found.when.text.split("/"))))
        except edtf.DateError as error:
            return InvalidCell(error.message, error.hint or msg("write the offset from UTC, such as +02:00"))
    in_country = zones_in_country(name.upper(), country)
    if len(in_country) == 1:
        return found._replace(timezone=in_country[0])
    message = msg("{name} is not a time zone: the hours cannot be placed", name=quoted(name))
    of_country = zones_in_country("", country)
    example = of_country[0] if len(of_country) == 1 else "Africa/Nairobi"
    hint = msg("write the name of a zone, such as {zone}, or its offset, such as +03:00", zone=example)
    return InvalidCell(message, hint if len(of_country) == 1 else zone_hint(name, country) or hint)
