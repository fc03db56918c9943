"""The command line: one command a file, all of them in ``COMMANDS``; each is imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from wavectl import __version__
from wavectl.cli.help import Command, fail_usage, help_text, parse_or_fail, require_command
from wavectl.cli.language import language_of_arguments
from wavectl.cli.options import ColorOption, CommonOptions, LangOption, MaxSizeOption, TodayOption, WavesOption
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.text.suggest import suggest

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("wavectl.cli.init", phrase("Write a plan to start from, with an example.")),
    "new": ("wavectl.cli.new", phrase("Write the file of a new wave.")),
    "validate": ("wavectl.cli.validate", phrase("Check the plan: what is wrong, where it stands, and how to mend it.")),
    "explain": (
        "wavectl.cli.explain",
        phrase("Explain a rule: what it does, why it matters, with a bad and a good example."),
    ),
    "timeline": ("wavectl.cli.timeline", phrase("Show the moments of the plan in order of time.")),
    "status": (
        "wavectl.cli.status",
        phrase("Tell how far the plan is: calendars, next moments, how many dates are firm, languages, findings."),
    ),
    "show": ("wavectl.cli.show", phrase("Show the card of a wave; as markdown, the page that is sent round.")),
    "converge": ("wavectl.cli.converge", phrase("Show where waves meet and where they collide.")),
    "todo": ("wavectl.cli.todo", phrase("List what there is to do, the most urgent first.")),
    "coverage": (
        "wavectl.cli.coverage",
        phrase("Show what the plan covers: priorities, regions, actors, quarters, and where the holes are."),
    ),
    "export-ics": ("wavectl.cli.export_ics", phrase("Write calendar feeds, one for each wave and one of all.")),
    "moment": (
        "wavectl.cli.moment",
        phrase("Change the moments of the plan: news comes, one command puts it where it belongs."),
    ),
    "export-sheet": ("wavectl.cli.export_sheet", phrase("Write the moments into a workbook for Excel, or into CSV.")),
    "import-sheet": (
        "wavectl.cli.import_sheet",
        phrase("Take a workbook or CSV back: see what changes, then write it."),
    ),
    "fmt": ("wavectl.cli.fmt", phrase("Lay the files of the plan out alike.")),
    "schema": ("wavectl.cli.schema", phrase("Print what may stand in a file of the plan, for editors.")),
}
"""The commands by name: the module whose ``command`` each is, and the line that ``--help`` tells of it.

A module with ``COMMANDS`` of its own is a group of commands, ``wavectl moment move``.
"""


class CommandGroup(TyperGroup):
    """The group of commands, in the order of ``COMMANDS``; or one of those below it."""

    raw_arguments: Sequence[str] = ()
    """The arguments of the run."""
    command_table: Mapping[str, tuple[str, str]] = COMMANDS
    """The commands of the group, as ``COMMANDS`` has them."""

    @cached_property
    def language(self) -> str:
        """The language of help and of refusals."""
        return language_of_arguments(self.raw_arguments)

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Begin a run: note the arguments before they are taken apart, for the language may stand behind a mistake."""
        self.raw_arguments = list(args)
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return list(self.command_table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name, None where there is none."""
        if cmd_name not in self.command_table:
            return None
        module = import_module(self.command_table[cmd_name][0])
        if hasattr(module, "COMMANDS"):
            return _build_group(cmd_name, module)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=Command)(module.command)
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name; refuse a name that there is not."""
        if args[0] not in self.command_table and not ctx.resilient_parsing:
            fail_usage(
                ctx, msg("there is no command {name}", name=quoted(args[0])), suggest(args[0], self.command_table)
            )
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """Return the help, which lists the commands without importing any."""
        return help_text(ctx, [(name, summary) for name, (_, summary) in self.command_table.items()])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command; end the run on what is wrong with them."""
        return parse_or_fail(ctx, super().parse_args, args)


def _build_group(name: str, module: ModuleType) -> CommandGroup:
    """Return the commands of a module as a group of that name; its callback tells the help where none is asked for."""
    made = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None, invoke_without_command=True)
    made.callback()(module.command)
    group = cast(CommandGroup, typer.main.get_group(made))
    group.name, group.command_table = name, module.COMMANDS
    return group


app = typer.Typer(cls=CommandGroup, pretty_exceptions_enable=False, rich_markup_mode=None, invoke_without_command=True)


def _print_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"wavectl {__version__}\n")
        raise typer.Exit


@app.callback()
def wavectl(
    ctx: typer.Context,
    waves: Annotated[str | None, WavesOption("WAVECTL_WAVES")] = None,
    lang: Annotated[str | None, LangOption("WAVECTL_LANG")] = None,
    today: Annotated[str | None, TodayOption("WAVECTL_TODAY")] = None,
    color: Annotated[str | None, ColorOption()] = None,
    max_size: Annotated[str | None, MaxSizeOption()] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Plan waves of action: check the plan, see its timeline, publish its calendar feeds.

    A plan is a folder of YAML files, one for each wave. It is looked for in ./waves and in the folders above.
    """
    ctx.obj = CommonOptions(waves, lang, today, color, max_size)
    require_command(ctx)


def run() -> None:
    """Run the command line with the arguments of the process; it ends the process with 0, 1 or 2."""
    cast(Any, app)(prog_name="wavectl")
