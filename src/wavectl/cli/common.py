"""What all commands share: the common options, and the ``Session`` made of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import typer

from wavectl.cli.options import SHARED, Given, in_context
from wavectl.cli.session import DONE, FAULTY, USAGE, Session, choice
from wavectl.text.suggest import near

__all__ = ["DONE", "FAULTY", "USAGE", "Given", "Session", "choice", "first_few", "near", "shared", "shared_in_all"]


def shared(function: Callable[..., None], *, takes_all: bool = False) -> Callable[..., None]:
    """Give a command the common options, and a ``Session`` made of them as its first argument."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    @wraps(function)
    def command(ctx: typer.Context, **given: Any) -> None:
        options = Given(**{name: given.pop(name) for name in SHARED})
        function(Session(options.over(ctx.obj or Given()), takes_all=takes_all), **given)

    return in_context(command, *own)


def shared_in_all(function: Callable[..., None]) -> Callable[..., None]:
    """Do what ``shared`` does for a command that can be given ``--lang all``, for every language of the programme."""
    return shared(function, takes_all=True)


_NAMED = 10
"""How many names a message lists."""


def first_few(names: Sequence[str]) -> str:
    """Return names as a message lists them: the first few, and … for the rest."""
    return ", ".join((*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])))
