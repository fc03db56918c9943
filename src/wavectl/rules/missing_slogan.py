"""A wave has no slogan.

What it does: checks that each wave has a ``slogan``. Waves that are only announced need none.

Why it matters: one clear political message turns scattered actions into a wave.

Bad::

    # wave.yaml
    title: "The right to housing"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    for wave_id, wave in plan.waves.items():
        if wave.slogan is None:
            hint = msg(
                "write the message of the wave in one sentence: {command}",
                command=f'wavectl wave edit {wave_id} --slogan "…"',
            )
            yield Violation(wave_id, ("slogan",), msg("the wave has no slogan"), hint)
