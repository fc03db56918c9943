"""What a plan covers: which strategic priority where and with whom, which region when, and where it is silent.

A moment that is somewhere between two quarters fills both; one that is postponed, cancelled or without a date fills
none. Moments in the whole world, or online and nowhere else, count for no region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.model import ActorGroup as Side
from wavectl.model import Status, Text, WaveStatus
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, Section, Table, build_table, page_line
from wavectl.timeline import (
    SCHEDULED_STATUSES,
    MomentGroup,
    MonthRange,
    RegionIndex,
    actor_kind,
    filled_ranges,
    month_number,
    month_range,
    months_as_date,
    resolve_groups,
    silent_ranges,
    unfilled_ranges,
)

WORLDWIDE, ONLINE, NO_REGION = "worldwide", "online", "nowhere"
"""The rows of moments that count for no region: in the whole world, online, and where the plan names no region."""
DEFAULT_MAX_SILENT_MONTHS = 6
"""How many months in a row may be silent, where the programme does not say."""
_MAX_QUARTERS = 400
"""How many quarters of one moment are counted: no plan looks further."""

Name = TypeVar("Name")
CoverageRow = tuple[str, str]
"""A row: ``region`` and its id, or ``other`` and one of the names above."""


class PriorityReach(NamedTuple):
    """Who works on a priority somewhere: the waves with content under it, and how many moments name it."""

    waves: tuple[str, ...] = ()
    moments: int = 0

    def __bool__(self) -> bool:
        return bool(self.waves or self.moments)


class MomentCounts(NamedTuple):
    """How many moments there are, and how many of them are firm."""

    moments: int = 0
    firm: int = 0


class SilentMonths(NamedTuple):
    """The longest months without a moment of a region or wave, and all that are longer than the programme wants.

    ``kind`` is ``region`` or ``wave``. ``longest`` are several where they are as long, none where there is no silence.
    """

    kind: str
    name: str
    longest: tuple[MonthRange, ...]
    over_limit: tuple[MonthRange, ...]

    @property
    def longest_length(self) -> int:
        """How many months the longest silence lasts."""
        return self.longest[0][1] - self.longest[0][0] + 1 if self.longest else 0


class Coverage(NamedTuple):
    """What a plan covers. Quarters are numbers: four times the year, and the quarter counted from 0.

    Priorities and regions are named by their ids, in the programme's order; ``idle`` are priorities
    without content and without a moment. ``now`` is the quarter of today.
    """

    current_quarter: int
    priorities: Mapping[str, Text]
    regions: Mapping[str, Text]
    by_region: Mapping[tuple[str, str], PriorityReach]
    by_actor_group: Mapping[tuple[str, Side], PriorityReach]
    quarters: tuple[int, ...]
    by_quarter: Mapping[tuple[CoverageRow, int], MomentCounts]
    rows: tuple[CoverageRow, ...]
    totals: Mapping[CoverageRow, MomentCounts]
    silent_months: tuple[SilentMonths, ...]
    idle_priorities: tuple[str, ...]

    @property
    def unreached(self) -> Iterator[tuple[str, tuple[str, ...], tuple[Side, ...]]]:
        """Return the other priorities with the regions and sides that nothing under them reaches."""
        for priority in (one for one in self.priorities if one not in self.idle_priorities):
            regions = tuple(one for one in self.regions if not self.by_region[priority, one])
            sides = tuple(side for side in Side if not self.by_actor_group[priority, side])
            if regions or sides:
                yield priority, regions, sides

    @property
    def has_gaps(self) -> bool:
        """Whether there is a hole."""
        return (
            bool(self.idle_priorities)
            or any(one.over_limit for one in self.silent_months)
            or next(self.unreached, None) is not None
        )


def build_coverage(plan: Plan, today: date) -> Coverage:
    """Return what a plan covers, drafts included."""
    listed = resolve_groups(plan, drafts=True)
    programme = plan.programme
    priorities, regions = programme.priorities, {name: one.name for name, one in programme.regions.items()}
    held, totals, months = _count_moments(listed)
    rows: list[CoverageRow] = [("region", region) for region in regions]
    rows += [row for name in (WORLDWIDE, ONLINE, NO_REGION) if (row := ("other", name)) in totals]
    by_region, by_side = _priority_reach(plan, listed)
    done = _active_priorities(plan, listed)
    return Coverage(
        month_number(today) // 3,
        priorities,
        regions,
        _fill_pairs(priorities, regions, by_region),
        _fill_pairs(priorities, tuple(Side), by_side),
        _quarter_range(plan, held),
        held,
        tuple(rows),
        totals,
        tuple(_all_silent_months(plan, months)),
        tuple(priority for priority in priorities if priority not in done),
    )


# -- what is done under a priority


def _priority_reach(
    plan: Plan, moment_groups: Iterable[MomentGroup]
) -> tuple[dict[tuple[str, str], PriorityReach], dict[tuple[str, Side], PriorityReach]]:
    """Return who works on each priority, by region and by side."""
    reach = RegionIndex(plan)
    sides = {wave_id: _actor_groups(plan, wave_id) for wave_id in plan.waves}
    by_region: dict[tuple[str, str], PriorityReach] = {}
    by_side: dict[tuple[str, Side], PriorityReach] = {}
    for wave_id, wave in plan.waves.items():
        for priority in wave.content:
            for region in reach.of_wave(wave_id):
                _count_reach(by_region, (priority, region), wave_id)
            for side in sides[wave_id].values():
                _count_reach(by_side, (priority, side), wave_id)
    for group in moment_groups:
        if not group.priorities or not _is_scheduled(group):
            continue
        present = _participating_groups(plan, group, sides)
        for priority in group.priorities:
            for region in group.regions:
                _count_reach(by_region, (priority, region))
            for side in present:
                _count_reach(by_side, (priority, side))
    return by_region, by_side


def _active_priorities(plan: Plan, moment_groups: Iterable[MomentGroup]) -> set[str]:
    """Return the priorities under which there is content, or a moment that is to happen."""
    written = {priority for wave in plan.waves.values() for priority in wave.content}
    return written | {priority for group in moment_groups if _is_scheduled(group) for priority in group.priorities}


def _fill_pairs(
    priorities: Iterable[str], others: Collection[Name], found: Mapping[tuple[str, Name], PriorityReach]
) -> dict[tuple[str, Name], PriorityReach]:
    """Return what is found for every pair, also where that is nothing."""
    return {
        (priority, other): found.get((priority, other), PriorityReach()) for priority in priorities for other in others
    }


def _count_reach(found: dict[tuple[str, Name], PriorityReach], key: tuple[str, Name], wave: str | None = None) -> None:
    """Count a wave, or a moment, where it works on a priority."""
    waves, moments = found.get(key, PriorityReach())
    if wave is None:
        found[key] = PriorityReach(waves, moments + 1)
    elif wave not in waves[-1:]:  # waves come one after another
        found[key] = PriorityReach((*waves, wave), moments)


def _actor_groups(plan: Plan, wave: str) -> dict[str, Side]:
    """Return the side of each actor of a wave: by id, or by its place where it has none."""
    kinds = ((actor.id or str(place), actor_kind(plan, actor)) for place, actor in enumerate(plan.waves[wave].actors))
    return {name: kind.group for name, kind in kinds if kind}


def _participating_groups(plan: Plan, group: MomentGroup, actor_groups: Mapping[str, Mapping[str, Side]]) -> set[Side]:
    """Return the sides that take part in a moment; where it names nobody, its waves' actors do."""
    if not group.actors:
        return {side for wave in group.waves for side in actor_groups[wave].values()}
    register = plan.programme.actors
    known = [actor_groups[wave].get(actor) for wave in group.waves for actor in group.actors]
    known += [register[actor].kind.group for actor in group.actors if actor in register]
    return {side for side in known if side}


