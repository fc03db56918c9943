"""From a date in words with its year to EDTF: the first and the last part of what it names."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from wavectl.dates import edtf
from wavectl.dates.parser.errors import WordsError
from wavectl.dates.parser.phrase import Piece
from wavectl.diagnostics import quoted, say

_SEMESTERS = 40  # the number of the first half of a year in EDTF; the smaller ones have three months
_SIDES_OF_YEAR = ((1, 3), (5, 8), (10, 12))
"""The months of "early", "mid" and "late" in a year; those of shorter stretches are its thirds."""


def stretch(one: Piece) -> tuple[str, str]:
    """Return the EDTF of the first and of the last part of a date; they are the same for what has a form of its own.

    Raise ``edtf.DateError`` or ``WordsError`` for a day that the calendar lacks.
    """
    if one.weekend:
        saturday = weekend(one)[0]
        return saturday.isoformat(), (saturday + timedelta(1)).isoformat()
    if one.nth:
        text = weekday_of_month(one).isoformat()
    elif one.days is not None:
        return _days_of_month(one, *one.days)
    elif one.side is not None:
        return _side(one, one.side)
    elif one.part:
        text = f"{one.year:04}-{one.part}"
    elif one.day is not None:
        text = f"{one.year:04}-{one.month:02}-{one.day:02}"
        if one.week:
            return _week(first_day(text))
    else:
        text = f"{one.year:04}-{one.month:02}" if one.month else f"{one.year:04}"
    return text, text


def weekend(one: Piece) -> tuple[date, bool]:
    """Return the Saturday of a weekend, and whether it is sure: no other one lies only half in its month.

    The first, second, … and last are those that lie in their month as a whole.
    """
    if one.day is not None:
        day = first_day(f"{one.year:04}-{one.month:02}-{one.day:02}")
        return day + timedelta(5 - day.weekday()), day.weekday() in (5, 6)
    saturday = weekday_of_month(one)
    sunday = weekday_of_month(one._replace(weekday=6))
    if sunday - saturday == timedelta(1):
        return saturday, True
    return (saturday if one.nth > 0 else sunday - timedelta(1)), False


def weekday_of_month(one: Piece) -> date:
    """Return the first, second, … or last (-1) of a weekday in its month."""
    year, month = one.year or 0, one.month or 0
    first = first_day(f"{year:04}-{month:02}")
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if (first + timedelta(day - 1)).weekday() == one.weekday]
    if one.nth > len(days):
        raise WordsError(
            say("{words} is in no calendar: that month has {count} of them", words=quoted(one.words), count=len(days)),
            say("write the day itself, for example 2017-11-02"),
            one.words,
        )
    return date(year, month, days[one.nth - 1 if one.nth > 0 else one.nth])


def first_day(text: str) -> date:
    """Return the first day of a date in EDTF."""
    point = edtf.parse(text).start
    assert point is not None  # noqa: S101 - only an unknown date has none
    return point.first


def _days_of_month(one: Piece, first: int, last: int) -> tuple[str, str]:
    month = f"{one.year:04}-{one.month:02}"
    length = monthrange(first_day(month).year, one.month or 1)[1]
    first, last = (day if day > 0 else length + 1 + day for day in (first, last))
    return f"{month}-{first:02}", f"{month}-{min(last, length):02}"


def _week(day: date) -> tuple[str, str]:
    monday = day - timedelta(day.weekday())
    return monday.isoformat(), (monday + timedelta(6)).isoformat()


def _side(one: Piece, side: int) -> tuple[str, str]:
    """Return the months at the beginning, in the middle or at the end of a year or of a part of it."""
    if not one.part:
        opening, closing = _SIDES_OF_YEAR[side]
        return f"{one.year:04}-{opening:02}", f"{one.year:04}-{closing:02}"
    first, months = first_day(f"{one.year:04}-{one.part}"), 2 if one.part >= _SEMESTERS else 1
    number = 12 * first.year + first.month - 1 + side * months
    texts = [f"{number // 12:04}-{number % 12 + 1:02}" for number in (number, number + months - 1)]
    return texts[0], texts[1]
