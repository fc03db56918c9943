"""What a meeting offers, what a clash depends on, and how moments and actors are called, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wavectl.diagnostics import Message, phrase, say
from wavectl.insights.convergence import DATES, HOURS, PEOPLE, Clash, Convergence, Meeting, SharedActor
from wavectl.insights.convergence.occurrences import waves_of
from wavectl.model import Status
from wavectl.render.context import Look
from wavectl.timeline import Entry, named

_IF: Mapping[str, str] = {
    DATES: phrase("{actors}, if both fall on the same days"),
    PEOPLE: phrase("perhaps {actors}: it is not written who goes to which moment"),
    HOURS: phrase("{actors}, if there is no time to get from one to the other"),
}
"""Who is asked to be in two places, by what has to come true for it."""
_FEW = 6
"""How many names are told of a list that may have many."""


def asked(facts: Convergence, clash: Clash, look: Look) -> str:
    """Return who is asked to be in two places, and what has to come true for it."""
    names = [named_as(facts, actor, look) for actor in clash.actors]
    names += [
        f"{named_as(facts, whole.actor, look)} ({few(named_as(facts, part, look) for part in whole.parts)})"
        for whole in clash.collectives
    ]
    return few(names) if clash.certain else look.tell(say(_IF[clash.how], actors=few(names)))


def few(names: Iterable[str]) -> str:
    """Return the first names of a list, and … for the rest."""
    listed = list(names)
    return ", ".join((*listed[:_FEW], *(["…"] if len(listed) > _FEW else [])))


def hook(meeting: Meeting, look: Look) -> Message:
    """Return what waves can make of a meeting, in words."""
    if meeting.kind == "moment":
        return say("one delegation can speak for all of these waves")
    if meeting.kind == "likely":
        return say("ask whether it is one moment; if so, tie the two with same_as and go there together")
    if meeting.kind == "place":
        return _in_town(meeting, look.text(meeting.moments[0].place.name))
    if not meeting.gap:
        return say("on the same days: one message, sent out once for both")
    if meeting.gap == 1:
        return say("on days that follow each other: one message, sent out once for both")
    return say("{count} days apart: one message, sent out once for both", count=meeting.gap)


def _in_town(meeting: Meeting, town: str) -> Message:
    if not meeting.sure:
        return say("both may be in {town} at the same time: settle the dates together", town=town)
    if not meeting.gap:
        return say("both are in {town} on the same days: one delegation, one message", town=town)
    if meeting.gap == 1:
        return say("both are in {town}, one right after the other: one delegation, one message", town=town)
    return say("both are in {town}, {count} days apart: one delegation, one message", town=town, count=meeting.gap)


def told(facts: Convergence, entry: Entry, look: Look) -> str:
    """Return a moment with its place, its date and its waves."""
    return f"{called(entry, look)}, {dated(entry, look)} ({few(sorted(waves_of(entry, facts.waves)))})"


def dated(entry: Entry, look: Look) -> str:
    """Return the date of a moment, and how sure it is where it is not confirmed."""
    status = entry.occurrence.status
    return look.date(entry) if status is Status.CONFIRMED else f"{look.date(entry)}, {look.status(status)}"


def called(entry: Entry, look: Look) -> str:
    """Return what a moment is called, in few words, and its town; its country where the town is not known."""
    place = entry.place
    where = look.text(place.name) if place.name else look.place(place)
    changed = entry.occurrence.change and entry.occurrence.change.title
    name = look.text(changed or entry.group.short or entry.title)
    name = f"{name} ({look.translate('draft')})" if entry.draft else name
    return f"{name}, {where}" if where else name


def often(text: str, times: int, look: Look) -> str:
    """Return what happens, and how often where that is more than once."""
    return text if times == 1 else f"{text} ({look.tell(say('{count} times', count=times))})"


def acting(facts: Convergence, one: SharedActor, look: Look) -> str:
    """Return the waves in which an actor acts, with the parts of a collective that some of them name instead."""
    unsure = look.translate("to be confirmed")
    whole = [f"{wave} ({unsure})" if wave in one.unsure else wave for wave in one.waves]
    by_parts = [f"{wave} ({few(named_as(facts, part, look) for part in parts)})" for wave, parts in one.parts.items()]
    return few([*whole, *by_parts])


def voice(one: SharedActor) -> Message:
    """Return what waves can make of an actor they share, in words."""
    if one.parts:
        return say("those named can speak for {waves} as well", waves=few(one.waves))
    return say("can speak for all of these waves")


def named_as(facts: Convergence, actor: str, look: Look, *, full: bool = False) -> str:
    """Return what an actor is called: by its short name if there is one, unless the full one is wanted."""
    wave, slash, own = actor.rpartition("/")
    known = facts.plan.programme.actors.get(actor)
    if known is not None and known.short and not full:
        return look.text(known.short)
    name = named(facts.plan, own if slash else actor, [wave] if slash else facts.waves).name
    return look.text(name) if name else actor
