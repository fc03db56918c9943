"""One date among the words: ``lundi 4 septembre 2017``, ``04/09/2017``, ``T3 2018``, ``end of March``.

Each form tries its reading at the cursor and goes back where it is none. What a form leaves out (the year, the
month of "14 au 17 septembre") stays open.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.day_month_year import in_words, month_named, month_of, year, year_behind
from wavectl.dates.parser.numeric import in_numbers
from wavectl.dates.parser.phrase import Piece
from wavectl.dates.parser.times import clocks
from wavectl.diagnostics import quoted, say

_LEADS = 3
"""Words that may stand before a date."""
_HALVES = ((1, 15), (16, 31))
_THIRDS = ((1, 10), (11, 20), (21, 31))
_SATURDAY = 5


def piece(cursor: Cursor) -> Piece | None:
    """Read one date, with its weekday and its time of day; None where there is none."""
    begin = cursor.at
    early = clocks(cursor, first=True)
    if early:
        cursor.mark(",")
    _lead(cursor)
    found = _week(cursor) or _on_weekday(cursor) or _form(cursor)
    if found is None:
        cursor.back(begin)
        return None
    if found.day is not None and found.weekday is None:
        found = _weekday_behind(cursor, found)
    found = _in_full(found._replace(words=cursor.words(begin)))
    return found._replace(clocks=early or clocks(cursor))


def _lead(cursor: Cursor) -> None:
    """Read the prepositions and articles before a date, but no "au" or "al" that means "until" a day."""
    for _ in range(_LEADS):
        if cursor.now.key in vocabulary.UNTIL_LEAD and cursor.following.kind in ("number", "ordinal"):
            behind = cursor.tokens[cursor.at + 2].key
            if behind not in vocabulary.QUARTER | vocabulary.SEMESTER | vocabulary.FORTNIGHT:
                return
        if not cursor.phrase(vocabulary.LEAD):
            return


def _form(cursor: Cursor) -> Piece | None:
    forms: tuple[Callable[[Cursor], Piece | None], ...] = (in_numbers, _counted, _part, _side, in_words)
    for form in forms:
        place, furthest = cursor.at, cursor.furthest
        found = form(cursor)
        if found is not None:
            return found
        cursor.back(place)
        if form in (in_numbers, _part):  # their first number says nothing yet
            cursor.furthest = furthest
    return None


def _week(cursor: Cursor) -> Piece | None:
    """Read "the week of 4 September 2017", "week-end du 9 septembre 2017" and "semaine 36 de 2017"."""
    place = cursor.at
    numbered = _numbered_week(cursor)
    if numbered is not None:
        return numbered
    cursor.back(place)
    week, weekend = cursor.phrase(vocabulary.WEEK_OF), cursor.phrase(vocabulary.WEEKEND)
    if weekend and not cursor.phrase(vocabulary.OF):
        cursor.word(("des",))
    if week or weekend:
        _lead(cursor)
        found = _on_weekday(cursor) or _form(cursor)
        if found is not None and found.day is not None:
            return found._replace(week=week, weekend=weekend)
    cursor.back(place)
    return None


def _numbered_week(cursor: Cursor) -> Piece | None:
    """Read a week by its number in ISO 8601, as its Monday."""
    number = cursor.number(1, 2) if cursor.word(vocabulary.WEEK) else None
    found = year_behind(cursor) if number is not None else None
    if number is None or found is None or found < 1000:
        return None
    try:
        monday = date.fromisocalendar(found, number, 1)
    except ValueError:
        return None
    return Piece(year=monday.year, month=monday.month, day=monday.day, week=True)


def _on_weekday(cursor: Cursor) -> Piece | None:
    """Read a day behind its weekday. "mar" is Tuesday only before a day that has its own month."""
    place = cursor.at
    named = cursor.now.raw
    either = cursor.now.key in vocabulary.MONTHS
    weekday = cursor.named(vocabulary.WEEKDAYS)
    if weekday is not None:
        cursor.mark(",")
        cursor.phrase(vocabulary.ARTICLE)
        found = in_numbers(cursor) or in_words(cursor)
        either &= found is None or found.month is None or cursor.now.kind in ("number", "ordinal")  # "Mar 3-Apr 5"
        if found is not None and found.day is not None and not either:
            return found._replace(weekday=weekday, named=named)
    cursor.back(place)
    return None


def _weekday_behind(cursor: Cursor, found: Piece) -> Piece:
    """Read the weekday of "4 September 2017 (Monday)"."""
    place = cursor.at
    bracket = cursor.mark("(") or cursor.mark(",")
    named = cursor.now.raw
    weekday = None if cursor.now.key in vocabulary.MONTHS else cursor.named(vocabulary.WEEKDAYS)
    if weekday is None or cursor.now.kind in ("number", "ordinal"):
        cursor.back(place)
        return found
    if bracket:
        cursor.mark(")")
    if found.year is None:
        found = found._replace(year=year_behind(cursor))
    return found._replace(weekday=weekday, named=named)


def _ordinal(cursor: Cursor) -> int | None:
    """Read which one is meant: 1er, 2nd, third, dernier (-1)."""
    if cursor.now.kind == "ordinal":
        return int(cursor.step().key)
    return cursor.named(vocabulary.ORDINALS)


def _counted(cursor: Cursor) -> Piece | None:
    """Read what is counted: the third Sunday of November, the 1st quarter, the second half of March."""
    nth = _ordinal(cursor)
    if nth is None:
        return None
    noun, weekend = cursor.now.key, cursor.phrase(vocabulary.WEEKEND)
    weekday = _SATURDAY if weekend else cursor.named(vocabulary.WEEKDAYS)
    if weekday is not None:
        month = month_of(cursor)
        if month is None or not (nth == -1 or 1 <= nth <= 5):
            return None
        return Piece(nth=nth, weekday=weekday, weekend=weekend, month=month, year=year_behind(cursor))
    if cursor.word(vocabulary.WEEK):
        return _days(cursor, {n: (7 * n - 6, 7 * n) for n in (1, 2, 3, 4)} | {-1: (-7, -1)}, nth)
    if cursor.word(vocabulary.FORTNIGHT):
        return _days(cursor, {1: _HALVES[0], 2: _HALVES[1], -1: _HALVES[1]}, nth)
    if cursor.word(vocabulary.QUARTER):
        return _part_of_year(cursor, 32, 4, nth)
    if cursor.word(vocabulary.SEMESTER | vocabulary.HALF):
        place = cursor.at
        found = _days(cursor, {1: _HALVES[0], 2: _HALVES[1], -1: _HALVES[1]}, nth) if noun in vocabulary.HALF else None
        if found is not None:
            return found
        cursor.back(place)
        return _part_of_year(cursor, 39, 2, nth)
    return None


def _days(cursor: Cursor, stretches: dict[int, tuple[int, int]], nth: int) -> Piece | None:
    """Read the month behind a week or a half of it."""
    month = month_of(cursor)
    if month is None or nth not in stretches:
        return None
    return Piece(month=month, days=stretches[nth], year=year_behind(cursor))


def _part_of_year(cursor: Cursor, offset: int, count: int, nth: int) -> Piece | None:
    if nth != -1 and not 1 <= nth <= count:
        return None
    number = count if nth == -1 else nth
    return Piece(part=offset + number, year=year_behind(cursor, "-", "/"))


def _part(cursor: Cursor) -> Piece | None:
    """Read a season, T3, Q3 or S2, with the year before or behind it."""
    season = cursor.named(vocabulary.SEASONS)
    if season is not None:
        return _season(cursor, season)
    before = cursor.number(4)
    if before is not None:
        cursor.mark("-")
    number = cursor.number(1)
    letter = cursor.word(vocabulary.PART_LETTERS)
    if not letter:
        noun = cursor.word(vocabulary.QUARTER | vocabulary.SEMESTER)
        letter = "t" if noun in vocabulary.QUARTER else "s" if noun else ""
    if not letter:
        return None
    number = cursor.number(1) if number is None else number
    if number is None:
        return None
    found = _part_of_year(cursor, *vocabulary.PART_LETTERS[letter], number)
    if found is not None and before is not None:
        return found._replace(year=before) if found.year is None else None
    return found


def _season(cursor: Cursor, season: int) -> Piece:
    """Read the year of a season; of a winter, the two that it lies in."""
    begin = max(cursor.at - 1, 0)
    found = year_behind(cursor)
    if season != vocabulary.WINTER or found is None:
        return Piece(part=season, year=found)
    place = cursor.at
    if cursor.mark("-", "/", glued=True):
        following = cursor.number(4) or cursor.number(2)
        if following in (found + 1, (found + 1) % 100):
            return Piece(part=season, year=found)
        cursor.back(place)
    doubt = say(
        "{words} may be the winter that begins in {year} or the one that ends in it: the first is taken",
        words=quoted(cursor.words(begin)),
        year=found,
    )
    return Piece(part=season, year=found, doubts=(doubt,))


def _side(cursor: Cursor) -> Piece | None:
    """Read the beginning, the middle or the end of a month, of a part of a year, or of a year."""
    side = next((number for number, phrases in enumerate(vocabulary.SIDES) if cursor.phrase(phrases)), None)
    if side is None:
        return None
    cursor.mark("-")
    cursor.phrase(vocabulary.OF)
    cursor.phrase(vocabulary.ARTICLE)
    month = month_named(cursor)
    if month is not None:
        return Piece(month=month, days=_THIRDS[side], year=year_behind(cursor))
    place = cursor.at
    found = _counted(cursor)
    if found is None:
        cursor.back(place)
        found = _part(cursor)
    if found is not None:
        return found._replace(side=side) if found.part else None
    cursor.back(place)
    if cursor.phrase(vocabulary.YEAR_WORD):
        return Piece(side=side, year=year_behind(cursor))
    only = year(cursor)
    return None if only is None else Piece(side=side, year=only)


def _in_full(found: Piece) -> Piece:
    """Return a date with all digits of its year, and the doubt where two were written."""
    if found.year is None or found.year >= 100:
        return found
    full = 2000 + found.year
    doubt = say("the year of {words} has two digits: {year} is taken", words=quoted(found.words), year=full)
    return found._replace(year=full, doubts=(*found.doubts, doubt))
