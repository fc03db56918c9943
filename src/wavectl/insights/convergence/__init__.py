"""Find where the waves of a plan meet and where they clash.

They meet in shared moments, in the same town, around the same days, and in shared actors. They clash if actors would
have to be in two places at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import combinations
from typing import NamedTuple

from wavectl.insights.convergence.actions import ActionMeetings
from wavectl.insights.convergence.actors import ActorIndex, ActorQuery, Collective, SharedActor
from wavectl.insights.convergence.pairs import (
    CERTAIN,
    DATES,
    HOURS,
    MAX_WAVE_PAIRS,
    PEOPLE,
    MomentPair,
    PairMatch,
    PairSearch,
    WavePair,
    common_days,
    comparable_occurrences,
    days_between,
    find_actor_clashes,
    find_same_days,
    find_same_town,
    moment_pair,
    requested_actors,
    waves_of,
)
from wavectl.model import Status
from wavectl.plan.loader import Plan, gc_disabled
from wavectl.timeline.entries import Entry, Filter, build_timeline
from wavectl.timeline.similar_moments import likely_same_moments

DEFAULT_WITHIN_DAYS = 7
"""How many days apart two moments may be to meet, by default."""
MAX_LISTED = 1000
"""The maximum number of clashes, and of meetings of each kind, that are kept; the rest is counted."""


class Meeting(NamedTuple):
    """Moments in which waves meet.

    ``kind`` is ``moment`` (one moment that several waves share), ``likely`` (two that are probably the same),
    ``place`` (two in the same town), ``inside`` (the same, inside one wave) or ``days`` (two around the same days).
    ``exact`` is true if all dates are exact.
    ``days_apart`` is the minimum number of days between two moments, ``times`` how often repeating moments meet.
    """

    kind: str
    moments: tuple[Entry, ...]
    waves: tuple[str, ...]
    exact: bool = True
    days_apart: int = 0
    times: int = 1


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
    inside: int = 0

    @property
    def meetings(self) -> int:
        """The number of meetings."""
        return self.moments + self.likely + self.actors + self.places + self.inside + self.days

    @property
    def clashes(self) -> int:
        """The number of clashes."""
        return self.certain + self.possible


COUNT_FIELDS = {
    "moment": "moments",
    "likely": "likely",
    "place": "places",
    "days": "days",
    "inside": "inside",
    CERTAIN: "certain",
    **dict.fromkeys((DATES, PEOPLE, HOURS), "possible"),
}
"""The fields of ``PairCounts`` that count the kinds of meetings and clashes."""


class Convergence(NamedTuple):
    """Where the waves of a plan meet and clash.

    ``clashes`` and ``meetings`` hold the first of each kind; ``totals`` counts all. ``complete`` is False if the search
    stopped at its limit; then all counts are minimums. ``actions`` is None in a plan without local actions.
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
    actions: ActionMeetings | None = None


@gc_disabled()
def find_convergence(
    plan: Plan,
    wave_ids: Sequence[str],
    today: date,
    *,
    within_days: int = DEFAULT_WITHIN_DAYS,
    upcoming: bool = False,
    by_pair: bool = True,
) -> Convergence:
    """Find the meetings and clashes of one wave with all others, of several waves with each other, or of all.

    ``within_days`` is the maximum distance of a meeting; ``upcoming`` leaves out moments that are over. Without
    ``by_pair`` nothing is counted for each pair of waves, and ``pairs`` is empty.
    """
    focus = wave_ids[0] if len(wave_ids) == 1 else None
    waves = [wave for wave in plan.waves if len(wave_ids) < 2 or wave in wave_ids]
    entries = build_timeline(plan, waves, today, entry_filter=Filter(upcoming=upcoming), merge=True).entries
    actors = ActorIndex(plan)  # a moment may be tied to a wave that is not selected
    casts = {wave: _wave_actors(plan, wave, actors) for wave in waves}
    search = PairSearch(focus)
    by_moment: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.occurrence.status is not Status.CANCELLED:
            by_moment[entry.group.root.reference].append(entry)
    languages = plan.programme.languages
    shared_moments = sorted(
        _shared_moments(by_moment, frozenset(waves), focus), key=lambda meeting: meeting.moments[0].sort_key(languages)
    )
    same = [
        (first.reference, second.reference)
        for first, second in likely_same_moments(plan)
        if not plan.waves[second.wave].waives("likely-same-moment", second.moment.id)
    ]
    likely = list(_likely_same_moments(plan, same, by_moment, frozenset(waves), focus))
    excluded = {moment_pair(*(one.group.root.reference for one in meeting.moments)) for meeting in likely}
    occurrences = comparable_occurrences(entries, waves, actors)
    clashes = find_actor_clashes(search, occurrences, actors, excluded)
    places, inside = find_same_town(search, occurrences, within_days, excluded, {moment_pair(*pair) for pair in same})
    more_clashes, days = find_same_days(search, occurrences, within_days, actors, {*excluded, *clashes, *places})
    clashes |= more_clashes
    shared_actors = list(actors.shared_actors(casts, focus))
    certain = [match for match in clashes.values() if match.kind == CERTAIN]
    return Convergence(
        plan=plan,
        waves=tuple(waves),
        focus=focus,
        today=today,
        within_days=within_days,
        clashes=tuple(_build_clash(match, search, actors) for match in _first_in_order(clashes)),
        meetings=(
            *shared_moments,
            *likely,
            *(_build_meeting(match, search) for found in (places, inside, days) for match in _first_in_order(found)),
        ),
        shared_actors=tuple(shared_actors),
        pairs=_count_by_pair(search, (*shared_moments, *likely), (clashes, places, inside, days), casts, actors)
        if by_pair
        else {},
        totals=PairCounts(
            len(shared_moments),
            len(likely),
            len(shared_actors),
            len(places),
            len(days),
            len(certain),
            len(clashes) - len(certain),
            len(inside),
        ),
        upcoming_clashes=sum(match.last_day >= today.toordinal() for match in certain),
        complete=search.complete,
    )


