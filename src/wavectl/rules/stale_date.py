"""The date of a moment should be firm by now, but is not.

What it does: looks at future moments whose date is not exact or whose status is ``tentative``. They are reported from
the day in ``confirm_by`` on or, without one, from 60 days before the earliest day. For a repeating moment, the next
occurrence counts.

Why it matters: people who want to come have to plan. Two months before, a window of a month is no longer enough.

Bad::

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
        confirm_by: 2017-05-15

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09-14/2017-09-17
        confirm_by: 2017-05-15
"""

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.firm_by import FIRM_LEAD_TIME, firm_by_date, is_firm, next_date
from wavectl.timeline.ties import moments_with_facts


def check(plan: Plan) -> Violations:
    if plan.today is None:
        return
    soon = plan.today + FIRM_LEAD_TIME
    for wave_id, position, moment, facts in moments_with_facts(plan, before=soon):
        if facts is None or facts.date_source is not moment:
            continue  # of tied moments, report the one whose date counts
        start = facts.when.start
        if start is None or (start.first > soon and moment.confirm_by is None):
            continue  # most moments are far in the future, and so is the first occurrence
        upcoming = next_date(facts.dates(plan, wave_id), plan.today)
        if upcoming is None or is_firm(*upcoming):
            continue
        when = upcoming[0]
        limit = firm_by_date(when, moment.confirm_by)
        if limit is None or limit > plan.today:
            continue
        message = msg("the date is still not exact: {date}", date=when)
        reference = f"{wave_id}/{moment.id}"
        hint = msg("once the days are known: {command}", command=f'wavectl moment move {reference} --when "…"')
        if when.is_exact:
            message = msg("the date is still tentative: {date}", date=when)
            hint = msg("once it is certain: {command}", command=f"wavectl moment confirm {reference}")
        if moment.confirm_by:
            hint = msg("{hint}; that was due by {date}", hint=hint, date=moment.confirm_by)
        else:
            later = f'wavectl moment edit {reference} --confirm-by "…"'
            hint = msg("{hint}; to be reminded on another day: {command}", hint=hint, command=later)
        yield Violation(wave_id, ("moments", position, "when"), message, hint, waiver_id=moment.id)
