"""Files are written whole or not at all, and left alone where they already hold the same bytes."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import IO, NoReturn

from wavectl.cli.console import Console
from wavectl.diagnostics import Message, msg, os_error_reason

if sys.platform != "win32":
    import fcntl

MAX_ATTEMPTS = 100
"""How many times another run is waited for, a tenth of a second each."""
_STALE_SECONDS = 3600
"""Seconds after which no run can still be writing what lies beside a file."""
_OPEN_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class BusyError(Exception):
    """Another run is writing the file, or its unfinished one is not ours to take: ``args`` hold the name of that."""


def write_atomically(file: Path, data: bytes) -> bool:
    """Write ``data`` to ``file``, making its folder; return False, touching nothing, where it holds that already.

    The bytes are put beside the file first and moved into its place, so that a reader, a crash or a full disk
    meets the old file or the new one, never a part. A link gives way to the file, so that nothing is written where
    it leads. Raises ``OSError``.
    """
    try:
        if file.read_bytes() == data:
            return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.chmod(_permissions(file))
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _remove_stale_temp_files(file)
    return True


def _remove_stale_temp_files(file: Path) -> None:
    """Take away what runs that were killed have left beside a file that was written just now."""
    left = re.compile(rf"\.{re.escape(file.name)}\.[a-z0-9_]{{8}}")
    now = file.stat().st_mtime
    for one in file.parent.iterdir():
        if left.fullmatch(one.name):
            with suppress(OSError):  # somebody else's, or gone
                if now - one.stat().st_mtime > _STALE_SECONDS:
                    one.unlink()


def replace_if_unchanged(file: Path, old: bytes | None, new: bytes, wait: Callable[[float], None] = sleep) -> bool:
    """Put ``new`` in the place of ``old`` (None: no file); return False, touching nothing, where something else stands.

    Of two runs that have read the same, one succeeds, and the other gets to see what the first one wrote. The new
    bytes go into a file of a fixed name beside this one, which one run holds at a time: a rename ends both at once.
    Raises ``OSError``, and ``BusyError`` where another run holds that file for too long.
    """
    aside = file.with_name(f".{file.name}.new")
    with os.fdopen(_open_locked(aside, wait), "wb") as out:
        done = False
        try:
            if (file.read_bytes() if file.exists() else None) == old:
                out.truncate()  # what a run that was killed has left
                out.write(new)
                out.flush()
                os.fsync(out.fileno())
                aside.chmod(_permissions(file))
                _close_on_windows(out)
                aside.replace(file)
                done = True  # from here on, a file of that name is another run's
        finally:
            if not done:
                _close_on_windows(out)
                aside.unlink(missing_ok=True)
    return done


def _open_locked(temp_file: Path, wait: Callable[[float], None]) -> int:
    """Return a handle of a file that no other run holds; raise ``BusyError`` if that takes too long.

    Who is killed holds nothing any more: what is left of it is taken over. Windows moves no file that is held, so
    there the file itself is the sign, and what a killed run leaves has to be deleted by hand.
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
    """Tell whether no other run holds the file, and none has moved it away in the meantime."""
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
    """Close the file where one that is open can neither be moved nor deleted."""
    if sys.platform == "win32":
        out.close()


def _permissions(file: Path) -> int:
    """Return the permissions of the file that is replaced, else those that a new file gets."""
    try:
        return file.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def fail_unwritable(console: Console, display_name: str, error: OSError, hint: Message) -> NoReturn:
    """End the run because of a file, by the name to show; ``hint`` is the cure where it is not open somewhere else.

    Windows does not let a file be replaced that another program holds: the error is that of a missing permission.
    """
    if isinstance(error, PermissionError):
        hint = msg("close it in Excel, Word or another program, or check that you may change it")
    console.fail(msg("{file} cannot be written: {reason}", file=display_name, reason=os_error_reason(error)), hint)
