"""A hundred hostile plans, lockfiles, sheets and repositories: no traceback, at most 5 s and 512 MiB for each run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from support.bounded import bounded
from support.hostile import Maker, make_lock, make_plan, make_repository, make_sheet, revision, sheet_name
from support.plans import SOUND, run, write_plan

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")

COUNT, BLOCK = 100, 20
"""How many files of a kind are made, and how many in one test."""
PLAN_COMMANDS = (
    "timeline", "status", "converge", "todo", "coverage", "export-ics -o -", "fmt --diff", "validate --fix",
    "export-sheet -o out.csv", "timeline --format html", "timeline --format json", "show housing",
    "moment move housing/a --when 2026-06-01 --dry-run",
)  # fmt: skip


class Kind(NamedTuple):
    """A kind of hostile file: what makes one, the command that reads it, and what part of the files is refused."""

    make: Maker
    line: Callable[[Random, int], str]
    refused: float


LOCK_COMMANDS = ("validate", "export-ics --check", "status", "export-ics")
KINDS = {
    "plan": Kind(
        make_plan,
        lambda _, number: ("validate --format json", PLAN_COMMANDS[number % len(PLAN_COMMANDS)])[number // 8 % 2],
        0.5,
    ),
    "lock": Kind(make_lock, lambda _, number: LOCK_COMMANDS[number // 8 % len(LOCK_COMMANDS)], 0.8),
    "sheet": Kind(
        make_sheet,
        lambda _, number: f"import-sheet {sheet_name(number)} --wave housing {('--dry-run', '-y')[number % 2]}",
        0.7,
    ),
    "repository": Kind(make_repository, lambda random, _: f"status --since={revision(random)}", 0.4),
}


@pytest.fixture(scope="module", autouse=True)
def imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Import what the runs need, once for all of them."""
    home = tmp_path_factory.mktemp("sound")
    write_plan(home, {"housing": SOUND})
    for command in (*PLAN_COMMANDS, "import-sheet none.xlsx", "status --since=none"):
        run(*command.split(), cwd=home)


@pytest.mark.parametrize("start", range(0, COUNT, BLOCK))
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_generated_hostile_file_gets_an_answer_within_the_bounds(kind: Kind, start: int, tmp_path: Path) -> None:
    refused = 0
    for number in range(start, start + BLOCK):
        random, home = Random(f"{kind.make.__name__} {number}"), tmp_path / str(number)  # noqa: S311 - no secret
        home.mkdir()
        kind.make(home, random, number)
        try:
            code, out, err = bounded(home, *kind.line(random, number).split(), "--today", "2026-06-01")
        except AssertionError as error:
            pytest.fail(f"number {number}: {error}")
        assert not (home / "ran").exists(), "a program of the repository was run"
        assert out or err
        refused += bool(code)
    assert refused >= kind.refused * BLOCK, "the files are not hostile"
