"""The page and JSON data of ``converge``: counts, pairs of waves, clashes, meetings and shared actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wavectl.diagnostics import Message, msg, phrase
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
from wavectl.insights.progress import date_data
from wavectl.model import Status, localized_text
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, Section, Table, build_table, page_line
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.entries import Entry

_CLASH_CONDITIONS: Mapping[str, str] = {
    DATES: phrase("{actors}, if both fall on the same days"),
    PEOPLE: phrase("perhaps {actors}: the plan does not say who goes to which moment"),
    HOURS: phrase("{actors}, if there is no time to get from one to the other"),
}
"""The actors of a possible clash, by the condition under which it happens."""
_MAX_NAMES = 6
"""The number of names of a list that are shown; the rest becomes …"""


def clash_actors(facts: Convergence, clash: Clash, context: RenderContext) -> str:
    """Return the actors that two moments both need, and the condition of a possible clash."""
    names = [actor_name(facts, actor, context) for actor in clash.actors]
    names += [
        f"{actor_name(facts, whole.actor, context)} "
        f"({shorten_list(actor_name(facts, part, context) for part in whole.parts)})"
        for whole in clash.collectives
    ]
    if clash.certain:
        return shorten_list(names)
    return context.format_message(msg(_CLASH_CONDITIONS[clash.condition], actors=shorten_list(names)))


def shorten_list(names: Iterable[str]) -> str:
    """Return the first names of a list, and … if there are more."""
    all_names = list(names)
    return ", ".join((*all_names[:_MAX_NAMES], *(["…"] if len(all_names) > _MAX_NAMES else [])))


def describe_opportunity(meeting: Meeting, context: RenderContext) -> Message:
    """Describe how waves can use a meeting."""
    if meeting.kind == "moment":
        return msg("one delegation can speak for all of these waves")
    if meeting.kind == "likely":
        return msg("ask whether both are the same moment; if so, link them with same_as and go together")
    if meeting.kind == "place":
        return _same_town_opportunity(meeting, context.text(meeting.moments[0].place.name))
    if not meeting.days_apart:
        return msg("on the same days: one message, sent out once for both")
    if meeting.days_apart == 1:
        return msg("on days that follow each other: one message, sent out once for both")
    return msg("{count} days apart: one message, sent out once for both", count=meeting.days_apart)


def _same_town_opportunity(meeting: Meeting, town: str) -> Message:
    if not meeting.exact:
        return msg("both may be in {town} at the same time: settle the dates together", town=town)
    if not meeting.days_apart:
        return msg("both are in {town} on the same days: one delegation, one message", town=town)
    if meeting.days_apart == 1:
        return msg("both are in {town}, one right after the other: one delegation, one message", town=town)
    return msg(
        "both are in {town}, {count} days apart: one delegation, one message", town=town, count=meeting.days_apart
    )


def describe_moment(facts: Convergence, entry: Entry, context: RenderContext) -> str:
    """Return title, place, date and waves of a moment."""
    waves = shorten_list(sorted(waves_of(entry, facts.waves)))
    return f"{title_with_place(entry, context)}, {date_with_status(entry, context)} ({waves})"


def date_with_status(entry: Entry, context: RenderContext) -> str:
    """Return the date of a moment, with its status unless it is confirmed."""
    status = entry.occurrence.status
    return context.date(entry) if status is Status.CONFIRMED else f"{context.date(entry)}, {context.status(status)}"


def title_with_place(entry: Entry, context: RenderContext) -> str:
    """Return the short title of a moment and its town, or its country if the town is not known."""
    place = entry.place
    location = context.text(place.name) if place.name else context.place(place)
    changed = entry.occurrence.change and entry.occurrence.change.title
    name = context.text(changed or entry.group.short or entry.title)
    name = f"{name} ({context.translate('draft')})" if entry.draft else name
    return f"{name}, {location}" if location else name


def append_times(text: str, times: int, context: RenderContext) -> str:
    """Return a text with the number of times, if more than one."""
    return text if times == 1 else f"{text} ({context.format_message(msg('{count} times', count=times))})"


def describe_actor_waves(facts: Convergence, shared_actor: SharedActor, context: RenderContext) -> str:
    """Return the waves of a shared actor; if a wave names only members of a collective, their names follow."""
    unconfirmed = context.translate("to be confirmed")
    whole = [f"{wave} ({unconfirmed})" if wave in shared_actor.unconfirmed_in else wave for wave in shared_actor.waves]
    by_parts = [
        f"{wave} ({shorten_list(actor_name(facts, part, context) for part in parts)})"
        for wave, parts in shared_actor.parts.items()
    ]
    return shorten_list([*whole, *by_parts])


def describe_actor_opportunity(shared_actor: SharedActor) -> Message:
    """Describe how waves can use a shared actor."""
    if shared_actor.parts:
        return msg("the members named can also speak for {waves}", waves=shorten_list(shared_actor.waves))
    return msg("can speak for all of these waves")


def actor_name(facts: Convergence, actor: str, context: RenderContext, *, full: bool = False) -> str:
    """Return the short name of an actor, or its full name if it has none or if ``full``."""
    wave, slash, local_id = actor.rpartition("/")
    registered = facts.plan.programme.actors.get(actor)
    if registered is not None and registered.short and not full:
        return context.text(registered.short)
    name = resolve_actor_name(facts.plan, local_id if slash else actor, [wave] if slash else facts.waves).name
    return context.text(name) if name else actor


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
