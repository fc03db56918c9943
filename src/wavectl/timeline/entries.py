"""Build the timeline: one entry for each time that a moment happens, filtered, in order of time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, When
from wavectl.diagnostics import phrase
from wavectl.model import Moment, Place, Programme, Text, Wave, localized_text
from wavectl.plan.loader import Plan
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import ChronologicalKey, MomentGroup, Occurrence, chronological_key, resolve_groups
from wavectl.timeline.ties import Member, occurrence_keys


class Entry(NamedTuple):
    """One row of the timeline: an occurrence in the wave of ``member``, which is one of the group's.

    ``stated`` is the date in that member's own file where it differs from the group's, else None. ``also_in`` are the
    references of the other members that share this occurrence.
    """

    group: MomentGroup
    occurrence: Occurrence
    member: Member
    stated: When | None
    also_in: tuple[str, ...]

    def sort_key(self, languages: Sequence[str]) -> ChronologicalKey:
        """Return the key of its place in time; ``languages`` are the programme's."""
        title, reference = localized_text(self.title, languages), self.member.reference
        return chronological_key(self.occurrence.local, self.group.zone, title, reference)

    @property
    def year(self) -> int | None:
        """Return the year of the earliest day; None without a date."""
        earliest = self.occurrence.local.earliest
        return earliest.year if earliest else None

    @property
    def waves(self) -> tuple[str, ...]:
        """Return the waves that the entry belongs to, the wave of ``member`` first."""
        return tuple(dict.fromkeys((self.member.wave, *(other.partition("/")[0] for other in self.also_in))))

    @property
    def starts_at(self) -> datetime | None:
        """Return the instant it starts, in its zone; None without a time of day."""
        return point_instant(self.occurrence.local.start, self.group.zone)

    @property
    def ends_at(self) -> datetime | None:
        """Return the instant it ends, in its zone; None without a time of day."""
        return point_instant(self.occurrence.local.end, self.group.zone)

    @property
    def draft(self) -> bool:
        """Whether a member is a draft: the entry is then not to be published, its date or place may be the draft's."""
        return any(member.moment.draft for member in self.group.members)

    @property
    def firm(self) -> bool:
        """Whether it is confirmed on exact days."""
        return is_firm(self.occurrence.when, self.occurrence.status)

    @property
    def title(self) -> Text:
        """Return the title, the occurrence's own where it has one."""
        change = self.occurrence.change
        return change.title if change and change.title else self.group.title

    @property
    def place(self) -> Place:
        """Return the place, the occurrence's own where it has one."""
        return _place(self.group, self.occurrence)


def _place(group: MomentGroup, occurrence: Occurrence) -> Place:
    change = occurrence.change
    return change.place if change and change.place else group.place


class Filter(NamedTuple):
    """Which entries to keep; an empty field keeps all. ``first`` and ``last`` are days, both included."""

    first: date | None = None
    last: date | None = None
    upcoming: bool = False
    statuses: Sequence[str] = ()
    kinds: Sequence[str] = ()
    priorities: Sequence[str] = ()
    actors: Sequence[str] = ()
    countries: Sequence[str] = ()
    regions: Sequence[str] = ()

    def matches(self, group: MomentGroup, occurrence: Occurrence, waves: Mapping[str, Wave], today: date) -> bool:
        """Tell whether an occurrence is kept: it needs one of the values of every field that is not empty."""
        local = occurrence.local
        if (self.first or self.last) and not local.overlaps(self.first, self.last):
            return False
        if self.upcoming and local.last_known is not None and local.last_known < today:
            return False
        # the actors of its waves take part in a moment that names no actors
        in_waves = (actor.id for wave in group.waves if wave in waves for actor in waves[wave].actors)
        return (
            _matches_any(self.statuses, (occurrence.status,))
            and _matches_any(self.kinds, (group.kind,))
            and _matches_any(self.priorities, group.priorities)
            and _matches_any(self.countries, (_place(group, occurrence).country,))
            and _matches_any(self.regions, group.regions)
            and _matches_any(self.actors, group.actors or in_waves)
        )


UNFILTERED = Filter()
"""The filter that keeps everything."""


OTHER_MOMENTS = phrase("Other moments of its waves, which name no actor")
NOBODY_NAMED = phrase("No moment names this actor; these are the moments of its waves")
"""What an actor may take part in besides the moments that name it, and if no moment names it."""


