"""``wavectl timeline``: the moments of the plan in order of time."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, choice, shared
from wavectl.cli.filters import Asked, filtered, wanted
from wavectl.timeline import timeline
from wavectl.views import FOR_PROGRAMS, VIEWS, Look, view


@shared
@filtered
def command(
    session: Session,
    asked: Asked,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="The waves to show; all if none is named.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The form: table, json or csv.")] = "table",  # noqa: A002
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
    session.sound(waves, rules.errors(session.plan))
    keep = wanted(session, asked)
    shown = timeline(session.plan, waves, session.today, wanted=keep, merge=merge)
    look = Look(session.languages, session.width(sys.stdout), session.colour(sys.stdout))
    session.write(view(format, shown, look), bytewise=format in FOR_PROGRAMS)
