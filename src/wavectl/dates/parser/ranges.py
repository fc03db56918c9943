"""From a date in words with its year to EDTF: the first and the last part of what it names."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from wavectl.dates import edtf
from wavectl.dates.parser.errors import DatePhraseError
from wavectl.dates.parser.phrase import PartialDate
from wavectl.diagnostics import msg, quoted

_FIRST_SEMESTER = 40  # the number of the first half of a year in EDTF; the smaller ones have three months
_YEAR_PORTIONS = ((1, 3), (5, 8), (10, 12))
"""The months of "early", "mid" and "late" in a year; those of shorter stretches are its thirds."""


def edtf_bounds(partial: PartialDate) -> tuple[str, str]:
    """Return the EDTF of the first and of the last part of a date; they are the same for what has a form of its own.

    Raise ``edtf.DateError`` or ``WordsError`` for a day that the calendar lacks.
    """
    if partial.weekend:
        saturday = find_saturday(partial)[0]
        return saturday.isoformat(), (saturday + timedelta(1)).isoformat()
    if partial.nth:
        text = weekday_of_month(partial).isoformat()
    elif partial.day_range is not None:
        return _day_range_bounds(partial, *partial.day_range)
    elif partial.portion is not None:
        return _portion_bounds(partial, partial.portion)
    elif partial.year_part:
        text = f"{partial.year:04}-{partial.year_part}"
    elif partial.day is not None:
        text = f"{partial.year:04}-{partial.month:02}-{partial.day:02}"
        if partial.week:
            return _week_bounds(first_day(text))
    else:
        text = f"{partial.year:04}-{partial.month:02}" if partial.month else f"{partial.year:04}"
    return text, text


def find_saturday(partial: PartialDate) -> tuple[date, bool]:
    """Return the Saturday of a weekend, and whether it is sure: no other one lies only half in its month.

    The first, second, … and last are those that lie in their month as a whole.
    """
    if partial.day is not None:
        day = first_day(f"{partial.year:04}-{partial.month:02}-{partial.day:02}")
        return day + timedelta(5 - day.weekday()), day.weekday() in (5, 6)
    saturday = weekday_of_month(partial)
    sunday = weekday_of_month(partial._replace(weekday=6))
    if sunday - saturday == timedelta(1):
        return saturday, True
    return (saturday if partial.nth > 0 else sunday - timedelta(1)), False


def weekday_of_month(partial: PartialDate) -> date:
    """Return the first, second, … or last (-1) of a weekday in its month."""
    year, month = partial.year or 0, partial.month or 0
    first = first_day(f"{year:04}-{month:02}")
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if (first + timedelta(day - 1)).weekday() == partial.weekday]
    if partial.nth > len(days):
        raise DatePhraseError(
            msg(
                "{words} is in no calendar: that month has {count} of them", words=quoted(partial.text), count=len(days)
            ),
            msg("write the day itself, for example 2017-11-02"),
            partial.text,
        )
    return date(year, month, days[partial.nth - 1 if partial.nth > 0 else partial.nth])


def first_day(text: str) -> date:
    """Return the first day of a date in EDTF."""
    point = edtf.parse(text).start
    assert point is not None  # noqa: S101 - only an unknown date has none
    return point.first


def _day_range_bounds(partial: PartialDate, first: int, last: int) -> tuple[str, str]:
    month = f"{partial.year:04}-{partial.month:02}"
    length = monthrange(first_day(month).year, partial.month or 1)[1]
    first, last = (day if day > 0 else length + 1 + day for day in (first, last))
    return f"{month}-{first:02}", f"{month}-{min(last, length):02}"


def _week_bounds(day: date) -> tuple[str, str]:
    monday = day - timedelta(day.weekday())
    return monday.isoformat(), (monday + timedelta(6)).isoformat()


def _portion_bounds(partial: PartialDate, portion: int) -> tuple[str, str]:
    """Return the months at the beginning, in the middle or at the end of a year or of a part of it."""
    if not partial.year_part:
        opening, closing = _YEAR_PORTIONS[portion]
        return f"{partial.year:04}-{opening:02}", f"{partial.year:04}-{closing:02}"
    first, months = (
        first_day(f"{partial.year:04}-{partial.year_part}"),
        2 if partial.year_part >= _FIRST_SEMESTER else 1,
    )
    number = 12 * first.year + first.month - 1 + portion * months
    texts = [f"{number // 12:04}-{number % 12 + 1:02}" for number in (number, number + months - 1)]
    return texts[0], texts[1]
