"""Plan -> groups: ties followed to their roots, the best of what their members know, repeats laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from wavectl import repeat, zones
from wavectl.edtf import UNKNOWN, Point, When
from wavectl.model import Change, Moment, Place, Status
from wavectl.plan import Plan
from wavectl.repeat import Rule
from wavectl.timeline.group import Group, Member, Occurrence

NOWHERE = Place()


def groups(plan: Plan, *, drafts: bool) -> list[Group]:
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
            root = _root(reference, members, roots) if member.moment.same_as else reference
            found.setdefault(root, []).append(member)
    resolver = _Resolver(plan)
    return [group for root, tied in sorted(found.items()) for group in resolver.resolve(root, tied)]


def _root(start: str, members: Mapping[str, Member], known: dict[str, str]) -> str:
    """Return the reference of the moment at the end of a chain of ties; a ring or a loose end ends where it begins.

    ``known`` has the roots found so far, and gets those of the whole chain.
    """
    chain: dict[str, int] = {}
    here = start
    while here not in known and here not in chain:
        chain[here] = len(chain)
        wave, moment = members[here]
        target = absolute(moment.same_as, wave) if moment.same_as else here
        if target == here or target not in members:
            known[here] = here
        here = target if target in members else here
    root = known[here] if here in known else min(list(chain)[chain[here] :])
    known.update(dict.fromkeys(chain, root))
    return root


def absolute(reference: str, wave: str) -> str:
    """Return ``wave/moment`` for a reference that stands in ``wave`` and may leave it out."""
    return reference if "/" in reference else f"{wave}/{reference}"


class _Resolver:
    """Makes groups of members, with what the programme knows of countries, regions and actors."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        programme = plan.programme
        self._order = {region: place for place, region in enumerate(programme.regions)}
        self._by_country: dict[str, list[str]] = {}
        for name, region in programme.regions.items():
            for country in region.countries:
                self._by_country.setdefault(country, []).append(name)
        self._parts: dict[str, list[str]] = {}
        for actor_id, actor in programme.actors.items():
            if actor.part_of:
                self._parts.setdefault(actor.part_of, []).append(actor_id)
        self._reach: dict[tuple[str, str], frozenset[str]] = {}
        self._ranked: dict[frozenset[str], tuple[str, ...]] = {}

    def resolve(self, root: str, members: list[Member]) -> Iterator[Group]:
        """Return the group of tied members; those of one date that a repeating root does not meet stand alone."""
        if len(members) == 1 and not (members[0].moment.repeat or members[0].moment.same_as):
            yield self._alone(members[0])
            return
        members.sort(key=lambda member: (member.reference != root, member.wave, member.moment.id))
        repeater = next((member for member in members if member.moment.repeat and member.moment.when), None)
        if repeater is None:
            yield self._group(members, _best(members))
            return
        dated = repeater.moment.when or UNKNOWN
        alone = [m for m in members if m.moment.when and not m.moment.repeat]
        followers = [m for m in members if m not in alone]
        dates = repeat.occurrences(repeater.moment.repeat or Rule(), dated, self._end(followers, dated))
        for member in list(alone):
            when = member.moment.when or UNKNOWN
            met = next((n for n, other in enumerate(dates) if when.overlaps(other.earliest, other.known)), None)
            if met is not None:
                alone.remove(member)
        tied = [member for member in members if member not in alone]
        yield self._group(tied, repeater, dates)
        for member in alone:
            yield self._group([member], member)

    def _end(self, members: list[Member], first: When) -> date | None:
        """Return the last day of the periods of the members' waves; None where one of them is open."""
        ends = []
        for member in members:
            period = self._plan.waves[member.wave].period
            if period is None or period.latest is None:
                return None
            ends.append(period.latest)
        return max((*ends, first.earliest or date.min), default=None)

    def _group(self, members: list[Member], dated: Member, dates: Sequence[When] = ()) -> Group:
        """Return the group of members of which ``dated`` knows the date; ``dates`` are those that its rule gives."""
        moments = [member.moment for member in members]
        when = dated.moment.when or UNKNOWN
        status = next((moment.status for moment in moments if moment.status), Status.CONFIRMED)
        place = _place([moment.place for moment in moments if moment.place])
        zone = followed(self._plan, *dated).timezone or self._plan.programme.timezone
        actors = tuple(dict.fromkeys(actor for moment in moments for actor in moment.actors))
        rule = dated.moment.repeat if dates else None
        if rule is None:
            occurrences: tuple[Occurrence, ...] = (Occurrence(when, local(when, zone), status),)
        else:
            stated = [None if moment.repeat else moment.when for moment in moments]
            changes = [change for moment in moments for change in moment.exceptions.items()]
            occurrences = tuple(laid_out(dates, stated, changes, zone, status))
        return Group(
            members=tuple(members),
            when=when,
            rule=rule,
            status=status,
            place=place,
            zone=zone,
            url=next((moment.url for moment in moments if moment.url), None),
            actors=actors,
            priorities=self._in_order(priority for moment in moments for priority in moment.priorities),
            regions=self._regions(members, place, actors),
            occurrences=occurrences,
        )

    def _alone(self, member: Member) -> Group:
        """Return the group of one moment that happens once: most do, so this is the short way to the same."""
        moment = member.moment
        when, status = moment.when or UNKNOWN, moment.status or Status.CONFIRMED
        place, zone = moment.place or NOWHERE, moment.timezone or self._plan.programme.timezone
        actors = tuple(dict.fromkeys(moment.actors))
        return Group(
            members=(member,),
            when=when,
            rule=None,
            status=status,
            place=place,
            zone=zone,
            url=moment.url,
            actors=actors,
            priorities=self._in_order(moment.priorities),
            regions=self._regions([member], place, actors),
            occurrences=(Occurrence(when, local(when, zone), status),),
        )

    def _in_order(self, priorities: Iterable[str]) -> tuple[str, ...]:
        named = frozenset(priorities)
        known = self._ranked.get(named)
        if known is None:
            ranked = (priority for priority in self._plan.programme.priorities if priority in named)
            known = self._ranked[named] = tuple(ranked)
        return known

    def _regions(self, members: list[Member], place: Place, actors: Sequence[str]) -> tuple[str, ...]:
        """Return the regions a moment names, else those of its country and actors, in the programme's order."""
        found = {region for member in members for region in member.moment.regions}
        if not found:
            found.update(self._by_country.get(place.country or "", ()))
            for member in members:
                for actor in actors:
                    found |= self._regions_of(actor, member.wave)
        return tuple(region for region in self._order if region in found) if found else ()

    def _regions_of(self, actor: str, wave: str) -> frozenset[str]:
        """Return the regions of an actor: its own, its country's, and those of its parts."""
        known = self._reach.get((wave, actor))
        if known is None:
            self._reach[wave, actor] = frozenset()  # an actor that is part of itself ends here
            here = {own.id: own for own in self._plan.waves[wave].actors if own.id}
            found: set[str] = set()
            for somebody in (here.get(actor), self._plan.programme.actors.get(actor)):
                if somebody is not None:
                    found.update(somebody.regions, self._by_country.get(somebody.country or "", ()))
            for part in self._parts.get(actor, ()):
                found |= self._regions_of(part, wave)
            for own in self._plan.waves[wave].actors:
                if own.part_of == actor and own.id:
                    found |= self._regions_of(own.id, wave)
                elif own.part_of == actor:
                    found.update(own.regions, self._by_country.get(own.country or "", ()))
            known = self._reach[wave, actor] = frozenset(found)
        return known


