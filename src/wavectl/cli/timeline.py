"""``wavectl timeline``: the moments of the plan in order of time."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, choice, shared
from wavectl.cli.filters import Asked, filtered, wanted
from wavectl.cli.render_options import look
from wavectl.render.timeline import FOR_PROGRAMS, VIEWS, view
from wavectl.timeline import timeline


@shared
@filtered
def command(
    session: Session,
    asked: Asked,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="The waves to show; all if none is named.")
    ] = None,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="The form: table, gantt, agenda, json, csv, markdown, html or svg."
        ),
    ] = "table",
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
    session.write(view(format, shown, look(session)), bytewise=format in FOR_PROGRAMS)
