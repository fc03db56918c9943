"""Two waves have the same earlier id.

What it does: compares the ids under ``was`` of all waves.

Why it matters: the feed of a wave is also written under its earlier ids. Two waves with the same one would overwrite
each other's feed, and subscribers would see now one wave, now the other.

Bad::

    # shelter.yaml
    title: "Shelter"
    status: announced
    was: [homes]
    # wave.yaml
    title: "The right to housing"
    status: announced
    was: [homes]

Good::

    # shelter.yaml
    title: "Shelter"
    status: announced
    # wave.yaml
    title: "The right to housing"
    status: announced
    was: [homes]
"""

from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    waves_by_name: dict[str, str] = {}
    for wave_id, wave in plan.waves.items():
        for number, name in enumerate(wave.was):
            other = waves_by_name.setdefault(name, wave_id)
            if other != wave_id:
                message = msg("the wave {other} has the earlier id {name} too", other=quoted(other), name=quoted(name))
                hint = msg("keep it in the wave whose feed it was")
                yield Violation(wave_id, ("was", number), message, hint)
