"""Where waves meet and where they collide, for people: what there is of each, each two waves, then one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wavectl.diagnostics import msg, phrase
from wavectl.insights.convergence import (
    CERTAIN,
    DATES,
    HOURS,
    PEOPLE,
    Clash,
    Convergence,
    Meeting,
    PairCounts,
    SharedActor,
    WavePair,
)
from wavectl.insights.convergence.candidates import waves_of
from wavectl.insights.convergence.phrases import (
    actor_name,
    append_times,
    clash_actors,
    date_with_status,
    describe_actor_opportunity,
    describe_actor_waves,
    describe_moment,
    describe_opportunity,
    shorten_list,
    title_with_place,
)
from wavectl.insights.page_parts import date_data
from wavectl.model import localized_text
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, Section, Table, build_table, page_line
from wavectl.timeline import Entry

_MAX_MATRIX_WAVES = 4
"""How many waves stand in rows and columns at most; where there are more, each two of them have a row."""
_EMPTY_CELL = "·"
_COUNT_LABELS: Mapping[str, str] = {
    "certain": phrase("certain clashes"),
    "possible": phrase("possible clashes"),
    "moments": phrase("moments in common"),
    "likely": phrase("likely one moment"),
    "places": phrase("in one town"),
    "days": phrase("in the same days"),
    "actors": phrase("actors in common"),
}
"""What is counted, by the fields of ``Counts``, in the order in which it is told."""
_MOMENT_HEADINGS = (phrase("One moment"), phrase("The other"))
_OPPORTUNITY_HEADING = phrase("What it offers")
_COUNT_STYLES = {"certain": "error", "possible": "warning"}


def build_page(facts: Convergence, context: RenderContext, limit: int | None) -> Page:
    """Return the page."""
    translate = context.translate
    if facts.focus is None:
        title = translate("Where waves meet and where they collide")
    else:
        title = context.format_message(
            msg("Where {wave} and the other waves meet and where they collide", wave=facts.focus)
        )
    made = [
        _wave_pairs(facts, context, limit),
        _clashes(facts, context, limit),
        _shared_moments(facts, context, limit),
        *(_moment_pairs(facts, kind, context, limit) for kind in ("likely", "place", "days")),
        _shared_actors(facts, context, limit),
    ]
    return Page(title, tuple(_lead(facts, context)), tuple(section for section in made if section))


def _lead(facts: Convergence, context: RenderContext) -> Iterator[PageLine]:
    """Return what was found in one line, and where the numbers are not all."""
    yield (
        page_line(*_count_cells(facts.totals, context))
        if any(facts.totals)
        else page_line(context.translate("nothing found"))
    )
    if not facts.complete:
        said = msg("so many moments fall together that not all were compared: the numbers are the least there is")
        yield page_line(Cell(context.format_message(said), "warning"))
    alone = [wave for wave in facts.waves if not any(wave in pair and pair[0] != pair[1] for pair in facts.pairs)]
    if alone and facts.focus is None and len(facts.waves) > 1:
        yield page_line(
            Cell(
                context.format_message(msg("nothing in common with another wave: {waves}", waves=shorten_list(alone))),
                "aside",
            )
        )


def _count_cells(counts: PairCounts, context: RenderContext) -> Iterator[Cell]:
    """Return what there is of everything that is counted."""
    present = [name for name in _COUNT_LABELS if getattr(counts, name)]
    for name in present:
        comma = "" if name == present[-1] else ", "
        said = msg("{what}: {count}", what=context.translate(_COUNT_LABELS[name]), count=getattr(counts, name))
        yield Cell(f"{context.format_message(said)}{comma}", _COUNT_STYLES.get(name, ""))


# -- each two waves


def _wave_pairs(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.pairs:
        return None
    inside = any(one == other for one, other in facts.pairs)
    square = len(facts.waves) <= _MAX_MATRIX_WAVES and not inside and facts.focus is None
    return Section(
        context.translate("Wave by wave"),
        (_pair_matrix(facts, context) if square else _pair_table(facts, context, limit),),
    )


def _pair_matrix(facts: Convergence, context: RenderContext) -> Table:
    """Return the waves as rows and as columns: each two of them meet once."""
    columns = (Column(context.translate("Wave")), *(Column(wave) for wave in facts.waves[1:]))

    def row(place: int) -> Iterator[Cell]:
        yield Cell(facts.waves[place], "title")
        for at, other in enumerate(facts.waves[1:], 1):
            counts = facts.pairs.get((facts.waves[place], other), PairCounts())
            style = "error" if counts.certain else "warning" if counts.possible else ""
            text = "".join(cell.text for cell in _count_cells(counts, context))
            yield Cell("" if at <= place else text or _EMPTY_CELL, style)

    return build_table(columns, range(len(facts.waves) - 1), row)


def _pair_table(facts: Convergence, context: RenderContext, limit: int | None) -> Table:
    """Return a row for each two waves, those that collide first."""
    columns = (
        Column(context.translate("Waves")),
        *(Column(context.translate(words), align_right=True) for words in _COUNT_LABELS.values()),
    )

    def row(pair: WavePair) -> Iterator[Cell]:
        one, other = pair
        yield Cell(one if one == other else f"{one}, {other}", "title")
        for name in _COUNT_LABELS:
            count = getattr(facts.pairs[pair], name)
            yield Cell(str(count) if count else _EMPTY_CELL, _COUNT_STYLES.get(name, "") if count else "")

    return build_table(columns, _sorted_pairs(facts), row, limit)


def _sorted_pairs(facts: Convergence) -> list[WavePair]:
    """Return each two waves that meet or collide: certain clashes first, then possible ones, then most meetings."""

    def order(pair: WavePair) -> tuple[int, int, int, WavePair]:
        counts = facts.pairs[pair]
        return -counts.certain, -counts.possible, -counts.meetings, pair

    return sorted(facts.pairs, key=order)


# -- clashes


_CLASH_LABELS = {
    CERTAIN: phrase("certain"),
    DATES: phrase("possible"),
    PEOPLE: phrase("possible"),
    HOURS: phrase("possible"),
}
_POSSIBLE_CLASH_HINT = phrase(
    "to settle a possible clash, write exact dates, and under actors who goes to which moment"
)


def _clashes(facts: Convergence, context: RenderContext, limit: int | None) -> Section:
    heading = context.translate("Where they collide")
    if not facts.clashes:
        return Section(heading, (page_line(Cell(context.translate("nowhere"), "firm")),))
    columns = [Column(), *_translated_columns(context, *_MOMENT_HEADINGS, phrase("Who is asked to both"))]

    def row(clash: Clash) -> Iterator[Cell]:
        yield Cell(context.translate(_CLASH_LABELS[clash.condition]), "error" if clash.certain else "warning")
        yield from (Cell(describe_moment(facts, entry, context)) for entry in clash.moments)
        yield Cell(append_times(clash_actors(facts, clash, context), clash.times, context))

    table = _add_omitted_rows(
        build_table(columns, facts.clashes, row, limit), facts.totals.clashes - len(facts.clashes)
    )
    settled = page_line(Cell(context.translate(_POSSIBLE_CLASH_HINT), "aside"))
    return Section(heading, (table, settled) if facts.totals.possible else (table,))


def _translated_columns(context: RenderContext, *titles: str) -> list[Column]:
    return [Column(context.translate(title)) for title in titles]


def _add_omitted_rows(table: Table, omitted: int) -> Table:
    """Return a table that counts those, too, that are not among the facts."""
    return table._replace(omitted_rows=table.omitted_rows + omitted)


# -- moments


def _shared_moments(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    found = [meeting for meeting in facts.meetings if meeting.kind == "moment"]
    if not found:
        return None
    columns = _translated_columns(context, phrase("Date"), phrase("Moment"), phrase("Waves"), _OPPORTUNITY_HEADING)

    def row(meeting: Meeting) -> Iterator[Cell]:
        (entry,) = meeting.moments
        yield Cell(date_with_status(entry, context), "" if meeting.exact else "vague")
        yield Cell(append_times(title_with_place(entry, context), meeting.times, context), "title")
        yield Cell(shorten_list(meeting.waves))
        yield Cell(context.format_message(describe_opportunity(meeting, context)), "note")

    return Section(context.translate("Moments in common"), (build_table(columns, found, row, limit),))


_PAIR_HEADINGS = {
    "likely": (phrase("Likely one moment"), "likely"),
    "place": (phrase("In one town"), "places"),
    "days": (phrase("In the same days"), "days"),
}
"""The headings of what two moments have in common, and the fields of ``Counts`` that count it."""


def _moment_pairs(facts: Convergence, kind: str, context: RenderContext, limit: int | None) -> Section | None:
    found = [meeting for meeting in facts.meetings if meeting.kind == kind]
    if not found:
        return None
    columns = _translated_columns(context, *_MOMENT_HEADINGS, _OPPORTUNITY_HEADING)
    heading, counted = _PAIR_HEADINGS[kind]

    def row(meeting: Meeting) -> Iterator[Cell]:
        yield from (Cell(describe_moment(facts, entry, context)) for entry in meeting.moments)
        yield Cell(
            append_times(context.format_message(describe_opportunity(meeting, context)), meeting.times, context), "note"
        )

    table = _add_omitted_rows(build_table(columns, found, row, limit), getattr(facts.totals, counted) - len(found))
    return Section(context.translate(heading), (table,))


# -- actors


def _shared_actors(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.shared_actors:
        return None
    columns = _translated_columns(context, phrase("Actor"), phrase("Waves"), _OPPORTUNITY_HEADING)

    def row(one: SharedActor) -> Iterator[Cell]:
        yield Cell(actor_name(facts, one.actor, context, full=True), "title")
        yield Cell(describe_actor_waves(facts, one, context))
        yield Cell(context.format_message(describe_actor_opportunity(one)), "note")

    return Section(context.translate("Actors in common"), (build_table(columns, facts.shared_actors, row, limit),))


SCHEMA = "wavectl/converge/1"


def as_data(facts: Convergence, context: RenderContext) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "waves": list(facts.waves),
        "within_days": facts.within_days,
        "summary": {**facts.totals._asdict(), "certain_ahead": facts.upcoming_clashes},
        "complete": facts.complete,
        "pairs": [{"waves": list(pair), **facts.pairs[pair]._asdict()} for pair in facts.pairs],
        "clashes": [_clash_data(facts, clash, context) for clash in facts.clashes],
        "meetings": [_meeting_data(facts, meeting, context) for meeting in facts.meetings],
        "actors": [_actor_data(facts, one, context) for one in facts.shared_actors],
    }


def _clash_data(facts: Convergence, clash: Clash, context: RenderContext) -> dict[str, Any]:
    return {
        "how": "certain" if clash.certain else "possible",
        "open": None if clash.certain else clash.condition,
        "waves": list(clash.waves),
        "moments": [_moment_data(facts, entry, context) for entry in clash.moments],
        "first": clash.first.isoformat(),
        "last": clash.last.isoformat(),
        "times": clash.times,
        "actors": list(clash.actors),
        "collectives": [{"actor": whole.actor, "parts": list(whole.parts)} for whole in clash.collectives],
    }


def _meeting_data(facts: Convergence, meeting: Meeting, context: RenderContext) -> dict[str, Any]:
    return {
        "kind": meeting.kind,
        "sure": meeting.exact,
        "waves": list(meeting.waves),
        "moments": [_moment_data(facts, entry, context) for entry in meeting.moments],
        "days_apart": meeting.days_apart,
        "times": meeting.times,
        "hook": context.format_machine_message(describe_opportunity(meeting, context)),
    }


def _actor_data(facts: Convergence, shared_actor: SharedActor, context: RenderContext) -> dict[str, Any]:
    return {
        "actor": shared_actor.actor,
        "name": actor_name(facts, shared_actor.actor, context, full=True),
        "waves": list(shared_actor.waves),
        "parts": {wave: list(parts) for wave, parts in shared_actor.parts.items()},
        "unconfirmed": list(shared_actor.unconfirmed_in),
        "hook": context.format_machine_message(describe_actor_opportunity(shared_actor)),
    }


def _moment_data(facts: Convergence, entry: Entry, context: RenderContext) -> dict[str, Any]:
    return {
        "moment": entry.group.root.reference,
        "waves": sorted(waves_of(entry, facts.waves)),
        "title": localized_text(entry.title, context.languages),
        **date_data(entry.occurrence.when, entry.occurrence.local, context),
        "status": entry.occurrence.status.value,
        "place": localized_text(entry.place.name, context.languages) or None,
        "country": entry.place.country,
    }
