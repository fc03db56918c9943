"""``wavectl timeline``: show the moments of the plan in chronological order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from wavectl.cli import shared_options
from wavectl.cli.arguments import check_choice, parse_value
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.render.timeline import UTF8_VIEWS, VIEWS, render_timeline
from wavectl.timeline.entries import Filter, build_timeline

if TYPE_CHECKING:
    from wavectl.render.world_map import MapCounts


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
    actions = _local_actions(app, waves, kept) if format == "html" and not kept.kinds else None
    app.console.write(render_timeline(format, timeline, app.render_context(), actions), as_utf8=format in UTF8_VIEWS)


def _local_actions(app: AppContext, waves: Sequence[str], kept: Filter) -> "MapCounts | None":
    """Return the published local actions that the filter of moments keeps too; None for a plan without any."""
    from wavectl.actions.filters import ActionFilter  # only pages need these
    from wavectl.actions.register import register_paths
    from wavectl.cli.actions.map import public_counts

    shared = {name: value for name, value in kept._asdict().items() if name in ActionFilter._fields}
    registers = register_paths(app.plan.folder)
    counts = public_counts(app, [wave for wave in waves if wave in registers], ActionFilter(**shared))
    return counts if counts.by_country else None
