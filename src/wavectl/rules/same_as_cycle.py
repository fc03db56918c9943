"""Moments refer to one another as the same moment in a loop.

What it does: follows ``same_as`` from moment to moment and checks that it never comes back to where it started.

Why it matters: one moment of a group has to be its root, which gives the title, the place and the status.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02
        same_as: wave/cities
      - id: cities
        title: "Cities forum"
        when: 2017-11-02
        same_as: wave/forum

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02
      - id: cities
        title: "Cities forum"
        when: 2017-11-02
        same_as: wave/forum
"""

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.ties import full_reference


def check(plan: Plan) -> Violations:
    """Find loops of ties. Each is reported once, at the moment of the loop with the first reference."""
    positions: dict[str, tuple[str, int]] = {}
    targets: dict[str, str] = {}
    for wave_id, position, moment in plan.each_moment("same_as"):
        if moment.same_as:
            reference = f"{wave_id}/{moment.id}"
            positions.setdefault(reference, (wave_id, position))
            targets.setdefault(reference, full_reference(moment.same_as, wave_id))
    visited: set[str] = set()
    for start in targets:
        chain: dict[str, None] = {}  # keeps the order
        current = start
        while current in targets and current not in visited and current not in chain:
            chain[current] = None
            current = targets[current]
        if current in chain:
            loop = list(chain)[list(chain).index(current) :]
            wave_id, position = positions[min(loop)]
            message = msg("these moments refer to one another in a loop: {loop}", loop=" → ".join((*loop, current)))
            hint = msg("remove same_as from the moment with the most details, so that the others follow it")
            yield Violation(wave_id, ("moments", position, "same_as"), message, hint)
        visited.update(chain)
