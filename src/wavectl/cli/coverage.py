"""``wavectl coverage``: show what the plan covers, and its gaps."""

from collections import Counter

import typer

from wavectl.cli.action_counts import count_by_cells
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption
from wavectl.insights.coverage import build_coverage


def command(
    ctx: typer.Context,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """Show what the plan covers: priorities, regions, actors and quarters, with the gaps.

    With --strict the command fails if there is a gap.

    Example: wavectl coverage --format markdown
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    app.require_valid()
    actions = count_by_cells(app, None, "country", "priority")
    facts = build_coverage(app.plan, app.today, sum(actions.values(), Counter()) if actions else None)
    options.show(app, "coverage", facts, fails_strict=facts.has_gaps)
