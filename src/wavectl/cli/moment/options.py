"""The options that commands on moments share, and what an id has to be that is given for a moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from wavectl.cli.common import AppContext
from wavectl.diagnostics import msg, quoted
from wavectl.model.types import ID_PATTERN

MomentArgument = Annotated[
    str, typer.Argument(metavar="MOMENT", help="The moment: its name, its id, or words of its title.")
]
NoteOption = Annotated[
    str | None, typer.Option("--said", metavar="TEXT", help="Who said so, for the note: it is never published.")
]
OccurrenceOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Which occurrence of a repeating moment: its year, month or day."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


def check_id(app: AppContext, id_: str, existing_ids: Collection[str]) -> None:
    """End the run where a moment cannot have this id, or another one of its wave has it."""
    if not ID_PATTERN.fullmatch(id_):
        app.fail(
            msg("{value} is no id", value=quoted(id_)),
            msg("an id is made of small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if id_ in existing_ids:
        app.fail(msg("the wave has a moment {name} already", name=quoted(id_)), msg("choose another id"))
