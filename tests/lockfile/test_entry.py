"""A line is live as long as the plan holds what it tells of."""

from __future__ import annotations

from wavectl.lockfile.entry import LockEntry


def test_live():
    line = LockEntry(("w/a",), "2017")
    assert line.live
    assert not line._replace(withdrawn="2017-06-01").live
    assert not line._replace(into="b.w@x").live
