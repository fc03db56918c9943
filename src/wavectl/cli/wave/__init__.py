"""``wavectl wave``: the group of commands that change a wave itself."""

from collections.abc import Mapping

import typer

from wavectl.cli.help import require_command
from wavectl.diagnostics import phrase

COMMANDS: Mapping[str, tuple[str, str]] = {
    "edit": (
        "wavectl.cli.wave.edit",
        phrase("Change what a wave says: its title, slogan, hashtags, calendar, description and so on."),
    )
}
"""The commands of the group, in the form of ``wavectl.cli.app.COMMANDS``."""


def command(ctx: typer.Context) -> None:
    """Change what a wave says about itself.

    wavectl new writes a new wave, and wavectl moment changes its moments.
    """
    require_command(ctx)
