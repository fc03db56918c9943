"""The facts of ``converge`` (meetings, clashes, counts) and the actors of a plan as bit sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.plan.loader import Plan
from wavectl.timeline.entries import Entry

CERTAIN, DATES, PEOPLE, HOURS = "certain", "dates", "people", "hours"
"""The conditions of a clash: none, the dates, who goes, or too little time between two moments."""

WavePair = tuple[str, str]
"""Two waves in order of their ids; for a clash inside a wave, that wave twice."""


class Collective(NamedTuple):
    """An actor that one side names as a whole and the other side by some of its members."""

    actor: str
    parts: tuple[str, ...]


class Meeting(NamedTuple):
    """Moments in which waves meet.

    ``kind`` is ``moment`` (one moment that several waves share), ``likely`` (two that are probably the same),
    ``place`` (two in the same town) or ``days`` (two around the same days). ``exact`` is true if all dates are exact.
    ``days_apart`` is the minimum number of days between two moments, ``times`` how often repeating moments meet.
    """

    kind: str
    moments: tuple[Entry, ...]
    waves: tuple[str, ...]
    exact: bool = True
    days_apart: int = 0
    times: int = 1


class SharedActor(NamedTuple):
    """An actor of several waves; ``parts`` are its members in waves that do not name the whole collective.

    ``unconfirmed_in`` are the waves in which it is not confirmed.
    """

    actor: str
    waves: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    unconfirmed_in: tuple[str, ...]


class Clash(NamedTuple):
    """Two moments that need the same actors in two places on the same days, from ``first`` through ``last``.

    ``condition`` is what the clash depends on: nothing (``CERTAIN``); ``DATES`` that are vague or tentative;
    ``PEOPLE`` if actors are not named, not confirmed, or named as members of a collective; ``HOURS`` if one moment ends
    before the other begins and the time between them may be too short.
    """

    condition: str
    moments: tuple[Entry, Entry]
    waves: tuple[str, ...]
    actors: tuple[str, ...]
    collectives: tuple[Collective, ...]
    first: date
    last: date
    times: int = 1

    @property
    def certain(self) -> bool:
        """Whether the clash depends on nothing."""
        return self.condition == CERTAIN


class PairCounts(NamedTuple):
    """The number of meetings and clashes of two waves, or of all waves together."""

    moments: int = 0
    likely: int = 0
    actors: int = 0
    places: int = 0
    days: int = 0
    certain: int = 0
    possible: int = 0

    @property
    def meetings(self) -> int:
        """The number of meetings."""
        return self.moments + self.likely + self.actors + self.places + self.days

    @property
    def clashes(self) -> int:
        """The number of clashes."""
        return self.certain + self.possible


class Convergence(NamedTuple):
    """Where the waves of a plan meet and clash.

    ``clashes`` and ``meetings`` hold the first of each kind; ``totals`` counts all. ``complete`` is False if the search
    stopped at its limit; then all counts are minimums.
    """

    plan: Plan
    waves: tuple[str, ...]
    focus: str | None
    today: date
    within_days: int
    clashes: tuple[Clash, ...]
    meetings: tuple[Meeting, ...]
    shared_actors: tuple[SharedActor, ...]
    pairs: Mapping[WavePair, PairCounts]
    totals: PairCounts
    upcoming_clashes: int
    complete: bool


class ActorQuery(NamedTuple):
    """The actors of a moment or wave as bit sets: those that it names, and the collectives that they belong to."""

    actors: int
    collectives: int

    def overlaps(self, other: ActorQuery) -> bool:
        """Return whether both name the same actor, or one names a collective and the other a member of it."""
        return bool(self.actors & (other.actors | other.collectives) or self.collectives & other.actors)


NO_ACTORS = ActorQuery(0, 0)


class ActorIndex:
    """The actors of a plan, numbered: those of the register first, then those of single waves."""

    def __init__(self, plan: Plan, waves: Sequence[str]) -> None:
        self._plan = plan
        self._register = plan.programme.actors
        self._names: list[str] = list(self._register)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._part_of = {name: actor.part_of for name, actor in self._register.items() if actor.part_of}
        self._collectives: dict[int, int] = {}
        self._wave_actors: dict[str, ActorQuery] = {}
        self._unconfirmed: dict[str, int] = {}
        for wave in waves:
            self._add_wave(wave)

    def _add_wave(self, wave: str) -> None:
        keys, unconfirmed = [], 0
        for actor in self._plan.waves[wave].actors:
            if actor.id is None:
                continue
            key = self._key(wave, actor.id)
            if actor.part_of and key not in self._register:
                self._part_of[key] = self._key(wave, actor.part_of)
            keys.append(key)
            unconfirmed |= 0 if actor.confirmed else 1 << self._number(key)
        self._wave_actors[wave] = self._build_query(keys)
        self._unconfirmed[wave] = unconfirmed

    def of_wave(self, wave: str) -> ActorQuery:
        """Return the actors of a wave."""
        return self._wave_actors[wave]

    def of_moment(self, names: Iterable[tuple[str, str]]) -> ActorQuery:
        """Return the actors of a moment, given as pairs of a wave and an id that the wave uses."""
        return self._build_query([self._key(wave, name) for wave, name in names])

    def unconfirmed(self, waves: Iterable[str]) -> int:
        """Return the actors that are not confirmed in any of these waves, as bits."""
        bits = 0
        for wave in waves:
            bits |= self._unconfirmed[wave]
        return bits

    def names(self, bits: int) -> Iterator[str]:
        """Return the actors of a bit set in order: ids of the register, or ``wave/id``."""
        while bits:
            lowest = bits & -bits
            yield self._names[lowest.bit_length() - 1]
            bits ^= lowest

    def in_common(self, one: ActorQuery, other: ActorQuery) -> tuple[int, tuple[Collective, ...]]:
        """Return the actors that both name (as bits), and the collectives that one names and the other by members."""
        both = one.actors & other.actors
        collectives = []
        for whole in self.names((one.actors & other.collectives | other.actors & one.collectives) & ~both):
            bit = 1 << self._numbers[whole]
            parts = self._parts_of(bit, (one if other.actors & bit else other).actors & ~both)
            if parts:
                collectives.append(Collective(whole, tuple(self.names(parts))))
        return both, tuple(collectives)

    def shared_actors(self, casts: dict[str, ActorQuery], focus: str | None) -> Iterator[SharedActor]:
        """Return the actors that several waves share; ``casts`` are the actors of each wave."""
        whole: dict[int, list[str]] = {}
        by_parts: dict[int, list[str]] = {}
        for wave, cast in casts.items():
            for bits, index in ((cast.actors, whole), (cast.collectives & ~cast.actors, by_parts)):
                while bits:
                    lowest = bits & -bits
                    index.setdefault(lowest, []).append(wave)
                    bits ^= lowest
        for bit, waves in sorted(whole.items()):
            everywhere = casts[waves[0]].actors
            for wave in waves:
                everywhere &= casts[wave].actors
            parts = {}
            for wave in by_parts.get(bit, ()):
                named = tuple(self.names(self._parts_of(bit, casts[wave].actors & ~everywhere)))
                if named:
                    parts[wave] = named
            if len(waves) + len(parts) > 1 and (focus is None or focus in waves or focus in parts):
                unconfirmed = tuple(wave for wave in waves if self._unconfirmed[wave] & bit)
                yield SharedActor(self._names[bit.bit_length() - 1], tuple(waves), parts, unconfirmed)

    def _parts_of(self, whole: int, bits: int) -> int:
        """Return those of some actors that belong to a collective, as bits."""
        parts = 0
        while bits:
            lowest = bits & -bits
            if self._collectives_of(lowest.bit_length() - 1) & whole:
                parts |= lowest
            bits ^= lowest
        return parts

    def _key(self, wave: str, name: str) -> str:
        return name if name in self._register else f"{wave}/{name}"

    def _number(self, key: str) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._names)
            self._names.append(key)
        return number

    def _build_query(self, keys: Iterable[str]) -> ActorQuery:
        actors = collectives = 0
        for key in keys:
            number = self._number(key)
            actors |= 1 << number
            collectives |= self._collectives_of(number)
        return ActorQuery(actors, collectives) if actors else NO_ACTORS

    def _collectives_of(self, number: int) -> int:
        """Return the collectives that an actor belongs to, directly or not, as bits; cycles end the search."""
        known = self._collectives.get(number)
        if known is None:
            known, parent = 0, self._part_of.get(self._names[number])
            while parent is not None and not known >> (index := self._number(parent)) & 1:
                known |= 1 << index
                parent = self._part_of.get(parent)
            self._collectives[number] = known
        return known
