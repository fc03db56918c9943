"""The options of every command, and what was given for them; light, for the help needs no more than these."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NamedTuple

import typer

DONE, FAULTY, USAGE = 0, 1, 2
"""Exit codes: done; the plan has errors or a check fails; wrong usage, or no plan to work on."""


class Given(NamedTuple):
    """The common options as they were given; None where they were not."""

    waves: str | None = None
    lang: str | None = None
    today: str | None = None
    color: str | None = None
    max_size: str | None = None

    def over(self, earlier: Given) -> Given:
        """Return these options, with what they leave out taken from the ones given before."""
        return Given._make(early if late is None else late for late, early in zip(self, earlier, strict=True))


def WavesOption(envvar: str | None = None) -> Any:  # noqa: N802 - reads as the option it makes
    """Return the option ``--waves``."""
    return typer.Option("--waves", metavar="DIR", envvar=envvar, help="The folder of the plan [./waves or above].")


def LangOption(envvar: str | None = None) -> Any:  # noqa: N802
    """Return the option ``--lang``."""
    return typer.Option("--lang", metavar="LANG", envvar=envvar, help="The language to read in: fr, en, es or another.")


def TodayOption(envvar: str | None = None) -> Any:  # noqa: N802
    """Return the option ``--today``."""
    return typer.Option("--today", metavar="DATE", envvar=envvar, help="The day to take for today, such as 2017-06-01.")


def ColorOption() -> Any:  # noqa: N802
    """Return the option ``--color``."""
    return typer.Option("--color", metavar="WHEN", help="Colours: auto, always or never.")


def MaxSizeOption() -> Any:  # noqa: N802
    """Return the option ``--max-size``."""
    return typer.Option("--max-size", metavar="MIB", help="The largest file to read, in MiB [4].")


SHARED: dict[str, Any] = {
    "waves": Annotated[str | None, WavesOption()],
    "lang": Annotated[str | None, LangOption()],
    "today": Annotated[str | None, TodayOption()],
    "color": Annotated[str | None, ColorOption()],
    "max_size": Annotated[str | None, MaxSizeOption()],
}
"""The options that every command takes, by the field of ``Given``."""


def grouped(function: Callable[[typer.Context], None]) -> Callable[..., None]:
    """Give a group of commands the common options: they hold for all commands below it."""

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        ctx.obj = Given(**given).over(ctx.obj or Given())
        function(ctx)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(inspect.Parameter(name, keyword, default=None, annotation=kind) for name, kind in SHARED.items()),
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command
