"""What there is to do, the most urgent first: the schema ``wavectl/todo/1``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wavectl.diagnostics import Message, say
from wavectl.i18n.date_format import date_text
from wavectl.i18n.place_names import language_name
from wavectl.insights.page_parts import day_of, iso, moment, wave_names
from wavectl.insights.todo import Todo, ToFirm, ToTell, ToTranslate
from wavectl.model import Status, Text, wording
from wavectl.render.context import Look, state_of
from wavectl.render.document.page import Cell, Column, Page, Section, legend, line, listed, mark
from wavectl.timeline import Unconfirmed, local

SCHEMA = "wavectl/todo/1"
_NAMED = 5
"""How many texts that lack a language are named, before the rest is counted."""


def page(facts: Todo, look: Look, limit: int | None) -> Page:
    """Return the list."""
    late, ahead = facts.late, facts.dates[len(facts.late) :]
    made = [
        _dates(look.translate("Overdue"), late, facts, look, limit),
        _dates(look.translate("Dates to firm up"), _by_owner(ahead), facts, look, limit),
        _actors(facts.actors, look, limit),
        _outcomes(facts.outcomes, look, limit),
        _translations(facts.translations, look, limit),
    ]
    said = say("to do: {count}, overdue: {late}", count=facts.things, late=len(late))
    title = look.tell(say("To do on {day}", day=day_of(facts.today)))
    states = [state_of(one.when, one.status) for one in (*late[:limit], *ahead[:limit])]
    return Page(
        f"{title}, {facts.owner}" if facts.owner else title,
        (line(Cell(look.tell(said), "late" if late else "")),),
        tuple(section for section in made if section),
        legend(states, look),
    )


def _by_owner(dates: Sequence[ToFirm]) -> list[ToFirm]:
    """Return the dates of each person together, who has the most urgent one first; those of nobody last."""
    order: dict[str, int] = {}
    for place, one in enumerate(dates):
        order.setdefault(_key(one.owner), place)
    return sorted(dates, key=lambda one: (one.owner is None, order[_key(one.owner)]))


def _key(owner: Text | None) -> str:
    return wording(owner, ())


def _dates(heading: str, dates: Sequence[ToFirm], facts: Todo, look: Look, limit: int | None) -> Section | None:
    if not dates:
        return None
    translate = look.translate
    owned = any(one.owner for one in facts.dates)
    columns = [
        Column(least=1),
        Column(translate("Firm by")),
        Column(translate("Left"), least=8),
        Column(translate("Moment")),
        Column(translate("Date")),
        Column(translate("Wave"), least=9),
    ]

    def row(one: ToFirm) -> Iterator[Cell]:
        kind = state_of(one.when, one.status)
        yield mark(kind)
        style = "late" if one.due and one.due <= facts.today else ""
        yield Cell(date_text(day_of(one.due), look.language) if one.due else translate("as soon as known"), style)
        yield Cell(look.tell(_left((one.due - facts.today).days)) if one.due else "", style)
        yield Cell(look.text(one.group.short or one.group.title), "title")
        yield Cell(_date(one, look), kind)
        yield Cell(wave_names(one.group), "aside")
        if owned:
            yield Cell(look.text(one.owner) or "-", "" if one.owner else "aside")

    if owned:
        columns.append(Column(translate("Owner")))
    return Section(heading, (listed(columns, dates, row, limit),))


def _left(days: int) -> Message:
    """Return how many days are left, or since when there are none."""
    if days > 0:
        return say("1 day") if days == 1 else say("{count} days", count=days)
    if days == 0:
        return say("today")
    return say("1 day late") if days == -1 else say("{count} days late", count=-days)


def _date(one: ToFirm, look: Look) -> str:
    said = date_text(local(one.when, one.group.zone), look.language)
    if one.status is Status.CONFIRMED:
        return said
    return f"{said} ({look.status(one.status)})"


def _actors(actors: Sequence[Unconfirmed], look: Look, limit: int | None) -> Section | None:
    if not actors:
        return None
    columns = (Column(least=1), Column(look.translate("Actor")), Column(look.translate("Wave"), least=9))

    def row(one: Unconfirmed) -> tuple[Cell, ...]:
        return mark("open"), Cell(look.text(one.name), "title"), Cell(one.wave, "aside")

    return Section(look.translate("Actors to confirm"), (listed(columns, actors, row, limit),))


def _outcomes(outcomes: Sequence[ToTell], look: Look, limit: int | None) -> Section | None:
    if not outcomes:
        return None
    translate = look.translate
    owned = any(one.owner for one in outcomes)
    columns = [Column(translate("Date")), Column(translate("Moment")), Column(translate("Wave"), least=9)]

    def row(one: ToTell) -> Iterator[Cell]:
        yield Cell(date_text(local(one.when, one.group.zone), look.language))
        yield Cell(look.text(one.group.short or one.group.title), "title")
        yield Cell(wave_names(one.group), "aside")
        if owned:
            yield Cell(look.text(one.owner) or "-")

    if owned:
        columns.append(Column(translate("Owner")))
    return Section(translate("Over, and nobody has said what came of it"), (listed(columns, outcomes, row, limit),))


def _translations(translations: Sequence[ToTranslate], look: Look, limit: int | None) -> Section | None:
    if not translations:
        return None
    translate = look.translate
    columns = (
        Column(translate("Wave"), least=9),
        Column(translate("Language"), least=8),
        Column(translate("Lacking"), right=True),
        Column(translate("Texts")),
    )

    def row(one: ToTranslate) -> Iterator[Cell]:
        yield Cell(one.wave or translate("The programme"), "aside")
        yield Cell(language_name(one.language, look.language))
        yield Cell(str(len(one.lacking)))
        named = ", ".join(text.name for text in one.lacking[:_NAMED])
        more = len(one.lacking) - _NAMED
        yield Cell(look.tell(say("{list} and {count} more", list=named, count=more)) if more > 0 else named)

    return Section(translate("Texts to translate"), (listed(columns, translations, row, limit),))


# -- for programs


def data(facts: Todo, look: Look) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "owner": facts.owner,
        "summary": {"things": facts.things, "overdue": len(facts.late)},
        "dates": [_to_firm(one, facts, look) for one in facts.dates],
        "actors": [
            {"wave": one.wave, "id": one.actor, "name": wording(one.name, look.languages)} for one in facts.actors
        ],
        "outcomes": [{**moment(one.group, one.when, look), "owner": _owner(one.owner, look)} for one in facts.outcomes],
        "translations": [
            {
                "wave": one.wave,
                "language": one.language,
                "lacking": len(one.lacking),
                "wanted": one.wanted,
                "texts": [text.name for text in one.lacking],
            }
            for one in facts.translations
        ],
    }


def _to_firm(one: ToFirm, facts: Todo, look: Look) -> dict[str, Any]:
    return {
        **moment(one.group, one.when, look),
        "status": one.status.value,
        "due": iso(one.due),
        "stated": one.stated,
        "days": (one.due - facts.today).days if one.due else None,
        "overdue": one.due is not None and one.due <= facts.today,
        "owner": _owner(one.owner, look),
    }


def _owner(owner: Text | None, look: Look) -> str | None:
    return wording(owner, look.languages) or None
