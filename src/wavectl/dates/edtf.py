"""Parse and represent the dates of plans (``when``, ``period``): EDTF, ISO 8601-2:2019.

A date can be a day, a month, a season, an interval, a set or unknown. A ``When`` holds its earliest and latest day,
its precision and its qualifiers (uncertain, approximate); both ends of an interval are included.
Nothing here reads the clock or a time zone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from wavectl.diagnostics import Message, msg, phrase, quoted

FIRST_YEAR, LAST_YEAR = 1583, 9998
"""The Gregorian calendar begins with 1583; after 9998 no day is left for the end of a calendar entry."""

DATE_FORMAT_HINT = msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
SET_HINT = msg(
    "for an unknown day between two dates, write [2018-07-05..2018-07-20]; "
    "for one of several days, write [2018-07-05,2018-07-20]"
)
MAX_CHOICES = 10
"""How many days a choice of days may list."""


class Precision(StrEnum):
    """How exactly a date is known, from the most to the least exact."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    SEMESTER = "semester"
    YEAR = "year"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """The position in this order; 0 is the most exact."""
        return _RANKS[self]


_RANKS = {precision: rank for rank, precision in enumerate(Precision)}


class DateForm(StrEnum):
    """The form of an EDTF date."""

    SINGLE = "single"  # 2017-11-02, 2018-03
    INTERVAL = "interval"  # 2018-02/2018-07
    OPEN = "open"  # 2018-07-05/..
    UNTIL = "until"  # ../2018-07-17
    SET = "set"  # [2018-07-05..2018-07-20], [2018-07-05,2018-07-20]
    UNKNOWN = "unknown"


_EXACT_FORMS, _EXACT_PRECISIONS = (DateForm.SINGLE, DateForm.INTERVAL), (Precision.TIME, Precision.DAY)


class Point(NamedTuple):
    """One end of a date: its text and the days it covers, from ``first`` to ``last`` included."""

    text: str
    first: date
    last: date
    precision: Precision
    qualifier: str = ""  # "", "?", "~" or "%"
    time_of_day: time | None = None
    offset: timedelta | None = None  # from UTC, if the text has one

    @property
    def wall_time(self) -> datetime | None:
        """The local date and time, aware if an offset is written; None without a time of day."""
        if self.time_of_day is None:
            return None
        zone = None if self.offset is None else timezone(self.offset)
        return datetime.combine(self.first, self.time_of_day, zone)


