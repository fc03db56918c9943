"""Resolve a plan into real-world moments: tied moments as one group, with all its occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from wavectl.dates import recurrence, timezones
from wavectl.dates.edtf import UNKNOWN, Point, When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.model import MomentKind, OccurrenceChange, Place, Status, Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.timeline import ties
from wavectl.timeline.actors import RegionIndex

NO_PLACE = Place.model_construct()
"""The place of a moment without one; not validated, since building a validator at import slows every start."""


class Occurrence(NamedTuple):
    """One time that a moment happens.

    ``when`` is its date as in the plan, ``local`` the same date in the moment's zone. ``planned`` is the date that the
    recurrence rule gives, None for a moment that does not repeat; ``change`` is its exception in the plan.
    """

    when: When
    local: When
    status: Status
    planned: When | None = None
    change: OccurrenceChange | None = None


class MomentGroup(NamedTuple):
    """One real-world moment. ``members`` starts with the root; the others follow in order of wave and id."""

    members: tuple[ties.Member, ...]
    when: When
    rule: RecurrenceRule | None
    status: Status
    place: Place
    zone: str
    url: str | None
    actors: tuple[str, ...]
    priorities: tuple[str, ...]
    regions: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]

    def in_zone(self, zone: str) -> MomentGroup:
        """Return the same moment with its times of day in another zone."""
        local = (one._replace(local=to_local_time(one.when, zone, self.zone)) for one in self.occurrences)
        return self._replace(zone=zone, occurrences=tuple(local))

    @property
    def root(self) -> ties.Member:
        """Return the member that the others are tied to."""
        return self.members[0]

    @property
    def title(self) -> Text:
        """Return the root's title."""
        return self.root.moment.title

    @property
    def kind(self) -> MomentKind:
        """Return the root's kind."""
        return self.root.moment.kind

    @property
    def waves(self) -> tuple[str, ...]:
        """Return the waves that the group belongs to, the root's first."""
        return tuple({member.wave: None for member in self.members})

    @property
    def short(self) -> Text | None:
        """Return the short title, from the first member that has one."""
        return next((member.moment.short for member in self.members if member.moment.short), None)

    @property
    def description(self) -> Text | None:
        """Return the description, from the first member that has one."""
        return next((member.moment.description for member in self.members if member.moment.description), None)


def resolve_groups(plan: Plan, *, drafts: bool) -> Sequence[MomentGroup]:
    """Return the real-world moments of a plan, in order of the wave and id of their root.

    Without ``drafts``, drafts are left out, so that nothing of them can be published; moments that are tied through a
    draft stay one group.
    """
    return _resolve_groups(plan, drafts or not plan.has_drafts)


@lru_cache(maxsize=8)
def _resolve_groups(plan: Plan, drafts: bool) -> Sequence[MomentGroup]:
    members = {
        f"{wave_id}/{moment.id}": ties.Member(wave_id, moment)
        for wave_id, wave in plan.waves.items()
        for moment in wave.moments
    }
    roots: dict[str, str] = {}
    by_root: dict[str, list[ties.Member]] = {}
    for reference, member in members.items():
        if drafts or not member.moment.draft:
            root = ties.root_reference(reference, members, roots) if member.moment.same_as else reference
            by_root.setdefault(root, []).append(member)
    resolver = _Resolver(plan)
    return tuple(group for root, tied in sorted(by_root.items()) for group in resolver.resolve(root, tied))