def _best(members: list[Member]) -> Member:
    """Return the member that has the most precise date; the first of equally precise ones."""
    return min(members, key=lambda member: _vagueness(member.moment.when or UNKNOWN))


def _vagueness(when: When) -> int:
    """Return how far a date is from being precise; doubt does not count, it may be the root's."""
    return when.precision.rank


def _place(places: list[Place]) -> Place:
    """Return the first of the places, with what it leaves out taken from the others."""
    if len(places) < 2:
        return places[0] if places else NOWHERE
    return Place(
        name=next((place.name for place in places if place.name), None),
        country=next((place.country for place in places if place.country), None),
        online=any(place.online for place in places),
        scope=next((place.scope for place in places if place.scope), None),
    )


def laid_out(
    dates: Sequence[When],
    stated: list[When | None],
    changes: list[tuple[str, Change]],
    zone: str,
    status: Status,
) -> Iterator[Occurrence]:
    """Return the occurrences of a rule: each at its most precise date, with what the plan says differs.

    ``stated`` are the dates of the members that happen once, in the members' order, and None for those that repeat.
    """
    for planned in dates:
        told = (planned if single is None else single for single in stated)
        when = min((one for one in told if one.overlaps(planned.earliest, planned.known)), key=_vagueness)
        change = next((change for key, change in changes if key in occurrence_keys(planned)), None)
        if change and change.when:
            when = change.when
        yield Occurrence(when, local(when, zone), (change and change.status) or status, planned, change)


def occurrence_keys(planned: When) -> tuple[str, ...]:
    """Return the texts that name an occurrence under ``except``: its date, and its first day."""
    return (planned.text, planned.earliest.isoformat()) if planned.earliest else (planned.text,)


def local(when: When, zone: str) -> When:
    """Return a date with the times of day that have an offset put on the clocks of ``zone``."""
    if when.start is None or (when.start.offset is None and (when.end is None or when.end.offset is None)):
        return when
    return when._replace(start=_on_clock(when.start, zone), end=when.end and _on_clock(when.end, zone))


def _on_clock(point: Point, zone: str) -> Point:
    wall = point.wall
    if wall is None or point.offset is None:
        return point
    here = wall.astimezone(zones.zone(zone)).replace(tzinfo=None)
    text = f"{here.isoformat(timespec='seconds' if here.second else 'minutes')}{point.doubt}"
    return point._replace(text=text, first=here.date(), last=here.date(), clock=here.time(), offset=None)


def followed(plan: Plan, wave: str, moment: Moment) -> Moment:
    """Return a moment with the date, rule and zone that it leaves out taken from the moments that it is the same as."""
    seen = {f"{wave}/{moment.id}"}
    when, rule, zone = moment.when, moment.repeat, moment.timezone
    here = moment
    while here.same_as and (when is None or zone is None):
        reference = absolute(here.same_as, wave)
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
