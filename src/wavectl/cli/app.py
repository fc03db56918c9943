"""The command line: the table of commands, and the Typer classes that import and run them."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from wavectl import __version__
from wavectl.cli.help import (
    fail_extra_argument,
    fail_usage,
    help_text,
    parse_or_fail,
    require_command,
    store_raw_arguments,
)
from wavectl.cli.options import common_parameters, store_common_options
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.text.suggest import suggest

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("wavectl.cli.init", phrase("Write a plan to start from, with an example.")),
    "new": ("wavectl.cli.new", phrase("Write the file of a new wave.")),
    "validate": ("wavectl.cli.validate", phrase("Check the plan: what is wrong, where it is, and how to fix it.")),
    "explain": (
        "wavectl.cli.explain",
        phrase("Explain a rule: what it does, why it matters, with a bad and a good example."),
    ),
    "timeline": ("wavectl.cli.timeline", phrase("Show the moments of the plan in chronological order.")),
    "status": (
        "wavectl.cli.status",
        phrase("Show the state of the plan: calendars, next moments, firm dates, languages and findings."),
    ),
    "show": ("wavectl.cli.show", phrase("Show the card of a wave; as markdown, a page for publication.")),
    "converge": ("wavectl.cli.converge", phrase("Show where waves meet and where they collide.")),
    "todo": (
        "wavectl.cli.todo",
        phrase("List what happens in the next 7 days, then the tasks, the most urgent first."),
    ),
    "coverage": (
        "wavectl.cli.coverage",
        phrase("Show what the plan covers: priorities, regions, actors and quarters, with the gaps."),
    ),
    "diff": (
        "wavectl.cli.diff",
        phrase("Say in words what has changed since the last commit, or between two states of the plan."),
    ),
    "report": ("wavectl.cli.report", phrase("Write a report on the plan: one printed page, then annexes.")),
    "export-ics": ("wavectl.cli.export_ics", phrase("Write calendar feeds, one for each wave and one for all.")),
    "publish": (
        "wavectl.cli.publish",
        phrase("Publish the plan: its calendar feeds, its pages and the report, as one."),
    ),
    "site": ("wavectl.cli.site", phrase("Write the public pages: waves, moments, regions and countries.")),
    "moment": ("wavectl.cli.moment", phrase("Change the moments of the plan, one command for each kind of news.")),
    "wave": ("wavectl.cli.wave", phrase("Change what a wave says about itself.")),
    "programme": (
        "wavectl.cli.programme",
        phrase("Change what all waves share: the programme's name, site, languages and so on."),
    ),
    "actor": ("wavectl.cli.actor", phrase("List and change the actors: who takes part in the waves.")),
    "actions": ("wavectl.cli.actions", phrase("Collect, check and count what members do in the waves.")),
    "export-sheet": ("wavectl.cli.export_sheet", phrase("Write the moments to a workbook for Excel, or to CSV.")),
    "import-sheet": (
        "wavectl.cli.import_sheet",
        phrase("Read a workbook or CSV file back: show the changes, then write them."),
    ),
    "translate": (
        "wavectl.cli.translate",
        phrase("Ask for the missing translations one by one, or write them as a sheet."),
    ),
    "undo": ("wavectl.cli.undo", phrase("Take back the last change that a command made to the plan.")),
    "fmt": ("wavectl.cli.fmt", phrase("Format the files of the plan in one style.")),
    "schema": ("wavectl.cli.schema", phrase("Print the JSON Schema of the plan's files, for text editors.")),
}
"""The commands by name: their module, or ``module:function``, and their line in ``--help``.

