"""``wavectl coverage``: show what the plan covers, and its gaps."""

from __future__ import annotations

import typer

from wavectl.cli.shared_options import InsightOptions, load_app_for_insight, show_insight
from wavectl.insights.coverage import build_coverage


def command(ctx: typer.Context, options: InsightOptions) -> None:
    """Show what the plan covers: priorities, regions, actors and quarters, with the gaps.

    With --strict the command fails if there is a gap.

    Example: wavectl coverage --format markdown
    """
    app = load_app_for_insight(ctx.obj, options)
    app.require_valid()
    facts = build_coverage(app.plan, app.today)
    show_insight(app, options, "coverage", facts, fails_strict=facts.has_gaps)
