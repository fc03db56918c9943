"""``wavectl moment remove``: takes a moment out of the plan."""

from __future__ import annotations

from wavectl.cli.common import FAULTY, Session, first_few, shared
from wavectl.cli.moment.finish import end
from wavectl.cli.moment.options import DryRun, Told, Yes
from wavectl.cli.moment.resolve import found
from wavectl.diagnostics import say
from wavectl.editing.moments import remove, tied_to


@shared
def command(session: Session, moment: Told, yes: Yes = False, dry_run: DryRun = False) -> None:
    """Take a moment out of the plan.

    Of one that subscribers have, cancel tells more: it stays, and says that it is off. A moment of several waves is
    taken out of the wave that is named.

    Example: wavectl moment remove housing/housing-policy-meetings --yes
    """
    one = found(session, moment, yes=yes)
    member = one.named
    if len(one.members) > 1 and moment != member.reference:
        names = ", ".join(one.reference for one in one.members)
        session.refuse(say("the moment stands in several waves"), say("choose from {names}", names=names))
    tied = tied_to(session.plan, member)
    if tied:
        session.refuse(
            say("other moments are tied to it: {moments}", moments=first_few(tied)),
            say("wavectl moment tie {moment} --undo unties it", moment=tied[0]),
            FAULTY,
        )
    told = say("it is taken out of the wave {wave}", wave=member.wave)
    end(session, one._replace(ask=not yes), remove(session.plan, member), told=told, member=member, dry_run=dry_run)
