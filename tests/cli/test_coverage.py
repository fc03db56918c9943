"""``wavectl coverage``: a hole fails under ``--strict``, and the day moves the quarters alone."""

from __future__ import annotations

import json
from pathlib import Path

from support.plans import REAL, run, write_plan


def test_the_real_waves_have_holes() -> None:
    assert [run("--waves", str(REAL), "coverage", *options).code for options in ([], ["--strict"])] == [0, 1]


def test_machine_output_is_the_same_on_every_day() -> None:
    one, other = (
        run("--waves", str(REAL), "coverage", "--format", "json", "--today", day).out
        for day in ("2017-06-01", "2030-01-01")
    )
    assert one == other
    assert "No moment in Africa: November 2017 to December 2018" in json.loads(one)["holes"]


def test_a_plan_of_announced_waves_is_no_reason_to_fail(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": "title: One\nstatus: announced\n"})
    outcome = run("coverage", cwd=tmp_path)
    assert outcome.code == 0
    assert "has no wave or moment" not in outcome.out
