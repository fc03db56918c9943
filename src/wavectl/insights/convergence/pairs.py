"""Pairs of moments that clash or meet.

A clash is certain if both moments name the same actor and their days are exact and confirmed. It is possible if one
condition is open: the days, who goes, or the time between two moments on one day. With two open conditions nearly all
moments might clash, so those are not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from wavectl.insights.convergence.candidates import ComparableOccurrence, OccurrencePair, PairSearch, days_between
from wavectl.insights.convergence.facts import CERTAIN, DATES, HOURS, PEOPLE, ActorIndex, ActorQuery
from wavectl.model import MomentKind

MomentPair = tuple[str, str]
"""The references of two moments in order; repeating moments form one pair."""


class PairMatch(NamedTuple):
    """Two moments that clash or meet: the first pair of occurrences, the kind, how often, and the last day."""

    pair: OccurrencePair
    kind: str
    times: int
    last_day: int

    @property
    def sort_key(self) -> tuple[bool, int, str, str]:
        """The sort order: certain clashes first, then by day, then by reference."""
        first, second = self.pair
        return self.kind != CERTAIN, max(first.first, second.first), first.root, second.root


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
    """Return the meetings of events of different waves in the same town; vague dates have to overlap."""

    def town(occurrence: ComparableOccurrence) -> int | None:
        return occurrence.town if occurrence.is_short and occurrence.entry.group.kind is MomentKind.EVENT else None

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
    """Return the clashes and the meetings of moments of different waves around the same exact days.

    Two moments clash if both may need the same actors; a moment without actors may need those of its wave.
    """

    def day(occurrence: ComparableOccurrence) -> bool | None:
        return (
            True
            if occurrence.exact and occurrence.is_short and occurrence.entry.group.kind is not MomentKind.DEADLINE
            else None
        )

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
        last_day, known = min(one.last, other.last), matches.get(name)
        if known is None or (kind == CERTAIN and known.kind != CERTAIN):
            matches[name] = PairMatch(pair, kind, 1, last_day)
        elif kind == known.kind:
            matches[name] = known._replace(times=known.times + 1, last_day=max(known.last_day, last_day))
    return matches
