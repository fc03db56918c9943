"""An earlier id of a wave belongs to another wave.

What it does: compares the ids under ``was`` with the ids and the earlier ids of all other waves.

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

from wavectl.diagnostics import msg, phrase, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    waves_by_name: dict[str, str] = {}
    for wave_id, wave in plan.waves.items():
        for number, name in enumerate(wave.was):
            other = waves_by_name.setdefault(name, name if name in plan.waves else wave_id)
            if other == wave_id:
                continue
            text = phrase("the wave {other} has the earlier id {name} too")
            hint = msg("keep it in the wave whose feed it was")
            if other == name:
                text = phrase("the id {name} is that of another wave, so the feed of this one cannot go on under it")
                hint = msg("remove it here, or give the other wave an id that was never used")
            yield Violation(wave_id, ("was", number), msg(text, other=quoted(other), name=quoted(name)), hint)
