"""The page and JSON data of ``converge``: counts, pairs of waves, clashes, meetings and shared actors."""

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
"""The maximum number of waves in a matrix; if there are more, each pair of waves is a row."""
_EMPTY_CELL = "·"
_COUNT_LABELS: Mapping[str, str] = {
    "certain": phrase("certain clashes"),
    "possible": phrase("possible clashes"),
    "moments": phrase("moments in common"),
    "likely": phrase("probably the same moment"),
    "places": phrase("in the same town"),
    "days": phrase("around the same days"),
    "actors": phrase("actors in common"),
}
"""The labels of the fields of ``PairCounts``, in the order of the page."""
_MOMENT_HEADINGS = (phrase("First moment"), phrase("Second moment"))
_OPPORTUNITY_HEADING = phrase("Opportunity")
_COUNT_STYLES = {"certain": "error", "possible": "warning"}


def build_page(facts: Convergence, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    translate = context.translate
    if facts.focus is None:
        title = translate("Where waves meet and where they clash")
    else:
        title = context.format_message(
            msg("Where {wave} meets the other waves and where it clashes with them", wave=facts.focus)
        )
    sections = [
        _wave_pairs(facts, context, limit),
        _clashes(facts, context, limit),
        _shared_moments(facts, context, limit),
        *(_moment_pairs(facts, kind, context, limit) for kind in ("likely", "place", "days")),
        _shared_actors(facts, context, limit),
    ]
    return Page(title, tuple(_lead(facts, context)), tuple(section for section in sections if section))


def _lead(facts: Convergence, context: RenderContext) -> Iterator[PageLine]:
    """Return the counts, a warning if the search was cut short, and the waves that meet no other wave."""
    yield (
        page_line(*_count_cells(facts.totals, context))
        if any(facts.totals)
        else page_line(context.translate("nothing found"))
    )
    if not facts.complete:
        warning = msg("too many moments fall on the same days to compare them all: the numbers are minimums")
        yield page_line(Cell(context.format_message(warning), "warning"))
    isolated = [wave for wave in facts.waves if not any(wave in pair and pair[0] != pair[1] for pair in facts.pairs)]
    if isolated and facts.focus is None and len(facts.waves) > 1:
        yield page_line(
            Cell(
                context.format_message(
                    msg("nothing in common with another wave: {waves}", waves=shorten_list(isolated))
                ),
                "aside",
            )
        )


def _count_cells(counts: PairCounts, context: RenderContext) -> Iterator[Cell]:
    """Return the counts that are not zero, each with its label."""
    present = [name for name in _COUNT_LABELS if getattr(counts, name)]
    for name in present:
        separator = "" if name == present[-1] else ", "
        text = msg("{what}: {count}", what=context.translate(_COUNT_LABELS[name]), count=getattr(counts, name))
        yield Cell(f"{context.format_message(text)}{separator}", _COUNT_STYLES.get(name, ""))


# -- pairs of waves


def _wave_pairs(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.pairs:
        return None
    inside_a_wave = any(first == second for first, second in facts.pairs)
    fits_matrix = len(facts.waves) <= _MAX_MATRIX_WAVES and not inside_a_wave and facts.focus is None
    table = _pair_matrix(facts, context) if fits_matrix else _pair_table(facts, context, limit)
    return Section(context.translate("Pairs of waves"), (table,))


def _pair_matrix(facts: Convergence, context: RenderContext) -> Table:
    """Return a matrix with the waves as rows and columns; each pair has one cell."""
    columns = (Column(context.translate("Wave")), *(Column(wave) for wave in facts.waves[1:]))

    def row(row_index: int) -> Iterator[Cell]:
        yield Cell(facts.waves[row_index], "title")
        for column_index, other in enumerate(facts.waves[1:], 1):
            counts = facts.pairs.get((facts.waves[row_index], other), PairCounts())
            style = "error" if counts.certain else "warning" if counts.possible else ""
            text = "".join(cell.text for cell in _count_cells(counts, context))
            yield Cell("" if column_index <= row_index else text or _EMPTY_CELL, style)

    return build_table(columns, range(len(facts.waves) - 1), row)


def _pair_table(facts: Convergence, context: RenderContext, limit: int | None) -> Table:
    """Return a row for each pair of waves, those with clashes first."""
    columns = (
        Column(context.translate("Waves")),
        *(Column(context.translate(label), align_right=True) for label in _COUNT_LABELS.values()),
    )

    def row(pair: WavePair) -> Iterator[Cell]:
        first, second = pair
        yield Cell(first if first == second else f"{first}, {second}", "title")
        for name in _COUNT_LABELS:
            count = getattr(facts.pairs[pair], name)
            yield Cell(str(count) if count else _EMPTY_CELL, _COUNT_STYLES.get(name, "") if count else "")

    return build_table(columns, _sorted_pairs(facts), row, limit)


def _sorted_pairs(facts: Convergence) -> list[WavePair]:
    """Sort the pairs of waves by certain clashes, possible clashes, then meetings, most first."""

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
    "to resolve a possible clash, write exact dates and list under actors who goes to which moment"
)


def _clashes(facts: Convergence, context: RenderContext, limit: int | None) -> Section:
    heading = context.translate("Clashes")
    if not facts.clashes:
        return Section(heading, (page_line(Cell(context.translate("none"), "firm")),))
    columns = [Column(), *_translated_columns(context, *_MOMENT_HEADINGS, phrase("Who is expected at both"))]

    def row(clash: Clash) -> Iterator[Cell]:
        yield Cell(context.translate(_CLASH_LABELS[clash.condition]), "error" if clash.certain else "warning")
        yield from (Cell(describe_moment(facts, entry, context)) for entry in clash.moments)
        yield Cell(append_times(clash_actors(facts, clash, context), clash.times, context))

    table = _add_omitted_rows(
        build_table(columns, facts.clashes, row, limit), facts.totals.clashes - len(facts.clashes)
    )
    clash_hint = page_line(Cell(context.translate(_POSSIBLE_CLASH_HINT), "aside"))
    return Section(heading, (table, clash_hint) if facts.totals.possible else (table,))


def _translated_columns(context: RenderContext, *titles: str) -> list[Column]:
    return [Column(context.translate(title)) for title in titles]


def _add_omitted_rows(table: Table, omitted: int) -> Table:
    """Add rows that were not kept among the facts to the number of omitted rows."""
    return table._replace(omitted_rows=table.omitted_rows + omitted)


# -- moments


def _shared_moments(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    meetings = [meeting for meeting in facts.meetings if meeting.kind == "moment"]
    if not meetings:
        return None
    columns = _translated_columns(context, phrase("Date"), phrase("Moment"), phrase("Waves"), _OPPORTUNITY_HEADING)

    def row(meeting: Meeting) -> Iterator[Cell]:
        (entry,) = meeting.moments
        yield Cell(date_with_status(entry, context), "" if meeting.exact else "vague")
        yield Cell(append_times(title_with_place(entry, context), meeting.times, context), "title")
        yield Cell(shorten_list(meeting.waves))
        yield Cell(context.format_message(describe_opportunity(meeting, context)), "note")

    return Section(context.translate("Moments in common"), (build_table(columns, meetings, row, limit),))


_PAIR_HEADINGS = {
    "likely": (phrase("Probably the same moment"), "likely"),
    "place": (phrase("In the same town"), "places"),
    "days": (phrase("Around the same days"), "days"),
}
"""The headings of the kinds of meetings of two moments, and the fields of ``PairCounts`` that count them."""


def _moment_pairs(facts: Convergence, kind: str, context: RenderContext, limit: int | None) -> Section | None:
    meetings = [meeting for meeting in facts.meetings if meeting.kind == kind]
    if not meetings:
        return None
    columns = _translated_columns(context, *_MOMENT_HEADINGS, _OPPORTUNITY_HEADING)
    heading, count_field = _PAIR_HEADINGS[kind]

    def row(meeting: Meeting) -> Iterator[Cell]:
        yield from (Cell(describe_moment(facts, entry, context)) for entry in meeting.moments)
        yield Cell(
            append_times(context.format_message(describe_opportunity(meeting, context)), meeting.times, context), "note"
        )

    table = _add_omitted_rows(
        build_table(columns, meetings, row, limit), getattr(facts.totals, count_field) - len(meetings)
    )
    return Section(context.translate(heading), (table,))


# -- actors


def _shared_actors(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.shared_actors:
        return None
    columns = _translated_columns(context, phrase("Actor"), phrase("Waves"), _OPPORTUNITY_HEADING)

    def row(shared: SharedActor) -> Iterator[Cell]:
        yield Cell(actor_name(facts, shared.actor, context, full=True), "title")
        yield Cell(describe_actor_waves(facts, shared, context))
        yield Cell(context.format_message(describe_actor_opportunity(shared)), "note")

    return Section(context.translate("Actors in common"), (build_table(columns, facts.shared_actors, row, limit),))


# -- JSON


SCHEMA = "wavectl/converge/1"


def as_data(facts: Convergence, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
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
        "actors": [_actor_data(facts, shared, context) for shared in facts.shared_actors],
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
