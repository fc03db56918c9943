"""``wavectl todo``: what there is to do, for a Monday morning."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, near, shared
from wavectl.cli.overview import Asked, overview, tell
from wavectl.diagnostics import quoted, say
from wavectl.insights.todo import Owners, todo


@shared
@overview
def command(
    session: Session,
    asked: Asked,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only what is in the hands of this person or actor.")
    ] = None,
) -> None:
    """List what there is to do, the most urgent first.

    These are dates to firm up, actors to confirm, moments that are over without a word of what came of them, and texts
    to translate. With --strict it fails where there is anything to do.

    Example: wavectl todo --format markdown --limit 0
    """
    session.sound(session.waves([]), rules.errors(session.plan))
    if owner is not None:
        owners = Owners(session.plan)
        if not owners.has(owner):
            session.refuse(say("nothing is in the hands of {name}", name=quoted(owner)), near(owner, owners.known()))
    facts = todo(session.plan, session.today, owner)
    tell(session, asked, "todo", facts, found=facts.things > 0)
