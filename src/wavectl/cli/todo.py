"""``wavectl todo``: what there is to do, for a Monday morning."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.insight_options import (
    FormatOption,
    InsightOptions,
    LimitOption,
    StrictOption,
    load_app_for_insight,
    show_insight,
)
from wavectl.diagnostics import msg, quoted
from wavectl.insights.todo import OwnerIndex, build_todo
from wavectl.text.suggest import suggest


def command(
    ctx: typer.Context,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only what is in the hands of this person or actor.")
    ] = None,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """List what there is to do, the most urgent first.

    These are dates to firm up, actors to confirm, moments that are over without a word of what came of them, and texts
    to translate. With --strict it fails where there is anything to do.

    Example: wavectl todo --format markdown --limit 0
    """
    options = InsightOptions(format, strict, limit)
    app = load_app_for_insight(ctx.obj, options)
    app.require_valid(app.resolve_waves([]), rules.errors(app.plan))
    if owner is not None:
        owners = OwnerIndex(app.plan)
        if not owners.has_tasks(owner):
            app.console.fail(
                msg("nothing is in the hands of {name}", name=quoted(owner)), suggest(owner, owners.names())
            )
    facts = build_todo(app.plan, app.today, owner)
    show_insight(app, options, "todo", facts, fails_strict=facts.total > 0)
