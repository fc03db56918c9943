"""A wave has more months in a row without a moment than the programme allows.

What it does: looks for the longest run of months inside ``period`` that no moment touches, and compares it with
``design: max_silent_months``. A moment that takes place some time between two months fills all of them. A moment that
is cancelled, postponed or without a date fills none. A calendar without an end is checked up to its last moment.

Why it matters: people forget a wave that is silent for too long.

Bad::

    # programme.yaml
    design:
      max_silent_months: 6
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09

Good::

    # programme.yaml
    design:
      max_silent_months: 6
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09
      - id: report
        title: "Report on housing"
        when: 2018-02/2018-03
"""

from functools import reduce

from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.silent_months import filled_ranges, months_as_date, silent_ranges

_MAX_LISTED = 3
"""How many runs of the same length are named in a message."""


def check(plan: Plan) -> Violations:
    maximum = plan.programme.design.max_silent_months
    if maximum is None:
        return
    filled, incomplete = filled_ranges(plan)
    for wave_id, wave in plan.waves.items():
        if wave_id in incomplete:
            continue
        runs = list(silent_ranges(filled[wave_id], wave.period))
        length = max((last - first + 1 for first, last in runs), default=0)
        if length > maximum:
            longest = [run for run in runs if run[1] - run[0] + 1 == length]
            listed: list[When | Message] = [months_as_date(*run) for run in longest[:_MAX_LISTED]]
            message = msg(
                "{number} months in a row without a moment: {months}; the programme allows {maximum}",
                number=length,
                months=reduce(lambda before, run: msg("{before}; {date}", before=before, date=run), listed),
                maximum=maximum,
            )
            hint = msg(
                "add a moment in that time, or write down why the wave is silent: {command}",
                command=f'wavectl wave edit {wave_id} --waive "silent-months=…"',
            )
            yield Violation(wave_id, ("period",), message, hint)
