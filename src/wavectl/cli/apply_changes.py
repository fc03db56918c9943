"""Apply changes to the plan: check them, show the diff, confirm, write, and show what subscribers will see."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import typer

from wavectl import rules
from wavectl.cli.atomic_files import fail_unwritable
from wavectl.cli.change_table import render_changes
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext
from wavectl.cli.last_change import forget_last_change, save_last_change
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, EXIT_USAGE
from wavectl.cli.plan_lock import FileChange, plan_lock, replace_files
from wavectl.diagnostics import Finding, Message, msg
from wavectl.editing.moments import PROGRAMME, PlanChangeset
from wavectl.files import MIB, os_error_reason, read_file
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.plan.loader import ACTIONS_FOLDER, BOM, Plan, changed_file
from wavectl.publishing.announcement import Announcement, render_summary
from wavectl.publishing.tracking.next_lock import compare_publications
from wavectl.text.terminal import printable_line
from wavectl.yamlfile.patch import CannotEditError, diff_lines, patch_document
from wavectl.yamlfile.reader import parse_document


def edited_texts(app: AppContext, changesets: PlanChangeset) -> dict[str, str]:
    """Return the new texts of the files that changesets change, by name; end the run if a change is not possible."""
    plan = app.plan
    texts = {}
    for name, changeset in changesets.items():
        is_programme = name == PROGRAMME
        file = plan.programme_file or "programme.yaml" if is_programme else plan.files[name]
        document = plan.documents.get(file) or parse_document(b"", file)
        try:
            texts[file] = patch_document(document, changeset, programme_keys_at if is_programme else wave_keys_at)
        except CannotEditError as error:
            app.console.fail(error.message, error.hint, EXIT_FAILURE)
    return texts


def apply_changes(
    app: AppContext,
    texts: Mapping[str, str],
    *,
    yes: bool = False,
    ask: bool = False,
    dry_run: bool = False,
    diff: bool = False,
    next_step: Message | None = None,
) -> None:
    """Write new texts into the files of the plan, by name; an unknown name is a new file.

    The change is shown as a table, or with ``diff`` as a unified diff. If the plan would have more errors than before,
    they are shown, and nothing is written.

    At a terminal a person confirms every change, unless ``yes``. In a script a change is written without a question,
    but for one that needs a person (``ask``): it ends the run, unless ``yes``.
    """
    candidates = (build_file_change(app, name, text) for name, text in sorted(texts.items()))
    files = [change for change in candidates if change.before != change.after]
    if not files:
        app.console.write_message(msg("nothing changes: the plan is already like that"))
        raise typer.Exit(EXIT_OK)
    changed = app.with_changes({change.file.name: change.after for change in files}).plan
    _check_no_new_errors(app, changed)
    commit_changes(app, files, changed, yes=yes, ask=ask, dry_run=dry_run, diff=diff, next_step=next_step)


def commit_changes(
    app: AppContext,
    files: Sequence[FileChange],
    changed: Plan | None,
    *,
    yes: bool,
    ask: bool,
    dry_run: bool,
    diff: bool,
    undoable: bool = True,
    next_step: Message | None = None,
) -> None:
    """Show changes of files, confirm and write them, and show what subscribers will see of the changed plan.

    ``changed`` is None if no plan would be left; ``undoable`` keeps the change for ``wavectl undo``.
    """
    show_changes(app, files, changed, diff=diff)
    if dry_run:
        app.console.write_message(msg("nothing is written, because of --dry-run"))
    else:
        confirm_write(app, yes=yes, ask=ask)
        undo_hint = write_file_changes(app, files, undoable=undoable)
        for change in files:
            text = msg("{file} is written") if change.after is not None else msg("{file} is removed")
            app.console.write_message(text._replace(values={"file": app.console.display_path(change.file)}))
        if undo_hint:
            app.console.write_message(undo_hint)
    to_publish = changed is not None and report_subscriber_changes(app, changed)
    if not dry_run and (to_publish or next_step):
        app.console.write_message(next_step or msg("next: wavectl publish, to publish this to subscribers"))


def report_subscriber_changes(app: AppContext, plan: Plan) -> bool:
    """Write what subscribers will see of this change once it is published; nothing if the plan never was.

    Return whether there is anything for them to publish.
    """
    lockfile = plan.lockfile
    if lockfile and (lockfile.findings or plan.programme.effective_uid_domain != lockfile.domain):
        return True
    changes, reworded, more, entries = compare_publications(app.plan, plan, app.today)
    if lockfile is None:
        return bool(changes or reworded)
    if more and not (changes or reworded):
        wait = msg("1 earlier change is not published yet: wavectl publish publishes it")
        if more > 1:
            wait = msg("{count} earlier changes are not published yet: wavectl publish publishes them", count=more)
        app.console.write_message(msg("subscribers will see nothing of this change; {waiting}", waiting=wait))
        return False
    if changes or reworded:
        name, waves = plan.programme.name, list(plan.files)
        app.console.write_message(msg("what subscribers will see:"))
        if reworded:
            text = msg("the slogan or the hashtags of the wave have changed, in {count} entries", count=len(reworded))
            app.console.write_message(text)
        if changes:
            app.console.write_lines(render_summary(Announcement(plan, changes, entries, name, waves, [app.languages])))
    else:
        app.console.write_message(msg("subscribers will see no change"))
    if more:
        app.console.write_message(
            msg("and 1 more not published yet") if more == 1 else msg("and {count} more not published yet", count=more)
        )
    return bool(changes or reworded or more)


def new_errors(old_plan: Plan, new_plan: Plan) -> list[Finding]:
    """Return the errors that only the new plan has."""
    known = Counter(map(_error_key, rules.errors(old_plan)))
    found: list[Finding] = []
    for finding in rules.errors(new_plan):
        known[_error_key(finding)] -= 1
        if known[_error_key(finding)] < 0:
            found.append(finding)
    return found


def _check_no_new_errors(app: AppContext, new_plan: Plan) -> None:
    """Report the errors that only the new plan has, and end the run if there are any."""
    errors = new_errors(app.plan, new_plan)
    if errors:
        app.console.write_message(msg("nothing is written: with this change the plan would have errors"))
        app.console.report_findings(new_plan, errors)
        raise typer.Exit(EXIT_FAILURE)


def _error_key(finding: Finding) -> tuple[str, str, str]:
    """Return a key of an error that stays the same when the lines above it change."""
    return finding.rule, finding.file, str(finding.message)


def confirm_write(app: AppContext, *, yes: bool, ask: bool) -> None:
    """Ask whether to write, at a terminal always; end the run if the answer is no.

    Without a terminal, end the run if ``ask`` requests a confirmation. ``yes`` writes without asking.
    """
    if yes or not (ask or is_interactive()):
        return
    if not is_interactive():
        app.console.fail(
            msg("this change needs a confirmation, and there is no terminal to ask for it"),
            msg("add --yes to write without confirmation"),
            EXIT_USAGE,
        )
    if not app.console.ask_yes_no(msg("Write these changes?")):
        app.console.write_message(msg("nothing is written"))
        raise typer.Exit(EXIT_USAGE)


def build_file_change(app: AppContext, name: str, text: str) -> FileChange:
    """Return the change of a file of the plan, by name, to a new text; a byte order mark is kept.

    End the run if the file has changed since it was read. An unknown name is a new file.
    """
    before = read_unchanged(app, app.plan, name) if name in app.plan.documents else None
    return FileChange(app.plan.folder / name, before, encode_keeping_bom(text, before or b""))


def encode_keeping_bom(text: str, before: bytes) -> bytes:
    """Return a text as bytes, with a byte order mark if the file had one before."""
    return (BOM if before.startswith(BOM) else b"") + text.encode("utf-8", "surrogatepass")


def show_changes(app: AppContext, file_changes: Sequence[FileChange], changed: Plan | None, *, diff: bool) -> None:
    """Write changes to standard output as a table, or as a diff if that is requested or no value changes."""
    names = [change.file.name for change in file_changes]
    table = "" if diff or changed is None else render_changes(app.plan, changed, names, app.render_context())
    if table:
        app.console.write(table)
    else:
        show_diff(app, file_changes)


def show_diff(app: AppContext, file_changes: Iterable[FileChange]) -> None:
    """Write changes to standard output as a unified diff, coloured on a terminal, without control characters.

    Of a register of actions only the number of lines that change is written: its cells may be private.
    """
    for change in file_changes:
        name = app.console.display_path(change.file)
        before, after = ((data or b"").decode("utf-8-sig", "replace") for data in (change.before, change.after))
        if change.file.parent.name == ACTIONS_FOLDER and change.file.suffix == ".csv":
            old, new = set(before.splitlines()), set(after.splitlines())
            text = msg("{file}: lines that change: {count}", file=name, count=max(len(old - new), len(new - old)))
            app.console.write(f"{app.render_context().format_message(text)}\n")
            continue
        for line in diff_lines(before, after, name):
            safe = printable_line(line)
            app.console.write(_colour_diff_line(safe, app) if sys.stdout.isatty() else safe, as_utf8=True)


def write_file_changes(app: AppContext, changes: Sequence[FileChange], *, undoable: bool = True) -> Message | None:
    """Write files, all or none; end the run if a file of the plan has changed since it was read.

    An ``undoable`` change is kept for ``wavectl undo``; return the message that says so, or why that is not possible.
    """
    if not changes:
        return None
    with plan_lock(app.console, app.plan.folder):
        check_unchanged(app)
        taken = next((one.file for one in changes if one.before is None and os.path.lexists(one.file)), None)
        if taken is not None:
            fail_changed_meanwhile(app, taken.name)
        try:
            replace_files(app.plan.folder, changes)
        except OSError as error:
            fail_unwritable(
                app.console, str(error.filename), error, msg("check that you may change the file, and run this again")
            )
        return keep_for_undo(app, changes) if undoable else None


def keep_for_undo(app: AppContext, changes: Sequence[FileChange]) -> Message:
    """Keep changes that were written for ``wavectl undo``; return the message that says so, or why it is impossible."""
    folder = app.plan.folder
    try:
        save_last_change(folder, changes)
    except OSError as error:
        with suppress(OSError):  # wavectl undo never takes back the change before
            forget_last_change(folder)
        return msg("wavectl undo cannot take this back: {reason}", reason=os_error_reason(error))
    return msg("wavectl undo takes this back")


def check_unchanged(app: AppContext) -> None:
    """End the run if a file of the plan has changed since it was read."""
    changed = changed_file(app.plan, app.max_size)
    if changed is not None:
        fail_changed_meanwhile(app, changed)


def read_unchanged(app: AppContext, plan: Plan, name: str) -> bytes:
    """Return the bytes of a file; end the run if it has changed since it was read."""
    try:
        data = read_file(plan.folder / name, int(app.max_size * MIB))
    except OSError:
        data = b""
    if data.removeprefix(BOM) != plan.documents[name].text.encode():
        fail_changed_meanwhile(app, name)
    return data


def fail_changed_meanwhile(app: AppContext, name: str) -> None:
    """End the run because a file has changed since it was read."""
    app.console.fail(msg("{file} was changed by another program in the meantime", file=name), msg("run this again"))


def _colour_diff_line(line: str, app: AppContext) -> str:
    """Return a coloured line of a diff."""
    context = app.console.context(sys.stdout)
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")
    return f"{context.paint(line.rstrip(), code)}\n"
