"""Track published entries: a plan and its lockfile give the entries (UID, SEQUENCE, last change) and the next lockfile.

Teams subscribe to a feed once and keep it for years, so every published entry has a line in the lockfile:

==============================================  =====================================================================
what happens                                    what becomes of the entry
==============================================  =====================================================================
a moment is published for the first time        a new line, SEQUENCE 0; none as long as it has no date
nothing has changed                             nothing changes, whatever the day
date, rule, zone, status or place changes       SEQUENCE one higher, once; LAST-MODIFIED that day
anything else that subscribers see changes      LAST-MODIFIED that day, SEQUENCE as it was
only what they do not see (id, notes, filters)  nothing; the names of the members follow the plan
the clock goes backwards                        the later day is kept
the id or the wave is renamed, with ``was``     the same entry and UID
two moments are tied                            the entry published first continues; the other's line has ``into``
a tie is undone                                 the moment it was created for keeps it; the other gets its own back
the moment an entry was created for goes,       the entry continues with the tied one
  and one tied to it stays
the date is lost (``unknown``)                  keeps its last days, as postponed
it leaves the plan, or becomes a draft          withdrawn: shown for 30 days or until its last day; the line is kept
it comes back                                   the same entry, SEQUENCE continues
its wave vanishes with entries ahead            nothing, until ``--withdraw`` confirms it
another moment takes a name that moved on       a UID of its own, with a number
waves that are not exported                     their lines are not changed
==============================================  =====================================================================
"""
