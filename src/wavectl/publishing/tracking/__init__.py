"""What was published, and how it goes on: plan + record -> entries with UID, SEQUENCE, last change; the next record.

Teams subscribe once and keep a feed for years. So each entry has a line in the record (``wavectl.record``), and what
becomes of it has one answer:

==============================================  =====================================================================
what happens                                    what becomes of the entry
==============================================  =====================================================================
a moment is published for the first time        a line of its own, SEQUENCE 0; without any date, none yet
nothing has changed                             nothing changes, whatever the day
date, rule, zone, status or place               SEQUENCE one higher, once; LAST-MODIFIED that day
anything else that people get to see            LAST-MODIFIED that day, SEQUENCE as it was
only what nobody sees (id, notes, filters)      nothing; the names of the members follow the plan
the clock goes backwards                        the later day stays
the id or the wave is another one, with ``was`` the same entry, UID and all
two moments are tied                            the entry published first goes on; the other's line says ``into``
a tie is undone                                 the one it was made for keeps it; the other gets its own back
the moment an entry was made for goes,          the entry goes on with the tied one
  and one tied to it stays
the date is lost (``unknown``)                  stays on its last days, as postponed
it leaves the plan, or becomes a draft          withdrawn: told for 30 days or until its last day; the line stays
it comes back                                   the same entry, SEQUENCE goes on
its wave vanishes with entries ahead            nothing, until somebody says what is meant
another moment takes a name that went along     a UID of its own, with a number
waves that are not exported                     their lines stay as they are
==============================================  =====================================================================

``changes`` tells the difference of two records in words that people have for it.
"""

from __future__ import annotations

from wavectl.publishing.tracking.changes import ChangeKind, EntryChange, compare_lockfiles
from wavectl.publishing.tracking.next_lock import Publication, PublishedEntry, compute_publication, current_wave_names

__all__ = [
    "ChangeKind",
    "EntryChange",
    "Publication",
    "PublishedEntry",
    "compare_lockfiles",
    "compute_publication",
    "current_wave_names",
]
