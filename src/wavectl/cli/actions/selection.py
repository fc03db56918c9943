"""The options that choose actions, shared by all commands of actions: waves and filters.

A command lists them with ``with_selection``, and gets their values as the parameter ``selection``.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from wavectl.actions.action import ActionKind, OrganiserType, Review
from wavectl.actions.filters import KEEP_ALL, ActionFilter
from wavectl.actions.register import Register as ActionRegister
from wavectl.actions.register import RegisterError, Row, load_register, register_path
from wavectl.cli.arguments import parse_choice, parse_date_range, parse_value
from wavectl.cli.context import AppContext
from wavectl.cli.options import EXIT_FAILURE
from wavectl.cli.shared_options import parse_name
from wavectl.diagnostics import msg, quoted
from wavectl.files import os_error_reason
from wavectl.model import Status
from wavectl.text.suggest import suggest
from wavectl.timeline.actors import RegionIndex

WavesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="WAVE", help="Only actions of these waves [all waves].")
]
WaveOption = Annotated[
    str | None, typer.Option("--wave", metavar="WAVE", help="The wave of the action, if several have this id.")
]
IdsArgument = Annotated[list[str] | None, typer.Argument(metavar="ID", help="The ids of the actions.")]


@dataclass(frozen=True)
class Selection:
    """The values of the options that choose actions, as typed."""

    wave: Annotated[
        list[str] | None, typer.Option("--wave", metavar="WAVE", help="Only actions of this wave [all waves].")
    ] = None
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only actions that end on this date or after it.")
    ] = None
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only actions that begin on this date or before it.")
    ] = None
    upcoming: Annotated[bool, typer.Option("--upcoming", help="Only actions that are not over yet.")] = False
    without_result: Annotated[
        bool,
        typer.Option("--without-result", help="Only accepted actions that are over and of which no result is known."),
    ] = False
    missing: Annotated[
        bool, typer.Option("--missing", help="Only actions that their source no longer delivers, and that still count.")
    ] = False
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUS", help="Only confirmed, tentative, postponed or cancelled."),
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Only event, learning, measure, commitment or communication."),
    ] = None
    priority: Annotated[
        list[str] | None, typer.Option("--priority", metavar="ID", help="Only actions of this strategic priority.")
    ] = None
    actor: Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="Only actions of this actor.")] = None
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="COUNTRY", help="Only actions in this country.")
    ] = None
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="ID", help="Only actions in this region of the network.")
    ] = None
    moment: Annotated[
        list[str] | None, typer.Option("--moment", metavar="ID", help="Only actions that answer this moment.")
    ] = None
    organiser_type: Annotated[
        list[str] | None,
        typer.Option("--organiser-type", metavar="TYPE", help="Only actions of this type of organiser."),
    ] = None
    review: Annotated[
        list[str] | None, typer.Option("--review", metavar="STATE", help="Only pending, accepted or refused.")
    ] = None
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="NAME", help="Only actions from this source.")
    ] = None

    def in_waves(self, names: Sequence[str] | None) -> "Selection":
        """Return the selection of actions in these waves too."""
        return replace(self, wave=[*(self.wave or ()), *names]) if names else self

    def waves(self, app: AppContext) -> list[str]:
        """Return the waves whose registers are read; end the run if one is not known."""
        return app.resolve_waves(self.wave or ())

    def filter(self, app: AppContext, ids: Sequence[str] = ()) -> ActionFilter:
        """Return the filter for these options; end the run if a value is not known."""
        console = app.console
        first, last = parse_date_range(console, self.first, self.last, app.today)
        words = functools.partial(_parse_words, app)
        return ActionFilter(
            first=first,
            last=last,
            upcoming=self.upcoming,
            without_result=self.without_result,
            missing=self.missing,
            statuses=words("--status", self.status, Status),
            kinds=words("--kind", self.kind, ActionKind),
            priorities=tuple(parse_name(app, "--priority", name) for name in self.priority or ()),
            actors=tuple(parse_name(app, "--actor", name) for name in self.actor or ()),
            countries=tuple(parse_value(console, "--country", "country", name) for name in self.country or ()),
            regions=tuple(parse_name(app, "--region", name) for name in self.region or ()),
            moments=tuple(self.moment or ()),
            organiser_types=words("--organiser-type", self.organiser_type, OrganiserType),
            reviews=words("--review", self.review, Review),
            sources=tuple(self.source or ()),
            ids=tuple(ids),
        )

    def load(self, app: AppContext, ids: Sequence[str] = (), *, require: bool = False) -> list[ActionRegister]:
        """Return the registers with the actions that are chosen; end the run if one cannot be read.

        The run ends too if an id is not known or is in several waves, or with ``require`` if neither ids nor filters
        choose anything.
        """
        chosen = self.filter(app, ids)
        if require and chosen == KEEP_ALL and not self.wave:
            app.console.fail(
                msg("no action is chosen"), msg("name actions by their ids, or choose them: --review pending")
            )
        matches = chosen.matcher(RegionIndex(app.plan), app.today)
        registers = [open_register(app, wave, matches) for wave in self.waves(app)]
        unknown = set(ids).difference(*(register.rows for register in registers))
        if unknown:
            name = min(unknown)
            known = [key for wave in self.waves(app) for key in open_register(app, wave).rows]
            app.console.fail(msg("there is no action {id}", id=quoted(name)), suggest(name, known))
        for name in ids:
            waves = [register.wave for register in registers if name in register.rows]
            if len(waves) > 1:
                app.console.fail(
                    msg("{id} is an action of several waves", id=name),
                    msg("add --wave with one of {names}", names=", ".join(waves)),
                )
        return [register for register in registers if register.rows]


def _parse_words(app: AppContext, option: str, values: Sequence[str] | None, choices: Any) -> tuple[str, ...]:
    return tuple(parse_choice(app.console, option, value, list(choices)) for value in values or ())


def open_register(app: AppContext, wave: str, keep: Callable[[Row], bool] = lambda _: True) -> ActionRegister:
    """Return the register of a wave with the rows to keep; end the run if its file cannot be read."""
    with reading_register(app, wave) as path:
        register = load_register(path, wave, keep)
    if not register.format.has_header:
        name = app.console.display_path(path)
        app.console.fail(msg("{file} is not a register of actions", file=name), _VALIDATE, EXIT_FAILURE)
    return register


@contextmanager
def reading_register(app: AppContext, wave: str) -> Iterator[Path]:
    """Give the path of the register of a wave, which may not exist; end the run if it cannot be read."""
    path = register_path(app.plan.folder, wave)
    shown = app.console.display_path(path)
    try:
        yield path
    except OSError as error:
        app.console.fail(msg("{file} cannot be read: {reason}", file=shown, reason=os_error_reason(error)), _VALIDATE)
    except RegisterError as error:
        fault = msg("line {line}: {fault}", line=error.line, fault=error.message)
        app.console.fail(msg("{file}: {fault}", file=shown, fault=fault), error.hint, EXIT_FAILURE)


_VALIDATE = msg("run wavectl validate, which says what is wrong with it")


def with_selection(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of ``Selection`` in place of its parameter ``selection``."""
    hints = get_type_hints(Selection, include_extras=True)
    own = inspect.signature(command, eval_str=True).parameters
    options = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name])
        for one in fields(Selection)
    ]

    @functools.wraps(command)
    def run(**values: Any) -> None:
        given = {option.name: values.pop(option.name) for option in options}
        command(selection=Selection(**given), **values)

    parameters = [one.replace(kind=one.KEYWORD_ONLY) for name, one in own.items() if name != "selection"]
    run.__annotations__ = {one.name: one.annotation for one in (*parameters, *options)}
    run.__signature__ = inspect.Signature([*parameters, *options])  # type: ignore[attr-defined]
    return run
