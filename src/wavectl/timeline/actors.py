"""Who takes part in a moment, as its waves and the programme's register know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wavectl.model import ActorKind, Text, WaveActor
from wavectl.plan.loader import Plan


class ActorName(NamedTuple):
    """The name of an actor, None where nobody gives one, and whether one of the waves is not sure of it."""

    name: Text | None
    unconfirmed: bool


def resolve_actor_name(plan: Plan, actor_id: str, waves: Iterable[str]) -> ActorName:
    """Return what an actor is called: by the register, else by the first of these waves that says so."""
    known = plan.programme.actors.get(actor_id)
    own = [one for wave in waves if wave in plan.waves for one in plan.waves[wave].actors if one.id == actor_id]
    name = known.name if known else next((one.name for one in own if one.name), None)
    return ActorName(name, any(not one.confirmed for one in own))


class UnconfirmedActor(NamedTuple):
    """An actor who still has to be asked: in which wave, at which place in its list, the id and the name, if any."""

    wave: str
    position: int
    actor_id: str | None
    name: Text | None


def unconfirmed_actors(plan: Plan) -> Iterator[UnconfirmedActor]:
    """Return the actors that their waves are not sure of, in the order of the plan."""
    for wave_id, wave in plan.waves.items():
        for place, actor in enumerate(wave.actors):
            if not actor.confirmed:
                known = plan.programme.actors.get(actor.id or "")
                yield UnconfirmedActor(wave_id, place, actor.id, actor.name or (known.name if known else actor.id))


def actor_kind(plan: Plan, actor: WaveActor) -> ActorKind | None:
    """Return what an actor of a wave is: by the wave, else by the register; None where neither says so."""
    known = plan.programme.actors.get(actor.id or "")
    return actor.kind or (known.kind if known else None)
