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
from wavectl.insights.convergence.actors import Actors, Asked
from wavectl.insights.convergence.candidates import Search, gap
from wavectl.insights.convergence.facts import (
    CERTAIN,
    DATES,
    HOURS,
    PEOPLE,
    Clash,
    Collective,
    Convergence,
    Counts,
    Meeting,
    Pair,
    SharedActor,
)
from wavectl.insights.convergence.occurrences import spots, waves_of
from wavectl.insights.convergence.pairs import Found, Key
from wavectl.model import Status
from wavectl.plan.loader import Plan, uncollected
from wavectl.timeline import Entry, Filter, timeline
from wavectl.timeline.similar_moments import Candidate, likely_one

__all__ = [
    "CERTAIN",
    "DATES",
    "HOURS",
    "KEPT",
    "PEOPLE",
    "WITHIN",
    "Clash",
    "Collective",
    "Convergence",
    "Counts",
    "Meeting",
    "Pair",
    "SharedActor",
    "converge",
]

WITHIN = 7
"""How many days apart moments still meet, where nobody says."""
KEPT = 1000
"""How many clashes and how many meetings of a kind are kept; the rest is counted."""


def converge(
    plan: Plan, named: Sequence[str], today: date, *, within: int = WITHIN, upcoming: bool = False
) -> Convergence:
    """Return where waves meet and collide: one that is named with all others, several with one another, else all.

    Moments of different waves meet within so many days; ``upcoming`` leaves out those that are over.
    """
    with uncollected():
        return _converge(plan, named, today, within, upcoming=upcoming)


def _converge(plan: Plan, named: Sequence[str], today: date, within: int, *, upcoming: bool) -> Convergence:
    focus = named[0] if len(named) == 1 else None
    waves = [wave for wave in plan.waves if len(named) < 2 or wave in named]
    entries = timeline(plan, waves, today, wanted=Filter(upcoming=upcoming), merge=True).entries
    actors = Actors(plan, list(plan.waves))  # a moment may be tied to one of a wave that is not looked at
    casts = {wave: _cast(plan, wave, actors) for wave in waves}
    search = Search(actors, focus)
    held = list(_held(entries, waves, focus))
    likely = list(_likely(plan, entries, waves, focus))
    apart = {pairs.key(*(one.group.root.reference for one in meeting.moments)) for meeting in likely}
    there = spots(entries, waves, actors)
    clashes = pairs.named(search, there, actors, apart)
    places = pairs.in_one_town(search, there, within, apart)
    standing, days = pairs.on_one_day(search, there, within, actors, {*apart, *clashes, *places})
    clashes |= standing
    shared = list(actors.shared(casts, focus))
    certain = [one for one in clashes.values() if one.how == CERTAIN]
    return Convergence(
        plan=plan,
        waves=tuple(waves),
        focus=focus,
        today=today,
        within=within,
        clashes=tuple(_clash(one, search, actors) for one in _first(clashes)),
        meetings=(*held, *likely, *(_meeting(one, search) for two in (places, days) for one in _first(two))),
        shared=tuple(shared),
        pairs=_counted(search, (*held, *likely), (clashes, places, days), casts, actors),
        totals=Counts(
            len(held), len(likely), len(shared), len(places), len(days), len(certain), len(clashes) - len(certain)
        ),
        ahead=sum(one.until >= today.toordinal() for one in certain),
        complete=search.complete,
    )


def _cast(plan: Plan, wave: str, actors: Actors) -> Asked:
    """Return who acts in a wave: its actors, and those that its moments name."""
    own = actors.of_wave(wave)
    moments = actors.of_moment((wave, actor) for moment in plan.waves[wave].moments for actor in moment.actors)
    return Asked(own.named | moments.named, own.above | moments.above)


def _held(entries: Iterable[Entry], waves: Sequence[str], focus: str | None) -> Iterator[Meeting]:
    """Return the moments that several waves hold, in order of time."""
    known = frozenset(waves)
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.also_in and entry.occurrence.status is not Status.CANCELLED and len(waves_of(entry, known)) > 1:
            times.setdefault(entry.group.root.reference, []).append(entry)
    for found in times.values():
        held_by = sorted({wave for entry in found for wave in waves_of(entry, known)})
        if focus is None or focus in held_by:
            yield Meeting("moment", tuple(found[:1]), tuple(held_by), found[0].occurrence.local.exact, times=len(found))


