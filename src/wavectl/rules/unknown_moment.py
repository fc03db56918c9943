"""A moment is named that is not in the plan.

What it does: looks up the moment that each ``same_as`` names, and the moments named under ``waive``.

Why it matters: a tie that leads nowhere leaves two entries in every calendar for one meeting.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Gwangju forum"
        when: 2017-09
        same_as: migration/gwangju-forum

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Gwangju forum"
        when: 2017-09
        same_as: migration/gwangju-forum
    # migration.yaml
    title: "Migration"
    status: announced
    moments:
      - id: gwangju-forum
        title: "Gwangju forum"
        when: 2017-09-14/2017-09-17
"""

from wavectl.actions import ACTION_RULES
from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.text.suggest import nearest
from wavectl.timeline.ties import full_reference


def check(plan: Plan) -> Violations:
    for wave_id, position, moment in plan.each_moment("same_as"):
        if moment.same_as is not None and full_reference(moment.same_as, wave_id) not in plan.moments:
            yield from _check_reference(plan, wave_id, ("moments", position, "same_as"), moment.same_as, moment.id)
    for wave_id, wave in plan.waves.items():
        actors = {actor.id for actor in wave.actors} | plan.programme.actors.keys()
        for entry in wave.waive:
            rule, _, name = entry.partition(" ")
            known = not name or rule in ACTION_RULES or name in actors or f"{wave_id}/{name}" in plan.moments
            if not known and not plan.is_incomplete(wave_id, "actors"):
                yield from _check_reference(plan, wave_id, ("waive", entry), name)


def _check_reference(plan: Plan, wave_id: str, path: KeyPath, name: str, own_id: str = "") -> Violations:
    target, _, _ = full_reference(name, wave_id).partition("/")
    if plan.is_incomplete(target, "moments") or (target in plan.files and target not in plan.waves):
        return  # the moment may be in a part that could not be read
    message = msg("the moment {name} is not in the plan", name=quoted(name))
    hint = msg("write the wave and the moment: migration/gwangju-forum")
    if close := _nearest_moment(plan, wave_id, name, own_id):
        hint = msg("did you mean {name}?", name=close)
    yield Violation(wave_id, path, message, hint, at_key=path[0] == "waive")


def _nearest_moment(plan: Plan, wave_id: str, name: str, own_id: str) -> str | None:
    """Return the reference most similar to ``name``, from the wave that it names or the most similar one.

    The moment ``own_id``, which has the reference, is left out.
    """
    target, _, moment_id = full_reference(name, wave_id).partition("/")
    wave = target if target in plan.waves else nearest(target, plan.waves)
    moments = plan.waves[wave].moments if wave else []
    references = [f"{wave}/{moment.id}" for moment in moments if (wave, moment.id) != (wave_id, own_id)]
    close = nearest(f"{wave}/{moment_id}", references)
    return close if close is None or "/" in name else close.rpartition("/")[2]
