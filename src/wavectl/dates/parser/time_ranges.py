"""The times of day that stand with a date: a start, maybe an end, and offsets from UTC that look like times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wavectl.dates.parser.errors import DatePhraseError
from wavectl.dates.parser.phrase import PartialDate, TimeOfDay
from wavectl.diagnostics import Message, msg, quoted


class TimeRange(NamedTuple):
    """The times of a date as EDTF has them, without their ``T``; ``end`` may be empty."""

    start: str
    end: str = ""
    overnight: bool = False  # the end lies before the start, so it is on the next day
    doubts: tuple[Message, ...] = ()


def time_range(partial: PartialDate) -> TimeRange:
    """Return the times of a date that has some; raise ``WordsError`` where there are too many.

    "15:00-05:00" may be a time with its offset, as wavectl itself writes it, or hours through the night.
    """
    clocks = partial.times
    shown = quoted("-".join(clock.time for clock in clocks))
    if len(clocks) == 1:
        return TimeRange(_time_text(*clocks))
    if len(clocks) == 2:
        overnight = clocks[1].time < clocks[0].time and clocks[0].offset == clocks[1].offset
        if overnight and _second_is_offset(clocks):
            doubt = msg("{words} may be hours or a time with its offset: the offset is taken", words=shown)
            return TimeRange(_time_text(*clocks), doubts=(doubt,))
        return TimeRange(_time_text(clocks[0]), _time_text(clocks[1]), overnight)
    if len(clocks) == 4 and _second_is_offset(clocks[:2]) and _second_is_offset(clocks[2:]):
        return TimeRange(_time_text(*clocks[:2]), _time_text(*clocks[2:]))
    doubt = msg("{words} may have its offset at the start or at the end", words=shown)
    if len(clocks) == 3 and _second_is_offset(clocks[:2]):
        return TimeRange(_time_text(*clocks[:2]), _time_text(clocks[2]), doubts=(doubt,))
    if len(clocks) == 3 and _second_is_offset(clocks[1:]):
        return TimeRange(_time_text(clocks[0]), _time_text(*clocks[1:]), doubts=(doubt,))
    raise DatePhraseError(
        msg("{words} names more than a start and an end", words=quoted(partial.text)),
        msg("write the first and the last time: 2017-11-08T15:00/2017-11-08T16:30"),
        partial.text,
    )


def single_time(partial: PartialDate) -> str:
    """Return the only time of a date, with its offset; "" where it has none or several."""
    if len(partial.times) == 1 or (len(partial.times) == 2 and _second_is_offset(partial.times)):
        return _time_text(*partial.times)
    return ""


def _second_is_offset(times: Sequence[TimeOfDay]) -> bool:
    """Tell whether the second of two times can be the offset of the first, behind UTC."""
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
