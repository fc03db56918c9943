"""Rebuild a moment from its lockfile entry: one that was removed from the plan, or has lost its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from wavectl.dates import edtf, recurrence
from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Moment, OccurrenceChange, Place, Status
from wavectl.plan.loader import Plan
from wavectl.timeline.groups import MomentGroup, Occurrence, expand_occurrences, to_local_time
from wavectl.timeline.ties import Member


class EntryDates(NamedTuple):
    """The dates with which an entry was last published."""

    when: When
    rule: RecurrenceRule | None
    zone: str
    occurrences: tuple[Occurrence, ...]

    @property
    def last_day(self) -> date:
        """Return the last known day."""
        return max(day for occurrence in self.occurrences if (day := occurrence.local.last_known))


def entry_dates(entry: LockEntry, plan: Plan, status: Status = Status.CANCELLED) -> EntryDates:
    """Return the dates of an entry; occurrences have ``status`` unless the entry gives them another."""
    when, zone = edtf.parse(entry.when), entry.zone or plan.programme.timezone
    if entry.repeat is None or entry.until is None:
        return EntryDates(when, None, zone, (Occurrence(when, to_local_time(when, zone), status),))
    rule = recurrence.parse(entry.repeat)
    changes = [(key, OccurrenceChange.model_validate(change)) for key, change in entry.exceptions.items()]
    dates = recurrence.occurrences(rule, when, date.fromisoformat(entry.until))
    return EntryDates(when, rule, zone, tuple(expand_occurrences(dates, [None], changes, zone, status)))


def postponed_group(group: MomentGroup, entry: LockEntry, plan: Plan) -> MomentGroup:
    """Return a group that has lost its date: on the days last published, as postponed unless it is cancelled."""
    status = group.status if group.status is Status.CANCELLED else Status.POSTPONED
    dates = entry_dates(entry, plan, status)
    return group._replace(
        when=dates.when, rule=dates.rule, zone=dates.zone, status=status, occurrences=dates.occurrences
    )


def withdrawn_group(entry: LockEntry, plan: Plan, current_wave_names: Mapping[str, str]) -> MomentGroup:
    """Return the group of an entry whose moments are not in the plan any more, as cancelled.

    ``current_wave_names`` are the present names of renamed waves.
    """
    dates = entry_dates(entry, plan)
    place = Place.model_validate(entry.place)
    members = []
    for name in entry.members:
        wave, _, moment = name.partition("/")
        facts = {"id": moment, "title": entry.title, "short": entry.short, "when": entry.when}
        members.append(Member(current_wave_names.get(wave, wave), Moment.model_validate(facts)))
    regions = plan.programme.regions
    return MomentGroup(
        members=tuple(members),
        when=dates.when,
        rule=dates.rule,
        status=Status.CANCELLED,
        place=place,
        zone=dates.zone,
        url=None,
        actors=(),
        priorities=(),
        regions=tuple(name for name, region in regions.items() if place.country in region.countries),
        occurrences=tuple(occurrence._replace(status=Status.CANCELLED) for occurrence in dates.occurrences),
    )
