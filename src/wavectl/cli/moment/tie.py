"""``wavectl moment tie``: says that two moments are one."""

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
        str | None, typer.Argument(metavar="OTHER", help="The moment that it is the same as; this one gives the date.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Say that it is not the same as another one.")] = False,
    note: NoteOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Say that two moments are one, in two waves.

    The second one is where its date, place and status are told from then on, and calendars have it once.

    Example: wavectl moment tie housing/housing-policy-meetings housing/cities-for-housing
    """
    app = load_app(ctx.obj)
    resolved = resolve_moment(app, moment, yes=yes)
    member = resolved.named_member
    if undo:
        if to is not None:
            app.console.fail(msg("--undo asks for no other moment"), msg("leave {moment} out", moment=to))
        tied = [member for member in resolved.members if member.moment.same_as]
        member = member if member.moment.same_as else tied[0] if len(tied) == 1 else member
        if member.moment.same_as is None:
            app.console.fail(msg("{moment} is not the same as another one", moment=member.reference))
        changesets = untie(app.plan, member, resolved.members)
        summary = msg("it is a moment of its own")
        finish_change(app, resolved, changesets, summary=summary, member=member, note=note, dry_run=dry_run)
        return
    if to is None:
        app.console.fail(msg("there is no second moment"), msg("name the one that it is the same as"))
    other = resolve_moment(app, to, yes=yes)
    root = other.members[0]
    if root in resolved.members:
        app.console.fail(msg("they are one moment already"), msg("--undo says that they are not"))
    if member.moment.same_as is not None:
        app.console.fail(
            msg("{moment} is the same as {other} already", moment=member.reference, other=member.moment.same_as),
            msg("tie {root} instead, or use --undo first", root=resolved.members[0].reference),
        )
    changesets = tie(app.plan, member, root.reference)
    summary = msg("it is the same as {moment}", moment=root.reference)
    resolved = resolved._replace(needs_confirmation=resolved.needs_confirmation or other.needs_confirmation)
    finish_change(app, resolved, changesets, summary=summary, member=member, note=note, dry_run=dry_run)
