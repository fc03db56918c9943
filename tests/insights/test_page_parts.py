"""What several pages say alike: bars, months, days."""

from __future__ import annotations

from datetime import date

import pytest

from wavectl.dates import edtf
from wavectl.insights.progress import describe_days_until, describe_start, progress_text, wave_progress
from wavectl.render.context import RenderContext

EN = RenderContext(("en",))


@pytest.mark.parametrize(
    ("today", "drawn", "text"),
    [
        ("2017-04-20", "░░░░░░░░░░", "begins in 11 days"),
        ("2017-04-30", "░░░░░░░░░░", "begins tomorrow"),
        ("2017-05-01", "█░░░░░░░░░", "month 1 of 20"),
        ("2018-02-28", "█████░░░░░", "month 10 of 20"),
        ("2018-12-31", "██████████", "month 20 of 20"),
        ("2019-01-01", "██████████", "over"),
    ],
)
def test_progress_in_a_period(today: str, drawn: str, text: str) -> None:
    found = wave_progress(edtf.parse("2017-05/2018-12"), date.fromisoformat(today))
    assert found is not None
    assert progress_text(found, EN) == f"{drawn} {text}"


def test_a_calendar_with_an_open_end_counts_its_months() -> None:
    found = wave_progress(edtf.parse("2017-05/.."), date(2018, 5, 1))
    assert found is not None
    assert progress_text(found, EN) == "month 13"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2017-06-02", "tomorrow"),
        ("2017-05-20/2017-06-10", "under way"),
        ("2017-05-20/..", "under way"),
        ("2017-05-20/2017-06", "under way"),
        ("2017-07", "in 30 days"),
        ("2017-06", "any day now"),
        ("2017-05/2017-07", "any day now"),
        ("2017-05-31?/2017-06-10", "any day now"),
        ("[2017-05-20..2017-06-10]", "any day now"),
        ("unknown", None),
    ],
)
def test_only_a_certain_start_is_under_way(when: str, text: str | None) -> None:
    found = describe_start(edtf.parse(when), date(2017, 6, 1))
    assert (EN.format_message(found) if found else None) == text


@pytest.mark.parametrize(
    ("days", "english", "french"),
    [
        (-1, "under way", "en cours"),
        (0, "today", "aujourd'hui"),
        (1, "tomorrow", "demain"),
        (2, "in 2 days", "dans 2 jours"),
    ],
)
def test_how_long_it_is_until_a_day(days: int, english: str, french: str) -> None:
    assert (
        EN.format_message(describe_days_until(days)),
        RenderContext(("fr",)).format_message(describe_days_until(days)),
    ) == (english, french)
