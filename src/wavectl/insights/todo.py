"""The tasks in a plan: dates to firm up, actors to confirm, outcomes to write, texts to translate.

A task that a wave waives with a reason is left out. A wave that is only announced needs its title translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg, phrase
from wavectl.i18n.names import format_number, language_name
from wavectl.insights.progress import moment_data, text_data
from wavectl.model import Status, Text, WaveStatus, all_translations, localized_text
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, date_state, entry_state
from wavectl.render.page import Cell, Column, Page, Section, legend, mark_cell, styled_line, table_section
from wavectl.timeline.actors import UnconfirmedActor, actor_names, known_actors, unconfirmed_actors
from wavectl.timeline.entries import NOBODY_NAMED, OTHER_MOMENTS, Entry, Filter, build_timeline
from wavectl.timeline.firm_by import FIRM_LEAD_TIME, firm_by_date, is_firm, next_date
from wavectl.timeline.groups import MomentGroup, group_key, resolve_groups, to_local_time
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

SOON_DAYS = 7
"""How many days after today still count as soon: through the same day of next week."""
MAX_SHORT_DAYS = 31
"""How many days the stretch of a date that is not exact may have, to be listed among what happens soon."""


class DateToFirm(NamedTuple):
    """A date to firm up: what is known of it, the day by which it should be firm (None: unknown), and its owner.

    ``due_is_stated`` is true if the plan states that day (``confirm_by``).
    """

    group: MomentGroup
    when: When
    status: Status
    due: date | None
    due_is_stated: bool
    owner: Text | None


class MissingOutcome(NamedTuple):
    """A past moment without an outcome, its date and its owner."""

    group: MomentGroup
    when: When
    owner: Text | None


class MissingTranslations(NamedTuple):
    """The texts of a wave, or of the programme (None), that are missing in a language, and the total of its texts."""

    wave: str | None
    language: str
    missing: tuple[TranslatableText, ...]
    total: int


class ActionTasks(NamedTuple):
    """How many local actions of a wave are to review, are over without a result, are likely one, or are not delivered.

    ``twins`` are pairs that are likely one action, ``missing`` actions that their source no longer delivers.
    """

    wave: str
    to_review: int
    without_result: int
    twins: int
    missing: int


class Todo(NamedTuple):
    """All tasks, each list in order of day.

    ``owner`` and ``actor`` are the person and the actor whose list it is, or None; ``actor_name`` is the actor's name.
    ``moments`` are those that they own or take part in, from today on; in the list of all, those of the next days.
    Without any of these, ``next_moment`` is the one that begins next.
    ``actions`` are the tasks of the waves that have a register.
    """

    today: date
    owner: str | None
    actor: str | None
    actor_name: Text | None
    moments: tuple[Entry, ...]
    dates: tuple[DateToFirm, ...]
    actors: tuple[UnconfirmedActor, ...]
    outcomes: tuple[MissingOutcome, ...]
    translations: tuple[MissingTranslations, ...]
    actions: tuple[ActionTasks, ...] = ()
    next_moment: Entry | None = None

    @property
    def overdue(self) -> tuple[DateToFirm, ...]:
        """The dates that should be firm by now."""
        return tuple(item for item in self.dates if item.due is not None and item.due <= self.today)

    def split_by_naming(self) -> tuple[Todo, Todo | None]:
        """Return what names the actor whose list it is, and what is on it only because its waves have the actor.

        The second is None without an actor, or if nothing names it.
        """
        named, unnamed = (
            self._replace(
                moments=tuple(one for one in self.moments if bool(one.group.actors) is names),
                dates=tuple(one for one in self.dates if bool(one.group.actors) is names),
                outcomes=tuple(one for one in self.outcomes if bool(one.group.actors) is names),
            )
            for names in (True, False)
        )
        is_split = self.actor is not None and (named.moments or named.dates or named.outcomes)
        return (named, unnamed) if is_split else (self, None)

    @property
    def total(self) -> int:
        """The number of tasks; each text counts once for each missing language."""
        return len(self.dates) + len(self.actors) + len(self.outcomes) + self.texts + self.action_tasks

    @property
    def texts(self) -> int:
        """The number of missing translations."""
        return sum(len(item.missing) for item in self.translations)

    @property
    def action_tasks(self) -> int:
        """The number of tasks with local actions."""
        return sum(one.to_review + one.without_result + one.twins + one.missing for one in self.actions)


def build_todo(plan: Plan, today: date, owner: str | None = None, actor: str | None = None) -> Todo:
    """List the tasks of a plan.

    ``owner`` is a key of ``OwnerIndex.names`` and limits them to the moments of that person or actor; ``actor`` is an
    id and limits them to those in which that actor takes part.
    """
    index = OwnerIndex(plan)
    own = Filter(actors=[actor] if actor else ())

    def concerns(group: MomentGroup) -> bool:
        if all(plan.waves[wave].status is WaveStatus.ANNOUNCED for wave in group.waves):
            return False
        is_own = owner is None or index.key(_owner(group)) == owner
        return is_own and own.matches(group, group.occurrences[0], plan.waves, today)

    dates: list[DateToFirm] = []
    outcomes: list[MissingOutcome] = []
    for group in filter(concerns, resolve_groups(plan, drafts=True)):
        group_owner = index.display_name(_owner(group))
        dates += _dates_to_firm(plan, group, group_owner, today)
        outcomes += _missing_outcomes(group, group_owner, today)
    languages = plan.programme.languages
    dates.sort(key=lambda item: (item.due or date.max, group_key(item.group, item.when, languages)))
    outcomes.sort(key=lambda item: group_key(item.group, item.when, languages))
    timeline = build_timeline(plan, list(plan.waves), today, entry_filter=own._replace(upcoming=True), merge=True)
    moments = tuple(
        one for one in timeline.entries if concerns(one.group) and one.occurrence.status in SCHEDULED_STATUSES
    )
    facts = Todo(today, owner, actor, index.display_name(actor), moments, tuple(dates), (), tuple(outcomes), ())
    actors = tuple(_actors_to_confirm(plan))
    if owner is None and actor is None:
        soon = tuple(one for one in moments if is_soon(one, today))
        first = next((one for one in moments if (one.occurrence.local.earliest or date.min) > today), None)
        facts = facts._replace(moments=soon, next_moment=None if soon else first)
        return facts._replace(actors=actors, translations=tuple(_missing_translations(plan)))
    return facts._replace(actors=tuple(one for one in actors if owner is None and one.actor_id == actor))


def is_soon(entry: Entry, today: date) -> bool:
    """Tell whether an entry may happen in the next days, today included: on known days, or within a known month."""
    local = entry.occurrence.local
    if local.earliest is None and local.latest is None:
        return False
    is_short = local.earliest and local.latest and (local.latest - local.earliest).days < MAX_SHORT_DAYS
    return bool(local.is_exact or is_short) and local.overlaps(today, today + timedelta(SOON_DAYS))


def _owner(group: MomentGroup) -> Text | None:
    return next((member.moment.owner for member in group.members if member.moment.owner), None)


class OwnerIndex:
    """The owners of moments and the names by which they are known; an owner is a name or the id of an actor."""

    def __init__(self, plan: Plan) -> None:
        self._actors = {one.id: one.actor.short or one.actor.name for one in known_actors(plan).values() if one.id}
        self._names = actor_names(plan)
        self._owners = [m.owner for wave in plan.waves.values() for _, m in wave.moments_with("owner") if m.owner]

    def display_name(self, owner: Text | None) -> Text | None:
        """Return the name of an owner; the id of an actor is replaced by its short name or name."""
        return self._actors.get(owner, owner) if isinstance(owner, str) else owner

    def key(self, owner: Text | None) -> str:
        """Return the first of the names of an owner that are shown; "" without an owner."""
        return next(iter(all_translations(self.display_name(owner))), "")

    def names(self) -> dict[str, list[str]]:
        """Return all names of each owner by its key; those of an actor include its id."""
        names: dict[str, list[str]] = {}
        for owner in self._owners:
            of_actor = [owner, *self._names[owner]] if isinstance(owner, str) and owner in self._names else []
            names.setdefault(self.key(owner), []).extend(of_actor or all_translations(owner))
        return names


def _dates_to_firm(plan: Plan, group: MomentGroup, owner: Text | None, today: date) -> Iterator[DateToFirm]:
    """Return the date of a moment if it is not firm; of a repeating moment, the next date."""
    if all(plan.waves[member.wave].waives("stale-date", member.moment.id) for member in group.members):
        return
    dates = [(occurrence.when, occurrence.status) for occurrence in group.occurrences]
    upcoming = next_date(dates, today)
    confirm_by = next((member.moment.confirm_by for member in group.members if member.moment.confirm_by), None)
    if upcoming is None:  # a moment that is postponed or has no date needs a new one
        upcoming = next((pair for pair in dates if pair[1] is Status.POSTPONED or pair[0].start is None), None)
        if upcoming is None or upcoming[1] is Status.CANCELLED:
            return
        due = confirm_by.latest if confirm_by else None
    elif not is_firm(*upcoming):
        due = firm_by_date(upcoming[0], confirm_by)
    else:
        return
    yield DateToFirm(group, *upcoming, due, confirm_by is not None, owner)


def _missing_outcomes(group: MomentGroup, owner: Text | None, today: date) -> Iterator[MissingOutcome]:
    if any(member.moment.outcome for member in group.members):
        return
    scheduled = [occurrence for occurrence in group.occurrences if occurrence.status in SCHEDULED_STATUSES]
    last = max(scheduled, key=lambda occurrence: occurrence.local.latest or date.max, default=None)
    if last and last.local.latest and last.local.latest < today:
        yield MissingOutcome(group, last.when, owner)


def _actors_to_confirm(plan: Plan) -> Iterator[UnconfirmedActor]:
    for actor in unconfirmed_actors(plan):
        wave = plan.waves[actor.wave]
        if wave.status is not WaveStatus.ANNOUNCED and not wave.waives("unconfirmed-actor", actor.actor_id or ""):
            yield actor


def _missing_translations(plan: Plan) -> Iterator[MissingTranslations]:
    parts: dict[str | None, Iterator[TranslatableText]] = {}
    if plan.programme_file is not None:
        parts[None] = programme_texts(plan.programme)
    for wave_id, wave in plan.waves.items():
        if not wave.waives("missing-translation"):
            parts[wave_id] = wave_texts(wave, plan.programme, announced=wave.status is WaveStatus.ANNOUNCED)
    for wave_or_none, translatable in parts.items():
        texts = list(translatable)
        for language in plan.programme.languages:
            missing = tuple(text for text in texts if text.lacks(language))
            if missing:
                yield MissingTranslations(wave_or_none, language, missing, len(texts))


# -- page


SCHEMA = "wavectl/todo/1"
RECKONED = "*"
"""The mark of a day that the plan does not state."""
_MAX_NAMED_TEXTS = 5
"""The number of missing texts that are named; the others are counted."""


def build_page(facts: Todo, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    facts, unnamed = facts.split_by_naming()
    translate = context.translate
    overdue, later = facts.overdue, facts.dates[len(facts.overdue) :]
    soon = tuple(one for one in facts.moments if is_soon(one, facts.today))
    after = tuple(one for one in facts.moments if one not in soon)
    after += (facts.next_moment,) if facts.next_moment else ()
    sections = [
        moments_section(translate("In the next 7 days"), soon, context, limit),
        moments_section(translate(_heading_of_later(facts)), after, context, limit),
        _unnamed(unnamed, context) if unnamed else None,
        dates_section(translate("Overdue"), overdue, facts, context, limit),
        dates_section(translate("Dates to firm up"), later, facts, context, limit, has_hint=not overdue),
        _actors(facts.actors, context, limit),
        _outcomes(facts.outcomes, context, limit),
        _actions(facts.actions, context, limit),
        translations_section(facts.translations, context, limit),
    ]
    things = facts.total - facts.texts - facts.action_tasks
    summary = msg("to do: {count}, overdue: {late}", count=things, late=len(overdue))
    if facts.action_tasks:
        number = format_number(facts.action_tasks, context.language)
        summary = msg("{list}; local actions: {count}", list=summary, count=number)
    if facts.texts:
        summary = msg("{list}; texts to translate: {count}", list=summary, count=facts.texts)
    title = context.format_message(msg("To do on {day}", day=context.day(facts.today)))
    lead = [styled_line(context.format_message(summary), "late" if overdue else "")]
    if facts.actor and not unnamed and facts.moments:
        lead.append(styled_line(translate(NOBODY_NAMED)))
    if not soon:
        lead.append(styled_line(translate(_NOTHING_SOON)))
    shown = (*overdue[:limit], *later[:limit])
    states = [date_state(item.when, item.status) for item in shown]
    states += map(entry_state, (*soon[:limit], *after[:limit]))
    reckoned = any(item.due and not item.due_is_stated for item in shown)
    note = context.translate(_RECKONED_NOTE).format(mark=RECKONED, days=FIRM_LEAD_TIME.days)
    return Page(
        ", ".join(filter(None, (title, facts.owner, context.text(facts.actor_name)))),
        tuple(lead),
        tuple(section for section in sections if section),
        (*((styled_line(note),) if reckoned else ()), *legend(states, context)),
    )


def _heading_of_later(facts: Todo) -> str:
    if facts.next_moment:
        return phrase("Next moment")
    return phrase("After that") if any(is_soon(one, facts.today) for one in facts.moments) else phrase("Coming moments")


_NOTHING_SOON = phrase("Nothing in the next 7 days.")
_RECKONED_NOTE = phrase(
    "{mark} reckoned: {days} days before the first possible day; moment edit --confirm-by sets another"
)


_HINTS = {
    "dates": (phrase("once a date is known: {command}"), 'wavectl moment move … --when "…"'),
    "actors": (phrase("once one has agreed: {command}"), "wavectl actor confirm …"),
    "outcomes": (phrase("to record what came of one: {command}"), 'wavectl moment edit … --outcome "…"'),
    "translations": (phrase("to write them one by one: {command}"), "wavectl translate"),
}
"""What to type, by the field of ``Todo``."""


def _hint(field: str, context: RenderContext) -> str:
    text, command = _HINTS[field]
    return context.format_message(msg(text, command=command))


def _unnamed(facts: Todo, context: RenderContext) -> Section | None:
    """Return the numbers of moments and tasks in an actor's waves that name no actor."""
    tasks = len(facts.dates) + len(facts.outcomes)
    if not (facts.moments or tasks):
        return None
    counts = msg("{count} to come, {tasks} to do", count=len(facts.moments), tasks=tasks)
    command = msg("all of them: {command}", command=f"wavectl timeline --actor {facts.actor}")
    text = msg("{list}; {hint}", list=counts, hint=command)
    return Section(context.translate(OTHER_MOMENTS), (styled_line(context.format_message(text)),))


