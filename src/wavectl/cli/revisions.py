"""Read an earlier plan from another folder or from a git revision, and earlier lockfiles from git.

Git only reads the contents of files: no hook, filter or pager runs, and nothing is fetched.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NoReturn

from wavectl.cli.atomic_files import fail_unwritable
from wavectl.cli.context import AppContext
from wavectl.dates import timezones
from wavectl.dates.edtf import parse
from wavectl.diagnostics import Message, msg, quoted
from wavectl.files import MIB
from wavectl.lockfile.entry import LOCKFILE_NAME, Lockfile, LockRevision
from wavectl.lockfile.reader import MAX_LOCK_SIZE, parse_earlier_lockfiles
from wavectl.plan.loader import ACTIONS_FOLDER, FILE_SUFFIXES, MAX_FILES, Plan, PlanError, load, plan_excess

_GIT_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
MAX_WAIT = 20
"""How long git may take for one answer, in seconds."""
MAX_REVISIONS = 200
"""How many versions of the lockfile are read from git, the latest ones."""
MAX_HISTORY_SIZE = 64
"""How large these may be together, in MiB."""
_MAX_TREE_SIZE = 4
"""How large the list of the files in the folder of the plan may be in the repository, in MiB."""
_MAX_REGISTERS_SIZE = 1024
"""How large all registers of actions may be together at a revision, in MiB."""
_FILE_MODE_PREFIX = "100"
"""Prefix of the mode of a regular file; links (120000) and submodules (160000) are ignored."""
_LAST_SECOND = 4_102_444_799
"""The last one that git takes as a date: 2099 ends with it."""
_DISTRUSTED = re.compile(rb"dubious ownership in repository at '(.*)'")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def load_earlier_plan(app: AppContext, since: str) -> tuple[Plan, date | None]:
    """Return the plan in a folder or at a git revision, and the day of the revision; end the run if there is none."""
    with open_earlier_plan(app, since) as earlier:
        return earlier


@contextmanager
def open_earlier_plan(
    app: AppContext, since: str, *, lockfile: bool = False, actions: bool = False
) -> Iterator[tuple[Plan, date | None]]:
    """Give the plan in a folder or at a git revision, and the day of the revision; end the run if there is none.

    A day, ``2017-06-01``, stands for the last commit before it.
    Inside the block the folder of the plan holds its ``lockfile``, and its registers of ``actions`` and their sources,
    if these are requested.
    """
    folder = Path(since)
    if since and os.path.isdir(folder):
        try:
            plan = load(folder, app.max_size)
        except PlanError as error:
            app.console.fail(error.message, msg("name a folder with a copy of the plan"))
        yield plan, None
        return
    with TemporaryDirectory(prefix="wavectl-") as copy:
        try:
            earlier = _load_revision(app, since, Path(copy), lockfile=lockfile, actions=actions)
        except subprocess.TimeoutExpired:
            app.console.fail(
                msg("git did not answer within {seconds} seconds", seconds=MAX_WAIT),
                msg("name a folder with a copy of the plan"),
            )
        yield earlier


def _load_revision(
    app: AppContext, revision: str, copy: Path, *, lockfile: bool, actions: bool
) -> tuple[Plan, date | None]:
    """Write the files of a revision into a folder, and load the plan from there."""
    folder = app.plan.folder.resolve()
    day_given = _parse_day(revision.encode()) if _DAY.fullmatch(revision) else None
    name = _last_before(app, day_given) if day_given else _resolve_revision(folder, revision)
    commit = name and _resolve_revision(folder, f"{name}^{{commit}}")
    if not commit:
        _fail_unknown_revision(app, revision, folder)
    day = _run_git(
        folder, "show", "--no-patch", "--no-show-signature", "--encoding=UTF-8", "--format=%cs", commit, "--"
    )
    tree = _files_of_tree(app, folder, commit, ".")
    files = {file: blob for file, blob in tree.items() if file.endswith(FILE_SUFFIXES)}
    _check_sizes(app, folder, files)
    others = {file: blob for file, blob in tree.items() if lockfile and file == LOCKFILE_NAME}
    if actions:
        from wavectl.actions.sources import SOURCES_FILE

        registers = _files_of_tree(app, folder, commit, f"{ACTIONS_FOLDER}/")
        named = ((f"{ACTIONS_FOLDER}/{file}", blob) for file, blob in registers.items())
        others |= {file: blob for file, blob in named if file.endswith(".csv") or file == SOURCES_FILE}
        (copy / ACTIONS_FOLDER).mkdir()
    if others:
        _check_sizes_of_others(app, folder, others)
        files |= others
    for file, blob in files.items():
        try:
            with (copy / file).open("wb") as out:
                if _run_git(folder, "cat-file", "blob", blob, output=out) is None:
                    _fail_incomplete(app, file)
        except OSError as error:  # git takes names that no file can have here
            fail_unwritable(app.console, file, error, msg("name a folder with a copy of the plan"))
    try:
        return load(copy, app.max_size), _parse_day(day or b"")
    except PlanError:  # its message names the temporary folder
        app.console.fail(
            msg("the plan did not exist yet at {revision}", revision=quoted(revision)),
            msg("name a later revision, or a folder with a copy of the plan"),
        )


# -- the history of the lockfile


def load_lock_history(app: AppContext) -> tuple[LockRevision, ...]:
    """Return the versions of the lockfile that git has, oldest first, and the present one; nothing without one.

    Versions that are damaged, or that the next one does not continue, are left out. Where git has no history, or only
    a part of it, the result is shorter, and a message says so if entries have changed.
    """
    lockfile, folder = app.plan.lockfile, app.plan.folder.resolve()
    if lockfile is None or lockfile.findings:
        return ()
    try:
        contents = _lockfile_contents(folder)
    except subprocess.TimeoutExpired:
        contents = []
    last_change = max((entry.modified for entry in lockfile.all_entries.values()), default=app.today.isoformat())
    revisions = [LockRevision(date.fromisoformat(last_change), lockfile)]
    earlier = parse_earlier_lockfiles(lockfile, (content for _, _, content in contents))
    for (commit, day, _), version in zip(contents, earlier, strict=True):
        newer = revisions[-1].lockfile
        if version.all_entries == newer.all_entries:
            revisions[-1] = revisions[-1]._replace(day=min(day, app.today))
        elif is_continued(version, newer):
            revisions.append(LockRevision(min(day, app.today), version, commit))
    if any(entry.sequence for entry in revisions[-1].lockfile.all_entries.values()):
        _report_incomplete_history(app, folder, revisions[-1].day if contents else None)
    return tuple(reversed(revisions))


def committed_lockfile(app: AppContext) -> Lockfile | None:
    """Return the lockfile of the last commit that has one; the present one if git has none, or another's."""
    current, contents = app.plan.lockfile, list[tuple[str, date, bytes]]()
    with suppress(subprocess.TimeoutExpired):
        contents = _lockfile_contents(app.plan.folder.resolve(), limit=1)
    if current is None or not contents:
        return current
    (found,) = parse_earlier_lockfiles(current, [contents[0][2]])
    return found if is_continued(found, current) else current


