"""``wavectl moment show``: all that the plan says of a moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from wavectl.cli.common import Session, choice, shared
from wavectl.cli.moment.options import Told
from wavectl.cli.moment.resolve import found
from wavectl.diagnostics import phrase
from wavectl.editing.moments import standing, stated
from wavectl.editing.resolve_reference import Together, place_of, written
from wavectl.i18n.date_format import date_text
from wavectl.model import Moment, Place, Status, wording
from wavectl.model.types import LANGUAGE
from wavectl.render.context import Look
from wavectl.render.diagnostics import shown_path
from wavectl.text.escaping import program
from wavectl.text.terminal import printable
from wavectl.timeline import named

FORMS = ("text", "json")
_TEXTS = {
    "description": phrase("Description"),
    "outcome": phrase("Outcome"),
    "source": phrase("Source"),
    "owner": phrase("Owner"),
    "confirm_by": phrase("To be confirmed by"),
    "note": phrase("Note"),
}


@shared
def command(
    session: Session,
    moment: Told,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The form: text or json.")] = "text",  # noqa: A002
) -> None:
    """Show all that the plan says of a moment, for colleagues.

    Notes and owners too, which are never published.

    Example: wavectl moment show gwangju
    """
    choice(session, "--format", format, FORMS)
    one = found(session, moment, yes=True)
    if format == "json":
        session.write(_json(session, one.members), bytewise=True)
        return
    rows = list(_rows(session, one.members))
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        first, *others = text.split("\n")
        session.write("\n".join((f"{label:{width}}  {first}", *(f"{'':{width}}  {line}" for line in others))) + "\n")


def _rows(session: Session, members: Together) -> Iterator[tuple[str, str]]:
    """Return what there is to say of a moment, each with its label: first what holds for all, then by wave."""
    look = Look(session.languages)
    say_ = look.translate
    root = members[0].moment
    actors = [actor for member in members for actor in member.moment.actors]
    yield say_(phrase("Moment")), look.text(root.title)
    yield say_(phrase("Date")), f"{date_text(stated(members), look.language)} ({stated(members).text})"
    yield say_(phrase("Status")), look.status(standing(members))
    place = look.place(next((one.moment.place for one in members if one.moment.place), Place()))
    if place:
        yield say_(phrase("Place")), place
    if root.repeat:
        yield say_(phrase("Repeats")), root.repeat.text
    if actors:
        waves = [member.wave for member in members]
        names = (look.text(named(session.plan, actor, waves).name) or actor for actor in dict.fromkeys(actors))
        yield say_(phrase("Actors")), ", ".join(names)
    for member in members:
        file = session.plan.folder / session.plan.files[member.wave]
        span = session.plan.documents[file.name].locate(("moments", place_of(session.plan, member)))
        yield member.reference, f"{shown_path(file, session.home)}:{span.line}"
        yield from _own(member.moment, look)


def _own(moment: Moment, look: Look) -> Iterator[tuple[str, str]]:
    """Return what only the file of one wave says: its date, and what is never published."""
    if moment.when is not None:
        yield f"  {look.translate(phrase('Date'))}", date_text(moment.when, look.language)
    for field, label in _TEXTS.items():
        value = getattr(moment, field)
        if value is not None:
            lines = str(value) if field == "confirm_by" else _words(value, look)
            yield f"  {look.translate(label)}", "\n".join(map(printable, lines.strip().split("\n")))
    if moment.draft:
        yield f"  {look.translate(phrase('Draft'))}", look.translate(phrase("not published"))


def _words(value: str | dict[str, Any], look: Look) -> str:
    """Return a text in the reader's language; of the words of several facts, each behind the key of its fact."""
    if isinstance(value, dict) and not all(
        isinstance(one, str) and LANGUAGE.fullmatch(key) for key, one in value.items()
    ):
        return "\n".join(f"{key}: {wording(words, look.languages)}" for key, words in value.items())
    return wording(value, look.languages)


def _json(session: Session, members: Together) -> str:
    """Return what the files say of a moment, as they say it."""
    when, status = stated(members), standing(members)
    result = {
        "schema": "wavectl/moment/1",
        "when": when.text,
        "exact": when.exact,
        "firm": when.exact and status is Status.CONFIRMED,
        "status": status.value,
        "moments": [{"wave": one.wave, **written(session.plan, one)} for one in members],
    }
    return program(result)
