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

from wavectl.diagnostics import Severity, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import HOUSE_RULES, Violation, Violations, load_check

_UNCHECKED_RULES = ("outcome-too-early", "postponed-with-new-date", "stale-date", "unused-waiver")
"""Rules whose findings depend on the day or on what was published, and this rule."""


def check(plan: Plan) -> Violations:
    named = {entry.partition(" ")[0] for wave in plan.waves.values() for entry in wave.waive}
    checked = [
        name
        for name, rule in HOUSE_RULES.items()
        if name in named and rule.severity is not Severity.ERROR and name not in _UNCHECKED_RULES
    ]
    used: set[tuple[str | None, str]] = set()
    for name in checked:
        # Run the waived rules once more, so that no rule depends on the findings of another.
        for violation in load_check(name)(plan):
            used |= {(violation.wave, name), (violation.wave, f"{name} {violation.waiver_id}")}
    for wave_id, wave in plan.waves.items():
        for entry in wave.waive if not plan.is_incomplete(wave_id) else ():
            if entry.partition(" ")[0] in checked and (wave_id, entry) not in used:
                message = msg("the waiver {rule} waives nothing", rule=quoted(entry))
                hint = msg("take it away: {command}", command=f'wavectl wave edit {wave_id} --waive "{entry}="')
                yield Violation(wave_id, ("waive", entry), message, hint, at_key=True)
