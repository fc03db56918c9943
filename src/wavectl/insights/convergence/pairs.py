"""Pairs of moments that clash or meet: occurrences prepared for comparison, the search for pairs, and their kinds.

A clash is certain if both moments name the same actor and their days are exact and confirmed. It is possible if one
condition is open: the days, who goes, or the time between two moments on one day. With two open conditions nearly all
moments might clash, so those are not reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from wavectl.dates.timezones import get_zone
from wavectl.insights.convergence.actors import ActorIndex, ActorQuery, each_bit
from wavectl.model import MomentKind, Status, all_translations
from wavectl.text.similarity import are_similar_towns, town_keys
from wavectl.timeline.entries import Entry

CERTAIN, DATES, PEOPLE, HOURS = "certain", "dates", "people", "hours"
"""The conditions of a clash: none, the dates, who goes, or too little time between two moments."""

WavePair = tuple[str, str]
"""Two waves in order of their ids; for a clash inside a wave, that wave twice."""
MomentPair = tuple[str, str]
"""The references of two moments in order; repeating moments form one pair."""
MAX_PAIRS = 100_000
"""The maximum number of pairs that a search compares."""
MAX_WAVE_PAIRS = 50_000
"""The maximum number of pairs of waves whose actors are compared: all those of 300 waves."""
MAX_SHORT_DAYS = 31
"""The longest range of days that still counts as a known time: a month does, a quarter does not."""
_ZONE_DAYS = 2
"""By how many days the local days of one instant differ at most: between UTC-12 and UTC+14."""
_MAX_NAMES_COMPARED = 32
"""The maximum number of town names that one is compared with."""


class ComparableOccurrence(NamedTuple):
    """An occurrence prepared for comparison.

    ``root`` is the reference of its moment; of tied moments, that of the root. ``spans`` are ordinal days in its
    ``zone``, both ends included: one stretch, or each day of a choice; ``first`` and ``last`` are their outer ends.
    ``starts_at`` and ``ends_at`` are set if times of day are known, ``town`` if a town is. ``exact`` means exact days,
    ``firm`` also confirmed; ``in_person`` means that people have to be in a place.
    """

    position: int
    entry: Entry
    root: str
    waves: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    first: int
    last: int
    zone: str
    starts_at: datetime | None
    ends_at: datetime | None
    exact: bool
    firm: bool
    town: int | None
    country: str | None
    in_person: bool
    actor_query: ActorQuery

    @property
    def is_short(self) -> bool:
        """Whether its days, or each day of a choice, are known to within a month."""
        return all(last - first < MAX_SHORT_DAYS for first, last in self.spans)

    def spans_in(self, zone: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of days that it touches in a zone; whole days are the same in every zone."""
        if self.starts_at is None or zone == self.zone:
            return self.spans
        first = self.starts_at.astimezone(get_zone(zone)).toordinal()
        end = self.ends_at and self.ends_at.astimezone(get_zone(zone))
        return ((first, end.toordinal() if end else first + self.last - self.first),)

    def has_disjoint_hours(self, other: ComparableOccurrence) -> bool:
        """Return whether one is known to end before the other begins, by times of day."""
        pairs = ((self.ends_at, other.starts_at), (other.ends_at, self.starts_at))
        return any(end is not None and start is not None and end <= start for end, start in pairs)

    def in_same_town(self, other: ComparableOccurrence) -> bool:
        """Return whether both are known to be in the same town."""
        if self.town is None or self.town != other.town:
            return False
        return self.country is None or other.country is None or self.country == other.country


