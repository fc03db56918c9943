"""The times that moments happen, made ready to be held against one another: days as numbers, towns by number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from wavectl.insights.convergence.facts import ActorIndex, ActorQuery, WavePair
from wavectl.model import MomentKind, Status, all_translations
from wavectl.text.similarity import are_similar_towns, town_keys
from wavectl.timeline import Entry

MAX_SHORT_DAYS = 31
"""How many days a stretch has at most that tells on which days something happens: a month does, a quarter does not."""
_MAX_NAMES_COMPARED = 32
"""With how many other names of towns one is compared at most."""


class ComparableOccurrence(NamedTuple):
    """One time that a moment happens: where it stands in the order of time, its waves, days, town, and who is asked.

    ``root`` is the name of its moment in the plan, of tied ones that of the root. ``first`` and ``last`` are days by
    their number, ``starts`` and ``ends`` the instants where times of day are known, ``town`` is None where no town is.
    ``sure`` says that its days are exact, ``firm`` that it is confirmed, too. ``calls`` says that it asks people to be
    in a place.
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
        """Whether it says on which days it happens, give or take a month."""
        return self.last - self.first < MAX_SHORT_DAYS

    def has_disjoint_hours(self, other: ComparableOccurrence) -> bool:
        """Whether one of them is over when the other one begins, by times of day that are known."""
        pairs = ((self.ends_at, other.starts_at), (other.ends_at, self.starts_at))
        return any(end is not None and start is not None and end <= start for end, start in pairs)

    def in_same_town(self, other: ComparableOccurrence) -> bool:
        """Tell whether both are known to be in the same town."""
        if self.town is None or self.town != other.town:
            return False
        return self.country is None or other.country is None or self.country == other.country


def comparable_occurrences(
    entries: Sequence[Entry], waves: Sequence[str], actors: ActorIndex
) -> list[ComparableOccurrence]:
    """Return the spots of the entries of these waves that will happen, in their order.

    What is cancelled, postponed or without a date happens on no day that is known.
    """
    towns = _town_numbers(entries)
    known = frozenset(waves)
    found = []
    for number, entry in enumerate(entries):
        local, status = entry.occurrence.local, entry.occurrence.status
        if local.earliest is None or local.last_known is None or status in (Status.CANCELLED, Status.POSTPONED):
            continue
        place, group = entry.place, entry.group
        asked = ((one.wave, actor) for one in group.members for actor in one.moment.actors)
        found.append(
            ComparableOccurrence(
                position=number,
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
                actor_query=actors.of_moment(asked),
            )
        )
    return found


def waves_of(entry: Entry, known: Iterable[str]) -> tuple[str, ...]:
    """Return those of the known waves that an entry stands in, the one that tells it first."""
    return tuple(wave for wave in entry.waves if wave in known) if entry.also_in else entry.waves


def town_names(name: str | dict[str, str]) -> tuple[str, ...]:
    """Return the names of a town in all languages."""
    return tuple(all_translations(name))


def _town_numbers(entries: Iterable[Entry]) -> dict[tuple[str, ...], int]:
    """Return a number for each name of a town; names that are alike, in any language, have the same one."""
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
    """Return the numbers of the towns that have a name alike."""
    for text in name:
        for key in town_keys(text):
            for number, other in known_towns.get(key, ())[:_MAX_NAMES_COMPARED]:
                if are_similar_towns(text, other):
                    yield number


MAX_PAIRS = 200_000
"""How many pairs a search looks at."""

OccurrencePair = tuple[ComparableOccurrence, ComparableOccurrence]
"""Two spots, in order of time."""


