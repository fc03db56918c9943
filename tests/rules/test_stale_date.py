"""Dates that should be firm: from which day, and of what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.rules import stale_date


def told(home: Path, today: str | None, *moments: str) -> list[str]:
    wave = SOUND + "moments:\n" + "".join(f"  - {{id: m{n}, title: T, {one}}}\n" for n, one in enumerate(moments))
    plan = read_plan(home, {"wave": wave})._replace(today=date.fromisoformat(today) if today else None)
    assert plan.findings == ()
    return [f"{finding.waiver} {finding.message}; {finding.hint}" for finding in stale_date.check(plan)]


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
def test_it_is_told_from_the_day_on_which_it_should_be_firm(moment: str, first: str, last: str, tmp_path: Path) -> None:
    one = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    days = (one[0] - 1, one[0], one[1], one[1] + 1)
    found = [len(told(tmp_path, date.fromordinal(day).isoformat(), moment)) for day in days]
    assert found == [0, 1, 1, 0]


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
def test_what_is_firm_off_or_without_a_date_is_not_told(moment: str, tmp_path: Path) -> None:
    for today in ("2017-05-02", "2017-09-01", "2017-11-30"):
        assert told(tmp_path, today, moment) == []


def test_without_a_day_it_says_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, None, "when: 2017-09") == []


def test_of_a_moment_that_repeats_the_next_time_counts(tmp_path: Path) -> None:
    yearly = "when: 2017-10, repeat: yearly"
    counted = [len(told(tmp_path, today, yearly)) for today in ("2017-09-01", "2017-11-01", "2018-08-01", "2018-08-02")]
    assert counted == [1, 0, 0, 1]


def test_a_tied_moment_is_as_firm_as_its_group(tmp_path: Path) -> None:
    assert told(tmp_path / "firm", "2017-08-20", "when: 2017-09", "when: 2017-09-14, same_as: m0") == []
    vague = told(tmp_path / "vague", "2017-08-20", "when: 2017-09", "when: 2017-08/2017-09, same_as: m0", "same_as: m0")
    assert [line.split()[0] for line in vague] == ["m0"]


def test_the_cure_fits_the_fault(tmp_path: Path) -> None:
    moments = (
        "when: 2017-09",
        "when: 2017-09, confirm_by: 2017-08-01",
        "when: 2017-09-14, status: tentative",
    )
    assert told(tmp_path, "2017-08-20", *moments) == [
        "m0 the date is still not exact: 2017-09; write its days in when: once they are known; "
        "until then confirm_by: names the day to look again",
        "m1 the date is still not exact: 2017-09; write its days in when: once they are known; "
        "confirm_by: was 2017-08-01",
        "m2 the date is still tentative: 2017-09-14; write status: confirmed once it is sure; "
        "until then confirm_by: names the day to look again",
    ]