def moments_section(
    heading: str, moments: Sequence[Entry], context: RenderContext, limit: int | None
) -> Section | None:
    """Return a table of moments; None without any."""
    return table_section(
        heading,
        moments,
        limit,
        (Column(min_width=1), lambda entry: mark_cell(entry_state(entry))),
        (Column(context.translate("Date")), lambda entry: Cell(context.date(entry), entry_state(entry))),
        (Column(context.translate("Moment")), lambda entry: Cell(context.title(entry), "title")),
        (Column(context.translate("Place")), lambda entry: context.place(entry.place)),
        (Column(context.translate("Wave"), min_width=9), lambda entry: Cell(context.waves(entry.waves), "aside")),
    )


def dates_section(
    heading: str,
    dates: Sequence[DateToFirm],
    facts: Todo,
    context: RenderContext,
    limit: int | None,
    *,
    has_hint: bool = True,
) -> Section | None:
    """Return a table of dates to firm up; None without any."""
    translate = context.translate

    def due_cell(item: DateToFirm, text: str) -> Cell:
        return Cell(text, "late" if item.due and item.due <= facts.today else "")

    def due_text(item: DateToFirm) -> str:
        if item.due is None:
            return translate("as soon as known")
        return context.day(item.due) + ("" if item.due_is_stated else RECKONED)

    def days_left(item: DateToFirm) -> str:
        return context.format_message(_describe_days_left((item.due - facts.today).days)) if item.due else ""

    owner = (Column(translate("Owner")), lambda one: Cell(context.text(one.owner) or "-", "" if one.owner else "aside"))
    return table_section(
        heading,
        dates,
        limit,
        (Column(min_width=1), lambda item: mark_cell(date_state(item.when, item.status))),
        (Column(translate("Firm by")), lambda item: due_cell(item, due_text(item))),
        (Column(translate("Time left"), min_width=8), lambda item: due_cell(item, days_left(item))),
        (Column(translate("Moment")), lambda item: Cell(context.text(item.group.short or item.group.title), "title")),
        (
            Column(translate("Date")),
            lambda item: Cell(_date_with_status(item, context), date_state(item.when, item.status)),
        ),
        (Column(translate("Wave"), min_width=9), lambda item: Cell(context.waves(item.group.waves), "aside")),
        *([owner] if any(item.owner for item in facts.dates) else []),
        hint=_hint("dates", context) if has_hint else "",
    )


