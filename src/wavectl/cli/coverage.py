"""``wavectl coverage``: what the plan covers, and where its holes are."""

from __future__ import annotations

from wavectl import rules
from wavectl.cli.common import Session, shared
from wavectl.cli.overview import Asked, overview, tell
from wavectl.insights.coverage import coverage


@shared
@overview
def command(session: Session, asked: Asked) -> None:
    """Show what the plan covers: priorities, regions, actors, quarters, and where the holes are.

    With --strict it fails where there is a hole.

    Example: wavectl coverage --format markdown
    """
    session.sound(session.waves([]), rules.errors(session.plan))
    facts = coverage(session.plan, session.today)
    tell(session, asked, "coverage", facts, found=facts.found)
