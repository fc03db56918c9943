"""Months without a moment: what fills one, and which run is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.render.diagnostics import Style
from wavectl.rules import silent_months


def told(home: Path, moments: str, most: int = 3, period: str = "2017-05/2018-04") -> list[str]:
    files = {
        "programme": f"design: {{max_silent_months: {most}}}\n",
        "wave": SOUND.replace("2017-05/2018-12", period) + (f"moments:\n{moments}" if moments else ""),
    }
    return [str(finding.message) for finding in silent_months.check(read_plan(home, files))]


def moments(*told: str) -> str:
    return "".join(f"  - {{id: m{number}, title: T, when: {one}}}\n" for number, one in enumerate(told))


@pytest.mark.parametrize(
    ("when", "silent"),
    [
        ((), "12 months in a row without a moment: 2017-05/2018-04"),
        (("2017-08",), "8 months in a row without a moment: 2017-09/2018-04"),
        (("2017-08", "2017-12-10"), "4 months in a row without a moment: 2018-01/2018-04"),
        (("2017-09", "2017-10-31/2017-11-01", "2018-02"), "4 months in a row without a moment: 2017-05/2017-08"),
        (("2017-05", "2017-10"), "6 months in a row without a moment: 2017-11/2018-04"),
        (("2017-09", "2018-02"), "4 months in a row without a moment: 2017-05/2017-08; 2017-10/2018-01"),
        (("2017-06/2018-02", "2017-07"), None),  # one inside another
        (("2017-08/2018-01",), None),  # a window fills all its months
        (("2016-01/2017-07", "2017-11/2019"), None),  # beyond the calendar too
        (("2017-05/2017-06", "2017-07/..", "2017-08", "2017-11", "2018-01"), None),
        (("2017-08", "'[2017-10..2018-01]'"), None),
        (("2017-07", "2017-09", "2018-01", "2018-01"), None),
        (("2017-07/..",), "9 months in a row without a moment: 2017-08/2018-04"),  # of an open end one month is known
        (("unknown",), "12 months in a row without a moment: 2017-05/2018-04"),
        (("2017-06", "2017-12, status: cancelled"), "10 months in a row without a moment: 2017-07/2018-04"),
        (("2017-06", "2017-12, status: postponed"), "10 months in a row without a moment: 2017-07/2018-04"),
        (("2017-06", "2017-10, status: tentative", "2018-02"), None),
    ],
)
def test_what_fills_a_month(when: tuple[str, ...], silent: str | None, tmp_path: Path) -> None:
    expected = [f"{silent}; the programme wants 3 at most"] if silent else []
    assert told(tmp_path, moments(*when)) == expected


@pytest.mark.parametrize(
    ("period", "silent"),
    [
        ("2017-05/2017-08", "4 months in a row without a moment: 2017-05/2017-08"),
        ("2017-05/2017-07", None),
        ("2017-05/..", None),  # nobody knows when it ends
    ],
)
def test_the_calendar_bounds_the_silence(period: str, silent: str | None, tmp_path: Path) -> None:
    assert told(tmp_path, "", period=period) == ([f"{silent}; the programme wants 3 at most"] if silent else [])


def test_an_open_calendar_is_looked_at_up_to_its_last_moment(tmp_path: Path) -> None:
    expected = "5 months in a row without a moment: 2017-06/2017-10; the programme wants 3 at most"
    assert told(tmp_path, moments("2017-05", "2017-11"), period="2017-05/..") == [expected]


def test_each_occurrence_fills_its_month(tmp_path: Path) -> None:
    monthly = "2017-05-01, repeat: FREQ=MONTHLY;BYMONTHDAY=1;INTERVAL=4"
    assert told(tmp_path / "all", moments(monthly)) == []
    without = monthly + ", except: {2017-09-01: cancelled}"
    expected = "7 months in a row without a moment: 2017-06/2017-12; the programme wants 3 at most"
    assert told(tmp_path / "one", moments(without)) == [expected]


def test_a_month_of_a_tied_moment_is_that_of_its_group(tmp_path: Path) -> None:
    tied = moments("2017-05/2018-04", "2017-06-02, same_as: m0")
    expected = "10 months in a row without a moment: 2017-07/2018-04; the programme wants 3 at most"
    assert told(tmp_path, tied) == [expected]


def test_no_silence_at_all_can_be_asked_for(tmp_path: Path) -> None:
    expected = "1 months in a row without a moment: 2017-06; the programme wants 0 at most"
    assert told(tmp_path, moments("2017-05", "2017-07/2018-04"), most=0) == [expected]


def test_months_are_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    files = {"programme": "design: {max_silent_months: 3}\n", "wave": SOUND}
    (finding,) = silent_months.check(read_plan(tmp_path, files))
    assert "de mai 2017 à décembre 2018" in Style(languages=("fr",)).tell(finding.message)


def test_a_date_that_cannot_be_read_makes_no_silence(tmp_path: Path) -> None:
    programme = "design: {max_silent_months: 6}\n"
    moments = "moments:\n  - {id: a, title: A, when: 2017-05}\n  - {id: b, title: B, when: %s}\n"
    for when, rules in (("July 2018", ["date-in-words"]), ("2018-07", ["silent-months"])):
        plan = read_plan(tmp_path, {"programme": programme, "wave": SOUND + moments % when})
        assert [one.rule for one in checked(plan)] == rules
