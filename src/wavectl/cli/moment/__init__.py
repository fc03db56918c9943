"""``wavectl moment``: the group of commands that change one moment."""

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "show": (
        "wavectl.cli.moment.show",
        phrase("Show everything that the plan contains about a moment, for colleagues."),
    ),
    "move": ("wavectl.cli.moment.move", phrase("Give a moment another date, in words or in EDTF.")),
    "confirm": ("wavectl.cli.moment.status:confirm", phrase("Confirm a moment: nothing of it is in doubt any more.")),
    "postpone": ("wavectl.cli.moment.status:postpone", phrase("Postpone a moment: the new date is not known yet.")),
    "cancel": ("wavectl.cli.moment.status:cancel", phrase("Cancel a moment.")),
    "restore": ("wavectl.cli.moment.status:restore", phrase("Restore a cancelled or postponed moment.")),
    "add": ("wavectl.cli.moment.add", phrase("Add a moment to a wave.")),
    "edit": (
        "wavectl.cli.moment.edit",
        phrase("Change what a moment says: its title, place, actors, description and so on."),
    ),
    "tie": ("wavectl.cli.moment.references:tie", phrase("Tie two moments of two waves: they are the same event.")),
    "rename": (
        "wavectl.cli.moment.references:rename",
        phrase("Give a moment another id; its entry in calendars stays the same."),
    ),
    "remove": ("wavectl.cli.moment.references:remove", phrase("Remove a moment from the plan.")),
}
"""The commands of the group, in the form of ``wavectl.cli.app.COMMANDS``."""


def command(ctx: typer.Context) -> None:
    """Change the moments of the plan, one command for each kind of news.

    Name a moment by its wave and id (migration/gwangju-forum), by its id, or by words of its title or place. The
    change is shown first, then what subscribers will see of it.
    """
    require_command(ctx)