def _is_scheduled(group: MomentGroup) -> bool:
    return any(one.status in SCHEDULED_STATUSES for one in group.occurrences)


# -- what happens when


def _count_moments(
    moment_groups: Iterable[MomentGroup],
) -> tuple[dict[tuple[CoverageRow, int], MomentCounts], dict[CoverageRow, MomentCounts], dict[str, list[MonthRange]]]:
    """Return the moments by row and quarter and by row, and the months that are filled in each region."""
    held: dict[tuple[CoverageRow, int], MomentCounts] = {}
    totals: dict[CoverageRow, MomentCounts] = {}
    months: dict[str, list[MonthRange]] = {}
    for group in moment_groups:
        quarters: dict[int, bool] = {}
        for one in group.occurrences:
            run = month_range(one.local) if one.status in SCHEDULED_STATUSES else None
            if run is None:
                continue
            firm = one.when.is_exact and one.status is Status.CONFIRMED
            for quarter in range(run[0] // 3, min(run[1] // 3, run[0] // 3 + _MAX_QUARTERS) + 1):
                quarters[quarter] = quarters.get(quarter, False) or firm
            for kind, region in _rows_of_group(group):
                if kind == "region":
                    months.setdefault(region, []).append(run)
        for row in _rows_of_group(group) if quarters else ():
            for quarter, firm in quarters.items():
                held[row, quarter] = _add_moment(held.get((row, quarter), MomentCounts()), firm)
            totals[row] = _add_moment(totals.get(row, MomentCounts()), any(quarters.values()))
    return held, totals, months


def _add_moment(counts: MomentCounts, firm: bool) -> MomentCounts:
    return MomentCounts(counts.moments + 1, counts.firm + firm)


def _rows_of_group(group: MomentGroup) -> list[CoverageRow]:
    """Return the rows that a moment counts in."""
    if group.place.scope is not None:
        return [("other", WORLDWIDE)]
    if group.place.online and not (group.place.name or group.place.country):
        return [("other", ONLINE)]
    return [("region", region) for region in group.regions] or [("other", NO_REGION)]


def _quarter_range(plan: Plan, held: Iterable[tuple[CoverageRow, int]]) -> tuple[int, ...]:
    """Return the quarters from the first of a calendar or moment through the last, one after another."""
    touched = {quarter for _, quarter in held}
    for wave in plan.waves.values():
        run = month_range(wave.period) if wave.period else None
        touched.update(month // 3 for month in run or ())
    if not touched:
        return ()
    first = min(touched)
    return tuple(range(first, min(max(touched), first + _MAX_QUARTERS) + 1))


# -- silence


def _all_silent_months(plan: Plan, months: Mapping[str, list[MonthRange]]) -> Iterator[SilentMonths]:
    """Return the silence of each region in the calendar of all waves together, then of each wave in its own.

    Waves that are only announced are passed over: they are silent as long as nobody has planned them.
    """
    design = plan.programme.design.max_silent_months
    most = DEFAULT_MAX_SILENT_MONTHS if design is None else design
    span = _calendar_range(plan, months)
    first, last = span or (0, -1)
    for region in plan.programme.regions if span else ():
        yield _silent_months("region", region, list(unfilled_ranges(months.get(region, []), first, last)), most)
    full, unread = filled_ranges(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is not None and wave_id not in unread and wave.status is not WaveStatus.ANNOUNCED:
            waived = wave.waives("silent-months")
            found = _silent_months("wave", wave_id, list(silent_ranges(full[wave_id], wave.period)), most)
            yield found._replace(over_limit=()) if waived else found


def _silent_months(kind: str, name: str, runs: list[MonthRange], max_months: int) -> SilentMonths:
    length = max((last - first + 1 for first, last in runs), default=0)
    longest = tuple(run for run in runs if run[1] - run[0] + 1 == length)
    return SilentMonths(kind, name, longest, tuple(run for run in runs if run[1] - run[0] + 1 > max_months))


def _calendar_range(plan: Plan, months: Mapping[str, list[MonthRange]]) -> MonthRange | None:
    """Return the months from the first of all calendars through the last; of an open one, through the last moment."""
    planned = [wave for wave in plan.waves.values() if wave.status is not WaveStatus.ANNOUNCED]
    periods = [wave.period for wave in planned if wave.period is not None]
    firsts = [month_number(period.earliest) for period in periods if period.earliest]
    if not firsts:
        return None
    lasts = [month_number(period.latest) for period in periods if period.latest]
    if any(period.latest is None for period in periods):
        lasts += [last for runs in months.values() for _, last in runs]
    return min(firsts), max(lasts, default=min(firsts))


SCHEMA = "wavectl/coverage/1"
_EXTRA_ROW_LABELS = {WORLDWIDE: phrase("Worldwide"), ONLINE: phrase("Online"), NO_REGION: phrase("No region named")}
_ACTOR_GROUP_LABELS = {Side.NETWORK: phrase("The network"), Side.EXTERNAL: phrase("Partners")}
_MAX_QUARTERS_SHOWN = 8
"""How many quarters stand side by side: two years."""
_EMPTY_CELL = "·"


def build_page(facts: Coverage, context: RenderContext, limit: int | None) -> Page:
    """Return the page."""
    translate = context.translate
    reached = page_line(Cell(translate(_REACH_NOTE), "aside"))
    made = [
        _gaps_section(facts, context, limit),
        Section(translate("Regions by priority"), (_priority_table(facts, context, limit), reached))
        if facts.regions
        else None,
        Section(translate("Actors by priority"), (_actor_group_table(facts, context),)),
        _quarter_section(facts, context, limit),
        _silence_section(facts, context, limit),
    ]
    return Page(translate("What the plan covers"), (), tuple(section for section in made if section))


_REACH_NOTE = phrase(
    "waves with content under the priority whose actors reach the region; behind +, moments that name it"
)
_QUARTER_NOTE = phrase("moments that touch the quarter; in brackets, those that are firm")


# -- holes


def describe_gaps(facts: Coverage) -> Iterator[Message]:
    """Return the holes in words: silence first, then priorities without anything, then what the others do not reach."""
    for one in facts.silent_months:
        name = facts.regions[one.name] if one.kind == "region" else one.name
        for run in one.over_limit:
            yield msg(_GAP_PHRASES[one.kind], name=name, months=months_as_date(*run))
    yield from (
        msg("Nothing is done under {name} yet", name=facts.priorities[priority]) for priority in facts.idle_priorities
    )
    for priority, regions, sides in facts.unreached:
        name = facts.priorities[priority]
        if regions:
            named = [facts.regions[region] for region in regions]
            yield msg("{name} reaches nobody in: {regions}", name=name, regions=named)
        for side in sides:
            yield msg("{name} has nobody from this side: {side}", name=name, side=msg(_ACTOR_GROUP_LABELS[side]))


_GAP_PHRASES = {
    "region": phrase("No moment in {name}: {months}"),
    "wave": phrase("No moment in the wave {name}: {months}"),
}


def _silence_name(facts: Coverage, silence: SilentMonths, context: RenderContext) -> str:
    return context.text(facts.regions[silence.name]) if silence.kind == "region" else silence.name


def _gaps_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section:
    found = list(describe_gaps(facts))
    heading = context.translate("Holes")
    if not found:
        return Section(heading, (page_line(Cell(context.translate("none"), "firm")),))
    return Section(heading, (build_table([Column()], found, lambda one: (Cell(context.format_message(one)),), limit),))


# -- tables


def _priority_columns(facts: Coverage, context: RenderContext) -> list[Column]:
    return [Column(context.text(facts.priorities[priority]), align_right=True) for priority in facts.priorities]


def _priority_table(facts: Coverage, context: RenderContext, limit: int | None) -> Table:
    def row(region: str) -> Iterator[Cell]:
        yield Cell(context.text(facts.regions[region]), "title")
        yield from (_reach_cell(facts.by_region[priority, region]) for priority in facts.priorities)

    return build_table(
        [Column(context.translate("Region")), *_priority_columns(facts, context)], list(facts.regions), row, limit
    )


def _actor_group_table(facts: Coverage, context: RenderContext) -> Table:
    def row(side: Side) -> Iterator[Cell]:
        yield Cell(context.translate(_ACTOR_GROUP_LABELS[side]), "title")
        yield from (_reach_cell(facts.by_actor_group[priority, side]) for priority in facts.priorities)

    return build_table([Column(context.translate("Actors")), *_priority_columns(facts, context)], list(Side), row)


def _reach_cell(reach: PriorityReach) -> Cell:
    if not reach:
        return Cell(_EMPTY_CELL, "gap")
    return Cell(f"{len(reach.waves)} +{reach.moments}" if reach.moments else str(len(reach.waves)))


def _quarter_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    shown = _visible_quarters(facts) if limit is not None else facts.quarters
    if not shown:
        return None
    heads = [Column(_quarter_text(quarter, context), align_right=True) for quarter in shown]

    def row(one: CoverageRow) -> Iterator[Cell]:
        kind, name = one
        yield Cell(
            context.text(facts.regions[name]) if kind == "region" else context.translate(_EXTRA_ROW_LABELS[name]),
            "title",
        )
        yield from (_moment_count_cell(facts.by_quarter.get((one, quarter), MomentCounts())) for quarter in shown)

    table = build_table([Column(context.translate("Region")), *heads], facts.rows, row, limit)
    notes = [page_line(Cell(context.translate(_QUARTER_NOTE), "aside"))]
    if len(shown) < len(facts.quarters):
        said = msg("and {count} more quarters (all with --limit 0)", count=len(facts.quarters) - len(shown))
        notes.append(page_line(Cell(context.format_message(said), "aside")))
    return Section(context.translate("Regions by quarter"), (table, *notes))


def _visible_quarters(facts: Coverage) -> tuple[int, ...]:
    """Return the quarters that stand side by side: all if there is room, else those from today's on."""
    place = (
        max(0, min(facts.current_quarter - facts.quarters[0], len(facts.quarters) - _MAX_QUARTERS_SHOWN))
        if facts.quarters
        else 0
    )
    return facts.quarters[place : place + _MAX_QUARTERS_SHOWN]


def _quarter_text(quarter: int, context: RenderContext) -> str:
    return context.format_message(msg("Q{quarter} {year}", quarter=quarter % 4 + 1, year=quarter // 4))


def _moment_count_cell(held: MomentCounts) -> Cell:
    if not held.moments:
        return Cell(_EMPTY_CELL, "gap")
    return Cell(f"{held.moments} ({held.firm})" if held.firm else str(held.moments))


def _silence_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.silent_months:
        return None
    translate = context.translate
    columns = (
        Column(translate("Region or wave")),
        Column(translate("Months"), align_right=True),
        Column(translate("When")),
    )

    def row(one: SilentMonths) -> Iterator[Cell]:
        yield Cell(_silence_name(facts, one, context), "title" if one.kind == "region" else "")
        yield Cell(str(one.longest_length), "gap" if one.over_limit else "")
        yield Cell(
            "; ".join(_months_text(run, context) for run in one.longest[:2]) + ("; …" if len(one.longest) > 2 else "")
        )

    longest = sorted(facts.silent_months, key=lambda one: (one.kind, -one.longest_length))  # regions first
    return Section(translate("Longest silence"), (build_table(columns, longest, row, limit),))


def _months_text(run: MonthRange, context: RenderContext) -> str:
    return format_date(months_as_date(*run), context.language)


# -- for programs


def as_data(facts: Coverage, context: RenderContext) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "priorities": list(facts.priorities),
        "regions": list(facts.regions),
        "priority_by_region": [
            {"priority": priority, "region": region, "waves": list(one.waves), "moments": one.moments}
            for (priority, region), one in facts.by_region.items()
        ],
        "priority_by_group": [
            {"priority": priority, "group": side.value, "waves": list(one.waves), "moments": one.moments}
            for (priority, side), one in facts.by_actor_group.items()
        ],
        "quarters": [_edtf_quarter(quarter) for quarter in facts.quarters],
        "region_by_quarter": [
            {kind: name, "quarter": _edtf_quarter(quarter), **facts.by_quarter[(kind, name), quarter]._asdict()}
            for kind, name in facts.rows
            for quarter in facts.quarters
            if ((kind, name), quarter) in facts.by_quarter
        ],
        "idle": list(facts.idle_priorities),
        "silences": [
            {
                one.kind: one.name,
                "months": one.longest_length,
                "longest": [months_as_date(*run).text for run in one.longest],
                "holes": [months_as_date(*run).text for run in one.over_limit],
            }
            for one in facts.silent_months
        ],
        "holes": [context.format_machine_message(one) for one in describe_gaps(facts)],
    }


def _edtf_quarter(quarter: int) -> str:
    """Return a quarter as EDTF writes it (ISO 8601-2 §4.8)."""
    return f"{quarter // 4:04}-{quarter % 4 + 33}"
