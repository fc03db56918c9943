"""Plans as planners write them: good ones, bad ones with one error each, and some with several.

A case is a wave file, or a folder with a whole plan; the expected report is beside it, or in the folder under
the name ``report``. A bad case has its reports, ``.concise`` and ``.json``, and ``.mended`` where ``--fix`` changes it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cases import CASES, beside, cases, laid_out
from support.golden import Golden
from support.plans import Outcome, run

DAY = "2019-06-01"
EXPECTED = (".txt", ".concise", ".json", ".mended")


def validate(home: Path, *options: str) -> Outcome:
    """Run ``validate`` on the plan in a folder."""
    return run("validate", "--lang", "en", "--today", DAY, *options, cwd=home)


@pytest.mark.parametrize("case", cases("good"), ids=lambda path: path.name)
def test_a_good_plan_has_no_findings(case: Path, tmp_path: Path) -> None:
    laid_out(case, tmp_path)
    outcome = validate(tmp_path, "--strict")
    assert (outcome.out.rpartition(": ")[2], outcome.err, outcome.code) == ("no problems found\n", "", 0)


@pytest.mark.parametrize("case", cases("bad"), ids=lambda path: path.name)
def test_the_report_of_one_error(case: Path, tmp_path: Path, golden: Golden) -> None:
    laid_out(case, tmp_path)
    for form in ("concise", "json"):
        outcome = validate(tmp_path, "--format", form)
        golden(beside(case, f".{form}"), outcome.out)
        assert outcome.err == ""
    (found,) = json.loads(outcome.out)["diagnostics"]
    assert outcome.code == (found["severity"] == "error")
    assert found["hint"]


@pytest.mark.parametrize("case", cases("bad"), ids=lambda path: path.name)
def test_fix_changes_only_what_it_can_fix(case: Path, tmp_path: Path, golden: Golden) -> None:
    waves = laid_out(case, tmp_path)
    before = {file.name: file.read_bytes() for file in waves.iterdir()}
    shown = validate(tmp_path, "--diff")
    assert {file.name: file.read_bytes() for file in waves.iterdir()} == before
    outcome = validate(tmp_path, "--fix")
    after = {file.name: file.read_bytes() for file in waves.iterdir()}
    changed = [name for name in before if after[name] != before[name]]
    assert (shown.code, bool(shown.out), bool(outcome.err)) == (bool(changed), bool(changed), bool(changed))
    if changed:
        (name,) = changed
        golden(beside(case, ".mended"), after[name].decode())
        assert "no problems found" in outcome.out
    else:
        assert not beside(case, ".mended").exists()
        assert "no problems found" not in outcome.out
    assert validate(tmp_path, "--fix").err == ""  # a second run changes nothing


@pytest.mark.parametrize("case", cases("several"), ids=lambda path: path.name)
def test_the_report_of_several_errors(case: Path, tmp_path: Path, golden: Golden) -> None:
    laid_out(case, tmp_path)
    outcome = validate(tmp_path, "--notes")
    golden(beside(case, ".txt"), outcome.out)
    assert outcome.err == ""
    assert outcome.code == ("error" in outcome.out.splitlines()[-1])
    assert "no problems found" not in outcome.out


def test_there_are_cases_and_no_report_is_left_over() -> None:
    assert len(cases("good")) >= 5
    assert len(cases("bad")) >= 60
    assert len(cases("several")) >= 15
    for kind, endings in (("bad", EXPECTED[1:]), ("several", EXPECTED[:1])):
        known = {beside(case, ending) for case in cases(kind) for ending in endings}
        assert {file for file in (CASES / kind).rglob("*") if file.suffix in EXPECTED} <= known
