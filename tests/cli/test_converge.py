"""``wavectl converge``: its options, what it refuses, and when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.busy_plan import PLAN
from support.plans import REAL, TODAY, run, write_plan


@pytest.mark.parametrize(("within", "days"), [("7d", 7), ("2w", 14), ("0d", 0), ("999d", 999)])
def test_how_far_apart(within: str, days: int) -> None:
    outcome = run("--today", TODAY, "converge", "--within", within, "--format", "json")
    assert f'"within_days": {days},' in outcome.out


@pytest.mark.parametrize("within", ["", "7", "d", "-7d", "7m", "1000d", "7 d", "٧d"])
def test_what_is_no_length_of_time(within: str) -> None:
    outcome = run("--lang", "en", "converge", "--within", within)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f'error: --within "{within}" is not a valid length of time\n'
        "  = hint: write 7d for seven days, or 2w for two weeks\n"
    )


def test_an_unknown_wave_is_refused_with_a_suggestion() -> None:
    outcome = run("--lang", "en", "converge", "hosing")
    assert (outcome.code, outcome.err) == (2, 'error: there is no wave "hosing"\n  = hint: did you mean housing?\n')


def test_a_word_of_the_title_of_one_wave_is_enough() -> None:
    outcome = run("--lang", "en", "actor", "list", "migr", "finance")
    assert (outcome.code, outcome.err.count(" means ")) == (0, 2)
    assert run("--lang", "en", "show", "right").out == run("--lang", "en", "show", "housing").out
    assert run("timeline", "right", "renewal").code == 0
    assert run("timeline", "advocacy").code == 2  # a priority


def test_strict_fails_on_a_certain_clash_that_is_not_over(tmp_path: Path) -> None:
    waves = ("--waves", str(write_plan(tmp_path, PLAN)))
    assert run(*waves, "--today", TODAY, "converge").code == 0
    assert run(*waves, "--today", "2017-09-16", "converge", "--strict").code == 1
    assert run(*waves, "--today", "2017-09-17", "converge", "--strict").code == 0
    assert run(*waves, "--today", TODAY, "converge", "housing", "migration", "--strict").code == 0
    assert run("--waves", str(REAL), "--today", TODAY, "converge", "--strict").code == 0  # possible ones do not fail


def test_only_what_is_ahead(tmp_path: Path) -> None:
    waves = ("--waves", str(write_plan(tmp_path, PLAN)), "--lang", "en", "--today", "2017-10-04")
    assert "Forum, Gwangju" in run(*waves, "converge").out
    assert "Forum, Gwangju" not in run(*waves, "converge", "--upcoming").out


def test_a_plan_with_errors_is_refused(tmp_path: Path) -> None:
    broken = {**PLAN, "water": "title: Water\nstatus: anounced\n"}
    waves = ("--waves", str(write_plan(tmp_path, broken)), "--lang", "en")
    for named in ((), ("housing",), ("water", "housing")):
        outcome = run(*waves, "converge", *named)
        assert (outcome.code, outcome.out) == (1, ""), named
    assert run(*waves, "converge", "climate", "housing").code == 0
