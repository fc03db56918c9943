"""Waivers that waive nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, SOUND, checked, read_plan
from wavectl.diagnostics import format_path

UNCONFIRMED = "actors: [{id: cmi, name: CMI, kind: research, confirmed: false}, {id: iom, name: IOM, kind: research}]\n"


@pytest.mark.parametrize(
    ("waive", "unused"),
    [
        ("unconfirmed-actor", False),
        ("unconfirmed-actor cmi", False),
        ("unconfirmed-actor iom", True),
        ("missing-slogan", True),
        ("calendar-length", True),
        ("stale-date", False),  # depends on the day
        ("outcome-too-early", False),
        ("unused-waiver", False),
        ("postponed-with-new-date", False),  # depends on what was published
    ],
)
def test_a_waiver_must_waive_something(waive: str, unused: bool, tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"wave": f"{SOUND}{UNCONFIRMED}waive: {{{waive}: why}}\n"})
    found = checked(replace(plan, today=date(2017, 6, 1)), ignore=["unconfirmed-actor"])
    assert [(one.rule, format_path(one.path)) for one in found] == [("unused-waiver", f"waive.{waive}")] * unused


def test_a_waiver_counts_in_its_own_wave_only(tmp_path: Path) -> None:
    files = {"one": SOUND.replace("slogan: A right\n", ""), "two": SOUND + "waive: {missing-slogan: why}\n"}
    assert [(one.rule, one.wave) for one in checked(read_plan(tmp_path, files))] == [
        ("missing-slogan", "one"),
        ("unused-waiver", "two"),
    ]


@pytest.mark.parametrize(
    ("wave", "rules"),
    [
        (SOUND + "actors: [{id: own, kind: club}]\nwaive: {unconfirmed-actor: why}\n", ["invalid-value"]),
        (SOUND + "waive: {unknown-key: why}\n", ["unknown-rule"]),
        (SOUND + "waive: {unused-waiver: why, missing-slogan: why}\n", []),
        (ANNOUNCED + "waive: {missing-slogan: why}\n", []),  # of an announced wave only errors are reported
    ],
)
def test_cases_that_are_not_checked(wave: str, rules: list[str], tmp_path: Path) -> None:
    assert [one.rule for one in checked(read_plan(tmp_path, {"wave": wave}))] == rules
