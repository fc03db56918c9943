"""Hashtags after texts without quotation marks."""

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
    ("slogan", "suggested"),
    [
        ("A right #MakeTheShift", '"A right #MakeTheShift"'),
        ("A right  #A #B ", '"A right #A #B"'),
        ("\n  fr: Un droit #Été", '"Un droit #Été"'),
    ],
)
def test_the_hint_suggests_the_text_with_its_hashtags(tmp_path: Path, slogan: str, suggested: str) -> None:
    (finding,) = [one for one in checked(plan_of(tmp_path, slogan)) if one.rule == "lost-hashtag"]
    assert finding.hint is not None
    assert (finding.hint.values, finding.fix) == ({"text": suggested}, None)


@pytest.mark.parametrize(
    "slogan",
    [
        '"A right" #Housing',
        "A right # a comment",
        "A right #1",
        "A right #to be done",
        "A#B",
        "|\n  A right #B",
        "A #B c",
    ],
)
def test_comments_are_not_reported(tmp_path: Path, slogan: str) -> None:
    assert "lost-hashtag" not in [one.rule for one in checked(plan_of(tmp_path, slogan))]


def test_comments_after_dates_and_ids_are_not_reported(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"housing": SOUND + "color: teal #blue\nmoments:\n  - id: b #forum\n    title: B\n"
                                "    when: 2018 #tbc\n"})  # fmt: skip
    assert checked(plan) == []
