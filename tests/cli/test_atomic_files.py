"""Files are written whole or not at all; the run ends if one cannot be written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import typer

from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.console import Console
from wavectl.diagnostics import msg

posix = pytest.mark.skipif(os.name == "nt", reason="Windows holds files and follows links in another way")


def test_file_is_made_with_its_folders(tmp_path):
    file = tmp_path / "a" / "b" / "feed.ics"
    assert write_atomically(file, b"one\r\n")
    assert file.read_bytes() == b"one\r\n"
    assert list(file.parent.iterdir()) == [file]


def test_file_with_the_same_bytes_is_not_touched(tmp_path):
    file = tmp_path / "feed.ics"
    write_atomically(file, b"one")
    os.utime(file, ns=(1, 1))
    before = file.stat()
    assert not write_atomically(file, b"one")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_file_with_other_bytes_is_replaced(tmp_path):
    file = tmp_path / "feed.ics"
    file.write_bytes(b"a longer text")
    assert write_atomically(file, b"one")
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path):
    plain, file = tmp_path / "plain", tmp_path / "feed.ics"
    plain.write_bytes(b"")
    write_atomically(file, b"one")
    assert file.stat().st_mode == plain.stat().st_mode
    file.chmod(0o640)
    write_atomically(file, b"two")
    assert file.stat().st_mode & 0o777 == 0o640


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def killed(*_: object, **__: object) -> None:
    raise SystemExit


@pytest.mark.parametrize(
    ("name", "fails"), [("fsync", full), ("fsync", interrupted), ("replace", full), ("chmod", full)]
)
def test_failure_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch, name, fails):
    file = tmp_path / "feed.ics"
    file.write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync") if name == "fsync" else (Path, name)), fails)
    with pytest.raises((OSError, KeyboardInterrupt)):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_failure_of_a_new_file_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "feed.ics", b"new")
    assert list(tmp_path.iterdir()) == []


def test_reader_never_meets_a_part(tmp_path, monkeypatch):
    """While the new bytes are being written, the file still has the old ones."""
    file = tmp_path / "feed.ics"
    file.write_bytes(b"old")
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(file.read_bytes()))
    write_atomically(file, b"new")
    assert seen == [b"old"]


def test_folder_in_the_place_of_the_file_is_an_error(tmp_path):
    (tmp_path / "feed.ics").mkdir()
    with pytest.raises(OSError, match=r"folder|denied"):
        write_atomically(tmp_path / "feed.ics", b"one")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"(?i)directory"):
        write_atomically(tmp_path / "file" / "feed.ics", b"one")


@posix
def test_link_gives_way_to_the_file_and_nothing_is_written_where_it_leads(tmp_path):
    elsewhere, file = tmp_path / "elsewhere", tmp_path / "feed.ics"
    elsewhere.write_bytes(b"precious")
    file.symlink_to(elsewhere)
    assert write_atomically(file, b"one")
    assert (elsewhere.read_bytes(), file.read_bytes(), file.is_symlink()) == (b"precious", b"one", False)


@posix
def test_folder_may_be_a_link(tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "feeds").symlink_to(tmp_path / "www")
    assert write_atomically(tmp_path / "feeds" / "feed.ics", b"one")
    assert (tmp_path / "www" / "feed.ics").read_bytes() == b"one"
    assert (tmp_path / "feeds").is_symlink()


def test_what_killed_runs_have_left_goes_after_an_hour(tmp_path):
    file = tmp_path / "feed.ics"
    names = [".feed.ics.abcdef01", ".feed.ics.zzzzzzzz", ".other.ics.abcdef01", ".feed.ics.notes", "feed.ics.abcdef01"]
    for name in names:
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / names[1]).touch()  # perhaps another run's
    write_atomically(file, b"one")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["feed.ics", *names[1:]])


def test_what_a_killed_run_has_left_is_no_calendar(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", killed)
    monkeypatch.setattr(Path, "unlink", killed)
    with pytest.raises(SystemExit):
        write_atomically(tmp_path / "feed.ics", b"one")
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".feed.ics.")
    assert list(tmp_path.glob("*.ics")) == list(tmp_path.glob(".*.ics")) == []


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (PermissionError(13, "Permission denied"), "close it in Excel, Word or another program"),
        (OSError(28, "No space left on device"), "make room"),
    ],
)
def test_the_hint_is_to_close_the_file_or_the_given_one(
    error: OSError, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        fail_unwritable(Console(requested_language="en"), "waves/a.yaml", error, msg("make room"))
    output = capsys.readouterr().err
    assert (ended.value.exit_code, cure in output) == (2, True)
    assert output.startswith(f"error: waves/a.yaml cannot be written: {error.strerror}\n")


@pytest.mark.parametrize(("language", "output"), [("fr", "le disque est plein"), ("es", "el disco está lleno")])
def test_errors_of_the_disk_are_in_the_reader_s_language(
    language: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        fail_unwritable(
            Console(requested_language=language), "a.yaml", OSError(28, "No space left on device"), msg("make room")
        )
    assert output in capsys.readouterr().err
