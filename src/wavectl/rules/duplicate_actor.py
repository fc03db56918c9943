"""An actor appears twice among the actors of a wave.

What it does: looks for an id that the wave lists more than once, and for an id of the programme's register to which
the wave gives another name.

Why it matters: two entries for one actor will disagree sooner or later, and the actor is counted twice.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    actors:
      - id: hic
        name: "Habitat International Coalition"
        kind: civil_society
      - id: hic
        name: "Habitat Coalition"
        kind: civil_society

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    actors:
      - id: hic
        name: "Habitat International Coalition"
        kind: civil_society
"""

from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    for wave_id, wave in plan.waves.items():
        seen: set[str | None] = set()
        for position, actor in enumerate(wave.actors):
            path = ("actors", position, "id")
            if actor.id and actor.id in seen:
                message = msg("the actor {id} appears here a second time", id=quoted(actor.id))
                yield Violation(wave_id, path, message, msg("keep one of the two"))
            elif actor.name is not None and actor.id in plan.programme.actors:
                message = msg("the actor {id} is already in the programme's register", id=quoted(actor.id))
                yield Violation(wave_id, path, message, msg("remove the name, or give this actor another id"))
            seen.add(actor.id)
