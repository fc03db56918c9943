"""``same_as``: the moments at the ends of ties, and what a moment leaves to them."""

from __future__ import annotations

from collections.abc import Mapping

from wavectl.model import Moment
from wavectl.plan import Plan
from wavectl.timeline.group import Member


def absolute(reference: str, wave: str) -> str:
    """Return ``wave/moment`` for a reference that stands in ``wave`` and may leave it out."""
    return reference if "/" in reference else f"{wave}/{reference}"


def tied(plan: Plan) -> dict[str, list[Member]]:
    """Return the moments that are tied to others by the ``wave/id`` of their root, which is among them if it is there.

    Members stand in the order of the plan. Moments that stand alone, most of them, are in no list: this costs little.
    """
    members: dict[str, Member] = {}
    aimed: set[str] = set()
    for wave_id, wave in plan.waves.items():
        for moment in wave.moments:
            if moment.same_as is not None:
                members.setdefault(f"{wave_id}/{moment.id}", Member(wave_id, moment))
                aimed.add(absolute(moment.same_as, wave_id))
    for reference in aimed - members.keys():
        if reference in plan.moments:
            members[reference] = Member(reference.partition("/")[0], plan.moments[reference])
    roots: dict[str, str] = {}
    found: dict[str, list[Member]] = {}
    for reference in plan.moments if members else ():
        if reference in members:
            found.setdefault(root_of(reference, members, roots), []).append(members[reference])
    return found


def root_of(start: str, members: Mapping[str, Member], known: dict[str, str]) -> str:
    """Return the reference of the moment at the end of a chain of ties; a ring or a loose end ends where it begins.

    ``known`` has the roots found so far, and gets those of the whole chain.
    """
    chain: dict[str, int] = {}
    here = start
    while here not in known and here not in chain:
        chain[here] = len(chain)
        wave, moment = members[here]
        target = absolute(moment.same_as, wave) if moment.same_as else here
        if target == here or target not in members:
            known[here] = here
        here = target if target in members else here
    root = known[here] if here in known else min(list(chain)[chain[here] :])
    known.update(dict.fromkeys(chain, root))
    return root


def followed(plan: Plan, wave: str, moment: Moment) -> Moment:
    """Return a moment with the date, rule and zone that it leaves out taken from the moments that it is the same as."""
    seen = {f"{wave}/{moment.id}"}
    when, rule, zone = moment.when, moment.repeat, moment.timezone
    here = moment
    while here.same_as and (when is None or zone is None):
        reference = absolute(here.same_as, wave)
        found = plan.moments.get(reference)
        if found is None or reference in seen:
            break
        seen.add(reference)
        if when is None:
            when, rule = found.when, rule or found.repeat
        zone = zone or found.timezone
        here, wave = found, reference.partition("/")[0]
    if here is moment:
        return moment
    return moment.model_copy(update={"when": when, "repeat": rule, "timezone": zone})
