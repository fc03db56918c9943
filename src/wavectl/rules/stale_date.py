"""The date of a moment should be firm by now, and is not.

What it does: looks at moments still ahead whose date is not exact or which are ``tentative``. They are told from the
day in ``confirm_by`` on; without one, from 60 days before the earliest day. Of a repeating moment the next time counts.

Why it matters: whoever wants to come has to plan; a window of a month is no longer enough two months before.

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

from __future__ import annotations

from collections.abc import Iterator

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Message, say
from wavectl.model import Moment
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline import NOTICE, due, facts, following, open_yet

RULE = Rule("stale-date")


def check(plan: Plan) -> Iterator[Finding]:
    """Find dates that should be firm by now."""
    if plan.today is None:
        return
    soon = plan.today + NOTICE
    for wave_id, place, moment, known in facts(plan, before=soon):
        if known is None or known.teller is not moment:
            continue  # of tied moments one is told: the one whose date counts
        start = known.when.start
        if start is None or (start.first > soon and moment.confirm_by is None):
            continue  # most lie far ahead, also the first time of those that repeat
        ahead = following(known.dates(plan, wave_id), plan.today)
        if ahead is None or not open_yet(*ahead):
            continue
        when = ahead[0]
        limit = due(when, moment.confirm_by)
        if limit is None or limit > plan.today:
            continue
        message = say("the date is still not exact: {date}", date=when)
        if when.exact:
            message = say("the date is still tentative: {date}", date=when)
        yield RULE.broken(plan, wave_id, ("moments", place, "when"), message, _cure(moment, when), waiver=moment.id)


def _cure(moment: Moment, when: When) -> Message:
    if when.exact:
        cure = say("write status: confirmed once it is sure")
    else:
        cure = say("write its days in when: once they are known")
    if moment.confirm_by:
        return say("{cure}; confirm_by: was {date}", cure=cure, date=moment.confirm_by)
    return say("{cure}; until then confirm_by: names the day to look again", cure=cure)
