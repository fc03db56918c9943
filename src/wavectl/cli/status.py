"""``wavectl status``: show the state of the plan on one screen, and what has changed since an earlier one."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.action_counts import count_by_country
from wavectl.cli.arguments import parse_date_range
from wavectl.cli.context import AppContext
from wavectl.cli.revisions import load_earlier_plan
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, SinceOption, StrictOption
from wavectl.diagnostics import msg
from wavectl.insights.status import EarlierStatus, build_status, count_by_certainty, last_of_twelve_months
from wavectl.timeline.groups import resolve_groups


def command(
    ctx: typer.Context,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Count the moments from this date on [today].")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Count the moments until this date [a year later].")
    ] = None,
    since: SinceOption = None,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """Show the state of the plan: calendars, next moments, firm dates, languages and findings.

    With --strict the command fails on warnings too.

    Example: wavectl status --from 2018-01 --to 2018-06
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    plan, today = app.plan, app.today
    bounds = _bounds(app, first, last)
    before = None
    if since is not None:
        then, day = load_earlier_plan(app, since)
        if rules.errors(then):
            app.console.write_message(msg("the earlier plan has errors, so the change may be inaccurate"))
        before = EarlierStatus(since, day, count_by_certainty(resolve_groups(then, drafts=True)))
    checked = rules.check(plan)
    actions = count_by_country(app)
    facts = build_status(plan, today, checked.findings, checked.waived, bounds, before, actions)
    if facts.findings.errors:
        app.console.write_message(
            msg("the plan has errors, so the figures may be incomplete; run wavectl validate to see the errors")
        )
        replace(options, strict=True).show(app, "status", facts, fails_strict=True)
    options.show(app, "status", facts, fails_strict=bool(facts.findings.warnings))


def _bounds(app: AppContext, first: str | None, last: str | None) -> tuple[date, date]:
    """Return the first and last day to count moments of; the default is twelve months from today."""
    start, end = parse_date_range(app.console, app.today.isoformat() if first is None else first, last, app.today)
    opening = start or app.today
    return opening, end or last_of_twelve_months(opening)
