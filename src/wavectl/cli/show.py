"""``wavectl show``: the card of a wave."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.insight_options import InsightOptions, show_insight, with_insight_options
from wavectl.insights.card import build_card


@with_common_options
@with_insight_options
def command(
    app: AppContext,
    options: InsightOptions,
    name: Annotated[str, typer.Argument(metavar="WAVE", help="The wave to show.")],
) -> None:
    """Show the card of a wave; as markdown, the page that is sent round.

    That page has nothing on it that stays in the house: no drafts, no notes, no findings. With --strict it fails where
    something is found in the wave.

    Example: wavectl show housing --format markdown --lang en
    """
    app.resolve_waves([name])
    app.require_valid([name], rules.errors(app.plan))
    findings = rules.check(app.plan).findings
    found = any(finding.wave == name for finding in findings)
    facts = build_card(app.plan, name, app.today, findings, internal=options.format != "markdown")
    show_insight(app, options, "show", facts, fails_strict=found)
