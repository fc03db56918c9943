"""A wave on one card: its message, its calendar, who takes part, what is done, what comes next, what is found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.diagnostics import Finding
from wavectl.insights.progress import Progress, progress
from wavectl.model import ActorKind, Text, Wave
from wavectl.model import Group as Side
from wavectl.model.wave import Campaign
from wavectl.plan.loader import Plan
from wavectl.timeline import Entry, Filter, kind_of, named, timeline


class Participant(NamedTuple):
    """Somebody who takes part in a wave, as it knows them."""

    actor: str | None
    name: Text
    kind: ActorKind | None
    role: Text | None
    confirmed: bool


class Card(NamedTuple):
    """A wave. ``ahead`` are the times of its moments that are not over, ``past`` counts the others.

    ``content`` has every strategic priority, None where the wave has nothing under it. ``campaigns`` come with the
    names of their actors. ``findings`` is what there is to say about the wave, ``inside`` whether the card stays in the
    house.
    """

    today: date
    name: str
    wave: Wave
    progress: Progress | None
    ahead: tuple[Entry, ...]
    past: int
    actors: Mapping[Side, tuple[Participant, ...]]
    content: tuple[tuple[Text, Text | None], ...]
    priorities: tuple[str, ...]
    campaigns: tuple[tuple[Campaign, tuple[Text, ...]], ...]
    findings: tuple[Finding, ...]
    inside: bool


def card(plan: Plan, wave_id: str, today: date, findings: Sequence[Finding] = (), *, inside: bool = True) -> Card:
    """Return the card of a wave; not ``inside`` the house there is nothing on it that is not to be published."""
    wave = plan.waves[wave_id]
    entries = timeline(plan, [wave_id], today, drafts=inside).entries
    ahead = timeline(plan, [wave_id], today, wanted=Filter(upcoming=True), drafts=inside).entries
    priorities = plan.programme.priorities
    listed = [_participant(plan, wave_id, place) for place in range(len(wave.actors))]
    return Card(
        today,
        wave_id,
        wave,
        progress(wave.period, today),
        ahead,
        len(entries) - len(ahead),
        {side: tuple(one for one in listed if one.kind and one.kind.group is side) for side in Side},
        tuple((name, wave.content.get(priority)) for priority, name in priorities.items()),
        tuple(priorities),
        tuple(
            (campaign, tuple(named(plan, actor, [wave_id]).name or actor for actor in campaign.actors))
            for campaign in wave.campaigns
        ),
        tuple(finding for finding in findings if inside and finding.wave == wave_id),
        inside,
    )


def _participant(plan: Plan, wave_id: str, place: int) -> Participant:
    actor = plan.waves[wave_id].actors[place]
    known = plan.programme.actors.get(actor.id or "")
    name = actor.name or (known.name if known else actor.id) or ""
    return Participant(actor.id, name, kind_of(plan, actor), actor.role, actor.confirmed)
