"""``wavectl moment tie``: tie two moments that are the same event."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, NoteOption, YesOption, finish_change
from wavectl.cli.moment.resolve import MomentArgument, resolve_moment
from wavectl.diagnostics import msg
from wavectl.editing.moments import tie, untie


def command(
    ctx: typer.Context,
    moment: MomentArgument,
    to: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="The moment to tie it to; its date, place and status hold for both."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Separate the moment from the one it is tied to.")] = False,
    note: NoteOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Tie two moments of two waves: they are the same event.

    The date, place and status of the second moment then hold for both, and calendars show one entry.

    Example: wavectl moment tie housing/housing-policy-meetings housing/cities-for-housing
    """
    app = load_app(ctx.obj)
    resolved = resolve_moment(app, moment, yes=yes)
    member = resolved.named_member
    if undo:
        if to is not None:
            app.console.fail(msg("--undo takes one moment only"), msg("remove {moment}", moment=to))
        tied = [member for member in resolved.members if member.moment.same_as]
        member = member if member.moment.same_as else tied[0] if len(tied) == 1 else member
        if member.moment.same_as is None:
            app.console.fail(msg("{moment} is not tied to another moment", moment=member.reference))
        changesets = untie(app.plan, member, resolved.members)
        summary = msg("it is now a separate moment")
        finish_change(app, resolved, changesets, summary=summary, member=member, note=note, dry_run=dry_run)
        return
    if to is None:
        app.console.fail(msg("the second moment is missing"), msg("name the moment to tie it to"))
    other = resolve_moment(app, to, yes=yes)
    root = other.members[0]
    if root in resolved.members:
        app.console.fail(msg("the two moments are tied already"), msg("add --undo to separate them"))
    if member.moment.same_as is not None:
        app.console.fail(
            msg("{moment} is tied to {other} already", moment=member.reference, other=member.moment.same_as),
            msg("tie {root} instead, or use --undo first", root=resolved.members[0].reference),
        )
    changesets = tie(app.plan, member, root.reference)
    summary = msg("it is now tied to {moment}", moment=root.reference)
    resolved = resolved._replace(needs_confirmation=resolved.needs_confirmation or other.needs_confirmation)
    finish_change(app, resolved, changesets, summary=summary, member=member, note=note, dry_run=dry_run)
