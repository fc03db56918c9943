"""Plan -> Timeline: ties resolved, repeats laid out, entries in order; the only input of every view and feed.

Moments linked by ``same_as`` are one real-world moment, a ``Group``: whatever shows it tells the most precise
date that any of its members states, the title, place and status of its root, and the actors, priorities and
waves of all. A repeating moment has one ``Occurrence`` for each time it happens. An ``Entry`` is one row: an
occurrence as one wave has it.
"""

from wavectl.timeline.actors import (
    ActorName,
    RegionIndex,
    UnconfirmedActor,
    actor_kind,
    resolve_actor_name,
    unconfirmed_actors,
)
from wavectl.timeline.entries import (
    FIRM_LEAD_TIME,
    Entry,
    Filter,
    Timeline,
    build_timeline,
    firm_by_date,
    needs_firming,
    next_date,
)
from wavectl.timeline.group import Member, MomentGroup, Occurrence
from wavectl.timeline.silent_months import (
    SCHEDULED_STATUSES,
    MonthRange,
    filled_ranges,
    month_number,
    month_range,
    months_as_date,
    silent_ranges,
    unfilled_ranges,
)
from wavectl.timeline.ties import (
    TieFacts,
    expand_occurrences,
    full_reference,
    moments_with_facts,
    occurrence_keys,
    resolve_groups,
    tied_members,
    to_local_time,
    with_inherited_date,
)

__all__ = [
    "FIRM_LEAD_TIME",
    "SCHEDULED_STATUSES",
    "ActorName",
    "Entry",
    "Filter",
    "Member",
    "MomentGroup",
    "MonthRange",
    "Occurrence",
    "RegionIndex",
    "TieFacts",
    "Timeline",
    "UnconfirmedActor",
    "actor_kind",
    "build_timeline",
    "expand_occurrences",
    "filled_ranges",
    "firm_by_date",
    "full_reference",
    "moments_with_facts",
    "month_number",
    "month_range",
    "months_as_date",
    "needs_firming",
    "next_date",
    "occurrence_keys",
    "resolve_actor_name",
    "resolve_groups",
    "silent_ranges",
    "tied_members",
    "to_local_time",
    "unconfirmed_actors",
    "unfilled_ranges",
    "with_inherited_date",
]
