"""Options of the commands that show an insight: status, show, converge, todo and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

import typer

from wavectl.cli.arguments import check_choice
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, CommonOptions
from wavectl.diagnostics import msg, quoted
from wavectl.insights import JSON, PAGE_FORMATS, render_page

FormatOption = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="The output format: table, markdown or json.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Fail with exit code 1 if the command finds something.")]
LimitOption = Annotated[
    str | None,
    typer.Option(
        "--limit", metavar="NUMBER", help="The most rows of a table; the others are only counted; 0 shows all [20]."
    ),
]
DEFAULT_LIMIT = 20
"""The most rows of a table, without ``--limit``."""


@dataclass(frozen=True)
class InsightOptions:
    """The values of the options, as typed."""

    format: str = "table"
    strict: bool = False
    limit: str | None = None


def load_app_for_insight(common: CommonOptions, options: InsightOptions) -> AppContext:
    """Check the options, then read the plan."""
    console = open_console(common)
    check_choice(console, "--format", options.format, [*PAGE_FORMATS, JSON])
    max_rows(console, options)
    return load_app(common, console)


def max_rows(console: Console, options: InsightOptions) -> int | None:
    """Return the most rows of a table, None for no bound; end the run if ``--limit`` is not a number."""
    if options.limit is None:
        return DEFAULT_LIMIT
    if not (options.limit.isascii() and options.limit.isdigit() and len(options.limit) < 10):
        console.fail(
            msg("--limit {value} is not a valid number of rows", value=quoted(options.limit)),
            msg("write a number such as 50, or 0 for all"),
        )
    return int(options.limit) or None


def show_insight(app: AppContext, options: InsightOptions, name: str, facts: Any, *, fails_strict: bool) -> NoReturn:
    """Write the page with this name for the facts, and end the run; ``fails_strict`` gives 1 under ``--strict``."""
    text = render_page(name, options.format, facts, app.render_context(), max_rows(app.console, options))
    app.console.write(text, as_utf8=options.format == JSON)
    raise typer.Exit(EXIT_FAILURE if options.strict and fails_strict else EXIT_OK)
