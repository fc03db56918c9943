"""Files are opened only if they are regular, in their folder, and not too large."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import BadZipFile

import pytest

from wavectl.files import FileRefusedError, open_file, open_zip, read_file, unpack, write_file, zip_bytes


def test_a_regular_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"12345")
    assert read_file(file, 5) == b"12345"
    with pytest.raises(FileRefusedError):
        read_file(file, 4)


def test_a_zip_archive_is_read_within_bounds() -> None:
    data = zip_bytes([("a", b"12345"), ("b", b"")])
    with open_zip(data, LookupError()) as archive:
        parts = archive.infolist()
        assert [unpack(archive, part, 5) for part in parts] == [b"12345", b""]
        assert unpack(archive, parts[0], 4) is None


def test_a_part_that_is_larger_than_it_states_is_refused() -> None:
    with open_zip(zip_bytes([("a", b"12345")]), LookupError()) as archive:
        (part,) = archive.infolist()
        part.file_size = 1
        with pytest.raises(BadZipFile):
            unpack(archive, part, 4)


@pytest.mark.parametrize("data", [b"", b"PK", zip_bytes([("a", b"12345")])[:-3]])
def test_an_archive_that_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(LookupError), open_zip(data, LookupError()):
        pass


def test_a_link_stays_in_its_folder_unless_the_user_names_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"key")
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "out").symlink_to("../secret")
    with pytest.raises(FileRefusedError):
        read_file(folder / "out", 10)
    with open_file(folder / "out", allow_links_out=True) as file:
        assert file.read() == b"key"
    (folder / "b").write_bytes(b"b")
    (folder / "in").symlink_to("b")
    assert read_file(folder / "in", 10) == b"b"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileRefusedError):
        read_file(tmp_path / "pipe", 10)


def test_a_file_is_written_whole_where_the_system_takes_a_part_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:2]))
    write_file(str(tmp_path / "x"), b"\r\nabc")
    write_file(str(tmp_path / "x"), b"abc\n")
    assert (tmp_path / "x").read_bytes() == b"abc\n"
