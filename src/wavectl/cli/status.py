"""``wavectl status``: how far the plan is, on one screen, and what has changed since."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import Session, shared
from wavectl.cli.overview import Asked, overview, tell
from wavectl.cli.revisions import earlier
from wavectl.diagnostics import Severity, quoted, say
from wavectl.insights.status import Earlier, counted, status, year_from
from wavectl.timeline import groups


@shared
@overview
def command(
    session: Session,
    asked: Asked,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Count the moments from this date on [today].")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Count the moments until this date [a year later].")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="REV or FOLDER", help="Tell the change since a git revision, or a copy."),
    ] = None,
) -> None:
    """Tell how far the plan is: calendars, next moments, how many dates are firm, languages, findings.

    With --strict it fails on warnings too.

    Example: wavectl status --from 2018-01 --to 2018-06
    """
    plan, today = session.plan, session.today
    bounds = _bounds(session, first, last)
    before = None
    if since is not None:
        then, day = earlier(session, since)
        if any(finding.severity is Severity.ERROR for finding in rules.errors(then)):
            session.note(say("the plan of then has errors, so the change may be another one"))
        before = Earlier(since, day, counted(groups(then, drafts=True)))
    checked = rules.check(plan)
    facts = status(plan, today, checked.findings, checked.waived, bounds, before)
    if facts.found.errors:
        session.note(say("the plan has errors, so the figures may lack something: wavectl validate tells which"))
        tell(session, asked._replace(strict=True), "status", facts, found=True)
    tell(session, asked, "status", facts, found=bool(facts.found.warnings))


def _bounds(session: Session, first: str | None, last: str | None) -> tuple[date, date]:
    """Return the days of which the moments are counted: the twelve months from today, where nothing else is given."""
    opening = session.when(first, "--from").earliest if first is not None else None
    opening = opening or session.today
    closing = session.when(last, "--to").known if last is not None else None
    closing = closing or year_from(opening)
    if closing < opening:
        session.refuse(
            say("{last} comes before {first}", last=quoted(closing), first=quoted(opening)),
            say("write the earlier date behind --from, the later one behind --to"),
        )
    return opening, closing
