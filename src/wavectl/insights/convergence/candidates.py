"""Occurrences prepared for comparison (days and towns as numbers), and the search for pairs near in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from wavectl.insights.convergence.facts import ActorIndex, ActorQuery, WavePair
from wavectl.model import MomentKind, Status, all_translations
from wavectl.text.similarity import are_similar_towns, town_keys
from wavectl.timeline.entries import Entry

MAX_SHORT_DAYS = 31
"""The longest range of days that still counts as a known time: a month does, a quarter does not."""
_MAX_NAMES_COMPARED = 32
"""The maximum number of town names that one is compared with."""


class ComparableOccurrence(NamedTuple):
    """An occurrence prepared for comparison.

    ``root`` is the reference of its moment; of tied moments, that of the root. ``first`` and ``last`` are ordinal days,
    both included. ``starts_at`` and ``ends_at`` are set if times of day are known, ``town`` if a town is. ``exact``
    means exact days, ``firm`` also confirmed; ``in_person`` means that people have to be in a place.
    """

    position: int
    entry: Entry
    root: str
    waves: tuple[str, ...]
    first: int
    last: int
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
        """Whether its days are known to within a month."""
        return self.last - self.first < MAX_SHORT_DAYS

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
        if local.earliest is None or local.last_known is None or status in (Status.CANCELLED, Status.POSTPONED):
            continue
        place, group = entry.place, entry.group
        named = ((member.wave, actor) for member in group.members for actor in member.moment.actors)
        occurrences.append(
            ComparableOccurrence(
                position=position,
                entry=entry,
                root=group.root.reference,
                waves=waves_of(entry, known),
                first=local.earliest.toordinal(),
                last=local.last_known.toordinal(),
                starts_at=entry.starts_at,
                ends_at=entry.ends_at,
                exact=local.is_exact,
                firm=entry.firm,
                town=None if place.name is None else towns[town_names(place.name)],
                country=place.country,
                in_person=group.kind is MomentKind.EVENT and not place.online and place.scope is None,
                actor_query=actors.of_moment(named),
            )
        )
    return occurrences


def waves_of(entry: Entry, known: Iterable[str]) -> tuple[str, ...]:
    """Return those of the known waves that an entry belongs to, the wave that defines it first."""
    return tuple(wave for wave in entry.waves if wave in known) if entry.also_in else entry.waves


def town_names(name: str | dict[str, str]) -> tuple[str, ...]:
    """Return the names of a town in all languages."""
    return tuple(all_translations(name))


def _town_numbers(entries: Iterable[Entry]) -> dict[tuple[str, ...], int]:
    """Return a number for each name of a town; similar names, in any language, have the same number."""
    numbers: dict[tuple[str, ...], int] = {}
    near: dict[str, list[tuple[int, str]]] = {}
    for name in dict.fromkeys(town_names(entry.place.name) for entry in entries if entry.place.name is not None):
        number = next(_matching_towns(name, near), len(numbers))
        numbers[name] = number
        for text in name:
            for key in town_keys(text):
                near.setdefault(key, []).append((number, text))
    return numbers


def _matching_towns(name: Iterable[str], known_towns: dict[str, list[tuple[int, str]]]) -> Iterator[int]:
    """Return the numbers of the towns with a similar name."""
    for text in name:
        for key in town_keys(text):
            for number, other in known_towns.get(key, ())[:_MAX_NAMES_COMPARED]:
                if are_similar_towns(text, other):
                    yield number


MAX_PAIRS = 200_000
"""The maximum number of pairs that a search compares."""

OccurrencePair = tuple[ComparableOccurrence, ComparableOccurrence]
"""Two occurrences, in order of time."""


class PairSearch:
    """A search for pairs of occurrences, optionally with one wave in focus; not ``complete`` if it hit its limit."""

    def __init__(self, actors: ActorIndex, focus: str | None) -> None:
        self._actors = actors
        self._focus = focus
        self.complete = True

    def with_common_actors(self, occurrences: Sequence[ComparableOccurrence]) -> Iterator[OccurrencePair]:
        """Return the pairs on overlapping days that name the same actor, in any waves."""
        by_actor: dict[int, list[ComparableOccurrence]] = {}
        for occurrence in occurrences:
            bits = (
                occurrence.actor_query.actors
                if occurrence.in_person and (occurrence.exact or occurrence.is_short)
                else 0
            )
            while bits:
                lowest = bits & -bits
                by_actor.setdefault(lowest, []).append(occurrence)
                bits ^= lowest
        seen: set[tuple[int, int]] = set()
        left = MAX_PAIRS
        for listed in by_actor.values():
            for pair in _nearby_pairs(listed, 0):
                left -= 1
                if not left:
                    self.complete = False
                    return
                key = (pair[0].position, pair[1].position)
                if key not in seen and self._touches_focus(*pair):
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
        blocks: dict[object, list[ComparableOccurrence]] = {}
        for occurrence in occurrences:
            key = group_key(occurrence)
            if key is not None:
                blocks.setdefault(key, []).append(occurrence)
        left = MAX_PAIRS
        for block in blocks.values():
            for pair in self._between_waves(block, within_days):
                left -= 1
                if not left:
                    self.complete = False
                    return
                if self._has_wave_pairs(*pair):
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


def _nearby_pairs(occurrences: Sequence[ComparableOccurrence], within_days: int) -> Iterator[OccurrencePair]:
    """Return the pairs at most ``within_days`` apart; 0 means overlapping days."""
    live: list[ComparableOccurrence] = []
    for occurrence in occurrences:
        live = [other for other in live if other.last + within_days >= occurrence.first]
        yield from ((other, occurrence) for other in live)
        live.append(occurrence)


def days_between(one: ComparableOccurrence, other: ComparableOccurrence) -> int:
    """Return the days between two occurrences in order of time: 1 for the next day, 0 if they overlap."""
    return max(0, other.first - one.last)
