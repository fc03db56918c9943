"""A wave's calendar is shorter or longer than the programme wants.

What it does: counts the months that ``period`` covers, even in part, and compares them with ``design: months`` of the
programme.

Why it matters: a wave that is too short has no time to gather people, and one that is too long loses its message.

Bad::

    # programme.yaml
    design:
      months: [6, 18]
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-12

Good::

    # programme.yaml
    design:
      months: [6, 18]
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-10
"""

from wavectl.diagnostics import msg, phrase
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    bounds = plan.programme.design.months
    if bounds is None:
        return
    shortest, longest = bounds
    for wave_id, wave in plan.waves.items():
        first, last = (wave.period.earliest, wave.period.latest) if wave.period else (None, None)
        if first is None or last is None:
            continue
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if not shortest <= months <= longest:
            text = phrase("the calendar runs {months} months; the programme wants {shortest} to {longest}")
            message = msg(text, months=months, shortest=shortest, longest=longest)
            edit = f"wavectl wave edit {wave_id}"
            hint = msg(
                "change its calendar: {command}; or write down why this wave may differ: {other}",
                command=f'{edit} --period "…"',
                other=f'{edit} --waive "calendar-length=…"',
            )
            yield Violation(wave_id, ("period",), message, hint)
