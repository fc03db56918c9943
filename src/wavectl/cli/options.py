"""Exit codes, and the common options, which every command takes.

``--help`` imports this module, so it imports little itself.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any

import typer

EXIT_OK, EXIT_FAILURE, EXIT_USAGE = 0, 1, 2
"""Done; the plan has errors or a check fails; wrong usage, or no plan to work on."""

COLOR_CHOICES = ("auto", "always", "never")
"""The values of ``--color``."""
_ENVIRONMENT_VARIABLES = {"waves": "WAVECTL_WAVES", "lang": "WAVECTL_LANG", "today": "WAVECTL_TODAY"}


YEARS = range(1900, 2101)
"""The years that can be named for dates without one."""
YearOption = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="YEAR", min=YEARS[0], max=YEARS[-1], help="The year of dates that have none, such as 2027."
    ),
]
DiffOption = Annotated[
    bool, typer.Option("--diff", help="Show the lines of the files that change, instead of a table of the values.")
]


@dataclass(frozen=True)
class CommonOptions:
    """The values of the common options, as typed; None for an option that is not given."""

    waves: Annotated[
        str | None, typer.Option("--waves", metavar="DIR", help="The folder of the plan [./waves or above].")
    ] = None
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="The language of the output: fr, en, es or another.")
    ] = None
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", help="The day to use as today, such as 2017-06-01.")
    ] = None
    color: Annotated[
        str | None, typer.Option("--color", metavar="WHEN", help="When to use colours: auto, always or never.")
    ] = None
    max_size: Annotated[
        str | None, typer.Option("--max-size", metavar="MIB", help="The largest file to read, in MiB [4].")
    ] = None

    def with_defaults(self, defaults: CommonOptions) -> CommonOptions:
        """Return these options; take the value of an option that is not given from ``defaults``."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return CommonOptions(**{name: getattr(defaults, name) if value is None else value for name, value in values})


@cache
def common_parameters(*, from_environment: bool = False) -> list[Any]:
    """Return the common options as Typer parameters.

    ``from_environment`` takes missing values from environment variables. Only the program itself does that, so that
    an option before the command wins over the environment.
    """
    declared = typer.Typer(add_completion=False)
    declared.command()(CommonOptions)
    parameters: list[Any] = list(typer.main.get_command(declared).params)
    if from_environment:
        for parameter in parameters:
            parameter.envvar = _ENVIRONMENT_VARIABLES.get(parameter.name)
    return parameters


def store_common_options(ctx: Any) -> None:
    """Move the common options from ``ctx.params`` to ``ctx.obj``, where they win over those of the parent command."""
    given = CommonOptions(**{field.name: ctx.params.pop(field.name) for field in fields(CommonOptions)})
    ctx.obj = given.with_defaults(ctx.obj or CommonOptions())
