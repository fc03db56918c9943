"""``wavectl moment tie``: says that two moments are one."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.finish import end
from wavectl.cli.moment.options import DryRun, Said, Told, Yes
from wavectl.cli.moment.resolve import found
from wavectl.diagnostics import say
from wavectl.editing.moments import tie, untie


@shared
def command(
    session: Session,
    moment: Told,
    to: Annotated[
        str | None, typer.Argument(metavar="OTHER", help="The moment that it is the same as; this one gives the date.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Say that it is not the same as another one.")] = False,
    said: Said = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Say that two moments are one, in two waves.

    The second one is where its date, place and status are told from then on, and calendars have it once.

    Example: wavectl moment tie housing/housing-policy-meetings housing/cities-for-housing
    """
    one = found(session, moment, yes=yes)
    member = one.named
    if undo:
        if to is not None:
            session.refuse(say("--undo asks for no other moment"), say("leave {moment} out", moment=to))
        tied = [member for member in one.members if member.moment.same_as]
        member = member if member.moment.same_as else tied[0] if len(tied) == 1 else member
        if member.moment.same_as is None:
            session.refuse(say("{moment} is not the same as another one", moment=member.reference))
        wishes = untie(session.plan, member, one.members)
        told = say("it is a moment of its own")
        end(session, one, wishes, told=told, member=member, said=said, dry_run=dry_run)
        return
    if to is None:
        session.refuse(say("there is no second moment"), say("name the one that it is the same as"))
    other = found(session, to, yes=yes)
    root = other.members[0]
    if root in one.members:
        session.refuse(say("they are one moment already"), say("--undo says that they are not"))
    if member.moment.same_as is not None:
        session.refuse(
            say("{moment} is the same as {other} already", moment=member.reference, other=member.moment.same_as),
            say("tie {root} instead, or use --undo first", root=one.members[0].reference),
        )
    wishes = tie(session.plan, member, root.reference)
    told = say("it is the same as {moment}", moment=root.reference)
    one = one._replace(ask=one.ask or other.ask)
    end(session, one, wishes, told=told, member=member, said=said, dry_run=dry_run)
