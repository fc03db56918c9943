"""The times of day that stand with a date: a start, maybe an end, and offsets from UTC that look like times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wavectl.dates.parser.errors import WordsError
from wavectl.dates.parser.phrase import Clock, Piece
from wavectl.diagnostics import Message, quoted, say


class Hours(NamedTuple):
    """The times of a date as EDTF has them, without their ``T``; ``end`` may be empty."""

    start: str
    end: str = ""
    overnight: bool = False  # the end lies before the start, so it is on the next day
    doubts: tuple[Message, ...] = ()


def hours(one: Piece) -> Hours:
    """Return the times of a date that has some; raise ``WordsError`` where there are too many.

    "15:00-05:00" may be a time with its offset, as wavectl itself writes it, or hours through the night.
    """
    clocks = one.clocks
    shown = quoted("-".join(clock.time for clock in clocks))
    if len(clocks) == 1:
        return Hours(_text(*clocks))
    if len(clocks) == 2:
        overnight = clocks[1].time < clocks[0].time and clocks[0].offset == clocks[1].offset
        if overnight and _has_offset(clocks):
            doubt = say("{words} may be hours or a time with its offset: the offset is taken", words=shown)
            return Hours(_text(*clocks), doubts=(doubt,))
        return Hours(_text(clocks[0]), _text(clocks[1]), overnight)
    if len(clocks) == 4 and _has_offset(clocks[:2]) and _has_offset(clocks[2:]):
        return Hours(_text(*clocks[:2]), _text(*clocks[2:]))
    doubt = say("{words} may have its offset at the start or at the end", words=shown)
    if len(clocks) == 3 and _has_offset(clocks[:2]):
        return Hours(_text(*clocks[:2]), _text(clocks[2]), doubts=(doubt,))
    if len(clocks) == 3 and _has_offset(clocks[1:]):
        return Hours(_text(clocks[0]), _text(*clocks[1:]), doubts=(doubt,))
    raise WordsError(
        say("{words} names more than a start and an end", words=quoted(one.words)),
        say("write the first and the last time: 2017-11-08T15:00/2017-11-08T16:30"),
        one.words,
    )


def single(one: Piece) -> str:
    """Return the only time of a date, with its offset; "" where it has none or several."""
    if len(one.clocks) == 1 or (len(one.clocks) == 2 and _has_offset(one.clocks)):
        return _text(*one.clocks)
    return ""


def _has_offset(clocks: Sequence[Clock]) -> bool:
    """Tell whether the second of two times can be the offset of the first, behind UTC."""
    first, second = clocks
    return (
        first.digital
        and second.digital
        and second.tight
        and not first.offset
        and not second.offset
        and re.fullmatch(r"(0\d|1[0-3]):[0-5]\d|14:00", second.time, re.ASCII) is not None
    )


def _text(clock: Clock, offset: Clock | None = None) -> str:
    return clock.time + (f"-{offset.time}" if offset else clock.offset)