class _Resolver:
    """Builds groups of members, with the programme's countries, regions and actors; repeated look-ups are cached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._region_index, self._dates = RegionIndex(plan), ties.InheritedDates(plan)
        self._region_order = {name: number for number, name in enumerate(plan.programme.regions)}
        self._priority_order = cache(self._order_priorities)
        self._default_regions = cache(self._find_default_regions)

    def resolve(self, root: str, members: list[ties.Member]) -> Iterator[MomentGroup]:
        """Return the group of tied members.

        Where the root repeats, a member with a date that the rule does not give is a group of its own.
        """
        if len(members) == 1 and not members[0].moment.repeat:
            yield self._build_group(members, members[0])
            return
        ties.sort_members(members, root)
        repeating = next((member for member in members if member.moment.repeat and member.moment.when), None)
        if repeating is None:
            yield self._build_group(members, ties.most_precise(members))
            return
        first = repeating.moment.when or UNKNOWN
        undated = [member for member in members if not member.moment.when or member.moment.repeat]
        rule = repeating.moment.repeat or RecurrenceRule()
        dates = recurrence.occurrences(rule, first, self._last_day(undated, first), self._dates.zone(repeating))
        together: list[ties.Member] = []
        apart: list[ties.Member] = []
        for member in members:
            when = None if member.moment.repeat else member.moment.when
            fits = not when or any(when.meets(other) for other in dates)
            (together if fits else apart).append(member)
        yield self._build_group(together, repeating, dates)
        yield from (self._build_group([member], member) for member in apart)

    def _last_day(self, members: list[ties.Member], first: When) -> date | None:
        """Return the last day of the periods of the members' waves; None where one of them has an open end."""
        periods = [self._plan.waves[member.wave].period for member in members]
        ends = [period.latest for period in periods if period and period.latest]
        return max((*ends, first.earliest or date.min)) if len(ends) == len(periods) else None

    def _build_group(
        self, members: list[ties.Member], date_source: ties.Member, dates: Sequence[When] = ()
    ) -> MomentGroup:
        """Return the group of these members; ``dates`` are those that the rule of ``date_source`` gives."""
        moments = [member.moment for member in members]
        when = date_source.moment.when or UNKNOWN
        status = ties.shared_status(moments)
        place = merged_place(members)
        zone = self._dates.zone(date_source)
        actors = tuple(dict.fromkeys(actor for moment in moments for actor in moment.actors))
        rule = date_source.moment.repeat if dates else None
        if rule is None:
            occurrences: tuple[Occurrence, ...] = (Occurrence(when, to_local_time(when, zone), status),)
        else:
            member_dates = [None if moment.repeat else moment.when for moment in moments]
            changes = [change for moment in moments for change in moment.exceptions.items()]
            occurrences = tuple(expand_occurrences(dates, member_dates, changes, zone, status))
        url = next((moment.url for moment in moments if moment.url), None)
        priorities = self._priority_order(frozenset(name for moment in moments for name in moment.priorities))
        regions = self._regions(members, place, actors)
        return MomentGroup(
            tuple(members), when, rule, status, place, zone, url, actors, priorities, regions, occurrences
        )

    def _order_priorities(self, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self._plan.programme.priorities if name in names) if names else ()

    def _regions(self, members: list[ties.Member], place: Place, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Return the regions that the moments name, else those of the country and the actors, in programme order."""
        named = {region for member in members for region in member.moment.regions}
        if named:
            return self._in_order(named)
        return self._default_regions(tuple(member.wave for member in members), place.country, actors)

    def _find_default_regions(
        self, waves: tuple[str, ...], country: str | None, actors: tuple[str, ...]
    ) -> tuple[str, ...]:
        regions = set(self._region_index.of_country(country))
        regions.update(*(self._region_index.of_actor(actor, wave) for wave in waves for actor in actors))
        return self._in_order(regions)

    def _in_order(self, regions: set[str]) -> tuple[str, ...]:
        """Return regions in the order of the programme, without those that it does not have."""
        return tuple(sorted(regions & self._region_order.keys(), key=self._region_order.__getitem__))


def merged_place(members: Sequence[ties.Member]) -> Place:
    """Return the first place that a member gives, with what it leaves out taken from the others."""
    places = [member.moment.place for member in members if member.moment.place]
    if len(places) < 2:
        return places[0] if places else NO_PLACE
    return Place(
        name=next((place.name for place in places if place.name), None),
        country=next((place.country for place in places if place.country), None),
        online=any(place.online for place in places),
        scope=next((place.scope for place in places if place.scope), None),
    )


def expand_occurrences(
    dates: Sequence[When],
    member_dates: list[When | None],
    changes: list[tuple[str, OccurrenceChange]],
    zone: str,
    status: Status,
) -> Iterator[Occurrence]:
    """Return the occurrences on the dates of a rule: each at its most precise date, with its exception applied.

    ``member_dates`` are the dates of the members in their order: None for a member that repeats or has no date.
    """
    order = {key: number for number, (key, _) in reversed(list(enumerate(changes)))}
    for planned in dates:
        stated = (planned if single is None else single for single in member_dates)
        matching = (when for when in stated if when.meets(planned))
        first_change = min((order[key] for key in ties.occurrence_keys(planned) if key in order), default=None)
        change = None if first_change is None else changes[first_change][1]
        when = (change and change.when) or _after_clock_change(min(matching, key=ties.vagueness), zone)
        yield Occurrence(when, to_local_time(when, zone), (change and change.status) or status, planned, change)


def _after_clock_change(when: When, zone: str) -> When:
    """Return a time of day that the clocks skip in a zone as the one that they show then (RFC 5545 §3.3.5).

    The end moves with the start: the length stays.
    """
    wall = when.start and when.start.wall_time
    if when.start is None or wall is None or when.start.offset is not None or timezones.localize(wall, zone):
        return when
    aware = wall.replace(tzinfo=timezones.get_zone(zone))  # with the offset from before the change
    shown = aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None)
    start = _at(when.start, shown)
    if when.end is None or when.end.wall_time is None:
        return when._replace(start=start)
    end = _at(when.end, when.end.wall_time + (shown - wall))
    return when._replace(start=start, end=end)


def to_local_time(when: When, zone: str, own_zone: str | None = None) -> When:
    """Return a date with its times of day converted to the time of ``zone``.

    Times without an offset are in ``own_zone``; by default they are in ``zone`` already.
    """
    start, end = when.start, when.end
    if own_zone in (None, zone) and (start is None or start.offset is None) and (end is None or end.offset is None):
        return when
    start, end = (point and _point_in_zone(point, zone, own_zone or zone) for point in (start, end))
    return when._replace(start=start, end=end)


def _point_in_zone(point: Point, zone: str, own_zone: str) -> Point:
    wall = point.wall_time
    if wall is None or (point.offset is None and own_zone == zone):
        return point
    instant = wall.replace(tzinfo=timezones.get_zone(own_zone)).astimezone(UTC) if point.offset is None else wall
    return _at(point, instant.astimezone(timezones.get_zone(zone)).replace(tzinfo=None))


def _at(point: Point, local: datetime) -> Point:
    """Return a time of day at another local time."""
    text = f"{local.isoformat(timespec='seconds' if local.second else 'minutes')}{point.qualifier}"
    return point._replace(text=text, first=local.date(), last=local.date(), time_of_day=local.time(), offset=None)


ChronologicalKey = tuple[date, bool, datetime, bool, date, str, list[str]]
_NO_INSTANT = datetime.min.replace(tzinfo=UTC)


def chronological_key(when: When, zone: str, title: str, reference: str) -> ChronologicalKey:
    """Return the sort key of a moment on a date in a zone; ``reference`` is ``wave/moment``.

    The order is: first day, whole days before times of day, instant, last
    day (open ends last), title, wave, id. Moments without a date come last. The title is in the programme's first
    language, so that the order is the same for every reader.
    """
    local = to_local_time(when, zone)
    wall_time = local.start.wall_time if local.start else None
    return (
        local.earliest or date.max,
        wall_time is not None,
        wall_time.replace(tzinfo=timezones.get_zone(zone)).astimezone(UTC) if wall_time else _NO_INSTANT,
        local.latest is None,
        local.latest or date.max,
        title,
        reference.split("/"),
    )


def group_key(group: MomentGroup, when: When, languages: Sequence[str]) -> ChronologicalKey:
    """Return the sort key of a group on one of its dates; ``languages`` are the programme's."""
    return chronological_key(when, group.zone, localized_text(group.title, languages), group.root.reference)
