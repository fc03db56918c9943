"""What there is to do, the most urgent first: the schema ``wavectl/todo/1``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wavectl.diagnostics import Message, msg
from wavectl.i18n.date_format import format_date
from wavectl.i18n.place_names import language_name
from wavectl.insights.page_parts import edtf_day, iso, moment_data, wave_names
from wavectl.insights.todo import DateToFirm, MissingOutcome, MissingTranslations, Todo
from wavectl.model import Status, Text, localized_text
from wavectl.render.context import RenderContext, date_state
from wavectl.render.document.page import Cell, Column, Page, Section, build_table, legend, mark_cell, page_line
from wavectl.timeline import UnconfirmedActor, to_local_time

SCHEMA = "wavectl/todo/1"
_MAX_NAMED_TEXTS = 5
"""How many texts that lack a language are named, before the rest is counted."""


def build_page(facts: Todo, context: RenderContext, limit: int | None) -> Page:
    """Return the list."""
    late, ahead = facts.overdue, facts.dates[len(facts.overdue) :]
    made = [
        _dates(context.translate("Overdue"), late, facts, context, limit),
        _dates(context.translate("Dates to firm up"), _group_by_owner(ahead), facts, context, limit),
        _actors(facts.actors, context, limit),
        _outcomes(facts.outcomes, context, limit),
        _translations(facts.translations, context, limit),
    ]
    said = msg("to do: {count}, overdue: {late}", count=facts.total, late=len(late))
    title = context.format_message(msg("To do on {day}", day=edtf_day(facts.today)))
    states = [date_state(one.when, one.status) for one in (*late[:limit], *ahead[:limit])]
    return Page(
        f"{title}, {facts.owner}" if facts.owner else title,
        (page_line(Cell(context.format_message(said), "late" if late else "")),),
        tuple(section for section in made if section),
        legend(states, context),
    )


def _group_by_owner(dates: Sequence[DateToFirm]) -> list[DateToFirm]:
    """Return the dates of each person together, who has the most urgent one first; those of nobody last."""
    order: dict[str, int] = {}
    for place, one in enumerate(dates):
        order.setdefault(_owner_key(one.owner), place)
    return sorted(dates, key=lambda one: (one.owner is None, order[_owner_key(one.owner)]))


def _owner_key(owner: Text | None) -> str:
    return localized_text(owner, ())


def _dates(
    heading: str, dates: Sequence[DateToFirm], facts: Todo, context: RenderContext, limit: int | None
) -> Section | None:
    if not dates:
        return None
    translate = context.translate
    owned = any(one.owner for one in facts.dates)
    columns = [
        Column(min_width=1),
        Column(translate("Firm by")),
        Column(translate("Left"), min_width=8),
        Column(translate("Moment")),
        Column(translate("Date")),
        Column(translate("Wave"), min_width=9),
    ]

    def row(one: DateToFirm) -> Iterator[Cell]:
        kind = date_state(one.when, one.status)
        yield mark_cell(kind)
        style = "late" if one.due and one.due <= facts.today else ""
        yield Cell(
            format_date(edtf_day(one.due), context.language) if one.due else translate("as soon as known"), style
        )
        yield Cell(context.format_message(_describe_days_left((one.due - facts.today).days)) if one.due else "", style)
        yield Cell(context.text(one.group.short or one.group.title), "title")
        yield Cell(_date_with_status(one, context), kind)
        yield Cell(wave_names(one.group), "aside")
        if owned:
            yield Cell(context.text(one.owner) or "-", "" if one.owner else "aside")

    if owned:
        columns.append(Column(translate("Owner")))
    return Section(heading, (build_table(columns, dates, row, limit),))


def _describe_days_left(days: int) -> Message:
    """Return how many days are left, or since when there are none."""
    if days > 0:
        return msg("1 day") if days == 1 else msg("{count} days", count=days)
    if days == 0:
        return msg("today")
    return msg("1 day late") if days == -1 else msg("{count} days late", count=-days)


def _date_with_status(item: DateToFirm, context: RenderContext) -> str:
    said = format_date(to_local_time(item.when, item.group.zone), context.language)
    if item.status is Status.CONFIRMED:
        return said
    return f"{said} ({context.status(item.status)})"


def _actors(actors: Sequence[UnconfirmedActor], context: RenderContext, limit: int | None) -> Section | None:
    if not actors:
        return None
    columns = (Column(min_width=1), Column(context.translate("Actor")), Column(context.translate("Wave"), min_width=9))

    def row(one: UnconfirmedActor) -> tuple[Cell, ...]:
        return mark_cell("open"), Cell(context.text(one.name), "title"), Cell(one.wave, "aside")

    return Section(context.translate("Actors to confirm"), (build_table(columns, actors, row, limit),))


def _outcomes(outcomes: Sequence[MissingOutcome], context: RenderContext, limit: int | None) -> Section | None:
    if not outcomes:
        return None
    translate = context.translate
    owned = any(one.owner for one in outcomes)
    columns = [Column(translate("Date")), Column(translate("Moment")), Column(translate("Wave"), min_width=9)]

    def row(one: MissingOutcome) -> Iterator[Cell]:
        yield Cell(format_date(to_local_time(one.when, one.group.zone), context.language))
        yield Cell(context.text(one.group.short or one.group.title), "title")
        yield Cell(wave_names(one.group), "aside")
        if owned:
            yield Cell(context.text(one.owner) or "-")

    if owned:
        columns.append(Column(translate("Owner")))
    return Section(
        translate("Over, and nobody has said what came of it"), (build_table(columns, outcomes, row, limit),)
    )


def _translations(
    translations: Sequence[MissingTranslations], context: RenderContext, limit: int | None
) -> Section | None:
    if not translations:
        return None
    translate = context.translate
    columns = (
        Column(translate("Wave"), min_width=9),
        Column(translate("Language"), min_width=8),
        Column(translate("Lacking"), align_right=True),
        Column(translate("Texts")),
    )

    def row(one: MissingTranslations) -> Iterator[Cell]:
        yield Cell(one.wave or translate("The programme"), "aside")
        yield Cell(language_name(one.language, context.language))
        yield Cell(str(len(one.missing)))
        named = ", ".join(text.name for text in one.missing[:_MAX_NAMED_TEXTS])
        more = len(one.missing) - _MAX_NAMED_TEXTS
        yield Cell(
            context.format_message(msg("{list} and {count} more", list=named, count=more)) if more > 0 else named
        )

    return Section(translate("Texts to translate"), (build_table(columns, translations, row, limit),))


# -- for programs


def as_data(facts: Todo, context: RenderContext) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "owner": facts.owner,
        "summary": {"things": facts.total, "overdue": len(facts.overdue)},
        "dates": [_to_firm_data(one, facts, context) for one in facts.dates],
        "actors": [
            {"wave": one.wave, "id": one.actor_id, "name": localized_text(one.name, context.languages)}
            for one in facts.actors
        ],
        "outcomes": [
            {**moment_data(one.group, one.when, context), "owner": _owner_name(one.owner, context)}
            for one in facts.outcomes
        ],
        "translations": [
            {
                "wave": one.wave,
                "language": one.language,
                "lacking": len(one.missing),
                "wanted": one.total,
                "texts": [text.name for text in one.missing],
            }
            for one in facts.translations
        ],
    }


def _to_firm_data(item: DateToFirm, facts: Todo, context: RenderContext) -> dict[str, Any]:
    return {
        **moment_data(item.group, item.when, context),
        "status": item.status.value,
        "due": iso(item.due),
        "stated": item.due_is_stated,
        "days": (item.due - facts.today).days if item.due else None,
        "overdue": item.due is not None and item.due <= facts.today,
        "owner": _owner_name(item.owner, context),
    }


def _owner_name(owner: Text | None, context: RenderContext) -> str | None:
    return localized_text(owner, context.languages) or None
