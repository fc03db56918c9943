"""The filters that timeline and feeds share: their options, once for all commands that take them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, NamedTuple

import typer

from wavectl.cli.common import AppContext, check_choice
from wavectl.cli.options import with_options
from wavectl.diagnostics import msg
from wavectl.model import MomentKind, Status
from wavectl.model.iso_codes import COUNTRIES
from wavectl.timeline import Filter


class FilterOptions(NamedTuple):
    """The filters as they are asked for on the command line; each field is an option."""

    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only what ends on this date or after it.")
    ] = None
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only what begins on this date or before it.")
    ] = None
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only what is not over yet.")] = False
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUS", help="Only confirmed, tentative, postponed or cancelled."),
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Only event, observance, deadline or publication."),
    ] = None
    priority: Annotated[
        list[str] | None, typer.Option("--priority", metavar="ID", help="Only of this strategic priority.")
    ] = None
    actor: Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="Only with this actor.")] = None
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="CC", help="Only in this country (two letters).")
    ] = None
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="ID", help="Only in this region of the network.")
    ] = None


with_filter_options = with_options(FilterOptions)
"""Gives a command the options of the filters, and what they ask for as its second argument."""


def build_filter(app: AppContext, options: FilterOptions) -> Filter:
    """Return the filter that the options ask for; ends the run on a value that there is not."""
    plan = app.plan
    own = {somebody.id for wave in plan.waves.values() for somebody in wave.actors if somebody.id}
    checked: Sequence[tuple[str, list[str] | None, Collection[str]]] = (
        ("--status", options.status, list(Status)),
        ("--kind", options.kind, list(MomentKind)),
        ("--priority", options.priority, plan.programme.priorities),
        ("--actor", options.actor, sorted(own | plan.programme.actors.keys())),
        ("--region", options.region, plan.programme.regions),
    )
    for value in options.country or ():
        check_choice(app, "--country", value, COUNTRIES, msg("write the two capital letters of ISO 3166-1: KR, CH, MX"))
    for option, given, known in checked:
        for value in given or ():
            check_choice(app, option, value, known)
    return Filter(
        first=None if options.first is None else app.parse_date(options.first, "--from").earliest,
        last=None if options.last is None else app.parse_date(options.last, "--to").last_known,
        upcoming=options.upcoming,
        statuses=options.status or (),
        kinds=options.kind or (),
        priorities=options.priority or (),
        actors=options.actor or (),
        countries=options.country or (),
        regions=options.region or (),
    )
