"""A day, a month and a year in words: ``lundi 4 septembre 2017``, ``Sept 4th, '17``, ``octubre del 2018``, ``2018``."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.phrase import PartialDate
from wavectl.diagnostics import Message, msg, quoted


def read_date_in_words(cursor: Cursor) -> PartialDate | None:
    """Read a day, a month and a year in the order of any of the languages, or what there is of them."""
    day = _read_day(cursor)
    if day is None:
        return _read_month_first(cursor)
    place = cursor.position
    if cursor.read_mark("-", "/", adjacent=True):  # 17-Nov-2017
        month = read_month(cursor)
        if month is not None:
            return PartialDate(day=day, month=month, year=read_following_year(cursor, "-", "/", allow_two_digits=True))
        cursor.go_back(place)
    month = read_month_after_of(cursor)
    if month is None:
        cursor.go_back(place)
    return PartialDate(day=day, month=month, year=read_following_year(cursor, allow_two_digits=month is not None))


def _read_month_first(cursor: Cursor) -> PartialDate | None:
    """Read a month, with its day and its year behind it, or a year alone."""
    word, either = cursor.current.raw, cursor.current.value in vocabulary.WEEKDAYS
    month = read_month(cursor)
    if month is None:
        cursor.read_phrase(vocabulary.YEAR_WORD)
        only = read_year(cursor)
        return None if only is None else PartialDate(year=only)
    place = cursor.position
    cursor.read_phrase(vocabulary.ARTICLE)
    day = _read_day(cursor)
    if day is None:
        cursor.go_back(place)
        return PartialDate(month=month, year=read_following_year(cursor, "-", "/"))  # Nov-2017, Nov-17
    doubts: tuple[Message, ...] = ()
    if either:
        doubts = (msg("{words} may be a month or a weekday: the month is taken", words=quoted(word)),)
    return PartialDate(day=day, month=month, year=read_following_year(cursor), doubts=doubts)


def _read_day(cursor: Cursor) -> int | None:
    """Read the number of a day."""
    token = cursor.current
    if token.kind in ("number", "ordinal") and len(token.value) <= 2 and 1 <= int(token.value) <= 31:
        cursor.advance()
        cursor.read_mark(".")
        return int(token.value)
    return 1 if cursor.read_word(vocabulary.FIRST_DAY) else None


def read_month(cursor: Cursor) -> int | None:
    """Read the name of a month."""
    return cursor.read_number_word(vocabulary.MONTHS)


def read_month_after_of(cursor: Cursor) -> int | None:
    """Read the month behind "of"."""
    cursor.read_phrase(vocabulary.OF)
    cursor.read_phrase(vocabulary.ARTICLE)
    return read_month(cursor)


def read_year(cursor: Cursor) -> int | None:
    """Read a year of four digits, or of two behind an apostrophe: below 100 it is one of these."""
    place = cursor.position
    if cursor.read_mark("'"):
        found = cursor.read_number(2)
        if found is None:
            cursor.go_back(place)
        return found
    found = cursor.read_number(4)
    if found is not None and found < 1000:
        cursor.go_back(place)
        return None
    return found


def read_following_year(cursor: Cursor, *marks: str, allow_two_digits: bool = False) -> int | None:
    """Read the year behind a month or a part of a year, which a comma, "of" or one of some marks may divide.

    With ``short`` two digits are a year as well: the 17 of "4 sept 17".
    """
    place = cursor.position
    joined = not cursor.read_mark(",") and cursor.read_mark(*marks, adjacent=True)
    cursor.read_phrase(vocabulary.OF_YEAR)
    found = read_year(cursor)
    if (
        found is None
        and (joined or (allow_two_digits and cursor.position == place))
        and not _number_starts_next_date(cursor)
    ):
        found = cursor.read_number(2)
    if found is None:
        cursor.go_back(place)
    return found


def _number_starts_next_date(cursor: Cursor) -> bool:
    """Tell whether the number that stands here belongs to what follows: "mars-15 avril", "Nov-5-7"."""
    return cursor.lookahead.value in vocabulary.MONTHS or (
        cursor.lookahead.kind == "mark" and cursor.lookahead.value in "-/"
    )
