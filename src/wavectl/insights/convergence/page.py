"""The page and JSON data of ``converge``: counts, pairs of waves, clashes, meetings and shared actors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from wavectl.dates.edtf import parse
from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_number, format_place
from wavectl.insights.convergence import COUNT_FIELDS, Clash, Convergence, Meeting, PairCounts
from wavectl.insights.convergence.actions import ActionMeetings, TownMeeting
from wavectl.insights.convergence.actors import SharedActor
from wavectl.insights.convergence.pairs import DATES, HOURS, PEOPLE, WavePair, waves_of
from wavectl.insights.progress import EMPTY_CELL, date_data, text_data
from wavectl.model import Status
from wavectl.render.colours import wave_colours
from wavectl.render.context import RenderContext
from wavectl.render.page import (
    Cell,
    Column,
    Page,
    PageLine,
    Section,
    Table,
    build_table,
    page_line,
    styled_line,
    table_section,
)
from wavectl.text.terminal import printable
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.entries import Entry

_CLASH_CONDITIONS: Mapping[str, str] = {
    DATES: phrase("{actors}, if both fall on the same days"),
    PEOPLE: phrase("perhaps {actors}: the plan does not say who goes to which moment"),
    HOURS: phrase("{actors}, if there is no time to get from one to the other"),
}
"""The actors of a possible clash, by the condition under which it happens."""
_LIKELY = phrase("ask whether both are the same moment; if so, tie them with wavectl moment tie and go together")
_OPPORTUNITIES: Mapping[str, str | tuple[str, str, str, str]] = {
    "moment": phrase("one delegation can speak for all of these waves"),
    "likely": _LIKELY,
    "place": (
        phrase("both may be in {town} at the same time: settle the dates together"),
        phrase("both are in {town} on the same days: one delegation, one message"),
        phrase("both are in {town}, one right after the other: one delegation, one message"),
        phrase("both are in {town}, {count} days apart: one delegation, one message"),
    ),
    "days": (
        "",
        phrase("on the same days: one message, sent out once for both"),
        phrase("on days that follow each other: one message, sent out once for both"),
        phrase("{count} days apart: one message, sent out once for both"),
    ),
}
"""How to use a meeting, by its kind (``inside`` is like ``place``).

