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

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, KeyPath, msg, quoted
from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.suggest import suggest_by_alias

RULE = Rule("unknown-region", reads=frozenset(("regions",)))


def check(plan: Plan) -> Iterator[Finding]:
    """Find regions that the programme does not have."""
    known = plan.programme.regions
    for wave_id, path, names in _region_lists(plan):
        for number, name in enumerate(names):
            if name not in known:
                message = msg("{name} is not a region of the programme", name=quoted(name))
                named = {known_id: all_translations(region.name) for known_id, region in known.items()}
                hint = suggest_by_alias(name, named) if known else msg("add regions: to programme.yaml")
                yield RULE.finding(plan, wave_id, (*path, number), message, hint)


def _region_lists(plan: Plan) -> Iterator[tuple[str | None, KeyPath, list[str]]]:
    """Yield every list of regions in the plan: the wave, the path and the list."""
    for actor_id, actor in plan.programme.actors.items():
        yield None, ("actors", actor_id, "regions"), actor.regions
    for feed_id, feed in plan.programme.feeds.items():
        yield None, ("feeds", feed_id, "regions"), feed.regions
    for wave_id, wave in plan.waves.items():
        for position, wave_actor in enumerate(wave.actors):
            yield wave_id, ("actors", position, "regions"), wave_actor.regions
        for position, moment in wave.moments_with("regions"):
            yield wave_id, ("moments", position, "regions"), moment.regions
