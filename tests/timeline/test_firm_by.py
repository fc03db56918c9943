"""When a date should be firm, and which date that is."""

from __future__ import annotations

from datetime import date

import pytest

from wavectl.dates import edtf
from wavectl.model import Status
from wavectl.timeline.firm_by import firm_by_date, is_firm, next_date, visible_status

CONFIRMED, TENTATIVE = Status.CONFIRMED, Status.TENTATIVE


@pytest.mark.parametrize(
    ("when", "confirm_by", "day"),
    [
        ("2017-09", None, date(2017, 7, 3)),  # 28 days of July, 31 of August, and the first of September: 60
        ("2017-09-14/2017-09-17", None, date(2017, 7, 16)),
        ("2017-09", "2017-08-31", date(2017, 8, 31)),
        ("unknown", None, None),
        ("unknown", "2017-08-31", date(2017, 8, 31)),
    ],
)
def test_the_day_by_which_a_date_should_be_firm(when: str, confirm_by: str | None, day: date | None) -> None:
    assert firm_by_date(edtf.parse(when), edtf.parse(confirm_by) if confirm_by else None) == day


@pytest.mark.parametrize(
    ("when", "status", "still"),
    [
        ("2017-09", CONFIRMED, True),
        ("2017-09-14", CONFIRMED, False),
        ("2017-09-14", TENTATIVE, True),
        ("2017-09-14?", CONFIRMED, True),
    ],
)
def test_what_is_to_be_firmed_up(when: str, status: Status, still: bool) -> None:
    assert is_firm(edtf.parse(when), status) is not still
    assert visible_status(edtf.parse(when), status) is (TENTATIVE if still else CONFIRMED)


def test_the_next_date_is_the_first_scheduled_one_that_is_not_past() -> None:
    dates = [
        (edtf.parse("2016-12-10"), CONFIRMED),
        (edtf.parse("unknown"), CONFIRMED),
        (edtf.parse("2017-12-10"), Status.CANCELLED),
        (edtf.parse("2018-12-10"), TENTATIVE),
        (edtf.parse("2019-12-10"), CONFIRMED),
    ]
    assert next_date(dates, date(2016, 12, 10)) == dates[0]
    assert next_date(dates, date(2016, 12, 11)) == dates[3]
    assert next_date(dates, date(2019, 12, 11)) is None
