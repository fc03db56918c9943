"""The sides on which a wave's actors stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.model import ActorKind
from wavectl.rules import missing_group

NETWORK, OUTSIDE = (
    "no actor of the wave is part of the network",
    "no actor of the wave is a partner from outside the network",
)


@pytest.mark.parametrize(
    ("wanted", "actors", "expected"),
    [
        ("[network, external]", "[city, ngo]", []),
        ("[network, external]", "[city]", [OUTSIDE]),
        ("[network, external]", "[ngo]", [NETWORK]),
        ("[external, network]", "[]", [OUTSIDE, NETWORK]),
        ("[network, network]", "[ngo]", [NETWORK]),
        ("[network]", "[ngo]", [NETWORK]),
        ("[]", "[]", []),
        ("[network, external]", "[city, {id: own, name: Own, kind: private}]", []),
        ("[network, external]", "[city, {name: Own, kind: research}]", []),
    ],
)
def test_each_side_that_is_wanted_has_an_actor(wanted: str, actors: str, expected: list[str], tmp_path: Path) -> None:
    register = "actors: {city: {name: C, kind: member}, ngo: {name: N, kind: civil_society}}\n"
    files = {"programme": f"design: {{required_groups: {wanted}}}\n{register}", "wave": f"{SOUND}actors: {actors}\n"}
    assert [str(finding.message) for finding in missing_group.check(read_plan(tmp_path, files))] == expected


def test_the_hint_lists_the_kinds_of_the_side(tmp_path: Path) -> None:
    files = {"programme": "design: {required_groups: [network, external]}\n", "wave": SOUND}
    hints = [str(finding.hint) for finding in missing_group.check(read_plan(tmp_path, files))]
    assert hints[0] == (
        "add an actor of one of these kinds: member, section, committee, working_group, task_force, association"
    )
    assert sum(hint.count(", ") + 1 for hint in hints) == len(ActorKind)
