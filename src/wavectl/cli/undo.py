"""``wavectl undo``: take back the last change that a command made to the plan."""

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from wavectl.cli.apply_changes import commit_changes
from wavectl.cli.change_table import list_changes
from wavectl.cli.context import load_app, read_app
from wavectl.cli.last_change import forget_last_change, read_last_change
from wavectl.cli.options import EXIT_FAILURE, DiffOption
from wavectl.diagnostics import msg
from wavectl.plan.loader import PlanError


def command(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    diff: DiffOption = False,
) -> None:
    """Take back the last change that a command made to the plan.

    All files of that change become what they were, or none if one of them has changed since. Calendar feeds and what
    was published stay as they are.

    Example: wavectl undo --dry-run
    """
    app = load_app(ctx.obj, lock=ctx)
    last = read_last_change(app.plan.folder)
    if last is None:
        app.console.fail(
            msg("there is no change to take back"),
            msg("only the last change that a command made to this plan can be taken back, once"),
            EXIT_FAILURE,
        )
    if last.changed_since:
        names = ", ".join(map(app.console.display_path, last.changed_since))
        app.console.fail(
            msg("nothing is taken back: {files} has changed since", files=names),
            msg("change it with another command, or by hand"),
            EXIT_FAILURE,
        )
    try:
        options = replace(app.options, waves=str(app.plan.folder))
        files = {one.file.name: one.after for one in last.changes if one.file.parent == app.plan.folder}
        plan = read_app(options, app.console, files).plan
    except PlanError:  # no wave would be left
        plan = None
    changed = [change.file.name for change in last.changes]
    listed = list_changes(app.plan, plan, changed, app.render_context()) if plan else []
    names = app.render_context().join(listed or changed)
    app.console.write_message(msg("this is taken back: {changes}", changes=names))
    commit_changes(app, last.changes, plan, yes=yes, ask=True, dry_run=dry_run, diff=diff, undoable=False)
    if not dry_run:
        with suppress(OSError):  # its files differ from now on, so that it is not taken back again
            forget_last_change(app.plan.folder)
