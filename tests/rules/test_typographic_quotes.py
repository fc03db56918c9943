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
    ("slogan", "without", "kept"),
    [
        ("“A right”", '"A right"', '"“A right”"'),
        ("„A right“", '"A right"', '"„A right“"'),
        ("« Un droit »", '"Un droit"', '"« Un droit »"'),
        ("{fr: ‘Un droit’}", '"Un droit"', '"‘Un droit’"'),
    ],
)
def test_the_hint_suggests_both_ways_to_write_it(tmp_path: Path, slogan: str, without: str, kept: str) -> None:
    (finding,) = [one for one in checked(plan_of(tmp_path, slogan)) if one.rule == "typographic-quotes"]
    assert finding.hint is not None
    assert (finding.hint.values, finding.fix) == ({"text": without, "other": kept}, None)
    assert finding.source_line[finding.span.column - 1 : finding.span.end_column - 1] in slogan


@pytest.mark.parametrize(
    "slogan", ['"“A right”"', "“A” right", "“A” and “B”", "L’eau", "l'« eau »", "A “right”", "|\n  “A right”"]
)
def test_other_quotation_marks_are_not_reported(tmp_path: Path, slogan: str) -> None:
    assert "typographic-quotes" not in [one.rule for one in checked(plan_of(tmp_path, slogan))]


def test_the_programme_is_checked_too(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "name: “Waves”\n", "housing": SOUND})
    assert [(one.rule, one.path) for one in checked(plan)] == [("typographic-quotes", ("name",))]


def test_ids_and_x_keys_are_not_checked(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"housing": SOUND + "x-note: {fr: “A”}\ncolor: “teal”\n"})
    assert [one.rule for one in checked(plan)] == ["invalid-value"]
