"""``wavectl fmt``: format the files of the plan, so that a difference between two versions is a real change."""

from collections.abc import Iterable
from typing import Annotated

import typer

from wavectl.cli.apply_changes import build_file_change, show_diff, write_file_changes
from wavectl.cli.context import AppContext, load_app_for_files
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK
from wavectl.cli.plan_lock import FileChange
from wavectl.diagnostics import msg
from wavectl.model.key_order import programme_keys_at, wave_keys_at
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
    every comment stays with its line. A file that cannot be read is not changed.

    Example: wavectl fmt --check
    """
    app, files = load_app_for_files(ctx.obj, names or [], lock=ctx)
    unreadable = {name for name in files if app.plan.documents[name].findings}
    if unreadable:
        findings = [finding for name in sorted(unreadable) for finding in app.plan.documents[name].findings]
        app.console.report_findings(app.plan, findings)
    changes, has_unsupported = _format_files(app, sorted(files - unreadable))
    if diff:
        show_diff(app, changes)
    undo_hint = None if check or diff else write_file_changes(app, changes)
    if not diff:
        app.console.write("".join(f"{app.console.display_path(change.file)}\n" for change in changes))
    failed = bool(unreadable) or has_unsupported
    if changes or not failed:
        _print_summary(app, len(changes), len(files), written=not (check or diff))
    if undo_hint:
        app.console.write_message(undo_hint)
    raise typer.Exit(EXIT_FAILURE if failed or (changes and (check or diff)) else EXIT_OK)


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


def _print_summary(app: AppContext, count: int, total: int, *, written: bool) -> None:
    if not count:
        app.console.write_message(msg("all files are formatted already"))
    elif written:
        app.console.write_message(msg("formatted: {count} of {total} files", count=count, total=total))
    else:
        app.console.write_message(msg("would be formatted: {count} of {total} files", count=count, total=total))
