"""What a plan covers and where its holes are: the schema ``wavectl/coverage/1``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wavectl.diagnostics import Message, phrase, say
from wavectl.i18n.date_format import date_text
from wavectl.insights.coverage import NOWHERE, ONLINE, WORLDWIDE, Coverage, Held, Reached, Row, Silence
from wavectl.model import Group as Side
from wavectl.render.context import Look
from wavectl.render.document.page import Cell, Column, Page, Section, Table, line, listed
from wavectl.timeline import Run, stretch

SCHEMA = "wavectl/coverage/1"
_OTHERS = {WORLDWIDE: phrase("Worldwide"), ONLINE: phrase("Online"), NOWHERE: phrase("No region named")}
_SIDES = {Side.NETWORK: phrase("The network"), Side.EXTERNAL: phrase("Partners")}
_QUARTERS = 8
"""How many quarters stand side by side: two years."""
_NOTHING = "·"


def page(facts: Coverage, look: Look, limit: int | None) -> Page:
    """Return the page."""
    translate = look.translate
    reached = line(Cell(translate(_REACHED), "aside"))
    made = [
        _holes(facts, look, limit),
        Section(translate("Regions by priority"), (_by_priority(facts, look, limit), reached))
        if facts.regions
        else None,
        Section(translate("Actors by priority"), (_by_side(facts, look),)),
        _by_quarter(facts, look, limit),
        _silences(facts, look, limit),
    ]
    return Page(translate("What the plan covers"), (), tuple(section for section in made if section))


_REACHED = phrase("waves with content under the priority whose actors reach the region; behind +, moments that name it")
_HELD = phrase("moments that touch the quarter; in brackets, those that are firm")


# -- holes


def holes(facts: Coverage) -> Iterator[Message]:
    """Return the holes in words: silence first, then priorities without anything, then what the others do not reach."""
    for one in facts.silences:
        name = facts.regions[one.name] if one.kind == "region" else one.name
        for run in one.holes:
            yield say(_SILENT[one.kind], name=name, months=stretch(*run))
    yield from (say("Nothing is done under {name} yet", name=facts.priorities[priority]) for priority in facts.idle)
    for priority, regions, sides in facts.unreached:
        name = facts.priorities[priority]
        if regions:
            named = [facts.regions[region] for region in regions]
            yield say("{name} reaches nobody in: {regions}", name=name, regions=named)
        for side in sides:
            yield say("{name} has nobody from this side: {side}", name=name, side=say(_SIDES[side]))


_SILENT = {
    "region": phrase("No moment in {name}: {months}"),
    "wave": phrase("No moment in the wave {name}: {months}"),
}


def _called(facts: Coverage, silence: Silence, look: Look) -> str:
    return look.text(facts.regions[silence.name]) if silence.kind == "region" else silence.name


def _holes(facts: Coverage, look: Look, limit: int | None) -> Section:
    found = list(holes(facts))
    heading = look.translate("Holes")
    if not found:
        return Section(heading, (line(Cell(look.translate("none"), "firm")),))
    return Section(heading, (listed([Column()], found, lambda one: (Cell(look.tell(one)),), limit),))


# -- tables


def _heads(facts: Coverage, look: Look) -> list[Column]:
    return [Column(look.text(facts.priorities[priority]), right=True) for priority in facts.priorities]


def _by_priority(facts: Coverage, look: Look, limit: int | None) -> Table:
    def row(region: str) -> Iterator[Cell]:
        yield Cell(look.text(facts.regions[region]), "title")
        yield from (_reached(facts.by_region[priority, region]) for priority in facts.priorities)

    return listed([Column(look.translate("Region")), *_heads(facts, look)], list(facts.regions), row, limit)


def _by_side(facts: Coverage, look: Look) -> Table:
    def row(side: Side) -> Iterator[Cell]:
        yield Cell(look.translate(_SIDES[side]), "title")
        yield from (_reached(facts.by_side[priority, side]) for priority in facts.priorities)

    return listed([Column(look.translate("Actors")), *_heads(facts, look)], list(Side), row)


def _reached(found: Reached) -> Cell:
    if not found:
        return Cell(_NOTHING, "gap")
    return Cell(f"{len(found.waves)} +{found.moments}" if found.moments else str(len(found.waves)))


def _by_quarter(facts: Coverage, look: Look, limit: int | None) -> Section | None:
    shown = _window(facts) if limit is not None else facts.quarters
    if not shown:
        return None
    heads = [Column(_quarter(quarter, look), right=True) for quarter in shown]

    def row(one: Row) -> Iterator[Cell]:
        kind, name = one
        yield Cell(look.text(facts.regions[name]) if kind == "region" else look.translate(_OTHERS[name]), "title")
        yield from (_held(facts.held.get((one, quarter), Held())) for quarter in shown)

    table = listed([Column(look.translate("Region")), *heads], facts.rows, row, limit)
    notes = [line(Cell(look.translate(_HELD), "aside"))]
    if len(shown) < len(facts.quarters):
        said = say("and {count} more quarters (all with --limit 0)", count=len(facts.quarters) - len(shown))
        notes.append(line(Cell(look.tell(said), "aside")))
    return Section(look.translate("Regions by quarter"), (table, *notes))


def _window(facts: Coverage) -> tuple[int, ...]:
    """Return the quarters that stand side by side: all if there is room, else those from today's on."""
    place = max(0, min(facts.now - facts.quarters[0], len(facts.quarters) - _QUARTERS)) if facts.quarters else 0
    return facts.quarters[place : place + _QUARTERS]


