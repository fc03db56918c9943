"""One lock for each plan, and changes of several of its files that are made as a whole.

A command that writes holds the lock from reading to the last file; at a terminal, where it may wait for answers, from
the last answer on. The lock is on the folder itself, so it leaves no file behind, and the operating system releases it
when a run is killed. A folder that cannot be locked (on Windows, on some network drives) has a file in the user's
state folder instead.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.console import Console
from wavectl.diagnostics import msg
from wavectl.files import MIB, os_error_reason, read_file
from wavectl.plan.loader import ACTIONS_FOLDER, FILE_SUFFIXES

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MAX_WAIT = 30
"""How many seconds a run waits for another one."""
_INTERVAL = 0.05
README = "README.md"
"""The page for the team, which ``init`` writes with the plan."""
_JOURNAL_NAME = ".wavectl.change"
"""The file, in the plan's folder, of a change of several files while it is being made."""
_JOURNAL_SCHEMA = "wavectl/change/1"
_MAX_JOURNAL_SIZE = 256
"""How large it may be, in MiB."""
_held: set[str] = set()
"""The folders whose lock this process holds."""


class FileChange(NamedTuple):
    """A file of the plan before and after a change; ``before`` is None for a new file, ``after`` for a removed one."""

    file: Path
    before: bytes | None
    after: bytes | None


@contextmanager
def plan_lock(console: Console, folder: Path, wait: Callable[[float], None] = sleep) -> Iterator[None]:
    """Hold the lock of the plan in a folder, and finish a change that was interrupted; a run may lock it again.

    End the run if another one holds the lock for too long, or if there is no place for it.
    """
    key = os.path.realpath(folder)
    if key in _held:
        yield
        return
    handle = _lock(console, key, wait)
    _held.add(key)
    try:
        _finish_interrupted_change(console, folder)
        yield
    finally:
        _held.discard(key)
        os.close(handle)


def has_interrupted_change(folder: Path) -> bool:
    """Tell whether a change of several files is being made, or was interrupted."""
    return os.path.lexists(folder / _JOURNAL_NAME)


def _lock(console: Console, folder: str, wait: Callable[[float], None]) -> int:
    """Lock a folder; return the handle that holds the lock until it is closed."""
    try:
        handle = _open_lock(folder)
        for _ in range(int(MAX_WAIT / _INTERVAL)):
            if try_lock(handle):
                return handle
            wait(_INTERVAL)
        os.close(handle)
    except OSError as error:
        console.fail(
            msg("the plan cannot be locked: {reason}", reason=os_error_reason(error)),
            msg("set XDG_STATE_HOME to a folder that you may change"),
        )
    return console.fail(
        msg("another run of wavectl is changing the plan"), msg("wait until it ends, and run this again")
    )


def _open_lock(folder: str) -> int:
    """Open what is locked: the folder, or a file in the user's state folder if the folder cannot be locked."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            try_lock(handle)
        except OSError:
            os.close(handle)
        else:
            return handle
    file = state_file("locks", folder)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)


def state_file(kind: str, folder: str) -> Path:
    """Return the file of a plan, by its real path, in a folder of the user's state folder; raise ``OSError``."""
    try:
        base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME")
        state = Path(base) if base else Path.home() / ".local" / "state"
    except RuntimeError as error:  # there is no home
        raise OSError(str(error)) from error
    return state / "wavectl" / kind / hashlib.sha256(os.fsencode(folder)).hexdigest()


def try_lock(handle: int) -> bool:
    """Lock an open file or folder; return False if another run holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


# -- several files at once


def replace_files(folder: Path, changes: Sequence[FileChange]) -> None:
    """Replace files of a plan whose lock is held: all of them, or none; raise ``OSError`` if that is not possible.

    Several files are first written down in a journal. If this run is killed, the next one finishes the change. The
    error has the name of the file.
    """
    journal = folder / _JOURNAL_NAME
    if len(changes) > 1:
        write_atomically(journal, _dump_journal(folder, changes))
    done: list[FileChange] = []
    try:
        for change in changes:
            done.append(change)
            _put(change.file, change.after)
    except OSError as error:
        for change in done[:-1]:
            _put(change.file, change.before)
        journal.unlink(missing_ok=True)
        error.filename = str(done[-1].file)
        raise
    journal.unlink(missing_ok=True)


def _dump_journal(folder: Path, changes: Sequence[FileChange]) -> bytes:
    entries = [
        {
            "name": one.file.relative_to(folder).as_posix(),
            "before": digest(one.before),
            "after": None if one.after is None else one.after.decode("utf-8", "surrogatepass"),
        }
        for one in changes
    ]
    return json.dumps({"schema": _JOURNAL_SCHEMA, "files": entries}).encode()


def _put(file: Path, data: bytes | None) -> None:
    """Write a file of the plan, or remove it."""
    if data is None:
        file.unlink(missing_ok=True)
    else:
        write_atomically(_target(file), data)


def _target(file: Path) -> Path:
    """Return the file to replace: a link inside the plan's folder stays one."""
    return Path(os.path.realpath(file))


def digest(data: bytes | None) -> str | None:
    """Return the digest of a file; None for one that does not exist."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def _finish_interrupted_change(console: Console, folder: Path) -> None:
    """Make the rest of a change in the journal, unless one of its files has changed since; tell the user."""
    journal = folder / _JOURNAL_NAME
    if not has_interrupted_change(folder):
        return
    shown = console.display_path(journal)
    try:
        changes, digests = _read_journal(folder, journal)
        names = ", ".join(console.display_path(change.file) for change in changes)
        found = {change.file: digest(change.before) for change in changes}
        changed = [file for file, known in found.items() if known not in digests[file]]
        if not changed:
            for change in changes:
                _put(change.file, change.after)
        journal.unlink()
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        console.write_message(msg("{file} is damaged: delete it, and check the plan", file=shown))
    except OSError as error:
        console.write_message(
            msg("a change that was interrupted cannot be finished: {reason}", reason=os_error_reason(error))
        )
    else:
        console.write_message(
            msg("a change of {files} was interrupted, and these files have changed since: check them", files=names)
            if changed
            else msg("a change that was interrupted is finished now: {files}", files=names)
        )


def _read_journal(folder: Path, journal: Path) -> tuple[list[FileChange], dict[Path, tuple[str | None, ...]]]:
    """Return the changes in the journal, from the present files, and the digests that each file may have."""
    data: Any = json.loads(read_file(journal, _MAX_JOURNAL_SIZE * MIB))
    if data["schema"] != _JOURNAL_SCHEMA:
        raise ValueError(data["schema"])
    changes: list[FileChange] = []
    digests: dict[Path, tuple[str | None, ...]] = {}
    for entry in data["files"]:
        text = entry["after"]
        file = plan_file(folder, entry["name"])
        after = None if text is None else text.encode("utf-8", "surrogatepass")
        before = read_file(file, _MAX_JOURNAL_SIZE * MIB) if os.path.lexists(file) else None
        changes.append(FileChange(file, before, after))
        digests[file] = (entry["before"], digest(after))
    return changes, digests


def plan_file(folder: Path, name: str) -> Path:
    """Return the file of a plan with a name that was read; raise ``ValueError`` if a plan has no such files."""
    base = name.removeprefix(f"{ACTIONS_FOLDER}/")
    is_known = base == name == README or base.endswith((*FILE_SUFFIXES, *([".csv"] if base != name else ())))
    if Path(base).name != base or base[:1] in ".~" or not is_known:
        raise ValueError(name)
    return folder / name
