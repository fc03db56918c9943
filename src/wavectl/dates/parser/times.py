"""Parse times of day: ``15h``, ``3-4:30 pm``, ``a las 7 de la tarde``, ``15:00-16:30``, ``09:00+02:00``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, PartialDate, TimeOfDay
from wavectl.dates.parser.tokens import Cursor
from wavectl.diagnostics import Message, msg, quoted

_MAX_TIMES = 4
"""A start and an end, each with an offset that looks like a time."""


def read_times(cursor: Cursor, *, before_date: bool = False) -> tuple[TimeOfDay, ...]:
    """Read the times after a date, or before it with ``before_date``; empty if there are none."""
    return cursor.attempt(partial(_read_times, before_date=before_date), quiet=before_date) or ()


def _read_times(cursor: Cursor, *, before_date: bool) -> tuple[TimeOfDay, ...] | None:
    bracket = False
    if not before_date:
        cursor.read_mark(",")
        bracket = cursor.read_mark("(")
    if not cursor.read_phrase(vocabulary.AT) and not before_date:
        cursor.read_mark("-")
    opening = _read_time(cursor) or _read_start_hour(cursor)
    if opening is None:
        return None
    times = [opening]
    while len(times) < _MAX_TIMES and (following := cursor.attempt(_read_next_time)):
        times.append(following)
    if bracket:
        cursor.read_mark(")")
    return tuple(_infer_half_of_day(clock, times[-1]) for clock in times)


def _read_time(cursor: Cursor) -> TimeOfDay | None:
    token = cursor.current
    if token.kind not in ("clock", "am", "pm"):  # the number may still be part of a date
        return cursor.attempt(_read_hour_with_daytime, quiet=True)
    cursor.advance()
    if token.kind == "clock" and (half := _read_daytime(cursor, int(token.value[:2]))):
        return _from_twelve_hour_clock(token.value, half)
    half = token.kind if token.kind != "clock" else ""
    digital = re.fullmatch(r"\d\d:\d\d(:\d\d)?", token.raw, re.ASCII) is not None
    return TimeOfDay(token.value, _read_utc_offset(cursor), half, digital)


def _read_hour_with_daytime(cursor: Cursor) -> TimeOfDay | None:
    """Read an hour followed by a part of the day: "7 de la tarde"."""
    hour = cursor.read_number(1, 2)
    half = _read_daytime(cursor, hour) if hour is not None else ""
    return _from_twelve_hour_clock(f"{hour:02}:00", half) if half else None


def _read_daytime(cursor: Cursor, hour: int) -> str:
    """Return ``am`` or ``pm`` for the part of the day after an hour from 1 to 11; "12 at night" is ambiguous."""
    if not 1 <= hour < 12:
        return ""
    return "am" if cursor.read_phrase(vocabulary.MORNING) else "pm" if cursor.read_phrase(vocabulary.AFTERNOON) else ""


def _from_twelve_hour_clock(time: str, half: str) -> TimeOfDay:
    return TimeOfDay(f"{int(time[:2]) + (12 if half == 'pm' else 0):02}{time[2:]}", half_of_day=half)


def _read_start_hour(cursor: Cursor) -> TimeOfDay | None:
    """Read a start without minutes that is followed by an end: the 3 of "3-4:30 pm"."""
    start, furthest = cursor.position, cursor.furthest
    hour = cursor.read_number(1, 2)
    has_end = hour is not None and hour < 24 and cursor.read_phrase(vocabulary.TO) and _read_time(cursor) is not None
    cursor.position, cursor.furthest = start + has_end, furthest  # the number may still be part of a date
    return TimeOfDay(f"{hour:02}:00") if has_end else None


def _read_next_time(cursor: Cursor) -> TimeOfDay | None:
    adjacent = cursor.current.adjacent and cursor.lookahead.adjacent
    if not cursor.read_phrase(vocabulary.TO) and not cursor.read_mark("/"):
        return None
    cursor.read_phrase(vocabulary.ARTICLE)
    clock = _read_time(cursor)
    return clock._replace(after_hyphen=adjacent) if clock else None


def _read_utc_offset(cursor: Cursor) -> str:
    """Read the offset from UTC: ``Z``, ``+02:00``, ``UTC``, ``UTC-5``."""
    if cursor.current.adjacent and cursor.read_word(("z",)):
        return "Z"
    has_utc = bool(cursor.read_word(("utc", "gmt")))
    start = cursor.position
    sign = "+" if cursor.read_mark("+") else "-" if has_utc and cursor.read_mark("-", adjacent=True) else ""
    if sign and cursor.current.adjacent:
        token = cursor.current
        if token.kind == "clock" and re.fullmatch(r"(0\d|1[0-4]):\d\d", token.value):
            cursor.advance()
            if cursor.current.value not in ("utc", "gmt"):
                return sign + token.value
        elif (hour := cursor.read_number(1, 2)) is not None:
            return f"{sign}{hour:02}:00"
    cursor.position = start
    return "Z" if has_utc else ""


def _infer_half_of_day(clock: TimeOfDay, last: TimeOfDay) -> TimeOfDay:
    """Move the start of "3-4:30 pm" to the half of the day of its end, so that it comes first."""
    hour = int(clock.time[:2])
    if not last.half_of_day or clock.half_of_day or not 1 <= hour <= 12:
        return clock
    later = f"{hour % 12 + 12:02}{clock.time[2:]}"
    earlier = f"{hour % 12:02}{clock.time[2:]}"
    return clock._replace(time=later if last.half_of_day == "pm" and later <= last.time else earlier)


class TimeRange(NamedTuple):
    """The start and end time of a date as EDTF, without ``T``; ``end`` may be empty."""

    start: str
    end: str = ""
    overnight: bool = False  # the end is on the next day
    doubts: tuple[Message, ...] = ()


def time_range(found: PartialDate) -> TimeRange:
    """Return the start and end of a date with times; raise ``DatePhraseError`` if there are too many.

    "15:00-05:00" may be a time with its offset, as ``format_date`` writes it, or hours until the next morning.
    """
    clocks = found.times
    shown = quoted("-".join(clock.time for clock in clocks))
    if len(clocks) == 1:
        return TimeRange(_time_text(*clocks))
    if len(clocks) == 2:
        start, end = _time_text(clocks[0]), _time_text(clocks[1])
        if clocks[1].time >= clocks[0].time or clocks[0].offset != clocks[1].offset:
            return TimeRange(start, end)
        if _second_is_offset(clocks):
            doubt = msg("{words} may be hours or a time with its UTC offset: the offset is assumed", words=shown)
            return TimeRange(_time_text(*clocks), doubts=(doubt,))
        doubt = msg("{words} ends before it starts: the end is assumed to be on the next day", words=quoted(found.text))
        return TimeRange(start, end, overnight=True, doubts=(doubt,))
    if len(clocks) == 4 and _second_is_offset(clocks[:2]) and _second_is_offset(clocks[2:]):
        return TimeRange(_time_text(*clocks[:2]), _time_text(*clocks[2:]))
    doubt = msg("the UTC offset in {words} may belong to the start or to the end", words=shown)
    if len(clocks) == 3 and _second_is_offset(clocks[:2]):
        return TimeRange(_time_text(*clocks[:2]), _time_text(clocks[2]), doubts=(doubt,))
    if len(clocks) == 3 and _second_is_offset(clocks[1:]):
        return TimeRange(_time_text(clocks[0]), _time_text(*clocks[1:]), doubts=(doubt,))
    message = msg("{words} has more times than a start and an end", words=quoted(found.text))
    hint = msg("write the first and the last time: 2017-11-08T15:00/2017-11-08T16:30")
    raise DatePhraseError(message, hint, found.text)


def single_time(found: PartialDate) -> str:
    """Return the time of a date with its offset; "" if it has none or several."""
    if len(found.times) == 1 or (len(found.times) == 2 and _second_is_offset(found.times)):
        return _time_text(*found.times)
    return ""


def _second_is_offset(times: Sequence[TimeOfDay]) -> bool:
    """Tell whether the second of two times can be a negative UTC offset of the first."""
    first, second = times
    return (
        first.digital
        and second.digital
        and second.after_hyphen
        and not first.offset
        and not second.offset
        and re.fullmatch(r"(0\d|1[0-3]):[0-5]\d|14:00", second.time, re.ASCII) is not None
    )


def _time_text(time: TimeOfDay, offset: TimeOfDay | None = None) -> str:
    return time.time + (f"-{offset.time}" if offset else time.offset)
