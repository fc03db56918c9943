"""Ties: which moments are one, in what order, and what a loose end or a ring comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, read_plan
from wavectl.timeline.ties import moments_with_facts, tied_members


def wave(*ties: str) -> str:
    """Return an announced wave of moments, each ``id`` or ``id>target``."""
    found = ANNOUNCED + "moments:\n"
    for tie in ties:
        name, _, target = tie.partition(">")
        found += f"  - {{id: {name}, title: T, when: 2017-09" + (f", same_as: {target}}}\n" if target else "}\n")
    return found


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"one": wave("a", "b")}, {}),
        ({"one": wave("a", "b>a", "c>a")}, {"one/a": ["one/a", "one/b", "one/c"]}),
        ({"one": wave("b>two/a", "c"), "two": wave("a", "d>one/b")}, {"two/a": ["two/a", "one/b", "two/d"]}),
        ({"one": wave("a>ghost", "b>a")}, {"one/a": ["one/a", "one/b"]}),
        ({"one": wave("a>b", "b>a")}, {"one/a": ["one/a", "one/b"]}),
    ],
)
def test_tied_moments_are_together(files: dict[str, str], expected: dict[str, list[str]], tmp_path: Path) -> None:
    found = tied_members(read_plan(tmp_path, files))
    assert {root: [member.reference for member in members] for root, members in found.items()} == expected


MOMENTS = """
moments:
  - {id: a, title: T, when: 2017-09, status: tentative}
  - {id: b, title: T, when: 2017-09-14, same_as: a}
  - {id: c, title: T, same_as: b, status: cancelled}
  - {id: d, title: T, when: 2017-10-02, status: postponed}
  - {id: e, title: T, when: unknown}
  - {id: f, title: T, when: 2017-12-10, repeat: yearly, except: {2018-12-10: {when: 2018-12-11, status: tentative}}}
  - {id: g, title: T, when: 2018-12, same_as: f}
"""


def test_facts_are_those_of_the_group(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"wave": ANNOUNCED + "period: 2017-05/2019-06" + MOMENTS})
    found = {
        moment.id: [f"{when} {status}" for when, status in known.dates(plan, wave)] if known else None
        for wave, _, moment, known in moments_with_facts(plan)
    }
    together = ["2017-09-14 tentative"]
    yearly = ["2017-12-10 confirmed", "2018-12-11 tentative"]
    assert found == {
        "a": together, "b": together, "c": together,
        "d": ["2017-10-02 postponed"], "e": None, "f": yearly, "g": yearly,
    }  # fmt: skip
