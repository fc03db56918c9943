"""Where waves meet and where they collide, for programs: the schema ``wavectl/converge/1``."""

from __future__ import annotations

from typing import Any

from wavectl.insights.convergence import Clash, Convergence, Meeting, SharedActor
from wavectl.insights.convergence.occurrences import waves_of
from wavectl.insights.convergence.phrases import hook, named_as, voice
from wavectl.insights.page_parts import date_data
from wavectl.model import wording
from wavectl.render.context import Look
from wavectl.timeline import Entry

SCHEMA = "wavectl/converge/1"


def data(facts: Convergence, look: Look) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "waves": list(facts.waves),
        "within_days": facts.within,
        "summary": {**facts.totals._asdict(), "certain_ahead": facts.ahead},
        "complete": facts.complete,
        "pairs": [{"waves": list(pair), **facts.pairs[pair]._asdict()} for pair in facts.pairs],
        "clashes": [_clash_data(facts, clash, look) for clash in facts.clashes],
        "meetings": [_meeting_data(facts, meeting, look) for meeting in facts.meetings],
        "actors": [_actor_data(facts, one, look) for one in facts.shared],
    }


def _clash_data(facts: Convergence, clash: Clash, look: Look) -> dict[str, Any]:
    return {
        "how": "certain" if clash.certain else "possible",
        "open": None if clash.certain else clash.how,
        "waves": list(clash.waves),
        "moments": [_moment(facts, entry, look) for entry in clash.moments],
        "first": clash.first.isoformat(),
        "last": clash.last.isoformat(),
        "times": clash.times,
        "actors": list(clash.actors),
        "collectives": [{"actor": whole.actor, "parts": list(whole.parts)} for whole in clash.collectives],
    }


def _meeting_data(facts: Convergence, meeting: Meeting, look: Look) -> dict[str, Any]:
    return {
        "kind": meeting.kind,
        "sure": meeting.sure,
        "waves": list(meeting.waves),
        "moments": [_moment(facts, entry, look) for entry in meeting.moments],
        "days_apart": meeting.gap,
        "times": meeting.times,
        "hook": look.message(hook(meeting, look)),
    }


def _actor_data(facts: Convergence, one: SharedActor, look: Look) -> dict[str, Any]:
    return {
        "actor": one.actor,
        "name": named_as(facts, one.actor, look, full=True),
        "waves": list(one.waves),
        "parts": {wave: list(parts) for wave, parts in one.parts.items()},
        "unconfirmed": list(one.unsure),
        "hook": look.message(voice(one)),
    }


def _moment(facts: Convergence, entry: Entry, look: Look) -> dict[str, Any]:
    return {
        "moment": entry.group.root.reference,
        "waves": sorted(waves_of(entry, facts.waves)),
        "title": wording(entry.title, look.languages),
        **date_data(entry.occurrence.when, entry.occurrence.local, look),
        "status": entry.occurrence.status.value,
        "place": wording(entry.place.name, look.languages) or None,
        "country": entry.place.country,
    }
