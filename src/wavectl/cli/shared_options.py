"""Options that several commands share: the filters of timeline and export-ics, and the options of the insights.

A command lists them as parameters, ``first: FromOption = None``, and puts their values in ``FilterOptions``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

import typer

from wavectl.cli.arguments import check_choice, choose_by_name, parse_choice, parse_date_range, parse_value
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.filter_names import named_values
from wavectl.cli.options import EXIT_FAILURE, EXIT_OK, CommonOptions
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.model import MomentKind, Status
from wavectl.timeline.entries import Filter

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only moments that end on this date or after it.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Only moments that begin on this date or before it.")
]
UpcomingOption = Annotated[bool, typer.Option("--upcoming", help="Only moments that are not over yet.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="Only confirmed, tentative, postponed or cancelled."),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND", help="Only event, observance, deadline or publication.")
]
PriorityOption = Annotated[
    list[str] | None, typer.Option("--priority", metavar="ID", help="Only moments of this strategic priority.")
]
ActorOption = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="ACTOR",
        help="Only moments of this actor: those that name it, then those of its waves that name no actor.",
    ),
]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", metavar="COUNTRY", help="Only moments in this country.")
]
RegionOption = Annotated[
    list[str] | None, typer.Option("--region", metavar="ID", help="Only moments in this region of the network.")
]

TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Show all times in this time zone: Asia/Seoul [each in its own]."),
]


@dataclass(frozen=True)
class FilterOptions:
    """The values of the filter options, as typed."""

    first: str | None
    last: str | None
    upcoming: bool
    status: Sequence[str] | None
    kind: Sequence[str] | None
    priority: Sequence[str] | None
    actor: Sequence[str] | None
    country: Sequence[str] | None
    region: Sequence[str] | None


def build_filter(app: AppContext, options: FilterOptions) -> Filter:
    """Return the filter for these options; end the run if a value is not known."""
    console = app.console
    first, last = parse_date_range(console, options.first, options.last, app.today)
    return Filter(
        first=first,
        last=last,
        upcoming=options.upcoming,
        statuses=tuple(parse_choice(console, "--status", status, list(Status)) for status in options.status or ()),
        kinds=tuple(parse_choice(console, "--kind", kind, list(MomentKind)) for kind in options.kind or ()),
        priorities=tuple(parse_name(app, "--priority", name) for name in options.priority or ()),
        actors=tuple(parse_name(app, "--actor", name) for name in options.actor or ()),
        countries=tuple(parse_value(console, "--country", "country", country) for country in options.country or ()),
        regions=tuple(parse_name(app, "--region", name) for name in options.region or ()),
    )


def parse_name(app: AppContext, option: str, value: str) -> str:
    """Return the id that the value of an option names, in any language; end the run if it names none, or several."""
    names = named_values(app.plan)[option]
    return choose_by_name(app.console, value, names, msg(_UNKNOWN_NAMES[option], name=quoted(value)))[0]


_UNKNOWN_NAMES = {
    "--priority": phrase("there is no strategic priority {name}"),
    "--actor": phrase("there is no actor {name}"),
    "--region": phrase("there is no region {name}"),
}


SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REV, DATE or FOLDER",
        help="Show the change since a git revision, since the last one before a day, or since a copy of the plan.",
    ),
]


# -- insights: status, show, converge, todo and coverage


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


@dataclass(frozen=True)
class InsightOptions:
    """The values of the options of an insight, as typed, and the formats that it has beside those of all."""

    format: str
    strict: bool
    limit: str | None
    other_formats: Sequence[str] = ()

    def load_app(self, common: CommonOptions) -> AppContext:
        """Check the options, then read the plan."""
        from wavectl.insights import JSON, PAGE_FORMATS  # feeds do not need it

        console = open_console(common)
        check_choice(console, "--format", self.format, [*PAGE_FORMATS, JSON, *self.other_formats])
        self._max_rows(console)
        return load_app(common, console)

    def _max_rows(self, console: Console) -> int | None:
        """Return the most rows of a table, None for no bound; end the run if ``--limit`` is not a number."""
        limit = "20" if self.limit is None else self.limit
        if not (limit.isascii() and limit.isdigit() and len(limit) < 10):
            console.fail(
                msg("--limit {value} is not a valid number of rows", value=quoted(limit)),
                msg("write a number such as 50, or 0 for all"),
            )
        return int(limit) or None

    def show(self, app: AppContext, name: str, facts: Any, *, fails_strict: bool) -> NoReturn:
        """Write the page with this name for the facts, and end the run; ``fails_strict`` gives 1 under ``--strict``."""
        from wavectl.insights import JSON, render_page

        text = render_page(name, self.format, facts, app.render_context(), self._max_rows(app.console))
        app.console.write(text, as_utf8=self.format in (JSON, "csv"))
        raise typer.Exit(EXIT_FAILURE if self.strict and fails_strict else EXIT_OK)
