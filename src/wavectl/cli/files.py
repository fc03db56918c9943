"""Files are written whole or not at all, and left alone where they already hold the same bytes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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


def _mode(file: Path) -> int:
    """Return the permissions of the file that is replaced, else those that a new file gets."""
    try:
        return file.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
