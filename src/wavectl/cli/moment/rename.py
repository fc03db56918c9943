"""``wavectl moment rename``: gives a moment another id."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import DryRunOption, MomentArgument, NoteOption, YesOption, check_id
from wavectl.cli.moment.resolve import resolve_moment
from wavectl.cli.moment.status_change import finish
from wavectl.diagnostics import msg
from wavectl.editing.moments import rename


@with_common_options
def command(
    app: AppContext,
    moment: MomentArgument,
    new: Annotated[str, typer.Argument(metavar="NEW-ID", help="The id that it has from now on.")],
    note: NoteOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Give a moment another id; its entry in calendars stays the same.

    What names it in the plan follows, and the old id is kept under was.

    Example: wavectl moment rename migration/compact-vienna compact-thematic-session
    """
    one = resolve_moment(app, moment, yes=yes)
    member = one.named_member
    check_id(app, new, {other.id for other in app.plan.waves[member.wave].moments})
    told = msg("its id is {new} from now on", new=new)
    finish(app, one, rename(app.plan, member, new), summary=told, member=member, note=note, dry_run=dry_run)
