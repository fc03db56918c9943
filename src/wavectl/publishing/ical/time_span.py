"""Compute the time that an entry takes in a calendar: whole days, or instants and the zone to write them in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, Precision, When
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.vtimezone import has_yearly_rules
from wavectl.timeline.groups import MomentGroup, to_local_time

MAX_FUZZY_DAYS = 31
"""How many days an inexact date may fill under ``auto``; a longer one is shown on its first day."""

DateOrInstant = date | datetime


class EventSpan(NamedTuple):
    """The time of an entry: dates for all-day entries, else instants in UTC.

    ``end`` is exclusive, None where no end is known. ``zone`` is the zone in which instants are written.
    """

    start: DateOrInstant
    end: DateOrInstant | None
    zone: str = "UTC"

    def date_lines(self) -> list[str]:
        """Return the DTSTART and DTEND lines (§3.8.2)."""
        lines = [self.date_line("DTSTART", self.start)]
        if self.end is not None and self.end > self.start:
            lines.append(self.date_line("DTEND", self.end))
        return lines

    def date_line(self, name: str, bound: DateOrInstant) -> str:
        """Return the line of a property of the same value type as DTSTART."""
        if not isinstance(bound, datetime):
            return f"{name};VALUE=DATE:{encoding.day(bound)}"
        zone = "" if self.zone == "UTC" else f";TZID={encoding.parameter(self.zone)}"
        return f"{name}{zone}:{self.date_value(bound)}"

    def date_value(self, bound: DateOrInstant) -> str:
        """Return an encoded DATE, DATE-TIME in UTC, or local DATE-TIME."""
        if not isinstance(bound, datetime):
            return encoding.day(bound)
        if self.zone == "UTC":
            return encoding.utc_datetime(bound)
        return encoding.local_datetime(bound.astimezone(timezones.get_zone(self.zone)))

    def on_day(self, day: date) -> EventSpan:
        """Return the span that a rule starting with this one gives on ``day``: at the same local time."""
        start: DateOrInstant = day
        if isinstance(self.start, datetime):
            clock = self.start.astimezone(timezones.get_zone(self.zone)).time()
            start = _from_wall_time(datetime.combine(day, clock), self.zone)
        return EventSpan(start, None if self.end is None else start + (self.end - self.start), self.zone)


def event_span(when: When, group: MomentGroup, output_zone: str, fuzzy: str) -> EventSpan | None:
    """Return the time span of a date of a group; None where there is nothing to show.

    ``output_zone`` comes from ``choose_output_zone``; ``fuzzy`` says how a date that is not exact is shown.
    """
    local = to_local_time(when, group.zone)
    if local.earliest is None or local.last_known is None:
        return None
    exact = when.is_exact
    if exact and when.precision is Precision.TIME:
        return _timed_span(when, group.zone, output_zone)
    if not exact:
        if fuzzy == "omit":
            return None
        if fuzzy == "first-day" or (fuzzy == "auto" and (local.choices or local.days > MAX_FUZZY_DAYS)):
            return EventSpan(local.earliest, local.earliest + timedelta(days=1))
    return EventSpan(local.earliest, local.last_known + timedelta(days=1))


def _timed_span(when: When, zone: str, output_zone: str) -> EventSpan:
    """Return the instants of a date; written in UTC where the local time of one is ambiguous in the output zone."""
    start, *end = (_instant(point, zone) for point in (when.start, when.end) if point is not None)
    is_unambiguous = all(_from_wall_time(_to_wall_time(one, output_zone), output_zone) == one for one in (start, *end))
    return EventSpan(start, end[0] if end else None, output_zone if is_unambiguous else "UTC")


def choose_output_zone(group: MomentGroup) -> str:
    """Return the zone in which the times of a group are written.

    It is the group's own zone where yearly rules describe it from the first year on, else UTC. A recurrence needs
    more: the same local time at each occurrence, else days that are the same in UTC. Where it has neither, the zone
    is one with the fixed offset of the first occurrence.
    """
    occurrences = group.occurrences
    dates = [date for occurrence in occurrences for date in (occurrence.when, occurrence.planned) if date is not None]
    if not any(date.precision is Precision.TIME for date in dates):
        return "UTC"
    first_year = min(date.earliest.year for date in dates if date.earliest)
    zone = group.zone if has_yearly_rules(group.zone, first_year) else "UTC"
    planned = [start for occurrence in occurrences if occurrence.planned and (start := occurrence.planned.start)]
    if not planned or planned[0].time_of_day is None:
        return zone
    instants = [(point.first, _instant(point, group.zone)) for point in planned]
    first_day, first = instants[0]
    clock = _to_wall_time(first, zone).time()
    if all(_from_wall_time(datetime.combine(day, clock), zone) == instant for day, instant in instants):
        return zone
    if _to_wall_time(first, "UTC").date() == first_day:
        return "UTC"
    return _fixed_offset_zone(planned[0].offset, first, group.zone)


def _fixed_offset_zone(stated: timedelta | None, instant: datetime, zone: str) -> str:
    """Return the zone with a fixed offset: the stated one, else that of ``zone`` at an instant; UTC if none exists."""
    offset = instant.astimezone(timezones.get_zone(zone)).utcoffset() if stated is None else stated
    name = f"Etc/GMT{-((offset or timedelta()) // timedelta(hours=1)):+}"  # these names have the opposite sign
    matches = name in timezones.zone_names() and instant.astimezone(timezones.get_zone(name)).utcoffset() == offset
    return name if matches else "UTC"


def _instant(point: Point, zone: str) -> datetime:
    assert point.time_of_day is not None  # noqa: S101 - the callers pass times only
    wall = datetime.combine(point.first, point.time_of_day)
    return _from_wall_time(wall, zone) if point.offset is None else (wall - point.offset).replace(tzinfo=UTC)


def _from_wall_time(wall: datetime, zone: str) -> datetime:
    """Return the instant of a local time; one that the clocks skip has the offset from before the change."""
    return (timezones.localize(wall, zone) or wall.replace(tzinfo=timezones.get_zone(zone))).astimezone(UTC)


def _to_wall_time(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(timezones.get_zone(zone)).replace(tzinfo=None, fold=0)
