"""The filters that timeline and feeds share: their options, once for all commands that take them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, NamedTuple

import typer

from wavectl.cli.common import Session, choice
from wavectl.cli.options import taking
from wavectl.diagnostics import say
from wavectl.model import Kind, Status
from wavectl.model.iso_codes import COUNTRIES
from wavectl.timeline import Filter


class Asked(NamedTuple):
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


filtered = taking(Asked)
"""Gives a command the options of the filters, and what they ask for as its second argument."""


def wanted(session: Session, asked: Asked) -> Filter:
    """Return the filter that the options ask for; ends the run on a value that there is not."""
    plan = session.plan
    own = {somebody.id for wave in plan.waves.values() for somebody in wave.actors if somebody.id}
    checked: Sequence[tuple[str, list[str] | None, Collection[str]]] = (
        ("--status", asked.status, list(Status)),
        ("--kind", asked.kind, list(Kind)),
        ("--priority", asked.priority, plan.programme.priorities),
        ("--actor", asked.actor, sorted(own | plan.programme.actors.keys())),
        ("--region", asked.region, plan.programme.regions),
    )
    for value in asked.country or ():
        choice(session, "--country", value, COUNTRIES, say("write the two capital letters of ISO 3166-1: KR, CH, MX"))
    for option, given, known in checked:
        for value in given or ():
            choice(session, option, value, known)
    return Filter(
        first=None if asked.first is None else session.when(asked.first, "--from").earliest,
        last=None if asked.last is None else session.when(asked.last, "--to").known,
        upcoming=asked.upcoming,
        statuses=asked.status or (),
        kinds=asked.kind or (),
        priorities=asked.priority or (),
        actors=asked.actor or (),
        countries=asked.country or (),
        regions=asked.region or (),
    )
