"""``wavectl actions``: the group of commands for local actions."""

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "form": (
        "wavectl.cli.actions.form",
        phrase("Write a form for members and partners: what they do in a wave, with lists to choose from."),
    ),
    "import": (
        "wavectl.cli.actions.delivery",
        phrase("Read actions that a form or a partner delivers: show what changes, then write it."),
    ),
    "list": ("wavectl.cli.actions.list", phrase("List local actions in order of time.")),
    "count": (
        "wavectl.cli.actions.count",
        phrase("Count local actions: how many, how many of them have a result, and the people in those."),
    ),
    "review": ("wavectl.cli.actions.review", phrase("Decide about actions one by one: accept, refuse, skip or quit.")),
    "export": ("wavectl.cli.actions.export", phrase("Write the actions that may be published.")),
    "rhythm": (
        "wavectl.cli.actions.rhythm",
        phrase("Measure whether local actions gather around the moments of their wave."),
    ),
    "accept": ("wavectl.cli.actions.decide:accept", phrase("Accept actions: they belong to the wave.")),
    "refuse": ("wavectl.cli.actions.decide:refuse", phrase("Refuse actions: they are not counted.")),
    "cancel": ("wavectl.cli.actions.decide:cancel", phrase("Cancel actions: they do not take place.")),
    "report": ("wavectl.cli.actions.report", phrase("Write down what came of an action.")),
    "merge": ("wavectl.cli.actions.merge", phrase("Merge two actions that are one, or say that they are two.")),
    "forget": ("wavectl.cli.actions.forget", phrase("Empty all that may name a person; the action still counts.")),
    "map": ("wavectl.cli.actions.map", phrase("Draw accepted actions on a map of the world.")),
}
"""The commands of the group, in the form of ``wavectl.cli.app.COMMANDS``."""


def command(ctx: typer.Context) -> None:
    """Collect, check and count what members do in the waves.

    Actions are named by their ids, or chosen with filters. A change is shown first.
    """
    require_command(ctx)
