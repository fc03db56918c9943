"""A date such as 2020-21 is read as a season, but may be two years.

What it does: looks for a year with a season (21 is spring, 22 summer, 23 autumn, 24 winter) whose number is also that
of the next year.

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

from __future__ import annotations

from collections.abc import Iterator

from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.diagnostics import Finding, KeyPath, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule

RULE = Rule("season-or-years")


def check(plan: Plan) -> Iterator[Finding]:
    """Find seasons that may be two years."""
    for wave_id, wave in plan.waves.items():
        if wave.period is not None:
            yield from _check_season(plan, wave_id, ("period",), wave.period)
        for position, moment in enumerate(wave.moments):
            start = moment.when.start if moment.when is not None else None
            if moment.when is not None and start is not None and start.precision is Precision.SEASON:
                yield from _check_season(plan, wave_id, ("moments", position, "when"), moment.when, moment.id)
        for position, moment in wave.moments_with("exceptions"):
            for key, change in moment.exceptions.items():
                if change.when is not None:
                    path = ("moments", position, "except", key, "when")
                    yield from _check_season(plan, wave_id, path, change.when, moment.id)


def _check_season(plan: Plan, wave: str, path: KeyPath, when: When, waiver: str = "") -> Iterator[Finding]:
    if when.start is None or when.start.precision is not Precision.SEASON or when.form is not DateForm.SINGLE:
        return
    first, last = when.start.first, when.start.last
    if int(when.text[5:7]) != (first.year + 1) % 100:
        return  # 2018-24 is hardly ever used for seven years
    from wavectl.dates import parser  # slow to import, and few plans need it

    years = f"{first.year}/{first.year + 1}"
    for message in parser.parse_date(when.text).doubts:
        months = f"[{first:%Y-%m}..{last:%Y-%m}]"
        hint = msg(
            "write {years} for the two years; for the season, {season}, write {months}",
            years=years,
            season=when,
            months=months,
        )
        yield RULE.finding(plan, wave, path, message, hint, waiver=waiver)
