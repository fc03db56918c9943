"""Dates that should be firm by now: from which day on, and of which moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import SOUND, read_plan
from wavectl.diagnostics import Finding
from wavectl.rules import stale_date


def findings(home: Path, today: str | None, *moments: str) -> list[Finding]:
    """Return the findings of the rule for moments ``m0``, ``m1`` and so on."""
    wave = SOUND + "moments:\n" + "".join(f"  - {{id: m{n}, title: T, {one}}}\n" for n, one in enumerate(moments))
    plan = replace(read_plan(home, {"wave": wave}), today=date.fromisoformat(today) if today else None)
    assert plan.findings == ()
    return list(stale_date.check(plan))


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        ("when: 2017-09", "2017-07-03", "2017-09-30"),  # sixty days before 1 September, to its latest day
        ("when: 2017-09, status: tentative", "2017-07-03", "2017-09-30"),
        ("when: 2017-09-14, status: tentative", "2017-07-16", "2017-09-14"),
        ("when: 2017-09-14?", "2017-07-16", "2017-09-14"),
        ("when: 2017-09-14/..", "2017-07-16", "2017-09-14"),  # of an open end the known day counts
        ("when: 2017-09, confirm_by: 2017-05-01", "2017-05-01", "2017-09-30"),
        ("when: 2017-09, confirm_by: 2017-09-10", "2017-09-10", "2017-09-30"),
        ("when: 2017-09-14, status: tentative, confirm_by: 2017-09-01", "2017-09-01", "2017-09-14"),
        ("when: 2017-10, repeat: yearly, except: {2017-10: cancelled}", "2018-08-02", "2018-10-31"),
    ],
)
def test_it_is_reported_from_the_day_on_which_it_should_be_firm(
    moment: str, first: str, last: str, tmp_path: Path
) -> None:
    start, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    days = (start - 1, start, end, end + 1)
    counts = [len(findings(tmp_path, date.fromordinal(day).isoformat(), moment)) for day in days]
    assert counts == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "moment",
    [
        "when: 2017-09-14",
        "when: 2017-09-14T15:00/2017-09-14T16:30",
        "when: 2017-09-14, confirm_by: 2017-05-01",
        "when: 2017-09, status: postponed",
        "when: 2017-09, status: cancelled, confirm_by: 2017-05-01",
        "when: unknown, confirm_by: 2017-05-01",
        "when: 2017-12-10, repeat: yearly",
    ],
)
def test_firm_cancelled_and_undated_moments_are_not_reported(moment: str, tmp_path: Path) -> None:
    for today in ("2017-05-02", "2017-09-01", "2017-11-30"):
        assert findings(tmp_path, today, moment) == []


def test_without_a_day_nothing_is_reported(tmp_path: Path) -> None:
    assert findings(tmp_path, None, "when: 2017-09") == []


def test_of_a_repeating_moment_the_next_occurrence_counts(tmp_path: Path) -> None:
    yearly = "when: 2017-10, repeat: yearly"
    counts = [
        len(findings(tmp_path, today, yearly)) for today in ("2017-09-01", "2017-11-01", "2018-08-01", "2018-08-02")
    ]
    assert counts == [1, 0, 0, 1]


def test_a_tied_moment_is_as_firm_as_its_group(tmp_path: Path) -> None:
    assert findings(tmp_path / "firm", "2017-08-20", "when: 2017-09", "when: 2017-09-14, same_as: m0") == []
    vague = findings(
        tmp_path / "vague", "2017-08-20", "when: 2017-09", "when: 2017-08/2017-09, same_as: m0", "same_as: m0"
    )
    assert [finding.waiver_id for finding in vague] == ["m0"]


def test_message_and_hint_fit_the_moment(tmp_path: Path, golden: Golden) -> None:
    moments = ("when: 2017-09", "when: 2017-09, confirm_by: 2017-08-01", "when: 2017-09-14, status: tentative")
    lines = [
        f"{finding.waiver_id} {finding.message}; {finding.hint}\n"
        for finding in findings(tmp_path, "2017-08-20", *moments)
    ]
    golden(Path(__file__).parent / "expected" / "stale-date.txt", "".join(lines))
