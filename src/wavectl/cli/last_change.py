"""Keep the last change of a plan in the user's state folder, so that ``wavectl undo`` can take it back.

One change is kept for each plan, readable by its user only, and never in the plan itself.
"""

import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.plan_lock import FileChange, digest, plan_file, state_file
from wavectl.diagnostics import msg
from wavectl.files import MIB, FileRefusedError, read_file

_SCHEMA = "wavectl/undo/1"
MAX_UNDO_SIZE = 64
"""How large the record of a change may be, in MiB."""


class LastChange(NamedTuple):
    """What takes the last change back, and the files that have changed since."""

    changes: list[FileChange]
    changed_since: list[Path]


def save_last_change(folder: Path, changes: Sequence[FileChange]) -> None:
    """Keep a change that was made to the plan in a folder, in place of the one before; raise ``OSError``."""
    entries = [
        {
            "name": one.file.relative_to(folder).as_posix(),
            "before": None if one.before is None else one.before.decode("utf-8", "surrogateescape"),
            "after": digest(one.after),
        }
        for one in changes
    ]
    data = json.dumps({"schema": _SCHEMA, "files": entries}).encode()
    if len(data) > MAX_UNDO_SIZE * MIB:
        raise FileRefusedError(errno.EFBIG, msg("the change is larger than {size} MiB", size=MAX_UNDO_SIZE))
    file = _record_file(folder)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(file, data, 0o600)


def read_last_change(folder: Path) -> LastChange | None:
    """Return the last change of the plan in a folder; None if none is kept, or if it cannot be read."""
    try:
        data: Any = json.loads(read_file(_record_file(folder), MAX_UNDO_SIZE * MIB))
        if data["schema"] != _SCHEMA:
            return None
        changes, changed_since = [], []
        for entry in data["files"]:
            file, text = plan_file(folder, entry["name"]), entry["before"]
            present = read_file(file, MAX_UNDO_SIZE * MIB) if os.path.lexists(file) else None
            if digest(present) != entry["after"]:
                changed_since.append(file)
            before = None if text is None else text.encode("utf-8", "surrogateescape")
            changes.append(FileChange(file, present, before))
    except (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError):
        return None
    return LastChange(changes, changed_since)


def forget_last_change(folder: Path) -> None:
    """Delete the change that is kept of the plan in a folder; raise ``OSError``."""
    _record_file(folder).unlink(missing_ok=True)


def _record_file(folder: Path) -> Path:
    return state_file("undo", os.path.realpath(folder))
