"""``same_as``: the moments at the ends of ties, and what a moment leaves to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.dates import recurrence, timezones
from wavectl.dates.edtf import UNKNOWN, Point, When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.model import Moment, OccurrenceChange, Place, Status
from wavectl.plan.loader import Plan
from wavectl.timeline.actors import RegionIndex
from wavectl.timeline.group import Member, MomentGroup, Occurrence


def full_reference(reference: str, wave: str) -> str:
    """Return ``wave/moment`` for a reference that stands in ``wave`` and may leave it out."""
    return reference if "/" in reference else f"{wave}/{reference}"


def tied_members(plan: Plan) -> dict[str, list[Member]]:
    """Return the moments that are tied to others by the ``wave/id`` of their root, which is among them if it is there.

    The root comes first, the others in order of wave and id. Moments that stand alone, most of them, are in no list:
    this costs little.
    """
    members: dict[str, Member] = {}
    aimed: set[str] = set()
    for wave_id, wave in plan.waves.items():
        for _, moment in wave.moments_with("same_as"):
            if moment.same_as is not None:
                members.setdefault(f"{wave_id}/{moment.id}", Member(wave_id, moment))
                aimed.add(full_reference(moment.same_as, wave_id))
    for reference in aimed - members.keys():
        if reference in plan.moments:
            members[reference] = Member(reference.partition("/")[0], plan.moments[reference])
    roots: dict[str, str] = {}
    found: dict[str, list[Member]] = {}
    for reference in plan.moments if members else ():
        if reference in members:
            found.setdefault(root_reference(reference, members, roots), []).append(members[reference])
    for root, together in found.items():
        together.sort(key=lambda member: (member.reference != root, member.wave, member.moment.id))
    return found


class TieFacts(NamedTuple):
    """When a moment happens, as its group knows it: ``teller`` is the member whose date is told, in ``wave``."""

    when: When
    status: Status
    wave: str
    date_source: Moment

    def dates(self, plan: Plan, wave: str) -> Iterator[tuple[When, Status]]:
        """Return each date on which it happens in a wave, in order, and how sure that one is."""
        moment = self.date_source
        if moment.repeat is None:
            yield self.when, self.status
            return
        period = plan.waves[wave].period
        for planned in recurrence.occurrences(moment.repeat, self.when, period.latest if period else None):
            keys = occurrence_keys(planned) if moment.exceptions else ()
            change = next((moment.exceptions[key] for key in keys if key in moment.exceptions), None)
            yield (change and change.when) or planned, (change and change.status) or self.status


def moments_with_facts(plan: Plan, before: date | None = None) -> Iterator[tuple[str, int, Moment, TieFacts | None]]:
    """Return every moment with its wave, its place there, and its facts; None where the date is not known.

    Of tied moments all have the facts of their group: those of its most precise date, or of the one that repeats.
    With ``before``, those that begin later and name no day to be confirmed by may be passed over.
    """
    known = {
        member.reference: found
        for members in tied_members(plan).values()
        if (found := _group_facts(members))
        for member in members
    }
    for wave_id, wave in plan.waves.items():
        for place, moment in enumerate(wave.moments):
            if moment.same_as is not None or (known and f"{wave_id}/{moment.id}" in known):
                yield wave_id, place, moment, known.get(f"{wave_id}/{moment.id}")
            elif moment.when is None or moment.when.start is None:
                yield wave_id, place, moment, None
            elif before is None or moment.when.start.first <= before or moment.confirm_by is not None:
                status = moment.status or Status.CONFIRMED
                yield wave_id, place, moment, TieFacts(moment.when, status, wave_id, moment)


def _group_facts(members: list[Member]) -> TieFacts | None:
    """Return what tied members know together."""
    dated = [member for member in members if member.moment.when and member.moment.when.start]
    if not dated:
        return None
    teller = next((member for member in dated if member.moment.repeat), None) or most_precise(dated)
    status = next((member.moment.status for member in members if member.moment.status), Status.CONFIRMED)
    return TieFacts(teller.moment.when or UNKNOWN, status, teller.wave, teller.moment)


def most_precise(members: list[Member]) -> Member:
    """Return the member that has the most precise date; the first of equally precise ones."""
    return min(members, key=lambda member: vagueness(member.moment.when or UNKNOWN))


def vagueness(when: When) -> int:
    """Return how far a date is from being precise; doubt does not count, it may be the root's."""
    return when.precision.rank


def occurrence_keys(planned: When) -> tuple[str, ...]:
    """Return the texts that name an occurrence under ``except``: its date, and its first day."""
    return (planned.text, planned.earliest.isoformat()) if planned.earliest else (planned.text,)


