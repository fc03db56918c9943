"""How a result looks on the console: in whose language, how wide, with which colours and signs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NamedTuple, NoReturn

import typer

from wavectl.cli.common import EXIT_FAILURE, EXIT_OK, AppContext, check_choice
from wavectl.cli.options import with_options
from wavectl.diagnostics import msg, quoted
from wavectl.insights import JSON, PAGE_FORMATS, render_page
from wavectl.render.context import DRAWING_CHARACTERS, RenderContext
from wavectl.text.terminal import replace_unencodable


def build_render_context(app: AppContext) -> RenderContext:
    """Return how results of a run look on its standard output."""
    stream = sys.stdout
    signs = replace_unencodable(DRAWING_CHARACTERS, stream.encoding or "utf-8") == DRAWING_CHARACTERS
    messages = () if app.requested_language else app.languages_for("en")
    return RenderContext(
        app.languages, app.terminal_width(stream), app.uses_colour(stream), messages, ascii_only=not signs
    )


DEFAULT_LIMIT = 20
"""How many rows a table has at most, where nobody says."""


class InsightOptions(NamedTuple):
    """How an overview is asked for on the command line; each field is an option."""

    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The form: table, markdown or json.")] = (
        "table"
    )
    strict: Annotated[bool, typer.Option("--strict", help="Fail, with exit code 1, where something is found.")] = False
    limit: Annotated[
        str | None,
        typer.Option("--limit", metavar="NUMBER", help="The longest table, in rows; the rest is counted; 0: all [20]."),
    ] = None


def with_insight_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an overview, and what they ask for as its second argument, once that is sound."""

    @wraps(function)
    def checked(app: AppContext, asked: InsightOptions, **given: Any) -> None:
        check_choice(app, "--format", asked.format, [*PAGE_FORMATS, JSON])
        max_rows(app, asked)
        function(app, asked, **given)

    return with_options(InsightOptions)(checked)


def max_rows(app: AppContext, options: InsightOptions) -> int | None:
    """Return how many rows a table has at most, None for no bound; ends the run on what is no number."""
    if options.limit is None:
        return DEFAULT_LIMIT
    if not (options.limit.isascii() and options.limit.isdigit() and len(options.limit) < 10):
        app.fail(
            msg("--limit {value} is no number of rows", value=quoted(options.limit)),
            msg("write a number such as 50, or 0 for all"),
        )
    return int(options.limit) or None


def show_insight(app: AppContext, options: InsightOptions, name: str, facts: Any, *, fails_strict: bool) -> NoReturn:
    """Show the facts as the page of that name, and end the run: under ``--strict`` with 1 where something is found."""
    text = render_page(name, options.format, facts, build_render_context(app), max_rows(app, options))
    app.write(text, as_utf8=options.format == JSON)
    raise typer.Exit(EXIT_FAILURE if options.strict and fails_strict else EXIT_OK)
