"""What words say of a date, part for part, before it is known what they leave out."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from wavectl.diagnostics import Message


class Clock(NamedTuple):
    """A time of day: ``HH:MM`` or ``HH:MM:SS``. ``offset`` is empty, ``Z`` or ``+HH:MM``."""

    time: str
    offset: str = ""
    half: str = ""  # "am" or "pm", where written
    digital: bool = False  # written as 15:00, so that it may be an offset behind another one
    tight: bool = False  # joined to the one before by a hyphen without spaces


class Piece(NamedTuple):
    """One date, or one end of a stretch; None and 0 stand for what is not said."""

    words: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int = 0  # the number of a season, quarter or half in EDTF
    side: int | None = None  # 0, 1, 2: beginning, middle or end of that part or year
    days: tuple[int, int] | None = None  # some days of the month; below 0 they count from its end
    week: bool = False  # the week of that day
    nth: int = 0  # which one of the weekdays of the month; -1 is the last
    weekday: int | None = None  # from Monday, 0
    weekend: bool = False  # the Saturday and the Sunday of that day, or the nth of the month
    named: str = ""  # the weekday as written
    order: str = ""  # of a date in digits: "day" or "month" is first for sure, or "either" one may be
    clocks: tuple[Clock, ...] = ()
    doubts: tuple[Message, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether it names days that no date can name: "end of 2018", "the week of 5 July"."""
        return self.side is not None or self.days is not None or self.week

    @property
    def is_year(self) -> bool:
        """Whether it names a year and nothing else."""
        return self.month is None and self.day is None and not self.part and self.side is None


class Shape(StrEnum):
    """How the dates of a text belong together."""

    ONE = "one"
    RANGE = "range"  # from the first through the last
    OPEN = "open"  # from the first on
    BETWEEN = "between"  # some time from the first through the last
    LIST = "list"  # all of them
    EITHER = "either"  # one of them
    UNKNOWN = "unknown"


class Said(NamedTuple):
    """What a text says: its dates, and the words around them."""

    shape: Shape
    pieces: tuple[Piece, ...] = ()
    about: bool = False
    unsure: bool = False
    every: bool = False
    doubts: tuple[Message, ...] = ()
