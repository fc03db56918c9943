"""``wavectl new``: writes the file of a new wave, of what is given on the command line or answered at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from wavectl.cli.apply_changes import settle
from wavectl.cli.common import Session, shared
from wavectl.cli.prompts import answer, is_attended
from wavectl.cli.text_options import as_text, by_language
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, quoted, say
from wavectl.model.types import ID
from wavectl.plan.loader import RESERVED, Plan, PlanError
from wavectl.render.diagnostics import shown_path
from wavectl.text.suggest import plain
from wavectl.yamlfile.formatter import ordered, whole

_DRAFT = b'title: "-"\nstatus: announced\n'


class _Known(NamedTuple):
    """What is known of the new wave."""

    title: Mapping[str, str]
    slogan: Mapping[str, str]
    hashtags: Sequence[str]
    period: str | None
    announced: bool


@shared
def command(
    session: Session,
    wave: Annotated[str, typer.Argument(metavar="ID", help="The id of the wave, which names its file: housing.")],
    title: Annotated[
        list[str] | None,
        typer.Option("--title", metavar="TEXT", help="Its title; fr=… for one language, again for another."),
    ] = None,
    slogan: Annotated[
        list[str] | None, typer.Option("--slogan", metavar="TEXT", help="Its slogan, in the same manner.")
    ] = None,
    hashtag: Annotated[
        list[str] | None, typer.Option("--hashtag", metavar="TEXT", help="A hashtag of it; again for another.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="DATES", help="Its calendar: 2027-05/2028-12, or in words."),
    ] = None,
    announced: Annotated[
        bool, typer.Option("--announced", help="It is announced only: its calendar is not known yet.")
    ] = False,
) -> None:
    """Write the file of a new wave.

    At a terminal, what is not given is asked for. A wave that is there already is not touched.

    Example: wavectl new water --title "en=Water is a right" --period 2027-05/2028-12
    """
    plan = _plan(session, wave)
    languages = plan.programme.languages
    known = _Known(
        by_language(session, title or (), languages),
        by_language(session, slogan or (), languages),
        hashtag or (),
        _period(session, period) if period else None,
        announced,
    )
    if is_attended():
        known = _asked(session, known, languages)
    if not known.title:
        session.refuse(say("a wave needs a title"), say("add {option}", option='--title "…"'))
    if known.period is None and not known.announced:
        session.refuse(
            say("a wave needs a calendar, unless it is announced only"),
            say("add --period 2027-05/2028-12, or --announced"),
        )
    name = f"{wave}.yaml"
    file = shown_path(session.folder / name, session.home)
    following = say("next: add its moments with wavectl moment add {wave}; they stand in {file}", file=file, wave=wave)
    settle(session.on(_without(plan, wave)), {name: _written(known, languages)}, next_step=following)


def _plan(session: Session, wave: str) -> Plan:
    """Return the plan as it would be with the wave; end the run where there is none, or the wave cannot be new."""
    if not ID.fullmatch(wave) or wave in RESERVED:
        meant = plain(wave)
        hint = (
            say("did you mean {name}?", name=meant)
            if ID.fullmatch(meant) and meant not in RESERVED
            else say("write small letters without accents, digits and single hyphens: right-to-housing")
        )
        session.refuse(say("{id} cannot be the id of a wave", id=quoted(wave)), hint)
    try:
        plan = session.read({f"{wave}.yaml": _DRAFT})
    except PlanError as error:
        session.refuse(error.message, say("wavectl init writes a plan to start from"))
    there = next((name for name in (f"{wave}.yaml", f"{wave}.yml") if (plan.folder / name).exists()), None)
    if there is not None:
        session.refuse(
            say("there is {file} already", file=shown_path(plan.folder / there, session.home)),
            say("choose another id, or change that file"),
        )
    return plan


def _without(plan: Plan, wave: str) -> Plan:
    """Return a plan as it is without a wave."""
    return plan._replace(
        waves={name: one for name, one in plan.waves.items() if name != wave},
        files={name: file for name, file in plan.files.items() if name != wave},
        documents={file: one for file, one in plan.documents.items() if file != f"{wave}.yaml"},
    )


def _period(session: Session, text: str) -> str:
    """Return a calendar in EDTF that was given so, or in words; end the run where it cannot be read for certain."""
    found = _read(text)
    if isinstance(found, Message):
        session.refuse(say("{option}: {fault}", option="--period", fault=found), _EXAMPLE)
    return found


_EXAMPLE = say("write its first and its last month: 2017-05/2018-12")


def _read(text: str) -> str | Message:
    """Return a calendar in EDTF, else what is wrong with it."""
    try:
        return edtf.parse(text).text
    except edtf.DateError:
        pass
    try:
        found = parser.read(text)
    except parser.WordsError as error:
        return error.message
    if not found.sure or found.repeat is not None:
        return next(iter(found.doubts), say("{value} is not the calendar of a wave", value=quoted(text)))
    return found.edtf


def _asked(session: Session, known: _Known, languages: Sequence[str]) -> _Known:
    """Return what is known with the answers of whoever sits at the terminal to what is missing."""
    title, slogan = dict(known.title), dict(known.slogan)
    for language in languages:
        if not known.title:
            _ask_text(session, title, language, say("Title ({language}):", language=language))
    period, announced = known.period, known.announced
    while period is None and not announced:
        typed = _answer(session, say("From which month to which? (May 2027 to December 2028; nothing: not known yet)"))
        found = _read(typed) if typed else ""
        if isinstance(found, Message):
            session.note(found)
            session.note(_EXAMPLE)
        else:
            period, announced = found or None, not found
    if announced:
        return known._replace(title=title, announced=True)
    for language in languages:
        if not known.slogan:
            _ask_text(session, slogan, language, say("Slogan ({language}; nothing: none yet):", language=language))
    tags = known.hashtags or _answer(session, say("Hashtags (nothing: none yet):")).replace(",", " ").split()
    return known._replace(title=title, slogan=slogan, period=period, hashtags=tags)


def _ask_text(session: Session, texts: dict[str, str], language: str, question: Message) -> None:
    typed = _answer(session, question)
    if typed:
        texts[language] = typed


def _answer(session: Session, question: Message) -> str:
    return answer(session, session.said(question))


def _written(known: _Known, languages: Sequence[str]) -> str:
    """Return the text of the file, laid out."""
    return whole(ordered(dict(_data(known, languages)), ()))


def _data(known: _Known, languages: Sequence[str]) -> Iterator[tuple[str, Any]]:
    yield "title", as_text(known.title, languages)
    yield "status", "announced" if known.announced else "active"
    if known.slogan:
        yield "slogan", as_text(known.slogan, languages)
    if known.hashtags:
        yield "hashtags", [f"#{tag.strip().lstrip('#')}" for tag in known.hashtags]
    if known.period:
        yield "period", known.period
