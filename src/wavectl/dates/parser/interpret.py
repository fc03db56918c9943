"""What the words of a text mean: its EDTF, its rule of repetition, and what is not sure of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.parser.completion import dated
from wavectl.dates.parser.errors import several, without_year
from wavectl.dates.parser.phrase import Piece, Said, Shape
from wavectl.dates.parser.ranges import stretch, weekend
from wavectl.dates.parser.time_ranges import hours, single
from wavectl.diagnostics import Message, quoted, say

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Reading(NamedTuple):
    """What words mean. ``edtf`` is in its normal form, ``unknown`` where no date is known or no year.

    ``repeat`` is ``yearly`` or a rule of RFC 5545 where the words name a day of each year. ``sure`` is False where
    something had to be assumed or has no form in EDTF: ``doubts`` say what.
    """

    edtf: str
    repeat: str | None = None
    sure: bool = True
    doubts: tuple[Message, ...] = ()


def meaning(found: Said, text: str, default: int | None) -> Reading:
    """Return what a text means; raise ``WordsError`` or ``edtf.DateError`` where that is no date.

    ``default`` is the year where none is written.
    """
    if found.shape is Shape.UNKNOWN:
        return Reading("unknown")
    if found.every and found.shape is Shape.OPEN:  # from its first time on
        found = found._replace(shape=Shape.ONE)
    one = found.pieces[0]
    rule = _rule(one) if found.shape is Shape.ONE and (one.year is None or found.every) else None
    if rule and one.year is None and default is None:
        return _each_year(found, one, rule)
    pieces = _without_week(found.shape, dated(found.pieces, default))
    written, doubts = _written(found, pieces, text)
    marked, more = _marked(written, found)
    when = edtf.parse(marked)
    for piece in pieces:
        doubts = (*doubts, *piece.doubts, *_weekday(piece), *_weekend(piece))
    repeat = ("yearly" if found.every else None) if one.nth == 0 else rule
    if found.every and one.weekend:
        more = (
            *more,
            say("{words} falls on other days each year: {date} alone is taken", words=quoted(one.words), date=written),
        )
    every = (*found.doubts, *doubts, *more)
    return Reading(when.text, repeat, not every, every)


def _rule(one: Piece) -> str | None:
    """Return the rule of a day that has no year: its date, or which weekday of the month it is."""
    if one.month is None or one.vague or one.weekend:
        return None
    if one.nth:
        return f"FREQ=YEARLY;BYMONTH={one.month};BYDAY={one.nth}{_WEEKDAYS[one.weekday or 0]}"
    if one.day is None or one.weekday is not None:
        return None
    return f"FREQ=YEARLY;BYMONTH={one.month};BYMONTHDAY={one.day}"


def _each_year(found: Said, one: Piece, rule: str) -> Reading:
    """Return the meaning of a day without any year."""
    if not one.nth:
        edtf.parse(f"2000-{one.month:02}-{one.day:02}")  # a leap year
    if found.about or found.unsure:
        raise without_year(one.words)
    words = quoted(one.words)
    if found.every:
        doubt = say("{words} does not say the year of its first time", words=words)
    else:
        doubt = say("{words} does not say which year: it is taken as a day that comes back every year", words=words)
    left = (_left_out(one),) if one.clocks else ()
    return Reading("unknown", rule, sure=False, doubts=(*found.doubts, *one.doubts, doubt, *left))


def _written(found: Said, pieces: Sequence[Piece], text: str) -> tuple[str, tuple[Message, ...]]:
    """Return the EDTF of dates that have their years, without marks of doubt."""
    if found.shape in (Shape.LIST, Shape.EITHER):
        return _joined(found.shape, pieces, text)
    first, last = pieces[0], pieces[-1]
    if found.shape is Shape.ONE:
        return _one(first)
    if found.shape is Shape.OPEN:
        start, doubts = _end(first, 0)
        time = single(first)
        return f"{start}{time and 'T'}{time}/..", doubts or _unused(first)
    if found.shape is Shape.BETWEEN:
        start, end = stretch(first)[0], stretch(last)[1]
        doubts = tuple(_chosen(one, f"[{start}..{end}]") for one in (first, last) if one.vague)
        return f"[{start}..{end}]", (*doubts, *(_left_out(one) for one in (first, last) if one.clocks))
    if first.vague and last.vague and _adjoin(stretch(first)[1], stretch(last)[0]):  # "end of May - early June"
        return _joined(Shape.EITHER, pieces, text)
    return _range(found.pieces, first, last)


def _one(one: Piece) -> tuple[str, tuple[Message, ...]]:
    first, last = stretch(one)
    if one.vague:
        written = first if first == last else f"[{first}..{last}]"
        return written, (_chosen(one, written), *((_left_out(one),) if one.clocks else ()))
    if one.weekend:
        return f"{first}/{last}", (_left_out(one),) if one.clocks else ()
    if not one.clocks:
        return first, ()
    found = hours(one)
    if not found.end:
        return f"{first}T{found.start}", found.doubts
    edtf.parse(f"{first}T{found.start}")
    if found.overnight:
        last = (date.fromisoformat(first) + timedelta(1)).isoformat()
        doubt = say("{words} ends before it starts: the end is taken as the next day", words=quoted(one.words))
        return f"{first}T{found.start}/{last}T{found.end}", (doubt,)
    return f"{first}T{found.start}/{last}T{found.end}", found.doubts


def _range(said: Sequence[Piece], first: Piece, last: Piece) -> tuple[str, tuple[Message, ...]]:
    """Return an interval. Times count where both ends have their own, or the end has and the start its own year."""
    start, doubts = _end(first, 0)
    end, more = _end(last, 1)
    doubts = (*doubts, *more)
    if last.is_year and not first.is_year:
        doubt = say("{words} is taken as the end, to the last day of that year", words=quoted(last.words))
        doubts = (*doubts, doubt)
    opening, closing = single(first), single(last)
    if closing and not opening and said[0].year is None:
        closing = ""
    for one, time in ((first, opening), (last, closing)):
        doubts = (*doubts, *((_left_out(one),) if one.clocks and not time else ()))
    return f"{start}{opening and 'T'}{opening}/{end}{closing and 'T'}{closing}", doubts


def _end(one: Piece, end: int) -> tuple[str, tuple[Message, ...]]:
    """Return the start (0) or the end (1) of a stretch; of a vague one its month, lest it look exact."""
    text = stretch(one)[end]
    if one.vague and not one.week:
        text = text[: len("2018-03")]
    return text, (_chosen(one, text),) if one.vague else ()


def _joined(shape: Shape, pieces: Sequence[Piece], text: str) -> tuple[str, tuple[Message, ...]]:
    """Return dates that follow each other, as one stretch or as one of them; refuse others."""
    ends = [stretch(one) for one in pieces]
    for (_, before), (after, _) in pairwise(ends):
        if not _adjoin(before, after):
            raise several(text)
    start, end = ends[0][0], ends[-1][1]
    doubts = tuple(_left_out(one) for one in pieces if one.clocks)
    written = f"[{start}..{end}]" if shape is Shape.EITHER else f"{start}/{end}"
    if any(one.vague for one in pieces):
        written = f"[{start}..{end}]"
        doubts = (*doubts, *(_chosen(one, written) for one in pieces if one.vague))
    if shape is Shape.LIST and any(one.day is None for one in pieces):
        doubts = (*doubts, say("{words} may be several dates: one stretch is taken", words=quoted(text)))
    return written, doubts


def _adjoin(before: str, after: str) -> bool:
    """Tell whether a date begins on the day behind another."""
    last, first = edtf.parse(before).latest, edtf.parse(after).earliest
    return last is not None and first is not None and first - last == timedelta(1)


def _without_week(shape: Shape, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Take "the week of" and "the weekend of" from days that name its first and its last one themselves."""
    first, last = pieces[0], pieces[-1]
    plain = first._replace(week=False, weekend=False)
    if shape not in (Shape.RANGE, Shape.LIST) or plain == first or first.day is None:
        return pieces
    if last.day is None or last.week or last.weekend:
        return pieces
    days = date.fromisoformat(stretch(last)[0]) - date.fromisoformat(stretch(plain)[0])
    return (plain, *pieces[1:]) if days < timedelta(7) else pieces


