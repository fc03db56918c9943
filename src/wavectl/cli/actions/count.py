"""``wavectl actions count``: count local actions, in all or by country, week and other columns."""

from typing import Annotated

import typer

from wavectl.actions.counts import CountBy, Tally, count_rows
from wavectl.actions.register import register_path
from wavectl.cli.actions.selection import Selection, WavesArgument, reading_register, with_selection
from wavectl.cli.arguments import check_choice
from wavectl.cli.context import open_console
from wavectl.cli.shared_options import InsightOptions, LimitOption
from wavectl.insights.action_counts import CountFacts
from wavectl.timeline.actors import RegionIndex


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    names: WavesArgument = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="HOW",
            help="By country, region, month, week, priority, kind, organiser-type, moment or review [the total alone].",
        ),
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: table, bars, json, csv or markdown.")
    ] = "table",
    limit: LimitOption = None,
) -> None:
    """Count local actions: how many, how many of them have a result, and the people in those.

    Refused and cancelled actions are left out. What was expected is never added to what was reported.

    Example: wavectl actions count housing --by country
    """
    options = InsightOptions(format, strict=False, limit=limit, other_formats=("bars", "csv"))
    if by is not None:
        check_choice(open_console(ctx.obj), "--by", by, [*CountBy])
    app = options.load_app(ctx.obj)
    selection = selection.in_waves(names)
    waves = selection.waves(app)
    app.require_valid(waves)
    if not selection.wave:
        waves = [wave for wave in waves if register_path(app.plan.folder, wave).exists()]
    regions = RegionIndex(app.plan)
    tally, tests = Tally(CountBy(by) if by else None, regions), selection.filter(app).tests(regions, app.today)
    for wave in waves:
        tally.prefix = f"{wave}/" if len(waves) > 1 else ""
        with reading_register(app, wave) as path:
            if path.exists():
                count_rows(path, (tally,), tests)
    options.show(app, "action-counts", CountFacts(app.plan, waves, tally.counts()), fails_strict=False)
