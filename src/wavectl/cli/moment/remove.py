"""``wavectl moment remove``: remove a moment from the plan."""

from __future__ import annotations

import typer

from wavectl.cli.console import first_few
from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, YesOption, finish_change
from wavectl.cli.moment.resolve import MomentArgument, resolve_moment
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg
from wavectl.editing.moments import moments_tied_to, remove


def command(ctx: typer.Context, moment: MomentArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Remove a moment from the plan.

    If subscribers have the moment already, cancel it instead: it stays, marked as cancelled. A moment of several
    waves is removed from the named wave only.

    Example: wavectl moment remove housing/housing-policy-meetings --yes
    """
    app = load_app(ctx.obj)
    resolved = resolve_moment(app, moment, yes=yes)
    member = resolved.named_member
    if len(resolved.members) > 1 and moment != member.reference:
        names = ", ".join(each.reference for each in resolved.members)
        app.console.fail(msg("the moment is in several waves"), msg("choose from {names}", names=names))
    tied = moments_tied_to(app.plan, member)
    if tied:
        app.console.fail(
            msg("other moments are tied to it: {moments}", moments=first_few(tied)),
            msg("untie it with wavectl moment tie {moment} --undo", moment=tied[0]),
            EXIT_FAILURE,
        )
    summary = msg("it is removed from the wave {wave}", wave=member.wave)
    finish_change(
        app,
        resolved._replace(needs_confirmation=not yes),
        remove(app.plan, member),
        summary=summary,
        member=member,
        dry_run=dry_run,
    )
