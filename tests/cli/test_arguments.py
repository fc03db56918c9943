"""What is named on a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, run, write_plan


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a", {"a.yaml"}),
        ("waves/a.yaml", {"a.yaml"}),
        ("programme", {"programme.yaml"}),
        ("waves/programme.yaml", {"programme.yaml"}),
    ],
)
def test_waves_and_files_are_found(tmp_path: Path, name: str, found: set[str]) -> None:
    write_plan(tmp_path, {"a": ANNOUNCED, "b": ANNOUNCED, "programme": "name: N\n"})
    outcome = run("fmt", "--check", name, cwd=tmp_path)
    assert {Path(line).name for line in outcome.out.splitlines()} == found


def test_a_file_elsewhere_brings_its_plan(tmp_path: Path) -> None:
    write_plan(tmp_path / "there", {"a": ANNOUNCED})
    outcome = run("fmt", "--check", "there/waves/a.yaml", cwd=tmp_path)
    assert outcome.out == "there/waves/a.yaml\n"


def test_a_slip_is_met_with_the_name_that_is_meant(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    assert "did you mean housing?" in run("fmt", "housin", cwd=tmp_path).err
