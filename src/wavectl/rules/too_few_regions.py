"""A wave's actors reach fewer regions than the programme wants.

What it does: counts the regions of a wave's actors and compares the number with ``design: min_regions``. An actor
reaches the regions that it names, those that list its country, and those of its parts (``part_of``).

Why it matters: a wave should move different parts of the world at once.

Bad::

    # programme.yaml
    regions:
      africa: "Africa"
      europe:
        name: "Europe"
        countries: [ES]
    design:
      min_regions: 2
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
        country: ES

Good::

    # programme.yaml
    regions:
      africa: "Africa"
      europe:
        name: "Europe"
        countries: [ES]
    design:
      min_regions: 2
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
        country: ES
      - id: uclg-africa
        name: "UCLG Africa"
        kind: section
        regions: [africa]
"""

from wavectl.diagnostics import msg, phrase
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.actors import RegionIndex


def check(plan: Plan) -> Violations:
    minimum, regions = plan.programme.design.min_regions or 0, plan.programme.regions
    if not minimum:
        return
    index = RegionIndex(plan)
    for wave_id in plan.waves:
        reached = index.of_wave(wave_id)
        missing = [region for region in regions if region not in reached]
        number = len(regions) - len(missing)
        if number < minimum:
            text = phrase("the wave's actors reach {number} regions; the programme wants {minimum}")
            message = msg(text, number=number, minimum=minimum)
            hint = msg("add regions: to programme.yaml")
            if missing:
                hint = msg("there are no actors yet from {missing}", missing=", ".join(missing))
            yield Violation(wave_id, ("actors",), message, hint)
