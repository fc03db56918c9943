"""The options of ``moment add`` and ``moment edit`` that state facts of a moment: what each sets, how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from wavectl.cli.arguments import choose_by_name, labelled_texts, parse_choice, parse_day, parse_value
from wavectl.cli.context import AppContext
from wavectl.cli.facts import own_language, read_texts, read_title
from wavectl.diagnostics import msg, quoted
from wavectl.editing.facts import Edit, ListEdit, PlaceEdit, TranslationEdit, set_value
from wavectl.editing.references import find_by_name
from wavectl.i18n.country_names import WrittenPlace, read_place
from wavectl.model import MomentKind
from wavectl.spreadsheet.cell_values import IdLookup
from wavectl.spreadsheet.reader import InvalidCell
from wavectl.timeline.actors import actor_names

TitleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--title", metavar="TEXT", help="The title; fr=… for one language; repeat the option for another one."
    ),
]
ShortOption = Annotated[
    list[str] | None,
    typer.Option(
        "--short",
        metavar="TEXT",
        help="A short title, for phones and charts; fr=… for one language; repeat the option for another one.",
    ),
]
PlaceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--place", metavar="TEXT", help="The town or venue; fr=… for one language; repeat the option for another one."
    ),
]
CountryOption = Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="The country.")]
OnlineOption = Annotated[
    bool | None, typer.Option("--online/--no-online", help="The moment is online, or people can take part online.")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="event, observance, deadline or publication.")
]
ActorOption = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="ID", help="An actor who takes part; repeat the option for another one."),
]
PriorityOption = Annotated[
    list[str] | None,
    typer.Option("--priority", metavar="ID", help="A strategic priority; repeat the option for another one."),
]
UrlOption = Annotated[str | None, typer.Option("--url", metavar="URL", help="The web page.")]
DescriptionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--description",
        metavar="TEXT",
        help="What it is about; fr=… for one language; repeat the option for another one.",
    ),
]
OutcomeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        metavar="TEXT",
        help="What came of it, once it is over; fr=… for one language; repeat the option for another one.",
    ),
]
TimezoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="The time zone of its hours: Asia/Seoul.")
]
OwnerOption = Annotated[
    list[str] | None, typer.Option("--owner", metavar="NAME", help="Who looks after it; never published.")
]
ConfirmByOption = Annotated[
    str | None,
    typer.Option("--confirm-by", metavar="DATE", help="The day by which its date must be firm; never published."),
]
DraftOption = Annotated[
    bool | None, typer.Option("--draft/--no-draft", help="Keep the moment out of everything that is published.")
]
AddActorOption = Annotated[
    list[str] | None, typer.Option("--add-actor", metavar="ID", help="One more actor; the others stay.")
]
RemoveActorOption = Annotated[
    list[str] | None, typer.Option("--remove-actor", metavar="ID", help="An actor who does not take part any more.")
]
AddPriorityOption = Annotated[
    list[str] | None, typer.Option("--add-priority", metavar="ID", help="One more priority; the others stay.")
]
RemovePriorityOption = Annotated[
    list[str] | None, typer.Option("--remove-priority", metavar="ID", help="A priority that it does not serve.")
]


@dataclass(frozen=True)
class MomentFacts:
    """The values of the options that state facts, as typed; None for one that is not given."""

    title: list[str] | None = None
    short: list[str] | None = None
    place: list[str] | None = None
    country: str | None = None
    online: bool | None = None
    kind: str | None = None
    actor: list[str] | None = None
    priority: list[str] | None = None
    url: str | None = None
    description: list[str] | None = None
    outcome: list[str] | None = None
    timezone: str | None = None
    owner: list[str] | None = None
    confirm_by: str | None = None
    draft: bool | None = None


@dataclass(frozen=True)
class MomentChanges(MomentFacts):
    """The same, with options that change a list instead of replacing it."""

    add_actor: list[str] | None = None
    remove_actor: list[str] | None = None
    add_priority: list[str] | None = None
    remove_priority: list[str] | None = None


def read_facts(app: AppContext, facts: MomentFacts, wave: str, *, yes: bool) -> tuple[dict[str, Edit], bool]:
    """Return the edits of a moment of a wave that options ask for, by key; end the run if a value is not valid.

    Return too whether a person still has to confirm the actors, which words may mean. An empty value removes the key.
    """
    edits: dict[str, Edit] = {}
    for key, read in _READERS.items():
        value = getattr(facts, key)
        if value is not None and value != []:
            edits[key] = set_value(None) if value == "" else read(app, value)
    if facts.place or facts.country is not None or facts.online is not None:
        edits["place"] = _read_place(app, facts)
    lookup, asks = IdLookup(app.plan), False

    def find_actors(text: str) -> Sequence[str]:
        nonlocal asks
        ids = lookup.actor_ids(text, wave)
        if not isinstance(ids, InvalidCell):
            return ids
        id_, ask = choose_by_name(app.console, text, actor_names(app.plan, wave), ids.message, yes=yes)
        asks = asks or ask
        return [id_]

    for key, field, find in (("actors", "actor", find_actors), ("priorities", "priority", lookup.priority_ids)):
        lists = [getattr(facts, name, None) for name in (field, f"add_{field}", f"remove_{field}")]
        if any(lists):
            replaced, added, removed = (_read_ids(app, texts or (), find) for texts in lists)
            edits[key] = ListEdit(replaced if lists[0] else None, added, removed)
    return edits, asks


def _read_owner(app: AppContext, values: Sequence[str]) -> Edit:
    """Return the edit of the owner: the id of an actor whose whole name is given, else a text."""
    found, is_whole = find_by_name(values[0], actor_names(app.plan)) if len(values) == 1 else ([], False)
    return set_value(found[0]) if is_whole else read_texts(app, values, is_name=True)


_READERS: Mapping[str, Callable[[AppContext, Any], Edit]] = {
    "title": read_title,
    "short": read_texts,
    "kind": lambda app, text: set_value(parse_choice(app.console, "--kind", text, list(MomentKind))),
    "url": lambda app, text: set_value(parse_value(app.console, "--url", "url", text)),
    "description": read_texts,
    "outcome": read_texts,
    "timezone": lambda app, text: set_value(parse_value(app.console, "--timezone", "zone", text)),
    "owner": _read_owner,
    "confirm_by": lambda app, text: set_value(str(parse_day(app.console, text, "--confirm-by", app.today))),
    "draft": lambda _, value: set_value(value or None),
}
"""How the option of a key is read, where one option sets it by itself."""


def _read_ids(
    app: AppContext, texts: Sequence[str], find: Callable[[str], Sequence[str] | InvalidCell]
) -> Sequence[str]:
    """Return the ids of actors or priorities, which are named by their ids or by any of their names."""
    ids: list[str] = []
    for text in texts:
        found = find(text)
        if isinstance(found, InvalidCell):
            app.console.fail(*found)
        ids += found
    return ids


def _read_place(app: AppContext, facts: MomentFacts) -> Edit:
    """Return the edit of a place with the country, online or worldwide that its name ends with: Abidjan, Ivory Coast.

    One name counts in every language; names of several, or with a language before them, are by language.
    """
    languages = app.plan.programme.languages
    own = own_language(app)
    texts = labelled_texts(facts.place or (), (own, *languages))
    places = {language: read_place(text) for language, text in texts.items()}
    codes = {code for place in places.values() for code in place.countries}
    code = parse_value(app.console, "--country", "country", facts.country) if facts.country else next(iter(codes), None)
    if len(codes) > 1 and facts.country is None:
        app.console.fail(
            msg("{value} may be in several countries", value=quoted(", ".join(texts.values()))),
            msg("add --country with one of {choices}", choices=", ".join(sorted(codes))),
        )
    is_town = facts.country and any(place.countries and not place.name for place in places.values())  # Tunis, Panama
    if codes and (code not in codes or is_town):
        places = {language: WrittenPlace(text) for language, text in texts.items()}
    where: dict[str, Any] = {}
    if code or facts.country == "":
        where["country"] = code
    if facts.online is not None or any(place.online for place in places.values()):
        where["online"] = facts.online is not False or None
    if any(place.name for place in places.values()):
        where["scope"] = None
    if any(place.worldwide for place in places.values()):
        where["scope"] = "worldwide"
    names = {language: place.name for language, place in places.items()}
    return PlaceEdit(TranslationEdit(names, own, languages, is_name=True) if names else None, where)
