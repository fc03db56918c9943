"""A strategic priority is named that the programme does not have.

What it does: looks up each key under ``content``, and each id under ``priorities`` of moments and feeds.

Why it matters: content under a priority that does not exist counts for none.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    content:
      advocasy: "Cities speak for the right to housing."

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    content:
      advocacy: "Cities speak for the right to housing."
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, KeyPath, msg, quoted
from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.suggest import suggest_by_alias

RULE = Rule("unknown-priority", reads=frozenset(("priorities",)))


def check(plan: Plan) -> Iterator[Finding]:
    """Find priorities that the programme does not have."""
    known = plan.programme.priorities
    for feed_id, feed in plan.programme.feeds.items():
        for number, name in enumerate(feed.priorities):
            if name not in known:
                yield _finding(plan, None, ("feeds", feed_id, "priorities", number), name)
    for wave_id, wave in plan.waves.items():
        for name in wave.content:
            if name not in known:
                yield _finding(plan, wave_id, ("content", name), name, key=True)
        for position, moment in enumerate(wave.moments):
            for number, name in enumerate(moment.priorities):
                if name not in known:
                    yield _finding(plan, wave_id, ("moments", position, "priorities", number), name)


def _finding(plan: Plan, wave_id: str | None, path: KeyPath, name: str, *, key: bool = False) -> Finding:
    message = msg("{name} is not a strategic priority of the programme", name=quoted(name))
    hint = suggest_by_alias(name, {known: all_translations(text) for known, text in plan.programme.priorities.items()})
    return RULE.finding(plan, wave_id, path, message, hint, key=key)
