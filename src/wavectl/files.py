"""Open files safely: every reader of wavectl opens the files of users here.

A folder that was sent by someone may hold anything under the name of a plan, a lockfile or a feed: a link to a private
file, a pipe that never ends, a device, a file of many gibibytes. None of these is read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wavectl.diagnostics import Message, msg, phrase

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MIB = 1024 * 1024
_OPEN_FLAGS = sum(getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"))
_NOT_A_FILE = msg("it is not a file")


class FileRefusedError(OSError):
    """A file that is not opened, with a translatable reason."""

    def __init__(self, code: int, reason: Message) -> None:
        super().__init__(code, str(reason))
        self.reason = reason


def open_file(path: Path, *, allow_links_out: bool = False) -> IO[bytes]:
    """Open a regular file for reading; raise ``FileRefusedError`` for anything else, ``OSError`` as usual.

    A link that leads out of the file's folder is refused too, because a plan, a lockfile or a feed could then show
    private files. ``allow_links_out`` is for files that the user names on the command line. This never waits.
    """
    target = path
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if not (allow_links_out or target.is_relative_to(os.path.realpath(path.parent))):
            raise FileRefusedError(errno.ELOOP, msg("it is a link that leads out of its folder"))
    try:
        _check_regular(target.stat().st_mode)  # some devices act as soon as they are opened
        handle = os.open(target, os.O_RDONLY | _OPEN_FLAGS)
    except OSError as error:
        if path.is_symlink() and error.errno in (errno.ENOENT, errno.ELOOP):  # it leads nowhere, or to itself
            raise FileRefusedError(errno.ELOOP, _NOT_A_FILE) from None
        raise
    try:
        _check_regular(os.fstat(handle).st_mode)
    except FileRefusedError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_file(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file, opened as ``open_file`` does; refuse one with more than ``max_bytes``."""
    with open_file(path) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise FileRefusedError(errno.EFBIG, msg("it is larger than {size} MiB", size=f"{max_bytes / MIB:g}"))
    return data


def write_file(path: str, data: bytes) -> None:
    """Write a file in place, not atomically: for files that have no readers yet. Raise ``OSError``.

    Of thousands of small files, a file object each would take longer than the files.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags, 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a zip archive."""


def zip_bytes(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip archive of parts by name: the same parts in the same order give the same bytes."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # few commands write archives

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for name, content in parts:
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            out.writestr(entry, content)
    return packed.getvalue()


@contextmanager
def open_zip(data: bytes, damaged: Exception) -> Iterator[ZipFile]:
    """Open a zip archive for reading; raise ``damaged`` where it cannot be read, from here on."""
    import zlib
    from zipfile import BadZipFile, ZipFile  # few commands read archives

    try:
        with ZipFile(BytesIO(data)) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise damaged from error


def unpack(archive: ZipFile, part: ZipInfo, max_bytes: int) -> bytes | None:
    """Return the content of a part of an archive; None if its stated or its real size is larger than that."""
    if part.file_size > max_bytes:
        return None
    with archive.open(part) as packed:
        content = packed.read(max_bytes + 1)
    return content if len(content) <= max_bytes else None


def _check_regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FileRefusedError(errno.EISDIR, msg("it is a folder"))
    if not stat.S_ISREG(mode):
        raise FileRefusedError(errno.EINVAL, _NOT_A_FILE)


def new_file_mode(path: Path) -> int:
    """Return the permissions for a file that replaces ``path``: those of the old file without special bits.

    Where there is no file, or a link, these are the permissions of any new file.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = 0
    if stat.S_ISREG(mode):
        return mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


_OS_ERROR_REASONS = (
    phrase("No such file or directory"), phrase("Permission denied"), phrase("Operation not permitted"),
    phrase("Is a directory"), phrase("Not a directory"), phrase("File name too long"), phrase("File too large"),
    phrase("Input/output error"), phrase("Read-only file system"), phrase("No space left on device"),
)  # fmt: skip
"""The usual reasons of the operating system, as it words them."""


def os_error_reason(error: OSError) -> Message | str:
    """Return the reason of an OSError; translatable if it is a usual one."""
    if isinstance(error, FileRefusedError):
        return error.reason
    return msg(error.strerror) if error.strerror in _OS_ERROR_REASONS else error.strerror or str(error)
