"""A moment has an outcome before it has started.

What it does: looks for an ``outcome`` of a moment whose earliest day is in the future.

Why it matters: either the date is wrong, or readers are given news that cannot be known yet.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02
        outcome: "Forty cities signed the declaration."

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-05-02
        outcome: "Forty cities signed the declaration."
"""

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.ties import InheritedDates


def check(plan: Plan) -> Violations:
    inherited = InheritedDates(plan)
    for wave_id, position, moment in plan.each_moment("outcome") if plan.today else ():
        when = inherited.complete(wave_id, moment).when
        if moment.outcome and when and when.earliest and plan.today and when.earliest > plan.today:
            message = msg("the moment has an outcome, but has not started yet: {date}", date=when)
            hint = msg(
                "check the date, or take the outcome away until then: {command}",
                command=f'wavectl moment edit {wave_id}/{moment.id} --outcome ""',
            )
            yield Violation(wave_id, ("moments", position, "outcome"), message, hint, waiver_id=moment.id)
