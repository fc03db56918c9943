"""``wavectl new``: write the file of a new wave from options, or from answers on a terminal."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, NamedTuple

import typer

from wavectl.cli.apply_changes import apply_changes
from wavectl.cli.arguments import check_wave_id, parse_period, parse_value, texts_by_language
from wavectl.cli.console import Console, is_interactive
from wavectl.cli.context import AppContext, lock_plan, open_console, read_app
from wavectl.cli.facts import read_hashtags
from wavectl.cli.options import CommonOptions, DiffOption
from wavectl.diagnostics import Message, msg
from wavectl.editing.facts import HashtagEdit, ListEdit, to_translatable, value_after
from wavectl.editing.references import new_id
from wavectl.model.key_order import wave_keys_at
from wavectl.plan.loader import Plan, PlanError, is_wave_id
from wavectl.yamlfile.emitter import emit_file, sort_all_keys

_PLACEHOLDER_WAVE = b'title: "-"\nstatus: announced\n'


class _NewWave(NamedTuple):
    """The values of a new wave, as far as they are known."""

    title: Mapping[str, str]
    slogan: Mapping[str, str]
    hashtags: Mapping[str | None, list[str]]
    """By language; under None those of no language in particular."""
    period: str | None
    announced: bool


def command(
    ctx: typer.Context,
    wave: Annotated[
        str, typer.Argument(metavar="ID or TITLE", help="A short name in one word, such as housing; or the title.")
    ],
    title: Annotated[
        list[str] | None,
        typer.Option(
            "--title", metavar="TEXT", help="The title; fr=… for one language; repeat the option for another one."
        ),
    ] = None,
    slogan: Annotated[
        list[str] | None, typer.Option("--slogan", metavar="TEXT", help="The slogan, in the same way.")
    ] = None,
    hashtag: Annotated[
        list[str] | None,
        typer.Option(
            "--hashtag", metavar="TEXT", help="A hashtag; en=… for English; repeat the option for another one."
        ),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="DATES", help="The calendar: 2027-05/2028-12, or in words.")
    ] = None,
    announced: Annotated[
        bool, typer.Option("--announced", help="Announce the wave only: its calendar is not known yet.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for missing values.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    diff: DiffOption = False,
) -> None:
    """Write the file of a new wave.

    The short name is that of its file and of its calendar; of a title, wavectl makes one. On a terminal, wavectl asks
    for missing values. An existing wave is never changed.

    Example: wavectl new water --title "Water is a right" --period "May 2027 to December 2028"
    """
    console = open_console(ctx.obj)
    if not is_wave_id(wave) and not title and " " in wave.strip():
        wave, title = new_id(wave, (), "wave"), [wave]
    lock_plan(ctx.obj, console, ctx)
    app = _app_with_wave(ctx.obj, console, wave)
    languages = app.plan.programme.languages
    own = console.requested_language or languages[0]
    new_wave = _NewWave(
        texts_by_language(title or (), own, languages),
        texts_by_language(slogan or (), own, languages),
        read_hashtags(app, hashtag or ()),
        parse_period(console, period) if period else None,
        announced,
    )
    if is_interactive() and not yes:
        new_wave = _ask_missing(app.console, new_wave, languages)
    if not new_wave.title:
        app.console.fail(msg("a wave needs a title"), msg("add {option}", option='--title "…"'))
    if new_wave.period is None and not new_wave.announced:
        app.console.fail(
            msg("a wave needs a calendar, unless it is announced only"),
            msg("add --period 2027-05/2028-12, or --announced"),
        )
    name = f"{wave}.yaml"
    file = app.console.display_path(app.plan.folder / name)
    next_step = msg("next: add moments to {file} with wavectl moment add {wave}", file=file, wave=wave)
    before = replace(app, plan=_plan_without_wave(app.plan, wave))
    text = emit_file(sort_all_keys(dict(_wave_items(new_wave, own, languages)), (), wave_keys_at))
    apply_changes(before, {name: text}, yes=yes, dry_run=dry_run, diff=diff, next_step=next_step)


def _app_with_wave(options: CommonOptions, console: Console, wave: str) -> AppContext:
    """Return the context of the plan with the new wave; end the run if there is no plan, or if the id is not free."""
    check_wave_id(console, wave)
    try:
        app = read_app(options, console, {f"{wave}.yaml": _PLACEHOLDER_WAVE})
    except PlanError as error:
        console.fail(error.message, msg("write a plan to start from with wavectl init"))
    existing = next((name for name in (f"{wave}.yaml", f"{wave}.yml") if os.path.exists(app.plan.folder / name)), None)
    if existing is not None:
        app.console.fail(
            msg("{file} exists already", file=app.console.display_path(app.plan.folder / existing)),
            msg("choose another id, or change that file"),
        )
    return app


def _plan_without_wave(plan: Plan, wave: str) -> Plan:
    return replace(
        plan,
        waves={name: other for name, other in plan.waves.items() if name != wave},
        files={name: file for name, file in plan.files.items() if name != wave},
        documents={file: document for file, document in plan.documents.items() if file != f"{wave}.yaml"},
    )


def _ask_missing(console: Console, new_wave: _NewWave, languages: Sequence[str]) -> _NewWave:
    """Ask for missing values on the terminal; return the wave with the answers."""
    title, slogan = dict(new_wave.title), dict(new_wave.slogan)
    for language in languages:
        if not new_wave.title:
            _ask_text(console, title, language, msg("Title ({language}):", language=language))
    period, announced = new_wave.period, new_wave.announced
    if period is None and not announced:
        question = msg("From which month to which? (for example May 2027 to December 2028; empty: not known yet)")
        period = console.ask_valid(question, partial(parse_period, console))
        announced = period is None
    if announced:
        return new_wave._replace(title=title, announced=True)
    for language in languages:
        if not new_wave.slogan:
            _ask_text(console, slogan, language, msg("Slogan ({language}; empty: none yet):", language=language))
    tags = new_wave.hashtags or console.ask_valid(msg("Hashtags (empty: none yet):"), partial(_read_tags, console))
    return new_wave._replace(title=title, slogan=slogan, period=period, hashtags=tags or {})


def _ask_text(console: Console, texts: dict[str, str], language: str, question: Message) -> None:
    typed = console.ask_line(question)
    if typed:
        texts[language] = typed


def _read_tags(console: Console, typed: str) -> dict[str | None, list[str]]:
    tags = (f"#{tag.lstrip('#')}" for tag in typed.replace(",", " ").split())
    return {None: [parse_value(console, "", "hashtag", tag) for tag in tags]}


def _wave_items(new_wave: _NewWave, own: str, languages: Sequence[str]) -> Iterator[tuple[str, Any]]:
    yield "title", to_translatable(new_wave.title, languages)
    yield "status", "announced" if new_wave.announced else "active"
    if new_wave.slogan:
        yield "slogan", to_translatable(new_wave.slogan, languages)
    if new_wave.hashtags:
        edits = {language: ListEdit(tags) for language, tags in new_wave.hashtags.items()}
        yield "hashtags", value_after(HashtagEdit(edits, own, languages))
    if new_wave.period:
        yield "period", new_wave.period
