"""Files are written whole or not at all, and left alone where they already hold the same."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from wavectl.cli.files import PATIENCE, BusyError, exchange, write_atomically


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
    """While the new bytes are being written, the old ones stand under the name."""
    file = tmp_path / "feed.ics"
    file.write_bytes(b"old")
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(file.read_bytes()))
    write_atomically(file, b"new")
    assert seen == [b"old"]


def test_folder_in_the_place_of_the_file_is_an_error(tmp_path):
    (tmp_path / "feed.ics").mkdir()
    with pytest.raises(OSError, match=r"(?i)directory|denied"):
        write_atomically(tmp_path / "feed.ics", b"one")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"(?i)directory"):
        write_atomically(tmp_path / "file" / "feed.ics", b"one")


# -- in the place of what was read


def test_exchange_puts_new_bytes_in_the_place_of_those_that_were_read(tmp_path):
    file = tmp_path / "lock"
    assert exchange(file, None, b"one")
    assert exchange(file, b"one", b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("old", [None, b"one"])
def test_exchange_leaves_what_somebody_else_wrote(tmp_path, old):
    file = tmp_path / "lock"
    file.write_bytes(b"other")
    assert not exchange(file, old, b"two")
    assert file.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [file]
    file.unlink()
    assert not exchange(file, b"one", b"two")
    assert list(tmp_path.iterdir()) == []


def test_exchange_waits_for_another_one(tmp_path):
    file, aside = tmp_path / "lock", tmp_path / ".lock.new"
    aside.write_bytes(b"")
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            aside.unlink()

    assert exchange(file, None, b"one", wait)
    assert len(waited) == 3
    assert file.read_bytes() == b"one"


def test_exchange_gives_up_and_leaves_the_file_of_the_other(tmp_path):
    file, aside = tmp_path / "lock", tmp_path / ".lock.new"
    aside.write_bytes(b"half")
    waited: list[float] = []
    with pytest.raises(BusyError, match=r"\.lock\.new"):
        exchange(file, None, b"one", waited.append)
    assert (len(waited), aside.read_bytes()) == (PATIENCE, b"half")
    assert not file.exists()


def test_exchange_leaves_what_the_next_run_begins(tmp_path, monkeypatch):
    file, aside = tmp_path / "lock", tmp_path / ".lock.new"
    replace = Path.replace

    def quickly(one: Path, other: Path) -> Path:
        done = replace(one, other)
        one.write_bytes(b"the next run's")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", quickly)
        assert exchange(file, None, b"one")
    assert aside.read_bytes() == b"the next run's"


def test_exchange_that_fails_leaves_the_old_file_alone(tmp_path, monkeypatch):
    file = tmp_path / "lock"
    exchange(file, None, b"one")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            exchange(file, b"one", b"two")
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_exchange_keeps_the_permissions(tmp_path):
    file = tmp_path / "lock"
    exchange(file, None, b"one")
    file.chmod(0o640)
    exchange(file, b"one", b"two")
    assert file.stat().st_mode & 0o7777 == 0o640
