"""``wavectl converge``: show where waves meet and where they collide."""

import re
from typing import Annotated

import typer

from wavectl.cli.action_counts import count_by_cells, waves_with_actions
from wavectl.cli.context import AppContext
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption
from wavectl.diagnostics import msg, quoted
from wavectl.insights.convergence import DEFAULT_WITHIN_DAYS, Convergence, find_convergence
from wavectl.insights.convergence.actions import ActionMeetings, find_action_meetings

_DURATION_PATTERN = re.compile(r"(\d{1,3})([dw])", re.ASCII)
_DAYS_PER_UNIT = {"d": 1, "w": 7}


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WAVE", help="One wave is compared with all others, several with one another; without a name, all."
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="TIME", help="The longest time between moments that meet: 7d (days) or 2w (weeks) [7d]."
        ),
    ] = None,
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only moments that are not over yet.")] = False,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """Show where waves meet and where they collide.

    With --strict the command fails if a clash is certain and not over yet.

    Example: wavectl converge housing migration --within 2w
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    waves = app.resolve_waves(names or [])
    app.require_valid(None if len(waves) == 1 else waves)
    days = DEFAULT_WITHIN_DAYS if within is None else _parse_days(app, within)
    facts = find_convergence(app.plan, waves if names else [], app.today, within_days=days, upcoming=upcoming)
    facts = facts._replace(actions=_action_meetings(app, facts, upcoming=upcoming))
    options.show(app, "converge", facts, fails_strict=facts.upcoming_clashes > 0)


def _action_meetings(app: AppContext, facts: Convergence, *, upcoming: bool) -> ActionMeetings | None:
    """Return where the local actions of the waves meet, None in a plan without registers.

    Towns are named only of actions that may be shown.
    """
    waves = waves_with_actions(app, facts.waves)
    if not waves:
        return None
    in_towns = count_by_cells(app, waves, "place", "country", "when", only_shown=True) if len(waves) > 1 else {}
    at_moments = count_by_cells(app, waves, "moment")
    return find_action_meetings(in_towns, at_moments, facts.within_days, facts.focus, app.today if upcoming else None)


def _parse_days(app: AppContext, text: str) -> int:
    match = _DURATION_PATTERN.fullmatch(text.strip())
    if match is None:
        app.console.fail(
            msg("--within {value} is not a valid length of time", value=quoted(text)),
            msg("write 7d for seven days, or 2w for two weeks"),
        )
    return int(match[1]) * _DAYS_PER_UNIT[match[2]]