class PairSearch:
    """One look for pairs of moments, of which one wave may be in focus; ``complete`` until it gives up."""

    def __init__(self, actors: ActorIndex, focus: str | None) -> None:
        self._actors = actors
        self._focus = focus
        self.complete = True

    def with_common_actors(self, spots: Sequence[ComparableOccurrence]) -> Iterator[OccurrencePair]:
        """Return the pairs on overlapping days that name an actor both, whichever their waves."""
        by_actor: dict[int, list[ComparableOccurrence]] = {}
        for spot in spots:
            bits = spot.actor_query.actors if spot.in_person and (spot.exact or spot.is_short) else 0
            while bits:
                lowest = bits & -bits
                by_actor.setdefault(lowest, []).append(spot)
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
        self, spots: Sequence[ComparableOccurrence], within: int, wanted: Callable[[ComparableOccurrence], object]
    ) -> Iterator[OccurrencePair]:
        """Return the pairs of different waves that lie ``within`` so many days of each other, and are alike.

        Only spots for which ``wanted`` gives the same key are compared; those for which it gives None are passed over.
        """
        blocks: dict[object, list[ComparableOccurrence]] = {}
        for spot in spots:
            key = wanted(spot)
            if key is not None:
                blocks.setdefault(key, []).append(spot)
        left = MAX_PAIRS
        for block in blocks.values():
            for pair in self._between_waves(block, within):
                left -= 1
                if not left:
                    self.complete = False
                    return
                if self._has_wave_pairs(*pair):
                    yield pair

    def _between_waves(self, occurrences: Sequence[ComparableOccurrence], within_days: int) -> Iterator[OccurrencePair]:
        """Return the pairs near in time that may be of different waves, without a look at those of one wave.

        ``live`` are the spots that may still be near, by their wave; those of several waves are together.
        """
        live: dict[str, list[ComparableOccurrence]] = {}
        for spot in occurrences:
            own = spot.waves[0] if len(spot.waves) == 1 else ""
            aside = self._focus is not None and self._focus not in spot.waves
            for wave in [self._focus or "", ""] if aside else list(live):
                if (wave == own and own) or wave not in live:
                    continue
                near = [other for other in live[wave] if other.last + within_days >= spot.first]
                if near:
                    live[wave] = near
                    yield from ((other, spot) for other in near)
                else:
                    del live[wave]
            live.setdefault(own, []).append(spot)

    def wave_pairs(self, one: ComparableOccurrence, other: ComparableOccurrence) -> list[WavePair]:
        """Return the pairs of different waves that two spots bring together."""
        if len(one.waves) == 1 and len(other.waves) == 1:
            a, b = one.waves[0], other.waves[0]
            pair = (a, b) if a < b else (b, a)
            return [pair] if a != b and self.includes(pair) else []
        pairs = {(min(a, b), max(a, b)) for a in one.waves for b in other.waves if a != b}
        return sorted(filter(self.includes, pairs))

    def _has_wave_pairs(self, one: ComparableOccurrence, other: ComparableOccurrence) -> bool:
        """Tell whether there are such pairs."""
        if self._focus is None and len(one.waves) == 1 and len(other.waves) == 1:
            return one.waves != other.waves
        return bool(self.wave_pairs(one, other))

    def includes(self, pair: WavePair) -> bool:
        """Tell whether two waves are looked at together: one of them is in focus, or none is."""
        return self._focus is None or self._focus in pair

    def _touches_focus(self, one: ComparableOccurrence, other: ComparableOccurrence) -> bool:
        return self._focus is None or self._focus in one.waves or self._focus in other.waves


def _nearby_pairs(occurrences: Sequence[ComparableOccurrence], within_days: int) -> Iterator[OccurrencePair]:
    """Return the pairs of spots that lie within so many days of each other; 0 is on overlapping days."""
    live: list[ComparableOccurrence] = []
    for spot in occurrences:
        live = [other for other in live if other.last + within_days >= spot.first]
        yield from ((other, spot) for other in live)
        live.append(spot)


def days_between(one: ComparableOccurrence, other: ComparableOccurrence) -> int:
    """Return how many days lie between two spots, in order of time: 1 for the day after, 0 where they overlap."""
    return max(0, other.first - one.last)
