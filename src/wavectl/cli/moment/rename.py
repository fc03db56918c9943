"""``wavectl moment rename``: gives a moment another id."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.finish import end
from wavectl.cli.moment.options import DryRun, Said, Told, Yes, check_id
from wavectl.cli.moment.resolve import found
from wavectl.diagnostics import say
from wavectl.editing.moments import rename


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
    check_id(session, new, {other.id for other in session.plan.waves[member.wave].moments})
    told = say("its id is {new} from now on", new=new)
    end(session, one, rename(session.plan, member, new), told=told, member=member, said=said, dry_run=dry_run)
