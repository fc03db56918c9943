"""Write files atomically: as a whole or not at all, and only if their bytes change."""

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from wavectl.cli.console import Console
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import Message, msg
from wavectl.files import FileRefusedError, new_file_mode, os_error_reason, read_file

_STALE_SECONDS = 3600
"""Seconds after which a temporary file beside a file belongs to a killed run."""


def write_atomically(file: Path, data: bytes | Iterable[bytes], mode: int | None = None) -> bool:
    """Write ``data`` to ``file`` and create its folder; return False if the file has these bytes already.

    Pieces of a large file are written one by one, and not compared. ``mode`` are its permissions, by default those of
    the file that it replaces or of any new file.

    The bytes go into a temporary file that then replaces the file, so that a reader, a crash or a full disk finds the
    old file or the new one, never a part. A symbolic link is replaced, not followed. Raises ``OSError``.
    """
    try:
        is_link = stat.S_ISLNK(file.lstat().st_mode)
        if isinstance(data, bytes) and not is_link and has_content(file, data):
            return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temp_file = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines([data] if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        temp_file.chmod(new_file_mode(file) if mode is None else mode)
        temp_file.replace(file)
    except BaseException:
        temp_file.unlink(missing_ok=True)
        raise
    _remove_stale_temp_files(file)
    return True


def has_content(file: Path, data: bytes) -> bool:
    """Tell whether a file has these bytes; raise ``OSError`` where it is not a regular file."""
    try:
        return read_file(file, len(data)) == data
    except FileRefusedError as error:
        if error.errno == errno.EFBIG:
            return False
        raise


def _remove_stale_temp_files(file: Path) -> None:
    """Delete the temporary files that killed runs have left beside a file that was just written."""
    pattern = re.compile(rf"\.{re.escape(file.name)}\.[a-z0-9_]{{8}}")
    now = file.stat().st_mtime
    for other in file.parent.iterdir():
        if pattern.fullmatch(other.name):
            with suppress(OSError):  # another user's file, or deleted already
                if now - other.stat().st_mtime > _STALE_SECONDS:
                    other.unlink()


def write_output(console: Console, file: Path, data: bytes, hint: Message, note: str = "") -> None:
    """Write a file and list it on standard output, with a note; end the run if it cannot be written."""
    try:
        write_atomically(file, data)
    except OSError as error:
        fail_unwritable(console, str(file), error, hint)
    console.write(f"{console.display_path(file)}{note}\n")


def fail_not_ours(console: Console, file: Path, *, list_name: str = "") -> NoReturn:
    """End the run because a file of someone else would be replaced.

    ``list_name`` is the list by which wavectl knows its files, if it is not there.
    """
    hint = msg(
        "move it away; or choose another folder: publish.folder in programme.yaml, or -o of wavectl site and export-ics"
    )
    if list_name:
        hint = msg(
            "move it away, or choose another folder with publish.folder in programme.yaml; if wavectl wrote it, "
            "restore the file {list} in that folder, which says so",
            list=list_name,
        )
    console.fail(
        msg("{file} was not written by wavectl, and would be replaced", file=console.display_path(file)),
        hint,
        EXIT_FAILURE,
    )


def fail_unwritable(console: Console, display_name: str, error: OSError, hint: Message) -> NoReturn:
    """End the run because a file cannot be written.

    On Windows a file that another program has open cannot be replaced: that is a ``PermissionError`` with its own hint.
    """
    if isinstance(error, PermissionError) and _may_be_open(Path(display_name)):
        hint = msg("close it in Excel, Word or another program, or check that you may change it")
    console.fail(msg("{file} cannot be written: {reason}", file=display_name, reason=os_error_reason(error)), hint)


def _may_be_open(file: Path) -> bool:
    """Tell whether another program may keep a file from being written: a folder or its permissions do not."""
    return not os.path.isdir(file) and os.access(file.parent, os.W_OK)