def _likely(plan: Plan, entries: Iterable[Entry], waves: Sequence[str], focus: str | None) -> Iterator[Meeting]:
    """Return the moments of different waves that are likely one, unless a wave says that they are two."""
    known = frozenset(waves)
    times: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.occurrence.status is not Status.CANCELLED:
            times.setdefault(entry.group.root.reference, []).append(entry)
    found = []
    for before, here in likely_one(plan):
        first, second = times.get(before.reference, ()), times.get(here.reference, ())
        met = next(((a, b) for a in first for b in second if _overlap(a, b)), None)
        if met is None or _said_to_be_two(plan, here):
            continue
        one, other = ({wave for entry in each for wave in waves_of(entry, known)} for each in (first, second))
        together = one | other
        if (one == other and len(one) == 1) or (focus is not None and focus not in together):
            continue
        sure = all(entry.occurrence.local.exact for entry in met)
        found.append(Meeting("likely", tuple(sorted(met, key=_order)), tuple(sorted(together)), sure))
    yield from sorted(found, key=lambda meeting: [entry.order for entry in meeting.moments])


def _order(entry: Entry) -> tuple[object, ...]:
    return entry.order


def _overlap(one: Entry, other: Entry) -> bool:
    when = other.occurrence.local
    return one.occurrence.local.overlaps(when.earliest, when.known)


def _said_to_be_two(plan: Plan, here: Candidate) -> bool:
    """Tell whether the wave of the later of two moments waives the rule that asks whether they are one."""
    waived = plan.waves[here.wave].waive
    return "likely-same-moment" in waived or f"likely-same-moment {here.moment.id}" in waived


def _first(found: Mapping[Key, Found]) -> list[Found]:
    """Return the first of what was found, in order."""
    return nsmallest(KEPT, found.values(), key=lambda one: one.order)


def _meeting(one: Found, search: Search) -> Meeting:
    first, second = one.pair
    waves = {wave for pair in search.wave_pairs(first, second) for wave in pair}
    sure = first.sure and second.sure
    return Meeting(one.how, (first.entry, second.entry), tuple(sorted(waves)), sure, gap(first, second), one.times)


def _clash(one: Found, search: Search, actors: Actors) -> Clash:
    first, second = one.pair
    both, collectives = 0, dict[Collective, None]()
    for mine, theirs in pairs.asked(one.pair, search, actors):
        shared, wholes = actors.in_common(mine, theirs)
        both |= shared
        collectives |= dict.fromkeys(wholes)
    return Clash(
        how=one.how,
        moments=(first.entry, second.entry),
        waves=tuple(sorted({wave for pair in _waves(one, search) for wave in pair})),
        actors=tuple(actors.names(both)),
        collectives=tuple(collectives),
        first=date.fromordinal(max(first.first, second.first)),
        last=date.fromordinal(min(first.last, second.last)),
        times=one.times,
    )


def _waves(one: Found, search: Search) -> list[Pair]:
    """Return the pairs of waves that two moments bring together; those of one wave bring it to itself."""
    first, second = one.pair
    return search.wave_pairs(first, second) or [(wave, wave) for wave in first.waves if wave in second.waves]


def _counted(
    search: Search,
    met: Iterable[Meeting],
    found: Sequence[Mapping[Key, Found]],
    casts: Mapping[str, Asked],
    actors: Actors,
) -> dict[Pair, Counts]:
    """Return how often each two waves meet and collide; those that never do are left out."""
    counts: Counter[tuple[Pair, str]] = Counter()
    for meeting in met:
        for pair in combinations(meeting.waves, 2):
            counts[pair, meeting.kind] += 1
    for several in found:
        for one in several.values():
            for pair in _waves(one, search):
                counts[pair, one.how] += 1
    for pair in combinations(casts, 2):
        mine, theirs = casts[pair[0]], casts[pair[1]]
        if mine.meets(theirs):
            both, wholes = actors.in_common(mine, theirs)
            counts[pair, "shared"] += both.bit_count() + len(wholes)
    return {pair: _counts(counts, pair) for pair in sorted({pair for pair, _ in counts}) if search.shows(pair)}


def _counts(counts: Mapping[tuple[Pair, str], int], pair: Pair) -> Counts:
    return Counts(
        moments=counts[pair, "moment"],
        likely=counts[pair, "likely"],
        actors=counts[pair, "shared"],
        places=counts[pair, "place"],
        days=counts[pair, "days"],
        certain=counts[pair, CERTAIN],
        possible=counts[pair, DATES] + counts[pair, PEOPLE] + counts[pair, HOURS],
    )
