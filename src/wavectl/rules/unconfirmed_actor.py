"""An actor of a wave is not confirmed yet.

What it does: lists the actors with ``confirmed: false``.

Why it matters: pages and calendars name the actor in public, as still to be confirmed. Someone has to ask it before the
wave is published, or take it out.

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

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.actors import unconfirmed_actors


def check(plan: Plan) -> Violations:
    for actor in unconfirmed_actors(plan):
        message = msg("the actor {name} is not confirmed", name=msg('"{text}"', text=actor.name))
        name = actor.actor_id or '"…"'
        hint = msg(
            "ask the actor; after a yes: {command}; after a no: {other}",
            command=f"wavectl actor confirm {actor.wave} {name}",
            other=f"wavectl actor remove {actor.wave} {name}",
        )
        path = ("actors", actor.position, "confirmed")
        yield Violation(actor.wave, path, message, hint, waiver_id=actor.actor_id or "")
