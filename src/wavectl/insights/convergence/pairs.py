"""Pairs of moments that collide or meet, and in what way.

A clash has at most one *if* in it. Both moments name an actor, the days are exact and confirmed: certain. One of the
two is open, the days or who goes: possible; so it is where only the time between them, on one day, may be too short.
Both are open: nothing is told, for then nearly everything might collide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from wavectl.insights.convergence.actors import Actors, Asked
from wavectl.insights.convergence.candidates import Search, SpotPair, gap
from wavectl.insights.convergence.facts import CERTAIN, DATES, HOURS, PEOPLE
from wavectl.insights.convergence.occurrences import Spot
from wavectl.model import Kind

Key = tuple[str, str]
"""Two moments by the names of their roots, in order: moments that repeat meet once, however often that is."""


class Found(NamedTuple):
    """Two moments that collide or meet: the first time that they do, in what way, how often, and on what day last."""

    pair: SpotPair
    how: str
    times: int
    until: int

    @property
    def order(self) -> tuple[bool, int, str, str]:
        """Where it stands among others: what is certain first, then by day, then by name."""
        one, other = self.pair
        return self.how != CERTAIN, max(one.first, other.first), one.root, other.root


def key(one: str, other: str) -> Key:
    """Return the key of two moments, given the names of their roots."""
    return (one, other) if one < other else (other, one)


def named(search: Search, spots: Sequence[Spot], actors: Actors, apart: Collection[Key]) -> dict[Key, Found]:
    """Return the clashes of moments that name an actor both, but for those in ``apart``.

    Inside one wave only certain ones count: whoever plans it sees that its vague dates lie in one month.
    """
    judged = ((pair, _how(pair, actors)) for pair in search.named(spots) if not pair[0].in_one_town(pair[1]))
    counted = ((pair, how) for pair, how in judged if how == CERTAIN or search.wave_pairs(*pair))
    return _together(counted, apart)


def _how(pair: SpotPair, actors: Actors) -> str:
    """Return in what way two moments on overlapping days, which name an actor both, collide; "" for not at all."""
    one, other = pair
    sure = one.asked.named & other.asked.named & ~actors.unsure((*one.entry.group.waves, *other.entry.group.waves))
    firm = one.firm and other.firm
    if sure and firm:
        return HOURS if one.apart(other) else CERTAIN
    if one.apart(other) or not (one.short and other.short):
        return ""
    return PEOPLE if firm else DATES if sure else ""


def in_one_town(search: Search, spots: Sequence[Spot], within: int, apart: Collection[Key]) -> dict[Key, Found]:
    """Return the meetings of events of different waves in one town; vague dates have to overlap for it."""

    def town(spot: Spot) -> int | None:
        return spot.town if spot.short and spot.entry.group.kind is Kind.EVENT else None

    pairs = search.across(spots, within, town)
    return _together(((pair, _near(pair)) for pair in pairs if pair[0].in_one_town(pair[1])), apart)


def _near(pair: SpotPair) -> str:
    sure = pair[0].sure and pair[1].sure
    return "place" if sure or not gap(*pair) else ""


def on_one_day(
    search: Search, spots: Sequence[Spot], within: int, actors: Actors, apart: Collection[Key]
) -> tuple[dict[Key, Found], dict[Key, Found]]:
    """Return what happens of different waves in the same days, which are exact: clashes of actors, and meetings.

    They are clashes where the same actors may be asked to both, though they are not named; a moment that names nobody
    stands for the actors of its wave.
    """

    def day(spot: Spot) -> bool | None:
        return True if spot.sure and spot.short and spot.entry.group.kind is not Kind.DEADLINE else None

    clashes: list[tuple[SpotPair, str]] = []
    meetings: list[tuple[SpotPair, str]] = []
    for pair in search.across(spots, within, day):
        how = "" if gap(*pair) else _collide(pair, search, actors)
        (clashes if how else meetings).append((pair, how or "days"))
    collided = _together(clashes, apart)
    return collided, _together(meetings, {*apart, *collided})


def _collide(pair: SpotPair, search: Search, actors: Actors) -> str:
    """Return in what way two moments collide that may ask the same actors to be in two places; "" for not at all."""
    one, other = pair
    if not (one.calls and other.calls) or one.in_one_town(other):
        return ""
    if one.asked.named & other.asked.named:
        return _how(pair, actors)
    two_ifs = not (one.firm and other.firm) or one.apart(other)
    return "" if two_ifs or not any(mine.meets(theirs) for mine, theirs in asked(pair, search, actors)) else PEOPLE


def asked(pair: SpotPair, search: Search, actors: Actors) -> Iterator[tuple[Asked, Asked]]:
    """Return whom two moments ask: those they name, else the actors of each of their waves."""
    one, other = pair
    if one.asked.named and other.asked.named:
        yield one.asked, other.asked
        return
    for first, second in search.wave_pairs(one, other):
        for here, there in ((first, second), (second, first)):
            if here in one.waves and there in other.waves:
                yield _asked_in(one, here, actors), _asked_in(other, there, actors)


def _asked_in(spot: Spot, wave: str, actors: Actors) -> Asked:
    return spot.asked if spot.asked.named else actors.of_wave(wave)


def _together(judged: Iterable[tuple[SpotPair, str]], apart: Collection[Key]) -> dict[Key, Found]:
    """Return what was judged to meet, each two moments once: as what is most certain of the times that they do."""
    found: dict[Key, Found] = {}
    for pair, how in judged:
        one, other = pair
        name = key(one.root, other.root)
        if not how or one.root == other.root or name in apart:
            continue
        until, known = min(one.last, other.last), found.get(name)
        if known is None or (how == CERTAIN and known.how != CERTAIN):
            found[name] = Found(pair, how, 1, until)
        elif how == known.how:
            found[name] = known._replace(times=known.times + 1, until=max(known.until, until))
    return found
