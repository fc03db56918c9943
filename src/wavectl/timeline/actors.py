"""Who takes part in a moment, as its waves and the programme's register know them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wavectl.model import Text
from wavectl.plan import Plan


class Named(NamedTuple):
    """The name of an actor, None where nobody gives one, and whether one of the waves is not sure of it."""

    name: Text | None
    unsure: bool


def named(plan: Plan, actor: str, waves: Iterable[str]) -> Named:
    """Return what an actor is called: by the register, else by the first of these waves that says so."""
    known = plan.programme.actors.get(actor)
    own = [one for wave in waves if wave in plan.waves for one in plan.waves[wave].actors if one.id == actor]
    name = known.name if known else next((one.name for one in own if one.name), None)
    return Named(name, any(not one.confirmed for one in own))
