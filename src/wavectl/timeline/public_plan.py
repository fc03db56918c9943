"""The plan without what is never published: drafts; owners, days to confirm by, notes and sources of moments."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from wavectl.model import Moment
from wavectl.plan.loader import Plan
from wavectl.timeline.groups import resolve_groups

PRIVATE_FIELDS = ("owner", "confirm_by", "note", "source")
"""What is never published of a moment."""


@lru_cache(maxsize=2)
def public_plan(plan: Plan) -> Plan:
    """Return the plan without what is never published; moments that are tied through a draft stay tied."""
    groups = resolve_groups(plan, drafts=False) if plan.has_drafts else ()
    roots = {member.reference: group.root.reference for group in groups for member in group.members}
    waves = {
        wave_id: wave.model_copy(
            update={
                "moments": [
                    _without_private_fields(moment, f"{wave_id}/{moment.id}", roots)
                    for moment in wave.moments
                    if not moment.draft
                ]
            }
        )
        for wave_id, wave in plan.waves.items()
    }
    moments = {f"{wave_id}/{moment.id}": moment for wave_id, wave in waves.items() for moment in wave.moments}
    return replace(plan, waves=waves, moments=moments)


def _without_private_fields(moment: Moment, reference: str, roots: dict[str, str]) -> Moment:
    changes: dict[str, Any] = {name: None for name in PRIVATE_FIELDS if getattr(moment, name) is not None}
    if moment.same_as and reference in roots:
        changes["same_as"] = None if roots[reference] == reference else roots[reference]
    return moment.model_copy(update=changes) if changes else moment
