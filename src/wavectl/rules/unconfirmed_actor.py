"""An actor of a wave is not confirmed yet.

What it does: lists the actors with ``confirmed: false``.

Why it matters: someone has to check with the actor before the wave is published with that name.

Bad::

    # wave.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    actors:
      - id: cmi
        name: "Center for Mediterranean Integration"
        kind: international
        confirmed: false

Good::

    # wave.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    actors:
      - id: cmi
        name: "Center for Mediterranean Integration"
        kind: international
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline import unconfirmed_actors

RULE = Rule("unconfirmed-actor")


def check(plan: Plan) -> Iterator[Finding]:
    """Find actors that still have to be asked."""
    for one in unconfirmed_actors(plan):
        message = msg('the actor "{name}" is not confirmed', name=one.name)
        hint = msg("ask, then take out confirmed: false, or the actor")
        path = ("actors", one.position, "confirmed")
        yield RULE.finding(plan, one.wave, path, message, hint, waiver=one.actor_id or "")
