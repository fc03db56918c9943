"""What a plan covers: which strategic priority where and with whom, which region when, and where it is silent.

A moment that is somewhere between two quarters fills both; one that is postponed, cancelled or without a date fills
none. Moments in the whole world, or online and nowhere else, count for no region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from wavectl.model import Group as Side
from wavectl.model import Status, Text, WaveStatus
from wavectl.plan.loader import Plan
from wavectl.timeline import HELD, Group, Reach, Run, filled, gaps, groups, kind_of, months_of, number, silent

WORLDWIDE, ONLINE, NOWHERE = "worldwide", "online", "nowhere"
"""The rows of moments that count for no region: in the whole world, online, and where the plan names no region."""
MOST = 6
"""How many months in a row may be silent, where the programme does not say."""
_LONGEST = 400
"""How many quarters of one moment are counted: no plan looks further."""

Name = TypeVar("Name")
Row = tuple[str, str]
"""A row: ``region`` and its id, or ``other`` and one of the names above."""


class Reached(NamedTuple):
    """Who works on a priority somewhere: the waves with content under it, and how many moments name it."""

    waves: tuple[str, ...] = ()
    moments: int = 0

    def __bool__(self) -> bool:
        return bool(self.waves or self.moments)


class Held(NamedTuple):
    """How many moments there are, and how many of them are firm."""

    moments: int = 0
    firm: int = 0


class Silence(NamedTuple):
    """The longest months without a moment of a region or wave, and all that are longer than the programme wants.

    ``kind`` is ``region`` or ``wave``. ``longest`` are several where they are as long, none where there is no silence.
    """

    kind: str
    name: str
    longest: tuple[Run, ...]
    holes: tuple[Run, ...]

    @property
    def months(self) -> int:
        """How many months the longest silence lasts."""
        return self.longest[0][1] - self.longest[0][0] + 1 if self.longest else 0


class Coverage(NamedTuple):
    """What a plan covers. Quarters are numbers: four times the year, and the quarter counted from 0.

    Priorities and regions are named by their ids, in the programme's order; ``idle`` are priorities
    without content and without a moment. ``now`` is the quarter of today.
    """

    now: int
    priorities: Mapping[str, Text]
    regions: Mapping[str, Text]
    by_region: Mapping[tuple[str, str], Reached]
    by_side: Mapping[tuple[str, Side], Reached]
    quarters: tuple[int, ...]
    held: Mapping[tuple[Row, int], Held]
    rows: tuple[Row, ...]
    totals: Mapping[Row, Held]
    silences: tuple[Silence, ...]
    idle: tuple[str, ...]

    @property
    def unreached(self) -> Iterator[tuple[str, tuple[str, ...], tuple[Side, ...]]]:
        """Return the other priorities with the regions and sides that nothing under them reaches."""
        for priority in (one for one in self.priorities if one not in self.idle):
            regions = tuple(one for one in self.regions if not self.by_region[priority, one])
            sides = tuple(side for side in Side if not self.by_side[priority, side])
            if regions or sides:
                yield priority, regions, sides

    @property
    def found(self) -> bool:
        """Whether there is a hole."""
        return bool(self.idle) or any(one.holes for one in self.silences) or next(self.unreached, None) is not None


def coverage(plan: Plan, today: date) -> Coverage:
    """Return what a plan covers, drafts included."""
    listed = groups(plan, drafts=True)
    programme = plan.programme
    priorities, regions = programme.priorities, {name: one.name for name, one in programme.regions.items()}
    held, totals, months = _held(listed)
    rows: list[Row] = [("region", region) for region in regions]
    rows += [row for name in (WORLDWIDE, ONLINE, NOWHERE) if (row := ("other", name)) in totals]
    by_region, by_side = _reached(plan, listed)
    done = _done(plan, listed)
    return Coverage(
        number(today) // 3,
        priorities,
        regions,
        _each(priorities, regions, by_region),
        _each(priorities, tuple(Side), by_side),
        _quarters(plan, held),
        held,
        tuple(rows),
        totals,
        tuple(_silences(plan, months)),
        tuple(priority for priority in priorities if priority not in done),
    )


# -- what is done under a priority


def _reached(
    plan: Plan, listed: Iterable[Group]
) -> tuple[dict[tuple[str, str], Reached], dict[tuple[str, Side], Reached]]:
    """Return who works on each priority, by region and by side."""
    reach = Reach(plan)
    sides = {wave_id: _sides(plan, wave_id) for wave_id in plan.waves}
    by_region: dict[tuple[str, str], Reached] = {}
    by_side: dict[tuple[str, Side], Reached] = {}
    for wave_id, wave in plan.waves.items():
        for priority in wave.content:
            for region in reach.of_wave(wave_id):
                _add(by_region, (priority, region), wave_id)
            for side in sides[wave_id].values():
                _add(by_side, (priority, side), wave_id)
    for group in listed:
        if not group.priorities or not _happens(group):
            continue
        present = _present(plan, group, sides)
        for priority in group.priorities:
            for region in group.regions:
                _add(by_region, (priority, region))
            for side in present:
                _add(by_side, (priority, side))
    return by_region, by_side


def _done(plan: Plan, listed: Iterable[Group]) -> set[str]:
    """Return the priorities under which there is content, or a moment that is to happen."""
    written = {priority for wave in plan.waves.values() for priority in wave.content}
    return written | {priority for group in listed if _happens(group) for priority in group.priorities}


def _each(
    priorities: Iterable[str], others: Collection[Name], found: Mapping[tuple[str, Name], Reached]
) -> dict[tuple[str, Name], Reached]:
    """Return what is found for every pair, also where that is nothing."""
    return {(priority, other): found.get((priority, other), Reached()) for priority in priorities for other in others}


def _add(found: dict[tuple[str, Name], Reached], key: tuple[str, Name], wave: str | None = None) -> None:
    """Count a wave, or a moment, where it works on a priority."""
    waves, moments = found.get(key, Reached())
    if wave is None:
        found[key] = Reached(waves, moments + 1)
    elif wave not in waves[-1:]:  # waves come one after another
        found[key] = Reached((*waves, wave), moments)


def _sides(plan: Plan, wave: str) -> dict[str, Side]:
    """Return the side of each actor of a wave: by id, or by its place where it has none."""
    kinds = ((actor.id or str(place), kind_of(plan, actor)) for place, actor in enumerate(plan.waves[wave].actors))
    return {name: kind.group for name, kind in kinds if kind}


def _present(plan: Plan, group: Group, sides: Mapping[str, Mapping[str, Side]]) -> set[Side]:
    """Return the sides that take part in a moment; where it names nobody, its waves' actors do."""
    if not group.actors:
        return {side for wave in group.waves for side in sides[wave].values()}
    register = plan.programme.actors
    known = [sides[wave].get(actor) for wave in group.waves for actor in group.actors]
    known += [register[actor].kind.group for actor in group.actors if actor in register]
    return {side for side in known if side}


