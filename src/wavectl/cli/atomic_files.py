"""Write files atomically: as a whole or not at all, and only if their bytes change."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import IO, NoReturn

from wavectl.cli.console import Console
from wavectl.diagnostics import Message, msg
from wavectl.files import FileRefusedError, new_file_mode, os_error_reason, read_file

if sys.platform != "win32":
    import fcntl

MAX_ATTEMPTS = 100
"""How many times to wait for another run, a tenth of a second each."""
_STALE_SECONDS = 3600
"""Seconds after which a temporary file beside a file belongs to a killed run."""
_OPEN_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class BusyError(Exception):
    """Another run is writing the file; ``args`` hold the name of its temporary file."""


def write_atomically(file: Path, data: bytes) -> bool:
    """Write ``data`` to ``file`` and create its folder; return False if the file has these bytes already.

    The bytes go into a temporary file that then replaces the file, so that a reader, a crash or a full disk finds the
    old file or the new one, never a part. A symbolic link is replaced, not followed. Raises ``OSError``.
    """
    try:
        if not stat.S_ISLNK(file.lstat().st_mode) and _has_content(file, data):
            return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temp_file = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temp_file.chmod(new_file_mode(file))
        temp_file.replace(file)
    except BaseException:
        temp_file.unlink(missing_ok=True)
        raise
    _remove_stale_temp_files(file)
    return True


def _has_content(file: Path, data: bytes) -> bool:
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


def replace_if_unchanged(file: Path, old: bytes | None, new: bytes, wait: Callable[[float], None] = sleep) -> bool:
    """Replace the content ``old`` (None: no file) by ``new``; return False if the file has another content.

    Of two runs that have read the same content, one succeeds, and the other can read what the first one wrote. The new
    bytes go into a file with a fixed name beside this one, which one run locks at a time; the rename releases it.
    Raises ``OSError``, and ``BusyError`` if another run holds the lock for too long.
    """
    temp_file = file.with_name(f".{file.name}.new")
    with os.fdopen(_open_locked(temp_file, wait), "wb") as out:
        done = False
        try:
            if (file.read_bytes() if file.exists() else None) == old:
                out.truncate()  # content of a killed run
                out.write(new)
                out.flush()
                os.fsync(out.fileno())
                temp_file.chmod(new_file_mode(file))
                _close_on_windows(out)
                temp_file.replace(file)
                done = True  # from here on, a file of that name is another run's
        finally:
            if not done:
                _close_on_windows(out)
                temp_file.unlink(missing_ok=True)
    return done


def _open_locked(temp_file: Path, wait: Callable[[float], None]) -> int:
    """Open and lock a file; raise ``BusyError`` if that takes too long.

    The lock of a killed run is released, and its file is reused. Windows cannot rename a locked file, so there the
    file itself is the lock, and the file of a killed run must be deleted by hand.
    """
    flags = _OPEN_FLAGS | os.O_EXCL if sys.platform == "win32" else _OPEN_FLAGS
    for _ in range(MAX_ATTEMPTS):
        try:
            handle = os.open(temp_file, flags, 0o666)
        except (FileExistsError, PermissionError):
            if not temp_file.exists():
                raise
        else:
            if _try_lock(handle, temp_file):
                return handle
            os.close(handle)
        wait(0.1)
    raise BusyError(temp_file.name)


def _try_lock(handle: int, temp_file: Path) -> bool:
    """Lock a file; return False if another run holds it or has moved it away in the meantime."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(handle), temp_file.stat())
        except (BlockingIOError, FileNotFoundError):
            return False
        except OSError:
            os.close(handle)
            raise
    return True


def _close_on_windows(out: IO[bytes]) -> None:
    """Close the file on Windows, where an open file can be neither renamed nor deleted."""
    if sys.platform == "win32":
        out.close()


def write_output(console: Console, file: Path, data: bytes, hint: Message, note: str = "") -> None:
    """Write a file and list it on standard output, with a note; end the run if it cannot be written."""
    try:
        write_atomically(file, data)
    except OSError as error:
        fail_unwritable(console, str(file), error, hint)
    console.write(f"{console.display_path(file)}{note}\n")


def fail_unwritable(console: Console, display_name: str, error: OSError, hint: Message) -> NoReturn:
    """End the run because a file cannot be written.

    On Windows a file that another program has open cannot be replaced: that is a ``PermissionError`` with its own hint.
    """
    if isinstance(error, PermissionError):
        hint = msg("close it in Excel, Word or another program, or check that you may change it")
    console.fail(msg("{file} cannot be written: {reason}", file=display_name, reason=os_error_reason(error)), hint)
