"""``wavectl moment rename``: gives a moment another id."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.ending import end
from wavectl.cli.moment.found import found
from wavectl.cli.moment.given import DryRun, Said, Told, Yes
from wavectl.diagnostics import quoted, say
from wavectl.edit.moments import rename
from wavectl.model.values import ID


@shared
def command(
    session: Session,
    moment: Told,
    new: Annotated[str, typer.Argument(metavar="NEW-ID", help="The id that it has from now on.")],
    said: Said = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Give a moment another id; its entry in calendars stays the same.

    What names it in the plan follows, and the old id is kept under was.

    Example: wavectl moment rename migration/compact-vienna compact-thematic-session
    """
    one = found(session, moment, yes=yes)
    member = one.named
    if not ID.fullmatch(new):
        session.refuse(
            say("{value} is no id", value=quoted(new)),
            say("an id is made of small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if f"{member.wave}/{new}" in session.plan.moments:
        session.refuse(say("the wave has a moment {name} already", name=quoted(new)), say("choose another id"))
    told = say("its id is {new} from now on", new=new)
    end(session, one, rename(session.plan, member, new), told=told, member=member, said=said, dry_run=dry_run)
