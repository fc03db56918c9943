"""``wavectl timeline``: show the moments of the plan in chronological order."""

from typing import Annotated

import typer

from wavectl.cli import shared_options
from wavectl.cli.arguments import check_choice, parse_value
from wavectl.cli.context import load_app, open_console
from wavectl.render.timeline import UTF8_VIEWS, VIEWS, render_timeline
from wavectl.timeline.entries import build_timeline


def command(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="WAVE", help="The waves to show [all].")] = None,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="The output format: table, gantt, agenda, json, csv, markdown, html or svg.",
        ),
    ] = "table",
    merge: Annotated[
        bool | None,
        typer.Option(
            "--merge/--no-merge", help="Show a moment of several waves only once [if several waves are shown]."
        ),
    ] = None,
    first: shared_options.FromOption = None,
    last: shared_options.ToOption = None,
    upcoming: shared_options.UpcomingOption = False,
    status: shared_options.StatusOption = None,
    kind: shared_options.KindOption = None,
    priority: shared_options.PriorityOption = None,
    actor: shared_options.ActorOption = None,
    country: shared_options.CountryOption = None,
    region: shared_options.RegionOption = None,
    timezone: shared_options.TimezoneOption = None,
) -> None:
    """Show the moments of the plan in chronological order.

    Example: wavectl timeline housing --upcoming --lang fr
    """
    filters = shared_options.FilterOptions(first, last, upcoming, status, kind, priority, actor, country, region)
    console = open_console(ctx.obj)
    check_choice(console, "--format", format, VIEWS)
    timezone = None if timezone is None else parse_value(console, "--timezone", "zone", timezone)
    app = load_app(ctx.obj, console)
    waves = app.resolve_waves(names or [])
    app.require_valid(waves)
    kept = shared_options.build_filter(app, filters)
    timeline = build_timeline(app.plan, waves, app.today, entry_filter=kept, merge=merge, timezone=timezone)
    app.console.write(render_timeline(format, timeline, app.render_context()), as_utf8=format in UTF8_VIEWS)
