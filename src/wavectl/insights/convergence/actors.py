"""The actors of a plan as bit sets, so that those of many moments can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import and_
from typing import NamedTuple

from wavectl.plan.loader import Plan


class Collective(NamedTuple):
    """An actor that one side names as a whole and the other side by some of its members."""

    actor: str
    parts: tuple[str, ...]


class SharedActor(NamedTuple):
    """An actor of several waves; ``parts`` are its members in waves that do not name the whole collective.

    ``unconfirmed_in`` are the waves in which it is not confirmed.
    """

    actor: str
    waves: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    unconfirmed_in: tuple[str, ...]

    @property
    def all_waves(self) -> tuple[str, ...]:
        """The waves that name it or members of it."""
        return *self.waves, *self.parts


class ActorQuery(NamedTuple):
    """The actors of a moment or wave as bit sets: those that it names, and the collectives that they belong to."""

    actors: int
    collectives: int

    def overlaps(self, other: ActorQuery) -> bool:
        """Return whether both name the same actor, or one names a collective and the other a member of it."""
        return bool(self.actors & (other.actors | other.collectives) or self.collectives & other.actors)


def each_bit(bits: int) -> Iterator[int]:
    """Return the bits of a bit set one by one, each as a bit set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest


class ActorIndex:
    """The actors of a plan, numbered: those of the register first, then those of single waves."""

    def __init__(self, plan: Plan) -> None:
        self._register = plan.programme.actors
        self._names: list[str] = list(self._register)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._part_of = {name: actor.part_of for name, actor in self._register.items() if actor.part_of}
        self._collectives: dict[int, int] = {}
        self._wave_actors: dict[str, ActorQuery] = {}
        self._unconfirmed: dict[str, int] = {}
        for wave_id, wave in plan.waves.items():
            keys, unconfirmed = [], 0
            for actor in wave.actors:
                if actor.id is None:
                    continue
                key = self._key(wave_id, actor.id)
                if actor.part_of and key not in self._register:
                    self._part_of[key] = self._key(wave_id, actor.part_of)
                keys.append(key)
                unconfirmed |= 0 if actor.confirmed else 1 << self._number(key)
            self._wave_actors[wave_id] = self._build_query(keys)
            self._unconfirmed[wave_id] = unconfirmed

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
        return (self._names[bit.bit_length() - 1] for bit in each_bit(bits))

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
        whole: defaultdict[int, list[str]] = defaultdict(list)
        by_parts: defaultdict[int, list[str]] = defaultdict(list)
        for wave, cast in casts.items():
            for bit in each_bit(cast.actors):
                whole[bit].append(wave)
            for bit in each_bit(cast.collectives & ~cast.actors):
                by_parts[bit].append(wave)
        for bit, waves in sorted(whole.items()):
            everywhere = reduce(and_, (casts[wave].actors for wave in waves))
            named = {
                wave: tuple(self.names(self._parts_of(bit, casts[wave].actors & ~everywhere)))
                for wave in by_parts.get(bit, ())
            }
            parts = {wave: names for wave, names in named.items() if names}
            if len(waves) + len(parts) > 1 and (focus is None or focus in waves or focus in parts):
                unconfirmed = tuple(wave for wave in waves if self._unconfirmed[wave] & bit)
                yield SharedActor(self._names[bit.bit_length() - 1], tuple(waves), parts, unconfirmed)

    def _parts_of(self, whole: int, bits: int) -> int:
        """Return those of some actors that belong to a collective, as bits."""
        return sum(bit for bit in each_bit(bits) if self._collectives_of(bit.bit_length() - 1) & whole)

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
        return ActorQuery(actors, collectives)

    def _collectives_of(self, number: int) -> int:
        """Return the collectives that an actor belongs to, directly or not, as bits; cycles end the search."""
        if number in self._collectives:
            return self._collectives[number]
        chain: dict[int, None] = {}  # keeps the order
        end: int | None = number
        while end is not None and end not in chain and end not in self._collectives:
            chain[end] = None
            parent = self._part_of.get(self._names[end])
            end = None if parent is None else self._number(parent)
        path = list(chain)
        loop = path[path.index(end) :] if end is not None and end in chain else []
        known = sum(1 << member for member in loop)  # each part of a loop belongs to all of it
        if end is not None and not loop:
            known = self._collectives[end] | 1 << end
        for member in reversed(path):
            self._collectives[member] = known
            known |= 1 << member
        return self._collectives[number]
