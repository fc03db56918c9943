"""Turn a plan into a timeline: ties resolved, recurrences expanded, entries in order. Every view and feed reads it.

Moments linked by ``same_as`` are one real-world moment, a ``MomentGroup``. It has the most precise date of its
members, the title, place and status of its root, and the actors, priorities and waves of all. A repeating moment has
one ``Occurrence`` for each time it happens. An ``Entry`` is one row: an occurrence in one wave.
"""

from wavectl.timeline.actors import (
    ActorName,
    RegionIndex,
    UnconfirmedActor,
    actor_kind,
    resolve_actor_name,
    unconfirmed_actors,
)
from wavectl.timeline.entries import Entry, Filter, Timeline, build_timeline
from wavectl.timeline.firm_by import FIRM_LEAD_TIME, firm_by_date, needs_firming, next_date
from wavectl.timeline.groups import (
    NO_PLACE,
    MomentGroup,
    Occurrence,
    expand_occurrences,
    resolve_groups,
    to_local_time,
)
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
    Member,
    TieFacts,
    full_reference,
    moments_with_facts,
    occurrence_keys,
    tied_members,
    with_inherited_date,
)

__all__ = [
    "FIRM_LEAD_TIME",
    "NO_PLACE",
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
