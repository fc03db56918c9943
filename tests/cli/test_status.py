"""``wavectl status``: the stretch of time that is counted, and the change since an earlier plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.plans import SOUND, run, write_plan

DATED = SOUND + "moments:\n  - {id: a, title: A, when: 2017-09-14}\n  - {id: b, title: B, when: 2018-09}\n"


def stretch(home: Path, *options: str) -> dict[str, Any]:
    outcome = run("status", "--format", "json", "--today", "2017-06-01", *options, cwd=home)
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)["stretch"]
    return {"from": found["from"], "to": found["to"], "total": found["moments"]["total"]}


@pytest.mark.parametrize(
    ("options", "first", "last", "total"),
    [
        ([], "2017-06-01", "2018-05-31", 1),
        (["--from", "2017-09"], "2017-09-01", "2018-08-31", 1),
        (["--to", "2018"], "2017-06-01", "2018-12-31", 2),
        (["--from", "2018", "--to", "2018-09-01"], "2018-01-01", "2018-09-01", 1),
        (["--from", "2017-09-15", "--to", "2017-09-15"], "2017-09-15", "2017-09-15", 0),
    ],
)
def test_the_days_that_are_counted(options: list[str], first: str, last: str, total: int, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    assert stretch(tmp_path, *options) == {"from": first, "to": last, "total": total}


@pytest.mark.parametrize("options", [["--from", "2018", "--to", "2017"], ["--to", "2017-05-31"], ["--from", "soon"]])
def test_days_that_cannot_be_are_refused(options: list[str], tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    outcome = run("status", "--today", "2017-06-01", *options, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")


def test_the_change_since_a_copy(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    copy = write_plan(tmp_path / "then", {"housing": DATED.replace("2017-09-14", "2017-09")})
    outcome = run("status", "--lang", "en", "--since", str(copy), cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines()[1] == f"firm: 1 of 2 moments, 1 more than in {copy}"


def test_an_earlier_plan_with_errors_is_reported(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    copy = write_plan(tmp_path / "then", {"housing": DATED.replace("2017-09-14", "soon")})
    outcome = run("status", "--lang", "en", "--since", str(copy), cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "the earlier plan has errors, so the change may be inaccurate\n")