def _report_incomplete_history(app: AppContext, folder: Path, since: date | None) -> None:
    """Say why earlier changes are missing; ``since`` is the day of the first lockfile that git has, if it has any."""
    message = msg(
        "earlier changes are left out of the pages: git, which knows them, has no history of {file} here",
        file=LOCKFILE_NAME,
    )
    if since:
        message = msg(
            "changes before {day} are left out of the pages: git has no earlier {file} in this folder, which may have "
            "had another name",
            day=parse(since.isoformat()),
            file=LOCKFILE_NAME,
        )
    with suppress(subprocess.TimeoutExpired):
        if _is_shallow(folder):
            message = msg(
                "git has only the latest revisions here, so earlier changes are left out: run git fetch --unshallow"
            )
        elif distrusted := _distrusted_repository(folder):
            message = msg(
                "earlier changes are left out of the pages: git does not read {folder}, which belongs to another user; "
                "to trust it, run git config --global --add safe.directory {folder}",
                folder=distrusted,
            )
    app.console.write_message(message)


def _is_shallow(folder: Path) -> bool:
    return (_run_git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def _distrusted_repository(folder: Path) -> str | None:
    """Return the folder of the repository if git does not read it because another user owns it."""
    done = _ask_git(folder, "rev-parse", "--git-dir")
    found = _DISTRUSTED.search(done.stderr) if done else None
    return os.fsdecode(found[1]) if found else None


def is_continued(old: Lockfile, new: Lockfile) -> bool:
    """Tell whether a lockfile is an earlier version of another: it is sound, and every entry goes on in the other."""
    if old.findings or old.domain != new.domain or not old.entries.keys() <= new.entries.keys():
        return False
    pairs = ((before, new.entries[uid]) for uid, before in old.entries.items())
    return all(
        before is after or (before.published == after.published and before.sequence <= after.sequence)
        for before, after in pairs
    )


def _lockfile_contents(folder: Path, limit: int = 0) -> list[tuple[str, date, bytes]]:
    """Return the contents of the lockfile in git, newest first, each with its commit and the day of that."""
    only = (f"--max-count={limit or MAX_REVISIONS}", "--first-parent", "--format=%cs", "HEAD", "--", LOCKFILE_NAME)
    lines = (_run_git(folder, "rev-list", *only) or b"").splitlines()  # a commit, then its day
    commits = [line.removeprefix(b"commit ").decode() for line in lines[::2]]
    request = "".join(f"{commit}:./{LOCKFILE_NAME}\n" for commit in commits).encode()
    answer = _run_git(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=request) or b""
    days, sizes = map(_parse_day, lines[1::2]), (line.split(b" ") for line in answer.splitlines())
    found = zip(commits, days, sizes, strict=False)
    blobs = [(commit, day, blob, int(size)) for commit, day, (blob, size, *_) in found if day and size.isdigit()]
    totals = accumulate(size for *_, size in blobs)
    blobs = [blob for blob, total in zip(blobs, totals, strict=True) if total <= MAX_HISTORY_SIZE * MIB]
    content = _run_git(folder, "cat-file", "--batch", stdin=b"".join(blob + b"\n" for *_, blob, _ in blobs)) or b""
    return list(_split_batch(content, blobs))


def _split_batch(content: bytes, blobs: Sequence[tuple[str, date, bytes, int]]) -> Iterator[tuple[str, date, bytes]]:
    """Return the objects in the output of ``git cat-file --batch``: for each a line with its size, and its bytes."""
    start = 0
    for commit, day, blob, size in blobs:
        header = b"%b blob %d\n" % (blob, size)
        if content.startswith(header, start):
            start += len(header)
            yield commit, day, content[start : start + size]
            start += size + 1


def _last_before(app: AppContext, day: date) -> str | None:
    """Return the hash of the last commit before a day, which begins as the programme's time zone says."""
    start = datetime.combine(day, time(), timezones.get_zone(app.plan.programme.timezone))
    second = min(int(start.timestamp()) - 1, _LAST_SECOND)
    output = _run_git(app.plan.folder.resolve(), "rev-list", "-1", f"--before={second}", "HEAD", "--")
    return output.decode().strip() if output else None


def _parse_day(text: bytes) -> date | None:
    """Return the day of a commit; None for a year that no calendar here has, or no date."""
    try:
        return date.fromisoformat(text.decode().strip())
    except ValueError:
        return None


def _check_sizes(app: AppContext, folder: Path, blobs: Mapping[str, str]) -> None:
    """End the run if a file of the plan is missing from the repository or too large; nothing is read for it."""
    sizes = _sizes(app, folder, blobs)
    for file, size in sizes.items():
        if size > app.max_size * MIB:
            hint = msg("raise the limit with --max-size, or name a folder with a copy of the plan")
            _fail_too_large(app, file, app.max_size, hint)
    excess = plan_excess(len(blobs), sum(sizes.values()))
    if excess:
        _fail_excess(app, excess)


def _check_sizes_of_others(app: AppContext, folder: Path, blobs: Mapping[str, str]) -> None:
    """End the run if the lockfile or a register is missing from the repository or too large."""
    from wavectl.actions.register import MAX_SIZE

    sizes = _sizes(app, folder, blobs)
    for file, size in sizes.items():
        limit = MAX_LOCK_SIZE if file == LOCKFILE_NAME else MAX_SIZE
        if size > limit * MIB:
            _fail_too_large(app, file, limit, msg("name a folder with a copy of the plan"))
    if len(sizes) > MAX_FILES or sum(sizes.values()) > _MAX_REGISTERS_SIZE * MIB:
        _fail_excess(app, msg("more than {size} MiB in its files", size=_MAX_REGISTERS_SIZE))


def _sizes(app: AppContext, folder: Path, blobs: Mapping[str, str]) -> dict[str, int]:
    """Return the sizes of files in bytes; end the run if one is missing from the repository."""
    request = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    lines = (_run_git(folder, "cat-file", "--batch-check=%(objectsize)", stdin=request) or b"").split(b"\n")
    sizes = {}
    for file, size in zip(blobs, (*lines, *[b""] * len(blobs)), strict=False):
        if not size.isdigit():
            _fail_incomplete(app, file)
        sizes[file] = int(size)
    return sizes


def _fail_too_large(app: AppContext, file: str, limit: float, hint: Message) -> NoReturn:
    app.console.fail(
        msg("{file} is larger than {size} MiB at that revision", file=quoted(file), size=f"{limit:g}"), hint
    )


def _fail_excess(app: AppContext, excess: Message) -> NoReturn:
    app.console.fail(
        msg("the plan has {excess} at that revision", excess=excess), msg("name a folder with a copy of the plan")
    )


def _fail_incomplete(app: AppContext, file: str) -> NoReturn:
    app.console.fail(
        msg("this copy of the repository lacks the content of {file} at that revision", file=quoted(file)),
        msg("run git fetch --refetch --no-filter to get it, or name a folder with a copy of the plan"),
    )


def _resolve_revision(folder: Path, revision: str) -> str | None:
    """Return the hash of a git revision, or None."""
    output = _run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    return output.decode().strip() if output and not output.startswith(b"^") else None  # ^: excluded


def _files_of_tree(app: AppContext, folder: Path, commit: str, path: str) -> dict[str, str]:
    """Return the regular files in a folder of the plan at a commit, hidden ones left out: name and blob."""
    size = _run_git(folder, "cat-file", "-s", f"{commit}:./{path.strip('./')}") or b""
    if size.strip().isdigit() and int(size) > _MAX_TREE_SIZE * MIB:
        _fail_excess(app, msg("more than {count} files", count=MAX_FILES))
    listing = _run_git(folder, "ls-tree", "-z", commit, "--", path)
    if listing is None:
        _fail_incomplete(app, folder.name)
    blobs = {}
    for entry in listing.decode("utf-8", "surrogateescape").split("\0"):
        fields, _, name = entry.partition("\t")
        name = name.rpartition("/")[2]
        if fields.startswith(_FILE_MODE_PREFIX) and not name.startswith(".") and "\\" not in name:
            blobs[name] = fields.split(" ")[2]
    return blobs


def _find_git() -> str | None:
    """Return the path of git: in a folder of PATH that is named in full, and never in the current folder."""
    name = "git.exe" if os.name == "nt" else "git"
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = Path(entry, name)
        usable = program.is_absolute() and program.is_file() and os.access(program, os.X_OK)
        if usable and program.parent.resolve() != Path.cwd():
            return str(program)
    return None


def _run_git(
    folder: Path, *arguments: str, stdin: bytes = b"", output: IO[bytes] | int = subprocess.PIPE
) -> bytes | None:
    """Return the output of git in a folder; None if it fails or is not installed. Raise ``TimeoutExpired``.

    With another ``output`` it is written there, and what is returned is empty.
    """
    done = _ask_git(folder, *arguments, stdin=stdin, output=output)
    return (done.stdout or b"") if done and done.returncode == 0 else None


def _ask_git(
    folder: Path, *arguments: str, stdin: bytes = b"", output: IO[bytes] | int = subprocess.PIPE
) -> "subprocess.CompletedProcess[bytes] | None":
    """Run git in a folder; return None if it is not installed. Raise ``TimeoutExpired``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    program = _find_git()
    if program is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - no shell; values from users follow --end-of-options
            [program, "--no-pager", "--literal-pathspecs", *arguments],
            cwd=folder,
            env={**environment, **_GIT_ENVIRONMENT},  # without GIT_DIR, which a hook sets for itself
            input=stdin,
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
            timeout=MAX_WAIT,
        )
    except OSError:
        return None


def _fail_unknown_revision(app: AppContext, revision: str, folder: Path) -> NoReturn:
    name, copy = quoted(revision), msg("name a folder with a copy of the plan")
    is_default = revision == "HEAD"  # of wavectl diff
    if _run_git(folder, "--version") is None:
        without_git = msg("{name} is not a folder, and git is not installed", name=name)
        app.console.fail(msg("git is not installed") if is_default else without_git, copy)
    if distrusted := _distrusted_repository(folder):
        text = msg("git does not read {folder}, which belongs to another user", folder=quoted(distrusted))
        hint = msg("to trust it, run git config --global --add safe.directory {folder}", folder=distrusted)
        app.console.fail(text, hint)
    if _run_git(folder, "rev-parse", "--git-dir") is None:
        outside = msg("{name} is not a folder, and the plan is not in a git repository", name=name)
        app.console.fail(msg("the plan is not in a git repository") if is_default else outside, copy)
    if _resolve_revision(folder, "HEAD") is None:
        hint = msg("commit the plan first, or name a folder with a copy of the plan")
        app.console.fail(msg("the repository has no revision yet"), hint)
    unknown = msg("{name} is neither a folder nor a git revision", name=name)
    day = _parse_day(revision.encode())
    if day:
        unknown = msg("the repository has no revision before {day}", day=quoted(day))
    if _is_shallow(folder):
        hint = msg(
            "this copy of the repository has only the latest revisions; run git fetch --unshallow to get the others"
        )
        app.console.fail(unknown, hint)
    app.console.fail(
        unknown, msg("name a folder with a copy of the plan, a day such as 2027-05-31, or a revision such as HEAD~10")
    )
