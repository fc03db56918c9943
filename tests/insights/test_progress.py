"""The progress of a period on a day, and the next moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.plans import read_plan
from support.timelines import wave
from wavectl.dates import edtf
from wavectl.insights.progress import describe_start, next_moment, wave_progress
from wavectl.timeline.groups import resolve_groups


@pytest.mark.parametrize(
    ("period", "today", "month", "months", "days", "over"),
    [
        ("2017-05/2018-12", "2017-04-30", 0, 20, 1, False),
        ("2017-05/2018-12", "2017-05-01", 1, 20, 0, False),
        ("2017-05/2018-12", "2017-06-01", 2, 20, 0, False),
        ("2017-05/2018-12", "2018-12-31", 20, 20, 0, False),
        ("2017-05/2018-12", "2019-01-01", 21, 20, 0, True),
        ("2017-05-10/2017-05-20", "2017-05-21", 2, 1, 0, True),  # over inside its last month
        ("2017-05-10/2017-05-20", "2017-05-09", 0, 1, 1, False),
        ("2017-05/..", "2018-05-31", 13, None, 0, False),
        ("2017", "2017-03-01", 3, 12, 0, False),
    ],
)
def test_progress_of_a_period_on_a_day(
    period: str, today: str, month: int, months: int | None, days: int, over: bool
) -> None:
    found = wave_progress(edtf.parse(period), date.fromisoformat(today))
    assert found is not None
    assert (found.month, found.months, found.days_until_start, found.is_over) == (month, months, days, over)


def test_without_a_calendar_there_is_no_progress() -> None:
    assert wave_progress(None, date(2017, 6, 1)) is None


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2017-09-01", ("month", 0)),
        ("2017-09-02", ("day", 12)),  # what begins comes before what is under way
        ("2017-09-15", ("yearly", 86)),  # 15 days of September, 31, 30, and 10 of December
        ("2017-12-11", ("window", 52)),
        ("2018-02-01", ("window", 0)),
        ("2018-07-31", ("yearly", 132)),
        ("2018-12-10", ("yearly", 0)),
        ("2018-12-11", None),
    ],
)
def test_what_comes_next(today: str, found: tuple[str, int] | None, tmp_path: Path) -> None:
    plan = read_plan(
        tmp_path,
        {
            "one": wave(
                "id: month, title: A, when: 2017-09",
                "id: day, title: B, when: 2017-09-14",
                "id: window, title: C, when: 2018-02/2018-07",
                "id: gone, title: D, when: 2017-10, status: cancelled",
                "id: later, title: E, when: 2017-11, status: postponed",
                "id: open, title: F, when: unknown",
                "id: yearly, title: G, when: 2017-12-10, repeat: yearly",
            )
        },
    )
    following = next_moment(resolve_groups(plan, drafts=True), date.fromisoformat(today), ["en"])
    assert (following and (following.group.root.moment.id, following.days_until_start)) == found


@pytest.mark.parametrize(
    ("when", "today", "text"),
    [
        ("[2017-09-14,2017-11-20]", "2017-09-12", "in 2 days"),
        ("[2017-09-14,2017-11-20]", "2017-09-14", "any day now"),
        ("[2017-09-14,2017-11-20]", "2017-09-15", "in 66 days"),  # to the day that is still possible
        ("[2017-09-14..2017-11-20]", "2017-09-15", "any day now"),
        ("../2017-09", "2017-09-02", "within 28 days"),
        ("../2017-09-20", "2017-09-02", "within 18 days"),
        ("../2017-09", "2017-09-29", "any day now"),
        ("2017-09", "2017-08-31", "tomorrow"),
        ("2017-09-14/2017-09-17", "2017-09-15", "under way"),
    ],
)
def test_when_a_date_begins(when: str, today: str, text: str) -> None:
    assert str(describe_start(edtf.parse(when), date.fromisoformat(today))) == text


def test_a_choice_of_days_comes_next_on_the_day_that_is_still_possible(tmp_path: Path) -> None:
    moments = ("id: choice, title: A, when: '[2017-09-14,2017-11-20]'", "id: day, title: B, when: 2017-10-14")
    groups = list(resolve_groups(read_plan(tmp_path, {"one": wave(*moments)}), drafts=True))
    found = [next_moment(groups, date.fromisoformat(today), ["en"]) for today in ("2017-09-14", "2017-09-15")]
    assert [(one.group.root.moment.id, one.days_until_start) for one in found if one] == [("choice", 0), ("day", 29)]
