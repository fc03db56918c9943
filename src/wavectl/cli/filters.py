"""Filter options of ``timeline`` and ``export-ics``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from wavectl.cli.arguments import check_choice, parse_date
from wavectl.cli.context import AppContext
from wavectl.diagnostics import msg
from wavectl.model import MomentKind, Status
from wavectl.model.iso_codes import COUNTRIES
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
ActorOption = Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="Only moments with this actor.")]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", metavar="CC", help="Only moments in this country (two letters).")
]
RegionOption = Annotated[
    list[str] | None, typer.Option("--region", metavar="ID", help="Only moments in this region of the network.")
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
    plan, console = app.plan, app.console
    wave_actors = {actor.id for wave in plan.waves.values() for actor in wave.actors if actor.id}
    choices: Sequence[tuple[str, Sequence[str] | None, Collection[str]]] = (
        ("--status", options.status, list(Status)),
        ("--kind", options.kind, list(MomentKind)),
        ("--priority", options.priority, plan.programme.priorities),
        ("--actor", options.actor, sorted(wave_actors | plan.programme.actors.keys())),
        ("--region", options.region, plan.programme.regions),
    )
    hint = msg("write the code of the country, two capital letters: KR, CH, MX")
    for value in options.country or ():
        check_choice(console, "--country", value, COUNTRIES, hint)
    for option, values, known in choices:
        for value in values or ():
            check_choice(console, option, value, known)
    return Filter(
        first=None if options.first is None else parse_date(console, options.first, "--from").earliest,
        last=None if options.last is None else parse_date(console, options.last, "--to").last_known,
        upcoming=options.upcoming,
        statuses=options.status or (),
        kinds=options.kind or (),
        priorities=options.priority or (),
        actors=options.actor or (),
        countries=options.country or (),
        regions=options.region or (),
    )
