"""A day, a month and a year in words: ``lundi 4 septembre 2017``, ``Sept 4th, '17``, ``octubre del 2018``, ``2018``."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.phrase import Piece
from wavectl.diagnostics import Message, quoted, say


def in_words(cursor: Cursor) -> Piece | None:
    """Read a day, a month and a year in the order of any of the languages, or what there is of them."""
    day = _day(cursor)
    if day is None:
        return _month_first(cursor)
    place = cursor.at
    if cursor.mark("-", "/", glued=True):  # 17-Nov-2017
        month = month_named(cursor)
        if month is not None:
            return Piece(day=day, month=month, year=year_behind(cursor, "-", "/", short=True))
        cursor.back(place)
    month = month_of(cursor)
    if month is None:
        cursor.back(place)
    return Piece(day=day, month=month, year=year_behind(cursor, short=month is not None))


def _month_first(cursor: Cursor) -> Piece | None:
    """Read a month, with its day and its year behind it, or a year alone."""
    word, either = cursor.now.raw, cursor.now.key in vocabulary.WEEKDAYS
    month = month_named(cursor)
    if month is None:
        cursor.phrase(vocabulary.YEAR_WORD)
        only = year(cursor)
        return None if only is None else Piece(year=only)
    place = cursor.at
    cursor.phrase(vocabulary.ARTICLE)
    day = _day(cursor)
    if day is None:
        cursor.back(place)
        return Piece(month=month, year=year_behind(cursor, "-", "/"))  # Nov-2017, Nov-17
    doubts: tuple[Message, ...] = ()
    if either:
        doubts = (say("{words} may be a month or a weekday: the month is taken", words=quoted(word)),)
    return Piece(day=day, month=month, year=year_behind(cursor), doubts=doubts)


def _day(cursor: Cursor) -> int | None:
    """Read the number of a day."""
    token = cursor.now
    if token.kind in ("number", "ordinal") and len(token.key) <= 2 and 1 <= int(token.key) <= 31:
        cursor.step()
        cursor.mark(".")
        return int(token.key)
    return 1 if cursor.word(vocabulary.FIRST_DAY) else None


def month_named(cursor: Cursor) -> int | None:
    """Read the name of a month."""
    return cursor.named(vocabulary.MONTHS)


def month_of(cursor: Cursor) -> int | None:
    """Read the month behind "of"."""
    cursor.phrase(vocabulary.OF)
    cursor.phrase(vocabulary.ARTICLE)
    return month_named(cursor)


def year(cursor: Cursor) -> int | None:
    """Read a year of four digits, or of two behind an apostrophe: below 100 it is one of these."""
    place = cursor.at
    if cursor.mark("'"):
        found = cursor.number(2)
        if found is None:
            cursor.back(place)
        return found
    found = cursor.number(4)
    if found is not None and found < 1000:
        cursor.back(place)
        return None
    return found


def year_behind(cursor: Cursor, *marks: str, short: bool = False) -> int | None:
    """Read the year behind a month or a part of a year, which a comma, "of" or one of some marks may divide.

    With ``short`` two digits are a year as well: the 17 of "4 sept 17".
    """
    place = cursor.at
    joined = not cursor.mark(",") and cursor.mark(*marks, glued=True)
    cursor.phrase(vocabulary.OF_YEAR)
    found = year(cursor)
    if found is None and (joined or (short and cursor.at == place)) and not _leads_on(cursor):
        found = cursor.number(2)
    if found is None:
        cursor.back(place)
    return found


def _leads_on(cursor: Cursor) -> bool:
    """Tell whether the number that stands here belongs to what follows: "mars-15 avril", "Nov-5-7"."""
    return cursor.following.key in vocabulary.MONTHS or (
        cursor.following.kind == "mark" and cursor.following.key in "-/"
    )
