"""What a plan covers and where its holes are: the schema ``wavectl/coverage/1``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.coverage import (
    NO_REGION,
    ONLINE,
    WORLDWIDE,
    Coverage,
    CoverageRow,
    MomentCounts,
    PriorityReach,
    SilentMonths,
)
from wavectl.model import ActorGroup as Side
from wavectl.render.context import RenderContext
from wavectl.render.document.page import Cell, Column, Page, Section, Table, build_table, page_line
from wavectl.timeline import MonthRange, months_as_date

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
