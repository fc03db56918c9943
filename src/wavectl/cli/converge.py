"""``wavectl converge``: where waves meet and where they collide."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, shared
from wavectl.cli.overview import Asked, overview, tell
from wavectl.diagnostics import quoted, say
from wavectl.insights.convergence import WITHIN, converge

_WITHIN = re.compile(r"(\d{1,3})([dw])", re.ASCII)
_DAYS = {"d": 1, "w": 7}


@shared
@overview
def command(
    session: Session,
    asked: Asked,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="WAVE", help="One wave: with all others. Several: with one another. None: all."),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TIME", help="How far apart moments still meet: 7d or 2w [7d]."),
    ] = None,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only what is not over yet.")] = False,
) -> None:
    """Show where waves meet and where they collide.

    With --strict it fails where a clash is certain and not over.

    Example: wavectl converge housing migration --within 2w
    """
    waves = session.waves(names or [])
    session.sound(session.waves([]) if len(waves) == 1 else waves, rules.errors(session.plan))
    apart = WITHIN if within is None else _days(session, within)
    facts = converge(session.plan, waves if names else [], session.today, within=apart, upcoming=upcoming)
    tell(session, asked, "converge", facts, found=facts.ahead > 0)


def _days(session: Session, text: str) -> int:
    """Return a length of time in days; ends the run on what is none."""
    found = _WITHIN.fullmatch(text.strip())
    if found is None:
        session.refuse(
            say("--within {value} is no length of time", value=quoted(text)),
            say("write 7d for seven days, or 2w for two weeks"),
        )
    return int(found[1]) * _DAYS[found[2]]
