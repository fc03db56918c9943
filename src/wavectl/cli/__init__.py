"""The command line: one command a file, all of them in ``COMMANDS``; each is imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from wavectl import __version__
from wavectl.cli.common import ColorOption, Given, LangOption, MaxSizeOption, TodayOption, WavesOption

COMMANDS: Mapping[str, tuple[str, str]] = {
    "validate": ("wavectl.cli.validate", "Check the plan: what is wrong, where it stands, and how to mend it."),
    "timeline": ("wavectl.cli.timeline", "Show the moments of the plan in order of time."),
    "export-ics": ("wavectl.cli.export_ics", "Write calendar feeds, one for each wave and one of all."),
    "schema": ("wavectl.cli.schema", "Print what may stand in a file of the plan, for editors."),
}
"""The commands by name: the module whose ``command`` each is, and the line that ``--help`` tells of it."""


class Commands(TyperGroup):
    """The group of commands, in the order of ``COMMANDS``."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(import_module(COMMANDS[cmd_name][0]).command)
        return typer.main.get_command(single)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands in the help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


app = typer.Typer(cls=Commands, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)


def _tell_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"wavectl {__version__}\n")
        raise typer.Exit


@app.callback()
def wavectl(
    ctx: typer.Context,
    waves: Annotated[str | None, WavesOption("WAVECTL_WAVES")] = None,
    lang: Annotated[str | None, LangOption("WAVECTL_LANG")] = None,
    today: Annotated[str | None, TodayOption("WAVECTL_TODAY")] = None,
    color: Annotated[str | None, ColorOption()] = None,
    max_size: Annotated[float | None, MaxSizeOption()] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version and stop.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Plan waves of action: check the plan, see its timeline, publish its calendar feeds.

    A plan is a folder of YAML files, one for each wave. It is looked for in ./waves and in the folders above.
    """
    ctx.obj = Given(waves, lang, today, color, max_size)


def run() -> None:
    """Run the command line with the arguments of the process; it ends the process with 0, 1 or 2."""
    cast(Any, app)(prog_name="wavectl")
