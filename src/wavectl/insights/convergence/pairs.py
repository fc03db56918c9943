"""Pairs of moments that collide or meet, and in what way.

A clash has at most one *if* in it. Both moments name an actor, the days are exact and confirmed: certain. One of the
two is open, the days or who goes: possible; so it is where only the time between them, on one day, may be too short.
Both are open: nothing is told, for then nearly everything might collide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from wavectl.insights.convergence.candidates import ComparableOccurrence, OccurrencePair, PairSearch, days_between
from wavectl.insights.convergence.facts import CERTAIN, DATES, HOURS, PEOPLE, ActorIndex, ActorQuery
from wavectl.model import MomentKind

MomentPair = tuple[str, str]
"""Two moments by the names of their roots, in order: moments that repeat meet once, however often that is."""


class PairMatch(NamedTuple):
    """Two moments that collide or meet: the first time that they do, in what way, how often, and on what day last."""

    pair: OccurrencePair
    kind: str
    times: int
    last_day: int

    @property
    def sort_key(self) -> tuple[bool, int, str, str]:
        """Where it stands among others: what is certain first, then by day, then by name."""
        one, other = self.pair
        return self.kind != CERTAIN, max(one.first, other.first), one.root, other.root


def moment_pair(one: str, other: str) -> MomentPair:
    """Return the key of two moments, given the names of their roots."""
    return (one, other) if one < other else (other, one)


def find_actor_clashes(
    search: PairSearch,
    occurrences: Sequence[ComparableOccurrence],
    actors: ActorIndex,
    excluded: Collection[MomentPair],
) -> dict[MomentPair, PairMatch]:
    """Return the clashes of moments that name an actor both, but for those in ``apart``.

    Inside one wave only certain ones count: whoever plans it sees that its vague dates lie in one month.
    """
    judged = (
        (pair, _clash_kind(pair, actors))
        for pair in search.with_common_actors(occurrences)
        if not pair[0].in_same_town(pair[1])
    )
    counted = ((pair, how) for pair, how in judged if how == CERTAIN or search.wave_pairs(*pair))
    return _merge_pairs(counted, excluded)


def _clash_kind(pair: OccurrencePair, actors: ActorIndex) -> str:
    """Return in what way two moments on overlapping days, which name an actor both, collide; "" for not at all."""
    one, other = pair
    sure = (
        one.actor_query.actors
        & other.actor_query.actors
        & ~actors.unconfirmed((*one.entry.group.waves, *other.entry.group.waves))
    )
    firm = one.firm and other.firm
    if sure and firm:
        return HOURS if one.has_disjoint_hours(other) else CERTAIN
    if one.has_disjoint_hours(other) or not (one.is_short and other.is_short):
        return ""
    return PEOPLE if firm else DATES if sure else ""


def find_same_town(
    search: PairSearch, occurrences: Sequence[ComparableOccurrence], within_days: int, excluded: Collection[MomentPair]
) -> dict[MomentPair, PairMatch]:
    """Return the meetings of events of different waves in one town; vague dates have to overlap for it."""

    def town(spot: ComparableOccurrence) -> int | None:
        return spot.town if spot.is_short and spot.entry.group.kind is MomentKind.EVENT else None

    pairs = search.across_waves(occurrences, within_days, town)
    return _merge_pairs(((pair, _town_meeting_kind(pair)) for pair in pairs if pair[0].in_same_town(pair[1])), excluded)


def _town_meeting_kind(pair: OccurrencePair) -> str:
    sure = pair[0].exact and pair[1].exact
    return "place" if sure or not days_between(*pair) else ""


def find_same_days(
    search: PairSearch,
    occurrences: Sequence[ComparableOccurrence],
    within_days: int,
    actors: ActorIndex,
    excluded: Collection[MomentPair],
) -> tuple[dict[MomentPair, PairMatch], dict[MomentPair, PairMatch]]:
    """Return what happens of different waves in the same days, which are exact: clashes of actors, and meetings.

    They are clashes where the same actors may be asked to both, though they are not named; a moment that names nobody
    stands for the actors of its wave.
    """

    def day(spot: ComparableOccurrence) -> bool | None:
        return True if spot.exact and spot.is_short and spot.entry.group.kind is not MomentKind.DEADLINE else None

    clashes: list[tuple[OccurrencePair, str]] = []
    meetings: list[tuple[OccurrencePair, str]] = []
    for pair in search.across_waves(occurrences, within_days, day):
        how = "" if days_between(*pair) else _day_clash_kind(pair, search, actors)
        (clashes if how else meetings).append((pair, how or "days"))
    collided = _merge_pairs(clashes, excluded)
    return collided, _merge_pairs(meetings, {*excluded, *collided})


def _day_clash_kind(pair: OccurrencePair, search: PairSearch, actors: ActorIndex) -> str:
    """Return in what way two moments collide that may ask the same actors to be in two places; "" for not at all."""
    one, other = pair
    if not (one.in_person and other.in_person) or one.in_same_town(other):
        return ""
    if one.actor_query.actors & other.actor_query.actors:
        return _clash_kind(pair, actors)
    two_ifs = not (one.firm and other.firm) or one.has_disjoint_hours(other)
    return (
        ""
        if two_ifs or not any(mine.overlaps(theirs) for mine, theirs in requested_actors(pair, search, actors))
        else PEOPLE
    )


def requested_actors(
    pair: OccurrencePair, search: PairSearch, actors: ActorIndex
) -> Iterator[tuple[ActorQuery, ActorQuery]]:
    """Return whom two moments ask: those they name, else the actors of each of their waves."""
    one, other = pair
    if one.actor_query.actors and other.actor_query.actors:
        yield one.actor_query, other.actor_query
        return
    for first, second in search.wave_pairs(one, other):
        for here, there in ((first, second), (second, first)):
            if here in one.waves and there in other.waves:
                yield _actors_in_wave(one, here, actors), _actors_in_wave(other, there, actors)


def _actors_in_wave(occurrence: ComparableOccurrence, wave: str, actors: ActorIndex) -> ActorQuery:
    return occurrence.actor_query if occurrence.actor_query.actors else actors.of_wave(wave)


def _merge_pairs(
    judged: Iterable[tuple[OccurrencePair, str]], excluded: Collection[MomentPair]
) -> dict[MomentPair, PairMatch]:
    """Return what was judged to meet, each two moments once: as what is most certain of the times that they do."""
    found: dict[MomentPair, PairMatch] = {}
    for pair, how in judged:
        one, other = pair
        name = moment_pair(one.root, other.root)
        if not how or one.root == other.root or name in excluded:
            continue
        until, known = min(one.last, other.last), found.get(name)
        if known is None or (how == CERTAIN and known.kind != CERTAIN):
            found[name] = PairMatch(pair, how, 1, until)
        elif how == known.kind:
            found[name] = known._replace(times=known.times + 1, last_day=max(known.last_day, until))
    return found
