"""Tied moments that cannot be the same: dates that never overlap, different countries and towns."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.rules import same_moment_disagrees


def reported(home: Path, *moments: str, period: str = "2017-05/2019-12") -> list[str]:
    """Return which of the moments ``m0``, ``m1``, … is reported, and at which key."""
    wave = SOUND.replace("2017-05/2018-12", period) + "moments:\n"
    wave += "".join(f"  - {{id: m{number}, title: T, {one}}}\n" for number, one in enumerate(moments))
    found = same_moment_disagrees.check(read_plan(home, {"wave": wave}))
    return [f"{finding.waiver_id} {'.'.join(map(str, finding.path[2:]))}" for finding in found]


@pytest.mark.parametrize(
    ("root", "other", "disagrees"),
    [
        ("when: 2017-09-14/2017-09-17", "when: 2017-09", False),
        ("when: 2017-09-14/2017-09-17", "when: 2017-10", True),
        ("when: 2017-09-14", "when: 2017-09-15", True),
        ("when: 2017-09", "when: 2017-10-01", True),
        ("when: 2017-09-14/..", "when: 2017-09-14", False),
        ("when: unknown", "when: 2017-09-14", False),
        ("when: 2017-09-14", "when: unknown", False),
        ("when: 2017-09-14", "kind: event", False),  # has no date of its own
        # repeats: one occurrence is enough
        ("when: 2017-12-10, repeat: yearly", "when: 2018-12-10", False),
        ("when: 2017-12-10, repeat: yearly", "when: 2018-12", False),
        ("when: 2017-12-10, repeat: yearly", "when: 2018-11", True),
        ("when: 2018-12-10", "when: 2017-12-10, repeat: yearly", False),
        ("when: 2018-11-10", "when: 2017-12-10, repeat: yearly", True),
        ("when: 2017-12-10, repeat: yearly", "when: 2018-12-10, repeat: yearly", False),
        ("when: 2017-12-10, repeat: yearly", "when: 2017-12-11, repeat: yearly", True),
        ("when: 2017-12-10, repeat: yearly, except: {2018-12-10: {when: 2018-12-12}}", "when: 2018-12-12", False),
    ],
)
def test_dates(root: str, other: str, disagrees: bool, tmp_path: Path) -> None:
    assert reported(tmp_path, root, f"{other}, same_as: m0") == ["m1 when"] * disagrees


@pytest.mark.parametrize(
    ("root", "other", "disagrees"),
    [
        ("Barcelone", "Barcelona", None),
        ("Genève", "Geneva", None),
        ("'Palais des Nations, Genève'", "Geneve", None),
        ("{fr: Vienne, en: Vienna}", "{fr: Vienne, es: Viena}", None),
        ("{fr: Genève}", "{es: Ginebra}", None),  # no language to compare them in
        ("{fr: Genève, en: Geneva}", "{en: Geneva, es: Ginebra}", None),
        ("{country: KR}", "{name: Gwangju, country: KR}", None),
        ("{country: KR}", "Gwangju", None),
        ("{online: true}", "Gwangju", None),
        ("{scope: worldwide}", "Gwangju", None),
        ("Gwangju", "Seoul", "name"),
        ("{fr: Genève, en: Geneva}", "{fr: Vienne, en: Vienna}", "name"),
        ("{name: Gwangju, country: KR}", "{name: Gwangju, country: KP}", "country"),
        ("{name: Gwangju, country: KR}", "{name: Vienna, country: AT}", "country"),
        ("{country: KR}", "{country: AT}", "country"),
    ],
)
def test_places(root: str, other: str, disagrees: str | None, tmp_path: Path) -> None:
    moments = (f"when: 2017-09, place: {root}", f"when: 2017-09, place: {other}, same_as: m0")
    assert reported(tmp_path, *moments) == ([f"m1 place.{disagrees}"] if disagrees else [])


def test_all_are_compared_with_the_date_that_is_shown(tmp_path: Path) -> None:
    moments = (
        "when: 2017-09",
        "when: 2017-09-14, same_as: m0",
        "when: 2017-09-20, same_as: m1",
        "when: 2017-09, same_as: m2",
    )
    assert reported(tmp_path, *moments) == ["m2 when"]


def test_a_less_exact_root_is_reported_at_the_moment_tied_to_it(tmp_path: Path) -> None:
    assert reported(tmp_path, "when: 2017-09", "when: 2017-10-14, same_as: m0") == ["m1 when"]


def test_moments_that_are_not_tied_may_differ(tmp_path: Path) -> None:
    assert reported(tmp_path, "when: 2017-09, place: Gwangju", "when: 2017-10, place: Seoul") == []
    assert reported(tmp_path, "when: 2017-09, same_as: ghost", "when: 2017-10, same_as: m0") == ["m1 when"]


@pytest.mark.parametrize(
    ("root", "other", "disagrees"),
    [
        ("when: 2017-09-14", "when: 2017-09-14, status: cancelled", True),
        ("when: 2017-09-14, status: tentative", "status: cancelled", True),
        ("when: 2017-09-14", "status: postponed", True),
        ("when: 2017-09-14, status: cancelled", "when: 2017-09-14, status: confirmed", True),
        ("when: 2017-09-14, status: cancelled", "status: postponed", True),
        ("when: 2017-09-14, status: cancelled", "when: 2017-09, status: cancelled", False),
        ("when: 2017-09-14, status: cancelled", "when: 2017-09", False),  # as moment cancel writes it
        ("when: 2017-09-14, status: tentative", "when: 2017-09, status: confirmed", False),
        ("kind: event", "when: 2017-09-14, status: cancelled", False),  # the only one that states a status
    ],
)
def test_statuses(root: str, other: str, disagrees: bool, tmp_path: Path) -> None:
    assert reported(tmp_path, root, f"{other}, same_as: m0") == ["m1 status"] * disagrees
