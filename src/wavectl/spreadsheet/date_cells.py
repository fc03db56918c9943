"""What a date cell means, held against the date in the plan: a spreadsheet that makes a day of a month changes nothing.

``septembre 2017`` becomes the first of September in Excel, shown as ``sept-17``: a vague date stays as vague as it was,
unless somebody typed another day.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from wavectl.dates import edtf, parser
from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.diagnostics import Message, msg, quoted
from wavectl.spreadsheet.table import InvalidCell, SheetCell, ShownPrecision


class CellDate(NamedTuple):
    """The date that a cell means, with what there is to say of it. ``repeat`` is the rule of a day of each year."""

    when: When
    notes: tuple[Message, ...] = ()
    repeat: str | None = None


_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?(\.0+)?$")
_MONTH_NAME = r"[^\W\d_]{3,10}\.?"
_SPREADSHEET_DATE = re.compile(
    rf"\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}|\d{{1,2}}-{_MONTH_NAME}-\d{{2,4}}|{_MONTH_NAME}-\d{{2,4}}|\d{{1,2}}/\d{{4}}"
)
"""Dates as spreadsheets write them: 01/09/2017, 2017-09-01, 1-Sep-17, sept-17."""
_AMBIGUOUS_DAY_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})")
_EXCEL_EPOCH = date(1899, 12, 30)
"""The day 0 of Excel, which takes 2017 in a date cell for the 2017th day after it."""


def read_date_cell(
    cell: SheetCell, current: When | None, *, year: int | None = None, accept_dates: bool = False
) -> CellDate | InvalidCell:
    """Return the date that a cell means, where the plan has ``present``; ``year`` is for dates that name none.

    With ``accept``, a day that a spreadsheet may have made of something vaguer counts as it stands.
    """
    first = current.earliest if current else None
    found = _read_day(cell, cell.day) if cell.day else _read_words(cell.text, first.year if first else year)
    if isinstance(found, InvalidCell) or current is None or current.start is None:
        return found
    if found.when == current or (cell.day and current.text == f"{cell.day:%Y-%m-%d}"):
        return CellDate(current)
    turned = _swap_day_and_month(cell.text)
    if turned and turned.when.earliest == first and found.when.earliest != first:
        found = turned  # the program that wrote it puts the month first
        if turned.when == current:
            return CellDate(current)
    rewritten = cell.day is not None or _SPREADSHEET_DATE.fullmatch(_MIDNIGHT.sub("", cell.text.strip()))
    return _keep_vague_date(cell, found, current) if rewritten and not accept_dates and not current.is_exact else found


def _read_day(cell: SheetCell, day: datetime) -> CellDate | InvalidCell:
    """Return the date of a date cell: as much of its day as it shows."""
    length = {ShownPrecision.YEAR: 4, ShownPrecision.MONTH: 7, ShownPrecision.DAY: 10, ShownPrecision.TIME: 16}[
        cell.shown_precision
    ]
    try:
        when = edtf.parse(f"{day:%Y-%m-%dT%H:%M}"[:length])
    except edtf.DateError as error:
        return InvalidCell(error.message, error.hint or msg("write 2017-11-02, or 2 November 2017"))
    if cell.shown_precision in (ShownPrecision.DAY, ShownPrecision.TIME):
        return CellDate(when)
    return CellDate(when, (msg("the cell holds a day and shows less: {date} is taken", date=when.text),))


def _read_words(text: str, year: int | None) -> CellDate | InvalidCell:
    bare = _MIDNIGHT.sub("", " ".join(text.split()))
    try:
        reading = parser.parse_date(bare, default_year=year)
    except parser.DatePhraseError as error:
        put_off = msg("leave the date that was planned, and choose the word in the column for the status")
        return InvalidCell(error.message, put_off if error.hint.text == parser.POSTPONED_HINT else error.hint)
    if reading.repeat and reading.edtf == "unknown":
        return InvalidCell(
            msg("{words} has no year", words=quoted(bare)),
            msg("write the year as well, for example 2017-11-02"),
        )
    return CellDate(edtf.parse(reading.edtf), reading.doubts, reading.repeat)


def _swap_day_and_month(text: str) -> CellDate | None:
    """Return the date of digits that may be month and day, where they are read as day and month; None for others."""
    match = _AMBIGUOUS_DAY_MONTH.fullmatch(_MIDNIGHT.sub("", text.strip()))
    found = _read_words(f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}", None) if match else None
    return found if isinstance(found, CellDate) else None


def _keep_vague_date(cell: SheetCell, cell_date: CellDate, current: When) -> CellDate:
    """Return the date of a cell that a spreadsheet may have rewritten, where the plan has a vague one."""
    when = cell_date.when
    shown = cell.text if cell.day is None else when.text
    serial = cell.day is not None and (cell.day.date() - _EXCEL_EPOCH).days == _year_only(current)
    if serial or when.earliest == current.earliest:
        note = msg(
            "{shown} may be what the spreadsheet made of {date}, which stays; --accept-dates takes the new one",
            shown=quoted(shown),
            date=current.text,
        )
        return CellDate(current, (note,))
    if when.precision is Precision.DAY and when.form is DateForm.SINGLE and when.earliest and when.earliest.day == 1:
        month = edtf.parse(when.text[:7])
        note = msg(
            "{shown} may be what the spreadsheet made of {date}, which is taken; --accept-dates takes the day",
            shown=quoted(shown),
            date=month.text,
        )
        return CellDate(month, (*cell_date.notes, note))
    return cell_date


def _year_only(when: When) -> int | None:
    """Return the number of a date that is a year; None for all others."""
    return when.start.first.year if when.start and when.precision is Precision.YEAR else None
