"""Recurrence: valid rules, first dates and occurrences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support import rrule_by_day
from support.fuzz import examples
from wavectl.dates import edtf, recurrence
from wavectl.dates.recurrence import RecurrenceRule, RecurrenceRuleError, check_first_date, occurrences, parse
from wavectl.diagnostics import quoted


def occurrence_texts(rule: str, when: str, last: str | None = None) -> list[str]:
    end = date.fromisoformat(last) if last else None
    return [occurrence.text for occurrence in occurrences(parse(rule), edtf.parse(when), end)]


@pytest.mark.parametrize(
    "text",
    [
        "yearly",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=-1,31",
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=YEARLY;BYDAY=53MO",
        "FREQ=YEARLY;INTERVAL=999;BYMONTHDAY=1;BYSETPOS=12",
    ],
)
def test_a_rule_keeps_its_text(text: str) -> None:
    assert parse(text).text == text
    assert parse(parse(text).text) == parse(text)


def test_the_parts_of_a_rule_are_put_in_order() -> None:
    assert parse("BYDAY=1MO;FREQ=YEARLY;BYMONTH=10").text == "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO"


INVALID = [
    "FREQ=YEARLY;COUNT=3;UNTIL=20181231",
    "FREQ=YEARLY;COUNT=0",
    "FREQ=YEARLY;UNTIL=2018",
    "FREQ=YEARLY;UNTIL=20180231",
    "FREQ=YEARLY;UNTIL=20180228T25",
    "FREQ=DAILY",
    "FREQ=HOURLY",
    "FREQ=YEARLY;BYWEEKNO=3",
    "FREQ=YEARLY;BYYEARDAY=3",
    "FREQ=YEARLY;WKST=SU",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=0",
    "FREQ=YEARLY;BYMONTHDAY=32",
    "FREQ=YEARLY;BYDAY=MONDAY",
    "FREQ=YEARLY;BYDAY=0MO",
    "FREQ=YEARLY;INTERVAL=0",
    "FREQ=YEARLY;INTERVAL=1000",
    "FREQ=YEARLY;BYMONTHDAY=1;BYSETPOS=367",
    "FREQ=YEARLY;FREQ=YEARLY",
    "FREQ=YEARLY;",
    "RRULE:FREQ=YEARLY",
    "Yearly",
    "monthly",
    "",
    "BYMONTH=10",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=YEARLY;BYSETPOS=1",
    "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3",
    "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1",
    "FREQ=MONTHLY;BYDAY=MO,1TU",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTH=4,1,2;BYSETPOS=2",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=11",
    "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=5",
]
"""Invalid rules; ``recurrence_errors.txt`` holds the message and the hint of each."""


def test_invalid_rules_are_refused(golden: Callable[[Path, str], None]) -> None:
    lines = []
    for text in INVALID:
        with pytest.raises(RecurrenceRuleError) as caught:
            parse(text)
        lines.append(f"{caught.value.message}\n    {caught.value.hint}\n")
    golden(Path(__file__).with_name("recurrence_errors.txt"), "".join(lines))


@pytest.mark.parametrize(
    ("text", "part"), [("FREQ=DAILY", "FREQ=DAILY"), ("FREQ=YEARLY;BYDAY=0MO", "BYDAY=0MO"), ("FREQ=YEARLY;", "")]
)
def test_the_error_names_the_part_that_cannot_be_read(text: str, part: str) -> None:
    with pytest.raises(RecurrenceRuleError) as caught:
        parse(text)
    assert caught.value.message.values["part"] == quoted(part)


@pytest.mark.parametrize(
    ("rule", "when", "nearest"),
    [
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2017-10-01", "2017-10-02"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2017-12-24", "2017-10-02"),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2018-06-20", "2018-10-01"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=10;BYDAY=1MO", "2018-10-02", "2018-10-01"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2017-01-03", "2017-01-02"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "2017-01-04", "2017-01-02"),  # both are two days away: the earlier
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1", "2017-02-27", "2017-02-28"),
        ("FREQ=YEARLY;BYMONTH=10", "2017-11-05", "2017-10-31"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2017-03-01", "2016-02-29"),
        ("FREQ=WEEKLY;BYDAY=MO", "1583-01-01", "1583-01-03"),
        ("FREQ=WEEKLY;BYDAY=MO", "9998-12-31", "9998-12-28"),
    ],
)
def test_a_first_date_that_does_not_match_gets_the_nearest_day(rule: str, when: str, nearest: str) -> None:
    with pytest.raises(RecurrenceRuleError) as caught:
        check_first_date(parse(rule), edtf.parse(when))
    assert when in str(caught.value.message)
    assert caught.value.hint.values == {"date": date.fromisoformat(nearest)}
    check_first_date(parse(rule), edtf.parse(nearest))


@pytest.mark.parametrize(
    ("rule", "when", "accepted"),
    [
        ("yearly", "2017-12-10", True),
        ("yearly", "2018-10?", True),
        ("yearly", "[2018-01..2018-06]", True),
        ("yearly", "2018-21", True),
        ("yearly", "unknown", False),
        ("yearly", "2018-07-05/..", False),
        ("FREQ=YEARLY", "2018-10", False),
        ("FREQ=YEARLY", "2018-10-05?", False),
        ("FREQ=YEARLY", "2018-10-05T15:00/2018-10-05T16:00", True),
    ],
)
def test_only_yearly_moments_may_be_fuzzy(rule: str, when: str, accepted: bool) -> None:
    if accepted:
        check_first_date(parse(rule), edtf.parse(when))
    else:
        with pytest.raises(RecurrenceRuleError):
            check_first_date(parse(rule), edtf.parse(when))


@pytest.mark.parametrize(
    ("rule", "when", "last", "expected"),
    [
        ("yearly", "2017-12-10", "2018-12-31", ["2017-12-10", "2018-12-10"]),
        ("yearly", "2017-12-10", "2018-12-10", ["2017-12-10", "2018-12-10"]),
        ("yearly", "2017-12-10", "2018-12-09", ["2017-12-10"]),
        ("yearly", "2018-10?", "2019-12-31", ["2018-10?", "2019-10?"]),
        ("yearly", "[2018-07-05..2018-07-20]", "2019-12-31", ["[2018-07-05..2018-07-20]", "[2019-07-05..2019-07-20]"]),
        ("yearly", "2016-02-29", "2024-12-31", ["2016-02-29", "2020-02-29", "2024-02-29"]),
        ("yearly", "2016-02-28/2016-03-01", "2017-12-31", ["2016-02-28/2016-03-01", "2017-02-28/2017-03-01"]),
        ("yearly", "2017-12-10", "2016-12-31", []),
        ("yearly", "unknown", "2018-12-31", ["unknown"]),
        ("FREQ=YEARLY", "2016-02-29", "2024-12-31", ["2016-02-29", "2020-02-29", "2024-02-29"]),
        ("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "2017-10-02", "2019-12-31", ["2017-10-02", "2018-10-01", "2019-10-07"]),
        ("FREQ=MONTHLY", "2018-01-31", "2018-06-30", ["2018-01-31", "2018-03-31", "2018-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2018-01-31", "2018-03-31", ["2018-01-31", "2018-02-28", "2018-03-31"]),
        ("FREQ=WEEKLY;INTERVAL=2", "2018-01-03", "2018-01-31", ["2018-01-03", "2018-01-17", "2018-01-31"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "2018-01-04", "2018-01-11", ["2018-01-04", "2018-01-09", "2018-01-11"]),
        ("FREQ=WEEKLY", "2018-01-31/2018-02-02", "2018-02-07", ["2018-01-31/2018-02-02", "2018-02-07/2018-02-09"]),
    ],
)
def test_a_rule_gives_its_dates(rule: str, when: str, last: str, expected: list[str]) -> None:
    assert occurrence_texts(rule, when, last) == expected


def test_wall_clock_times_stay_the_same() -> None:
    """The clocks of Europe changed on 25 March 2018."""
    assert occurrence_texts("FREQ=WEEKLY", "2018-03-21T15:00/2018-03-21T16:30", "2018-03-28") == [
        "2018-03-21T15:00/2018-03-21T16:30",
        "2018-03-28T15:00/2018-03-28T16:30",
    ]
    assert occurrence_texts("FREQ=WEEKLY", "2018-03-21T15:00Z", "2018-03-28")[1] == "2018-03-28T15:00Z"


def test_without_a_period_occurrences_end_with_the_fifth_year() -> None:
    assert occurrence_texts("yearly", "2017-12-10")[-1] == "2022-12-10"
    assert occurrence_texts("yearly", "2017-01-01")[-1] == "2022-01-01"
    assert occurrence_texts("FREQ=MONTHLY", "2017-01-31")[-1] == "2022-12-31"


def test_there_are_at_most_five_hundred_occurrences() -> None:
    assert len(occurrence_texts("FREQ=WEEKLY", "2017-01-02", "9998-12-31")) == recurrence.MAX_OCCURRENCES == 500
    assert len(occurrence_texts("yearly", "2017-12-10", "9998-12-31")) == 500


def test_occurrences_end_with_the_last_supported_year() -> None:
    assert occurrence_texts("yearly", "9997-12-31", "9998-12-31") == ["9997-12-31", "9998-12-31"]
    assert occurrence_texts("yearly", "9996-02-29", "9998-12-31") == ["9996-02-29"]
    assert occurrence_texts("FREQ=WEEKLY", "9998-12-20/9998-12-27", "9998-12-31") == ["9998-12-20/9998-12-27"]
    assert occurrence_texts("FREQ=YEARLY", "9998-12-31") == ["9998-12-31"]


def test_the_first_occurrence_is_the_date_itself() -> None:
    when = edtf.parse("2017-11-08T15:00Z")
    assert occurrences(parse("FREQ=WEEKLY"), when, when.latest)[0] == when


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY")))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 4))}")
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    if months:
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    numbers = st.integers(-31, 31).filter(bool)
    month_days = draw(st.lists(numbers, max_size=3, unique=True)) if frequency != "WEEKLY" else []
    if month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, month_days)))
    days = draw(st.lists(st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), max_size=3, unique=True))
    # Numbered and plain weekdays are not mixed: python-dateutil wants a day to match both, the standard either.
    if days and frequency != "WEEKLY" and draw(st.booleans()):
        most = 5 if frequency == "MONTHLY" or months else 53
        days = [f"{draw(st.integers(-most, most).filter(bool))}{name}" for name in days]
    if days:
        parts.append("BYDAY=" + ",".join(days))
    # Nor do they agree on a week before the first day: python-dateutil counts BYSETPOS from that day on.
    if frequency != "WEEKLY" and (days or month_days or months) and draw(st.booleans()):
        places = draw(st.lists(st.integers(-6, 6).filter(bool), min_size=1, max_size=3, unique=True))
        parts.append("BYSETPOS=" + ",".join(map(str, places)))
    return ";".join(parts)


@given(rules(), st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 1200))
@settings(max_examples=examples(150), deadline=None)
def test_rules_agree_with_a_day_by_day_implementation(text: str, first: date, length: int) -> None:
    try:
        rule = parse(text)
    except RecurrenceRuleError:
        assume(False)
    last = first + timedelta(days=length)
    assert list(recurrence._start_days(rule, first, last)) == list(rrule_by_day.starts(text, first, last))


@given(rules(), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
@settings(max_examples=25, deadline=None)
def test_the_nearest_day_starts_the_rule(text: str, first: date) -> None:
    try:
        rule = parse(text)
    except RecurrenceRuleError:
        assume(False)
    nearest = recurrence._nearest_start(rule, first)
    if nearest is not None:
        check_first_date(rule, edtf.parse(nearest.isoformat()))
        gap = abs(nearest - first)
        between = [first + timedelta(days=n) for n in range(-gap.days + 1, gap.days) if n]
        assert not any(recurrence._includes(rule, other) for other in between)


def test_yearly_is_the_rule_without_parts() -> None:
    assert parse("yearly") == RecurrenceRule()


@pytest.mark.parametrize("text", ["freq=yearly;bymonth=10;byday=1mo", "FREQ=YEARLY;BYMONTH=010;BYDAY=+01MO"])
def test_other_spellings_of_a_rule_are_the_same_rule(text: str) -> None:
    assert parse(text) == parse("FREQ=YEARLY;BYMONTH=10;BYDAY=1MO")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-03-03", "2026-03-10", "2026-03-17"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260310", ["2026-03-03", "2026-03-10"]),
        ("FREQ=MONTHLY;UNTIL=20260430", ["2026-03-03", "2026-04-03"]),
        ("FREQ=WEEKLY;COUNT=99", [f"2026-03-{day:02}" for day in (3, 10, 17, 24, 31)]),
    ],
)
def test_a_series_may_end_before_its_wave(rule: str, expected: list[str]) -> None:
    assert occurrence_texts(rule, "2026-03-03", "2026-03-31" if "99" in rule else "2026-12-31") == expected


@pytest.mark.parametrize(
    ("until", "zone", "last"),
    [
        ("20261231", "Europe/Paris", "2026-12-31T21:00"),
        ("2027-01-01", "Europe/Paris", "2027-01-01T21:00"),
        ("20261231T210000", "Europe/Paris", "2026-12-31T21:00"),
        ("20261231T205959", "Europe/Paris", "2026-12-25T21:00"),
        ("20261231T225959Z", "Europe/Paris", "2026-12-31T21:00"),  # until midnight there
        ("20270101T045959Z", "America/New_York", "2026-12-31T21:00"),
        ("20261231T145959Z", "Asia/Seoul", "2026-12-31T21:00"),
        ("20261231T115959Z", "Asia/Seoul", "2026-12-25T21:00"),
        ("20261231T080000Z", "Pacific/Auckland", "2026-12-31T21:00"),
    ],
)
def test_a_series_ends_at_the_time_of_until_in_its_zone(until: str, zone: str, last: str) -> None:
    rule = parse(f"FREQ=WEEKLY;BYDAY=TH,FR;UNTIL={until}")
    assert occurrences(rule, edtf.parse("2026-12-03T21:00"), None, zone)[-1].text == last


def test_a_series_cannot_end_before_it_starts() -> None:
    with pytest.raises(RecurrenceRuleError):
        check_first_date(parse("FREQ=WEEKLY;UNTIL=20261231T225959Z"), edtf.parse("2027-01-05T21:00"))
    check_first_date(parse("FREQ=WEEKLY;UNTIL=20261231T225959Z"), edtf.parse("2026-12-31T21:00"))
