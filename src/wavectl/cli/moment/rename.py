"""``wavectl moment rename``: give a moment another id."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, NoteOption, YesOption, check_id, finish_change
from wavectl.cli.moment.resolve import MomentArgument, resolve_moment
from wavectl.diagnostics import msg
from wavectl.editing.moments import rename


def command(
    ctx: typer.Context,
    moment: MomentArgument,
    new: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id.")],
    note: NoteOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Give a moment another id; its entry in calendars stays the same.

    References to the moment in the plan are changed too, and the old id is kept under was.

    Example: wavectl moment rename migration/compact-vienna compact-thematic-session
    """
    app = load_app(ctx.obj)
    resolved = resolve_moment(app, moment, yes=yes)
    member = resolved.named_member
    check_id(app.console, new, {other.id for other in app.plan.waves[member.wave].moments})
    summary = msg("its new id is {new}", new=new)
    finish_change(
        app, resolved, rename(app.plan, member, new), summary=summary, member=member, note=note, dry_run=dry_run
    )
