"""``wavectl timeline``: the moments of the plan in order of time."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, choice, shared
from wavectl.cli.filters import (
    ActorFilter,
    CountryFilter,
    FromFilter,
    KindFilter,
    PriorityFilter,
    RegionFilter,
    StatusFilter,
    ToFilter,
    UpcomingFilter,
    wanted,
)
from wavectl.timeline import timeline
from wavectl.views import FOR_PROGRAMS, VIEWS, Look, view


@shared
def command(
    session: Session,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="The waves to show; all if none is named.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, json or csv.")] = "table",  # noqa: A002
    first: FromFilter = None,
    last: ToFilter = None,
    upcoming: UpcomingFilter = False,
    status: StatusFilter = None,
    kind: KindFilter = None,
    priority: PriorityFilter = None,
    actor: ActorFilter = None,
    country: CountryFilter = None,
    region: RegionFilter = None,
    merge: Annotated[
        bool | None,
        typer.Option("--merge/--no-merge", help="Show a moment of several waves once [if several are shown]."),
    ] = None,
) -> None:
    """Show the moments of the plan in order of time.

    Example: wavectl timeline housing --upcoming --lang fr
    """
    choice(session, "--format", format, VIEWS)
    waves = session.waves(names or [])
    session.sound(waves, rules.check(session.plan).findings)
    keep = wanted(session, first, last, upcoming, status, kind, priority, actor, country, region)
    shown = timeline(session.plan, waves, session.today, wanted=keep, merge=merge)
    look = Look(session.languages, session.width(sys.stdout), session.colour(sys.stdout))
    session.write(view(format, shown, look), bytewise=format in FOR_PROGRAMS)
