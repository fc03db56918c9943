"""Seasons that may be two years."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.diagnostics import format_path

PERIOD = "2010/2030"


@pytest.mark.parametrize(
    ("when", "reported"),
    [
        ("2020-21", True),
        ("2021-22", True),
        ("2023-24", True),
        ("2020-21?", True),
        ("2020-22", False),  # summer
        ("2025-26", True),
        ("2026-28", True),
        ("2026-30", True),
        ("2028-25", False),
        ("2030-30", False),
        ("2018-24", False),
        ("2121-21", False),
        ("2020-21/2021-22", False),  # an interval of two seasons is not two years
        ("2020-33", False),
        ("2020/2021", False),
        ("unknown", False),
    ],
)
def test_the_number_of_the_year_after(when: str, reported: bool, tmp_path: Path) -> None:
    wave = SOUND.replace("2017-05/2018-12", "1990/2130") + f"moments:\n  - {{id: a, title: T, when: '{when}'}}\n"
    found = checked(read_plan(tmp_path, {"wave": wave}))
    assert [(one.rule, format_path(one.path)) for one in found] == [("season-or-years", "moments[0].when")] * reported


def test_the_hint_suggests_both(tmp_path: Path) -> None:
    wave = SOUND.replace("2017-05/2018-12", "2020-21") + (
        "moments:\n  - {id: a, title: T, when: 2020-04, repeat: yearly, except: {2020-04: {when: 2023-24}}}\n"
        "  - {id: b, title: T, when: 2020-25}\n"
    )
    findings = checked(read_plan(tmp_path, {"wave": wave}))
    assert [
        (format_path(finding.path), finding.hint and str(finding.hint.values["years"])) for finding in findings
    ] == [("period", "2020/2021"), ("moments[0].except.2020-04.when", "2023/2024"), ("moments[1].when", "2020/2025")]
    assert [finding.hint and finding.hint.values["months"] for finding in findings] == [
        "[2020-03..2020-05]",
        "[2023-12..2024-02]",
        "[2020-03..2020-05]",
    ]
