"""The options of every command, and what was given for them; light, for the help needs no more than these."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

EXIT_OK, EXIT_FAILURE, EXIT_USAGE = 0, 1, 2
"""Exit codes: done; the plan has errors or a check fails; wrong usage, or no plan to work on."""


class CommonOptions(NamedTuple):
    """The common options as they were given; None where they were not."""

    waves: str | None = None
    lang: str | None = None
    today: str | None = None
    color: str | None = None
    max_size: str | None = None

    def with_defaults(self, earlier: CommonOptions) -> CommonOptions:
        """Return these options, with what they leave out taken from the ones given before."""
        return CommonOptions._make(early if late is None else late for late, early in zip(self, earlier, strict=True))


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


COMMON_OPTIONS: dict[str, Any] = {
    "waves": Annotated[str | None, WavesOption()],
    "lang": Annotated[str | None, LangOption()],
    "today": Annotated[str | None, TodayOption()],
    "color": Annotated[str | None, ColorOption()],
    "max_size": Annotated[str | None, MaxSizeOption()],
}
"""The options that every command takes, by the field of ``Given``."""


def with_group_options(function: Callable[[typer.Context], None]) -> Callable[..., None]:
    """Give a group of commands the common options: they hold for all commands below it."""

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        ctx.obj = CommonOptions(**given).with_defaults(ctx.obj or CommonOptions())
        function(ctx)

    return add_common_options(command)


def add_common_options(command: Callable[..., None], *parameters: inspect.Parameter) -> Callable[..., None]:
    """Tell typer that a command takes its context, these parameters of its own, and the common options."""
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    return _set_signature(
        command, context, *parameters, *(_keyword_parameter(name, kind, None) for name, kind in COMMON_OPTIONS.items())
    )


def with_options(options_type: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command each field of the named tuple ``asked`` as an option, and that tuple as its second argument."""
    hints = get_type_hints(options_type, include_extras=True)
    options = [_keyword_parameter(name, kind, options_type._field_defaults[name]) for name, kind in hints.items()]

    def given_to(function: Callable[..., None]) -> Callable[..., None]:
        session, _, *own = inspect.signature(function, eval_str=True).parameters.values()

        @wraps(function)
        def command(session: Any, **given: Any) -> None:
            function(session, options_type(**{name: given.pop(name) for name in options_type._fields}), **given)

        return _set_signature(command, session, *own, *options)

    return given_to


def _keyword_parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _set_signature(
    command: Callable[..., None], first: inspect.Parameter, *others: inspect.Parameter
) -> Callable[..., None]:
    """Return a command with these parameters, whatever those of the function are that it wraps: typer goes by them."""
    parameters = [first, *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in others)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command
