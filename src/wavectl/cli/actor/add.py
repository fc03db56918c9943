"""``wavectl actor add``: add an actor to the register of the programme, and to a wave."""

from typing import Annotated, Any

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import labelled_texts, parse_choice, parse_value
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import choose_wave, own_language, read_texts
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.cli.options import DiffOption
from wavectl.diagnostics import msg
from wavectl.editing.facts import value_after
from wavectl.editing.moments import PROGRAMME, PlanChangeset
from wavectl.editing.references import find_by_name, new_id
from wavectl.model import ActorKind, localized_text
from wavectl.render.context import ACTOR_KIND_LABELS
from wavectl.text.suggest import nearest
from wavectl.timeline.actors import KnownActor, known_actors, positions_in_waves

_MIN_SIMILARITY = 0.85
"""From which similarity on, from 0 to 1, a name may be another spelling of a known one."""


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="The name; fr=… for one language, and another argument for the next one."),
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="member, section, committee, working_group, task_force, association, international, civil_society, "
            "research, public_body, private or partner.",
        ),
    ] = None,
    short: Annotated[
        list[str] | None,
        typer.Option(
            "--short",
            metavar="TEXT",
            help="A short name, such as CISDPDH; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option("--alias", metavar="TEXT", help="Another name that it goes by; repeat the option for more."),
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="COUNTRY", help="The country that it is in.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The web page.")] = None,
    wave: Annotated[str | None, typer.Option("--wave", metavar="WAVE", help="The wave that it takes part in.")] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role",
            metavar="TEXT",
            help="What it is in the wave; needs --wave; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    unconfirmed: Annotated[
        bool,
        typer.Option(
            "--unconfirmed",
            help="It has not agreed to take part yet: it is published as to be confirmed; needs --wave.",
        ),
    ] = False,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Add an actor to the register, and to a wave.

    An actor of the register is added to the wave only. On a terminal, wavectl asks for the kind if it is missing.

    Example: wavectl actor add "City of Lisbon" --kind member --country Portugal --wave housing --unconfirmed
    """
    app = load_app(ctx.obj, lock=ctx)
    wave_id, ask = choose_wave(app, wave, yes=yes or dry_run) if wave is not None else (None, False)
    app.require_valid([wave_id] if wave_id else [])
    if wave_id is None and (role or unconfirmed):
        app.console.fail(
            msg("the wave is missing"), msg("add --wave with one of {names}", names=", ".join(app.plan.files))
        )
    texts = labelled_texts(names, (own_language(app), *app.plan.programme.languages))
    typed = [text for text in texts.values() if text]
    if not typed:
        app.console.fail(msg("the name is empty"), msg("write a name in quotation marks"))
    known = _find_known(app, typed, wave_id)
    changesets: PlanChangeset = {}
    if known is not None:
        actor_id = _require_new_in_wave(app, known, wave_id)
    else:
        _note_similar(app, typed)
        data = {
            "name": value_after(read_texts(app, names)),
            "short": value_after(read_texts(app, short, is_name=True)) if short else None,
            "aliases": alias or None,
            "kind": _read_kind(app, kind),
            "country": parse_value(app.console, "--country", "country", country) if country else None,
            "url": parse_value(app.console, "--url", "url", url) if url else None,
        }
        actor_id = _new_actor_id(app, short or typed)
        changesets[PROGRAMME] = {("actors", actor_id): {key: value for key, value in data.items() if value is not None}}
    if wave_id is not None:
        details: dict[str, Any] = {"role": value_after(read_texts(app, role)) if role else None}
        details["confirmed"] = False if unconfirmed else None
        entry = {"id": actor_id, **{key: value for key, value in details.items() if value is not None}}
        position = len(app.plan.waves[wave_id].actors)
        changesets[wave_id] = {("actors", position): entry if len(entry) > 1 else actor_id}
    places = [msg("register") if file == PROGRAMME else file for file in changesets]
    app.console.write_message(msg("{actor}: added ({places})", actor=typed[0], places=places))
    apply_changes(app, edited_texts(app, changesets), yes=yes, ask=ask, dry_run=dry_run, diff=diff)


def _find_known(app: AppContext, names: list[str], wave: str | None) -> KnownActor | None:
    """Return the actor of the register, or of the wave alone, that has one of these names."""
    actors = {reference: one for reference, one in known_actors(app.plan).items() if one.wave in (None, wave)}
    names_by_id = {reference: one.names for reference, one in actors.items()}
    for name in names:
        found, is_whole = find_by_name(name, names_by_id)
        if is_whole:
            return actors[found[0]]
    return None


def _require_new_in_wave(app: AppContext, known: KnownActor, wave: str | None) -> str:
    """Return the id of a known actor that is to be added to a wave; end the run if there is nothing to add."""
    name = localized_text(known.actor.name, app.languages)
    if wave is None:
        app.console.fail(
            msg("there is an actor of this name already: {name}", name=f"{name} ({known.id})"),
            msg("to add it to a wave: wavectl actor add {actor} --wave …", actor=known.id),
        )
    if wave in positions_in_waves(app.plan, known) or known.id is None:
        app.console.fail(
            msg("{actor} is in the wave {wave} already", actor=name, wave=wave),
            msg("wavectl actor list {wave} shows all of them", wave=wave),
        )
    app.console.write_message(msg("{actor} is in the register already, and is added to the wave", actor=name))
    return known.id


def _note_similar(app: AppContext, names: list[str]) -> None:
    """Name an actor whose name is nearly the same, if there is one."""
    owners = {name: one for one in known_actors(app.plan).values() for name in one.names}
    close = next(filter(None, (nearest(name, owners, _MIN_SIMILARITY) for name in names)), None)
    if close is not None:
        similar = f"{close} ({owners[close].id})"
        app.console.write_message(msg("there is a similar actor: {name}", name=similar))


def _read_kind(app: AppContext, kind: str | None) -> str:
    """Return the kind of a new actor; ask for it on a terminal."""
    labels = {kind.value: label for kind, label in ACTOR_KIND_LABELS.items()}
    if kind is None and is_interactive():
        names = [app.console.translate(msg(label)) for label in labels.values()]
        index = app.console.ask_choice(msg("What is it? (number)"), names)
        kind = None if index is None else list(labels)[index]
    if kind is None:
        listed = ", ".join(labels)
        app.console.fail(msg("the kind of the actor is missing"), msg("add --kind with one of {kinds}", kinds=listed))
    by_label = {app.console.translate(msg(label)).casefold(): value for value, label in labels.items()}
    return by_label.get(kind.casefold()) or parse_choice(app.console, "--kind", kind, list(ActorKind))


def _new_actor_id(app: AppContext, names: list[str]) -> str:
    """Return an id made of a name that no actor of the plan has."""
    taken = {*app.plan.programme.actors, *(one.id for one in known_actors(app.plan).values() if one.id)}
    return new_id(names[0].rpartition("=")[2], taken, "actor")
