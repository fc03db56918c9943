"""Dates in digits: ``04/09/2017``, ``4.9.2017``, ``2017/09/04``, ``2017-09``, ``09/2017``, ``04/09``, ``20170904``."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.errors import DatePhraseError
from wavectl.dates.parser.phrase import PartialDate
from wavectl.diagnostics import Message, msg, quoted

_SEPARATORS = ("-", "/", ".")


def read_numeric_date(cursor: Cursor) -> PartialDate | None:
    """Read a date in digits; the day comes first where either order is possible, and ``order`` says so."""
    for form in (_read_year_first, _read_year_last, _read_without_year, _read_eight_digits):
        place = cursor.position
        found = form(cursor)
        if found is not None:
            return found
        cursor.go_back(place)
    return None


def _read_separator(cursor: Cursor, *marks: str) -> str:
    key = cursor.current.value
    return key if cursor.read_mark(*marks, adjacent=True) else ""


def _read_year_first(cursor: Cursor) -> PartialDate | None:
    year, mark = cursor.read_number(4), _read_separator(cursor, *_SEPARATORS)
    if year is None or year < 1000 or not mark:
        return None
    written = cursor.current.value
    month = cursor.read_number(1, 2)
    if month is None or (cursor.current.kind == "word" and cursor.current.adjacent):  # 2018-3T
        return None
    place = cursor.position
    if _read_separator(cursor, mark):
        day = cursor.read_number(1, 2)
        if day is not None:
            return _checked_date(cursor, day, month, year)
        cursor.go_back(place)
    if not 1 <= month <= 12:
        return None
    doubts: tuple[Message, ...] = ()
    if mark == "/" and len(written) == 2 and year % 100 < month:
        doubts = (msg("{words} may be a month or two years: the month is taken", words=quoted(f"{year}/{written}")),)
    return PartialDate(year=year, month=month, doubts=doubts)


def _read_year_last(cursor: Cursor) -> PartialDate | None:
    first, mark = cursor.read_number(1, 2), _read_separator(cursor, *_SEPARATORS)
    if first is None or not mark:
        return None
    second = cursor.read_number(1, 2)
    if second is None:
        year = cursor.read_number(4)
        return PartialDate(month=first, year=year) if year is not None and 1 <= first <= 12 else None
    if not _read_separator(cursor, mark):
        return None
    year = cursor.read_number(4, 2)
    return None if year is None else _with_day_month_order(cursor, first, second, year, mark)


def _read_without_year(cursor: Cursor) -> PartialDate | None:
    """Read "04/09" and "4.9."; before a month, "5/6" are two days."""
    first, mark = cursor.read_number(1, 2), _read_separator(cursor, "/", ".")
    second = cursor.read_number(1, 2) if first is not None and mark else None
    if first is None or second is None:
        return None
    if mark == ".":
        cursor.read_mark(".")
    place = cursor.position
    cursor.read_phrase(vocabulary.OF)
    if cursor.current.value in vocabulary.MONTHS:
        return None
    cursor.go_back(place)
    return _with_day_month_order(cursor, first, second, None, mark)


def _read_eight_digits(cursor: Cursor) -> PartialDate | None:
    number = cursor.read_number(8)
    if number is None:
        return None
    return _checked_date(cursor, number % 100, number // 100 % 100, number // 10_000)


def _checked_date(cursor: Cursor, day: int, month: int, year: int | None) -> PartialDate:
    if 1 <= day <= 31 and 1 <= month <= 12:
        return PartialDate(day=day, month=month, year=year)
    raise DatePhraseError(
        msg("{words} has no month from 1 to 12 or no day from 1 to 31", words=quoted(cursor.text.strip())),
        msg("write year-month-day: 2017-09-04"),
        cursor.text.strip(),
    )


def _with_day_month_order(cursor: Cursor, first: int, second: int, year: int | None, separator: str) -> PartialDate:
    """Return the date of two numbers, day and month or the other way round. With dots the day comes first."""
    if second > 12 and separator != ".":
        return _checked_date(cursor, second, first, year)._replace(day_month_order="month")
    order = "either" if separator != "." and first <= 12 and first != second else "day"
    return _checked_date(cursor, first, second, year)._replace(day_month_order=order)