def comparable_occurrences(
    entries: Sequence[Entry], waves: Sequence[str], actors: ActorIndex
) -> list[ComparableOccurrence]:
    """Return the scheduled entries of these waves, prepared for comparison, in their order.

    Entries that are cancelled, postponed or without a date are left out.
    """
    towns = _town_numbers(entries)
    known = frozenset(waves)
    occurrences = []
    for position, entry in enumerate(entries):
        local, status = entry.occurrence.local, entry.occurrence.status
        spans = tuple((first.toordinal(), last.toordinal()) for first, last in local.spans)
        if not spans or status in (Status.CANCELLED, Status.POSTPONED):
            continue
        place, group = entry.place, entry.group
        named = ((member.wave, actor) for member in group.members for actor in member.moment.actors)
        occurrences.append(
            ComparableOccurrence(
                position=position,
                entry=entry,
                root=group.root.reference,
                waves=waves_of(entry, known),
                spans=spans,
                first=spans[0][0],
                last=spans[-1][1],
                zone=group.zone,
                starts_at=entry.starts_at,
                ends_at=entry.ends_at,
                exact=local.is_exact,
                firm=entry.firm,
                town=None if place.name is None else towns[tuple(all_translations(place.name))],
                country=place.country,
                in_person=group.kind is MomentKind.EVENT and not place.online and place.scope is None,
                actor_query=actors.of_moment(named),
            )
        )
    return occurrences


def waves_of(entry: Entry, known: Iterable[str]) -> tuple[str, ...]:
    """Return those of the known waves that an entry belongs to, the wave that defines it first."""
    return tuple(wave for wave in entry.waves if wave in known) if entry.also_in else entry.waves


def _town_numbers(entries: Iterable[Entry]) -> dict[tuple[str, ...], int]:
    """Return a number for each name of a town; similar names, in any language, have the same number."""
    numbers: dict[tuple[str, ...], int] = {}
    near: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for name in dict.fromkeys(tuple(all_translations(entry.place.name)) for entry in entries if entry.place.name):
        number = next(_matching_towns(name, near), len(numbers))
        numbers[name] = number
        for text in name:
            for key in town_keys(text):
                near[key].append((number, text))
    return numbers


def _matching_towns(name: Iterable[str], known_towns: dict[str, list[tuple[int, str]]]) -> Iterator[int]:
    """Return the numbers of the towns with a similar name."""
    for text in name:
        for key in town_keys(text):
            for number, other in known_towns.get(key, ())[:_MAX_NAMES_COMPARED]:
                if are_similar_towns(text, other):
                    yield number


OccurrencePair = tuple[ComparableOccurrence, ComparableOccurrence]
"""Two occurrences, in order of time."""
_Pair = TypeVar("_Pair")


