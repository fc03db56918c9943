"""What there is to do in a plan: dates to firm up, actors to ask, outcomes to write, texts to translate.

What a wave may leave as it is, with its reason under ``waive``, is not among it; of waves that are only announced,
the translation of the title is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import language_name
from wavectl.insights.page_parts import edtf_day, iso, moment_data, wave_names
from wavectl.model import Status, Text, WaveStatus, all_translations, localized_text
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, date_state
from wavectl.render.page import Cell, Column, Page, Section, build_table, legend, mark_cell, page_line
from wavectl.text.suggest import normalize_name
from wavectl.timeline import (
    SCHEDULED_STATUSES,
    MomentGroup,
    UnconfirmedActor,
    firm_by_date,
    needs_firming,
    next_date,
    resolve_groups,
    to_local_time,
    unconfirmed_actors,
)


class DateToFirm(NamedTuple):
    """A date to be firmed up: what is known of it, by which day it should be firm (None: no telling), who sees to it.

    ``stated`` tells whether the plan names that day itself.
    """

    group: MomentGroup
    when: When
    status: Status
    due: date | None
    due_is_stated: bool
    owner: Text | None


class MissingOutcome(NamedTuple):
    """A moment that is over and of which nobody has written what came of it: when it was, who sees to it."""

    group: MomentGroup
    when: When
    owner: Text | None


class MissingTranslations(NamedTuple):
    """The texts of a wave, or of the programme (None), that lack a language, out of so many."""

    wave: str | None
    language: str
    missing: tuple[TranslatableText, ...]
    total: int


class Todo(NamedTuple):
    """What there is to do, each list in the order in which to do it; ``owner``: whose list it is, None for all."""

    today: date
    owner: str | None
    dates: tuple[DateToFirm, ...]
    actors: tuple[UnconfirmedActor, ...]
    outcomes: tuple[MissingOutcome, ...]
    translations: tuple[MissingTranslations, ...]

    @property
    def overdue(self) -> tuple[DateToFirm, ...]:
        """The dates that should be firm by now."""
        return tuple(one for one in self.dates if one.due is not None and one.due <= self.today)

    @property
    def total(self) -> int:
        """How many things there are to do; each text and language counts."""
        listed = len(self.dates) + len(self.actors) + len(self.outcomes)
        return listed + sum(len(one.missing) for one in self.translations)


def build_todo(plan: Plan, today: date, owner: str | None = None) -> Todo:
    """Return what there is to do; with ``owner``, of the moments that are in that person's hands alone."""
    own = OwnerIndex(plan)
    mine = [
        (group, _owner(group)) for group in resolve_groups(plan, drafts=True) if not _is_only_announced(plan, group)
    ]
    if owner is not None:
        mine = [(group, whose) for group, whose in mine if own.matches(whose, owner)]
    named = tuple(own.display_name(whose) for _, whose in mine)
    dates = [
        one for (group, _), whose in zip(mine, named, strict=True) for one in _dates_to_firm(plan, group, whose, today)
    ]
    told = [
        one for (group, _), whose in zip(mine, named, strict=True) for one in _missing_outcomes(group, whose, today)
    ]
    dates.sort(key=lambda one: (one.due or date.max, one.when.earliest or date.max, one.group.root.reference))
    told.sort(key=lambda one: (-(one.when.last_known or date.min).toordinal(), one.group.root.reference))
    if owner is not None:
        return Todo(today, owner, tuple(dates), (), tuple(told), ())
    return Todo(
        today, None, tuple(dates), tuple(_actors_to_confirm(plan)), tuple(told), tuple(_missing_translations(plan))
    )


def _is_only_announced(plan: Plan, group: MomentGroup) -> bool:
    return all(plan.waves[wave].status is WaveStatus.ANNOUNCED for wave in group.waves)


def _owner(group: MomentGroup) -> Text | None:
    return next((member.moment.owner for member in group.members if member.moment.owner), None)


