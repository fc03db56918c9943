"""What all commands share: the common options, and the ``Session`` made of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import typer

from wavectl.cli.options import COMMON_OPTIONS, CommonOptions, add_common_options
from wavectl.cli.session import EXIT_FAILURE, EXIT_OK, EXIT_USAGE, AppContext, check_choice
from wavectl.text.suggest import suggest

__all__ = [
    "EXIT_FAILURE",
    "EXIT_OK",
    "EXIT_USAGE",
    "AppContext",
    "CommonOptions",
    "check_choice",
    "first_few",
    "suggest",
    "with_common_options",
    "with_common_options_and_lang_all",
]


def with_common_options(function: Callable[..., None], *, accept_all_languages: bool = False) -> Callable[..., None]:
    """Give a command the common options, and a ``Session`` made of them as its first argument."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        options = CommonOptions(**{name: given.pop(name) for name in COMMON_OPTIONS})
        function(
            AppContext(options.with_defaults(ctx.obj or CommonOptions()), accept_all_languages=accept_all_languages),
            **given,
        )

    return add_common_options(command, *own)


def with_common_options_and_lang_all(function: Callable[..., None]) -> Callable[..., None]:
    """Do what ``shared`` does for a command that can be given ``--lang all``, for every language of the programme."""
    return with_common_options(function, accept_all_languages=True)


_MAX_NAMES = 10
"""How many names a message lists."""


def first_few(names: Sequence[str]) -> str:
    """Return names as a message lists them: the first few, and … for the rest."""
    return ", ".join((*names[:_MAX_NAMES], *(["…"] if len(names) > _MAX_NAMES else [])))
