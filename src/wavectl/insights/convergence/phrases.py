"""Descriptions of meetings, clashes, moments and actors in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wavectl.diagnostics import Message, msg, phrase
from wavectl.insights.convergence import DATES, HOURS, PEOPLE, Clash, Convergence, Meeting, SharedActor
from wavectl.insights.convergence.candidates import waves_of
from wavectl.model import Status
from wavectl.render.context import RenderContext
from wavectl.timeline import Entry, resolve_actor_name

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
