"""A date such as 2020-21 is read as a season, but may be two years.

What it does: looks for a year with a season (21 is spring, 22 summer, 23 autumn, 24 winter) whose number is also that
of the next year, or with a season of one hemisphere (25 to 32) whose number is also that of a later year.

Why it matters: in EDTF (ISO 8601-2), ``2020-21`` is the spring of 2020, but many people write a school year like
this.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2020-01/2021-06
    moments:
      - id: lessons
        title: "Lessons on housing"
        when: 2020-21

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2020-01/2021-06
    moments:
      - id: lessons
        title: "Lessons on housing"
        when: 2020/2021
"""

from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.diagnostics import KeyPath, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, moment_dates


def check(plan: Plan) -> Violations:
    for wave_id, wave in plan.waves.items():
        if wave.period is not None:
            yield from _check_season(wave_id, ("period",), wave.period)
    for wave_id, path, moment, when in moment_dates(plan):
        yield from _check_season(wave_id, path, when, moment.id)


def _check_season(wave: str, path: KeyPath, when: When, waiver_id: str = "") -> Violations:
    if when.start is None or when.start.precision is not Precision.SEASON or when.form is not DateForm.SINGLE:
        return
    first, last = when.start.first, when.start.last
    number = int(when.text[5:7])
    if number < 25 and number != (first.year + 1) % 100:
        return  # 2018-24 is hardly ever used for seven years, but 2026-30 is for five
    from wavectl.dates import parser  # slow to import, and few plans need it

    for message in parser.parse_date(when.text).doubts:
        hint = msg(
            "write {years} for the two years; for the season, {season}, write {months}",
            years=f"{first.year}/{first.year // 100}{number}",
            season=when,
            months=f"[{first:%Y-%m}..{last:%Y-%m}]",
        )
        yield Violation(wave, path, message, hint, waiver_id=waiver_id)
