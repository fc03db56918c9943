"""A date -> the time that its entry takes in a calendar: whole days, or instants and the zone they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from ics.grammar.parse import ContentLine

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, Precision, When
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import line
from wavectl.publishing.ical.vtimezone import regular
from wavectl.timeline import Group, local

LONGEST = 31
"""How many days a date that is not exact may fill, under ``auto``; a longer one is shown on its first day."""

Bound = date | datetime


class Slot(NamedTuple):
    """The time that an entry takes: the first day and the day after the last, or instants in UTC.

    ``end`` is exclusive, None where no end is known. ``zone`` is the one that instants are written in.
    """

    start: Bound
    end: Bound | None
    zone: str = "UTC"

    def lines(self) -> Iterator[ContentLine]:
        """Return DTSTART and DTEND."""
        yield self.line("DTSTART", self.start)
        if self.end is not None and self.end > self.start:
            yield self.line("DTEND", self.end)

    def line(self, name: str, bound: Bound) -> ContentLine:
        """Return a property of the same type as the start."""
        if not isinstance(bound, datetime):
            return line(name, encoding.day(bound), VALUE="DATE")
        if self.zone == "UTC":
            return line(name, encoding.utc(bound))
        return line(name, encoding.clock(bound.astimezone(timezones.zone(self.zone))), TZID=self.zone)

    def moved(self, to: Bound) -> Slot:
        """Return a slot of the same length that starts at ``to``."""
        end = None if self.end is None else to + (self.end - self.start)
        return Slot(to, end, self.zone)

    def on(self, day: date) -> Slot:
        """Return the slot that a rule which starts with this one gives on ``day``: at the same time by its clocks."""
        if not isinstance(self.start, datetime):
            return self.moved(day)
        clock = self.start.astimezone(timezones.zone(self.zone)).time()
        return self.moved(_at(datetime.combine(day, clock), self.zone))


def slot(when: When, group: Group, frame: str, fuzzy: str) -> Slot | None:
    """Return the time that a date of a group takes in a calendar; None where there is nothing to show.

    ``frame`` is the zone of ``frame(group)``; ``fuzzy`` says what becomes of a date that is not exact.
    """
    here = local(when, group.zone)
    if here.earliest is None or here.known is None:
        return None
    exact = when.exact
    if exact and when.precision is Precision.TIME:
        return _timed(when, group.zone, frame)
    if not exact:
        if fuzzy == "omit":
            return None
        if fuzzy == "first-day" or (fuzzy == "auto" and here.days > LONGEST):
            return Slot(here.earliest, here.earliest + timedelta(days=1))
    return Slot(here.earliest, here.known + timedelta(days=1))


def _timed(when: When, zone: str, frame: str) -> Slot:
    """Return the instants of a date, in UTC where the clocks of its frame show one of them for the second time."""
    instants = [_instant(point, zone) for point in (when.start, when.end) if point is not None]
    told = all(_at(_wall(instant, frame), frame) == instant for instant in instants)
    return Slot(instants[0], instants[1] if len(instants) > 1 else None, frame if told else "UTC")


def frame(group: Group) -> str:
    """Return the zone that the times of a group are written in.

    That is its own zone where yearly rules describe that one from the group's first year on, else UTC. A rule wants
    more: all its times are to be the same on the clocks of the zone, or else its days to be days of UTC. Where they
    are neither, it is a zone that is always as far from UTC as the first time is.
    """
    dates = [date for one in group.occurrences for date in (one.when, one.planned) if date is not None]
    if not any(date.precision is Precision.TIME for date in dates):
        return "UTC"
    first_year = min(date.earliest.year for date in dates if date.earliest)
    own = group.zone if regular(group.zone, first_year) else "UTC"
    planned = [one.planned.start for one in group.occurrences if one.planned and one.planned.start]
    if not planned or planned[0].clock is None:
        return own
    times = [(point.first, _instant(point, group.zone)) for point in planned]
    day, first = times[0]
    clock = _wall(first, own).time()
    if all(_at(datetime.combine(due, clock), own) == instant for due, instant in times):
        return own
    return "UTC" if _wall(first, "UTC").date() == day else _fixed(planned[0].offset, first, group.zone)


def _fixed(stated: timedelta | None, instant: datetime, zone: str) -> str:
    """Return the zone that always has the offset stated, else that of an instant in ``zone``; UTC if there is none."""
    offset = instant.astimezone(timezones.zone(zone)).utcoffset() if stated is None else stated
    name = f"Etc/GMT{-((offset or timedelta()) // timedelta(hours=1)):+}"  # the sign is the other way round there
    known = name in timezones.names() and instant.astimezone(timezones.zone(name)).utcoffset() == offset
    return name if known else "UTC"


def _instant(point: Point, zone: str) -> datetime:
    """Return a time of day as the instant that it is, in UTC."""
    assert point.clock is not None  # noqa: S101 - asked of times only
    wall = datetime.combine(point.first, point.clock)
    return _at(wall, zone) if point.offset is None else (wall - point.offset).replace(tzinfo=UTC)


def _at(wall: datetime, zone: str) -> datetime:
    """Return the instant of a time on the clocks of a zone; one they skip has the offset of those before it."""
    return (timezones.instant(wall, zone) or wall.replace(tzinfo=timezones.zone(zone))).astimezone(UTC)


def _wall(instant: datetime, zone: str) -> datetime:
    """Return what the clocks of a zone show at an instant."""
    return instant.astimezone(timezones.zone(zone)).replace(tzinfo=None, fold=0)
