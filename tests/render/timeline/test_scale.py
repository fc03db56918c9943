"""The scale of a chart: whole months, counted in days, with as many labels as have room."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.render.timeline.chart import month_after, month_or_quarter_labels, month_scale, year_labels
from wavectl.text.terminal import cell_width

TWENTY = month_scale(date(2017, 5, 17), date(2018, 12, 3))
DAYS = st.dates(date(1583, 1, 1), date(9998, 12, 31))


def test_a_scale_has_whole_months() -> None:
    assert (TWENTY.first, TWENTY.last, TWENTY.days) == (date(2017, 5, 1), date(2018, 12, 31), 610)
    assert month_scale(date(2020, 2, 29), date(2020, 2, 29)) == (date(2020, 2, 1), date(2020, 2, 29))
    assert month_after(date(2017, 12, 31)) == date(2018, 1, 1)


def test_days_are_counted_inside_the_scale() -> None:
    assert [TWENTY.days_before(date(2017, 5, day)) for day in (1, 2)] == [0, 1]
    assert [TWENTY.days_through(date(2017, 5, day)) for day in (1, 2)] == [1, 2]
    assert (TWENTY.days_before(date(2010, 1, 1)), TWENTY.days_through(date(2010, 1, 1))) == (0, 0)
    assert (TWENTY.days_before(date(2030, 1, 1)), TWENTY.days_through(date(2018, 12, 31))) == (610, 610)
    assert [TWENTY.position(days, 61) for days in (0, 9, 10, 610)] == [0, 0, 1, 61]


@pytest.mark.parametrize(
    ("width", "language", "labels"),
    [
        (30, "en", ["Q3", "Q4", "Q1", "Q2", "Q3", "Q4"]),
        (
            52,
            "en",
            ["M", "J", "J", "A", "S", "O", "N", "D", "J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"],
        ),
        (10, "en", []),
    ],
)
def test_parts_of_the_year_are_as_long_as_there_is_room_for(width: int, language: str, labels: list[str]) -> None:
    assert [label.text for label in month_or_quarter_labels(TWENTY, width, language)] == labels


def test_months_have_the_names_of_the_language() -> None:
    assert [label.text for label in month_or_quarter_labels(TWENTY, 170, "fr")][:5] == [
        "mai",
        "juin",
        "juil",
        "août",
        "sept",
    ]
    assert [label.text for label in month_or_quarter_labels(TWENTY, 300, "es")][:5] == [
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
    ]
    assert [
        label.text for label in month_or_quarter_labels(month_scale(date(2017, 9, 1), date(2017, 9, 30)), 9, "fr")
    ] == ["septembre"]
    assert [label.text for label in month_or_quarter_labels(TWENTY, 30, "es")][:2] == ["T3", "T4"]


@pytest.mark.parametrize(
    ("last", "width", "texts"),
    [
        (2018, 60, ["2017", "2018"]),
        (2018, 7, ["2018"]),  # the first has no room before the second
        (2026, 60, [str(year) for year in range(2018, 2027)]),
        (2046, 60, ["2017", "2020", "2025", "2030", "2035", "2040", "2045"]),
        (2400, 40, ["2050", "2100", "2150", "2200", "2250", "2300", "2350"]),
    ],
)
def test_year_labels_are_as_frequent_as_fits(last: int, width: int, texts: list[str]) -> None:
    assert [label.text for label in year_labels(month_scale(date(2017, 5, 1), date(last, 12, 31)), width)] == texts


@given(first=DAYS, last=DAYS, width=st.integers(8, 250), language=st.sampled_from(("fr", "en", "es", "ja", "ar")))
def test_labels_never_touch(first: date, last: date, width: int, language: str) -> None:
    scale = month_scale(min(first, last), max(first, last))
    for labels in (
        year_labels(scale, width),
        month_or_quarter_labels(scale, width, language) if scale.days < 40_000 else [],
    ):
        places = [(scale.position(label.days, width), cell_width(label.text)) for label in labels]
        assert all(at + wide < following for (at, wide), (following, _) in pairwise(places))
        assert all(at + wide <= width for at, wide in places)


def test_other_languages_before_leave_the_names_as_they_are() -> None:
    for language in ("la", "gn", "qu"):  # which Babel keeps at one place with Spanish
        month_or_quarter_labels(TWENTY, 30, language)
    assert [label.text for label in month_or_quarter_labels(TWENTY, 30, "es")][:2] == ["T3", "T4"]
