"""Plan -> Timeline: ties resolved, repeats laid out, entries in order; the only input of every view and feed.

Moments linked by ``same_as`` are one real-world moment, a ``Group``: whatever shows it tells the most precise
date that any of its members states, the title, place and status of its root, and the actors, priorities and
waves of all. A repeating moment has one ``Occurrence`` for each time it happens. An ``Entry`` is one row: an
occurrence as one wave has it.
"""

from wavectl.timeline.actors import Named, named
from wavectl.timeline.entries import Entry, Filter, Timeline, timeline
from wavectl.timeline.group import Group, Member, Occurrence
from wavectl.timeline.resolve import absolute, followed, groups, laid_out, local, occurrence_keys

__all__ = [
    "Entry",
    "Filter",
    "Group",
    "Member",
    "Named",
    "Occurrence",
    "Timeline",
    "absolute",
    "followed",
    "groups",
    "laid_out",
    "local",
    "named",
    "occurrence_keys",
    "timeline",
]