class PairSearch:
    """A search for pairs of occurrences, optionally with one wave in focus; not ``complete`` if it hit its limit."""

    def __init__(self, focus: str | None) -> None:
        self._focus = focus
        self.complete = True

    def with_common_actors(self, occurrences: Sequence[ComparableOccurrence]) -> Iterator[OccurrencePair]:
        """Return the pairs on overlapping days that name the same actor, in any waves."""
        by_actor: defaultdict[int, list[ComparableOccurrence]] = defaultdict(list)
        for occurrence in occurrences:
            if occurrence.in_person and (occurrence.exact or occurrence.is_short):
                for bit in each_bit(occurrence.actor_query.actors):
                    by_actor[bit].append(occurrence)
        seen: set[tuple[int, int]] = set()
        margin = _zone_margin(occurrences)
        for pair in self.limited(pair for listed in by_actor.values() for pair in _nearby_pairs(listed, margin)):
            key = (pair[0].position, pair[1].position)
            if key not in seen and self._touches_focus(*pair) and not days_between(*pair):
                seen.add(key)
                yield pair

    def across_waves(
        self,
        occurrences: Sequence[ComparableOccurrence],
        within_days: int,
        group_key: Callable[[ComparableOccurrence], object],
    ) -> Iterator[OccurrencePair]:
        """Return the pairs of different waves at most ``within_days`` apart.

        Only occurrences with the same ``group_key`` are compared; those with the key None are ignored.
        """
        blocks: defaultdict[object, list[ComparableOccurrence]] = defaultdict(list)
        for occurrence in occurrences:
            key = group_key(occurrence)
            if key is not None:
                blocks[key].append(occurrence)
        reach = within_days + _zone_margin(occurrences)
        near = (pair for block in blocks.values() for pair in self._between_waves(block, reach))
        return (
            pair for pair in self.limited(near) if self._has_wave_pairs(*pair) and days_between(*pair) <= within_days
        )

    def inside_waves(
        self,
        occurrences: Sequence[ComparableOccurrence],
        within_days: int,
        group_key: Callable[[ComparableOccurrence], object],
    ) -> Iterator[OccurrencePair]:
        """Return the pairs that are in the same wave only, at most ``within_days`` apart; see ``across_waves``."""
        blocks: defaultdict[object, list[ComparableOccurrence]] = defaultdict(list)
        for occurrence in occurrences:
            key = group_key(occurrence)
            if key is not None and len(occurrence.waves) == 1:
                blocks[occurrence.waves[0], key].append(occurrence)
        reach = within_days + _zone_margin(occurrences)
        near = self.limited(pair for block in blocks.values() for pair in _nearby_pairs(block, reach))
        return (pair for pair in near if self._touches_focus(*pair) and days_between(*pair) <= within_days)

    def limited(self, pairs: Iterable[_Pair], limit: int | None = None) -> Iterator[_Pair]:
        """Return fewer than ``limit`` pairs, else ``MAX_PAIRS``, and note whether there are more."""
        for number, pair in enumerate(pairs, 1):
            if number == (limit or MAX_PAIRS):
                self.complete = False
                return
            yield pair

    def _between_waves(self, occurrences: Sequence[ComparableOccurrence], within_days: int) -> Iterator[OccurrencePair]:
        """Return the pairs near in time, without comparing occurrences that are only in the same wave.

        ``live`` are the occurrences that may still be near, by wave; those of several waves have the key "".
        """
        live: dict[str, list[ComparableOccurrence]] = {}
        for occurrence in occurrences:
            only_wave = occurrence.waves[0] if len(occurrence.waves) == 1 else ""
            outside_focus = self._focus is not None and self._focus not in occurrence.waves
            for wave in [self._focus or "", ""] if outside_focus else list(live):
                if (wave == only_wave and only_wave) or wave not in live:
                    continue
                near = [other for other in live[wave] if other.last + within_days >= occurrence.first]
                if near:
                    live[wave] = near
                    yield from ((other, occurrence) for other in near)
                else:
                    del live[wave]
            live.setdefault(only_wave, []).append(occurrence)

    def wave_pairs(self, one: ComparableOccurrence, other: ComparableOccurrence) -> list[WavePair]:
        """Return the pairs of different waves of two occurrences."""
        if len(one.waves) == 1 and len(other.waves) == 1:
            a, b = one.waves[0], other.waves[0]
            pair = (a, b) if a < b else (b, a)
            return [pair] if a != b and self.includes(pair) else []
        pairs = {(min(a, b), max(a, b)) for a in one.waves for b in other.waves if a != b}
        return sorted(filter(self.includes, pairs))

    def _has_wave_pairs(self, one: ComparableOccurrence, other: ComparableOccurrence) -> bool:
        """Return whether two occurrences have a pair of different waves."""
        if self._focus is None and len(one.waves) == 1 and len(other.waves) == 1:
            return one.waves != other.waves
        return bool(self.wave_pairs(one, other))

    def includes(self, pair: WavePair) -> bool:
        """Return whether a pair of waves is part of the search: one of them is in focus, or no wave is."""
        return self._focus is None or self._focus in pair

    def _touches_focus(self, one: ComparableOccurrence, other: ComparableOccurrence) -> bool:
        return self._focus is None or self._focus in one.waves or self._focus in other.waves


def _zone_margin(occurrences: Sequence[ComparableOccurrence]) -> int:
    """Return by how many days local days may differ although the time is the same; 0 with a single time zone."""
    has_times = any(occurrence.starts_at for occurrence in occurrences)
    return _ZONE_DAYS if has_times and len({occurrence.zone for occurrence in occurrences}) > 1 else 0


