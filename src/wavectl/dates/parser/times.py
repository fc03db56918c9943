"""Times of day: ``15h``, ``3-4:30 pm``, ``a las 7 de la tarde``, ``15:00-16:30``, ``09:00+02:00``."""

from __future__ import annotations

import re

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.phrase import Clock

_MOST = 4
"""Times that may be joined: a start and an end, each with an offset that looks like a time."""


def clocks(cursor: Cursor, *, first: bool = False) -> tuple[Clock, ...]:
    """Read the times that stand behind a day, or ``first``; nothing where there are none."""
    place, furthest = cursor.at, cursor.furthest
    bracket = False
    if not first:
        cursor.mark(",")
        bracket = cursor.mark("(")
    if not cursor.phrase(vocabulary.AT) and not first:
        cursor.mark("-")
    opening = _clock(cursor) or _bare(cursor)
    if opening is None:
        cursor.back(place)
        if first:
            cursor.furthest = furthest  # what may be "at" may belong to a day as well
        return ()
    found = [opening]
    while len(found) < _MOST and (following := _next(cursor)):
        found.append(following)
    if bracket:
        cursor.mark(")")
    return tuple(_halved(clock, found[-1]) for clock in found)


def _clock(cursor: Cursor) -> Clock | None:
    token = cursor.now
    if not token.is_clock:
        return _by_daytime(cursor)
    cursor.step()
    if token.kind == "clock" and (half := _daytime(cursor, int(token.key[:2]))):
        return _twelve(token.key, half)
    half = token.kind if token.kind != "clock" else ""
    return Clock(token.key, _offset(cursor), half, re.fullmatch(r"\d\d:\d\d(:\d\d)?", token.raw, re.ASCII) is not None)


def _by_daytime(cursor: Cursor) -> Clock | None:
    """Read an hour that only the part of the day behind it shows to be one: "7 de la tarde"."""
    place, furthest = cursor.at, cursor.furthest
    hour = cursor.number(1, 2)
    half = _daytime(cursor, hour) if hour is not None else ""
    if half:
        return _twelve(f"{hour:02}:00", half)
    cursor.back(place)
    cursor.furthest = furthest  # a number that is no hour says nothing yet
    return None


def _daytime(cursor: Cursor, hour: int) -> str:
    """Read the part of the day behind an hour from 1 to 11; what 12 is at night and in the morning is not sure."""
    if not 1 <= hour < 12:
        return ""
    return "am" if cursor.phrase(vocabulary.MORNING) else "pm" if cursor.phrase(vocabulary.AFTERNOON) else ""


def _twelve(time: str, half: str) -> Clock:
    return Clock(f"{int(time[:2]) + (12 if half == 'pm' else 0):02}{time[2:]}", half=half)


def _bare(cursor: Cursor) -> Clock | None:
    """Read the hour of a start whose end says that it is one: the 3 of "3-4:30 pm"."""
    place, furthest = cursor.at, cursor.furthest
    hour = cursor.number(1, 2)
    if hour is not None and hour < 24 and cursor.phrase(vocabulary.TO) and _clock(cursor):
        cursor.back(place + 1)
        cursor.furthest = furthest
        return Clock(f"{hour:02}:00")
    cursor.back(place)
    cursor.furthest = furthest  # a number that is no hour says nothing yet
    return None


def _next(cursor: Cursor) -> Clock | None:
    place = cursor.at
    tight = cursor.now.glued and cursor.following.glued
    if cursor.phrase(vocabulary.TO) or cursor.mark("/"):
        cursor.phrase(vocabulary.ARTICLE)
        clock = _clock(cursor)
        if clock:
            return clock._replace(tight=tight)
    cursor.back(place)
    return None


def _offset(cursor: Cursor) -> str:
    """Read what a time is ahead of UTC: ``Z``, ``+02:00``, ``UTC``, ``UTC-5``."""
    if cursor.now.glued and cursor.word(("z",)):
        return "Z"
    named = bool(cursor.word(("utc", "gmt")))
    place = cursor.at
    sign = "+" if cursor.mark("+") else "-" if named and cursor.mark("-", glued=True) else ""
    if sign and cursor.now.glued:
        token = cursor.now
        if token.kind == "clock" and re.fullmatch(r"(0\d|1[0-4]):\d\d", token.key):
            cursor.step()
            if cursor.now.key not in ("utc", "gmt"):
                return sign + token.key
        elif (hour := cursor.number(1, 2)) is not None:
            return f"{sign}{hour:02}:00"
    cursor.back(place)
    return "Z" if named else ""


def _halved(clock: Clock, last: Clock) -> Clock:
    """Return the start of "3-4:30 pm" in the half of the day that its end names, so that it comes first."""
    hour = int(clock.time[:2])
    if not last.half or clock.half or not 1 <= hour <= 12:
        return clock
    later = f"{hour % 12 + 12:02}{clock.time[2:]}"
    earlier = f"{hour % 12:02}{clock.time[2:]}"
    return clock._replace(time=later if last.half == "pm" and later <= last.time else earlier)
