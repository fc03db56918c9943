"""Plan -> Timeline: ties resolved, repeats laid out, entries in order; the only input of every view and feed.

Moments linked by ``same_as`` are one real-world moment, a ``Group``: whatever shows it tells the most precise
date that any of its members states, the title, place and status of its root, and the actors, priorities and
waves of all. A repeating moment has one ``Occurrence`` for each time it happens. An ``Entry`` is one row: an
occurrence as one wave has it.
"""

from wavectl.timeline.actors import Named, Unconfirmed, kind_of, named, unconfirmed
from wavectl.timeline.entries import Entry, Filter, Timeline, timeline
from wavectl.timeline.firm_by import NOTICE, due, following, open_yet
from wavectl.timeline.group import Group, Member, Occurrence
from wavectl.timeline.regions import Reach
from wavectl.timeline.resolve_ties import groups, laid_out, local
from wavectl.timeline.silent_months import HELD, Run, filled, gaps, months_of, number, silent, stretch
from wavectl.timeline.ties import Facts, absolute, facts, followed, occurrence_keys, tied

__all__ = [
    "HELD",
    "NOTICE",
    "Entry",
    "Facts",
    "Filter",
    "Group",
    "Member",
    "Named",
    "Occurrence",
    "Reach",
    "Run",
    "Timeline",
    "Unconfirmed",
    "absolute",
    "due",
    "facts",
    "filled",
    "followed",
    "following",
    "gaps",
    "groups",
    "kind_of",
    "laid_out",
    "local",
    "months_of",
    "named",
    "number",
    "occurrence_keys",
    "open_yet",
    "silent",
    "stretch",
    "tied",
    "timeline",
    "unconfirmed",
]