class OwnerIndex:
    """Whose hands moments are in: a name, or the id of an actor."""

    def __init__(self, plan: Plan) -> None:
        self._actor_names: dict[str, tuple[Text, list[str]]] = {}
        for actor_id, actor in plan.programme.actors.items():
            aliases = [word for one in actor.aliases for word in all_translations(one)]
            called = [actor_id, *all_translations(actor.name), *all_translations(actor.short), *aliases]
            self._actor_names[actor_id] = actor.short or actor.name, called
        self._owners = [m.owner for wave in plan.waves.values() for _, m in wave.moments_with("owner") if m.owner]
        for wave in plan.waves.values():
            for own in wave.actors:
                if own.id and own.name and own.id not in self._actor_names:
                    self._actor_names[own.id] = (
                        own.short or own.name,
                        [own.id, *all_translations(own.name), *all_translations(own.short)],
                    )

    def display_name(self, owner: Text | None) -> Text | None:
        """Return what an owner is called: an actor by name."""
        return self._actor_names[owner][0] if isinstance(owner, str) and owner in self._actor_names else owner

    def matches(self, owner: Text | None, asked: str) -> bool:
        """Tell whether an owner is the one asked for, by any name, whatever its accents and capitals."""
        return normalize_name(asked) in {normalize_name(one) for one in self._names_of(owner)}

    def names(self) -> list[str]:
        """Return the names of those in whose hands something is, each once."""
        return list(
            dict.fromkeys(text for owner in self._owners for text in all_translations(self.display_name(owner)))
        )

    def has_tasks(self, asked: str) -> bool:
        """Tell whether anything in the plan is in the hands of the one asked for."""
        return any(self.matches(owner, asked) for owner in self._owners)

    def _names_of(self, owner: Text | None) -> Sequence[str]:
        return (
            self._actor_names[owner][1]
            if isinstance(owner, str) and owner in self._actor_names
            else all_translations(owner)
        )


def _dates_to_firm(plan: Plan, group: MomentGroup, owner: Text | None, today: date) -> Iterator[DateToFirm]:
    """Return the date of a moment if it is to be firmed up; of one that repeats the next."""
    if all(plan.waves[member.wave].waives("stale-date", member.moment.id) for member in group.members):
        return
    times = [(one.when, one.status) for one in group.occurrences]
    ahead = next_date(times, today)
    confirm_by = next((member.moment.confirm_by for member in group.members if member.moment.confirm_by), None)
    if ahead is None:  # no date at all, or an old one: these need a new one
        ahead = next(((when, how) for when, how in times if how is Status.POSTPONED or when.start is None), None)
        if ahead is None or ahead[1] is Status.CANCELLED:
            return
        limit = confirm_by.latest if confirm_by else None
    elif needs_firming(*ahead):
        limit = firm_by_date(ahead[0], confirm_by)
    else:
        return
    yield DateToFirm(group, *ahead, limit, confirm_by is not None, owner)


def _missing_outcomes(group: MomentGroup, owner: Text | None, today: date) -> Iterator[MissingOutcome]:
    """Return a moment that is over, every time of it, without a word of what came of it."""
    if any(member.moment.outcome for member in group.members):
        return
    held = [one for one in group.occurrences if one.status in SCHEDULED_STATUSES]
    ends = [one.local.latest for one in held if one.local.latest]
    if ends and len(ends) == len(held) and max(ends) < today:  # without an end, nobody knows that it is over
        yield MissingOutcome(group, next(one.when for one in held if one.local.latest == max(ends)), owner)


def _actors_to_confirm(plan: Plan) -> Iterator[UnconfirmedActor]:
    for one in unconfirmed_actors(plan):
        wave = plan.waves[one.wave]
        if wave.status is not WaveStatus.ANNOUNCED and not wave.waives("unconfirmed-actor", one.actor_id or ""):
            yield one


def _missing_translations(plan: Plan) -> Iterator[MissingTranslations]:
    parts: list[tuple[str | None, Iterator[TranslatableText]]] = []
    if plan.programme_file is not None:
        parts.append((None, programme_texts(plan.programme)))
    for wave_id, wave in plan.waves.items():
        if not wave.waives("missing-translation"):
            parts.append((wave_id, wave_texts(wave, announced=wave.status is WaveStatus.ANNOUNCED)))
    for wave_id_or_none, spoken in parts:
        listed = list(spoken)
        for language in plan.programme.languages:
            lacking = tuple(one for one in listed if one.lacks(language))
            if lacking:
                yield MissingTranslations(wave_id_or_none, language, lacking, len(listed))


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
