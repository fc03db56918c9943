"""Groups -> Timeline: one entry for each time that a moment happens, filtered, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, When
from wavectl.model import Moment, Place, Programme, Status, Text, Wave
from wavectl.plan.loader import Plan
from wavectl.timeline.group import Member, MomentGroup, Occurrence
from wavectl.timeline.silent_months import SCHEDULED_STATUSES
from wavectl.timeline.ties import resolve_groups


class Entry(NamedTuple):
    """An occurrence as a row: told as ``member``, one of the group's.

    ``stated`` is the date in that member's own file where the group knows better, else None. ``also_in`` names
    the other members that have this occurrence too.
    """

    group: MomentGroup
    occurrence: Occurrence
    member: Member
    stated: When | None
    also_in: tuple[str, ...]

    @property
    def sort_key(self) -> tuple[date, bool, date, str, str]:
        """Where it stands: by earliest day, then latest (open ends after dated ones), wave, id; undated ones last."""
        local = self.occurrence.local
        return (
            local.earliest or date.max,
            local.latest is None,
            local.latest or date.max,
            self.member.wave,
            self.member.moment.id,
        )

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves it stands in, the one that tells of it first."""
        if not self.also_in:
            return (self.member.wave,)
        return tuple(dict.fromkeys((self.member.wave, *(other.partition("/")[0] for other in self.also_in))))

    @property
    def starts_at(self) -> datetime | None:
        """The instant it starts, in its zone; None where no time of day is known."""
        return _instant(self.occurrence.local.start, self.group.zone)

    @property
    def ends_at(self) -> datetime | None:
        """The instant it ends, in its zone; None where no time of day is known."""
        return _instant(self.occurrence.local.end, self.group.zone)

    @property
    def draft(self) -> bool:
        """Whether something of it is not to be published: a draft may have given it its date or place."""
        return any(member.moment.draft for member in self.group.members)

    @property
    def firm(self) -> bool:
        """Whether it is confirmed for exact days."""
        return self.occurrence.when.is_exact and self.occurrence.status is Status.CONFIRMED

    @property
    def title(self) -> Text:
        """The title, that of this one occurrence where it has its own."""
        change = self.occurrence.change
        return change.title if change and change.title else self.group.title

    @property
    def place(self) -> Place:
        """The place, that of this one occurrence where it has its own."""
        change = self.occurrence.change
        return change.place if change and change.place else self.group.place


class Filter(NamedTuple):
    """What to keep of a timeline; an empty field keeps all. ``first`` and ``last`` are included."""

    first: date | None = None
    last: date | None = None
    upcoming: bool = False
    statuses: Sequence[str] = ()
    kinds: Sequence[str] = ()
    priorities: Sequence[str] = ()
    actors: Sequence[str] = ()
    countries: Sequence[str] = ()
    regions: Sequence[str] = ()

    def matches(
        self, group: MomentGroup, occurrence: Occurrence, place: Place, waves: Mapping[str, Wave], today: date
    ) -> bool:
        """Tell whether an occurrence is kept: it has to have one of the values of each field that asks for some."""
        local = occurrence.local
        if (self.first or self.last) and not local.overlaps(self.first, self.last):
            return False
        if self.upcoming and local.last_known is not None and local.last_known < today:
            return False
        return (
            _matches_any(self.statuses, (occurrence.status,))
            and _matches_any(self.kinds, (group.kind,))
            and _matches_any(self.priorities, group.priorities)
            and _matches_any(self.countries, (place.country,) if place.country else ())
            and _matches_any(self.regions, group.regions)
            and _matches_any(self.actors, group.actors or _wave_actor_ids(group, waves))
        )


UNFILTERED = Filter()
"""The filter that keeps everything."""


class Timeline(NamedTuple):
    """The entries to show, in order of time, of the waves named, what they stand in, and what was asked for."""

    programme: Programme
    waves: Mapping[str, Wave]
    shown_waves: tuple[str, ...]
    today: date
    entries: tuple[Entry, ...]
    filter: Filter = UNFILTERED


