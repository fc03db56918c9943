"""Prepare many files beside a folder, then let them replace those in it: nothing changes if one cannot be made.

The files wait in a hidden folder inside the folder that they are for, so that each takes its place by a rename. A run
that is killed leaves every file whole, and the next run deletes what it left and finishes.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from wavectl.cli.atomic_files import fail_unwritable, has_content
from wavectl.cli.console import Console
from wavectl.diagnostics import msg
from wavectl.files import FileRefusedError, new_file_mode

_PREFIX = ".wavectl-staged-"


class FileCounts(NamedTuple):
    """How many files are new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int


class StagedFiles:
    """Files for a folder, of which some are new or changed; a context that deletes what did not take its place.

    The run ends with a message if a file cannot be read or written. One run at a time may stage files for a folder.
    """

    def __init__(self, console: Console, folder: Path, *, dry_run: bool = False) -> None:
        """Stage files for ``folder``, which need not exist yet; in a dry run only compare and count them."""
        self.console, self.folder, self._is_dry_run = console, folder, dry_run
        self.new: list[str] = []
        self.changed: list[str] = []
        self.unchanged = 0
        self._taken = FileCounts(0, 0, 0)
        self._waiting: Path | None = None
        self._staged: list[tuple[Path, Path]] = []
        self._inside: set[Path] = {folder}
        self._ready: set[Path] = set()
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._waiting is not None:
            shutil.rmtree(self._waiting, ignore_errors=True)
        for folder in reversed(self._made):
            with suppress(OSError):  # files have taken their places in it
                folder.rmdir()

    def add(self, path: str, data: bytes) -> None:
        """Compare a file, by its path with ``/`` inside the folder, and stage it if its bytes differ."""
        place = self.folder / path
        with self._reporting(place):
            self._check_inside(place.parent)
            try:
                is_link = stat.S_ISLNK(place.lstat().st_mode)
            except FileNotFoundError:
                self.new.append(path)
                self._stage(place, data, None)
                return
            if not is_link and has_content(place, data):
                self.unchanged += 1
                return
            self.changed.append(path)
            self._stage(place, data, new_file_mode(place))

    def take_counts(self) -> FileCounts:
        """Return the counts of the files that were added since the last call."""
        now = FileCounts(len(self.new), len(self.changed), self.unchanged)
        before, self._taken = self._taken, now
        return FileCounts(*(after - earlier for after, earlier in zip(now, before, strict=True)))

    def _check_inside(self, parent: Path) -> None:
        """Raise ``FileRefusedError`` if a folder on the way to a file is a link to another place."""
        if parent in self._inside:
            return
        self._check_inside(parent.parent)
        if parent.is_symlink() and not Path(os.path.realpath(parent)).is_relative_to(os.path.realpath(self.folder)):
            raise FileRefusedError(errno.ELOOP, msg("it is behind a link that leads out of the folder"))
        self._inside.add(parent)

    def _stage(self, place: Path, data: bytes, mode: int | None) -> None:
        """Write a file that waits; ``mode`` are the permissions of the one that it replaces, None for a new one."""
        if self._is_dry_run:
            return
        self._make_folder(place.parent)
        if self._waiting is None:
            self._make_folder(self.folder)
            self._delete_left_over()
            self._waiting = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.folder))
        file = self._waiting / str(len(self._staged))
        file.write_bytes(data)  # not synced to the disk: the next run compares the bytes of every file anyway
        if mode is not None:
            file.chmod(mode)
        self._staged.append((file, place))

    def _make_folder(self, folder: Path) -> None:
        """Make sure that files can take their places in a folder, so that this does not fail after some of them have.

        Raise ``OSError`` if they cannot.
        """
        if folder in self._ready:
            return
        if not folder.exists():
            self._make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            self._made.append(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        self._ready.add(folder)

    def _delete_left_over(self) -> None:
        """Delete what a run that was killed has left."""
        for other in self.folder.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                shutil.rmtree(other)

    def replace(self) -> None:
        """Let the staged files take their places, in the order in which they were added."""
        for file, place in self._staged:
            with self._reporting(place):
                file.replace(place)
        self._staged.clear()

    @contextmanager
    def _reporting(self, place: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = msg("check that the folder may be written to, or name another one")
            fail_unwritable(self.console, self.console.display_path(place), error, hint)
