"""Turn a plan into a timeline: ties resolved, recurrences expanded, entries in order. Every view and feed reads it.

Moments linked by ``same_as`` are one real-world moment, a ``MomentGroup``. It has the most precise date of its
members, the title, place and status of its root, and the actors, priorities and waves of all. A repeating moment has
one ``Occurrence`` for each time it happens. An ``Entry`` is one row: an occurrence in one wave.
"""
