"""``wavectl coverage``: what the plan covers, and where its holes are."""

from __future__ import annotations

from wavectl import rules
from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.insight_options import InsightOptions, show_insight, with_insight_options
from wavectl.insights.coverage import build_coverage


@with_common_options
@with_insight_options
def command(app: AppContext, options: InsightOptions) -> None:
    """Show what the plan covers: priorities, regions, actors, quarters, and where the holes are.

    With --strict it fails where there is a hole.

    Example: wavectl coverage --format markdown
    """
    app.require_valid(app.resolve_waves([]), rules.errors(app.plan))
    facts = build_coverage(app.plan, app.today)
    show_insight(app, options, "coverage", facts, fails_strict=facts.has_gaps)
