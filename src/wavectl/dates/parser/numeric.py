"""Dates in digits: ``04/09/2017``, ``4.9.2017``, ``2017/09/04``, ``2017-09``, ``09/2017``, ``04/09``, ``20170904``."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.errors import WordsError
from wavectl.dates.parser.phrase import Piece
from wavectl.diagnostics import Message, quoted, say

_BETWEEN = ("-", "/", ".")


def in_numbers(cursor: Cursor) -> Piece | None:
    """Read a date in digits; the day comes first where either order is possible, and ``order`` says so."""
    for form in (_year_first, _year_last, _no_year, _together):
        place = cursor.at
        found = form(cursor)
        if found is not None:
            return found
        cursor.back(place)
    return None


def _separator(cursor: Cursor, *marks: str) -> str:
    key = cursor.now.key
    return key if cursor.mark(*marks, glued=True) else ""


def _year_first(cursor: Cursor) -> Piece | None:
    year, mark = cursor.number(4), _separator(cursor, *_BETWEEN)
    if year is None or year < 1000 or not mark:
        return None
    written = cursor.now.key
    month = cursor.number(1, 2)
    if month is None or (cursor.now.kind == "word" and cursor.now.glued):  # 2018-3T
        return None
    place = cursor.at
    if _separator(cursor, mark):
        day = cursor.number(1, 2)
        if day is not None:
            return _day(cursor, day, month, year)
        cursor.back(place)
    if not 1 <= month <= 12:
        return None
    doubts: tuple[Message, ...] = ()
    if mark == "/" and len(written) == 2 and year % 100 < month:
        doubts = (say("{words} may be a month or two years: the month is taken", words=quoted(f"{year}/{written}")),)
    return Piece(year=year, month=month, doubts=doubts)


def _year_last(cursor: Cursor) -> Piece | None:
    first, mark = cursor.number(1, 2), _separator(cursor, *_BETWEEN)
    if first is None or not mark:
        return None
    second = cursor.number(1, 2)
    if second is None:
        year = cursor.number(4)
        return Piece(month=first, year=year) if year is not None and 1 <= first <= 12 else None
    if not _separator(cursor, mark):
        return None
    year = cursor.number(4, 2)
    return None if year is None else _either(cursor, first, second, year, mark)


def _no_year(cursor: Cursor) -> Piece | None:
    """Read "04/09" and "4.9."; before a month, "5/6" are two days."""
    first, mark = cursor.number(1, 2), _separator(cursor, "/", ".")
    second = cursor.number(1, 2) if first is not None and mark else None
    if first is None or second is None:
        return None
    if mark == ".":
        cursor.mark(".")
    place = cursor.at
    cursor.phrase(vocabulary.OF)
    if cursor.now.key in vocabulary.MONTHS:
        return None
    cursor.back(place)
    return _either(cursor, first, second, None, mark)


def _together(cursor: Cursor) -> Piece | None:
    number = cursor.number(8)
    if number is None:
        return None
    return _day(cursor, number % 100, number // 100 % 100, number // 10_000)


def _day(cursor: Cursor, day: int, month: int, year: int | None) -> Piece:
    if 1 <= day <= 31 and 1 <= month <= 12:
        return Piece(day=day, month=month, year=year)
    raise WordsError(
        say("{words} has no month from 1 to 12 or no day from 1 to 31", words=quoted(cursor.text.strip())),
        say("write year-month-day: 2017-09-04"),
        cursor.text.strip(),
    )


def _either(cursor: Cursor, first: int, second: int, year: int | None, mark: str) -> Piece:
    """Return the date of two numbers, day and month or the other way round. With dots the day comes first."""
    if second > 12 and mark != ".":
        return _day(cursor, second, first, year)._replace(order="month")
    order = "either" if mark != "." and first <= 12 and first != second else "day"
    return _day(cursor, first, second, year)._replace(order=order)
