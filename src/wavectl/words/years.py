"""The year of a date, and where it stands."""

from __future__ import annotations

from wavectl.words import names
from wavectl.words.cursor import Cursor


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
    cursor.phrase(names.OF_YEAR)
    found = year(cursor)
    if found is None and (joined or (short and cursor.at == place)) and not _leads_on(cursor):
        found = cursor.number(2)
    if found is None:
        cursor.back(place)
    return found


def _leads_on(cursor: Cursor) -> bool:
    """Tell whether the number that stands here belongs to what follows: "mars-15 avril", "Nov-5-7"."""
    return cursor.following.key in names.MONTHS or (cursor.following.kind == "mark" and cursor.following.key in "-/")
