"""A wave has content for fewer strategic priorities than the programme wants.

What it does: counts the strategic priorities under ``content`` and compares the number with ``design:
min_priorities``.

Why it matters: a wave should work on several fronts, from advocacy to monitoring.

Bad::

    # programme.yaml
    design:
      min_priorities: 3
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    content:
      advocacy: "Cities speak for the right to housing."

Good::

    # programme.yaml
    design:
      min_priorities: 1
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    content:
      advocacy: "Cities speak for the right to housing."
"""

from wavectl.diagnostics import msg, phrase
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    minimum, priorities = plan.programme.design.min_priorities or 0, plan.programme.priorities
    for wave_id, wave in plan.waves.items():
        missing = [name for priority, name in priorities.items() if priority not in wave.content]
        number = len(priorities) - len(missing)
        if number < minimum:
            text = phrase(
                "the wave has content for {number} of the strategic priorities; the programme wants {minimum}"
            )
            message = msg(text, number=number, minimum=minimum)
            hint = msg("there is nothing yet about {missing}", missing=missing)
            yield Violation(wave_id, ("content",), message, hint)