def _describe_days_left(days: int) -> Message:
    if days > 0:
        return msg("1 day") if days == 1 else msg("{count} days", count=days)
    if days == 0:
        return msg("today")
    return msg("1 day late") if days == -1 else msg("{count} days late", count=-days)


def _date_with_status(item: DateToFirm, context: RenderContext) -> str:
    text = _local_date(item, context)
    return text if item.status is Status.CONFIRMED else f"{text} ({context.status(item.status)})"


def _local_date(item: DateToFirm | MissingOutcome, context: RenderContext) -> str:
    return context.local_date(to_local_time(item.when, item.group.zone), item.group.zone)


_ACTION_TASKS = (
    ("to_review", phrase("to review"), "wavectl actions review --wave {wave}"),
    ("without_result", phrase("over, without a result"), "wavectl actions list --wave {wave} --without-result"),
    ("twins", phrase("pairs that are likely one action"), "wavectl actions list --wave {wave} --twins"),
    ("missing", phrase("no longer delivered"), "wavectl actions list --wave {wave} --missing"),
)
"""The tasks with local actions: the field of ``ActionTasks``, its label, and what to type."""


def _actions(actions: Sequence[ActionTasks], context: RenderContext, limit: int | None) -> Section | None:
    rows = [
        (getattr(one, field), label, one.wave, command.format(wave=one.wave))
        for one in actions
        for field, label, command in _ACTION_TASKS
        if getattr(one, field)
    ]
    return table_section(
        context.translate("Local actions"),
        rows,
        limit,
        (Column(align_right=True, min_width=6), lambda row: format_number(row[0], context.language)),
        (Column(), lambda row: context.translate(row[1])),
        (Column(min_width=9), lambda row: Cell(context.wave(row[2]), "aside")),
        (Column(min_width=30), lambda row: row[3]),
    )


