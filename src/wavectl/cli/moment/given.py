"""The options that commands on moments share."""

from __future__ import annotations

from typing import Annotated

import typer

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
