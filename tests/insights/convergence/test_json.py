"""The schema ``wavectl/converge/1``: stable keys, sums that agree with the lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.busy_plan import PLAN
from support.golden import Golden
from support.plans import TODAY, run, write_plan
from wavectl.insights.convergence import PairCounts

EXPECTED = Path(__file__).parent / "expected"


def converge_json(waves: Path, *arguments: str) -> str:
    """Return the JSON of a plan."""
    outcome = run("--waves", str(waves), "--today", TODAY, "converge", "--format", "json", *arguments)
    assert outcome.code == 0, outcome.err
    return outcome.out


def test_every_way_to_meet_and_collide_as_json(golden: Golden, tmp_path: Path) -> None:
    golden(EXPECTED / "busy.json", converge_json(write_plan(tmp_path, PLAN), "--lang", "fr"))


def test_sums_agree_with_lists(tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(converge_json(write_plan(tmp_path, PLAN)))
    kinds = {"moments": "moment", "likely": "likely", "places": "place", "days": "days"}
    for name, kind in kinds.items():
        assert found["summary"][name] == sum(one["kind"] == kind for one in found["meetings"]) > 0, name
    assert found["summary"]["actors"] == len(found["actors"]) > 0
    for how in ("certain", "possible"):
        assert found["summary"][how] == sum(one["how"] == how for one in found["clashes"]) > 0, how
    assert {one["open"] for one in found["clashes"]} == {None, "dates", "people"}
    for name in (*kinds, "certain", "possible"):  # here, each brings two waves together
        assert found["summary"][name] == sum(pair[name] for pair in found["pairs"]), name


def test_what_counts_as_a_meeting_and_what_as_a_clash() -> None:
    counts = PairCounts(1, 20, 300, 4000, 50000, 600000, 7000000)
    assert (counts.meetings, counts.clashes) == (54321, 7600000)
