"""What converge finds: where waves meet, where they collide, and how often each two of them do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.plan.loader import Plan
from wavectl.timeline import Entry

CERTAIN, DATES, PEOPLE, HOURS = "certain", "dates", "people", "hours"
"""What has to come true for a clash: nothing, the dates, who goes, or that the time between the two is too short."""

WavePair = tuple[str, str]
"""Two waves, in order of their ids; of a clash inside one wave, that wave twice."""


class Collective(NamedTuple):
    """An actor that is named as a whole on one side, and by some of its parts on the other."""

    actor: str
    parts: tuple[str, ...]


class Meeting(NamedTuple):
    """Moments in which waves meet.

    ``kind`` is ``moment`` (one real-world moment that several waves hold), ``likely`` (two that are likely one),
    ``place`` (two in one town) or ``days`` (two in the same days). ``sure`` says that all dates are exact, ``gap``
    how many days lie between the two at least, ``times`` how often a moment that repeats meets the other one.
    """

    kind: str
    moments: tuple[Entry, ...]
    waves: tuple[str, ...]
    exact: bool = True
    days_apart: int = 0
    times: int = 1


class SharedActor(NamedTuple):
    """An actor that acts in ``waves``; of a collective also the waves that only name parts of it, with these parts.

    ``unsure`` names the waves in which it is not confirmed.
    """

    actor: str
    waves: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    unconfirmed_in: tuple[str, ...]


class Clash(NamedTuple):
    """Two moments that ask the same actors to be in two places on the same days, from ``first`` through ``last``.

    ``how`` says what has to come true for it: nothing where it is ``CERTAIN``; the ``DATES`` where they are vague or
    tentative; which ``PEOPLE`` go where somebody is not named, not confirmed, or named as part of a collective; that
    the ``HOURS`` between the two are too few, where one is over when the other one begins.
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
        """Whether nothing more has to come true."""
        return self.condition == CERTAIN


class PairCounts(NamedTuple):
    """What two waves, or all waves together, have in common, and where they collide."""

    moments: int = 0
    likely: int = 0
    actors: int = 0
    places: int = 0
    days: int = 0
    certain: int = 0
    possible: int = 0

    @property
    def meetings(self) -> int:
        """How often they meet."""
        return self.moments + self.likely + self.actors + self.places + self.days

    @property
    def clashes(self) -> int:
        """How often they collide."""
        return self.certain + self.possible


class Convergence(NamedTuple):
    """Where the waves of a plan meet and collide.

    The lists hold the first of each kind in their order, ``totals`` counts all. ``complete`` is False where so many
    moments fall together that looking for more was given up: then the counts are the least there is.
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
    """Actors as two sets of bits: those that are named, and the collectives that they are part of."""

    actors: int
    collectives: int

    def overlaps(self, other: ActorQuery) -> bool:
        """Tell whether both name somebody, or one of them a collective and the other one a part of it."""
        return bool(self.actors & (other.actors | other.collectives) or self.collectives & other.actors)


NO_ACTORS = ActorQuery(0, 0)


class ActorIndex:
    """The actors of a plan by number: the register's first, in its order, then those of single waves."""

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
        asked, doubts = [], 0
        for actor in self._plan.waves[wave].actors:
            if actor.id is None:
                continue
            key = self._key(wave, actor.id)
            if actor.part_of and key not in self._register:
                self._part_of[key] = self._key(wave, actor.part_of)
            asked.append(key)
            doubts |= 0 if actor.confirmed else 1 << self._number(key)
        self._wave_actors[wave] = self._build_query(asked)
        self._unconfirmed[wave] = doubts

    def of_wave(self, wave: str) -> ActorQuery:
        """Return the actors of a wave."""
        return self._wave_actors[wave]

    def of_moment(self, names: Iterable[tuple[str, str]]) -> ActorQuery:
        """Return the actors that a moment names, given as waves and the ids they use."""
        return self._build_query([self._key(wave, name) for wave, name in names])

    def unconfirmed(self, waves: Iterable[str]) -> int:
        """Return those that one of these waves is not sure of, as bits."""
        found = 0
        for wave in waves:
            found |= self._unconfirmed[wave]
        return found

    def names(self, bits: int) -> Iterator[str]:
        """Return the names of a set of actors, in their order: ids of the register, or ``wave/id``."""
        while bits:
            lowest = bits & -bits
            yield self._names[lowest.bit_length() - 1]
            bits ^= lowest

    def in_common(self, one: ActorQuery, other: ActorQuery) -> tuple[int, tuple[Collective, ...]]:
        """Return whom both name, and the collectives that one names as a whole and the other one by parts."""
        both = one.actors & other.actors
        found = []
        for whole in self.names((one.actors & other.collectives | other.actors & one.collectives) & ~both):
            bit = 1 << self._numbers[whole]
            parts = self._parts_of(bit, (one if other.actors & bit else other).actors & ~both)
            if parts:
                found.append(Collective(whole, tuple(self.names(parts))))
        return both, tuple(found)

    def shared_actors(self, casts: dict[str, ActorQuery], focus: str | None) -> Iterator[SharedActor]:
        """Return the actors that several waves share, in their order; ``casts`` are those of each wave."""
        whole: dict[int, list[str]] = {}
        below: dict[int, list[str]] = {}
        for wave, cast in casts.items():
            for bits, held in ((cast.actors, whole), (cast.collectives & ~cast.actors, below)):
                while bits:
                    lowest = bits & -bits
                    held.setdefault(lowest, []).append(wave)
                    bits ^= lowest
        for bit, waves in sorted(whole.items()):
            everywhere = casts[waves[0]].actors
            for wave in waves:
                everywhere &= casts[wave].actors
            parts = {}
            for wave in below.get(bit, ()):
                named = tuple(self.names(self._parts_of(bit, casts[wave].actors & ~everywhere)))
                if named:
                    parts[wave] = named
            if len(waves) + len(parts) > 1 and (focus is None or focus in waves or focus in parts):
                unsure = tuple(wave for wave in waves if self._unconfirmed[wave] & bit)
                yield SharedActor(self._names[bit.bit_length() - 1], tuple(waves), parts, unsure)

    def _parts_of(self, whole: int, bits: int) -> int:
        """Return those among some actors that are part of a collective."""
        found = 0
        while bits:
            lowest = bits & -bits
            if self._collectives_of(lowest.bit_length() - 1) & whole:
                found |= lowest
            bits ^= lowest
        return found

    def _key(self, wave: str, name: str) -> str:
        return name if name in self._register else f"{wave}/{name}"

    def _number(self, key: str) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._names)
            self._names.append(key)
        return number

    def _build_query(self, keys: Iterable[str]) -> ActorQuery:
        named = above = 0
        for key in keys:
            number = self._number(key)
            named |= 1 << number
            above |= self._collectives_of(number)
        return ActorQuery(named, above) if named else NO_ACTORS

    def _collectives_of(self, number: int) -> int:
        """Return the collectives that an actor is part of, at any remove; one that is part of itself ends there."""
        known = self._collectives.get(number)
        if known is None:
            known, here = 0, self._part_of.get(self._names[number])
            while here is not None and not known >> (place := self._number(here)) & 1:
                known |= 1 << place
                here = self._part_of.get(here)
            self._collectives[number] = known
        return known