def _actors(actors: Sequence[UnconfirmedActor], context: RenderContext, limit: int | None) -> Section | None:
    return table_section(
        context.translate("Actors to confirm"),
        actors,
        limit,
        (Column(min_width=1), lambda _: mark_cell("open")),
        (Column(context.translate("Actor")), lambda actor: Cell(context.text(actor.name), "title")),
        (Column(context.translate("Wave"), min_width=9), lambda actor: Cell(context.wave(actor.wave), "aside")),
        hint=_hint("actors", context),
    )


def _outcomes(outcomes: Sequence[MissingOutcome], context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    owner = (Column(translate("Owner")), lambda item: context.text(item.owner) or "-")
    return table_section(
        translate("Past moments without an outcome"),
        outcomes,
        limit,
        (Column(translate("Date")), lambda item: _local_date(item, context)),
        (Column(translate("Moment")), lambda item: Cell(context.text(item.group.short or item.group.title), "title")),
        (Column(translate("Wave"), min_width=9), lambda item: Cell(context.waves(item.group.waves), "aside")),
        *([owner] if any(item.owner for item in outcomes) else []),
        hint=_hint("outcomes", context),
    )


def translations_section(
    missing: Sequence[MissingTranslations], context: RenderContext, limit: int | None
) -> Section | None:
    """Return a table of the missing translations; None without any."""
    translate = context.translate

    def texts(item: MissingTranslations) -> str:
        named = Message("{list}", {"list": [text.label for text in item.missing[:_MAX_NAMED_TEXTS]]})
        more = len(item.missing) - _MAX_NAMED_TEXTS
        return context.format_message(msg("{list} and {count} more", list=named, count=more) if more > 0 else named)

    return table_section(
        translate("Texts to translate"),
        missing,
        limit,
        (
            Column(translate("Wave"), min_width=9),
            lambda item: Cell(context.wave(item.wave) if item.wave else translate("The programme"), "aside"),
        ),
        (Column(translate("Language"), min_width=8), lambda item: language_name(item.language, context.language)),
        (Column(translate("Missing"), align_right=True), lambda item: str(len(item.missing))),
        (Column(translate("Texts")), texts),
        hint=_hint("translations", context),
    )


# -- JSON


def as_data(facts: Todo, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    return {
        "schema": SCHEMA,
        "today": facts.today,
        "owner": facts.owner,
        "actor": facts.actor,
        "summary": {"things": facts.total, "overdue": len(facts.overdue), "texts": facts.texts},
        "moments": [
            {
                **moment_data(entry.group, entry.occurrence.when, context),
                "status": entry.occurrence.status,
                "place": text_data(entry.place.name, context),
                "country": entry.place.country,
                "named": bool(entry.group.actors),
            }
            for entry in facts.moments
        ],
        "dates": [_date_to_firm_data(item, facts, context) for item in facts.dates],
        "actors": [
            {"wave": actor.wave, "id": actor.actor_id, "name": localized_text(actor.name, context.languages)}
            for actor in facts.actors
        ],
        "outcomes": [
            {**moment_data(item.group, item.when, context), "owner": text_data(item.owner, context)}
            for item in facts.outcomes
        ],
        "translations": [
            {
                "wave": item.wave,
                "language": item.language,
                "lacking": len(item.missing),
                "wanted": item.total,
                "texts": [text.name for text in item.missing],
            }
            for item in facts.translations
        ],
        **({"actions": [one._asdict() for one in facts.actions]} if facts.actions else {}),
    }


def _date_to_firm_data(item: DateToFirm, facts: Todo, context: RenderContext) -> dict[str, Any]:
    return {
        **moment_data(item.group, item.when, context),
        "status": item.status,
        "due": item.due,
        "stated": item.due_is_stated,
        "days": (item.due - facts.today).days if item.due else None,
        "overdue": item.due is not None and item.due <= facts.today,
        "owner": text_data(item.owner, context),
    }
