"""A moment is entirely outside the calendar of its wave.

What it does: compares the date of each moment with the wave's ``period``. A moment that only touches the period is
fine, and so is a repeating moment if one of its occurrences touches it. A moment without a date of its own has the
date of the moment that it is the same as.

Why it matters: either the year is a typing mistake, or the wave is longer than its period says.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    period: 2017-05/2018-12
    moments:
      - id: forum
        title: "Housing forum"
        when: 2016-11-02

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    period: 2017-05/2018-12
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02
"""

from datetime import date

from wavectl.dates import recurrence
from wavectl.dates.edtf import When
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.model import Moment
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.ties import InheritedDates


def check(plan: Plan) -> Violations:
    inherited = InheritedDates(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is None:
            continue
        first, last, period = wave.period.earliest, wave.period.latest, wave.period.text
        for position, moment in enumerate(wave.moments):
            facts = moment if moment.when else inherited.complete(wave_id, moment)
            when = facts.when
            if when is not None and when.earliest is not None and not _touches(facts, when, first, last):
                text = phrase("{date} is outside the calendar of the wave, {period}")
                message = msg(text, date=quoted(when.text), period=period)
                hint = msg(
                    "check the year, or change the calendar of the wave: {command}",
                    command=f'wavectl wave edit {wave_id} --period "…"',
                )
                yield Violation(wave_id, ("moments", position, "when"), message, hint)


def _touches(moment: Moment, when: When, first: date | None, last: date | None) -> bool:
    if moment.repeat is None:
        return when.overlaps(first, last)
    return any(occurrence.overlaps(first, last) for occurrence in recurrence.occurrences(moment.repeat, when, last))
