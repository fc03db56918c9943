"""Plans as planners write them: the good ones have nothing to mend, of the bad ones each report is in a file.

A case is a wave file, or a folder with a whole plan; its report is beside it, as ``report.txt`` or ``<case>.txt``.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from conftest import Golden
from plans import Outcome, run

CASES = Path(__file__).parent / "cases"


def cases(kind: str) -> list[Path]:
    """Return the cases of a folder: plans of one file, and folders that are plans."""
    return sorted(path for path in (CASES / kind).iterdir() if path.is_dir() or path.suffix in (".yaml", ".yml"))


def validate(case: Path, home: Path, *options: str) -> Outcome:
    """Run ``validate`` on a copy of a case."""
    waves = home / "waves"
    if case.is_dir():
        copytree(case, waves, ignore=ignore_patterns("report.txt"))
    else:
        waves.mkdir()
        copy(case, waves)
    return run("validate", "--lang", "en", "--today", "2019-06-01", *options, cwd=home)


@pytest.mark.parametrize("case", cases("good"), ids=lambda path: path.name)
def test_a_good_plan_has_nothing_to_mend(case: Path, tmp_path: Path) -> None:
    outcome = validate(case, tmp_path, "--strict")
    assert (outcome.out.rpartition(": ")[2], outcome.err, outcome.code) == ("nothing to mend\n", "", 0)


@pytest.mark.parametrize("case", cases("bad"), ids=lambda path: path.name)
def test_what_is_said_of_a_bad_plan(case: Path, tmp_path: Path, golden: Golden) -> None:
    outcome = validate(case, tmp_path)
    golden(case / "report.txt" if case.is_dir() else case.with_suffix(".txt"), outcome.out)
    assert outcome.err == ""
    assert outcome.code == ("error" in outcome.out.splitlines()[-1])
    assert "nothing to mend" not in outcome.out


def test_there_are_cases_and_no_report_is_left_over() -> None:
    assert len(cases("good")) >= 5
    assert len(cases("bad")) >= 25
    wanted = {case / "report.txt" if case.is_dir() else case.with_suffix(".txt") for case in cases("bad")}
    assert set((CASES / "bad").rglob("*.txt")) == wanted