class Timeline(NamedTuple):
    """The entries of ``shown_waves`` in order of time, with the programme, all waves of the plan, and the filter."""

    programme: Programme
    waves: Mapping[str, Wave]
    shown_waves: tuple[str, ...]
    today: date
    entries: tuple[Entry, ...]
    filter: Filter = UNFILTERED

    @property
    def parts(self) -> list[tuple[str, tuple[Entry, ...]]]:
        """The entries with their heading: those that name an actor of the filter, then those of its waves only."""
        if not self.filter.actors:
            return [("", self.entries)]
        named = tuple(one for one in self.entries if one.group.actors)
        unnamed = tuple(one for one in self.entries if not one.group.actors)
        others = [(OTHER_MOMENTS if named else NOBODY_NAMED, unnamed)] if unnamed else []
        return [*([("", named)] if named or not unnamed else []), *others]


def _matches_any(allowed: Sequence[str], values: Iterable[str | None]) -> bool:
    return not allowed or any(value in allowed for value in values)


def point_instant(point: Point | None, zone: str) -> datetime | None:
    """Return the instant of one end of a date in the time of a zone, in that zone; None without a time of day.

    A time that the clocks skip is moved by the gap (RFC 5545 §3.3.5).
    """
    wall, clock = point.wall_time if point else None, timezones.get_zone(zone)
    return wall.replace(tzinfo=clock).astimezone(UTC).astimezone(clock) if wall else None


def build_timeline(
    plan: Plan,
    wave_ids: Sequence[str],
    today: date,
    *,
    entry_filter: Filter = UNFILTERED,
    merge: bool | None = None,
    drafts: bool = True,
    timezone: str | None = None,
) -> Timeline:
    """Return the timeline of some waves.

    With ``merge``, a group in several of the waves is one entry, else one in each wave; None merges where several
    waves are shown. ``drafts`` includes drafts. Times of day are in ``timezone``, else each in its moment's own zone.
    """
    merged = len(wave_ids) > 1 if merge is None else merge
    entries = _build_entries(plan, frozenset(wave_ids), merged, drafts, timezone)
    if entry_filter != UNFILTERED:
        entries = tuple(one for one in entries if entry_filter.matches(one.group, one.occurrence, plan.waves, today))
    return Timeline(plan.programme, plan.waves, tuple(wave_ids), today, entries, entry_filter)


@lru_cache(maxsize=4)  # a report looks at the same plan in several ways
def _build_entries(
    plan: Plan, waves: frozenset[str], merged: bool, drafts: bool, timezone: str | None
) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for resolved in resolve_groups(plan, drafts=drafts):
        if waves.isdisjoint(resolved.waves):
            continue
        group = resolved.in_zone(timezone) if timezone else resolved
        for occurrence in group.occurrences:
            members = [member for member in group.members if _includes_occurrence(plan, member, occurrence)]
            first_in_wave = {member.wave: member for member in reversed(members)}
            shown = [member for member in members if member.wave in waves and member is first_in_wave[member.wave]]
            entries += (_build_entry(group, occurrence, member, members) for member in shown[: 1 if merged else None])
    return tuple(sorted(entries, key=lambda entry: entry.sort_key(plan.programme.languages)))


def _includes_occurrence(plan: Plan, member: Member, occurrence: Occurrence) -> bool:
    """Tell whether an occurrence belongs in a member's wave: of a recurrence, only those inside the wave's period."""
    if occurrence.planned is None:
        return True
    when = member.moment.when
    if when and not member.moment.repeat:
        return when.meets(occurrence.planned)
    period = plan.waves[member.wave].period
    return period is None or occurrence.planned.overlaps(period.earliest, period.latest)


def _build_entry(group: MomentGroup, occurrence: Occurrence, member: Member, members: Sequence[Member]) -> Entry:
    stated = _stated_date(member.moment, occurrence)
    if stated is not None and stated.text == occurrence.when.text:
        stated = None
    others = tuple(sorted(other.reference for other in members if other is not member))
    return Entry(group, occurrence, member, stated, others)


def _stated_date(moment: Moment, occurrence: Occurrence) -> When | None:
    """Return the date of an occurrence in a moment's own file; None where the moment leaves it to the root."""
    if moment.when is None or moment.repeat is None or occurrence.planned is None:
        return moment.when
    keys = occurrence_keys(occurrence.planned)
    has_exception = any(moment.exceptions.get(key) is occurrence.change for key in keys)
    return (has_exception and occurrence.change and occurrence.change.when) or occurrence.planned
