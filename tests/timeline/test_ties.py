"""Ties: which moments are one, in what order, and what a loose end or a ring comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import ANNOUNCED, read_plan
from wavectl.timeline import tied


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
        ({"one": wave("b>two/a", "c"), "two": wave("a", "d>one/b")}, {"two/a": ["one/b", "two/a", "two/d"]}),
        ({"one": wave("a>ghost", "b>a")}, {"one/a": ["one/a", "one/b"]}),
        ({"one": wave("a>b", "b>a")}, {"one/a": ["one/a", "one/b"]}),
    ],
)
def test_moments_that_are_one_stand_together(
    files: dict[str, str], expected: dict[str, list[str]], tmp_path: Path
) -> None:
    found = tied(read_plan(tmp_path, files))
    assert {root: [member.reference for member in members] for root, members in found.items()} == expected
