"""A line of the record -> the moment that it tells of, where the plan does not say so any more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from wavectl.dates import edtf, recurrence
from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Moment, OccurrenceChange, Place, Status
from wavectl.plan.loader import Plan
from wavectl.timeline import Member, MomentGroup, Occurrence, expand_occurrences, to_local_time


class EntryDates(NamedTuple):
    """The days that a line was last published with."""

    when: When
    rule: RecurrenceRule | None
    zone: str
    occurrences: tuple[Occurrence, ...]

    @property
    def last_day(self) -> date:
        """The last day that is known of."""
        return max(one.local.last_known for one in self.occurrences if one.local.last_known)


def entry_dates(entry: LockEntry, plan: Plan, status: Status = Status.CANCELLED) -> EntryDates:
    """Return the days of a line; each has ``status``, save those that the line gives another."""
    when, zone = edtf.parse(entry.when), entry.zone or plan.programme.timezone
    if entry.repeat is None or entry.until is None:
        return EntryDates(when, None, zone, (Occurrence(when, to_local_time(when, zone), status),))
    rule = recurrence.parse(entry.repeat)
    changes = [(key, OccurrenceChange.model_validate(change)) for key, change in entry.exceptions.items()]
    dates = recurrence.occurrences(rule, when, date.fromisoformat(entry.until))
    return EntryDates(when, rule, zone, tuple(expand_occurrences(dates, [None], changes, zone, status)))


def postponed_group(group: MomentGroup, entry: LockEntry, plan: Plan) -> MomentGroup:
    """Return a group that has lost its date on the days that were last published, as one that is postponed."""
    status = group.status if group.status is Status.CANCELLED else Status.POSTPONED
    days = entry_dates(entry, plan, status)
    return group._replace(when=days.when, rule=days.rule, zone=days.zone, status=status, occurrences=days.occurrences)


def withdrawn_group(entry: LockEntry, plan: Plan, current_wave_names: dict[str, str]) -> MomentGroup:
    """Return what was published of a moment that the plan does not hold any more, as one that is cancelled.

    ``waves`` gives the present name of each wave that was renamed.
    """
    days = entry_dates(entry, plan)
    place = Place.model_validate(entry.place)
    members = []
    for name in entry.members:
        wave, _, moment = name.partition("/")
        facts = {"id": moment, "title": entry.title, "short": entry.short, "when": entry.when}
        members.append(Member(current_wave_names.get(wave, wave), Moment.model_validate(facts)))
    regions = plan.programme.regions
    return MomentGroup(
        members=tuple(members),
        when=days.when,
        rule=days.rule,
        status=Status.CANCELLED,
        place=place,
        zone=days.zone,
        url=None,
        actors=(),
        priorities=(),
        regions=tuple(name for name, region in regions.items() if place.country in region.countries),
        occurrences=tuple(one._replace(status=Status.CANCELLED) for one in days.occurrences),
    )
