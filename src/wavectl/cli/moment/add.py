"""``wavectl moment add``: adds a moment to a wave."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.apply_changes import settle, wished
from wavectl.cli.common import Session, choice, shared
from wavectl.cli.moment.date_option import told_date
from wavectl.cli.moment.options import DryRun, Said, Yes, check_id
from wavectl.cli.moment.resolve import found
from wavectl.cli.text_options import as_text, by_language
from wavectl.dates import edtf
from wavectl.diagnostics import say
from wavectl.editing.moments import like, remark
from wavectl.editing.slugs import new_id
from wavectl.i18n.date_format import date_text
from wavectl.model import Kind, Status, Text, wording
from wavectl.timeline import Member

_OF_A_YEAR = re.compile("-[0-9]{4}$")


@shared
def command(
    session: Session,
    wave: Annotated[str, typer.Argument(metavar="WAVE", help="The wave that it belongs to.")],
    title: Annotated[
        list[str] | None, typer.Option("--title", metavar="TEXT", help="The title; fr=… says in which language.")
    ] = None,
    when: Annotated[
        str, typer.Option("--when", metavar="DATE", help="The date, in words or in EDTF; unknown if it is not known.")
    ] = "unknown",
    like_: Annotated[
        str | None,
        typer.Option("--like", metavar="MOMENT", help="Take title, place and actors from this one: a new edition."),
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id [made of the title].")] = None,  # noqa: A002
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="event, observance, deadline or publication [event].")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="confirmed, tentative, postponed or cancelled [confirmed]."),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", metavar="TEXT", help="The town or house; fr=… says the language.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="The country, in two letters.")] = None,
    online: Annotated[bool, typer.Option("--online", help="It is held online.")] = False,
    actor: Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="Somebody who takes part.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Its page.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Keep it out of all that is published.")] = False,
    said: Said = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Add a moment to a wave.

    Example: wavectl moment add housing --title "Forum urbain mondial" --when 2018-02 --country MY
    """
    for option, value, known in (("--kind", kind, list(Kind)), ("--status", status, list(Status))):
        choice(session, option, value or known[0], known)
    (wave,) = session.waves([wave])
    session.sound([wave], rules.errors(session.plan))
    base = found(session, like_, yes=yes).named if like_ is not None else None
    date, unclear = told_date(session, when, (base.moment.when if base else None) or edtf.UNKNOWN)
    where = {"name": _text(session, place), "country": country, "online": online or None}
    told = {
        "title": _text(session, title),
        "place": {key: value for key, value in where.items() if value is not None},
        "kind": kind,
        "status": status,
        "actors": actor,
        "url": url,
        "draft": draft,
    }
    data = {**(like(session.plan, base) if base else {}), **{key: value for key, value in told.items() if value}}
    if "title" not in data:
        session.refuse(say("the moment has no title"), say("add --title, or --like with a moment that it resembles"))
    data |= {"id": _id(session, wave, id, data["title"], base, date), "when": date.text}
    if said:
        data["note"] = remark(said, session.today)
    number = len(session.plan.waves[wave].moments)
    shown = date_text(date, session.languages[0])
    session.note(say("{moment}: added, {date}", moment=wording(data["title"], session.languages), date=shown))
    ask = unclear and not yes and not dry_run
    settle(session, wished(session, {wave: {("moments", number): data}}), dry_run=dry_run, ask=ask)


def _text(session: Session, given: list[str] | None) -> Text | None:
    languages = session.plan.programme.languages
    texts = by_language(session, given or (), languages)
    return as_text(texts, languages) if texts else None


def _id(session: Session, wave: str, asked: str | None, title: Text, base: Member | None, date: edtf.When) -> str:
    """Return the id of a new moment: the one asked for, an earlier edition's with the year, or one of the title."""
    taken = {name for moment in session.plan.waves[wave].moments for name in (moment.id, *moment.was)}
    if asked is not None:
        check_id(session, asked, taken)
        return asked
    if base and date.earliest is not None:
        return new_id(f"{_OF_A_YEAR.sub('', base.moment.id)}-{date.earliest.year}", taken)
    return new_id(wording(title, session.plan.programme.languages), taken)
