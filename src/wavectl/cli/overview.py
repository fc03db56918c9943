"""What the commands that show an overview share: their options, and how the overview is shown and judged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NamedTuple, NoReturn

import typer

from wavectl.cli.common import DONE, FAULTY, Session, choice
from wavectl.cli.options import taking
from wavectl.cli.render_options import look
from wavectl.diagnostics import quoted, say
from wavectl.insights.pages import FORMS, JSON, shown

LIMIT = 20
"""How many rows a table has at most, where nobody says."""


class Asked(NamedTuple):
    """How an overview is asked for on the command line; each field is an option."""

    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The form: table, markdown or json.")] = (
        "table"
    )
    strict: Annotated[bool, typer.Option("--strict", help="Fail, with exit code 1, where something is found.")] = False
    limit: Annotated[
        str | None,
        typer.Option("--limit", metavar="NUMBER", help="The longest table, in rows; the rest is counted; 0: all [20]."),
    ] = None


def overview(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of an overview, and what they ask for as its second argument, once that is sound."""

    @wraps(function)
    def checked(session: Session, asked: Asked, **given: Any) -> None:
        choice(session, "--format", asked.format, [*FORMS, JSON])
        rows(session, asked)
        function(session, asked, **given)

    return taking(Asked)(checked)


def rows(session: Session, asked: Asked) -> int | None:
    """Return how many rows a table has at most, None for no bound; ends the run on what is no number."""
    if asked.limit is None:
        return LIMIT
    if not (asked.limit.isascii() and asked.limit.isdigit() and len(asked.limit) < 10):
        session.refuse(
            say("--limit {value} is no number of rows", value=quoted(asked.limit)),
            say("write a number such as 50, or 0 for all"),
        )
    return int(asked.limit) or None


def tell(session: Session, asked: Asked, name: str, facts: Any, *, found: bool) -> NoReturn:
    """Show the facts as the page of that name, and end the run: under ``--strict`` with 1 where something is found."""
    text = shown(name, asked.format, facts, look(session), rows(session, asked))
    session.write(text, bytewise=asked.format == JSON)
    raise typer.Exit(FAULTY if asked.strict and found else DONE)
