"""Two moments are probably the same one, and are not tied.

What it does: compares moments with overlapping dates in the same town; without a town, in the same country; without
either, those that have no place at all. They are probably the same if their titles are similar in some language. If
one date is only known to be in the month in which the other has its days, one word in common is enough. Different
numbers, such as those of two editions, keep two moments apart.

Why it matters: a moment that is in the plan twice appears twice in every calendar, and the plan does not show where
waves meet.

Bad::

    # housing.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "World Human Rights Cities Forum"
        when: 2017-09
        place: "Gwangju"
    # migration.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    moments:
      - id: cities
        title: "7th World Forum of Human Rights Cities"
        when: 2017-09-14/2017-09-17
        place: "Gwangju"

Good::

    # housing.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "World Human Rights Cities Forum"
        when: 2017-09
        place: "Gwangju"
    # migration.yaml
    title: "Migration"
    slogan: "All migrants, all citizens"
    hashtags:
      - "#Cities4Migration"
    period: 2017-06/2018-05
    moments:
      - id: cities
        title: "7th World Forum of Human Rights Cities"
        when: 2017-09-14/2017-09-17
        place: "Gwangju"
        same_as: housing/forum
"""

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.similar_moments import likely_same_moments


def check(plan: Plan) -> Violations:
    """Find pairs of moments that are probably the same. The finding is at the later of the two."""
    for earlier, later in likely_same_moments(plan):
        reference, moment = earlier.reference, later.moment
        title = msg('"{text}"', text=earlier.moment.title)
        message = msg("this may be the same moment as {reference}, {title}", reference=reference, title=title)
        hint = msg(
            "if it is, tie them: wavectl moment tie {moment} {reference}; if not, write down why: {command}",
            moment=later.reference,
            reference=reference,
            command=f'wavectl wave edit {later.wave} --waive "likely-same-moment {moment.id}=…"',
        )
        yield Violation(later.wave, ("moments", later.position, "title"), message, hint, waiver_id=moment.id)
