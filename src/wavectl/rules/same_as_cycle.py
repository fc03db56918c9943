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

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline import full_reference

RULE = Rule("same-as-cycle")


def check(plan: Plan) -> Iterator[Finding]:
    """Find rings of ties; each is told once, at the first of its moments."""
    places: dict[str, tuple[str, int]] = {}
    ties: dict[str, str] = {}
    for wave_id, wave in plan.waves.items():
        for place, moment in wave.moments_with("same_as"):
            if moment.same_as:
                reference = f"{wave_id}/{moment.id}"
                places.setdefault(reference, (wave_id, place))
                ties.setdefault(reference, full_reference(moment.same_as, wave_id))
    done: set[str] = set()
    for start in ties:
        chain: dict[str, None] = {}  # in order
        here = start
        while here in ties and here not in done and here not in chain:
            chain[here] = None
            here = ties[here]
        if here in chain:
            ring = list(chain)[list(chain).index(here) :]
            wave_id, place = places[min(ring)]
            message = msg("these moments are the same as one another in a ring: {ring}", ring=" → ".join((*ring, here)))
            hint = msg("take same_as out of the moment that knows most, so that the others follow it")
            yield RULE.finding(plan, wave_id, ("moments", place, "same_as"), message, hint)
        done.update(chain)
