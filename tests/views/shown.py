"""Timelines as views show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from plans import read_plan
from wavectl.timeline import Timeline, timeline


def of_plan(home: Path, files: Mapping[str, str], shown: Sequence[str] = (), *, merge: bool | None = None) -> Timeline:
    """Return the timeline of a plan that has no faults."""
    plan = read_plan(home, files)
    assert plan.findings == ()
    return timeline(plan, shown or list(plan.waves), date(2017, 6, 1), merge=merge)


def of_moments(home: Path, *moments: str, head: str = "title: Housing\nperiod: 2017-05/2018-12\n") -> Timeline:
    """Return the timeline of one wave of moments, each the inside of a flow mapping."""
    return of_plan(home, {"one": head + "moments:\n" + "".join(f"  - {{{moment}}}\n" for moment in moments)})
