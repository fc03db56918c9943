"""``wavectl moment tie``: says that two moments are one."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import DryRunOption, MomentArgument, NoteOption, YesOption
from wavectl.cli.moment.resolve import resolve_moment
from wavectl.cli.moment.status_change import finish
from wavectl.diagnostics import msg
from wavectl.editing.moments import tie, untie


@with_common_options
def command(
    app: AppContext,
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
    one = resolve_moment(app, moment, yes=yes)
    member = one.named_member
    if undo:
        if to is not None:
            app.fail(msg("--undo asks for no other moment"), msg("leave {moment} out", moment=to))
        tied = [member for member in one.members if member.moment.same_as]
        member = member if member.moment.same_as else tied[0] if len(tied) == 1 else member
        if member.moment.same_as is None:
            app.fail(msg("{moment} is not the same as another one", moment=member.reference))
        wishes = untie(app.plan, member, one.members)
        told = msg("it is a moment of its own")
        finish(app, one, wishes, summary=told, member=member, note=note, dry_run=dry_run)
        return
    if to is None:
        app.fail(msg("there is no second moment"), msg("name the one that it is the same as"))
    other = resolve_moment(app, to, yes=yes)
    root = other.members[0]
    if root in one.members:
        app.fail(msg("they are one moment already"), msg("--undo says that they are not"))
    if member.moment.same_as is not None:
        app.fail(
            msg("{moment} is the same as {other} already", moment=member.reference, other=member.moment.same_as),
            msg("tie {root} instead, or use --undo first", root=one.members[0].reference),
        )
    wishes = tie(app.plan, member, root.reference)
    told = msg("it is the same as {moment}", moment=root.reference)
    one = one._replace(needs_confirmation=one.needs_confirmation or other.needs_confirmation)
    finish(app, one, wishes, summary=told, member=member, note=note, dry_run=dry_run)
