"""``wavectl fmt``: format the files of the plan, so that a difference between two versions is a real change."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from wavectl.actions.checks import Known, check_register
from wavectl.actions.register import FileStamp, RegisterError, is_normal, normal_form
from wavectl.cli.action_counts import registers_of
from wavectl.cli.actions.change import content_for_undo, finish_undo, write_register_file
from wavectl.cli.apply_changes import build_file_change, fail_changed_meanwhile, show_diff, write_file_changes
from wavectl.cli.context import AppContext, load_app_for_files
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK
from wavectl.cli.plan_lock import FileChange, plan_lock
from wavectl.diagnostics import Finding, Message, msg
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.plan.loader import ACTIONS_FOLDER
from wavectl.yamlfile.formatter import format_document


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE or FILE", help="The waves or files to format [the whole plan].")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="List the files that would change, and write nothing.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
) -> None:
    """Format the files of the plan in one style.

    Keys are put in one order, texts in quotation marks, dates in their normal form. The data stay the same, and
    every comment stays with its line. The rows of a register of local actions are put in order of their ids, with
    commas between cells, also after a spreadsheet program has saved it. A file that cannot be read is not changed.

    Example: wavectl fmt --check
    """
    app, named = load_app_for_files(ctx.obj, names or [], lock=ctx)
    registers, files = registers_of(app, named, everything=not names), named & app.plan.documents.keys()
    unreadable = {name for name in files if app.plan.documents[name].findings}
    findings = [finding for name in sorted(unreadable) for finding in app.plan.documents[name].findings]
    changes, has_unsupported = _format_files(app, sorted(files - unreadable))
    tables, table_findings = _registers_to_format(app, registers)
    findings += table_findings
    if findings:
        app.console.report_findings(app.plan, findings)
    if diff:
        tabular = [FileChange(path, path.read_bytes(), b"".join(normal_form(path))) for path in tables]
        show_diff(app, [*changes, *tabular])
    undo_hint = None if check or diff else _write(app, changes, tables)
    changed = [*(change.file for change in changes), *tables]
    if not diff:
        app.console.write("".join(f"{app.console.display_path(file)}\n" for file in changed))
    failed = bool(findings) or has_unsupported
    if changed or not failed:
        _print_summary(app, len(changed), len(files) + len(registers), written=not (check or diff))
    if undo_hint:
        app.console.write_message(undo_hint)
    raise typer.Exit(EXIT_FAILURE if failed or (changed and (check or diff)) else EXIT_OK)


def _format_files(app: AppContext, names: Iterable[str]) -> tuple[list[FileChange], bool]:
    """Return the files that formatting changes, and whether there is one that cannot be formatted."""
    plan, changes, has_unsupported = app.plan, [], False
    for name in names:
        keys_at = programme_keys_at if name == plan.programme_file else wave_keys_at
        text = format_document(plan.documents[name], keys_at)
        if text is None:
            has_unsupported = True
            shown = app.console.display_path(plan.folder / name)
            app.console.write_message(
                msg("{file} is not changed: it contains a YAML reference (*name) in the place of a word", file=shown)
            )
        elif text != plan.documents[name].text:
            changes.append(build_file_change(app, name, text))
    return changes, has_unsupported


def _registers_to_format(
    app: AppContext, names: Mapping[str, str]
) -> tuple[dict[Path, FileStamp | None], list[Finding]]:
    """Return the registers that formatting changes, each as it was read, and the findings of unreadable ones."""
    found: dict[Path, FileStamp | None] = {}
    findings: list[Finding] = []
    for wave, name in names.items():
        path = app.plan.folder / name
        try:
            stamp = FileStamp.of(path)
            if not is_normal(path):
                found[path] = stamp
        except (OSError, RegisterError):
            faults = check_register(path, name, wave, Known())
            findings += [fault for fault in faults if fault.rule in ("unreadable-file", "missing-header")]
    return found, findings


def _write(
    app: AppContext, changes: Sequence[FileChange], registers: Mapping[Path, FileStamp | None]
) -> Message | None:
    """Write the files; return what to say of ``wavectl undo``."""
    if not registers:
        return write_file_changes(app, changes)
    with plan_lock(app.console, app.plan.folder):
        for path, stamp in registers.items():
            if FileStamp.of(path) != stamp:
                fail_changed_meanwhile(app, f"{ACTIONS_FOLDER}/{path.name}")
        before = {change.file: change.before for change in changes}
        before |= {path: content_for_undo(path) for path in registers}
        write_file_changes(app, changes, undoable=False)
        for path in registers:
            write_register_file(app, path, normal_form(path))
        return finish_undo(app, before)


def _print_summary(app: AppContext, count: int, total: int, *, written: bool) -> None:
    if not count:
        app.console.write_message(msg("all files are formatted already"))
    elif written:
        app.console.write_message(msg("formatted: {count} of {total} files", count=count, total=total))
    else:
        app.console.write_message(msg("would be formatted: {count} of {total} files", count=count, total=total))