def _nearby_pairs(occurrences: Sequence[ComparableOccurrence], margin: int) -> Iterator[OccurrencePair]:
    """Return the pairs whose local days are at most ``margin`` apart."""
    live: list[ComparableOccurrence] = []
    for occurrence in occurrences:
        live = [other for other in live if other.last + margin >= occurrence.first]
        yield from ((other, occurrence) for other in live)
        live.append(occurrence)


def common_days(one: ComparableOccurrence, other: ComparableOccurrence) -> tuple[int, int]:
    """Return the first and the last day that two occurrences share, in the zone where they are nearest.

    If they share none, the first is after the last, by the number of days between them.
    """
    if one.zone == other.zone and len(one.spans) == len(other.spans) == 1:  # the usual case, kept fast
        return max(one.first, other.first), min(one.last, other.last)
    shared = (
        (max(first, other_first), min(last, other_last))
        for zone in dict.fromkeys((other.zone, one.zone))
        for first, last in one.spans_in(zone)
        for other_first, other_last in other.spans_in(zone)
    )
    return max(shared, key=lambda days: days[1] - days[0])


def days_between(one: ComparableOccurrence, other: ComparableOccurrence) -> int:
    """Return the days between two occurrences: 1 for the next day, 0 if they overlap in one of their zones."""
    first, last = common_days(one, other)
    return max(0, first - last)


# -- clashes and meetings


class PairMatch(NamedTuple):
    """Two moments that clash or meet: the first pair of occurrences, the kind, how often, and the last day."""

    pair: OccurrencePair
    kind: str
    times: int
    last_day: int

    @property
    def sort_key(self) -> tuple[bool, int, int]:
        """The sort order: certain clashes first, then in order of the second moment, then of the first."""
        first, second = self.pair
        return self.kind != CERTAIN, second.position, first.position


def moment_pair(one: str, other: str) -> MomentPair:
    """Return the key of two moments, given their references."""
    return (one, other) if one < other else (other, one)


def find_actor_clashes(
    search: PairSearch,
    occurrences: Sequence[ComparableOccurrence],
    actors: ActorIndex,
    excluded: Collection[MomentPair],
) -> dict[MomentPair, PairMatch]:
    """Return the clashes of moments that name the same actor, except the pairs in ``excluded``.

    Inside a wave only certain clashes count: its planners know its vague dates.
    """
    candidates = (
        (pair, _clash_kind(pair, actors))
        for pair in search.with_common_actors(occurrences)
        if not pair[0].in_same_town(pair[1])
    )
    clashes = ((pair, kind) for pair, kind in candidates if kind == CERTAIN or search.wave_pairs(*pair))
    return _merge_pairs(clashes, excluded)


def _clash_kind(pair: OccurrencePair, actors: ActorIndex) -> str:
    """Return how two moments on overlapping days that name the same actor clash; "" if they do not."""
    one, other = pair
    sure = one.actor_query.actors & other.actor_query.actors
    sure &= ~actors.unconfirmed((*one.entry.group.waves, *other.entry.group.waves))
    firm = one.firm and other.firm
    if sure and firm:
        return HOURS if one.has_disjoint_hours(other) else CERTAIN
    if one.has_disjoint_hours(other) or not (one.is_short and other.is_short):
        return ""
    return PEOPLE if firm else DATES if sure else ""


def find_same_town(
    search: PairSearch,
    occurrences: Sequence[ComparableOccurrence],
    within_days: int,
    excluded: Collection[MomentPair],
    same: Collection[MomentPair],
) -> tuple[dict[MomentPair, PairMatch], dict[MomentPair, PairMatch]]:
    """Return the meetings of events in the same town, of different waves and inside a wave; vague dates overlap.

    ``same`` are probably the same moments, which are no meeting inside a wave.
    """

    def town(occurrence: ComparableOccurrence) -> int | None:
        return occurrence.town if occurrence.is_short and occurrence.entry.group.kind is MomentKind.EVENT else None

    def meetings(
        kind: str, pairs: Iterable[OccurrencePair], excluded: Collection[MomentPair]
    ) -> dict[MomentPair, PairMatch]:
        found = (
            (pair, kind)
            for pair in pairs
            if pair[0].in_same_town(pair[1]) and ((pair[0].exact and pair[1].exact) or not days_between(*pair))
        )
        return _merge_pairs(found, excluded)

    across, inside = (find(occurrences, within_days, town) for find in (search.across_waves, search.inside_waves))
    return meetings("place", across, excluded), meetings("inside", inside, same)