def root_reference(start: str, members: Mapping[str, Member], roots: dict[str, str]) -> str:
    """Return the reference of the moment at the end of a chain of ties; a ring or a loose end ends where it begins.

    ``known`` has the roots found so far, and gets those of the whole chain.
    """
    chain: dict[str, int] = {}
    here = start
    while here not in roots and here not in chain:
        chain[here] = len(chain)
        wave, moment = members[here]
        target = full_reference(moment.same_as, wave) if moment.same_as else here
        if target == here or target not in members:
            roots[here] = here
        here = target if target in members else here
    root = roots[here] if here in roots else min(list(chain)[chain[here] :])
    roots.update(dict.fromkeys(chain, root))
    return root


def with_inherited_date(plan: Plan, wave: str, moment: Moment) -> Moment:
    """Return a moment with the date, rule and zone that it leaves out taken from the moments that it is the same as."""
    seen = {f"{wave}/{moment.id}"}
    when, rule, zone = moment.when, moment.repeat, moment.timezone
    here = moment
    while here.same_as and (when is None or zone is None):
        reference = full_reference(here.same_as, wave)
        found = plan.moments.get(reference)
        if found is None or reference in seen:
            break
        seen.add(reference)
        if when is None:
            when, rule = found.when, rule or found.repeat
        zone = zone or found.timezone
        here, wave = found, reference.partition("/")[0]
    if here is moment:
        return moment
    return moment.model_copy(update={"when": when, "repeat": rule, "timezone": zone})


NO_PLACE = Place()


def resolve_groups(plan: Plan, *, drafts: bool) -> list[MomentGroup]:
    """Return the real-world moments of a plan, in order of the wave and id of their root.

    Without ``drafts``, moments that are drafts are passed over, so that nothing of them can be published; those
    that are tied by way of a draft stay one moment.
    """
    found: dict[str, list[Member]] = {}
    roots: dict[str, str] = {}
    members = {
        f"{wave_id}/{moment.id}": Member(wave_id, moment)
        for wave_id, wave in plan.waves.items()
        for moment in wave.moments
    }
    for reference, member in members.items():
        if drafts or not member.moment.draft:
            root = root_reference(reference, members, roots) if member.moment.same_as else reference
            found.setdefault(root, []).append(member)
    resolver = _Resolver(plan)
    return [group for root, tied in sorted(found.items()) for group in resolver.resolve(root, tied)]