def _matches_any(allowed: Sequence[str], values: Iterable[str]) -> bool:
    return not allowed or any(value in allowed for value in values)


def _wave_actor_ids(group: MomentGroup, waves: Mapping[str, Wave]) -> Iterator[str]:
    """Return the actors of a group's waves: they stand for a moment that names nobody."""
    for wave in group.waves:
        for actor in waves[wave].actors if wave in waves else ():
            if actor.id:
                yield actor.id


def _instant(point: Point | None, zone: str) -> datetime | None:
    wall = point.wall_time if point else None
    return timezones.localize(wall, zone) if wall else None


def build_timeline(
    plan: Plan,
    wave_ids: Sequence[str],
    today: date,
    *,
    entry_filter: Filter = UNFILTERED,
    merge: bool | None = None,
    drafts: bool = True,
) -> Timeline:
    """Return the timeline of the waves in ``shown``; drafts stand in it, marked, unless they are not wanted.

    ``merge`` makes one entry of a group that stands in several of the waves; None does so where several are shown.
    """
    together = len(wave_ids) > 1 if merge is None else merge
    waves, every = frozenset(wave_ids), entry_filter == UNFILTERED
    found: list[Entry] = []
    for group in resolve_groups(plan, drafts=drafts):
        if waves.isdisjoint(group.waves):
            continue
        for occurrence in group.occurrences:
            tellers = [member for member in group.members if _includes_occurrence(plan, member, occurrence)]
            told = [member for member in tellers if member.wave in waves]
            for member in told[:1] if together else told:
                entry = _build_entry(group, occurrence, member, tellers)
                if every or entry_filter.matches(group, occurrence, entry.place, plan.waves, today):
                    found.append(entry)
    found.sort(key=lambda entry: entry.sort_key)
    return Timeline(plan.programme, plan.waves, tuple(wave_ids), today, tuple(found), entry_filter)


def _includes_occurrence(plan: Plan, member: Member, occurrence: Occurrence) -> bool:
    """Tell whether an occurrence is an entry of a member's wave: of a rule, only those inside its period."""
    if occurrence.planned is None:
        return True
    own = member.moment
    if own.when and not own.repeat:
        return own.when.overlaps(occurrence.planned.earliest, occurrence.planned.last_known)
    period = plan.waves[member.wave].period
    return period is None or occurrence.planned.overlaps(period.earliest, period.latest)


def _build_entry(group: MomentGroup, occurrence: Occurrence, member: Member, members: Sequence[Member]) -> Entry:
    said = _stated_date(member.moment, occurrence)
    stated = None if said is None or said is occurrence.when or said.text == occurrence.when.text else said
    others = tuple(sorted(other.reference for other in members if other is not member)) if len(members) > 1 else ()
    return Entry(group, occurrence, member, stated, others)


def _stated_date(moment: Moment, occurrence: Occurrence) -> When | None:
    """Return the date that a moment's own file gives for an occurrence; None where it leaves that to the root."""
    if moment.when is None or moment.repeat is None or occurrence.planned is None:
        return moment.when
    own = any(change is occurrence.change for change in moment.exceptions.values())
    return (own and occurrence.change and occurrence.change.when) or occurrence.planned


FIRM_LEAD_TIME = timedelta(days=60)
"""How long before its earliest day a moment should be firm, where the plan names no day."""


def next_date(dates: Iterable[tuple[When, Status]], today: date) -> tuple[When, Status] | None:
    """Return the next date of a moment: the first that is not over, and neither postponed nor cancelled."""
    for when, status in dates:
        if when.last_known is not None and when.last_known >= today and status in SCHEDULED_STATUSES:
            return when, status
    return None


def needs_firming(when: When, status: Status) -> bool:
    """Tell whether a date still has to be firmed up: it is not exact, or tentative."""
    return not when.is_exact or status is Status.TENTATIVE


def firm_by_date(when: When, confirm_by: When | None) -> date | None:
    """Return the day by which a date should be firm; None where there is no telling."""
    if confirm_by is not None:
        return confirm_by.latest
    return when.earliest - FIRM_LEAD_TIME if when.earliest else None
