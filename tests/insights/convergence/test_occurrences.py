"""Towns are one by their names, in any language and spelling; waves and days are those of the entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.convergence import PROGRAMME, TODAY, wave
from support.plans import read_plan
from wavectl.insights.convergence.actors import ActorIndex
from wavectl.insights.convergence.pairs import ComparableOccurrence, comparable_occurrences
from wavectl.timeline.entries import build_timeline


def made(home: Path, *moments: str) -> list[ComparableOccurrence]:
    """Return the spots of the moments of one wave."""
    plan = read_plan(home, {"programme": PROGRAMME, "a": wave(*moments)})
    return comparable_occurrences(build_timeline(plan, ["a"], TODAY).entries, ["a"], ActorIndex(plan))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Barcelone", "Barcelona", True),
        ("{name: {fr: Genève, en: Geneva}}", "{name: {es: Ginebra, en: Geneva}}", True),
        ("Genève", "'Palais des Nations, Genève'", True),
        ("{name: New York, country: US}", "New York", True),
        ("{name: London, country: CA}", "{name: London, country: GB}", False),
        ("Milan", "Malaga", False),
        ("Milan", "Malone", False),  # their consonants are the same
        ("{country: MX}", "{country: MX}", False),
        ("", "", False),
    ],
)
def test_one_town_or_two(one: str, other: str, same: bool, tmp_path: Path) -> None:
    first, second = made(tmp_path, *(f"{name} | 2017-09-14 | {town}" for name, town in (("m", one), ("n", other))))
    assert first.in_same_town(second) is same
    assert second.in_same_town(first) is same


def test_a_month_is_short_and_a_longer_stretch_is_not(tmp_path: Path) -> None:
    first, second = made(tmp_path, "m | 2017-10 |", "n | 2017-10-01/2017-11-01 |")
    assert (first.is_short, first.exact, second.is_short, second.exact) == (True, False, False, True)
