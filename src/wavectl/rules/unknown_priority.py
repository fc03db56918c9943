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

from wavectl.diagnostics import msg, quoted
from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, listed_ids
from wavectl.text.suggest import suggest_by_alias


def check(plan: Plan) -> Violations:
    known = plan.programme.priorities
    contents = ((wave_id, ("content", name), name) for wave_id, wave in plan.waves.items() for name in wave.content)
    for wave_id, path, name in (*contents, *listed_ids(plan, "priorities")):
        if name not in known:
            message = msg("{name} is not a strategic priority of the programme", name=quoted(name))
            hint = suggest_by_alias(name, {known_id: all_translations(text) for known_id, text in known.items()})
            yield Violation(wave_id, path, message, hint, at_key=path[0] == "content")
