"""Outcomes of moments that have not started yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.rules import outcome_too_early


@pytest.mark.parametrize(
    ("moment", "today", "reported"),
    [
        ("when: 2017-09-14/2017-09-17", "2017-09-13", True),
        ("when: 2017-09-14/2017-09-17", "2017-09-14", False),  # it has begun
        ("when: 2017-09", "2017-08-31", True),
        ("when: 2017-09", "2017-09-01", False),
        ("when: unknown", "2017-09-01", False),
        ("same_as: root", "2017-09-01", True),
        ("same_as: root", "2017-11-02", False),
        ("when: 2017-09-14/2017-09-17", None, False),
    ],
)
def test_an_outcome_comes_after_the_beginning(moment: str, today: str | None, reported: bool, tmp_path: Path) -> None:
    wave = (
        SOUND
        + f"moments:\n  - {{id: a, title: A, outcome: O, {moment}}}\n  - {{id: root, title: R, when: 2017-11-02}}\n"
    )
    plan = replace(read_plan(tmp_path, {"wave": wave}), today=date.fromisoformat(today) if today else None)
    found = [(finding.path, finding.waiver_id) for finding in outcome_too_early.check(plan)]
    assert found == [(("moments", 0, "outcome"), "a")] * reported