def find_same_days(
    search: PairSearch,
    occurrences: Sequence[ComparableOccurrence],
    within_days: int,
    actors: ActorIndex,
    excluded: Collection[MomentPair],
) -> tuple[dict[MomentPair, PairMatch], dict[MomentPair, PairMatch]]:
    """Return the clashes and the meetings of moments of different waves around the same exact days.

    Two moments clash if both may need the same actors; a moment without actors may need those of its wave.
    """

    def day(occurrence: ComparableOccurrence) -> bool | None:
        return (
            occurrence.exact and occurrence.is_short and occurrence.entry.group.kind is not MomentKind.DEADLINE
        ) or None

    clashes: list[tuple[OccurrencePair, str]] = []
    meetings: list[tuple[OccurrencePair, str]] = []
    for pair in search.across_waves(occurrences, within_days, day):
        kind = "" if days_between(*pair) else _day_clash_kind(pair, search, actors)
        (clashes if kind else meetings).append((pair, kind or "days"))
    clashing = _merge_pairs(clashes, excluded)
    return clashing, _merge_pairs(meetings, {*excluded, *clashing})


def _day_clash_kind(pair: OccurrencePair, search: PairSearch, actors: ActorIndex) -> str:
    """Return how two moments clash that may need the same actors in two places; "" if they do not."""
    one, other = pair
    if not (one.in_person and other.in_person) or one.in_same_town(other):
        return ""
    if one.actor_query.actors & other.actor_query.actors:
        return _clash_kind(pair, actors)
    if not (one.firm and other.firm) or one.has_disjoint_hours(other):
        return ""  # two open conditions
    overlap = any(mine.overlaps(theirs) for mine, theirs in requested_actors(pair, search, actors))
    return PEOPLE if overlap else ""


def requested_actors(
    pair: OccurrencePair, search: PairSearch, actors: ActorIndex
) -> Iterator[tuple[ActorQuery, ActorQuery]]:
    """Return the actors that two moments need: those that they name, else those of each of their waves."""
    one, other = pair
    if one.actor_query.actors and other.actor_query.actors:
        yield one.actor_query, other.actor_query
        return
    for first, second in search.wave_pairs(one, other):
        for wave, other_wave in ((first, second), (second, first)):
            if wave in one.waves and other_wave in other.waves:
                yield _actors_in_wave(one, wave, actors), _actors_in_wave(other, other_wave, actors)


def _actors_in_wave(occurrence: ComparableOccurrence, wave: str, actors: ActorIndex) -> ActorQuery:
    return occurrence.actor_query if occurrence.actor_query.actors else actors.of_wave(wave)


def _merge_pairs(
    candidates: Iterable[tuple[OccurrencePair, str]], excluded: Collection[MomentPair]
) -> dict[MomentPair, PairMatch]:
    """Merge pairs of occurrences into pairs of moments; a certain clash replaces any other kind."""
    matches: dict[MomentPair, PairMatch] = {}
    for pair, kind in candidates:
        one, other = pair
        name = moment_pair(one.root, other.root)
        if not kind or one.root == other.root or name in excluded:
            continue
        last_day, known = common_days(one, other)[1], matches.get(name)
        if known is None or (kind == CERTAIN and known.kind != CERTAIN):
            matches[name] = PairMatch(pair, kind, 1, last_day)
        elif kind == known.kind:
            matches[name] = known._replace(times=known.times + 1, last_day=max(known.last_day, last_day))
    return matches
