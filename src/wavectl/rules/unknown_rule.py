"""A wave waives a rule that does not exist or cannot be waived.

What it does: looks up each rule under ``waive``. Only warnings and notes can be waived, never errors.

Why it matters: a misspelt waiver has no effect, which is easy to miss.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    waive:
      calender-length: "Runs to the end of 2018."

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    waive:
      calendar-length: "Runs to the end of 2018."
"""

from wavectl.diagnostics import Severity, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import ALL_RULES, Violation, Violations
from wavectl.text.suggest import nearest


def check(plan: Plan) -> Violations:
    for wave_id, wave in plan.waves.items():
        for entry in wave.waive:
            name = entry.partition(" ")[0]
            if name not in ALL_RULES:
                message = msg("there is no rule {name}", name=quoted(name))
                close = nearest(name, ALL_RULES)
                hint = msg("did you mean {name}?", name=close) if close else msg("write the name as validate shows it")
            elif ALL_RULES[name] is Severity.ERROR:
                message = msg("{name} is an error and cannot be waived", name=quoted(name))
                hint = msg("fix what it reports, and remove this line")
            else:
                continue
            yield Violation(wave_id, ("waive", entry), message, hint, at_key=True)
