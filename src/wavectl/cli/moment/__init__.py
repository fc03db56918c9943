"""``wavectl moment``: news of a moment, put into the plan by one command; one command a file, all in ``COMMANDS``."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "show": ("wavectl.cli.moment.show", phrase("Show all that the plan says of a moment, for colleagues.")),
    "move": ("wavectl.cli.moment.move", phrase("Give a moment another date, in words or in EDTF.")),
    "confirm": ("wavectl.cli.moment.status:confirm", phrase("Say that a moment will happen.")),
    "postpone": (
        "wavectl.cli.moment.status:postpone",
        phrase("Say that a moment is put off, and no new date is known."),
    ),
    "cancel": ("wavectl.cli.moment.status:cancel", phrase("Say that a moment will not happen.")),
    "restore": ("wavectl.cli.moment.status:restore", phrase("Say that a moment happens after all.")),
    "add": ("wavectl.cli.moment.add", phrase("Add a moment to a wave.")),
    "tie": ("wavectl.cli.moment.tie", phrase("Say that two moments are one, in two waves.")),
    "rename": ("wavectl.cli.moment.rename", phrase("Give a moment another id; its entry in calendars stays the same.")),
    "remove": ("wavectl.cli.moment.remove", phrase("Take a moment out of the plan.")),
}
"""The commands by name, as those of the program."""


def command(ctx: typer.Context) -> None:
    """Change the moments of the plan: news comes, one command puts it where it belongs.

    A moment is told by its name (migration/gwangju-forum), by its id, or by words of its title or its place.
    What changes is shown first, and what subscribers will see of it at the end.
    """
    require_command(ctx)
