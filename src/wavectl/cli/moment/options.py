"""The options that commands on moments share, and what an id has to be that is given for a moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from wavectl.cli.common import Session
from wavectl.diagnostics import quoted, say
from wavectl.model.types import ID

Told = Annotated[str, typer.Argument(metavar="MOMENT", help="The moment: its name, its id, or words of its title.")]
Said = Annotated[
    str | None, typer.Option("--said", metavar="TEXT", help="Who said so, for the note: it is never published.")
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Which occurrence of a repeating moment: its year, month or day."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


def check_id(session: Session, id_: str, taken: Collection[str]) -> None:
    """End the run where a moment cannot have this id, or another one of its wave has it."""
    if not ID.fullmatch(id_):
        session.refuse(
            say("{value} is no id", value=quoted(id_)),
            say("an id is made of small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if id_ in taken:
        session.refuse(say("the wave has a moment {name} already", name=quoted(id_)), say("choose another id"))
