"""Prepare many files beside a folder, then let them replace those in it: nothing changes if one cannot be made.

The files wait in a hidden folder inside the folder that they are for, so that each takes its place by a rename; a new
folder takes its place as a whole. A run that is killed leaves every file whole, and the next run deletes what it left
and finishes. Files of the site that an earlier run made, and this one does not, are deleted; before anything is
replaced, the list of the site's files has those of both runs.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import NamedTuple, NoReturn, Self

from wavectl.cli.atomic_files import fail_not_ours, fail_unwritable, has_content
from wavectl.cli.console import Console
from wavectl.cli.feed_files import is_own_feed
from wavectl.cli.plan_lock import try_lock
from wavectl.cli.site_list import LIST_NAME, dump_site_list, parse_site_list, read_site_list
from wavectl.diagnostics import msg
from wavectl.files import FileRefusedError, new_file_mode, write_file

_PREFIX = ".wavectl-staged-"
_LOCK_NAME = "lock"
"""The file, among those that wait, that a run locks as long as it is alive."""


class FileCounts(NamedTuple):
    """How many files are new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int


class StagedFiles:
    """Files for a folder, of which some are new or changed; a context that deletes what did not take its place.

    The run ends with a message if a file cannot be read or written.
    """

    def __init__(self, console: Console, folder: Path, *, dry_run: bool = False) -> None:
        """Stage files for ``folder``, which need not exist yet; in a dry run only compare and count them."""
        self.console, self.folder, self._is_dry_run = console, folder, dry_run
        self.new: list[str] = []
        self.changed: list[str] = []
        self.unchanged = 0
        self._taken = FileCounts(0, 0, 0)
        self._waiting: Path | None = None
        self._lock: int | None = None
        self._site_files: set[str] = set()
        self._staged: list[tuple[Path, Path]] = []
        self._is_new_folder: dict[str, bool] = {"": False}
        self._new_folders: dict[str, str] = {}
        self._writable: set[str] = set()
        self._made: list[Path] = []
        self.follows_killed_run = False

    def __enter__(self) -> Self:
        self.follows_killed_run = any(self._left_by_killed_runs())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
        if self._waiting is not None:
            shutil.rmtree(self._waiting, ignore_errors=True)
        for folder in reversed(self._made):
            with suppress(OSError):  # files have taken their places in it
                folder.rmdir()

    def add_feed(self, path: str, data: bytes) -> None:
        """Add a calendar feed; end the run if it would replace a file that is no calendar of wavectl."""
        self.add(path, data, self._check_feed)

    def _check_feed(self, path: str) -> None:
        if not is_own_feed(self.folder / path):
            fail_not_ours(self.console, self.folder / path)

    def add_site_file(self, path: str, data: bytes) -> None:
        """Add a file of the site; end the run if it would replace one that is not in the list of the site's files."""
        self._site_files.add(path)
        self.add(path, data, self._check_listed)

    def _check_listed(self, path: str) -> None:
        if path not in self._listed:
            fail_not_ours(self.console, self.folder / path, list_name="" if self._listed else LIST_NAME)

    def add(self, path: str, data: bytes, check: Callable[[str], None] = lambda _: None) -> None:
        """Compare a file, by its path with ``/`` inside the folder, and stage it if its bytes differ.

        ``check`` gets the path of a file that is about to be replaced, and ends the run if it must stay.
        """
        try:
            folder, _, name = path.rpartition("/")
            if self._is_new(folder) or not os.path.lexists(place := self.folder / path):
                self.new.append(path)
                self._stage(folder, name, data, None)
            elif not place.is_symlink() and has_content(place, data):
                self.unchanged += 1
            else:
                check(path)
                self.changed.append(path)
                self._stage(folder, name, data, new_file_mode(place))
        except OSError as error:
            self._fail(self.folder / path, error)

    def take_counts(self) -> FileCounts:
        """Return the counts of the files that were added since the last call."""
        now = FileCounts(len(self.new), len(self.changed), self.unchanged)
        before, self._taken = self._taken, now
        return FileCounts(*(after - earlier for after, earlier in zip(now, before, strict=True)))

    @cached_property
    def _listed_bytes(self) -> bytes:
        with self._reporting(self.folder / LIST_NAME):
            return read_site_list(self.folder)

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The files of the site that earlier runs have made."""
        return parse_site_list(self._listed_bytes)

    @property
    def left_over(self) -> list[str]:
        """The files of the site that were made earlier and not now, in order; none behind links."""
        made = {path.casefold() for path in self._site_files}  # some folders know no capital letters
        return [path for path in sorted(self._listed) if path.casefold() not in made and self._is_deletable(path)]

    def _is_deletable(self, path: str) -> bool:
        place, parents = self.folder / path, PurePosixPath(path).parents
        is_behind_link = any((self.folder / parent).is_symlink() for parent in parents if parent.name)
        return not is_behind_link and (place.is_symlink() or place.is_file())

    def _is_new(self, folder: str) -> bool:
        """Tell whether a folder, by its path inside, is not there; raise ``FileRefusedError`` if a link leads out."""
        is_new = self._is_new_folder.get(folder)
        if is_new is None:
            is_new = self._is_new(folder.rpartition("/")[0]) or not self._is_inside(self.folder / folder)
            self._is_new_folder[folder] = is_new
        return is_new

    def _is_inside(self, place: Path) -> bool:
        """Tell whether a folder is there, whose parent is inside.

        Raise ``OSError`` for a file or a broken link in its place, and for a link that leads out.
        """
        if place.is_symlink() and not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(self.folder)):
            raise FileRefusedError(errno.ELOOP, msg("it is behind a link that leads out of the folder"))
        if not place.is_dir() and os.path.lexists(place):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
        return place.is_dir()

    def _stage(self, folder: str, name: str, data: bytes, mode: int | None) -> None:
        """Write a file that waits; ``mode`` are the permissions of the one that it replaces, None for a new one."""
        if self._is_dry_run:
            return
        file = self._waiting_place(folder, name)
        write_file(file, data)  # not synced to the disk: the next run compares the bytes of every file anyway
        if mode is not None:
            os.chmod(file, mode)  # noqa: PTH101

    def _waiting_place(self, folder: str, name: str) -> str:
        """Return where a file or a folder waits: by its name in a new folder that waits itself, else by a number.

        Raise ``OSError`` if it cannot take its place, so that this does not fail after others have taken theirs.
        """
        if self._is_new(folder):
            return f"{self._new_folder(folder)}/{name}"
        waiting, place = self._waiting_folder() / str(len(self._staged)), self.folder / folder
        if folder not in self._writable:
            if not os.access(place, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
            self._writable.add(folder)
        self._staged.append((waiting, place / name))
        return str(waiting)

    def _new_folder(self, folder: str) -> str:
        """Return where a new folder waits; the first time, make it."""
        waiting = self._new_folders.get(folder)
        if waiting is None:
            parent, _, name = folder.rpartition("/")
            waiting = self._new_folders[folder] = self._waiting_place(parent, name)
            with suppress(FileExistsError):  # some disks know no capital letters
                os.mkdir(waiting)  # noqa: PTH102 - a path of pathlib takes longer than the folder
        return waiting

    def _waiting_folder(self) -> Path:
        """Return the folder of the files that wait; the first time, make it."""
        if self._waiting is None:
            self._make_folder(self.folder)
            self._delete_what_killed_runs_left()
            self._waiting = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.folder))
            self._lock = _open_lock(self._waiting)
            with suppress(OSError):  # this disk knows no locks
                try_lock(self._lock)
        return self._waiting

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it; they are deleted if nothing takes its place in them."""
        if not folder.exists():
            self._make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            self._made.append(folder)

    def _delete_what_killed_runs_left(self) -> None:
        for other in self._left_by_killed_runs():
            shutil.rmtree(other, ignore_errors=True)

    def _left_by_killed_runs(self) -> Iterator[Path]:
        """Return the folders of files that still wait although their runs have ended."""
        for other in self.folder.glob(f"{_PREFIX}*"):
            is_free = False
            with suppress(OSError):
                lock = _open_lock(other)
                try:
                    is_free = try_lock(lock)
                finally:
                    os.close(lock)
            if is_free and other != self._waiting:
                yield other

    def replace(self) -> None:
        """Let the staged files take their places, in the order of adding, then delete what is left over."""
        self._delete_what_killed_runs_left()
        if self._site_files:
            self._write_list(self._listed | self._site_files)
        for file, place in self._staged:
            with self._reporting(place):
                _replace(file, place)
        self._staged.clear()
        if self._site_files:
            for path in self.left_over:
                self._delete(path)
            self._write_list(self._site_files)

    def _write_list(self, paths: Collection[str]) -> None:
        """Write the list of the files of the site, if it changes."""
        data = dump_site_list(paths)
        if data == self._listed_bytes:
            return
        with self._reporting(place := self.folder / LIST_NAME):
            file = self._waiting_folder() / LIST_NAME
            with file.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())  # else a crash could leave an empty list
            file.chmod(new_file_mode(place))
            file.replace(place)
        self._listed_bytes = data

    def _delete(self, path: str) -> None:
        """Delete a file, and the folders that are empty then."""
        with self._reporting(self.folder / path):
            (self.folder / path).unlink(missing_ok=True)
        for parent in PurePosixPath(path).parents[:-1]:
            with suppress(OSError):  # others have files in it
                (self.folder / parent).rmdir()

    @contextmanager
    def _reporting(self, place: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._fail(place, error)

    def _fail(self, place: Path, error: OSError) -> NoReturn:
        hint = msg("check that the folder may be written to, or name another one")
        fail_unwritable(self.console, self.console.display_path(place), error, hint)


def _replace(waiting: Path, place: Path) -> None:
    """Let a file or a folder take its place; one by one the files of a folder that someone else made meanwhile."""
    try:
        waiting.replace(place)
    except OSError:
        if not (waiting.is_dir() and place.is_dir()):
            raise
        for inside in sorted(waiting.iterdir()):
            _replace(inside, place / inside.name)


def _open_lock(folder: Path) -> int:
    return os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
