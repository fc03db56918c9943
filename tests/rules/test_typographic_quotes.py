"""Texts in typographic quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan
from wavectl.plan.loader import Plan


def plan_of(home: Path, slogan: str) -> Plan:
    """Return a plan whose only wave has that slogan."""
    wave = SOUND.replace("slogan: A right", f"slogan: {slogan}")
    assert wave != SOUND
    return read_plan(home, {"housing": wave})


@pytest.mark.parametrize(
    ("slogan", "hint"),
    [
        ("“A right”", 'write "A right", or with them "“A right”"'),
        ("„A right“", 'write "A right", or with them "„A right“"'),
        ("« Un droit »", 'write "Un droit", or with them "« Un droit »"'),
        ("{fr: ‘Un droit’}", 'write "Un droit", or with them "‘Un droit’"'),
    ],
)
def test_what_to_write_is_told_either_way(tmp_path: Path, slogan: str, hint: str) -> None:
    (found,) = [one for one in checked(plan_of(tmp_path, slogan)) if one.rule == "typographic-quotes"]
    assert (str(found.hint), found.cure) == (hint, None)
    assert found.source[found.span.column - 1 : found.span.end_column - 1] in slogan


@pytest.mark.parametrize(
    "slogan", ['"“A right”"', "“A” right", "“A” and “B”", "L’eau", "l'« eau »", "A “right”", "|\n  “A right”"]
)
def test_marks_that_are_meant_are_left_alone(tmp_path: Path, slogan: str) -> None:
    assert "typographic-quotes" not in [one.rule for one in checked(plan_of(tmp_path, slogan))]


def test_the_programme_is_looked_at_too(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "name: “Waves”\n", "housing": SOUND})
    assert [(one.rule, one.path) for one in checked(plan)] == [("typographic-quotes", ("name",))]


def test_ids_and_own_keys_are_none_of_its_business(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"housing": SOUND + "x-note: {fr: “A”}\ncolor: “teal”\n"})
    assert [one.rule for one in checked(plan)] == ["invalid-value"]
