"""``wavectl actions map``: draw how many actions there are in each country on a map of the world."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.action_counts import count_for_map
from wavectl.cli.actions.selection import Selection, WavesArgument, with_selection
from wavectl.cli.arguments import check_choice
from wavectl.cli.atomic_files import write_output
from wavectl.cli.context import load_app, open_console
from wavectl.diagnostics import msg
from wavectl.render.world_map import render_html, render_svg

_FORMATS = {"svg": render_svg, "html": render_html}


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    names: WavesArgument = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="A file that ends in .svg or .html [map.html].")
    ] = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option("--format", metavar="FORMAT", help="The output format: svg or html [that of the file]."),
    ] = None,
) -> None:
    """Draw accepted actions on a map of the world.

    Each country has a circle, whose area is the number of its actions. The map holds what may be published only: an
    action has a dot if it may be shown and its coordinates are known. Without a terminal and -o, the map goes to
    standard output.

    Example: wavectl actions map housing -o map.html
    """
    console = open_console(ctx.obj)
    if output is None and sys.stdout.isatty():  # a screen shows no drawing
        output = f"map.{format or 'html'}"
    file = None if output in (None, "-") else Path(output or "")
    if format is not None:
        check_choice(console, "--format", format, _FORMATS)
    suffix = file.suffix.lower().removeprefix(".") if file else "svg"
    if suffix not in _FORMATS:
        console.fail(
            msg("-o {file} does not end in .svg or .html", file=output), msg("write -o map.svg or -o map.html")
        )
    if {*(selection.review or ())} - {"accepted"}:
        console.fail(msg("a map shows accepted actions only"), msg("remove --review"))
    app = load_app(ctx.obj, console)
    selection = selection.in_waves(names)
    waves = selection.waves(app)
    app.require_valid(waves)
    counts, context = count_for_map(app, waves, selection.filter(app)), app.render_context()
    programme = app.plan.programme
    heading = context.text(app.plan.waves[waves[0]].title if len(waves) == 1 else programme.name)
    text = _FORMATS[format or suffix](counts, heading, context)
    if file:
        write_output(app.console, file, text.encode(), msg("name another place with -o"))
        app.console.write_message(msg("to see it, open the file in a web browser"))
    else:
        app.console.write(text, as_utf8=True)