class When(NamedTuple):
    """A parsed date. ``start`` is None for an unknown date; ``end`` is None unless there is a second date.

    With an open start, ``start`` is the date until which it is. ``choices`` are the days of a set that lists them.
    """

    form: DateForm
    start: Point | None = None
    end: Point | None = None
    choices: tuple[Point, ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The normal form as EDTF; ``parse`` reads it back as the same date."""
        start, end = self.start.text if self.start else "unknown", self.end.text if self.end else ""
        if self.form is DateForm.SET:
            return f"[{','.join(day.text for day in self.choices) or f'{start}..{end}'}]"
        if self.form is DateForm.UNTIL:
            return f"../{start}"
        return f"{start}/.." if self.form is DateForm.OPEN else f"{start}/{end}" if end else start

    @property
    def earliest(self) -> date | None:
        """The first possible day; with an open start the last one, which is known; None for an unknown date."""
        if self.start is None:
            return None
        return self.start.last if self.form is DateForm.UNTIL else self.start.first

    @property
    def latest(self) -> date | None:
        """The last possible day, included; None for an unknown date or an open end."""
        return None if self.form is DateForm.OPEN else self.last_known

    @property
    def last_known(self) -> date | None:
        """The last known day, included: ``latest``, or with an open end the last day of the start."""
        if self.start is None:
            return None
        # With two UTC offsets, the day of the end can be before the day of the start.
        return max(self.end.last, self.start.first) if self.end else self.start.last

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The first and the last possible day, both included; None where that end is open or unknown."""
        return None if self.form is DateForm.UNTIL else self.earliest, self.latest

    @property
    def spans(self) -> list[tuple[date, date]]:
        """The stretches of days that it may be on, both ends included: one, or each day of a choice."""
        if self.choices:
            return [(day.first, day.last) for day in self.choices]
        first, last = self.earliest, self.last_known
        return [(first, last)] if first and last else []

    @property
    def precision(self) -> Precision:
        """The coarser precision of the two ends; for a set, month if it lies in one month, else year."""
        if self.start is None:
            return Precision.UNKNOWN
        if self.end is None:
            return self.start.precision
        if self.form is DateForm.SET:
            first, last = self.start.first, self.end.last
            return Precision.MONTH if (first.year, first.month) == (last.year, last.month) else Precision.YEAR
        one, other = self.start.precision, self.end.precision
        return one if one is other or one.rank > other.rank else other

    @property
    def has_time(self) -> bool:
        """Whether either end has a time of day."""
        return any(point is not None and point.time_of_day is not None for point in (self.start, self.end))

    @property
    def is_qualified(self) -> bool:
        """Whether either end has a qualifier (``?``, ``~`` or ``%``)."""
        return bool((self.start and self.start.qualifier) or (self.end and self.end.qualifier))

    @property
    def is_exact(self) -> bool:
        """Whether all days or times are known for certain; otherwise the date is fuzzy."""
        return self.form in _EXACT_FORMS and not self.is_qualified and self.precision in _EXACT_PRECISIONS

    @property
    def days(self) -> int:
        """Number of days from ``earliest`` to ``last_known``, both included; 0 for an unknown date."""
        return (self.last_known - self.earliest).days + 1 if self.last_known and self.earliest else 0

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Tell whether any day lies between ``first`` and ``last``, both included; None is no bound."""
        return any((first is None or end >= first) and (last is None or start <= last) for start, end in self.spans)

    def meets(self, other: When) -> bool:
        """Tell whether both dates may be on one day."""
        return any(self.overlaps(first, last) for first, last in other.spans)

    def shift_years(self, years: int) -> When | None:
        """Return the same date ``years`` later; None if that day does not exist (29 February)."""
        try:
            start, end = (point and _shift_point(point, years) for point in (self.start, self.end))
            return When(self.form, start, end, tuple(_shift_point(day, years) for day in self.choices))
        except DateError:
            return None


UNKNOWN = When(DateForm.UNKNOWN)

_POINT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<offset>Z|[+-]\d\d:\d\d)?)?"
    r"(?P<doubt>[?~%])?",
    re.ASCII,
)
_YEAR_PARTS = {
    **{20 + n: (Precision.SEASON, 3 * n, 3) for n in (1, 2, 3, 4)},  # spring opens in March, winter in December
    **{24 + n: (Precision.SEASON, 3 * n, 3) for n in (1, 2, 3, 4)},  # the same, of the northern hemisphere
    **{28 + n: (Precision.SEASON, 3 * ((n + 1) % 4 + 1), 3) for n in (1, 2, 3, 4)},  # spring opens in September
    **{32 + n: (Precision.QUARTER, 3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{36 + n: (Precision.SEMESTER, 4 * n - 3, 4) for n in (1, 2, 3)},
    **{39 + n: (Precision.SEMESTER, 6 * n - 5, 6) for n in (1, 2)},
}
"""EDTF numbers of parts of a year: precision, first month, length in months (ISO 8601-2 §4.8)."""


@lru_cache(maxsize=65_536)
def parse(text: str) -> When:
    """Parse a date; raise ``DateError`` with the reason if it is not valid.

    Supported are days, months, years, seasons (21-24, northern 25-28, southern 29-32), quarters (33-36), four months
    (37-39), semesters (40, 41), unknown digits (``XX``), times, intervals, open starts and ends, sets ``[A..B]`` and
    ``[A,B]``, the qualifiers ``? ~ %`` and ``unknown``: ISO 8601-2:2019 levels 0 and 1, and parts of level 2.
    """
    text = text.strip()
    if text == "unknown":
        return UNKNOWN
    if text.startswith("["):
        return _parse_choice(text) if "," in text else _parse_set(text)
    start_text, slash, end_text = text.partition("/")
    if not slash:
        return When(DateForm.SINGLE, _parse_point(text, text))
    if start_text in ("", ".."):
        return When(DateForm.UNTIL, _parse_point(end_text, text))
    if end_text in ("", ".."):
        return When(DateForm.OPEN, _parse_point(start_text, text))
    start, end = _parse_point(start_text, text), _parse_point(end_text, text)
    if _is_inverted(start, end):
        hint = msg("put the first day before the slash: {date}", date=f"{end_text}/{start_text}")
        raise DateError(msg("{date} ends before it starts", date=quoted(text)), hint, rule="inverted-dates")
    return When(DateForm.INTERVAL, start, end)


def _is_inverted(start: Point, end: Point) -> bool:
    if start.wall_time and end.wall_time and (start.offset is None) == (end.offset is None):
        return end.wall_time < start.wall_time
    if start.offset != end.offset:  # local days can differ by one
        return end.last < start.first - timedelta(days=1)
    return end.last < start.first


def _parse_set(text: str) -> When:
    """Parse ``[A..B]``: some day from A to B, both included (ISO 8601-2 §6.4)."""
    first, dots, last = text[1:-1].partition("..")
    if not text.endswith("]") or not dots or not first or not last:
        raise DateError(msg("{date} is not a valid set of days", date=quoted(text)), SET_HINT)
    start, end = _parse_point(first, text), _parse_point(last, text)
    for point in (start, end):
        if point.qualifier or point.time_of_day:
            message = msg("{date} has a time or a mark of doubt inside a set", date=quoted(text))
            raise DateError(message, msg("remove it: a set already says that the day is not known"))
    if end.last < start.first:
        hint = msg("put the first day before the dots: {date}", date=f"[{last}..{first}]")
        raise DateError(msg("{date} ends before it starts", date=quoted(text)), hint, rule="inverted-dates")
    return When(DateForm.SET, start, end)


def _parse_choice(text: str) -> When:
    """Parse ``[A,B]``: one of the days that are listed (ISO 8601-2 §6.4)."""
    days = [item.strip() for item in text[1:-1].split(",")]
    if not text.endswith("]") or not all(days) or ".." in text:
        raise DateError(msg("{date} is not a valid set of days", date=quoted(text)), SET_HINT)
    points = tuple(_parse_point(day, text) for day in days)
    if any(point.precision is not Precision.DAY or point.qualifier for point in points):
        message = msg("{date} lists something other than days", date=quoted(text))
        raise DateError(message, msg("write whole days without marks: [2018-05-12,2018-06-03]"))
    rising = sorted({point.first for point in points})
    if not 2 <= len(rising) <= MAX_CHOICES:
        message = msg("{date} does not list 2 to {count} different days", date=quoted(text), count=MAX_CHOICES)
        raise DateError(message, SET_HINT)
    if rising != [point.first for point in points]:
        hint = msg("write each day once, in order: {date}", date=f"[{','.join(map(str, rising))}]")
        raise DateError(msg("the days of {date} are not in order", date=quoted(text)), hint, rule="inverted-dates")
    return When(DateForm.SET, points[0], points[-1], points)


def _parse_point(text: str, full_text: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise unreadable_date_error(text, full_text)
    year, month, day = match["year"], match["month"], match["day"]
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        message = msg("{date} is in the year {year}", date=quoted(full_text), year=year)
        raise DateError(message, msg("years go from {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR))
    doubt = match["doubt"] or ""
    if day is None or day == "XX" or month == "XX":
        if match["hour"]:
            message = msg("{date} has a time but no day", date=quoted(full_text))
            raise DateError(message, msg("write the day before the time, for example 2017-11-08T15:00"))
        precision, first, last = _month_or_year_range(int(year), month, day, full_text)
        return Point(text, first, last, precision, doubt)
    first = _checked_day(int(year), int(month), int(day), full_text)
    return _parse_time(match, first, full_text) if match["hour"] else Point(text, first, first, Precision.DAY, doubt)


def _month_or_year_range(year: int, month: str | None, day: str | None, full_text: str) -> tuple[Precision, date, date]:
    if month is None or (month == "XX" and day in (None, "XX")):
        return Precision.YEAR, date(year, 1, 1), date(year, 12, 31)
    if month == "XX":
        message = msg("{date} gives a day but not its month", date=quoted(full_text))
        raise DateError(message, msg("write the year alone: {date}", date=year))
    number = int(month)
    if 1 <= number <= 12:
        return Precision.MONTH, date(year, number, 1), _month_end(year, number)
    if number in _YEAR_PARTS and day is None:
        precision, opening, length = _YEAR_PARTS[number]
        closing = opening + length - 1
        return precision, date(year, opening, 1), _month_end(year + (closing > 12), (closing - 1) % 12 + 1)
    hint = msg(
        "months go from 01 to 12; 21-24 are the seasons, 25-28 the northern ones, 29-32 the southern ones, "
        "33-36 the quarters, 37-39 the four-month periods, 40 and 41 the halves of a year"
    )
    raise DateError(msg("{date}: there is no month {month}", date=quoted(full_text), month=month), hint)


def _checked_day(year: int, month: int, day: int, full_text: str) -> date:
    if not 1 <= month <= 12:
        message = msg("{date}: there is no month {month}", date=quoted(full_text), month=f"{month:02}")
        raise DateError(message, msg("write year-month-day, for example 2017-11-02"))
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        message = msg("{date}: there is no day {day} in that month", date=quoted(full_text), day=f"{day:02}")
        raise DateError(message, msg("{month} has {days} days", month=f"{year}-{month:02}", days=length))
    return date(year, month, day)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _parse_time(match: re.Match[str], day: date, full_text: str) -> Point:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        message = msg("{date} has a time that does not exist", date=quoted(full_text))
        raise DateError(message, msg("times go from 00:00 to 23:59"))
    offset = _parse_offset(match["offset"], full_text)
    doubt = match["doubt"] or ""
    clock = time(hour, minute, second)
    shown = clock.isoformat("seconds" if second else "minutes")
    text = f"{day.isoformat()}T{shown}{match['offset'] or ''}{doubt}"
    return Point(text, day, day, Precision.TIME, doubt, clock, offset)


def _parse_offset(text: str | None, full_text: str) -> timedelta | None:
    if text is None:
        return None
    if text == "Z":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[4:])
    if hours > 14 or minutes > 59 or (hours == 14 and minutes):
        message = msg("{date} has an offset that is too far from UTC", date=quoted(full_text))
        raise DateError(message, msg("offsets go from -14:00 to +14:00"))
    return timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1)


def _shift_point(point: Point, years: int) -> Point:
    text = f"{point.first.year + years:04}{point.text[4:]}"
    return _parse_point(text, text)


class DateError(ValueError):
    """An invalid date: message, hint and the name of the rule to report."""

    def __init__(self, message: Message, hint: Message | None = None, rule: str = "invalid-date") -> None:
        super().__init__(str(message))
        self.message, self.hint, self.rule = message, hint, rule


_MAX_LENGTH = 100
"""Longer texts are not searched for known mistakes: no date is as long."""
_KNOWN_MISTAKES: tuple[tuple[str, str, str], ...] = (  # pattern, message, hint
    (
        r"\d{4}-.*/(\d\d-)?\d\d|.*/T?\d\d:\d\d.*",
        phrase("{date} shortens the date after the slash"),
        phrase("write both dates in full: 2017-11-02/2017-11-03"),
    ),
    (
        r"\d{4}-\d{1,2}(-(\d{1,2}|XX))?",
        phrase("{date} has a month or a day of one digit"),
        phrase("write two digits: 2017-09-04"),
    ),
    (
        r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*",
        phrase("{date} does not begin with the year"),
        phrase("write year-month-day: 2017-09-04 is the 4th of September 2017"),
    ),
    (
        r"\d{4}[./]\d{1,2}([./]\d{1,2})?",
        phrase("{date} has separators other than hyphens"),
        phrase("write year-month-day: 2017-09-04"),
    ),
    (
        r"[\dX]*X[\dX]*(-.*)?",
        phrase("{date} has unknown digits in the year"),
        phrase("write the first and the last possible year: [2010..2019]"),
    ),
    (
        r".*[\dTxX]\s*(--?|\u2013|\u2014| to )\s*\d{4}-\d\d.*|\d{4}\s*[\u2013\u2014-]\s*\d{4}",
        phrase("{date} joins two dates with a dash"),
        phrase("join the first and the last day with a slash: 2017-11-02/2017-11-03"),
    ),
    (
        r".*[?~%].+",
        phrase("{date} has a mark of doubt in the middle"),
        phrase("put one mark at the end: ? for uncertain, ~ for about, % for both"),
    ),
    (
        r".*,.*",
        phrase("{date} lists several dates"),
        phrase("write one moment for each date; for one of several days, write [2018-05-12,2018-06-03]"),
    ),
    (
        r"\d{4}-\d\d-\d\d[ tT]\d{1,2}(:\d\d|h\d*)?.*",
        phrase("{date} has a time that cannot be read"),
        phrase("write hours and minutes after a T: 2017-11-08T15:00"),
    ),
    (
        r"\d{4}-(xx|Xx|xX|\d\d-(xx|Xx|xX)).*",
        phrase("{date} has small letters for unknown digits"),
        phrase("write XX in capitals"),
    ),
    (r"\d{8}", phrase("{date} has no hyphens"), phrase("write year-month-day: 2017-09-04")),
    (r"[\dX?~%T:.\[/+-]+( [\dX?~%T:.\]/+-]+)+", phrase("{date} has spaces inside"), phrase("write it without spaces")),
    (r"[-+]?\d{5,}|-\d+.*", phrase("{date} is not a year of four digits"), phrase("write a year such as 2017")),
)


def unreadable_date_error(text: str, full_text: str) -> DateError:
    """Return the error for a text that is not EDTF, with a specific hint for common mistakes."""
    if len(full_text) <= _MAX_LENGTH:
        for pattern, message, hint in _KNOWN_MISTAKES:
            if re.fullmatch(pattern, full_text, re.ASCII) or re.fullmatch(pattern, text, re.ASCII):
                return DateError(msg(message, date=quoted(full_text)), msg(hint))
    return DateError(msg("{date} is not a date that wavectl can read", date=quoted(full_text)), DATE_FORMAT_HINT)
