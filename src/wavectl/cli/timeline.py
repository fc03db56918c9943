"""``wavectl timeline``: show the moments of the plan in chronological order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from wavectl.cli import shared_options
from wavectl.cli.action_counts import count_by_wave, count_for_map, waves_with_actions
from wavectl.cli.arguments import check_choice, parse_value
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.render.timeline import ACTION_VIEWS, UTF8_VIEWS, VIEWS, render_timeline
from wavectl.timeline.entries import Filter, build_timeline

if TYPE_CHECKING:
    from wavectl.render.timeline.chart import TimelineActions


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
    actions = _local_actions(app, waves, kept, format) if format in ACTION_VIEWS and not kept.kinds else None
    app.console.write(render_timeline(format, timeline, app.render_context(), actions), as_utf8=format in UTF8_VIEWS)


def _local_actions(app: AppContext, waves: Sequence[str], kept: Filter, view: str) -> "TimelineActions | None":
    """Return the local actions for a view that may be counted in public, and that the filter of moments keeps too.

    The result is None for a plan without any.
    """
    waves = waves_with_actions(app, waves)
    if not waves:
        return None
    from wavectl.actions.counts import PUBLIC, CountBy, Tally, first_day
    from wavectl.actions.filters import ActionFilter
    from wavectl.render.timeline.chart import TimelineActions, WeeklyActions
    from wavectl.timeline.actors import RegionIndex

    shared = {name: value for name, value in kept._asdict().items() if name in ActionFilter._fields}
    keep = ActionFilter(**shared)
    public = keep._replace(reviews=PUBLIC.reviews, publish=PUBLIC.publish)
    tests = public.tests(RegionIndex(app.plan), app.today)
    tallies = count_by_wave(app, waves, lambda: Tally(CountBy.WEEK), tests)
    by_wave = {
        wave: WeeklyActions({first_day(key): week.actions for key, week in counts.rows.items()}, counts.unknown.actions)
        for wave, tally in tallies.items()
        if (counts := tally.counts()).total.actions
    }
    world_map = count_for_map(app, waves, keep) if view == "html" else None
    return TimelineActions(by_wave, world_map if world_map and world_map.by_country else None) if by_wave else None
