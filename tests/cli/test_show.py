"""``wavectl show``: which waves there are to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, run, write_plan


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hosing"], "did you mean housing?"),
        ([], "WAVE is missing"),
        (["housing", "migration"], "one argument too many"),
        (["all"], "there is no wave"),
    ],
)
def test_a_wave_that_there_is_not_is_refused(arguments: list[str], message: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED, "migration": ANNOUNCED})
    outcome = run("show", *arguments, "--lang", "en", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_wave_is_shown_whatever_is_wrong_with_another(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED, "migration": "title: M\n"})
    assert run("show", "housing", cwd=tmp_path).out.startswith("Housing\n")
    assert run("show", "migration", cwd=tmp_path).code == 1
