"""``wavectl programme``: the group of commands that change what all waves share."""

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "edit": (
        "wavectl.cli.programme.edit",
        phrase("Change what all waves share: the programme's name, organiser, site, languages and time zone."),
    )
}
"""The commands of the group, in the form of ``wavectl.cli.app.COMMANDS``."""


def command(ctx: typer.Context) -> None:
    """Change what all waves share: the programme's name, site, languages and so on.

    wavectl wave changes a wave, and wavectl actor the actors.
    """
    require_command(ctx)
