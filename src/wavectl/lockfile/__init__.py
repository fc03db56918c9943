"""The record of what was published, ``wavectl.lock`` in the plan's folder: its lines, read strictly and written again.

It is one valid JSON object with one entry a line, in order of UID, and a blank line between entries: git merges
changes of neighbouring lines only with a line between. The last member says which version of the form this is, so
that no entry's line ever lacks its comma. A line holds facts, so that people can read what a change of it means.
Nothing here knows what the facts are for: that is ``wavectl.lock``'s affair.
"""
