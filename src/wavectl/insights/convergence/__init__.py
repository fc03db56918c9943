"""A plan -> where its waves meet and where they collide.

They meet in a moment that several of them hold, in a town, in the same days, and in the actors they share. They
collide where actors are asked to be in two places at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import combinations

from wavectl.insights.convergence import pairs
from wavectl.insights.convergence.candidates import PairSearch, comparable_occurrences, days_between, waves_of
from wavectl.insights.convergence.facts import (
    CERTAIN,
    DATES,
    HOURS,
    PEOPLE,
    ActorIndex,
    ActorQuery,
    Clash,
    Collective,
    Convergence,
    Meeting,
    PairCounts,
    SharedActor,
    WavePair,
)
from wavectl.insights.convergence.pairs import MomentPair, PairMatch
from wavectl.model import Status
from wavectl.plan.loader import Plan, gc_disabled
from wavectl.timeline import Entry, Filter, build_timeline
from wavectl.timeline.similar_moments import Candidate, likely_same_moments

__all__ = [
    "CERTAIN",
    "DATES",
    "DEFAULT_WITHIN_DAYS",
    "HOURS",
    "MAX_LISTED",
    "PEOPLE",
    "Clash",
    "Collective",
    "Convergence",
    "Meeting",
    "PairCounts",
    "SharedActor",
    "WavePair",
    "find_convergence",
]

DEFAULT_WITHIN_DAYS = 7
"""How many days apart moments still meet, where nobody says."""
MAX_LISTED = 1000
"""How many clashes and how many meetings of a kind are kept; the rest is counted."""


def find_convergence(
    plan: Plan, wave_ids: Sequence[str], today: date, *, within_days: int = DEFAULT_WITHIN_DAYS, upcoming: bool = False
) -> Convergence:
    """Return where waves meet and collide: one that is named with all others, several with one another, else all.

    Moments of different waves meet within so many days; ``upcoming`` leaves out those that are over.
    """
    with gc_disabled():
        return _find_convergence(plan, wave_ids, today, within_days, upcoming=upcoming)


def _find_convergence(
    plan: Plan, wave_ids: Sequence[str], today: date, within_days: int, *, upcoming: bool
) -> Convergence:
    focus = wave_ids[0] if len(wave_ids) == 1 else None
    waves = [wave for wave in plan.waves if len(wave_ids) < 2 or wave in wave_ids]
    entries = build_timeline(plan, waves, today, entry_filter=Filter(upcoming=upcoming), merge=True).entries
    actors = ActorIndex(plan, list(plan.waves))  # a moment may be tied to one of a wave that is not looked at
    casts = {wave: _wave_actors(plan, wave, actors) for wave in waves}
    search = PairSearch(actors, focus)
    held = list(_shared_moments(entries, waves, focus))
    likely = list(_likely_same_moments(plan, entries, waves, focus))
    apart = {pairs.moment_pair(*(one.group.root.reference for one in meeting.moments)) for meeting in likely}
    there = comparable_occurrences(entries, waves, actors)
    clashes = pairs.find_actor_clashes(search, there, actors, apart)
    places = pairs.find_same_town(search, there, within_days, apart)
    standing, days = pairs.find_same_days(search, there, within_days, actors, {*apart, *clashes, *places})
    clashes |= standing
    shared = list(actors.shared_actors(casts, focus))
    certain = [one for one in clashes.values() if one.kind == CERTAIN]
    return Convergence(
        plan=plan,
        waves=tuple(waves),
        focus=focus,
        today=today,
        within_days=within_days,
        clashes=tuple(_build_clash(one, search, actors) for one in _first_in_order(clashes)),
        meetings=(
            *held,
            *likely,
            *(_build_meeting(one, search) for two in (places, days) for one in _first_in_order(two)),
        ),
        shared_actors=tuple(shared),
        pairs=_count_by_pair(search, (*held, *likely), (clashes, places, days), casts, actors),
        totals=PairCounts(
            len(held), len(likely), len(shared), len(places), len(days), len(certain), len(clashes) - len(certain)
        ),
        upcoming_clashes=sum(one.last_day >= today.toordinal() for one in certain),
        complete=search.complete,
    )


def _wave_actors(plan: Plan, wave: str, actors: ActorIndex) -> ActorQuery:
    """Return who acts in a wave: its actors, and those that its moments name."""
    own = actors.of_wave(wave)
    moments = actors.of_moment((wave, actor) for moment in plan.waves[wave].moments for actor in moment.actors)
    return ActorQuery(own.actors | moments.actors, own.collectives | moments.collectives)


def _shared_moments(entries: Iterable[Entry], waves: Sequence[str], focus: str | None) -> Iterator[Meeting]:
    """Return the moments that several waves hold, in order of time."""
    known = frozenset(waves)
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.also_in and entry.occurrence.status is not Status.CANCELLED and len(waves_of(entry, known)) > 1:
            times.setdefault(entry.group.root.reference, []).append(entry)
    for found in times.values():
        held_by = sorted({wave for entry in found for wave in waves_of(entry, known)})
        if focus is None or focus in held_by:
            yield Meeting(
                "moment", tuple(found[:1]), tuple(held_by), found[0].occurrence.local.is_exact, times=len(found)
            )


def _likely_same_moments(
    plan: Plan, entries: Iterable[Entry], waves: Sequence[str], focus: str | None
) -> Iterator[Meeting]:
    """Return the moments of different waves that are likely one, unless a wave says that they are two."""
    known = frozenset(waves)
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.occurrence.status is not Status.CANCELLED:
            times.setdefault(entry.group.root.reference, []).append(entry)
    found = []
    for before, here in likely_same_moments(plan):
        first, second = times.get(before.reference, ()), times.get(here.reference, ())
        met = next(((a, b) for a in first for b in second if _overlap(a, b)), None)
        if met is None or _is_waived(plan, here):
            continue
        one, other = ({wave for entry in each for wave in waves_of(entry, known)} for each in (first, second))
        together = one | other
        if (one == other and len(one) == 1) or (focus is not None and focus not in together):
            continue
        sure = all(entry.occurrence.local.is_exact for entry in met)
        found.append(Meeting("likely", tuple(sorted(met, key=_sort_key)), tuple(sorted(together)), sure))
    yield from sorted(found, key=lambda meeting: [entry.sort_key for entry in meeting.moments])


def _sort_key(entry: Entry) -> tuple[object, ...]:
    return entry.sort_key


def _overlap(one: Entry, other: Entry) -> bool:
    when = other.occurrence.local
    return one.occurrence.local.overlaps(when.earliest, when.last_known)


def _is_waived(plan: Plan, candidate: Candidate) -> bool:
    """Tell whether the wave of the later of two moments waives the rule that asks whether they are one."""
    waived = plan.waves[candidate.wave].waive
    return "likely-same-moment" in waived or f"likely-same-moment {candidate.moment.id}" in waived


def _first_in_order(matches: Mapping[MomentPair, PairMatch]) -> list[PairMatch]:
    """Return the first of what was found, in order."""
    return nsmallest(MAX_LISTED, matches.values(), key=lambda one: one.sort_key)


def _build_meeting(match: PairMatch, search: PairSearch) -> Meeting:
    first, second = match.pair
    waves = {wave for pair in search.wave_pairs(first, second) for wave in pair}
    sure = first.exact and second.exact
    return Meeting(
        match.kind, (first.entry, second.entry), tuple(sorted(waves)), sure, days_between(first, second), match.times
    )


def _build_clash(match: PairMatch, search: PairSearch, actors: ActorIndex) -> Clash:
    first, second = match.pair
    both, collectives = 0, dict[Collective, None]()
    for mine, theirs in pairs.requested_actors(match.pair, search, actors):
        shared, wholes = actors.in_common(mine, theirs)
        both |= shared
        collectives |= dict.fromkeys(wholes)
    return Clash(
        condition=match.kind,
        moments=(first.entry, second.entry),
        waves=tuple(sorted({wave for pair in _wave_pairs(match, search) for wave in pair})),
        actors=tuple(actors.names(both)),
        collectives=tuple(collectives),
        first=date.fromordinal(max(first.first, second.first)),
        last=date.fromordinal(min(first.last, second.last)),
        times=match.times,
    )


def _wave_pairs(match: PairMatch, search: PairSearch) -> list[WavePair]:
    """Return the pairs of waves that two moments bring together; those of one wave bring it to itself."""
    first, second = match.pair
    return search.wave_pairs(first, second) or [(wave, wave) for wave in first.waves if wave in second.waves]


def _count_by_pair(
    search: PairSearch,
    meetings: Iterable[Meeting],
    matches: Sequence[Mapping[MomentPair, PairMatch]],
    casts: Mapping[str, ActorQuery],
    actors: ActorIndex,
) -> dict[WavePair, PairCounts]:
    """Return how often each two waves meet and collide; those that never do are left out."""
    counts: Counter[tuple[WavePair, str]] = Counter()
    for meeting in meetings:
        for pair in combinations(meeting.waves, 2):
            counts[pair, meeting.kind] += 1
    for several in matches:
        for one in several.values():
            for pair in _wave_pairs(one, search):
                counts[pair, one.kind] += 1
    for pair in combinations(casts, 2):
        mine, theirs = casts[pair[0]], casts[pair[1]]
        if mine.overlaps(theirs):
            both, wholes = actors.in_common(mine, theirs)
            counts[pair, "shared"] += both.bit_count() + len(wholes)
    return {pair: _pair_counts(counts, pair) for pair in sorted({pair for pair, _ in counts}) if search.includes(pair)}


def _pair_counts(counts: Mapping[tuple[WavePair, str], int], pair: WavePair) -> PairCounts:
    return PairCounts(
        moments=counts[pair, "moment"],
        likely=counts[pair, "likely"],
        actors=counts[pair, "shared"],
        places=counts[pair, "place"],
        days=counts[pair, "days"],
        certain=counts[pair, CERTAIN],
        possible=counts[pair, DATES] + counts[pair, PEOPLE] + counts[pair, HOURS],
    )
