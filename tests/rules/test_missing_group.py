"""The groups that the programme requires among the actors of a wave."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, read_plan
from wavectl.model import ActorKind
from wavectl.rules import missing_group

NETWORK = "member, section, committee, working_group, task_force, association"
OUTSIDE = ", ".join(kind for kind in ActorKind if kind not in NETWORK.split(", "))


@pytest.mark.parametrize(
    ("required", "actors", "expected"),
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
def test_each_required_group_has_an_actor(required: str, actors: str, expected: list[str], tmp_path: Path) -> None:
    register = "actors: {city: {name: C, kind: member}, ngo: {name: N, kind: civil_society}}\n"
    files = {"programme": f"design: {{required_groups: {required}}}\n{register}", "wave": f"{SOUND}actors: {actors}\n"}
    hints = [finding.hint for finding in missing_group.check(read_plan(tmp_path, files))]
    assert [hint and hint.values["kinds"] for hint in hints] == expected


def test_the_message_names_each_group(tmp_path: Path) -> None:
    files = {"programme": "design: {required_groups: [network, external]}\n", "wave": SOUND}
    assert len({finding.message.text for finding in missing_group.check(read_plan(tmp_path, files))}) == 2
