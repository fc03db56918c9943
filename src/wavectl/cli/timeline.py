"""``wavectl timeline``: the moments of the plan in order of time."""

from __future__ import annotations

from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.common import AppContext, check_choice, with_common_options
from wavectl.cli.filters import FilterOptions, build_filter, with_filter_options
from wavectl.cli.insight_options import build_render_context
from wavectl.render.timeline import UTF8_VIEWS, VIEWS, render_timeline
from wavectl.timeline import build_timeline


@with_common_options
@with_filter_options
def command(
    app: AppContext,
    options: FilterOptions,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="The waves to show; all if none is named.")
    ] = None,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="The form: table, gantt, agenda, json, csv, markdown, html or svg."
        ),
    ] = "table",
    merge: Annotated[
        bool | None,
        typer.Option("--merge/--no-merge", help="Show a moment of several waves once [if several are shown]."),
    ] = None,
) -> None:
    """Show the moments of the plan in order of time.

    Example: wavectl timeline housing --upcoming --lang fr
    """
    check_choice(app, "--format", format, VIEWS)
    waves = app.resolve_waves(names or [])
    app.require_valid(waves, rules.errors(app.plan))
    keep = build_filter(app, options)
    shown = build_timeline(app.plan, waves, app.today, entry_filter=keep, merge=merge)
    app.write(render_timeline(format, shown, build_render_context(app)), as_utf8=format in UTF8_VIEWS)
