"""Months that moments fill, and the runs between them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.plans import read_plan
from support.timelines import wave
from wavectl.dates import edtf
from wavectl.timeline.silent_months import (
    filled_ranges,
    month_number,
    month_ranges,
    months_as_date,
    silent_ranges,
    unfilled_ranges,
)


def named(*runs: tuple[int, int]) -> list[str]:
    """Return runs of months as dates."""
    return [months_as_date(*run).text for run in runs]


def months(text: str) -> tuple[int, int]:
    """Return the months of a date."""
    (found,) = month_ranges(edtf.parse(text))
    return found


def test_a_month_is_a_number() -> None:
    assert month_number(date(2017, 1, 31)) + 1 == month_number(date(2017, 2, 1)) == 12 * 2017 + 1
    assert months("2017-12/2018-02") == (month_number(date(2017, 12, 1)), month_number(date(2018, 2, 1)))
    assert months("2018-07-05/..") == (month_number(date(2018, 7, 5)), month_number(date(2018, 7, 5)))
    assert month_ranges(edtf.UNKNOWN) == []
    assert named(*month_ranges(edtf.parse("[2017-11-08,2018-02-15]"))) == ["2017-11", "2018-02"]
    assert named(months("../2018-07")) == ["2018-07"]
    assert named(months("2017-05"), months("2017-12/2018-01")) == ["2017-05", "2017-12/2018-01"]


@pytest.mark.parametrize(
    ("full", "found"),
    [
        ([], ["2017-05/2018-04"]),
        (["2017-05/2018-04"], []),
        (["2017-09"], ["2017-05/2017-08", "2017-10/2018-04"]),
        (["2018-04", "2017-05", "2017-06/2018-03"], []),
        (["2017-01/2017-06", "2018-03/2019-01"], ["2017-07/2018-02"]),
        (["2017-06/2017-12", "2017-07"], ["2017-05", "2018-01/2018-04"]),
        (["2019-01"], ["2017-05/2018-04"]),
    ],
)
def test_runs_of_months_that_nothing_fills(full: list[str], found: list[str]) -> None:
    period = edtf.parse("2017-05/2018-04")
    runs = [months(text) for text in full]
    assert named(*unfilled_ranges(runs, *months("2017-05/2018-04"))) == named(*silent_ranges(runs, period)) == found


def test_an_open_calendar_is_looked_at_up_to_its_last_moment() -> None:
    period = edtf.parse("2017-05/..")
    assert named(*silent_ranges([months("2017-09")], period)) == ["2017-05/2017-08"]
    assert list(silent_ranges([], period)) == []
    assert list(silent_ranges([months("2017-09")], None)) == []


def test_what_fills_a_month(tmp_path: Path) -> None:
    """Tied moments fill those of the most precise date; what is postponed, cancelled or without a date fills none."""
    plan = read_plan(
        tmp_path,
        {
            "one": wave(
                "id: a, title: A, when: 2017-09, same_as: two/b",
                "id: c, title: C, when: 2017-11, status: postponed",
                "id: d, title: D, when: 2017-12, status: cancelled",
                "id: e, title: E, when: unknown",
                "id: f, title: F, when: 2018-01-05, status: tentative",
            ),
            "two": wave(
                "id: b, title: B, when: 2017-08-31/2017-09-01", "id: g, title: G, when: 2017-12-10, repeat: yearly"
            ),
        },
    )
    full, unread = filled_ranges(plan)
    assert unread == set()
    assert named(*full["one"]) == ["2017-08/2017-09", "2018-01"]
    assert named(*full["two"]) == ["2017-08/2017-09", "2017-12", "2018-12"]
