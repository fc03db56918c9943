"""``wavectl actor``: the group of commands for the actors of the register and of the waves."""

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "list": ("wavectl.cli.actor.list", phrase("List the actors, with their kinds and their waves.")),
    "add": ("wavectl.cli.actor.add", phrase("Add an actor to the register, and to a wave.")),
    "confirm": ("wavectl.cli.actor.change:confirm", phrase("Confirm an actor: it has agreed to take part in a wave.")),
    "rename": (
        "wavectl.cli.actor.change:rename",
        phrase("Give an actor another id, everywhere it is named, or another name."),
    ),
    "remove": ("wavectl.cli.actor.change:remove", phrase("Remove an actor from a wave or from the whole plan.")),
}
"""The commands of the group, in the form of ``wavectl.cli.app.COMMANDS``."""


def command(ctx: typer.Context) -> None:
    """List and change the actors: who takes part in the waves.

    Name an actor by its id, by any of its names, or by words of a name.
    """
    require_command(ctx)
