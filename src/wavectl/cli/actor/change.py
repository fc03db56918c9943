"""``wavectl actor confirm``, ``rename`` and ``remove``: change an actor wherever the plan names it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import choose_by_name
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import read_texts, wave_titles
from wavectl.cli.moment.change import DryRunOption, YesOption, check_id
from wavectl.cli.options import EXIT_FAILURE, DiffOption
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.actors import actor_uses, remove_actor, remove_from_wave, rename_actor, set_confirmed
from wavectl.editing.facts import value_after
from wavectl.editing.moments import PROGRAMME, PlanChangeset
from wavectl.editing.references import find_by_name
from wavectl.model import localized_text
from wavectl.timeline.actors import KnownActor, known_actors, positions_in_waves

ActorArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="WAVE or ACTOR",
        help="The wave, to change the actor in that one only, then the actor: its id or its name.",
    ),
]


def confirm(
    ctx: typer.Context,
    words: ActorArgument,
    undo: Annotated[bool, typer.Option("--undo", help="The actor has not agreed yet, or no longer.")] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Confirm an actor: it has agreed to take part in a wave.

    Without a wave, the actor is confirmed in all of its waves.

    Example: wavectl actor confirm migration "Center for Mediterranean Integration"
    """
    app = load_app(ctx.obj, lock=ctx)
    app.require_valid()
    wave, known, ask = _choose_actor(app, words, yes=yes or dry_run)
    positions = positions_in_waves(app.plan, known)
    if not positions:
        app.console.fail(
            msg("{actor} is in no wave", actor=_name(app, known)),
            msg("add it to one: wavectl actor add {actor} --wave …", actor=known.id),
        )
    if wave is not None:
        positions = {wave: positions[wave]}
    changesets = set_confirmed(app.plan, positions, confirmed=not undo)
    summary = msg("it is not confirmed in {waves}", waves=wave_titles(app, positions))
    if not undo:
        summary = msg("it is confirmed in {waves}", waves=wave_titles(app, positions))
    _finish(app, known, changesets, summary, yes=yes, dry_run=dry_run, ask=ask, diff=diff)


def rename(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="The actor: its id, its name, or words of its name.")],
    new: Annotated[str | None, typer.Argument(metavar="NEW-ID", help="The new id.")] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="TEXT", help="The new name; fr=… for one language; repeat the option for another one."
        ),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Give an actor another id, everywhere it is named, or another name.

    Example: wavectl actor rename barcelona --name "es=Ayuntamiento de Barcelona"
    """
    app = load_app(ctx.obj, lock=ctx)
    app.require_valid()
    _, known, ask = _choose_actor(app, [actor], yes=yes or dry_run)
    if bool(name) == (new is not None):
        app.console.fail(msg("write either a new id or a new name"), msg('write NEW-ID, or --name "…"'))
    if new is not None:
        check_id(app.console, new, ())
        if any(new == other.id for other in known_actors(app.plan).values()):
            app.console.fail(msg("there is an actor {name} already", name=quoted(new)), msg("choose another id"))
        changesets = rename_actor(app.plan, known, new)
        summary = msg("its new id is {new}", new=new)
    else:
        edit = read_texts(app, name or ())
        file = known.wave or PROGRAMME
        if value_after(edit, known.actor.name) is None:
            app.console.fail(msg("the name is empty"), msg("write a name in quotation marks"))
        changesets = {file: edit((*known.path, "name"), known.actor.name)}
        summary = msg("its name is changed")
    _finish(app, known, changesets, summary, yes=yes, dry_run=dry_run, ask=ask, diff=diff)


def remove(
    ctx: typer.Context,
    words: ActorArgument,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Remove it from all places that name it, too.")
    ] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Remove an actor from a wave or from the whole plan.

    With a wave, the actor stays in the register and in other waves. An actor that is in use is removed with
    --everywhere only.

    Example: wavectl actor remove migration cities-alliance --yes
    """
    app = load_app(ctx.obj, lock=ctx)
    app.require_valid()
    wave, known, _ = _choose_actor(app, words, yes=yes or dry_run)
    uses = list(actor_uses(app.plan, known))
    if wave is not None:
        listed: tuple[str | int, ...] = ("actors", positions_in_waves(app.plan, known)[wave])
        uses = [use for use in uses if use.file == wave and use.path != listed]
    if uses and not everywhere:
        places = first_few(list(dict.fromkeys(use.label for use in uses)))
        app.console.fail(
            msg("{actor} is in use: {places}", actor=_name(app, known), places=places),
            msg("add --everywhere to remove it from these places too"),
            EXIT_FAILURE,
        )
    if wave is not None:
        changesets = remove_from_wave(app.plan, known, wave, uses)
        summary = msg("it is removed from the wave {wave}", wave=wave_titles(app, [wave]))
    else:
        changesets = remove_actor(app.plan, known, uses)
        summary = msg("it is removed from the plan")
    _finish(app, known, changesets, summary, yes=yes, dry_run=dry_run, ask=True, diff=diff)


def _choose_actor(app: AppContext, words: Sequence[str], *, yes: bool) -> tuple[str | None, KnownActor, bool]:
    """Return the wave that is named, the actor, and whether a person still has to confirm the choice."""
    actors = known_actors(app.plan)
    wave = _first_word_as_wave(app, words, actors)
    if wave is not None:
        words = words[1:]
        actors = {name: one for name, one in actors.items() if wave in positions_in_waves(app.plan, one)}
    reference, names = " ".join(words), _names(actors)
    unknown = msg("there is no actor {name}", name=quoted(reference))
    if wave is not None:
        unknown = msg("there is no actor {name} in the wave {wave}", name=quoted(reference), wave=wave)
    found, ask = choose_by_name(app.console, reference, names, unknown, yes=yes)
    return wave, actors[found], ask


def _first_word_as_wave(app: AppContext, words: Sequence[str], actors: Mapping[str, KnownActor]) -> str | None:
    """Return the wave that the first of several words means: its id, or words of its title if they are no actor's."""
    if len(words) == 1:
        return None
    if words[0] in app.plan.files:
        return words[0]
    if find_by_name(" ".join(words), _names(actors))[0]:
        return None
    found, _ = find_by_name(words[0], app.wave_titles)
    return found[0] if len(found) == 1 else None


def _names(actors: Mapping[str, KnownActor]) -> dict[str, list[str]]:
    return {name: [*one.names, *([one.id] if one.id else [])] for name, one in actors.items()}


def _name(app: AppContext, known: KnownActor) -> str:
    return localized_text(known.actor.name, app.languages)


def _finish(
    app: AppContext,
    known: KnownActor,
    changesets: PlanChangeset,
    summary: Message,
    *,
    yes: bool,
    dry_run: bool,
    ask: bool,
    diff: bool,
) -> None:
    app.console.write_message(msg("{moment}: {change}", moment=_name(app, known), change=summary))
    apply_changes(app, edited_texts(app, changesets), yes=yes, ask=ask, dry_run=dry_run, diff=diff)
