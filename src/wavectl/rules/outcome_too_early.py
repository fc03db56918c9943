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

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline.ties import with_inherited_date

RULE = Rule("outcome-too-early")


def check(plan: Plan) -> Iterator[Finding]:
    """Find outcomes of moments that have not started."""
    if plan.today is None:
        return
    for wave_id, wave in plan.waves.items():
        for position, moment in wave.moments_with("outcome"):
            if moment.outcome is None:
                continue
            when = with_inherited_date(plan, wave_id, moment).when
            if when is None or when.earliest is None or when.earliest <= plan.today:
                continue
            message = msg("the moment has an outcome, but has not started yet: {date}", date=when)
            hint = msg("check the date, or keep the outcome under note: until then")
            yield RULE.finding(plan, wave_id, ("moments", position, "outcome"), message, hint, waiver=moment.id)
