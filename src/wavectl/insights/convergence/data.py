"""Where waves meet and where they collide, for programs: the schema ``wavectl/converge/1``."""

from __future__ import annotations

from typing import Any

from wavectl.insights.convergence import Clash, Convergence, Meeting, SharedActor
from wavectl.insights.convergence.occurrences import waves_of
from wavectl.insights.convergence.phrases import actor_name, describe_actor_opportunity, describe_opportunity
from wavectl.insights.page_parts import date_data
from wavectl.model import localized_text
from wavectl.render.context import RenderContext
from wavectl.timeline import Entry

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
