"""``wavectl show``: the card of a wave."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, shared
from wavectl.cli.overview import Asked, overview, tell
from wavectl.insights.card import card


@shared
@overview
def command(
    session: Session, asked: Asked, name: Annotated[str, typer.Argument(metavar="WAVE", help="The wave to show.")]
) -> None:
    """Show the card of a wave; as markdown, the page that is sent round.

    That page has nothing on it that stays in the house: no drafts, no notes, no findings. With --strict it fails where
    something is found in the wave.

    Example: wavectl show housing --format markdown --lang en
    """
    session.waves([name])
    session.sound([name], rules.errors(session.plan))
    findings = rules.check(session.plan).findings
    found = any(finding.wave == name for finding in findings)
    facts = card(session.plan, name, session.today, findings, inside=asked.format != "markdown")
    tell(session, asked, "show", facts, found=found)
