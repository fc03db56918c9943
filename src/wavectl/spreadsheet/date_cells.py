"""Read date cells, and compare them with the date in the plan.

Excel turns ``septembre 2017`` into the first of September, shown as ``sept-17``. So a vague date of the plan stays as
it is, unless another day was typed.
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
    """The date in a cell, and notes about it. ``repeat`` is the repetition rule of a day of every year."""

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
"""Day 0 of Excel: 2017 typed into a date cell becomes the 2017th day after it."""


def read_date_cell(
    cell: SheetCell, current: When | None, *, year: int | None = None, accept_dates: bool = False
) -> CellDate | InvalidCell:
    """Return the date in a cell. ``current`` is the date in the plan; ``year`` is for dates without one.

    With ``accept_dates``, a day counts even if a spreadsheet may have made it from a vaguer date.
    """
    first = current.earliest if current else None
    found = _read_day(cell, cell.day) if cell.day else _read_words(cell.text, first.year if first else year)
    if isinstance(found, InvalidCell) or current is None or current.start is None:
        return found
    if found.when == current or (cell.day and current.text == f"{cell.day:%Y-%m-%d}"):
        return CellDate(current)
    swapped = _swap_day_and_month(cell.text)
    if swapped and swapped.when.earliest == first and found.when.earliest != first:
        found = swapped  # the spreadsheet writes the month first
        if swapped.when == current:
            return CellDate(current)
    rewritten = cell.day is not None or _SPREADSHEET_DATE.fullmatch(_MIDNIGHT.sub("", cell.text.strip()))
    return _keep_vague_date(cell, found, current) if rewritten and not accept_dates and not current.is_exact else found


def _read_day(cell: SheetCell, day: datetime) -> CellDate | InvalidCell:
    """Return the date of a date cell, only as exact as the cell shows it."""
    length = {ShownPrecision.YEAR: 4, ShownPrecision.MONTH: 7, ShownPrecision.DAY: 10, ShownPrecision.TIME: 16}[
        cell.shown_precision
    ]
    try:
        when = edtf.parse(f"{day:%Y-%m-%dT%H:%M}"[:length])
    except edtf.DateError as error:
        return InvalidCell(error.message, error.hint or msg("write 2017-11-02, or 2 November 2017"))
    if cell.shown_precision in (ShownPrecision.DAY, ShownPrecision.TIME):
        return CellDate(when)
    return CellDate(when, (msg("the cell holds a day but shows less, so {date} is used", date=when.text),))


def _read_words(text: str, year: int | None) -> CellDate | InvalidCell:
    bare = _MIDNIGHT.sub("", " ".join(text.split()))
    try:
        reading = parser.parse_date(bare, default_year=year)
    except parser.DatePhraseError as error:
        hint = msg("keep the planned date, and choose the status in its own column")
        return InvalidCell(error.message, hint if error.hint.text == parser.POSTPONED_HINT else error.hint)
    if reading.repeat and reading.edtf == "unknown":
        return InvalidCell(
            msg("{words} has no year", words=quoted(bare)),
            msg("add the year, for example 2017-11-02"),
        )
    return CellDate(edtf.parse(reading.edtf), reading.doubts, reading.repeat)


def _swap_day_and_month(text: str) -> CellDate | None:
    """Return the date of a text such as 9/1/2017 with month and day swapped; None for other texts."""
    match = _AMBIGUOUS_DAY_MONTH.fullmatch(_MIDNIGHT.sub("", text.strip()))
    found = _read_words(f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}", None) if match else None
    return found if isinstance(found, CellDate) else None


def _keep_vague_date(cell: SheetCell, cell_date: CellDate, current: When) -> CellDate:
    """Return the date of a cell that a spreadsheet may have rewritten, for a vague date in the plan."""
    when = cell_date.when
    shown = cell.text if cell.day is None else when.text
    serial = cell.day is not None and (cell.day.date() - _EXCEL_EPOCH).days == _year_only(current)
    if serial or when.earliest == current.earliest:
        note = msg(
            "{date} stays, because the spreadsheet may have turned it into {shown}; --accept-dates takes the new date",
            shown=quoted(shown),
            date=current.text,
        )
        return CellDate(current, (note,))
    if when.precision is Precision.DAY and when.form is DateForm.SINGLE and when.earliest and when.earliest.day == 1:
        month = edtf.parse(when.text[:7])
        note = msg(
            "{date} is used, because the spreadsheet may have turned it into {shown}; --accept-dates takes the day",
            shown=quoted(shown),
            date=month.text,
        )
        return CellDate(month, (*cell_date.notes, note))
    return cell_date


def _year_only(when: When) -> int | None:
    """Return the year of a date that is only a year, else None."""
    return when.start.first.year if when.start and when.precision is Precision.YEAR else None
