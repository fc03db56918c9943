"""What the dates of a text leave out and take from each other: the order of day and month, the month, the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from wavectl.dates.parser.errors import WordsError, backwards, without_year
from wavectl.dates.parser.phrase import Piece
from wavectl.dates.parser.ranges import first_day
from wavectl.diagnostics import phrase, quoted, say

YEAR_TAKEN = phrase("{words} does not say which year: {year} is taken")
"""The doubt of a date whose year is not written."""


def dated(pieces: Sequence[Piece], default: int | None) -> tuple[Piece, ...]:
    """Return dates with their months and years; raise ``WordsError`` where one cannot be known.

    A year that stands once at the end counts for all. Every other year that is not written leaves a doubt.
    """
    return tuple(_with_years(_with_months(_ordered(pieces)), default))


def _with_months(pieces: Sequence[Piece]) -> list[Piece]:
    """Give the 14 of "14-17 September" and the 18 of "Sept 15-18" the month of their neighbour."""
    found = list(pieces)
    indices = range(len(found))
    for order, step in ((reversed(indices), 1), (indices, -1)):
        for index in order:
            one = found[index]
            if one.day is None or one.month is not None or not 0 <= index + step < len(found):
                continue
            neighbour = found[index + step]
            if neighbour.day is None:
                continue
            year = one.year or (neighbour.year if step == -1 else None)
            found[index] = one._replace(month=neighbour.month, year=year)
    for one in found:
        if one.day is not None and one.month is None:
            raise WordsError(
                say("{words} names a day without its month", words=quoted(one.words)),
                say("write the month as well, for example 2017-11-02"),
                one.words,
            )
    return found


def _with_years(pieces: list[Piece], default: int | None) -> list[Piece]:
    """Give each date the year of the one behind it, else of the one before it, else the default."""
    for index in range(len(pieces) - 2, -1, -1):
        one, following = pieces[index], pieces[index + 1]
        if one.year is None and following.year is not None:
            if _is_backwards(one, following):
                raise backwards(f"{one.words} - {following.words}")
            crossed = _order(one) > _order(following)
            pieces[index] = _taken(one, following.year - 1) if crossed else one._replace(year=following.year)
    assumed = False
    for index, one in enumerate(pieces):
        if one.year is not None:
            continue
        before = pieces[index - 1] if index else None
        if before is not None and before.year is not None:
            if _is_backwards(before, one):
                raise backwards(f"{before.words} - {one.words}")
            year = before.year + (_order(one) < _order(before))
            silent = before.year == year and assumed  # said of the first date already
            pieces[index] = one._replace(year=year) if silent else _taken(one, year)
        elif default is not None:
            crossed = any(_order(one) > _order(following) for one, following in pairwise(pieces))
            pieces[index], assumed = _taken(one, default, one.words if crossed else pieces[-1].words), True
        else:
            raise without_year(pieces[-1].words)
    return pieces


def _is_backwards(one: Piece, following: Piece) -> bool:
    """Tell whether a stretch runs against the days of its one month: "20-10 October" is a slip, and not a year."""
    return one.month is not None and one.month == following.month and _order(one) > _order(following)


def _taken(one: Piece, year: int, words: str = "") -> Piece:
    doubt = say(YEAR_TAKEN, words=quoted(words or one.words), year=year)
    return one._replace(year=year, doubts=(*one.doubts, doubt))


def _order(one: Piece) -> tuple[int, int]:
    """Return where in its year a date begins: its month and its day."""
    if one.part:
        return first_day(f"2000-{one.part}").month, 0
    return one.month or 1, one.day or (one.days[0] if one.days else 0)


def _ordered(pieces: Sequence[Piece]) -> list[Piece]:
    """Settle the order of day and month in dates of digits, by their weekday or by their neighbours."""
    settled = {one.order for one in pieces} & {"day", "month"}
    found = []
    for one in pieces:
        orders = ({one.order} if one.order != "either" else _by_weekday(one)) or settled
        if one.order == "either" and orders == {"month"}:
            found.append(one._replace(month=one.day, day=one.month))
        elif one.order == "either" and len(orders) != 1:
            words = quoted(one.words)
            doubt = say("{words} may be day and month or month and day: the day is taken first", words=words)
            found.append(one._replace(doubts=(*one.doubts, doubt)))
        else:
            found.append(one)
    return found


def _by_weekday(one: Piece) -> set[str]:
    """Return which order of a date in digits agrees with its weekday."""
    if one.weekday is None or one.year is None or one.month is None or one.day is None:
        return set()
    found = {
        order
        for order, month, day in (("day", one.month, one.day), ("month", one.day, one.month))
        if date(one.year, month, day).weekday() == one.weekday
    }
    return found if len(found) == 1 else set()
