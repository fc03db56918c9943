"""Files are shown as a difference and written whole, unless somebody else has changed them."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from support.plans import ANNOUNCED, write_plan
from wavectl.cli.apply_changes import BOM, FileChange, build_file_change, read_unchanged, show_diff, write_file_changes
from wavectl.cli.context import load_app
from wavectl.cli.options import CommonOptions


def test_a_new_file_is_never_put_over_one_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_plan(tmp_path, {"housing": ANNOUNCED}) / "housing.yaml"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(typer.Exit):
        write_file_changes(load_app(CommonOptions()), [FileChange(file, None, b"title: Other\n")])
    assert file.read_text() == ANNOUNCED


def test_a_file_that_was_changed_since_it_was_read_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_plan(tmp_path, {"housing": ANNOUNCED}) / "housing.yaml"
    monkeypatch.chdir(tmp_path)
    app = load_app(CommonOptions())
    assert read_unchanged(app, app.plan, "housing.yaml") == ANNOUNCED.encode()
    file.write_text("title: Other\n")
    with pytest.raises(typer.Exit):
        read_unchanged(app, app.plan, "housing.yaml")


def test_a_file_that_opens_with_the_mark_of_its_encoding_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED, "water": ANNOUNCED})
    (folder / "water.yaml").write_bytes(BOM + ANNOUNCED.encode())
    monkeypatch.chdir(tmp_path)
    app = load_app(CommonOptions())
    made = [build_file_change(app, f"{wave}.yaml", "title: É\n") for wave in ("housing", "water", "new")]
    assert [one.before for one in made] == [ANNOUNCED.encode(), BOM + ANNOUNCED.encode(), None]
    assert [one.after for one in made] == ["title: É\n".encode(), BOM + "title: É\n".encode(), "title: É\n".encode()]


def test_a_difference_names_the_file_as_people_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_plan(tmp_path, {"housing": ANNOUNCED})
    show_diff(load_app(CommonOptions()), [FileChange(tmp_path / "waves" / "new.yaml", None, b"title: A\n")])
    assert capsys.readouterr().out.startswith("--- waves/new.yaml\n+++ waves/new.yaml\n")
