"""A date -> the time that its entry takes in a calendar: whole days, or instants and the zone they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from ics.grammar.parse import ContentLine

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, Precision, When
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import content_line
from wavectl.publishing.ical.vtimezone import has_yearly_rules
from wavectl.timeline import MomentGroup, to_local_time

MAX_FUZZY_DAYS = 31
"""How many days a date that is not exact may fill, under ``auto``; a longer one is shown on its first day."""

DateOrInstant = date | datetime


class EventSpan(NamedTuple):
    """The time that an entry takes: the first day and the day after the last, or instants in UTC.

    ``end`` is exclusive, None where no end is known. ``zone`` is the one that instants are written in.
    """

    start: DateOrInstant
    end: DateOrInstant | None
    zone: str = "UTC"

    def date_properties(self) -> Iterator[ContentLine]:
        """Return DTSTART and DTEND."""
        yield self.date_property("DTSTART", self.start)
        if self.end is not None and self.end > self.start:
            yield self.date_property("DTEND", self.end)

    def date_property(self, name: str, bound: DateOrInstant) -> ContentLine:
        """Return a property of the same type as the start."""
        if not isinstance(bound, datetime):
            return content_line(name, encoding.day(bound), VALUE="DATE")
        if self.zone == "UTC":
            return content_line(name, encoding.utc_datetime(bound))
        return content_line(
            name, encoding.local_datetime(bound.astimezone(timezones.get_zone(self.zone))), TZID=self.zone
        )

    def starting_at(self, to: DateOrInstant) -> EventSpan:
        """Return a slot of the same length that starts at ``to``."""
        end = None if self.end is None else to + (self.end - self.start)
        return EventSpan(to, end, self.zone)

    def on_day(self, day: date) -> EventSpan:
        """Return the slot that a rule which starts with this one gives on ``day``: at the same time by its clocks."""
        if not isinstance(self.start, datetime):
            return self.starting_at(day)
        clock = self.start.astimezone(timezones.get_zone(self.zone)).time()
        return self.starting_at(_from_wall_time(datetime.combine(day, clock), self.zone))


def event_span(when: When, group: MomentGroup, output_zone: str, fuzzy: str) -> EventSpan | None:
    """Return the time that a date of a group takes in a calendar; None where there is nothing to show.

    ``frame`` is the zone of ``frame(group)``; ``fuzzy`` says what becomes of a date that is not exact.
    """
    here = to_local_time(when, group.zone)
    if here.earliest is None or here.last_known is None:
        return None
    exact = when.is_exact
    if exact and when.precision is Precision.TIME:
        return _timed_span(when, group.zone, output_zone)
    if not exact:
        if fuzzy == "omit":
            return None
        if fuzzy == "first-day" or (fuzzy == "auto" and here.days > MAX_FUZZY_DAYS):
            return EventSpan(here.earliest, here.earliest + timedelta(days=1))
    return EventSpan(here.earliest, here.last_known + timedelta(days=1))


def _timed_span(when: When, zone: str, output_zone: str) -> EventSpan:
    """Return the instants of a date, in UTC where the clocks of its frame show one of them for the second time."""
    instants = [_instant(point, zone) for point in (when.start, when.end) if point is not None]
    told = all(_from_wall_time(_to_wall_time(instant, output_zone), output_zone) == instant for instant in instants)
    return EventSpan(instants[0], instants[1] if len(instants) > 1 else None, output_zone if told else "UTC")


def choose_output_zone(group: MomentGroup) -> str:
    """Return the zone that the times of a group are written in.

    That is its own zone where yearly rules describe that one from the group's first year on, else UTC. A rule wants
    more: all its times are to be the same on the clocks of the zone, or else its days to be days of UTC. Where they
    are neither, it is a zone that is always as far from UTC as the first time is.
    """
    dates = [date for one in group.occurrences for date in (one.when, one.planned) if date is not None]
    if not any(date.precision is Precision.TIME for date in dates):
        return "UTC"
    first_year = min(date.earliest.year for date in dates if date.earliest)
    own = group.zone if has_yearly_rules(group.zone, first_year) else "UTC"
    planned = [one.planned.start for one in group.occurrences if one.planned and one.planned.start]
    if not planned or planned[0].time_of_day is None:
        return own
    times = [(point.first, _instant(point, group.zone)) for point in planned]
    day, first = times[0]
    clock = _to_wall_time(first, own).time()
    if all(_from_wall_time(datetime.combine(due, clock), own) == instant for due, instant in times):
        return own
    return (
        "UTC" if _to_wall_time(first, "UTC").date() == day else _fixed_offset_zone(planned[0].offset, first, group.zone)
    )


def _fixed_offset_zone(stated: timedelta | None, instant: datetime, zone: str) -> str:
    """Return the zone that always has the offset stated, else that of an instant in ``zone``; UTC if there is none."""
    offset = instant.astimezone(timezones.get_zone(zone)).utcoffset() if stated is None else stated
    name = f"Etc/GMT{-((offset or timedelta()) // timedelta(hours=1)):+}"  # the sign is the other way round there
    known = name in timezones.zone_names() and instant.astimezone(timezones.get_zone(name)).utcoffset() == offset
    return name if known else "UTC"


def _instant(point: Point, zone: str) -> datetime:
    """Return a time of day as the instant that it is, in UTC."""
    assert point.time_of_day is not None  # noqa: S101 - asked of times only
    wall = datetime.combine(point.first, point.time_of_day)
    return _from_wall_time(wall, zone) if point.offset is None else (wall - point.offset).replace(tzinfo=UTC)


def _from_wall_time(wall: datetime, zone: str) -> datetime:
    """Return the instant of a time on the clocks of a zone; one they skip has the offset of those before it."""
    return (timezones.localize(wall, zone) or wall.replace(tzinfo=timezones.get_zone(zone))).astimezone(UTC)


def _to_wall_time(instant: datetime, zone: str) -> datetime:
    """Return what the clocks of a zone show at an instant."""
    return instant.astimezone(timezones.get_zone(zone)).replace(tzinfo=None, fold=0)
