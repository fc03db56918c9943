"""``wavectl show``: show the card of a wave."""

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.action_counts import count_by_country
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption
from wavectl.insights.card import build_card


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="WAVE", help="The wave to show.")],
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """Show the card of a wave; as markdown, a page for publication.

    The markdown page contains nothing internal: no drafts, notes or findings. With --strict the command fails if
    the wave has findings.

    Example: wavectl show housing --format markdown --lang en
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    (name,) = app.resolve_waves([name])
    app.require_valid([name])
    findings = rules.check(app.plan, registers=[name]).findings
    found = any(finding.wave == name for finding in findings)
    is_public = options.format == "markdown"
    actions = count_by_country(app, [name], is_public=is_public).get(name)
    facts = build_card(app.plan, name, app.today, findings, internal=not is_public)._replace(actions=actions)
    options.show(app, "show", facts, fails_strict=found)
