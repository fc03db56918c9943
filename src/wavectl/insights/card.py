"""A wave on one card: its message, its calendar, who takes part, what is done, what comes next, what is found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.diagnostics import Finding
from wavectl.insights.progress import WaveProgress, wave_progress
from wavectl.model import ActorGroup as Side
from wavectl.model import ActorKind, Text, Wave
from wavectl.model.wave import Campaign
from wavectl.plan.loader import Plan
from wavectl.timeline import Entry, Filter, actor_kind, build_timeline, resolve_actor_name


class CardActor(NamedTuple):
    """Somebody who takes part in a wave, as it knows them."""

    actor_id: str | None
    name: Text
    kind: ActorKind | None
    role: Text | None
    confirmed: bool


class WaveCard(NamedTuple):
    """A wave. ``ahead`` are the times of its moments that are not over, ``past`` counts the others.

    ``content`` has every strategic priority, None where the wave has nothing under it. ``campaigns`` come with the
    names of their actors. ``findings`` is what there is to say about the wave, ``inside`` whether the card stays in the
    house.
    """

    today: date
    wave_id: str
    wave: Wave
    progress: WaveProgress | None
    upcoming: tuple[Entry, ...]
    past_count: int
    actors: Mapping[Side, tuple[CardActor, ...]]
    content: tuple[tuple[Text, Text | None], ...]
    priorities: tuple[str, ...]
    campaigns: tuple[tuple[Campaign, tuple[Text, ...]], ...]
    findings: tuple[Finding, ...]
    internal: bool


def build_card(
    plan: Plan, wave_id: str, today: date, findings: Sequence[Finding] = (), *, internal: bool = True
) -> WaveCard:
    """Return the card of a wave; not ``inside`` the house there is nothing on it that is not to be published."""
    wave = plan.waves[wave_id]
    entries = build_timeline(plan, [wave_id], today, drafts=internal).entries
    ahead = build_timeline(plan, [wave_id], today, entry_filter=Filter(upcoming=True), drafts=internal).entries
    priorities = plan.programme.priorities
    listed = [_card_actor(plan, wave_id, place) for place in range(len(wave.actors))]
    return WaveCard(
        today,
        wave_id,
        wave,
        wave_progress(wave.period, today),
        ahead,
        len(entries) - len(ahead),
        {side: tuple(one for one in listed if one.kind and one.kind.group is side) for side in Side},
        tuple((name, wave.content.get(priority)) for priority, name in priorities.items()),
        tuple(priorities),
        tuple(
            (campaign, tuple(resolve_actor_name(plan, actor, [wave_id]).name or actor for actor in campaign.actors))
            for campaign in wave.campaigns
        ),
        tuple(finding for finding in findings if internal and finding.wave == wave_id),
        internal,
    )


def _card_actor(plan: Plan, wave_id: str, position: int) -> CardActor:
    actor = plan.waves[wave_id].actors[position]
    known = plan.programme.actors.get(actor.id or "")
    name = actor.name or (known.name if known else actor.id) or ""
    return CardActor(actor.id, name, actor_kind(plan, actor), actor.role, actor.confirmed)
