"""Files are written whole or not at all, and left alone where they already hold the same bytes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import sleep

PATIENCE = 100
"""How many times another run is waited for, a tenth of a second each."""


class BusyError(Exception):
    """Another run is writing the file, or has left its unfinished one behind: ``args`` hold the name of that."""


def write_atomically(file: Path, data: bytes) -> bool:
    """Write ``data`` to ``file``, making its folder; return False, touching nothing, where it holds that already.

    The bytes are put beside the file first and moved into its place, so that a reader, a crash or a full disk
    meets the old file or the new one, never a part. Raises ``OSError``.
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
        aside.chmod(_mode(file))
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return True


def exchange(file: Path, old: bytes | None, new: bytes, wait: Callable[[float], None] = sleep) -> bool:
    """Put ``new`` in the place of ``old`` (None: no file); return False, touching nothing, where something else stands.

    Of two runs that have read the same, one succeeds, and the other gets to see what the first one wrote. The new
    bytes go into a file of a fixed name beside this one, which a second run cannot make as long as it is there: a
    rename ends both at once. Raises ``OSError``, and ``BusyError`` where that file does not go away.
    """
    aside = file.with_name(f".{file.name}.new")
    handle = _held(aside, wait)
    try:
        with os.fdopen(handle, "wb") as out:
            same = (file.read_bytes() if file.exists() else None) == old
            if same:
                out.write(new)
                out.flush()
                os.fsync(out.fileno())
        if same:
            aside.chmod(_mode(file))
            aside.replace(file)  # from here on, a file of that name is another run's
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    if not same:
        aside.unlink()
    return same


def _held(aside: Path, wait: Callable[[float], None]) -> int:
    """Return a handle of a file that was not there, once there is none; raise ``BusyError`` if that takes too long."""
    for _ in range(PATIENCE):
        try:
            return os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            wait(0.1)
    raise BusyError(aside.name)


def _mode(file: Path) -> int:
    """Return the permissions of the file that is replaced, else those that a new file gets."""
    try:
        return file.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
