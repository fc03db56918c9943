"""A line of the record -> the moment that it tells of, where the plan does not say so any more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from wavectl.dates import edtf, recurrence
from wavectl.dates.edtf import When
from wavectl.dates.recurrence import Rule
from wavectl.lockfile.entry import Line
from wavectl.model import Change, Moment, Place, Status
from wavectl.plan.loader import Plan
from wavectl.timeline import Group, Member, Occurrence, laid_out, local


class Dated(NamedTuple):
    """The days that a line was last published with."""

    when: When
    rule: Rule | None
    zone: str
    occurrences: tuple[Occurrence, ...]

    @property
    def last(self) -> date:
        """The last day that is known of."""
        return max(one.local.known for one in self.occurrences if one.local.known)


def dated(line: Line, plan: Plan, status: Status = Status.CANCELLED) -> Dated:
    """Return the days of a line; each has ``status``, save those that the line gives another."""
    when, zone = edtf.parse(line.when), line.zone or plan.programme.timezone
    if line.repeat is None or line.until is None:
        return Dated(when, None, zone, (Occurrence(when, local(when, zone), status),))
    rule = recurrence.parse(line.repeat)
    changes = [(key, Change.model_validate(change)) for key, change in line.exceptions.items()]
    dates = recurrence.occurrences(rule, when, date.fromisoformat(line.until))
    return Dated(when, rule, zone, tuple(laid_out(dates, [None], changes, zone, status)))


def postponed(group: Group, line: Line, plan: Plan) -> Group:
    """Return a group that has lost its date on the days that were last published, as one that is postponed."""
    status = group.status if group.status is Status.CANCELLED else Status.POSTPONED
    days = dated(line, plan, status)
    return group._replace(when=days.when, rule=days.rule, zone=days.zone, status=status, occurrences=days.occurrences)


def withdrawn(line: Line, plan: Plan, waves: dict[str, str]) -> Group:
    """Return what was published of a moment that the plan does not hold any more, as one that is cancelled.

    ``waves`` gives the present name of each wave that was renamed.
    """
    days = dated(line, plan)
    place = Place.model_validate(line.place)
    members = []
    for name in line.members:
        wave, _, moment = name.partition("/")
        facts = {"id": moment, "title": line.title, "short": line.short, "when": line.when}
        members.append(Member(waves.get(wave, wave), Moment.model_validate(facts)))
    regions = plan.programme.regions
    return Group(
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
