"""Files that are prepared beside a folder: compared, replaced together, and nothing left behind."""

import os
from pathlib import Path

import pytest
import typer

from wavectl.cli.context import open_console
from wavectl.cli.options import CommonOptions
from wavectl.cli.staged_files import StagedFiles

CONSOLE = open_console(CommonOptions())


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))


def test_nothing_changes_until_the_files_take_their_places(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_bytes(b"waves.org")
    (tmp_path / "old.html").write_bytes(b"old")
    (tmp_path / "same.html").write_bytes(b"same")
    with StagedFiles(CONSOLE, tmp_path) as staged:
        for path in ("old.html", "same.html", "fr/waves/housing/index.html"):
            staged.add(path, path[:4].encode())
        assert (staged.new, staged.changed, staged.unchanged) == (["fr/waves/housing/index.html"], ["old.html"], 1)
        assert (tmp_path / "old.html").read_bytes() == b"old"
        assert not (tmp_path / "fr/waves/housing/index.html").exists()
        staged.replace()
    assert (tmp_path / "old.html").read_bytes() == b"old."
    assert (tmp_path / "fr/waves/housing/index.html").read_bytes() == b"fr/w"
    assert names(tmp_path)[:2] == ["CNAME", "fr"]


def test_a_run_that_fails_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with StagedFiles(CONSOLE, tmp_path / "site") as staged:
            staged.add("a.html", b"a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(tmp_path / "site") == []


def test_the_next_run_deletes_what_a_killed_run_left(tmp_path: Path) -> None:
    staged = StagedFiles(CONSOLE, tmp_path)
    staged.add("a.html", b"a")  # and killed
    assert len(names(tmp_path)) == 2
    with StagedFiles(CONSOLE, tmp_path) as again:
        again.add("a.html", b"a")
        again.replace()
    assert names(tmp_path) == ["a.html"]


def test_files_take_their_places_in_the_order_of_adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    replace = os.replace
    monkeypatch.setattr(Path, "replace", lambda file, place: (places.append(place.name), replace(file, place)))
    with StagedFiles(CONSOLE, tmp_path) as staged:
        for name in ("z", "a", "m"):
            staged.add(name, b"")
        staged.replace()
    assert places == ["z", "a", "m"]


def test_no_file_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    (site / "fr").symlink_to(other)
    (other / "x").write_bytes(b"")
    (site / "page").symlink_to(other / "x")
    with StagedFiles(CONSOLE, site) as staged:
        with pytest.raises(typer.Exit):
            staged.add("fr/index.html", b"")
        staged.add("page", b"")  # the link itself is replaced
        staged.replace()
    assert names(other) == ["x"]
    assert (site / "page").read_bytes() == b""
    assert not (site / "page").is_symlink()


def test_the_permissions_of_a_file_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0o604)
    with StagedFiles(CONSOLE, tmp_path) as staged:
        staged.add("a", b"new")
        staged.replace()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o604
