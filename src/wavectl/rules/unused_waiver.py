"""A wave waives a rule that it does not break.

What it does: checks the wave against each rule under ``waive`` and reports waivers that waive nothing. Rules that
depend on the day or on what was published are skipped, and so are files that could only be read in part.

Why it matters: a waiver that is no longer needed hides the next problem of its kind.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    waive:
      missing-slogan: "It is still being discussed."

Good::

    # wave.yaml
    title: "The right to housing"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    waive:
      missing-slogan: "It is still being discussed."
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from wavectl.diagnostics import Finding, Severity, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import HOUSE_RULES, Rule, RuleModule

RULE = Rule("unused-waiver")
_TIME_DEPENDENT_RULES = ("outcome-too-early", "postponed-with-new-date", "stale-date")
"""Rules whose findings depend on the day or on what was published. Their waivers are not checked."""


def check(plan: Plan) -> Iterator[Finding]:
    """Find waivers that waive nothing."""
    named = {entry.partition(" ")[0] for wave in plan.waves.values() for entry in wave.waive}
    checked = [name for name in HOUSE_RULES if name in named and HOUSE_RULES[name] is not Severity.ERROR]
    checked = [name for name in checked if name not in (RULE.name, *_TIME_DEPENDENT_RULES)]
    used: set[tuple[str | None, str]] = set()
    for name in checked:
        # Run the waived rules once more, so that no rule depends on the findings of another.
        module = cast("RuleModule", import_module(f"wavectl.rules.{name.replace('-', '_')}"))
        for finding in module.check(plan):
            used |= {(finding.wave, name), (finding.wave, f"{name} {finding.waiver_id}")}
    for wave_id, wave in plan.waves.items():
        if plan.is_incomplete(wave_id, frozenset((*type(wave).model_fields, *type(plan.programme).model_fields))):
            continue
        for entry in wave.waive:
            if entry.partition(" ")[0] in checked and (wave_id, entry) not in used:
                message = msg("the waiver {rule} waives nothing", rule=quoted(entry))
                yield RULE.finding(plan, wave_id, ("waive", entry), message, msg("remove this line"), key=True)