def _marked(written: str, found: Said) -> tuple[str, tuple[Message, ...]]:
    """Return a date with the mark of its doubt at both ends; a set takes none, being one already."""
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((found.about, found.unsure), "")
    if not mark:
        return written, ()
    if written.startswith("["):
        return written, (say("{date} says already that the day is not known: no mark is added", date=written),)
    return "/".join(end if end == ".." else end + mark for end in written.split("/")), ()


def _weekday(one: Piece) -> tuple[Message, ...]:
    """Compare a day with the weekday that is written with it."""
    if one.weekday is None or one.nth or not (one.year and one.month and one.day):
        return ()
    day = date(one.year, one.month, one.day)
    if day.weekday() == one.weekday:
        return ()
    return (say("{weekday} is not the weekday of {date}", weekday=quoted(one.named), date=day),)


def _weekend(one: Piece) -> tuple[Message, ...]:
    """Say which weekend is taken where another one lies half in the month."""
    if not one.weekend or not one.year:
        return ()
    saturday, sure = weekend(one)
    if sure:
        return ()
    return (say("{words} may be another one: the weekend of {date} is taken", words=quoted(one.words), date=saturday),)


def _chosen(one: Piece, written: str) -> Message:
    return say("{words} names no exact days: {date} is taken", words=quoted(one.words), date=written)


def _left_out(one: Piece) -> Message:
    return say("the time of day of {words} is left out", words=quoted(one.words))


def _unused(one: Piece) -> tuple[Message, ...]:
    return (_left_out(one),) if one.clocks and not single(one) else ()
