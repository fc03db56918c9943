"""A wave has no actor from a group that the programme requires: the network, or partners from outside.

What it does: looks at the ``kind`` of a wave's actors, in the wave or in the programme's register, and compares their
groups with ``design: required_groups``. Members, sections, committees, working groups, task forces and associations
are the network; all other kinds are partners from outside.

Why it matters: a wave needs different parts of the network to act together with partners.

Bad::

    # programme.yaml
    design:
      required_groups: [network, external]
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    actors:
      - id: barcelona
        name: "City of Barcelona"
        kind: member

Good::

    # programme.yaml
    design:
      required_groups: [network, external]
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    actors:
      - id: barcelona
        name: "City of Barcelona"
        kind: member
      - id: hic
        name: "Habitat International Coalition"
        kind: civil_society
"""

from wavectl.diagnostics import msg
from wavectl.model import ActorGroup, ActorKind
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.actors import actor_kind


def check(plan: Plan) -> Violations:
    required = plan.programme.design.required_groups
    for wave_id, wave in plan.waves.items() if required else ():
        present = {kind.group for actor in wave.actors if (kind := actor_kind(plan, actor))}
        for group in dict.fromkeys(required):
            if group in present:
                continue
            if group is ActorGroup.NETWORK:
                message = msg("no actor of the wave is part of the network")
            else:
                message = msg("no actor of the wave is a partner from outside the network")
            kinds = ", ".join(kind for kind in ActorKind if kind.group is group)
            hint = msg(
                "add an actor of one of these kinds, {kinds}: {command}",
                kinds=kinds,
                command=f'wavectl actor add "…" --wave {wave_id}',
            )
            yield Violation(wave_id, ("actors",), message, hint)
