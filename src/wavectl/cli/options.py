"""The options of every command, and what was given for them; light, for the help needs no more than these."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NamedTuple, get_type_hints

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

    return in_context(command)


def in_context(command: Callable[..., None], *own: inspect.Parameter) -> Callable[..., None]:
    """Tell typer that a command takes its context, these parameters of its own, and the common options."""
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    return _signed(command, context, *own, *(_option(name, kind, None) for name, kind in SHARED.items()))


def taking(asked: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command each field of the named tuple ``asked`` as an option, and that tuple as its second argument."""
    hints = get_type_hints(asked, include_extras=True)
    options = [_option(name, kind, asked._field_defaults[name]) for name, kind in hints.items()]

    def given_to(function: Callable[..., None]) -> Callable[..., None]:
        session, _, *own = inspect.signature(function, eval_str=True).parameters.values()

        @wraps(function)
        def command(session: Any, **given: Any) -> None:
            function(session, asked(**{name: given.pop(name) for name in asked._fields}), **given)

        return _signed(command, session, *own, *options)

    return given_to


def _option(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _signed(command: Callable[..., None], first: inspect.Parameter, *others: inspect.Parameter) -> Callable[..., None]:
    """Return a command with these parameters, whatever those of the function are that it wraps: typer goes by them."""
    parameters = [first, *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in others)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command
