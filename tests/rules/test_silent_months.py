"""Months without a moment: what fills one, and which run is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.render.context import RenderContext
from wavectl.rules import silent_months


def silence(home: Path, moments: str, maximum: int = 3, period: str = "2017-05/2018-04") -> list[str]:
    """Return each finding as the length of the silence and its months."""
    files = {
        "programme": f"design: {{max_silent_months: {maximum}}}\n",
        "wave": SOUND.replace("2017-05/2018-12", period) + (f"moments:\n{moments}" if moments else ""),
    }
    messages = [finding.message for finding in silent_months.check(read_plan(home, files))]
    assert all(message.values["maximum"] == maximum for message in messages)
    return [f"{message.values['number']}: {message.values['months']}" for message in messages]


def moments(*dates: str) -> str:
    return "".join(f"  - {{id: m{number}, title: T, when: {when}}}\n" for number, when in enumerate(dates))


@pytest.mark.parametrize(
    ("when", "silent"),
    [
        ((), "12: 2017-05/2018-04"),
        (("2017-08",), "8: 2017-09/2018-04"),
        (("2017-08", "2017-12-10"), "4: 2018-01/2018-04"),
        (("2017-09", "2017-10-31/2017-11-01", "2018-02"), "4: 2017-05/2017-08"),
        (("2017-05", "2017-10"), "6: 2017-11/2018-04"),
        (("2017-09", "2018-02"), "4: 2017-05/2017-08; 2017-10/2018-01"),
        (("2017-06/2018-02", "2017-07"), None),  # one inside another
        (("2017-08/2018-01",), None),  # a window fills all its months
        (("2016-01/2017-07", "2017-11/2019"), None),  # beyond the calendar too
        (("2017-05/2017-06", "2017-07/..", "2017-08", "2017-11", "2018-01"), None),
        (("2017-08", "'[2017-10..2018-01]'"), None),
        (("2017-06", "[2017-08-08, 2018-02-15]"), "5: 2017-09/2018-01"),  # a choice fills the months of its days
        (("2017-06", "../2017-10-20", "2018-02"), None),
        (("2017-07", "2017-09", "2018-01", "2018-01"), None),
        (("2017-07/..",), "9: 2017-08/2018-04"),  # of an open end one month is known
        (("unknown",), "12: 2017-05/2018-04"),
        (("2017-06", "2017-12, status: cancelled"), "10: 2017-07/2018-04"),
        (("2017-06", "2017-12, status: postponed"), "10: 2017-07/2018-04"),
        (("2017-06", "2017-10, status: tentative", "2018-02"), None),
    ],
)
def test_what_fills_a_month(when: tuple[str, ...], silent: str | None, tmp_path: Path) -> None:
    expected = [silent] if silent else []
    assert silence(tmp_path, moments(*when)) == expected


@pytest.mark.parametrize(
    ("period", "silent"),
    [
        ("2017-05/2017-08", "4: 2017-05/2017-08"),
        ("2017-05/2017-07", None),
        ("2017-05/..", None),  # the end is not known
    ],
)
def test_only_months_of_the_calendar_count(period: str, silent: str | None, tmp_path: Path) -> None:
    assert silence(tmp_path, "", period=period) == ([silent] if silent else [])


def test_an_open_calendar_is_checked_up_to_its_last_moment(tmp_path: Path) -> None:
    expected = "5: 2017-06/2017-10"
    assert silence(tmp_path, moments("2017-05", "2017-11"), period="2017-05/..") == [expected]


def test_each_occurrence_fills_its_month(tmp_path: Path) -> None:
    monthly = "2017-05-01, repeat: FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=4"
    assert silence(tmp_path / "all", moments(monthly)) == []
    without = monthly + ", except: {2017-09-01: cancelled}"
    expected = "7: 2017-06/2017-12"
    assert silence(tmp_path / "one", moments(without)) == [expected]


def test_a_tied_moment_fills_the_months_of_its_group(tmp_path: Path) -> None:
    tied = moments("2017-05/2018-04", "2017-06-02, same_as: m0")
    expected = "10: 2017-07/2018-04"
    assert silence(tmp_path, tied) == [expected]


def test_the_programme_can_allow_no_silent_month(tmp_path: Path) -> None:
    expected = "1: 2017-06"
    assert silence(tmp_path, moments("2017-05", "2017-07/2018-04"), maximum=0) == [expected]


def test_months_are_named_in_the_language_of_the_reader(tmp_path: Path) -> None:
    files = {"programme": "design: {max_silent_months: 3}\n", "wave": SOUND}
    (finding,) = silent_months.check(read_plan(tmp_path, files))
    assert "de mai 2017 à décembre 2018" in RenderContext(("fr",)).format_message(finding.message)


def test_a_date_that_cannot_be_read_makes_no_silence(tmp_path: Path) -> None:
    programme = "design: {max_silent_months: 6}\n"
    moments = "moments:\n  - {id: a, title: A, when: 2017-05}\n  - {id: b, title: B, when: %s}\n"
    for when, rules in (("July 2018", ["date-in-words"]), ("2018-07", ["silent-months"])):
        plan = read_plan(tmp_path, {"programme": programme, "wave": SOUND + moments % when})
        assert [one.rule for one in checked(plan)] == rules