Where there are four texts, they are for vague dates, the same days, days that follow, and further apart.
"""
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
    opportunity = _OPPORTUNITIES["place" if meeting.kind == "inside" else meeting.kind]
    if isinstance(opportunity, str):
        return msg(opportunity)
    vague, same_days, next_day, later = opportunity
    text = same_days if not meeting.days_apart else next_day if meeting.days_apart == 1 else later
    town = context.text(meeting.moments[0].place.name)
    return msg(text if meeting.exact else vague, town=town, count=meeting.days_apart)


def describe_moment(facts: Convergence, entry: Entry, context: RenderContext) -> str:
    """Return title, place, date and waves of a moment."""
    waves = shorten_list(map(context.wave, sorted(waves_of(entry, facts.waves))))
    return f"{title_with_place(entry, context)}, {date_with_status(entry, context)} ({waves})"


def date_with_status(entry: Entry, context: RenderContext) -> str:
    """Return the date of a moment, with its status unless it is confirmed."""
    status = entry.occurrence.status
    return context.date(entry) if status is Status.CONFIRMED else f"{context.date(entry)}, {context.status(status)}"


def title_with_place(entry: Entry, context: RenderContext) -> str:
    """Return the short title of a moment and its town, or its country if the town is not known."""
    place = entry.place
    location = context.text(place.name) if place.name else context.place(place)
    name = f"{context.title(entry)} ({context.translate('draft')})" if entry.draft else context.title(entry)
    return f"{name}, {location}" if location else name


def append_times(text: str, times: int, context: RenderContext) -> str:
    """Return a text with the number of times, if more than one."""
    return text if times == 1 else f"{text} ({context.format_message(msg('{count} times', count=times))})"


def describe_actor_waves(facts: Convergence, shared_actor: SharedActor, context: RenderContext) -> str:
    """Return the waves of a shared actor; if a wave names only members of a collective, their names follow."""
    unconfirmed = context.translate("to be confirmed")
    whole = [
        context.wave(wave) + (wave in shared_actor.unconfirmed_in) * f" ({unconfirmed})" for wave in shared_actor.waves
    ]
    by_parts = [
        f"{context.wave(wave)} ({shorten_list(actor_name(facts, part, context) for part in parts)})"
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
_COUNT_LABELS: Mapping[str, str] = {
    "certain": phrase("certain clashes"),
    "possible": phrase("possible clashes"),
    "moments": phrase("moments in common"),
    "likely": phrase("probably the same moment"),
    "places": phrase("in the same town"),
    "inside": phrase("in the same town, inside a wave"),
    "days": phrase("around the same days"),
    "actors": phrase("actors in common"),
}
"""The labels of the fields of ``PairCounts``, in the order of the page."""
_COUNT_STYLES = {"certain": "error", "possible": "warning"}


def build_page(facts: Convergence, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    translate = context.translate
    if facts.focus is None:
        title = translate("Where waves meet and where they clash")
    else:
        title = context.format_message(
            msg("Where {wave} meets the other waves and where it clashes with them", wave=context.wave(facts.focus))
        )
    sections = [
        _wave_pairs(facts, context, limit),
        _clashes(facts, context, limit),
        *meeting_sections(facts, context, limit, _PAIR_SECTIONS),
    ]
    return Page(title, tuple(_lead(facts, context)), tuple(section for section in sections if section))


def meeting_sections(
    facts: Convergence, context: RenderContext, limit: int | None, kinds: Iterable[str] = ("place", "days")
) -> tuple[Section, ...]:
    """Return where waves meet, without clashes: moments in common, pairs of moments of some kinds, actions, actors."""
    sections = [
        _shared_moments(facts, context, limit),
        *(_moment_pairs(facts, kind, context, limit) for kind in kinds),
        _actions_in_towns(facts, context, limit),
        _shared_actors(facts, context, limit),
    ]
    return tuple(section for section in sections if section)


def _lead(facts: Convergence, context: RenderContext) -> Iterator[PageLine]:
    """Return the counts, a warning if the search was cut short, and the waves that meet no other wave."""
    cells = tuple(_count_cells(facts.totals, context))
    yield page_line(*cells or (context.translate("nothing found"),))
    if not facts.complete:
        warning = msg("the plan is too large to compare all of it: the numbers are minimums")
        yield styled_line(context.format_message(warning), "warning")
    together = {wave for pair in facts.pairs if pair[0] != pair[1] for wave in pair}
    isolated = [wave for wave in facts.waves if wave not in together]
    if isolated and facts.focus is None and len(facts.waves) > 1:
        alone = msg("nothing in common with another wave: {waves}", waves=shorten_list(map(context.wave, isolated)))
        yield styled_line(context.format_message(alone))


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
    inside_a_wave = any(first == second and counts.clashes for (first, second), counts in facts.pairs.items())
    fits_matrix = len(facts.waves) <= _MAX_MATRIX_WAVES and not inside_a_wave and facts.focus is None
    table = _pair_matrix(facts, context) if fits_matrix else _pair_table(facts, context, limit)
    return Section(context.translate("Pairs of waves"), (table,))


def _pair_matrix(facts: Convergence, context: RenderContext) -> Table:
    """Return a matrix with the waves as rows and columns; each pair has one cell."""
    columns = (Column(context.translate("Wave")), *(Column(context.wave(wave)) for wave in facts.waves[1:]))

    colours = wave_colours(facts.plan.waves)

    def row(row_index: int) -> Iterator[Cell]:
        yield Cell(context.wave(facts.waves[row_index]), "title", colours[facts.waves[row_index]])
        for column_index, other in enumerate(facts.waves[1:], 1):
            counts = facts.pairs.get((facts.waves[row_index], other), PairCounts())
            style = "error" if counts.certain else "warning" if counts.possible else ""
            text = "".join(cell.text for cell in _count_cells(counts, context))
            yield Cell("" if column_index <= row_index else text or EMPTY_CELL, style)

    return build_table(columns, range(len(facts.waves) - 1), row)


def _pair_table(facts: Convergence, context: RenderContext, limit: int | None) -> Table:
    """Return a row for each pair of waves: by certain clashes, possible clashes, then meetings, most first."""
    columns = (
        Column(context.translate("Waves")),
        *(Column(context.translate(label), align_right=True) for label in _COUNT_LABELS.values()),
    )

    def order(pair: WavePair) -> tuple[int, int, int, WavePair]:
        counts = facts.pairs[pair]
        return -counts.certain, -counts.possible, -counts.meetings, pair

    def row(pair: WavePair) -> Iterator[Cell]:
        yield Cell(context.waves(dict.fromkeys(pair)), "title")
        for name in _COUNT_LABELS:
            count = getattr(facts.pairs[pair], name)
            yield Cell(str(count) if count else EMPTY_CELL, _COUNT_STYLES.get(name, "") if count else "")

    return build_table(columns, sorted(facts.pairs, key=order), row, limit)


# -- clashes and meetings


_POSSIBLE_CLASH_HINT = phrase(
    "to resolve a possible clash, make the dates exact and name who goes to which moment: "
    "wavectl moment edit … --add-actor …"
)


def _clashes(facts: Convergence, context: RenderContext, limit: int | None) -> Section:
    translate, heading = context.translate, context.translate("Clashes")

    def certainty(clash: Clash) -> Cell:
        return Cell(translate("certain"), "error") if clash.certain else Cell(translate("possible"), "warning")

    return table_section(
        heading,
        facts.clashes,
        limit,
        (Column(), certainty),
        *_two_moments(facts, context),
        (
            Column(translate("Who is expected at both")),
            lambda clash: append_times(clash_actors(facts, clash, context), clash.times, context),
        ),
        notes=[styled_line(translate(_POSSIBLE_CLASH_HINT), "hint")] if facts.totals.possible else [],
        omitted=facts.totals.clashes - len(facts.clashes),
    ) or Section(heading, (styled_line(translate("none"), "firm"),))


def _two_moments(
    facts: Convergence, context: RenderContext
) -> list[tuple[Column, Callable[[Clash | Meeting], Cell | str]]]:
    return [
        (Column(context.translate("First moment")), lambda item: describe_moment(facts, item.moments[0], context)),
        (Column(context.translate("Second moment")), lambda item: describe_moment(facts, item.moments[-1], context)),
    ]


def _shared_moments(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    translate, actions = context.translate, facts.actions
    shared = [meeting for meeting in facts.meetings if meeting.kind == "moment"]
    has_actions = actions and any(actions.around(meeting.moments[0]) for meeting in shared)
    around = (
        Column(translate("Local actions")),
        lambda meeting: _counts_by_wave(actions.around(meeting.moments[0]), context) if actions else "",
    )
    return table_section(
        translate("Moments in common"),
        shared,
        limit,
        (
            Column(translate("Date")),
            lambda meeting: Cell(date_with_status(meeting.moments[0], context), "" if meeting.exact else "vague"),
        ),
        (
            Column(translate("Moment")),
            lambda meeting: Cell(
                append_times(title_with_place(meeting.moments[0], context), meeting.times, context), "title"
            ),
        ),
        (Column(translate("Waves")), lambda meeting: shorten_list(map(context.wave, meeting.waves))),
        *([around] if has_actions else []),
        hint=translate(_SHARED_MOMENTS_HINT),
    )


_SHARED_MOMENTS_HINT = phrase("one delegation can speak for all of these waves")
_PAIR_SECTIONS = {
    "likely": (phrase("Probably the same moment"), _LIKELY),
    "place": (phrase("In the same town"), phrase("one delegation, one message")),
    "inside": (phrase("In the same town, inside a wave"), phrase("one journey can serve both")),
    "days": (phrase("Around the same days"), phrase("one message, sent out once for both")),
}
"""The heading of each kind of meetings of two moments, and what they offer."""


def _time_apart(meeting: Meeting, context: RenderContext) -> str:
    """Return the time between two moments, and how often they meet."""
    text = msg("1 day") if meeting.days_apart == 1 else msg("{count} days", count=meeting.days_apart)
    if not meeting.days_apart:
        text = msg("same days") if meeting.exact else msg("days not known yet")
    return append_times(context.format_message(text), meeting.times, context)


def _moment_pairs(facts: Convergence, kind: str, context: RenderContext, limit: int | None) -> Section | None:
    meetings = [meeting for meeting in facts.meetings if meeting.kind == kind]
    heading, hint = _PAIR_SECTIONS[kind]
    apart = (Column(context.translate("Time between"), min_width=9), lambda meeting: _time_apart(meeting, context))
    return table_section(
        context.translate(heading),
        meetings,
        limit,
        *_two_moments(facts, context),
        *([] if kind == "likely" else [apart]),
        hint=context.translate(hint),
        omitted=getattr(facts.totals, COUNT_FIELDS[kind]) - len(meetings),
    )


def _counts_by_wave(counts: Mapping[str, int], context: RenderContext) -> str:
    return ", ".join(
        context.labelled(context.wave(wave), format_number(count, context.language)) for wave, count in counts.items()
    )


def _actions_in_towns(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    """Return where local actions of several waves are in one town, around the same days."""
    translate = context.translate

    def days(meeting: TownMeeting) -> str:
        text = f"{meeting.first}/{meeting.last}" if meeting.first != meeting.last else str(meeting.first)
        return format_date(parse(text), context.language)

    def town(meeting: TownMeeting) -> Cell:
        return Cell(printable(format_place(meeting.place, meeting.country, context.language)), "title")

    return table_section(
        translate("Local actions of several waves in one town"),
        facts.actions.towns if facts.actions else (),
        limit,
        (Column(translate("Date")), days),
        (Column(translate("Place")), town),
        (Column(translate("Local actions")), lambda meeting: _counts_by_wave(meeting.waves, context)),
        hint=translate(_PAIR_SECTIONS["place"][1]),
    )


def _shared_actors(facts: Convergence, context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    return table_section(
        translate("Actors in common"),
        facts.shared_actors,
        limit,
        (Column(translate("Actor")), lambda shared: Cell(actor_name(facts, shared.actor, context, full=True), "title")),
        (Column(translate("Waves")), lambda shared: describe_actor_waves(facts, shared, context)),
        hint=translate(_SHARED_ACTORS_HINT),
    )


_SHARED_ACTORS_HINT = phrase("each can speak for all of its waves, or the members in brackets can")


# -- JSON


SCHEMA = "wavectl/converge/1"


def as_data(facts: Convergence, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    return {
        "schema": SCHEMA,
        "today": facts.today,
        "waves": facts.waves,
        "within_days": facts.within_days,
        "summary": {**facts.totals._asdict(), "certain_ahead": facts.upcoming_clashes},
        "complete": facts.complete,
        "pairs": [{"waves": pair, **counts._asdict()} for pair, counts in facts.pairs.items()],
        "clashes": [_clash_data(facts, clash, context) for clash in facts.clashes],
        "meetings": [_meeting_data(facts, meeting, context) for meeting in facts.meetings],
        "actors": [_actor_data(facts, shared, context) for shared in facts.shared_actors],
        **({"actions": _action_data(facts, facts.actions)} if facts.actions else {}),
    }


def _action_data(facts: Convergence, actions: ActionMeetings) -> dict[str, Any]:
    shared = [meeting.moments[0] for meeting in facts.meetings if meeting.kind == "moment"]
    return {
        "towns": [meeting._asdict() for meeting in actions.towns],
        "moments": [{"moment": one.group.root.reference, "waves": actions.around(one)} for one in shared],
    }


def _clash_data(facts: Convergence, clash: Clash, context: RenderContext) -> dict[str, Any]:
    return {
        "how": "certain" if clash.certain else "possible",
        "open": None if clash.certain else clash.condition,
        "waves": clash.waves,
        "moments": [_moment_data(facts, entry, context) for entry in clash.moments],
        "first": clash.first,
        "last": clash.last,
        "times": clash.times,
        "actors": clash.actors,
        "collectives": [whole._asdict() for whole in clash.collectives],
    }


def _meeting_data(facts: Convergence, meeting: Meeting, context: RenderContext) -> dict[str, Any]:
    return {
        "kind": meeting.kind,
        "sure": meeting.exact,
        "waves": meeting.waves,
        "moments": [_moment_data(facts, entry, context) for entry in meeting.moments],
        "days_apart": meeting.days_apart,
        "times": meeting.times,
        "hook": context.format_machine_message(describe_opportunity(meeting, context)),
    }


def _actor_data(facts: Convergence, shared_actor: SharedActor, context: RenderContext) -> dict[str, Any]:
    return {
        "actor": shared_actor.actor,
        "name": actor_name(facts, shared_actor.actor, context, full=True),
        "waves": shared_actor.waves,
        "parts": shared_actor.parts,
        "unconfirmed": shared_actor.unconfirmed_in,
        "hook": context.format_machine_message(describe_actor_opportunity(shared_actor)),
    }


def _moment_data(facts: Convergence, entry: Entry, context: RenderContext) -> dict[str, Any]:
    return {
        "moment": entry.group.root.reference,
        "waves": sorted(waves_of(entry, facts.waves)),
        "title": text_data(entry.title, context),
        **date_data(entry.occurrence.when, entry.occurrence.local, entry.group.zone, context),
        "status": entry.occurrence.status,
        "place": text_data(entry.place.name, context),
        "country": entry.place.country,
    }
