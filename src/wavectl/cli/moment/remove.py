"""``wavectl moment remove``: takes a moment out of the plan."""

from __future__ import annotations

from wavectl.cli.common import EXIT_FAILURE, AppContext, first_few, with_common_options
from wavectl.cli.moment.options import DryRunOption, MomentArgument, YesOption
from wavectl.cli.moment.resolve import resolve_moment
from wavectl.cli.moment.status_change import finish
from wavectl.diagnostics import msg
from wavectl.editing.moments import moments_tied_to, remove


@with_common_options
def command(app: AppContext, moment: MomentArgument, yes: YesOption = False, dry_run: DryRunOption = False) -> None:
    """Take a moment out of the plan.

    Of one that subscribers have, cancel tells more: it stays, and says that it is off. A moment of several waves is
    taken out of the wave that is named.

    Example: wavectl moment remove housing/housing-policy-meetings --yes
    """
    one = resolve_moment(app, moment, yes=yes)
    member = one.named_member
    if len(one.members) > 1 and moment != member.reference:
        names = ", ".join(one.reference for one in one.members)
        app.fail(msg("the moment stands in several waves"), msg("choose from {names}", names=names))
    tied = moments_tied_to(app.plan, member)
    if tied:
        app.fail(
            msg("other moments are tied to it: {moments}", moments=first_few(tied)),
            msg("wavectl moment tie {moment} --undo unties it", moment=tied[0]),
            EXIT_FAILURE,
        )
    told = msg("it is taken out of the wave {wave}", wave=member.wave)
    finish(
        app,
        one._replace(needs_confirmation=not yes),
        remove(app.plan, member),
        summary=told,
        member=member,
        dry_run=dry_run,
    )
