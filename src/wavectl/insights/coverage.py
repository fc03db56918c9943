"""What a plan covers: priorities by region and by actors, regions by quarter, and months without a moment.

A moment that may fall in several quarters counts in each. A moment that is postponed, cancelled or without a date
counts in none. Moments that are worldwide or only online count for no region. A local action counts for each region
of its country; what only actions reach is no gap, or the gap says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_number
from wavectl.insights.progress import ACTOR_GROUP_LABELS, EMPTY_CELL
from wavectl.model import ActorGroup, Text, WaveStatus
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, Section, styled_line, table_section
from wavectl.timeline.actors import RegionIndex, actor_kind, known_actors
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import MomentGroup, resolve_groups
from wavectl.timeline.silent_months import (
    SCHEDULED_STATUSES,
    MonthRange,
    filled_ranges,
    month_number,
    month_ranges,
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

CoverageRow = tuple[str, str]
"""A row of the quarter table: ``region`` and its id, or ``other`` and one of the names above."""
ReachTable = dict[tuple[str, str], "PriorityReach"]
"""What reaches a priority, by the priority and a region or a group of actors."""


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


class CountryCounts(NamedTuple):
    """The number of moments in a country, how many of them are firm, and the number of actors of the country."""

    moments: int = 0
    firm: int = 0
    actors: int = 0


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


class ActionCoverage(NamedTuple):
    """The number of local actions, of those by region and priority, by priority and by country, None where unknown.

    An action counts for each region of its country. ``moments`` has the number of moments by region.
    """

    total: int
    by_region_and_priority: Mapping[tuple[str | None, str | None], int]
    by_priority: Mapping[str | None, int]
    by_country: Mapping[str | None, int]
    moments: Mapping[str, int]

    def in_region(self, region: str | None) -> int:
        """Return the number of actions of a region."""
        return sum(number for (name, _), number in self.by_region_and_priority.items() if name == region)


class Coverage(NamedTuple):
    """What a plan covers. A quarter is a number: four times the year plus the quarter, counted from 0.

    Priorities and regions are keyed by id, in the programme's order. ``idle_priorities`` have neither content nor a
    moment. ``silent_countries`` are those of the regions without a moment or an actor.
    ``without_actors`` and ``without_content`` are waves that are more than announced. ``actions`` is None in a plan
    without registers.
    """

    current_quarter: int
    priorities: Mapping[str, Text]
    regions: Mapping[str, Text]
    by_region: ReachTable
    by_actor_group: ReachTable
    quarters: tuple[int, ...]
    by_quarter: Mapping[tuple[CoverageRow, int], MomentCounts]
    rows: tuple[CoverageRow, ...]
    countries: Mapping[str, CountryCounts]
    silent_countries: tuple[str, ...]
    silent_months: tuple[SilentMonths, ...]
    idle_priorities: tuple[str, ...]
    without_actors: tuple[str, ...]
    without_content: tuple[str, ...]
    actions: ActionCoverage | None = None

    @property
    def unreached(self) -> Iterator[tuple[str, tuple[str, ...], tuple[ActorGroup, ...]]]:
        """The other priorities, each with the regions and actor groups that it does not reach."""
        for priority in self.priorities:
            if priority in self.idle_priorities:
                continue
            acting = self.acting_alone(priority)
            regions = tuple(
                region for region in self.regions if not self.by_region[priority, region] and region not in acting
            )
            groups = tuple(group for group in ActorGroup if not self.by_actor_group[priority, group])
            if regions or groups:
                yield priority, regions, groups

    def acting_alone(self, priority: str) -> tuple[str, ...]:
        """Return the regions that only local actions reach under a priority."""
        cells = self.actions.by_region_and_priority if self.actions else {}
        return tuple(
            region for region in self.regions if not self.by_region[priority, region] and cells.get((region, priority))
        )

    @property
    def has_gaps(self) -> bool:
        """Whether the plan has any gap."""
        silent = any(silent.over_limit for silent in self.silent_months)
        bare = self.without_actors or self.without_content
        return bool(self.idle_priorities or bare) or silent or next(self.unreached, None) is not None


def build_coverage(
    plan: Plan, today: date, actions: Mapping[tuple[str | None, str | None], int] | None = None
) -> Coverage:
    """Compute what a plan covers, drafts included; ``actions`` are the numbers of actions by country and priority."""
    groups = resolve_groups(plan, drafts=True)
    programme = plan.programme
    priorities = programme.priorities
    regions = {region_id: region.name for region_id, region in programme.regions.items()}
    by_quarter, months = _count_moments(groups)
    extra_rows: list[CoverageRow] = [("other", name) for name in (WORLDWIDE, ONLINE, NO_REGION)]
    counted = {row for row, _ in by_quarter}
    by_region, by_actor_group = _priority_reach(plan, groups)
    active = {priority for wave in plan.waves.values() for priority in wave.content}
    active |= {priority for group in groups if _is_scheduled(group) for priority in group.priorities}
    acting = _action_coverage(plan, groups, actions) if actions is not None else None
    countries = _count_by_country(plan, groups, acting.by_country if acting else {})
    known = {country for region in programme.regions.values() for country in region.countries}
    planned = {wave_id: wave for wave_id, wave in plan.waves.items() if wave.status is not WaveStatus.ANNOUNCED}
    return Coverage(
        month_number(today) // 3,
        priorities,
        regions,
        by_region,
        by_actor_group,
        _quarter_range(plan, by_quarter),
        by_quarter,
        (*(("region", region) for region in regions), *(row for row in extra_rows if row in counted)),
        countries,
        tuple(sorted(known - countries.keys())),
        tuple(_all_silent_months(plan, months)),
        tuple(priority for priority in priorities if priority not in active),
        tuple(wave_id for wave_id, wave in planned.items() if not wave.actors),
        tuple(wave_id for wave_id, wave in planned.items() if priorities and not wave.content),
        acting,
    )


def _action_coverage(
    plan: Plan, groups: Iterable[MomentGroup], actions: Mapping[tuple[str | None, str | None], int]
) -> ActionCoverage:
    index = RegionIndex(plan)
    cells, priorities, countries = (
        Counter[tuple[str | None, str | None]](),
        Counter[str | None](),
        Counter[str | None](),
    )
    for (country, named), number in actions.items():
        priority = named if named in plan.programme.priorities else None
        countries[country] += number
        priorities[priority] += number
        regions: Iterable[str | None] = [*index.of_country(country)] or [None]
        for region in regions:
            cells[region, priority] += number
    moments = Counter(region for group in groups if _is_scheduled(group) for region in group.regions)
    return ActionCoverage(sum(actions.values()), cells, priorities, countries, moments)


# -- priorities


def _priority_reach(plan: Plan, moment_groups: Iterable[MomentGroup]) -> tuple[ReachTable, ReachTable]:
    region_index, programme = RegionIndex(plan), plan.programme
    actor_groups = {wave_id: _actor_groups(plan, wave_id) for wave_id in plan.waves}
    by_region, by_actor_group = (
        {(priority, other): PriorityReach() for priority in programme.priorities for other in others}
        for others in (programme.regions, ActorGroup)
    )
    for wave_id, wave in plan.waves.items():
        for priority in wave.content:
            _add_reach(by_region, priority, region_index.of_wave(wave_id), wave_id)
            _add_reach(by_actor_group, priority, set(actor_groups[wave_id].values()), wave_id)
    for group in moment_groups:
        if group.priorities and _is_scheduled(group):
            participating = _taking_part(plan, group, actor_groups)
            for priority in group.priorities:
                _add_reach(by_region, priority, group.regions)
                _add_reach(by_actor_group, priority, participating)
    return by_region, by_actor_group


def _add_reach(reach: ReachTable, priority: str, others: Iterable[str], wave: str | None = None) -> None:
    """Add a wave, or a moment if ``wave`` is None; what is not in the programme is ignored."""
    for other in others:
        if (priority, other) in reach:
            waves, count = reach[priority, other]
            reach[priority, other] = PriorityReach((*waves, wave), count) if wave else PriorityReach(waves, count + 1)


def _actor_groups(plan: Plan, wave: str) -> dict[str, ActorGroup]:
    """Return the group of each actor of a wave, by id, or by position if it has no id."""
    kinds = ((actor.id or str(index), actor_kind(plan, actor)) for index, actor in enumerate(plan.waves[wave].actors))
    return {name: kind.group for name, kind in kinds if kind}


def _taking_part(plan: Plan, group: MomentGroup, actor_groups: dict[str, dict[str, ActorGroup]]) -> set[ActorGroup]:
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
) -> tuple[dict[tuple[CoverageRow, int], MomentCounts], dict[str, list[MonthRange]]]:
    """Return the counts by row and quarter, and the months with a moment in each region."""
    by_quarter: defaultdict[tuple[CoverageRow, int], MomentCounts] = defaultdict(MomentCounts)
    months: defaultdict[str, list[MonthRange]] = defaultdict(list)
    for group in moment_groups:
        rows, quarters = _rows_of_group(group), dict[int, bool]()
        for occurrence in group.occurrences:
            runs = month_ranges(occurrence.local) if occurrence.status in SCHEDULED_STATUSES else []
            firm = is_firm(occurrence.when, occurrence.status)
            for first, last in runs:
                for quarter in range(first // 3, min(last // 3, first // 3 + _MAX_QUARTERS) + 1):
                    quarters[quarter] = quarters.get(quarter, False) or firm
            for kind, name in rows:
                if kind == "region":
                    months[name] += runs
        for row in rows:
            for quarter, firm in quarters.items():
                counts = by_quarter[row, quarter]
                by_quarter[row, quarter] = MomentCounts(counts.moments + 1, counts.firm + firm)
    return by_quarter, months


def _rows_of_group(group: MomentGroup) -> list[CoverageRow]:
    if group.place.scope is not None:
        return [("other", WORLDWIDE)]
    if group.place.online and not (group.place.name or group.place.country):
        return [("other", ONLINE)]
    return [("region", region) for region in group.regions] or [("other", NO_REGION)]


def _quarter_range(plan: Plan, counted: Iterable[tuple[CoverageRow, int]]) -> tuple[int, ...]:
    """Return all quarters from the first to the last that a period or a moment touches."""
    touched = {quarter for _, quarter in counted}
    for wave in plan.waves.values():
        ranges = month_ranges(wave.period) if wave.period else ()
        touched.update(month // 3 for ends in ranges for month in ends)
    if not touched:
        return ()
    first = min(touched)
    return tuple(range(first, min(max(touched), first + _MAX_QUARTERS) + 1))


# -- countries


def _count_by_country(
    plan: Plan, moment_groups: Iterable[MomentGroup], actions: Mapping[str | None, int]
) -> dict[str, CountryCounts]:
    """Return the counts of each country with a moment, an actor or an action, those with the most moments first."""
    counts: defaultdict[str, CountryCounts] = defaultdict(CountryCounts)
    for group in moment_groups:
        country = group.place.country
        if country and _is_scheduled(group):
            firm = any(is_firm(occurrence.when, occurrence.status) for occurrence in group.occurrences)
            moments, firms, actors = counts[country]
            counts[country] = CountryCounts(moments + 1, firms + firm, actors)
    for known in known_actors(plan).values():
        if known.actor.country:
            of_country = counts[known.actor.country]
            counts[known.actor.country] = of_country._replace(actors=of_country.actors + 1)
    for country in filter(None, actions):
        counts.setdefault(country, CountryCounts())

    def order(item: tuple[str, CountryCounts]) -> tuple[int, int, int, str]:
        country, of_country = item
        return -of_country.moments, -of_country.actors, -actions.get(country, 0), country

    return dict(sorted(counts.items(), key=order))


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
        yield _silent_months("region", region, unfilled_ranges(months.get(region, []), first, last), max_months)
    filled, unread = filled_ranges(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is not None and wave_id not in unread and wave.status is not WaveStatus.ANNOUNCED:
            waived = wave.waives("silent-months")
            silent = _silent_months("wave", wave_id, silent_ranges(filled[wave_id], wave.period), max_months)
            yield silent._replace(over_limit=()) if waived else silent


def _silent_months(kind: str, name: str, silent: Iterable[MonthRange], max_months: int) -> SilentMonths:
    lengths = {run: run[1] - run[0] + 1 for run in silent}
    longest = max(lengths.values(), default=0)
    over_limit = tuple(run for run, length in lengths.items() if length > max_months)
    return SilentMonths(kind, name, tuple(run for run, length in lengths.items() if length == longest), over_limit)


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
_MAX_QUARTERS_SHOWN = 8
"""The maximum number of quarters side by side: two years."""


def build_page(facts: Coverage, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    translate = context.translate

    def reach_columns(reach: ReachTable) -> list[tuple[Column, Callable[[str], Cell]]]:
        return [
            (Column(context.text(name), align_right=True), partial(_reach_cell, reach, priority))
            for priority, name in facts.priorities.items()
        ]

    sections = [
        _gaps_section(facts, context, limit),
        table_section(
            translate("Regions by priority"),
            list(facts.regions),
            limit,
            (Column(translate("Region")), lambda region: Cell(context.text(facts.regions[region]), "title")),
            *reach_columns(facts.by_region),
            notes=[styled_line(translate(_REACH))],
        ),
        table_section(
            translate("Actors by priority"),
            list(ActorGroup),
            None,
            (Column(translate("Actors")), lambda group: Cell(translate(ACTOR_GROUP_LABELS[group]), "title")),
            *reach_columns(facts.by_actor_group),
        ),
        _action_section(facts, facts.actions, context, limit) if facts.actions else None,
        quarter_section(facts, context, limit),
        _country_section(facts, context, limit),
        silence_section(facts, context, limit),
    ]
    lead = () if facts.regions else (styled_line(translate(_HOW_TO_DEFINE_REGIONS)),)
    return Page(translate("What the plan covers"), lead, tuple(section for section in sections if section))


_HOW_TO_DEFINE_REGIONS = phrase(
    "The plan defines no regions. To count by region, list them under regions: in programme.yaml, "
    "with name: and countries:"
)


_REACH = phrase("waves with content under the priority whose actors reach the region; after +, moments that name it")
_QUARTER_NOTE = phrase(
    "moments in the quarter; in brackets, those with a firm date; one that may be in several quarters counts in each"
)


def describe_gaps(facts: Coverage, wave_titles: Mapping[str, str]) -> Iterator[Message]:
    """Describe the gaps: bare waves, silent months, idle priorities, then what a priority does not reach."""
    for text, waves in ((_NO_ACTORS, facts.without_actors), (_NO_CONTENT, facts.without_content)):
        for wave in waves:
            yield msg(text, name=wave_titles.get(wave, wave))
    for silent in facts.silent_months:
        name = facts.regions[silent.name] if silent.kind == "region" else wave_titles.get(silent.name, silent.name)
        for months in silent.over_limit:
            gap = msg(_GAPS[silent.kind], name=name, months=months_as_date(*months))
            has_moments = silent.kind == "wave" or not facts.actions or facts.actions.moments.get(silent.name)
            yield gap if has_moments or not facts.actions else _with_actions(gap, facts.actions.in_region(silent.name))
    for priority in facts.idle_priorities:
        gap = msg("No content or moment yet for the priority {name}", name=facts.priorities[priority])
        yield _with_actions(gap, facts.actions.by_priority.get(priority, 0) if facts.actions else 0)
    for priority, regions, actor_groups in facts.unreached:
        name = facts.priorities[priority]
        if regions:
            names = [facts.regions[region] for region in regions]
            yield msg("The priority {name} has no wave or moment in: {regions}", name=name, regions=names)
        for group in actor_groups:
            yield msg("The priority {name} has no actors from: {side}", name=name, side=msg(ACTOR_GROUP_LABELS[group]))


def _with_actions(gap: Message, actions: int) -> Message:
    """Return a gap with the number of local actions that reach it all the same, if there are any."""
    return msg("{gap}; local actions: {count}", gap=gap, count=actions) if actions else gap


_NO_ACTORS, _NO_CONTENT = phrase("The wave {name} has no actors"), phrase("The wave {name} has no content")
_GAPS = {"region": phrase("No moment in {name}: {months}"), "wave": phrase("No moment in the wave {name}: {months}")}


def _gaps_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section:
    gaps = [context.format_message(gap) for gap in describe_gaps(facts, context.wave_titles)]
    heading = context.translate("Gaps")
    return table_section(heading, gaps, limit, (Column(), str)) or Section(
        heading, (styled_line(context.translate("none"), "firm"),)
    )


def _reach_cell(reach_table: ReachTable, priority: str, other: str) -> Cell:
    reach = reach_table[priority, other]
    if not reach:
        return Cell(EMPTY_CELL, "gap")
    return Cell(f"{len(reach.waves)} +{reach.moments}" if reach.moments else str(len(reach.waves)))


def _action_section(
    facts: Coverage, actions: ActionCoverage, context: RenderContext, limit: int | None
) -> Section | None:
    """Return the moments and actions of each region, and its actions by priority."""
    translate = context.translate
    labels: dict[str | None, str] = {region: context.text(name) for region, name in facts.regions.items()}
    priorities: dict[str | None, str] = {priority: context.text(name) for priority, name in facts.priorities.items()}
    if actions.in_region(None):
        labels[None] = translate("region not known")
    if actions.by_priority.get(None):
        priorities[None] = translate("no priority named")

    def number(count: int, style: str = "") -> Cell:
        return Cell(format_number(count, context.language), style) if count else Cell(EMPTY_CELL, "gap")

    def moments(region: str | None) -> Cell:
        return number(actions.moments.get(region, 0)) if region else Cell("")

    alone = [(priority, facts.acting_alone(priority)) for priority in facts.priorities]
    notes = [
        msg("{priority}: only local actions reach {regions}", priority=facts.priorities[priority], regions=names)
        for priority, regions in alone
        if (names := [facts.regions[region] for region in regions])
    ]
    silent = [facts.regions[one] for one in facts.regions if actions.in_region(one) and not actions.moments.get(one)]
    if silent:
        notes.insert(0, msg("local actions and no moment: {regions}", regions=silent))
    return table_section(
        translate("Local actions"),
        list(labels),
        limit,
        (Column(translate("Region")), lambda region: Cell(labels[region], "title" if region else "aside")),
        (Column(translate("Moments"), align_right=True), moments),
        (Column(translate("Actions"), align_right=True), lambda region: number(actions.in_region(region))),
        *(
            (
                Column(label, align_right=True),
                lambda region, priority=priority: number(actions.by_region_and_priority.get((region, priority), 0)),
            )
            for priority, label in priorities.items()
        ),
        notes=[styled_line(context.format_message(note), "note") for note in notes],
    )


def quarter_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    """Return the moments of each region by quarter; with a limit, two years from the current quarter on."""
    shown = _visible_quarters(facts) if limit is not None else facts.quarters
    translate, format_message = context.translate, context.format_message
    notes = [styled_line(translate(_QUARTER_NOTE))]
    if len(shown) < len(facts.quarters):
        omitted = msg("and {count} more quarters (all with --limit 0)", count=len(facts.quarters) - len(shown))
        notes.append(styled_line(format_message(omitted), "hint"))
    labels = {("region", region): context.text(name) for region, name in facts.regions.items()}
    labels |= {("other", name): translate(label) for name, label in _EXTRA_ROW_LABELS.items()}
    headings = {q: format_message(msg("Q{quarter} {year}", quarter=q % 4 + 1, year=q // 4)) for q in shown}
    return table_section(
        translate("Regions by quarter"),
        facts.rows if shown else (),
        limit,
        (Column(translate("Region")), lambda row: Cell(labels[row], "title")),
        *(
            (Column(heading, align_right=True), partial(_moment_count_cell, facts, quarter))
            for quarter, heading in headings.items()
        ),
        notes=notes,
    )


def _country_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    text = _NO_MOMENT_ACTOR_OR_ACTION if facts.actions else _NO_MOMENT_OR_ACTOR
    silent = msg(text, count=len(facts.silent_countries))
    actions = facts.actions.by_country if facts.actions else {}
    action_column = (
        Column(translate("Local actions"), align_right=True),
        lambda country: format_number(actions[country], context.language) if country in actions else EMPTY_CELL,
    )
    return table_section(
        translate("Countries"),
        list(facts.countries),
        limit,
        (Column(translate("Country")), lambda country: Cell(country_name(country, context.language), "title")),
        (Column(translate("Moments"), align_right=True), lambda country: _count_cell(facts.countries[country])),
        *([action_column] if actions else []),
        (
            Column(translate("Actors"), align_right=True),
            lambda country: str(facts.countries[country].actors or EMPTY_CELL),
        ),
        notes=[styled_line(context.format_message(silent))] if facts.silent_countries else [],
    )


_NO_MOMENT_OR_ACTOR = phrase("countries of the regions without a moment or an actor: {count}")
_NO_MOMENT_ACTOR_OR_ACTION = phrase("countries of the regions without a moment, an actor or an action: {count}")


def _visible_quarters(facts: Coverage) -> tuple[int, ...]:
    """Return the quarters to show: all if they fit, else those from the current quarter on."""
    if not facts.quarters:
        return ()
    start = max(0, min(facts.current_quarter - facts.quarters[0], len(facts.quarters) - _MAX_QUARTERS_SHOWN))
    return facts.quarters[start : start + _MAX_QUARTERS_SHOWN]


def _moment_count_cell(facts: Coverage, quarter: int, row: CoverageRow) -> Cell:
    return _count_cell(facts.by_quarter.get((row, quarter)))


def _count_cell(counts: MomentCounts | CountryCounts | None) -> Cell:
    """Return a number of moments, with that of the firm ones in brackets."""
    if not counts or not counts.moments:
        return Cell(EMPTY_CELL, "gap")
    return Cell(f"{counts.moments} ({counts.firm})" if counts.firm else str(counts.moments))


def silence_section(facts: Coverage, context: RenderContext, limit: int | None) -> Section | None:
    """Return the longest time without a moment of each region and wave."""
    translate = context.translate

    def name(silent: SilentMonths) -> Cell | str:
        if silent.kind == "region":
            return Cell(context.text(facts.regions[silent.name]), "title")
        return context.wave(silent.name)

    def months(silent: SilentMonths) -> str:
        shown = [format_date(months_as_date(*run), context.language) for run in silent.longest[:2]]
        return context.join([*shown, *["…"] * (len(silent.longest) > 2)])

    return table_section(
        translate("Longest time without a moment"),
        sorted(facts.silent_months, key=lambda silent: (silent.kind, -silent.longest_length)),  # regions first
        limit,
        (Column(translate("Region or wave")), name),
        (
            Column(translate("Months"), align_right=True),
            lambda silent: Cell(str(silent.longest_length), "gap" if silent.over_limit else ""),
        ),
        (Column(translate("When")), months),
    )


# -- JSON


def as_data(facts: Coverage, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    actions = facts.actions
    return {
        "schema": SCHEMA,
        "priorities": list(facts.priorities),
        "regions": list(facts.regions),
        "priority_by_region": _reach_data("region", facts.by_region),
        "priority_by_group": _reach_data("group", facts.by_actor_group),
        "quarters": [_edtf_quarter(quarter) for quarter in facts.quarters],
        "region_by_quarter": [
            {kind: name, "quarter": _edtf_quarter(quarter), **facts.by_quarter[(kind, name), quarter]._asdict()}
            for kind, name in facts.rows
            for quarter in facts.quarters
            if ((kind, name), quarter) in facts.by_quarter
        ],
        "countries": [
            {
                "country": country,
                **counts._asdict(),
                **({"actions": actions.by_country.get(country, 0)} if actions else {}),
            }
            for country, counts in facts.countries.items()
        ],
        "silent_countries": list(facts.silent_countries),
        "idle": list(facts.idle_priorities),
        "without_actors": list(facts.without_actors),
        "without_content": list(facts.without_content),
        "silences": [
            {
                silent.kind: silent.name,
                "months": silent.longest_length,
                "longest": [months_as_date(*run).text for run in silent.longest],
                "holes": [months_as_date(*run).text for run in silent.over_limit],
            }
            for silent in facts.silent_months
        ],
        "holes": [context.format_machine_message(gap) for gap in describe_gaps(facts, {})],
        **({"actions": _action_data(facts, actions)} if actions else {}),
    }


def _action_data(facts: Coverage, actions: ActionCoverage) -> dict[str, Any]:
    """Return the numbers of local actions; the region or priority null holds those that name none."""
    cells, regions, priorities = actions.by_region_and_priority, (*facts.regions, None), (*facts.priorities, None)
    return {
        "total": actions.total,
        "regions": [
            {"region": region, "moments": actions.moments.get(region or "", 0), "actions": actions.in_region(region)}
            for region in regions
        ],
        "priorities": [{"priority": one, "actions": actions.by_priority.get(one, 0)} for one in priorities],
        "priority_by_region": [
            {"priority": priority, "region": region, "actions": cells.get((region, priority), 0)}
            for priority in priorities
            for region in regions
        ],
    }


def _reach_data(name: str, reach_table: ReachTable) -> list[dict[str, Any]]:
    return [{"priority": priority, name: other, **reach._asdict()} for (priority, other), reach in reach_table.items()]


def _edtf_quarter(quarter: int) -> str:
    """Return a quarter in EDTF (ISO 8601-2 §4.8)."""
    return f"{quarter // 4:04}-{quarter % 4 + 33}"