def _happens(group: Group) -> bool:
    return any(one.status in HELD for one in group.occurrences)


# -- what happens when


def _held(
    listed: Iterable[Group],
) -> tuple[dict[tuple[Row, int], Held], dict[Row, Held], dict[str, list[Run]]]:
    """Return the moments by row and quarter and by row, and the months that are filled in each region."""
    held: dict[tuple[Row, int], Held] = {}
    totals: dict[Row, Held] = {}
    months: dict[str, list[Run]] = {}
    for group in listed:
        quarters: dict[int, bool] = {}
        for one in group.occurrences:
            run = months_of(one.local) if one.status in HELD else None
            if run is None:
                continue
            firm = one.when.exact and one.status is Status.CONFIRMED
            for quarter in range(run[0] // 3, min(run[1] // 3, run[0] // 3 + _LONGEST) + 1):
                quarters[quarter] = quarters.get(quarter, False) or firm
            for kind, region in _rows(group):
                if kind == "region":
                    months.setdefault(region, []).append(run)
        for row in _rows(group) if quarters else ():
            for quarter, firm in quarters.items():
                held[row, quarter] = _more(held.get((row, quarter), Held()), firm)
            totals[row] = _more(totals.get(row, Held()), any(quarters.values()))
    return held, totals, months


def _more(held: Held, firm: bool) -> Held:
    return Held(held.moments + 1, held.firm + firm)


def _rows(group: Group) -> list[Row]:
    """Return the rows that a moment counts in."""
    if group.place.scope is not None:
        return [("other", WORLDWIDE)]
    if group.place.online and not (group.place.name or group.place.country):
        return [("other", ONLINE)]
    return [("region", region) for region in group.regions] or [("other", NOWHERE)]


def _quarters(plan: Plan, held: Iterable[tuple[Row, int]]) -> tuple[int, ...]:
    """Return the quarters from the first of a calendar or moment through the last, one after another."""
    touched = {quarter for _, quarter in held}
    for wave in plan.waves.values():
        run = months_of(wave.period) if wave.period else None
        touched.update(month // 3 for month in run or ())
    if not touched:
        return ()
    first = min(touched)
    return tuple(range(first, min(max(touched), first + _LONGEST) + 1))


# -- silence


def _silences(plan: Plan, months: Mapping[str, list[Run]]) -> Iterator[Silence]:
    """Return the silence of each region in the calendar of all waves together, then of each wave in its own.

    Waves that are only announced are passed over: they are silent as long as nobody has planned them.
    """
    design = plan.programme.design.max_silent_months
    most = MOST if design is None else design
    span = _span(plan, months)
    first, last = span or (0, -1)
    for region in plan.programme.regions if span else ():
        yield _silence("region", region, list(gaps(months.get(region, []), first, last)), most)
    full, unread = filled(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is not None and wave_id not in unread and wave.status is not WaveStatus.ANNOUNCED:
            waived = wave.waives("silent-months")
            found = _silence("wave", wave_id, list(silent(full[wave_id], wave.period)), most)
            yield found._replace(holes=()) if waived else found


def _silence(kind: str, name: str, runs: list[Run], most: int) -> Silence:
    length = max((last - first + 1 for first, last in runs), default=0)
    longest = tuple(run for run in runs if run[1] - run[0] + 1 == length)
    return Silence(kind, name, longest, tuple(run for run in runs if run[1] - run[0] + 1 > most))


def _span(plan: Plan, months: Mapping[str, list[Run]]) -> Run | None:
    """Return the months from the first of all calendars through the last; of an open one, through the last moment."""
    planned = [wave for wave in plan.waves.values() if wave.status is not WaveStatus.ANNOUNCED]
    periods = [wave.period for wave in planned if wave.period is not None]
    firsts = [number(period.earliest) for period in periods if period.earliest]
    if not firsts:
        return None
    lasts = [number(period.latest) for period in periods if period.latest]
    if any(period.latest is None for period in periods):
        lasts += [last for runs in months.values() for _, last in runs]
    return min(firsts), max(lasts, default=min(firsts))
