"""What words say of a date, part for part, before it is known what they leave out."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from wavectl.diagnostics import Message


class TimeOfDay(NamedTuple):
    """A time of day: ``HH:MM`` or ``HH:MM:SS``. ``offset`` is empty, ``Z`` or ``+HH:MM``."""

    time: str
    offset: str = ""
    half_of_day: str = ""  # "am" or "pm", where written
    digital: bool = False  # written as 15:00, so that it may be an offset behind another one
    after_hyphen: bool = False  # joined to the one before by a hyphen without spaces


class PartialDate(NamedTuple):
    """One date, or one end of a stretch; None and 0 stand for what is not said."""

    text: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_part: int = 0  # the number of a season, quarter or half in EDTF
    portion: int | None = None  # 0, 1, 2: beginning, middle or end of that part or year
    day_range: tuple[int, int] | None = None  # some days of the month; below 0 they count from its end
    week: bool = False  # the week of that day
    nth: int = 0  # which one of the weekdays of the month; -1 is the last
    weekday: int | None = None  # from Monday, 0
    weekend: bool = False  # the Saturday and the Sunday of that day, or the nth of the month
    weekday_text: str = ""  # the weekday as written
    day_month_order: str = ""  # of a date in digits: "day" or "month" is first for sure, or "either" one may be
    times: tuple[TimeOfDay, ...] = ()
    doubts: tuple[Message, ...] = ()

    @property
    def is_vague(self) -> bool:
        """Whether it names days that no date can name: "end of 2018", "the week of 5 July"."""
        return self.portion is not None or self.day_range is not None or self.week

    @property
    def is_year_only(self) -> bool:
        """Whether it names a year and nothing else."""
        return self.month is None and self.day is None and not self.year_part and self.portion is None


class DateRelation(StrEnum):
    """How the dates of a text belong together."""

    SINGLE = "one"
    RANGE = "range"  # from the first through the last
    OPEN = "open"  # from the first on
    BETWEEN = "between"  # some time from the first through the last
    LIST = "list"  # all of them
    EITHER = "either"  # one of them
    UNKNOWN = "unknown"


class Phrase(NamedTuple):
    """What a text says: its dates, and the words around them."""

    relation: DateRelation
    dates: tuple[PartialDate, ...] = ()
    approximate: bool = False
    uncertain: bool = False
    yearly: bool = False
    doubts: tuple[Message, ...] = ()
