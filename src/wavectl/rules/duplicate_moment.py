"""Two moments of a wave have the same id.

What it does: looks for ids that appear more than once among the ``moments`` of a wave, and for earlier ids (``was``)
that another moment has, now or as an earlier one.

Why it matters: subscribers' calendars recognise a moment by its id. If two moments had the same one, one would
overwrite the other.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02
      - id: forum
        title: "Cities forum"
        when: 2018-03

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: housing-forum
        title: "Housing forum"
        when: 2017-11-02
      - id: cities-forum
        title: "Cities forum"
        when: 2018-03
"""

from wavectl.diagnostics import msg, phrase, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.ties import full_reference


def check(plan: Plan) -> Violations:
    seen: set[str] = set()
    for wave_id, position, moment in plan.each_moment():
        reference = f"{wave_id}/{moment.id}"
        if reference in seen:
            message = msg("another moment of this wave has the id {id}", id=quoted(moment.id))
            yield Violation(wave_id, ("moments", position, "id"), message, msg("give this moment another id"))
        seen.add(reference)
    owners: dict[str, str] = {}
    for wave_id, position, moment in plan.each_moment("was"):
        for number, earlier_id in enumerate(moment.was):
            current, reference = f"{wave_id}/{moment.id}", full_reference(earlier_id, wave_id)
            owner = owners.setdefault(reference, reference if reference in plan.moments else current)
            if owner == current:
                continue
            text = phrase("another moment has the id {id}, by which calendars recognise this one")
            hint = msg("give the other moment an id that was never used")
            if owner != reference:
                text = phrase("{owner} has the earlier id {id} too")
                hint = msg("keep it in the moment that calendars show under this id")
            message = msg(text, id=quoted(earlier_id), owner=owner)
            yield Violation(wave_id, ("moments", position, "was", number), message, hint)
