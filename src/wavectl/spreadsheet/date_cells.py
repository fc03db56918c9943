"""What a date cell means, held against the date in the plan: a spreadsheet that makes a day of a month changes nothing.

``septembre 2017`` becomes the first of September in Excel, shown as ``sept-17``: a vague date stays as vague as it was,
unless somebody typed another day.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from wavectl.dates import edtf, parser
from wavectl.dates.edtf import Form, Precision, When
from wavectl.diagnostics import Message, quoted, say
from wavectl.spreadsheet.table import Cell, Fault, Shows


class Taken(NamedTuple):
    """The date that a cell means, with what there is to say of it. ``repeat`` is the rule of a day of each year."""

    when: When
    notes: tuple[Message, ...] = ()
    repeat: str | None = None


_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?(\.0+)?$")
_LETTERS = r"[^\W\d_]{3,10}\.?"
_REWRITTEN = re.compile(
    rf"\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}|\d{{1,2}}-{_LETTERS}-\d{{2,4}}|{_LETTERS}-\d{{2,4}}|\d{{1,2}}/\d{{4}}"
)
"""Dates as spreadsheets write them: 01/09/2017, 2017-09-01, 1-Sep-17, sept-17."""
_EITHER = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})")
_SERIAL = date(1899, 12, 30)
"""The day 0 of Excel, which takes 2017 in a date cell for the 2017th day after it."""


def taken(cell: Cell, present: When | None, *, year: int | None = None, accept: bool = False) -> Taken | Fault:
    """Return the date that a cell means, where the plan has ``present``; ``year`` is for dates that name none.

    With ``accept``, a day that a spreadsheet may have made of something vaguer counts as it stands.
    """
    first = present.earliest if present else None
    found = _of_day(cell, cell.day) if cell.day else _of_words(cell.text, first.year if first else year)
    if isinstance(found, Fault) or present is None or present.start is None:
        return found
    if found.when == present or (cell.day and present.text == f"{cell.day:%Y-%m-%d}"):
        return Taken(present)
    turned = _turned(cell.text)
    if turned and turned.when.earliest == first and found.when.earliest != first:
        found = turned  # the program that wrote it puts the month first
        if turned.when == present:
            return Taken(present)
    rewritten = cell.day is not None or _REWRITTEN.fullmatch(_MIDNIGHT.sub("", cell.text.strip()))
    return _kept_vague(cell, found, present) if rewritten and not accept and not present.exact else found


def _of_day(cell: Cell, day: datetime) -> Taken | Fault:
    """Return the date of a date cell: as much of its day as it shows."""
    length = {Shows.YEAR: 4, Shows.MONTH: 7, Shows.DAY: 10, Shows.TIME: 16}[cell.shows]
    try:
        when = edtf.parse(f"{day:%Y-%m-%dT%H:%M}"[:length])
    except edtf.DateError as error:
        return Fault(error.message, error.hint or say("write 2017-11-02, or 2 November 2017"))
    if cell.shows in (Shows.DAY, Shows.TIME):
        return Taken(when)
    return Taken(when, (say("the cell holds a day and shows less: {date} is taken", date=when.text),))


def _of_words(text: str, year: int | None) -> Taken | Fault:
    bare = _MIDNIGHT.sub("", " ".join(text.split()))
    try:
        reading = parser.read(bare, year=year)
    except parser.WordsError as error:
        put_off = say("leave the date that was planned, and choose the word in the column for the status")
        return Fault(error.message, put_off if error.hint.text == parser.PUT_OFF else error.hint)
    if reading.repeat and reading.edtf == "unknown":
        return Fault(
            say("{words} does not say which year", words=quoted(bare)),
            say("write the year as well, for example 2017-11-02"),
        )
    return Taken(edtf.parse(reading.edtf), reading.doubts, reading.repeat)


def _turned(text: str) -> Taken | None:
    """Return the date of digits that may be month and day, where they are read as day and month; None for others."""
    match = _EITHER.fullmatch(_MIDNIGHT.sub("", text.strip()))
    found = _of_words(f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}", None) if match else None
    return found if isinstance(found, Taken) else None


def _kept_vague(cell: Cell, found: Taken, present: When) -> Taken:
    """Return the date of a cell that a spreadsheet may have rewritten, where the plan has a vague one."""
    when = found.when
    shown = cell.text if cell.day is None else when.text
    serial = cell.day is not None and (cell.day.date() - _SERIAL).days == _year(present)
    if serial or when.earliest == present.earliest:
        note = say(
            "{shown} may be what the spreadsheet made of {date}, which stays; --accept-dates takes the new one",
            shown=quoted(shown),
            date=present.text,
        )
        return Taken(present, (note,))
    if when.precision is Precision.DAY and when.form is Form.SINGLE and when.earliest and when.earliest.day == 1:
        month = edtf.parse(when.text[:7])
        note = say(
            "{shown} may be what the spreadsheet made of {date}, which is taken; --accept-dates takes the day",
            shown=quoted(shown),
            date=month.text,
        )
        return Taken(month, (*found.notes, note))
    return found


def _year(when: When) -> int | None:
    """Return the number of a date that is a year; None for all others."""
    return when.start.first.year if when.start and when.precision is Precision.YEAR else None
