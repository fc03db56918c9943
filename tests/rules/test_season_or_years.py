"""Seasons that may be meant as two years."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.diagnostics import format_path

PERIOD = "2010/2030"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2020-21", True),
        ("2021-22", True),
        ("2023-24", True),
        ("2020-21?", True),
        ("2020-22", False),  # summer
        ("2018-24", False),
        ("2121-21", False),
        ("2020-21/2021-22", False),  # an interval of two seasons is none of years
        ("2020-33", False),
        ("2020/2021", False),
        ("unknown", False),
    ],
)
def test_the_number_of_the_year_after(when: str, told: bool, tmp_path: Path) -> None:
    wave = SOUND.replace("2017-05/2018-12", "1990/2130") + f"moments:\n  - {{id: a, title: T, when: '{when}'}}\n"
    found = checked(read_plan(tmp_path, {"wave": wave}))
    assert [(one.rule, format_path(one.path)) for one in found] == [("season-or-years", "moments[0].when")] * told


def test_the_cure_names_both(tmp_path: Path) -> None:
    wave = SOUND.replace("2017-05/2018-12", "2020-21") + (
        "moments:\n  - {id: a, title: T, when: 2020-04, repeat: yearly, except: {2020-04: {when: 2023-24}}}\n"
    )
    found = checked(read_plan(tmp_path, {"wave": wave}))
    assert [(format_path(one.path), str(one.message), str(one.hint)) for one in found] == [
        (
            "period",
            "2020-21 is a season; the two years are written 2020/2021",
            "write 2020/2021 for the two years; for the season, 2020-21, write [2020-03..2020-05]",
        ),
        (
            "moments[0].except.2020-04.when",
            "2023-24 is a season; the two years are written 2023/2024",
            "write 2023/2024 for the two years; for the season, 2023-24, write [2023-12..2024-02]",
        ),
    ]
