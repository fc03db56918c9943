"""The filters that timeline and feeds share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any

import typer

from wavectl.cli.common import Session, choice
from wavectl.diagnostics import say
from wavectl.model import Kind, Status
from wavectl.model.names import COUNTRIES
from wavectl.timeline import Filter


def _listed(name: str, metavar: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, help=text)


FromFilter = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only what ends on this date or after it.")
]
ToFilter = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Only what begins on this date or before it.")
]
UpcomingFilter = Annotated[bool, typer.Option("--upcoming", help="Only what is not over yet.")]
StatusFilter = Annotated[list[str] | None, _listed("--status", "STATUS", f"Only {', '.join(Status)}.")]
KindFilter = Annotated[list[str] | None, _listed("--kind", "KIND", f"Only {', '.join(Kind)}.")]
PriorityFilter = Annotated[list[str] | None, _listed("--priority", "ID", "Only of this strategic priority.")]
ActorFilter = Annotated[list[str] | None, _listed("--actor", "ID", "Only with this actor.")]
CountryFilter = Annotated[list[str] | None, _listed("--country", "CC", "Only in this country (two letters).")]
RegionFilter = Annotated[list[str] | None, _listed("--region", "ID", "Only in this region of the network.")]


def wanted(
    session: Session,
    first: str | None,
    last: str | None,
    upcoming: bool,
    status: list[str] | None,
    kind: list[str] | None,
    priority: list[str] | None,
    actor: list[str] | None,
    country: list[str] | None,
    region: list[str] | None,
) -> Filter:
    """Return the filter that the options ask for; ends the run on a value that there is not."""
    plan = session.plan
    own = {somebody.id for wave in plan.waves.values() for somebody in wave.actors if somebody.id}
    checked: Sequence[tuple[str, list[str] | None, Collection[str]]] = (
        ("--status", status, list(Status)),
        ("--kind", kind, list(Kind)),
        ("--priority", priority, plan.programme.priorities),
        ("--actor", actor, sorted(own | plan.programme.actors.keys())),
        ("--region", region, plan.programme.regions),
    )
    for value in country or ():
        choice(session, "--country", value, COUNTRIES, say("write the two capital letters of ISO 3166-1: KR, CH, MX"))
    for option, given, known in checked:
        for value in given or ():
            choice(session, option, value, known)
    return Filter(
        first=None if first is None else session.when(first, "--from").earliest,
        last=None if last is None else session.when(last, "--to").known,
        upcoming=upcoming,
        statuses=status or (),
        kinds=kind or (),
        priorities=priority or (),
        actors=actor or (),
        countries=country or (),
        regions=region or (),
    )
