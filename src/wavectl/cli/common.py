"""What all commands share: their common options, and the ``Session`` made of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from wavectl.cli.session import DONE, FAULTY, USAGE, Given, Session, choice
from wavectl.document import MAX_SIZE
from wavectl.spelling import near

__all__ = ["DONE", "FAULTY", "USAGE", "Given", "Session", "choice", "near", "shared"]


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
    return typer.Option(
        "--max-size", metavar="MIB", min=0.001, max=1024, help=f"The largest file to read [{MAX_SIZE}]."
    )


_SHARED: dict[str, Any] = {
    "waves": Annotated[str | None, WavesOption()],
    "lang": Annotated[str | None, LangOption()],
    "today": Annotated[str | None, TodayOption()],
    "color": Annotated[str | None, ColorOption()],
    "max_size": Annotated[float | None, MaxSizeOption()],
}


def shared(function: Callable[..., None], *, takes_all: bool = False) -> Callable[..., None]:
    """Give a command the common options, and a ``Session`` made of them as its first argument.

    One that ``takes_all`` can be given ``--lang all``, for every language of the programme.
    """
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        options = Given(**{name: given.pop(name) for name in _SHARED})
        function(Session(options.over(ctx.obj or Given()), takes_all=takes_all), **given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(parameter.replace(kind=keyword) for parameter in own),
        *(inspect.Parameter(name, keyword, default=None, annotation=kind) for name, kind in _SHARED.items()),
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command
