"""Hashtags behind texts without quotation marks."""

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
        ("A right #MakeTheShift", 'if it belongs to the text, write "A right #MakeTheShift"'),
        ("A right  #A #B ", 'if it belongs to the text, write "A right #A #B"'),
        ("\n  fr: Un droit #Été", 'if it belongs to the text, write "Un droit #Été"'),
    ],
)
def test_what_to_write_is_told(tmp_path: Path, slogan: str, hint: str) -> None:
    (found,) = [one for one in checked(plan_of(tmp_path, slogan)) if one.rule == "lost-hashtag"]
    assert (str(found.hint), found.cure) == (hint, None)


@pytest.mark.parametrize(
    "slogan",
    [
        '"A right" #Housing',
        "A right # a remark",
        "A right #1",
        "A right #to be done",
        "A#B",
        "|\n  A right #B",
        "A #B c",
    ],
)
def test_remarks_are_left_alone(tmp_path: Path, slogan: str) -> None:
    assert "lost-hashtag" not in [one.rule for one in checked(plan_of(tmp_path, slogan))]


def test_dates_and_ids_may_have_remarks(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"housing": SOUND + "color: teal #blue\nmoments:\n  - id: b #forum\n    title: B\n"
                                "    when: 2018 #tbc\n"})  # fmt: skip
    assert checked(plan) == []
