"""The end of every command that changes the plan: tried, shown, asked, written, and what subscribers will see of it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import typer

from wavectl import rules
from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, EXIT_USAGE
from wavectl.diagnostics import Finding, Message, msg
from wavectl.editing.moments import PlanChangeset
from wavectl.model.key_order import wave_keys_at
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import Announcement, render_summary
from wavectl.publishing.tracking import compare_lockfiles, compute_publication
from wavectl.text.terminal import printable
from wavectl.yamlfile.patch import CannotEditError, diff_lines, patch_document

_MAX_LISTED_CHANGES = 20
"""How many changes for subscribers are told; ``export-ics --check`` tells all."""


def edited_texts(app: AppContext, changesets: PlanChangeset) -> dict[str, str]:
    """Return the new texts of the files that wishes are about, by name; ends the run where one cannot be changed."""
    plan = app.plan
    found = {}
    for wave, own in changesets.items():
        file = plan.files[wave]
        try:
            found[file] = patch_document(plan.documents[file], own, wave_keys_at)
        except CannotEditError as error:
            app.console.fail(error.message, error.hint, EXIT_FAILURE)
    return found


def apply_changes(
    app: AppContext,
    texts: Mapping[str, str],
    *,
    dry_run: bool = False,
    ask: bool = False,
    next_step: Message | None = None,
) -> None:
    """Put new texts into the files of the plan, by name; a name that is not there yet is a new file.

    What changes is shown as a difference. Where the plan would have more errors than before, they are shown, and
    nothing is written. ``ask`` has a person agree first; in a script there is nobody, and the run ends.
    """
    every = (build_file_change(app, name, text) for name, text in sorted(texts.items()))
    files = [one for one in every if one.before != one.after]
    if not files:
        app.console.write_message(msg("nothing changes: the plan is already like that"))
        raise typer.Exit(EXIT_OK)
    changed = app.with_changes({one.file.name: one.after for one in files}).plan
    _check_no_new_errors(app, changed)
    show_diff(app, files)
    if dry_run:
        app.console.write_message(msg("nothing is written, because of --dry-run"))
    else:
        if ask:
            _confirm_write(app)
        write_file_changes(app, files)
        for one in files:
            app.console.write_message(msg("{file} is written", file=app.console.display_path(one.file)))
    seen = report_subscriber_changes(app, changed)
    if not dry_run and (seen or next_step):
        app.console.write_message(next_step or msg("next: wavectl export-ics, to publish this to subscribers"))


def report_subscriber_changes(app: AppContext, plan: Plan) -> bool:
    """Tell what subscribers will see once a plan is published; nothing where nobody can have subscribed yet.

    Return whether there is anything to publish.
    """
    if plan.lockfile is None or plan.lockfile.findings or plan.programme.effective_uid_domain != plan.lockfile.domain:
        return True
    followed = compute_publication(plan, list(plan.files), app.today)
    found = compare_lockfiles(plan.lockfile, followed.lockfile)
    if not found:
        app.console.write_message(msg("subscribers will see no change"))
        return False
    news = Announcement(
        plan,
        found,
        followed.lockfile.entries,
        name=plan.programme.name,
        waves=list(plan.files),
        languages=[app.languages],
    )
    app.console.write_message(msg("what subscribers will see:"))
    app.console.write_stderr(render_summary(news, _MAX_LISTED_CHANGES))
    return True


def _check_no_new_errors(app: AppContext, new_plan: Plan) -> None:
    """End the run with the errors that a plan has more than before."""
    known = Counter(map(_error_key, rules.errors(app.plan)))
    more: list[Finding] = []
    for finding in rules.errors(new_plan):
        known[_error_key(finding)] -= 1
        if known[_error_key(finding)] < 0:
            more.append(finding)
    if more:
        app.console.write_message(msg("nothing is written: with this change the plan would have errors"))
        app.console.report_findings(new_plan, more)
        raise typer.Exit(EXIT_FAILURE)


def _error_key(finding: Finding) -> tuple[str, str, str]:
    """Return what two errors have in common that are the same one, before and after a change of the lines above."""
    return finding.rule, finding.file, str(finding.message)


def _confirm_write(app: AppContext) -> None:
    if not is_interactive():
        app.console.fail(
            msg("this change needs a confirmation, and there is no terminal to ask for it"),
            msg("add --yes to write without confirmation"),
            EXIT_USAGE,
        )
    if not app.console.ask_yes_no(msg("Write these changes?")):
        app.console.write_message(msg("nothing is written"))
        raise typer.Exit(EXIT_USAGE)


BOM = b"\xef\xbb\xbf"
_NON_SPACES = re.compile("[^ ]+")  # of a line whose spaces count


class FileChange(NamedTuple):
    """A file of the plan before and after a change; ``before`` is None for a file that is new."""

    file: Path
    before: bytes | None
    after: bytes


def build_file_change(app: AppContext, name: str, text: str) -> FileChange:
    """Return a file of the plan, by its name, with another text; one that opens with a mark of its encoding keeps it.

    Ends the run where the file is not as it was read any more. A name that is not there yet is a new file.
    """
    before = read_unchanged(app, app.plan, name) if name in app.plan.documents else None
    return FileChange(app.plan.folder / name, before, encode_keeping_bom(text, before or b""))


def encode_keeping_bom(text: str, before: bytes) -> bytes:
    """Return the bytes of a file with this text, which opens as it did before: with a byte order mark, or without."""
    return (BOM if before.startswith(BOM) else b"") + text.encode("utf-8", "surrogatepass")


def show_diff(app: AppContext, file_changes: Iterable[FileChange]) -> None:
    """Write what changes to the standard output, as a unified diff."""
    for one in file_changes:
        name = app.console.display_path(one.file)
        for line in diff_lines((one.before or b"").decode(), one.after.decode(), name):
            app.console.write(_colour_diff_line(line, app) if sys.stdout.isatty() else line, as_utf8=True)


def write_file_changes(app: AppContext, file_changes: Iterable[FileChange]) -> None:
    """Write files, each whole or not at all; ends the run where one was changed meanwhile."""
    for one in file_changes:
        target = one.file.resolve()
        try:
            if (target.read_bytes() if target.exists() else None) != one.before:
                fail_changed_meanwhile(app, one.file.name)
            write_atomically(target, one.after)
        except OSError as error:
            fail_unwritable(
                app.console, str(one.file), error, msg("check that you may change the file, and run this again")
            )


def read_unchanged(app: AppContext, plan: Plan, name: str) -> bytes:
    """Return the bytes of a file as it was read; ends the run where they are others by now."""
    try:
        data = (plan.folder / name).read_bytes()
    except OSError:
        data = b""
    if data.removeprefix(BOM) != plan.documents[name].text.encode():
        fail_changed_meanwhile(app, name)
    return data


def fail_changed_meanwhile(app: AppContext, name: str) -> None:
    """End the run because of a file that is not as it was read."""
    app.console.fail(msg("{file} was changed by another program in the meantime", file=name), msg("run this again"))


def _colour_diff_line(line: str, app: AppContext) -> str:
    """Return a line of a diff as a terminal shows it: nothing in it can steer that."""
    style = app.console.style(sys.stdout)
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")
    shown = _NON_SPACES.sub(lambda found: printable(found[0]), line.rstrip())
    return f"{style.paint(shown, code)}\n"
