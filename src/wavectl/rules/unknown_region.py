"""A region is named that the programme does not have.

What it does: looks up each id under ``regions`` of actors, moments and feeds.

Why it matters: a wave is measured by the regions that it reaches, and a misspelt one is not counted.

Bad::

    # programme.yaml
    regions:
      africa: "Africa"
    # wave.yaml
    title: "Migration"
    status: announced
    moments:
      - id: forum
        title: "Forum in Praia"
        when: 2017-10-17
        regions: [afrika]

Good::

    # programme.yaml
    regions:
      africa: "Africa"
    # wave.yaml
    title: "Migration"
    status: announced
    moments:
      - id: forum
        title: "Forum in Praia"
        when: 2017-10-17
        regions: [africa]
"""

from wavectl.diagnostics import msg, quoted
from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, listed_ids
from wavectl.text.suggest import suggest_by_alias


def check(plan: Plan) -> Violations:
    known = plan.programme.regions
    for wave_id, path, name in listed_ids(plan, "regions"):
        if name not in known:
            message = msg("{name} is not a region of the programme", name=quoted(name))
            names = {known_id: all_translations(region.name) for known_id, region in known.items()}
            hint = suggest_by_alias(name, names) if known else msg("add regions: to programme.yaml")
            yield Violation(wave_id, path, message, hint)
