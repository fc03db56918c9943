"""``wavectl moment add``: add a moment to a wave."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import check_choice, parse_country, texts_by_language, to_translatable
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.moment import change
from wavectl.dates import edtf
from wavectl.diagnostics import msg, quoted
from wavectl.editing.moments import next_edition_data, note_line, state_doubt_once
from wavectl.editing.references import new_id
from wavectl.i18n.country_names import WrittenPlace, read_place
from wavectl.model import MomentKind, Status, Text, localized_text
from wavectl.timeline.ties import Member

_YEAR_SUFFIX = re.compile("-[0-9]{4}$")


def command(
    ctx: typer.Context,
    wave: Annotated[str, typer.Argument(metavar="WAVE", help="The wave of the new moment.")],
    title: Annotated[
        list[str] | None, typer.Option("--title", metavar="TEXT", help="The title; fr=… for one language.")
    ] = None,
    when: Annotated[
        str, typer.Option("--when", metavar="DATE", help="The date, in words or in EDTF, or the word unknown.")
    ] = "unknown",
    like_: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="MOMENT", help="Add a new edition of this moment, with its title, place and actors."
        ),
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="The id [made from the title].")] = None,  # noqa: A002
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="event, observance, deadline or publication [event].")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="confirmed, tentative, postponed or cancelled [confirmed]."),
    ] = None,
    place: Annotated[
        list[str] | None, typer.Option("--place", metavar="TEXT", help="The town or venue; fr=… for one language.")
    ] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="The country.")] = None,
    online: Annotated[bool, typer.Option("--online", help="The moment is held online.")] = False,
    actor: Annotated[list[str] | None, typer.Option("--actor", metavar="ID", help="An actor who takes part.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The web page.")] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Keep the moment out of everything that is published.")
    ] = False,
    note: change.NoteOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
) -> None:
    """Add a moment to a wave.

    Example: wavectl moment add housing --title "Forum urbain mondial" --when 2018-02 --country MY
    """
    console = open_console(ctx.obj)
    for option, value, known in (("--kind", kind, list(MomentKind)), ("--status", status, list(Status))):
        check_choice(console, option, value or known[0], known)
    app = load_app(ctx.obj, console, lock=ctx)
    (wave,) = app.resolve_waves([wave])
    app.require_valid([wave])
    base = change.resolve_moment(app, like_, yes=yes).named_member if like_ is not None else None
    date, unclear = change.parse_date_option(app, when, (base.moment.when if base else None) or edtf.UNKNOWN)
    values = {
        "title": _translatable_text(app, title),
        "place": _place_data(app, place or (), country, online=online),
        "kind": kind,
        "status": status,
        "actors": actor,
        "url": url,
        "draft": draft,
    }
    data = {
        **(next_edition_data(app.plan, base) if base else {}),
        **{key: value for key, value in values.items() if value},
    }
    if "title" not in data:
        app.console.fail(msg("the moment has no title"), msg("add --title, or --like with an earlier edition"))
    date = state_doubt_once(date, Status(status) if status else None)
    data |= {"id": _choose_id(app, wave, id, data["title"], base, date), "when": date.text}
    if note:
        data["note"] = note_line(note, app.today)
    number = len(app.plan.waves[wave].moments)
    shown = change.date_text(app, date, data.get("timezone") or app.plan.programme.timezone)
    app.console.write_message(
        msg("{moment}: added, {date}", moment=localized_text(data["title"], app.languages), date=shown)
    )
    ask = unclear and not yes and not dry_run
    apply_changes(app, edited_texts(app, {wave: {("moments", number): data}}), dry_run=dry_run, ask=ask)


def _translatable_text(app: AppContext, values: list[str] | None) -> Text | None:
    languages = app.plan.programme.languages
    texts = texts_by_language(values or (), app.console.requested_language or languages[0], languages)
    return to_translatable(texts, languages) if texts else None


def _place_data(app: AppContext, names: Sequence[str], country: str | None, *, online: bool) -> dict[str, Any]:
    """Return a place with the country, online or worldwide that its name ends with: Abidjan, Ivory Coast.

    One name counts in every language; names of several, or with a language before them, are by language.
    """
    languages = app.plan.programme.languages
    texts = texts_by_language(names, app.console.requested_language or languages[0], languages)
    places = {language: read_place(text) for language, text in texts.items()}
    codes = {code for place in places.values() for code in place.countries}
    code = parse_country(app.console, country) if country else next(iter(codes), None)
    if len(codes) > 1 and not country:
        app.console.fail(
            msg("{value} may be in several countries", value=quoted(", ".join(texts.values()))),
            msg("add --country with one of {choices}", choices=", ".join(sorted(codes))),
        )
    if codes and code not in codes:
        places = {language: WrittenPlace(text) for language, text in texts.items()}
    written = {language: place.name for language, place in places.items() if place.name}
    one_name = [*texts.values()] == [text.strip() for text in names]
    data = {
        "name": next(iter(written.values()), None) if one_name else to_translatable(written, languages),
        "country": code,
        "online": online or any(place.online for place in places.values()),
        "scope": "worldwide" if any(place.worldwide for place in places.values()) else None,
    }
    return {key: value for key, value in data.items() if value}


def _choose_id(
    app: AppContext, wave: str, requested: str | None, title: Text, base: Member | None, date: edtf.When
) -> str:
    """Return the requested id, else the id of the earlier edition with the new year, else one made from the title."""
    taken = {name for moment in app.plan.waves[wave].moments for name in (moment.id, *moment.was)}
    if requested is not None:
        change.check_id(app.console, requested, taken)
        return requested
    if base and date.earliest is not None:
        return new_id(f"{_YEAR_SUFFIX.sub('', base.moment.id)}-{date.earliest.year}", taken)
    return new_id(localized_text(title, app.plan.programme.languages), taken)
