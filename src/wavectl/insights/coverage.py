"""What a plan covers: priorities by region and by actors, regions by quarter, and months without a moment.

A moment that may fall in several quarters counts in each. A moment that is postponed, cancelled or without a date
counts in none. Moments that are worldwide or only online count for no region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.model import ActorGroup, Status, Text, WaveStatus
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, Section, Table, build_table, page_line
from wavectl.timeline.actors import RegionIndex, actor_kind
from wavectl.timeline.groups import MomentGroup, resolve_groups
from wavectl.timeline.silent_months import (
    SCHEDULED_STATUSES,
    MonthRange,
    filled_ranges,
    month_number,
    month_range,
    months_as_date,
    silent_ranges,
    unfilled_ranges,
)

WORLDWIDE, ONLINE, NO_REGION = "worldwide", "online", "nowhere"
"""The rows of moments that count for no region: worldwide, only online, or without a region in the plan."""
DEFAULT_MAX_SILENT_MONTHS = 6
"""How many successive months may be without a moment, unless the programme sets a limit."""
_MAX_QUARTERS = 400
"""The maximum number of quarters counted for one moment."""

Name = TypeVar("Name")
CoverageRow = tuple[str, str]
"""A row of the quarter table: ``region`` and its id, or ``other`` and one of the names above."""


class PriorityReach(NamedTuple):
    """The waves with content under a priority, and the number of moments that name it, for a region or actor group."""

    waves: tuple[str, ...] = ()
    moments: int = 0

    def __bool__(self) -> bool:
        return bool(self.waves or self.moments)


class MomentCounts(NamedTuple):
    """The number of moments, and how many of them are firm."""

    moments: int = 0
    firm: int = 0


class SilentMonths(NamedTuple):
    """The longest ranges of months without a moment in a region or wave, and all ranges over the programme's limit.

    ``kind`` is ``region`` or ``wave``. ``longest`` has several ranges of equal length, or none if no month is silent.
    """

    kind: str
    name: str
    longest: tuple[MonthRange, ...]
    over_limit: tuple[MonthRange, ...]

    @property
    def longest_length(self) -> int:
        """The length of the longest range, in months."""
        return self.longest[0][1] - self.longest[0][0] + 1 if self.longest else 0


class Coverage(NamedTuple):
    """What a plan covers. A quarter is a number: four times the year plus the quarter, counted from 0.

    Priorities and regions are keyed by id, in the programme's order. ``idle_priorities`` have neither content nor a
    moment.
    """

    current_quarter: int
    priorities: Mapping[str, Text]
    regions: Mapping[str, Text]
    by_region: Mapping[tuple[str, str], PriorityReach]
    by_actor_group: Mapping[tuple[str, ActorGroup], PriorityReach]
    quarters: tuple[int, ...]
    by_quarter: Mapping[tuple[CoverageRow, int], MomentCounts]
    rows: tuple[CoverageRow, ...]
    totals: Mapping[CoverageRow, MomentCounts]
    silent_months: tuple[SilentMonths, ...]
    idle_priorities: tuple[str, ...]

    @property
    def unreached(self) -> Iterator[tuple[str, tuple[str, ...], tuple[ActorGroup, ...]]]:
        """The other priorities, each with the regions and actor groups that it does not reach."""
        for priority in self.priorities:
            if priority in self.idle_priorities:
                continue
            regions = tuple(region for region in self.regions if not self.by_region[priority, region])
            groups = tuple(group for group in ActorGroup if not self.by_actor_group[priority, group])
            if regions or groups:
                yield priority, regions, groups

    @property
    def has_gaps(self) -> bool:
        """Whether the plan has any gap."""
        return (
            bool(self.idle_priorities)
            or any(silent.over_limit for silent in self.silent_months)
            or next(self.unreached, None) is not None
        )


def build_coverage(plan: Plan, today: date) -> Coverage:
    """Compute what a plan covers, drafts included."""
    groups = resolve_groups(plan, drafts=True)
    programme = plan.programme
    priorities, regions = (
        programme.priorities,
        {region_id: region.name for region_id, region in programme.regions.items()},
    )
    by_quarter, totals, months = _count_moments(groups)
    rows: list[CoverageRow] = [("region", region) for region in regions]
    rows += [row for name in (WORLDWIDE, ONLINE, NO_REGION) if (row := ("other", name)) in totals]
    by_region, by_actor_group = _priority_reach(plan, groups)
    active = _active_priorities(plan, groups)
    return Coverage(
        month_number(today) // 3,
        priorities,
        regions,
        _fill_pairs(priorities, regions, by_region),
        _fill_pairs(priorities, tuple(ActorGroup), by_actor_group),
        _quarter_range(plan, by_quarter),
        by_quarter,
        tuple(rows),
        totals,
        tuple(_all_silent_months(plan, months)),
        tuple(priority for priority in priorities if priority not in active),
    )


# -- priorities


def _priority_reach(
    plan: Plan, moment_groups: Iterable[MomentGroup]
) -> tuple[dict[tuple[str, str], PriorityReach], dict[tuple[str, ActorGroup], PriorityReach]]:
    """Return what reaches each priority, by region and by actor group."""
    region_index = RegionIndex(plan)
    actor_groups = {wave_id: _actor_groups(plan, wave_id) for wave_id in plan.waves}
    by_region: dict[tuple[str, str], PriorityReach] = {}
    by_actor_group: dict[tuple[str, ActorGroup], PriorityReach] = {}
    for wave_id, wave in plan.waves.items():
        for priority in wave.content:
            for region in region_index.of_wave(wave_id):
                _count_reach(by_region, (priority, region), wave_id)
            for actor_group in actor_groups[wave_id].values():
                _count_reach(by_actor_group, (priority, actor_group), wave_id)
    for group in moment_groups:
        if not group.priorities or not _is_scheduled(group):
            continue
        participating = _participating_groups(plan, group, actor_groups)
        for priority in group.priorities:
            for region in group.regions:
                _count_reach(by_region, (priority, region))
            for actor_group in participating:
                _count_reach(by_actor_group, (priority, actor_group))
    return by_region, by_actor_group


def _active_priorities(plan: Plan, moment_groups: Iterable[MomentGroup]) -> set[str]:
    """Return the priorities that have content or a scheduled moment."""
    with_content = {priority for wave in plan.waves.values() for priority in wave.content}
    return with_content | {priority for group in moment_groups if _is_scheduled(group) for priority in group.priorities}


def _fill_pairs(
    priorities: Iterable[str], others: Collection[Name], reach: Mapping[tuple[str, Name], PriorityReach]
) -> dict[tuple[str, Name], PriorityReach]:
    """Return the reach of every pair, including the empty ones."""
    return {
        (priority, other): reach.get((priority, other), PriorityReach()) for priority in priorities for other in others
    }


def _count_reach(reach: dict[tuple[str, Name], PriorityReach], key: tuple[str, Name], wave: str | None = None) -> None:
    """Add a wave, or a moment if ``wave`` is None."""
    waves, moments = reach.get(key, PriorityReach())
    if wave is None:
        reach[key] = PriorityReach(waves, moments + 1)
    elif wave not in waves[-1:]:  # waves are added one after another
        reach[key] = PriorityReach((*waves, wave), moments)


def _actor_groups(plan: Plan, wave: str) -> dict[str, ActorGroup]:
    """Return the group of each actor of a wave, by id, or by position if it has no id."""
    kinds = ((actor.id or str(index), actor_kind(plan, actor)) for index, actor in enumerate(plan.waves[wave].actors))
    return {name: kind.group for name, kind in kinds if kind}


def _participating_groups(
    plan: Plan, group: MomentGroup, actor_groups: Mapping[str, Mapping[str, ActorGroup]]
) -> set[ActorGroup]:
    """Return the groups of the actors of a moment, or of its waves if it names no actors."""
    if not group.actors:
        return {actor_group for wave in group.waves for actor_group in actor_groups[wave].values()}
    register = plan.programme.actors
    known = [actor_groups[wave].get(actor) for wave in group.waves for actor in group.actors]
    known += [register[actor].kind.group for actor in group.actors if actor in register]
    return {actor_group for actor_group in known if actor_group}


def _is_scheduled(group: MomentGroup) -> bool:
    return any(occurrence.status in SCHEDULED_STATUSES for occurrence in group.occurrences)


# -- quarters


def _count_moments(
    moment_groups: Iterable[MomentGroup],
) -> tuple[dict[tuple[CoverageRow, int], MomentCounts], dict[CoverageRow, MomentCounts], dict[str, list[MonthRange]]]:
    """Return the counts by row and quarter, the counts by row, and the months with a moment in each region."""
    by_quarter: dict[tuple[CoverageRow, int], MomentCounts] = {}
    totals: dict[CoverageRow, MomentCounts] = {}
    months: dict[str, list[MonthRange]] = {}
    for group in moment_groups:
        quarters: dict[int, bool] = {}
        for occurrence in group.occurrences:
            run = month_range(occurrence.local) if occurrence.status in SCHEDULED_STATUSES else None
            if run is None:
                continue
            firm = occurrence.when.is_exact and occurrence.status is Status.CONFIRMED
            for quarter in range(run[0] // 3, min(run[1] // 3, run[0] // 3 + _MAX_QUARTERS) + 1):
                quarters[quarter] = quarters.get(quarter, False) or firm
            for kind, region in _rows_of_group(group):
                if kind == "region":
                    months.setdefault(region, []).append(run)
        for row in _rows_of_group(group) if quarters else ():
            for quarter, firm in quarters.items():
                by_quarter[row, quarter] = _add_moment(by_quarter.get((row, quarter), MomentCounts()), firm)
            totals[row] = _add_moment(totals.get(row, MomentCounts()), any(quarters.values()))
    return by_quarter, totals, months


def _add_moment(counts: MomentCounts, firm: bool) -> MomentCounts:
    return MomentCounts(counts.moments + 1, counts.firm + firm)


def _rows_of_group(group: MomentGroup) -> list[CoverageRow]:
    """Return the rows in which a moment counts."""
    if group.place.scope is not None:
        return [("other", WORLDWIDE)]
    if group.place.online and not (group.place.name or group.place.country):
        return [("other", ONLINE)]
    return [("region", region) for region in group.regions] or [("other", NO_REGION)]


def _quarter_range(plan: Plan, counted: Iterable[tuple[CoverageRow, int]]) -> tuple[int, ...]:
    """Return all quarters from the first to the last that a period or a moment touches."""
    touched = {quarter for _, quarter in counted}
    for wave in plan.waves.values():
        run = month_range(wave.period) if wave.period else None
        touched.update(month // 3 for month in run or ())
    if not touched:
        return ()
    first = min(touched)
    return tuple(range(first, min(max(touched), first + _MAX_QUARTERS) + 1))


# -- months without a moment


def _all_silent_months(plan: Plan, months: Mapping[str, list[MonthRange]]) -> Iterator[SilentMonths]:
    """Return the silent months of each region in the period of all waves, then of each wave in its own period.

    Waves that are only announced are left out: they have no moments yet.
    """
    limit = plan.programme.design.max_silent_months
    max_months = DEFAULT_MAX_SILENT_MONTHS if limit is None else limit
    span = _calendar_range(plan, months)
    first, last = span or (0, -1)
    for region in plan.programme.regions if span else ():
        yield _silent_months("region", region, list(unfilled_ranges(months.get(region, []), first, last)), max_months)
    filled, unread = filled_ranges(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is not None and wave_id not in unread and wave.status is not WaveStatus.ANNOUNCED:
            waived = wave.waives("silent-months")
            silent = _silent_months("wave", wave_id, list(silent_ranges(filled[wave_id], wave.period)), max_months)
            yield silent._replace(over_limit=()) if waived else silent


def _silent_months(kind: str, name: str, runs: list[MonthRange], max_months: int) -> SilentMonths:
    length = max((last - first + 1 for first, last in runs), default=0)
    longest = tuple(run for run in runs if run[1] - run[0] + 1 == length)
    return SilentMonths(kind, name, longest, tuple(run for run in runs if run[1] - run[0] + 1 > max_months))


def _calendar_range(plan: Plan, months: Mapping[str, list[MonthRange]]) -> MonthRange | None:
    """Return the months from the first to the last of all periods; an open-ended one ends with its last moment."""
    planned = [wave for wave in plan.waves.values() if wave.status is not WaveStatus.ANNOUNCED]
    periods = [wave.period for wave in planned if wave.period is not None]
    firsts = [month_number(period.earliest) for period in periods if period.earliest]
    if not firsts:
        return None
    lasts = [month_number(period.latest) for period in periods if period.latest]
    if any(period.latest is None for period in periods):
        lasts += [last for runs in months.values() for _, last in runs]
    return min(firsts), max(lasts, default=min(firsts))


# -- page


SCHEMA = "wavectl/coverage/1"
_EXTRA_ROW_LABELS = {WORLDWIDE: phrase("Worldwide"), ONLINE: phrase("Online"), NO_REGION: phrase("No region named")}
_ACTOR_GROUP_LABELS = {ActorGroup.NETWORK: phrase("The network"), ActorGroup.EXTERNAL: phrase("Partners")}
_MAX_QUARTERS_SHOWN = 8
"""The maximum number of quarters side by side: two years."""
_EMPTY_CELL = "·"


def build_page(facts: Coverage, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    translate = context.translate
    reach_note = page_line(Cell(translate(_REACH_NOTE), "aside"))
    sections = [
        _gaps_section(facts, context, limit),
        Section(translate("Regions by priority"), (_priority_table(facts, context, limit), reach_note))
        if facts.regions
        else None,
        Section(translate("Actors by priority"), (_actor_group_table(facts, context),)),
        _quarter_section(facts, context, limit),
        _silence_section(facts, context, limit),
    ]
    return Page(translate("What the plan covers"), (), tuple(section for section in sections if section))


_REACH_NOTE = phrase(
    "waves with content under the priority whose actors reach the region; after +, moments that name it"
)
_QUARTER_NOTE = phrase("moments in the quarter; in brackets, those with a firm date")


# -- gaps


def describe_gaps(facts: Coverage) -> Iterator[Message]:
    """Describe the gaps: silent months, idle priorities, then regions and actors that a priority does not reach."""
    for silent in facts.silent_months:
        name = facts.regions[silent.name] if silent.kind == "region" else silent.name
        for months in silent.over_limit:
            yield msg(_GAP_PHRASES[silent.kind], name=name, months=months_as_date(*months))
    for priority in facts.idle_priorities:
        yield msg("No content or moment yet for the priority {name}", name=facts.priorities[priority])
    for priority, regions, actor_groups in facts.unreached:
        name = facts.priorities[priority]
        if regions:
            names = [facts.regions[region] for region in regions]
            yield msg("The priority {name} has no wave or moment in: {regions}", name=name, regions=names)
        for group in actor_groups:
            yield msg("The priority {name} has no actors from: {side}", name=name, side=msg(_ACTOR_GROUP_LABELS[group]))


_GAP_PHRASES = {
    "region": phrase("No moment in {name}: {months}"),
    "wave": phrase("No moment in the wave {name}: {months}"),
}


def _gaps_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section:
    gaps = [context.format_message(gap) for gap in describe_gaps(facts)]
    heading = context.translate("Gaps")
    if not gaps:
        return Section(heading, (page_line(Cell(context.translate("none"), "firm")),))
    return Section(heading, (build_table([Column()], gaps, lambda gap: (gap,), limit),))


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
    def row(group: ActorGroup) -> Iterator[Cell]:
        yield Cell(context.translate(_ACTOR_GROUP_LABELS[group]), "title")
        yield from (_reach_cell(facts.by_actor_group[priority, group]) for priority in facts.priorities)

    return build_table([Column(context.translate("Actors")), *_priority_columns(facts, context)], list(ActorGroup), row)


def _reach_cell(reach: PriorityReach) -> Cell:
    if not reach:
        return Cell(_EMPTY_CELL, "gap")
    return Cell(f"{len(reach.waves)} +{reach.moments}" if reach.moments else str(len(reach.waves)))


def _quarter_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    shown = _visible_quarters(facts) if limit is not None else facts.quarters
    if not shown:
        return None
    quarters = [Column(_quarter_text(quarter, context), align_right=True) for quarter in shown]

    def row(coverage_row: CoverageRow) -> Iterator[Cell]:
        kind, name = coverage_row
        label = context.text(facts.regions[name]) if kind == "region" else context.translate(_EXTRA_ROW_LABELS[name])
        yield Cell(label, "title")
        for quarter in shown:
            yield _moment_count_cell(facts.by_quarter.get((coverage_row, quarter), MomentCounts()))

    table = build_table([Column(context.translate("Region")), *quarters], facts.rows, row, limit)
    notes = [page_line(Cell(context.translate(_QUARTER_NOTE), "aside"))]
    if len(shown) < len(facts.quarters):
        omitted = msg("and {count} more quarters (all with --limit 0)", count=len(facts.quarters) - len(shown))
        notes.append(page_line(Cell(context.format_message(omitted), "aside")))
    return Section(context.translate("Regions by quarter"), (table, *notes))


def _visible_quarters(facts: Coverage) -> tuple[int, ...]:
    """Return the quarters to show: all if they fit, else those from the current quarter on."""
    if not facts.quarters:
        return ()
    start = max(0, min(facts.current_quarter - facts.quarters[0], len(facts.quarters) - _MAX_QUARTERS_SHOWN))
    return facts.quarters[start : start + _MAX_QUARTERS_SHOWN]


def _quarter_text(quarter: int, context: RenderContext) -> str:
    return context.format_message(msg("Q{quarter} {year}", quarter=quarter % 4 + 1, year=quarter // 4))


def _moment_count_cell(counts: MomentCounts) -> Cell:
    if not counts.moments:
        return Cell(_EMPTY_CELL, "gap")
    return Cell(f"{counts.moments} ({counts.firm})" if counts.firm else str(counts.moments))


def _silence_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.silent_months:
        return None
    translate = context.translate
    columns = (
        Column(translate("Region or wave")),
        Column(translate("Months"), align_right=True),
        Column(translate("When")),
    )

    def row(silent: SilentMonths) -> Iterator[Cell]:
        is_region = silent.kind == "region"
        yield Cell(context.text(facts.regions[silent.name]), "title") if is_region else Cell(silent.name)
        yield Cell(str(silent.longest_length), "gap" if silent.over_limit else "")
        months = [format_date(months_as_date(*months), context.language) for months in silent.longest[:2]]
        yield Cell("; ".join([*months, *(["…"] if len(silent.longest) > 2 else [])]))

    longest = sorted(facts.silent_months, key=lambda silent: (silent.kind, -silent.longest_length))  # regions first
    return Section(translate("Longest time without a moment"), (build_table(columns, longest, row, limit),))


# -- JSON


def as_data(facts: Coverage, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    return {
        "schema": SCHEMA,
        "priorities": list(facts.priorities),
        "regions": list(facts.regions),
        "priority_by_region": [
            {"priority": priority, "region": region, "waves": list(reach.waves), "moments": reach.moments}
            for (priority, region), reach in facts.by_region.items()
        ],
        "priority_by_group": [
            {"priority": priority, "group": group.value, "waves": list(reach.waves), "moments": reach.moments}
            for (priority, group), reach in facts.by_actor_group.items()
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
                silent.kind: silent.name,
                "months": silent.longest_length,
                "longest": [months_as_date(*run).text for run in silent.longest],
                "holes": [months_as_date(*run).text for run in silent.over_limit],
            }
            for silent in facts.silent_months
        ],
        "holes": [context.format_machine_message(gap) for gap in describe_gaps(facts)],
    }


def _edtf_quarter(quarter: int) -> str:
    """Return a quarter in EDTF (ISO 8601-2 §4.8)."""
    return f"{quarter // 4:04}-{quarter % 4 + 33}"