def _wave_actors(plan: Plan, wave: str, actors: ActorIndex) -> ActorQuery:
    """Return the actors of a wave and of its moments."""
    listed = actors.of_wave(wave)
    moments = actors.of_moment((wave, actor) for moment in plan.waves[wave].moments for actor in moment.actors)
    return ActorQuery(listed.actors | moments.actors, listed.collectives | moments.collectives)


def _shared_moments(
    by_moment: Mapping[str, Sequence[Entry]], waves: Collection[str], focus: str | None
) -> Iterator[Meeting]:
    """Return the moments that several waves share."""
    for entries in by_moment.values():
        same = [entry for entry in entries if entry.also_in and len(waves_of(entry, waves)) > 1]
        shared_by = sorted({wave for entry in same for wave in waves_of(entry, waves)})
        if same and (focus is None or focus in shared_by):
            yield Meeting("moment", (same[0],), tuple(shared_by), same[0].occurrence.local.is_exact, times=len(same))


def _likely_same_moments(
    plan: Plan,
    same: Iterable[MomentPair],
    by_moment: Mapping[str, Sequence[Entry]],
    waves: Collection[str],
    focus: str | None,
) -> Iterator[Meeting]:
    """Return pairs of moments of different waves that are probably the ``same``."""
    meetings, languages = [], plan.programme.languages
    for earlier, later in same:
        first, second = by_moment.get(earlier, ()), by_moment.get(later, ())
        pairs = ((a, b) for a in first for b in second if a.occurrence.local.meets(b.occurrence.local))
        overlapping = next(pairs, None)
        if overlapping is None:
            continue
        meeting_waves = {wave for entry in (*first, *second) for wave in waves_of(entry, waves)}
        if len(meeting_waves) == 1 or (focus is not None and focus not in meeting_waves):
            continue
        exact = all(entry.occurrence.local.is_exact for entry in overlapping)
        moments = tuple(sorted(overlapping, key=lambda entry: entry.sort_key(languages)))
        meetings.append(Meeting("likely", moments, tuple(sorted(meeting_waves)), exact))
    yield from sorted(meetings, key=lambda meeting: [entry.sort_key(languages) for entry in meeting.moments])


def _first_in_order(matches: Mapping[MomentPair, PairMatch]) -> list[PairMatch]:
    """Return the first ``MAX_LISTED`` matches in order."""
    return nsmallest(MAX_LISTED, matches.values(), key=lambda match: match.sort_key)


def _build_meeting(match: PairMatch, search: PairSearch) -> Meeting:
    first, second = match.pair
    waves = {wave for pair in _wave_pairs(match, search) for wave in pair}
    exact = first.exact and second.exact
    return Meeting(
        match.kind, (first.entry, second.entry), tuple(sorted(waves)), exact, days_between(first, second), match.times
    )


def _build_clash(match: PairMatch, search: PairSearch, actors: ActorIndex) -> Clash:
    first, second = match.pair
    first_day, last_day = common_days(first, second)
    both, collectives = 0, dict[Collective, None]()
    for mine, theirs in requested_actors(match.pair, search, actors):
        shared, wholes = actors.in_common(mine, theirs)
        both |= shared
        collectives |= dict.fromkeys(wholes)
    return Clash(
        condition=match.kind,
        moments=(first.entry, second.entry),
        waves=tuple(sorted({wave for pair in _wave_pairs(match, search) for wave in pair})),
        actors=tuple(actors.names(both)),
        collectives=tuple(collectives),
        first=date.fromordinal(first_day),
        last=date.fromordinal(last_day),
        times=match.times,
    )


def _wave_pairs(match: PairMatch, search: PairSearch) -> list[WavePair]:
    """Return the pairs of waves of two moments; moments of one wave give a pair of that wave with itself."""
    first, second = match.pair
    return search.wave_pairs(first, second) or [(wave, wave) for wave in first.waves if wave in second.waves]


def _count_by_pair(
    search: PairSearch,
    meetings: Iterable[Meeting],
    matches: Sequence[Mapping[MomentPair, PairMatch]],
    casts: Mapping[str, ActorQuery],
    actors: ActorIndex,
) -> dict[WavePair, PairCounts]:
    """Count the meetings and clashes of each pair of waves; pairs without any are left out."""
    counts: defaultdict[WavePair, list[int]] = defaultdict(lambda: [0] * len(PairCounts._fields))
    position = {field: number for number, field in enumerate(PairCounts._fields)}
    for meeting in meetings:
        for pair in combinations(meeting.waves, 2):
            counts[pair][position[COUNT_FIELDS[meeting.kind]]] += 1
    for of_kind in matches:
        for match in of_kind.values():
            for pair in _wave_pairs(match, search):
                counts[pair][position[COUNT_FIELDS[match.kind]]] += 1
    sharing = (pair for pair in combinations(casts, 2) if casts[pair[0]].overlaps(casts[pair[1]]))
    for pair in search.limited(filter(search.includes, sharing), MAX_WAVE_PAIRS):
        both, wholes = actors.in_common(casts[pair[0]], casts[pair[1]])
        counts[pair][position["actors"]] += both.bit_count() + len(wholes)
    return {pair: PairCounts(*counts[pair]) for pair in sorted(counts) if search.includes(pair)}