def _quarter(quarter: int, look: Look) -> str:
    return look.tell(say("Q{quarter} {year}", quarter=quarter % 4 + 1, year=quarter // 4))


def _held(held: Held) -> Cell:
    if not held.moments:
        return Cell(_NOTHING, "gap")
    return Cell(f"{held.moments} ({held.firm})" if held.firm else str(held.moments))


def _silences(facts: Coverage, look: Look, limit: int | None) -> Section | None:
    if not facts.silences:
        return None
    translate = look.translate
    columns = (Column(translate("Region or wave")), Column(translate("Months"), right=True), Column(translate("When")))

    def row(one: Silence) -> Iterator[Cell]:
        yield Cell(_called(facts, one, look), "title" if one.kind == "region" else "")
        yield Cell(str(one.months), "gap" if one.holes else "")
        yield Cell("; ".join(_months(run, look) for run in one.longest[:2]) + ("; …" if len(one.longest) > 2 else ""))

    longest = sorted(facts.silences, key=lambda one: (one.kind, -one.months))  # regions first
    return Section(translate("Longest silence"), (listed(columns, longest, row, limit),))


def _months(run: Run, look: Look) -> str:
    return date_text(stretch(*run), look.language)


# -- for programs


def data(facts: Coverage, look: Look) -> dict[str, Any]:
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
            for (priority, side), one in facts.by_side.items()
        ],
        "quarters": [_edtf(quarter) for quarter in facts.quarters],
        "region_by_quarter": [
            {kind: name, "quarter": _edtf(quarter), **facts.held[(kind, name), quarter]._asdict()}
            for kind, name in facts.rows
            for quarter in facts.quarters
            if ((kind, name), quarter) in facts.held
        ],
        "idle": list(facts.idle),
        "silences": [
            {
                one.kind: one.name,
                "months": one.months,
                "longest": [stretch(*run).text for run in one.longest],
                "holes": [stretch(*run).text for run in one.holes],
            }
            for one in facts.silences
        ],
        "holes": [look.message(one) for one in holes(facts)],
    }


def _edtf(quarter: int) -> str:
    """Return a quarter as EDTF writes it (ISO 8601-2 §4.8)."""
    return f"{quarter // 4:04}-{quarter % 4 + 33}"
