"""The search for moments that meet: only those near in time are compared, and of those only such as may matter.

A plan may have thousands of moments on the same days, each of which meets each other: whoever reads wants the first
of them and how many there are, so that a search gives up once it has looked at ``MOST`` pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wavectl.insights.convergence.actors import ActorIndex
from wavectl.insights.convergence.facts import WavePair
from wavectl.insights.convergence.occurrences import ComparableOccurrence

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
