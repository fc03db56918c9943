"""``wavectl todo``: what there is to do, for a Monday morning."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import AppContext, suggest, with_common_options
from wavectl.cli.insight_options import InsightOptions, show_insight, with_insight_options
from wavectl.diagnostics import msg, quoted
from wavectl.insights.todo import OwnerIndex, build_todo


@with_common_options
@with_insight_options
def command(
    app: AppContext,
    options: InsightOptions,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only what is in the hands of this person or actor.")
    ] = None,
) -> None:
    """List what there is to do, the most urgent first.

    These are dates to firm up, actors to confirm, moments that are over without a word of what came of them, and texts
    to translate. With --strict it fails where there is anything to do.

    Example: wavectl todo --format markdown --limit 0
    """
    app.require_valid(app.resolve_waves([]), rules.errors(app.plan))
    if owner is not None:
        owners = OwnerIndex(app.plan)
        if not owners.has_tasks(owner):
            app.fail(msg("nothing is in the hands of {name}", name=quoted(owner)), suggest(owner, owners.names()))
    facts = build_todo(app.plan, app.today, owner)
    show_insight(app, options, "todo", facts, fails_strict=facts.total > 0)
