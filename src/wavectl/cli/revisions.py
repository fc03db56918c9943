"""Read an earlier plan from another folder or from a git revision (``--since``).

Git only reads the contents of files: no hook, filter or pager runs, and nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from wavectl.cli.context import AppContext
from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import FILE_SUFFIXES, Plan, PlanError, load

_GIT_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_FILE_MODE_PREFIX = "100"
"""Prefix of the mode of a regular file; links (120000) and submodules (160000) are ignored."""


def load_earlier_plan(app: AppContext, since: str) -> tuple[Plan, date | None]:
    """Return the plan in a folder or at a git revision, and the day of the revision; end the run if there is none."""
    folder = Path(since)
    if not (since and folder.is_dir()):
        return _load_revision(app, since)
    try:
        return load(folder, app.max_size), None
    except PlanError as error:
        app.console.fail(error.message, msg("name a folder with a copy of the plan"))


def _load_revision(app: AppContext, revision: str) -> tuple[Plan, date | None]:
    folder = app.plan.folder.resolve()
    name = _resolve_revision(folder, revision)
    commit = name and _resolve_revision(folder, f"{name}^{{commit}}")
    if not commit:
        _fail_unknown_revision(app, revision, folder)
    day = _run_git(folder, "show", "--no-patch", "--no-show-signature", "--format=%cs", commit, "--") or b""
    with TemporaryDirectory(prefix="wavectl-") as copy:
        files = _blobs_by_file_name(folder, commit)
        for file, content in zip(files, _read_blobs(folder, list(files.values())), strict=True):
            Path(copy, file).write_bytes(content)
        try:
            return load(Path(copy), app.max_size), date.fromisoformat(day.decode().strip())
        except PlanError:  # its message names the temporary folder
            app.console.fail(
                msg("the plan did not exist yet at {revision}", revision=quoted(revision)),
                msg("name a later revision, or a folder with a copy of the plan"),
            )


def _resolve_revision(folder: Path, revision: str) -> str | None:
    """Return the hash of a git revision, or None."""
    output = _run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    return output.decode().strip() if output and not output.startswith(b"^") else None  # ^: excluded


def _blobs_by_file_name(folder: Path, commit: str) -> dict[str, str]:
    """Return the files of a plan at a commit: name inside the folder, and blob."""
    listing = _run_git(folder, "ls-tree", "-z", commit, "--", ".") or b""
    blobs = {}
    for entry in listing.decode("utf-8", "surrogateescape").split("\0"):
        fields, _, path = entry.partition("\t")
        name = path.rpartition("/")[2]
        if (
            fields.startswith(_FILE_MODE_PREFIX)
            and name.endswith(FILE_SUFFIXES)
            and not name.startswith(".")
            and "\\" not in name
        ):
            blobs[name] = fields.split(" ")[2]
    return blobs


def _read_blobs(folder: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """Return the contents of blobs, in order, with one git process."""
    output = _run_git(folder, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in blobs).encode()) or b""
    position = 0
    for _ in blobs:
        head, _, _ = output[position:].partition(b"\n")  # hash, "blob", length
        start, length = position + len(head) + 1, int(head.rsplit(b" ", 1)[1])
        yield output[start : start + length]
        position = start + length + 1


def _run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Return the output of git in a folder; None if it fails or is not installed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    try:
        done = subprocess.run(  # noqa: S603 - no shell; values from users follow --end-of-options
            ["git", "--no-pager", "--literal-pathspecs", *arguments],  # noqa: S607 - as found by the user's shell
            cwd=folder,
            env={**environment, **_GIT_ENVIRONMENT},  # without GIT_DIR, which a hook sets for itself
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _fail_unknown_revision(app: AppContext, revision: str, folder: Path) -> NoReturn:
    name, copy = quoted(revision), msg("name a folder with a copy of the plan")
    if _run_git(folder, "--version") is None:
        app.console.fail(msg("{name} is not a folder, and git is not installed", name=name), copy)
    if _run_git(folder, "rev-parse", "--git-dir") is None:
        app.console.fail(msg("{name} is not a folder, and the plan is not in a git repository", name=name), copy)
    unknown = msg("{name} is neither a folder nor a git revision", name=name)
    if (_run_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        hint = msg(
            "this copy of the repository has only the latest revisions; run git fetch --unshallow to get the others"
        )
        app.console.fail(unknown, hint)
    app.console.fail(unknown, msg("name a folder with a copy of the plan, or a revision such as HEAD~10"))
