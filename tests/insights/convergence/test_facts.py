"""Sums of what was found."""

from __future__ import annotations

from wavectl.insights.convergence import PairCounts


def test_what_counts_as_a_meeting_and_what_as_a_clash() -> None:
    counts = PairCounts(1, 20, 300, 4000, 50000, 600000, 7000000)
    assert (counts.meetings, counts.clashes) == (54321, 7600000)