The function is ``command`` if none is named. A module with ``COMMANDS`` of its own is a group: ``wavectl moment move``.
"""

COMMAND_GROUPS: Mapping[str, tuple[str, ...]] = {
    phrase("Every day:"): (
        "timeline",
        "status",
        "todo",
        "moment",
        "actor",
        "wave",
        "actions",
        "undo",
        "export-ics",
        "publish",
        "site",
    ),
    phrase("With Excel:"): ("export-sheet", "import-sheet", "translate"),
    phrase("To start:"): ("init", "new", "programme", "validate"),
    phrase("To review the plan:"): ("show", "converge", "coverage", "diff", "report"),
    phrase("For those who keep the files:"): ("fmt", "schema", "explain"),
}
"""The commands by purpose, as ``--help`` lists them; those that are in no group come last."""


class Command(TyperCommand):
    """A command with the common options, and with help and usage errors in the reader's language."""

    allow_extra_args = True  # refused below, in the reader's language

    def __init__(self, name: str | None, *, params: list[Any] | None = None, **settings: Any) -> None:
        super().__init__(name, params=[*(params or ()), *common_parameters()], **settings)

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return help_text(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; end the run if they are not valid."""
        rest = parse_or_fail(ctx, super().parse_args, args)
        if rest and not ctx.resilient_parsing:
            fail_extra_argument(ctx, rest[0])
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command, with its common options in ``ctx.obj``."""
        store_common_options(ctx)
        return super().invoke(ctx)


class CommandGroup(TyperGroup):
    """A group of commands, each imported when it is used; its common options hold for all of them."""

    command_table: Mapping[str, tuple[str, str]] = {}
    """The commands of the group, in the form of ``COMMANDS``."""
    purposes: Mapping[str, Sequence[str]] = {}
    """The names of the commands by purpose, in the form of ``COMMAND_GROUPS``."""
    from_environment = False
    """Whether environment variables set common options."""

    def __init__(self, *, params: list[Any] | None = None, **settings: Any) -> None:
        common = common_parameters(from_environment=self.from_environment)
        super().__init__(params=[*common, *(params or ())], **settings)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return list(self.command_table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command with this name, or None."""
        return _build_command(cmd_name, self.command_table[cmd_name][0]) if cmd_name in self.command_table else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name; end the run if there is none."""
        if args[0] not in self.command_table and not ctx.resilient_parsing:
            groups = {"moment", "wave", "programme", "actor", "actions"} & set(self.command_table)
            tables = {name: import_module(f"wavectl.cli.{name}").COMMANDS for name in sorted(groups)}
            below = [f"wavectl {name} {args[0]}" for name, table in tables.items() if args[0] in table]
            hint = msg("did you mean {name}?", name=", ".join(below)) if below else suggest(args[0], self.command_table)
            fail_usage(ctx, msg("there is no command {name}", name=quoted(args[0])), hint)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """Return the help, which lists the commands without importing them."""
        rows = {name: summary for name, (_, summary) in self.command_table.items()}
        sections = {
            heading: {name: rows.pop(name) for name in names if name in rows}
            for heading, names in self.purposes.items()
        }
        return help_text(ctx, {**sections, phrase("Commands:"): rows})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments up to the command; end the run if they are not valid."""
        store_raw_arguments(ctx, args)
        return parse_or_fail(ctx, super().parse_args, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that follows; without one, write the help as an error."""
        store_common_options(ctx)
        return super().invoke(ctx)


class Program(CommandGroup):
    """The program ``wavectl``."""

    command_table = COMMANDS
    purposes = COMMAND_GROUPS
    from_environment = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments up to the command; ``help COMMAND`` and ``-h`` are ``--help``."""
        words = ["--help" if word == "-h" else word for word in args]
        return super().parse_args(ctx, [*words[1:], "--help"] if words[:1] == ["help"] else words)


@cache
def _build_command(name: str, target: str) -> Any:
    """Return the command or group in a module, imported only now; see ``COMMANDS``."""
    module_name, _, function = target.partition(":")
    module = import_module(module_name)
    if hasattr(module, "COMMANDS") and not function:
        return _build_group(name, module)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=Command)(getattr(module, function or "command"))
    return typer.main.get_command(single)


def _build_group(name: str, module: ModuleType) -> CommandGroup:
    group_app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None, invoke_without_command=True)
    group_app.callback()(module.command)
    group = cast(CommandGroup, typer.main.get_group(group_app))
    group.name, group.command_table = name, module.COMMANDS
    return group


_TYPER_INTERRUPTED = 130
"""The exit code that Typer makes of Ctrl-C; no command of wavectl ends with it."""

app = typer.Typer(cls=Program, pretty_exceptions_enable=False, rich_markup_mode=None, invoke_without_command=True)


def _print_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"wavectl {__version__}\n")
        raise typer.Exit


@app.callback()
def wavectl(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Plan waves of action: check the plan, see its timeline, publish its calendar feeds.

    A plan is a folder of YAML files, one for each wave. wavectl looks for it in ./waves and in the folders above.
    """
    require_command(ctx)


def run() -> None:
    """Run wavectl with the arguments of the process; exit with 0, 1 or 2, or raise ``KeyboardInterrupt``."""
    try:
        cast(Any, app)(prog_name="wavectl")
    except SystemExit as end:
        if end.code == _TYPER_INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