class _Resolver:
    """Makes groups of members, with what the programme knows of countries, regions and actors."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        programme = plan.programme
        self._region_order = {region: place for place, region in enumerate(programme.regions)}
        self._region_index = RegionIndex(plan)
        self._priority_cache: dict[frozenset[str], tuple[str, ...]] = {}
        self._region_cache: dict[tuple[str, str | None, tuple[str, ...]], tuple[str, ...]] = {}

    def resolve(self, root: str, members: list[Member]) -> Iterator[MomentGroup]:
        """Return the group of tied members; those of one date that a repeating root does not meet stand alone."""
        if len(members) == 1 and not (members[0].moment.repeat or members[0].moment.same_as):
            yield self._build_single_group(members[0])
            return
        members.sort(key=lambda member: (member.reference != root, member.wave, member.moment.id))
        repeater = next((member for member in members if member.moment.repeat and member.moment.when), None)
        if repeater is None:
            yield self._build_group(members, most_precise(members))
            return
        dated = repeater.moment.when or UNKNOWN
        alone = [m for m in members if m.moment.when and not m.moment.repeat]
        followers = [m for m in members if m not in alone]
        dates = recurrence.occurrences(
            repeater.moment.repeat or RecurrenceRule(), dated, self._last_day(followers, dated)
        )
        for member in list(alone):
            when = member.moment.when or UNKNOWN
            met = next((n for n, other in enumerate(dates) if when.overlaps(other.earliest, other.last_known)), None)
            if met is not None:
                alone.remove(member)
        tied = [member for member in members if member not in alone]
        yield self._build_group(tied, repeater, dates)
        for member in alone:
            yield self._build_group([member], member)

    def _last_day(self, members: list[Member], first: When) -> date | None:
        """Return the last day of the periods of the members' waves; None where one of them is open."""
        ends = []
        for member in members:
            period = self._plan.waves[member.wave].period
            if period is None or period.latest is None:
                return None
            ends.append(period.latest)
        return max((*ends, first.earliest or date.min), default=None)

    def _build_group(self, members: list[Member], date_source: Member, dates: Sequence[When] = ()) -> MomentGroup:
        """Return the group of members of which ``dated`` knows the date; ``dates`` are those that its rule gives."""
        moments = [member.moment for member in members]
        when = date_source.moment.when or UNKNOWN
        status = next((moment.status for moment in moments if moment.status), Status.CONFIRMED)
        place = _merged_place([moment.place for moment in moments if moment.place])
        zone = with_inherited_date(self._plan, *date_source).timezone or self._plan.programme.timezone
        actors = tuple(dict.fromkeys(actor for moment in moments for actor in moment.actors))
        rule = date_source.moment.repeat if dates else None
        if rule is None:
            occurrences: tuple[Occurrence, ...] = (Occurrence(when, to_local_time(when, zone), status),)
        else:
            stated = [None if moment.repeat else moment.when for moment in moments]
            changes = [change for moment in moments for change in moment.exceptions.items()]
            occurrences = tuple(expand_occurrences(dates, stated, changes, zone, status))
        return MomentGroup(
            members=tuple(members),
            when=when,
            rule=rule,
            status=status,
            place=place,
            zone=zone,
            url=next((moment.url for moment in moments if moment.url), None),
            actors=actors,
            priorities=self._ordered_priorities(priority for moment in moments for priority in moment.priorities),
            regions=self._regions(members, place, actors),
            occurrences=occurrences,
        )

    def _build_single_group(self, member: Member) -> MomentGroup:
        """Return the group of one moment that happens once: most do, so this is the short way to the same."""
        moment = member.moment
        when, status = moment.when or UNKNOWN, moment.status or Status.CONFIRMED
        place, zone = moment.place or NO_PLACE, moment.timezone or self._plan.programme.timezone
        actors = tuple(dict.fromkeys(moment.actors))
        return MomentGroup(
            members=(member,),
            when=when,
            rule=None,
            status=status,
            place=place,
            zone=zone,
            url=moment.url,
            actors=actors,
            priorities=self._ordered_priorities(moment.priorities),
            regions=self._regions([member], place, actors)
            if moment.regions
            else self._cached_regions(member, place, actors),
            occurrences=(Occurrence(when, to_local_time(when, zone), status),),
        )

    def _ordered_priorities(self, priorities: Iterable[str]) -> tuple[str, ...]:
        named = frozenset(priorities)
        known = self._priority_cache.get(named)
        if known is None:
            ranked = (priority for priority in self._plan.programme.priorities if priority in named)
            known = self._priority_cache[named] = tuple(ranked)
        return known

    def _cached_regions(self, member: Member, place: Place, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Return the regions of a moment that names none: found once for all that are alike."""
        key = member.wave, place.country, actors
        known = self._region_cache.get(key)
        if known is None:
            known = self._region_cache[key] = self._regions([member], place, actors)
        return known

    def _regions(self, members: list[Member], place: Place, actors: Sequence[str]) -> tuple[str, ...]:
        """Return the regions a moment names, else those of its country and actors, in the programme's order."""
        found = {region for member in members for region in member.moment.regions}
        if not found:
            found.update(self._region_index.of_country(place.country))
            for member in members:
                for actor in actors:
                    found |= self._region_index.of_actor(actor, member.wave)
        return tuple(region for region in self._region_order if region in found) if found else ()


def _merged_place(places: list[Place]) -> Place:
    """Return the first of the places, with what it leaves out taken from the others."""
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
    """Return the occurrences of a rule: each at its most precise date, with what the plan says differs.

    ``stated`` are the dates of the members that happen once, in the members' order, and None for those that repeat.
    """
    for planned in dates:
        told = (planned if single is None else single for single in member_dates)
        when = min((one for one in told if one.overlaps(planned.earliest, planned.last_known)), key=vagueness)
        change = next((change for key, change in changes if key in occurrence_keys(planned)), None)
        if change and change.when:
            when = change.when
        yield Occurrence(when, to_local_time(when, zone), (change and change.status) or status, planned, change)


def to_local_time(when: When, zone: str) -> When:
    """Return a date with the times of day that have an offset put on the clocks of ``zone``."""
    if when.start is None or (when.start.offset is None and (when.end is None or when.end.offset is None)):
        return when
    return when._replace(start=_point_in_zone(when.start, zone), end=when.end and _point_in_zone(when.end, zone))


def _point_in_zone(point: Point, zone: str) -> Point:
    wall = point.wall_time
    if wall is None or point.offset is None:
        return point
    here = wall.astimezone(timezones.get_zone(zone)).replace(tzinfo=None)
    text = f"{here.isoformat(timespec='seconds' if here.second else 'minutes')}{point.qualifier}"
    return point._replace(text=text, first=here.date(), last=here.date(), time_of_day=here.time(), offset=None)
