"""The plan as it was: in another folder, or at a revision of the git repository that holds it.

Git is asked for the contents of files and of nothing else: no hook, filter or pager runs, and nothing is fetched.
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
"""What the mode of a file opens with; links (120000) and other repositories (160000) are passed over."""


def load_earlier_plan(app: AppContext, since: str) -> tuple[Plan, date | None]:
    """Return the plan in a folder or at a git revision, and the day of that revision; ends the run without one."""
    folder = Path(since)
    if not (since and folder.is_dir()):
        return _load_revision(app, since)
    try:
        return load(folder, app.max_size), None
    except PlanError as error:
        app.console.fail(error.message, msg("name a folder with a copy of the plan"))


def _load_revision(app: AppContext, revision: str) -> tuple[Plan, date | None]:
    here = app.plan.folder.resolve()
    name = _resolve_revision(here, revision)
    commit = name and _resolve_revision(here, f"{name}^{{commit}}")
    if not commit:
        _fail_unknown_revision(app, revision, here)
    day = _run_git(here, "show", "--no-patch", "--no-show-signature", "--format=%cs", commit, "--") or b""
    with TemporaryDirectory(prefix="wavectl-") as home:
        files = _blobs_by_file_name(here, commit)
        for file, content in zip(files, _read_blobs(here, list(files.values())), strict=True):
            Path(home, file).write_bytes(content)
        try:
            return load(Path(home), app.max_size), date.fromisoformat(day.decode().strip())
        except PlanError:  # of a folder that is gone in a moment: nothing to name
            app.console.fail(
                msg("the plan did not exist yet at {revision}", revision=quoted(revision)),
                msg("name a later revision, or a folder with a copy of the plan"),
            )


def _resolve_revision(folder: Path, revision: str) -> str | None:
    """Return the full name of what a revision is to git; None where it is nothing."""
    named = _run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    return named.decode().strip() if named and not named.startswith(b"^") else None  # ^: all but that one


def _blobs_by_file_name(folder: Path, commit: str) -> dict[str, str]:
    """Return the names of a plan's files at a commit, those in its folder alone, and the blobs of what they held."""
    listing = _run_git(folder, "ls-tree", "-z", commit, "--", ".") or b""
    found = {}
    for entry in listing.decode("utf-8", "surrogateescape").split("\0"):
        facts, _, path = entry.partition("\t")
        name = path.rpartition("/")[2]
        if (
            facts.startswith(_FILE_MODE_PREFIX)
            and name.endswith(FILE_SUFFIXES)
            and not name.startswith(".")
            and "\\" not in name
        ):
            found[name] = facts.split(" ")[2]
    return found


def _read_blobs(folder: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """Return what blobs hold, in order: one process for all."""
    told = _run_git(folder, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in blobs).encode()) or b""
    place = 0
    for _ in blobs:
        head, _, _ = told[place:].partition(b"\n")  # its name, "blob", how long it is
        start, length = place + len(head) + 1, int(head.rsplit(b" ", 1)[1])
        yield told[start : start + length]
        place = start + length + 1


def _run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Return what git answers in a folder; None where it cannot."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    try:
        done = subprocess.run(  # noqa: S603 - words, no shell; what users give stands behind --end-of-options
            ["git", "--no-pager", "--literal-pathspecs", *arguments],  # noqa: S607 - as the user's shell finds it
            cwd=folder,
            env={**kept, **_GIT_ENVIRONMENT},  # a hook that runs wavectl has set GIT_DIR, for itself
            input=stdin,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _fail_unknown_revision(app: AppContext, revision: str, folder: Path) -> NoReturn:
    """End the run, with the reason why there is no such revision."""
    name, copy = quoted(revision), msg("name a folder with a copy of the plan")
    if _run_git(folder, "--version") is None:
        app.console.fail(msg("{name} is not a folder, and git is not installed", name=name), copy)
    if _run_git(folder, "rev-parse", "--git-dir") is None:
        app.console.fail(msg("{name} is not a folder, and the plan is not in a git repository", name=name), copy)
    unknown = msg("{name} is neither a folder nor a git revision", name=name)
    if (_run_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        cure = msg(
            "this copy of the repository has only the latest revisions; run git fetch --unshallow to get the others"
        )
        app.console.fail(unknown, cure)
    app.console.fail(unknown, msg("name a folder with a copy of the plan, or a revision such as HEAD~10"))
