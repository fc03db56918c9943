"""The card of a wave: message, period, upcoming moments, actors, content, campaigns and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

from wavectl.diagnostics import Finding, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_number
from wavectl.insights.progress import (
    ACTOR_GROUP_LABELS,
    WaveProgress,
    date_data,
    describe_start,
    progress_data,
    progress_text,
    text_data,
    wave_progress,
)
from wavectl.model import ActorGroup, ActorKind, Text, Wave, WaveStatus, localized_text
from wavectl.model.wave import Campaign
from wavectl.plan.loader import Plan
from wavectl.render.colours import wave_colours
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.diagnostics import SEVERITY_NAMES
from wavectl.render.page import (
    Cell,
    Column,
    Page,
    PageBlock,
    Prose,
    Section,
    legend,
    mark_cell,
    page_line,
    styled_line,
    table_section,
)
from wavectl.timeline.actors import actor_kind, resolve_actor_name
from wavectl.timeline.entries import Entry, Filter, build_timeline
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

if TYPE_CHECKING:
    from wavectl.actions.counts import Counts


class CardActor(NamedTuple):
    """An actor of a wave whose kind is known; the fields are those of the JSON data."""

    id: str | None
    name: Text
    kind: ActorKind
    group: ActorGroup
    role: Text | None
    confirmed: bool


class WaveCard(NamedTuple):
    """The facts of a card. ``upcoming`` are the entries that are not over; ``past_count`` counts the others.

    ``actors`` are those of a known kind, in order of their group. ``content`` has the id and name of every strategic
    priority, with None if the wave has no content for it. ``campaigns`` have the names of their actors. ``internal`` is
    false for a card that may be published. ``actions`` are the counts of local actions by country, None if the wave has
    no register.
    """

    today: date
    wave_id: str
    wave: Wave
    colour: str
    progress: WaveProgress | None
    upcoming: tuple[Entry, ...]
    past_count: int
    actors: tuple[CardActor, ...]
    content: tuple[tuple[str, Text, Text | None], ...]
    campaigns: tuple[tuple[Campaign, tuple[Text, ...]], ...]
    findings: tuple[Finding, ...]
    internal: bool
    actions: Counts | None = None


def build_card(
    plan: Plan, wave_id: str, today: date, findings: Sequence[Finding] = (), *, internal: bool = True
) -> WaveCard:
    """Build the card of a wave; unless ``internal``, it contains only what may be published."""
    wave = plan.waves[wave_id]
    entries = build_timeline(plan, [wave_id], today, drafts=internal).entries
    upcoming = build_timeline(plan, [wave_id], today, entry_filter=Filter(upcoming=True), drafts=internal).entries
    actors = list(card_actors(plan, wave))
    return WaveCard(
        today,
        wave_id,
        wave,
        wave_colours(plan.waves)[wave_id],
        wave_progress(wave.period, today),
        upcoming,
        len(entries) - len(upcoming),
        tuple(actor for group in ActorGroup for actor in actors if actor.group is group),
        tuple((priority, name, wave.content.get(priority)) for priority, name in plan.programme.priorities.items()),
        tuple(
            (campaign, tuple(resolve_actor_name(plan, actor, [wave_id]).name or actor for actor in campaign.actors))
            for campaign in wave.campaigns
        ),
        tuple(finding for finding in findings if internal and finding.wave == wave_id),
        internal,
    )


def card_actors(plan: Plan, wave: Wave) -> Iterator[CardActor]:
    """Return the actors of a wave whose kind is known, in the order of its file."""
    for actor in wave.actors:
        registered, kind = plan.programme.actors.get(actor.id or ""), actor_kind(plan, actor)
        if kind:
            name = actor.name or (registered.name if registered else actor.id) or ""
            yield CardActor(actor.id, name, kind, kind.group, actor.role, actor.confirmed)


# -- page


SCHEMA = "wavectl/show/1"
_EXCERPT_LENGTH = 160
"""The length of the excerpt of a long text, in characters."""


def build_page(facts: WaveCard, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    sections = [
        _moments(facts, context, limit),
        _local_actions(facts.actions, context, is_public=not facts.internal) if facts.actions else None,
        *(_actors(facts, group, context, limit) for group in ActorGroup),
        _content(facts, context),
        _campaigns(facts, context),
        _waived_rules(facts, context),
        _findings(facts, context, limit),
    ]
    states = {entry_state(entry) for entry in facts.upcoming[:limit]}
    if not all(actor.confirmed for actor in facts.actors):
        states.add("open")
    return Page(
        context.text(facts.wave.title),
        tuple(_lead(facts, context)),
        tuple(section for section in sections if section),
        legend(states, context),
        facts.colour,
    )


def _lead(facts: WaveCard, context: RenderContext) -> Iterator[PageBlock]:
    wave = facts.wave
    if wave.slogan:
        yield styled_line(context.text(wave.slogan), "slogan")
    if wave.hashtags:
        yield page_line(" ".join(wave.hashtags_in(context.languages)))
    if wave.notice:
        yield page_line(context.text(wave.notice))
    if facts.progress:
        period = format_date(facts.progress.period, context.language)
        yield page_line(f"{period} · {progress_text(facts.progress, context)}" if facts.internal else period)
    if wave.status is not WaveStatus.ACTIVE or not facts.progress:
        yield styled_line(context.status(wave.status))
    if wave.url:
        yield page_line(wave.url)
    if wave.description:
        yield _prose(wave.description, context)


def _prose(text: Text, context: RenderContext) -> Prose:
    content = localized_text(text, context.languages)
    return Prose(content, shorten(content, _EXCERPT_LENGTH, placeholder="…"))


def _moments(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    heading, past = translate("Upcoming moments"), []
    if facts.past_count:
        past.append(styled_line(context.format_message(msg("over: {count}", count=facts.past_count))))
    if not facts.upcoming:
        return Section(heading, (*past,) or (styled_line(translate("no moments")),)) if facts.progress else None
    begins = (Column(translate("Begins"), min_width=8), lambda entry: _start_text(entry, facts, context))
    return table_section(
        heading,
        facts.upcoming,
        limit,
        (Column(min_width=1), lambda entry: mark_cell(entry_state(entry))),
        (Column(translate("Date")), lambda entry: Cell(context.date(entry), entry_state(entry))),
        (Column(translate("Moment")), lambda entry: _title_cell(entry, context)),
        (Column(translate("Place")), lambda entry: Cell(context.place(entry.place), "aside")),
        *([begins] if facts.internal else []),  # a card that is sent to others is read on another day
        notes=past,
    )


def _title_cell(entry: Entry, context: RenderContext) -> Cell:
    state, status, notes = entry_state(entry), entry.occurrence.status, []
    if state not in ("firm", "vague") and (status not in SCHEDULED_STATUSES or entry.occurrence.local.earliest):
        notes.append(context.status(status))
    if entry.draft:
        notes.append(context.translate("draft"))
    title = context.text(entry.title)
    return Cell(f"{title} ({', '.join(notes)})" if notes else title, "struck" if state == "cancelled" else "title")


def _start_text(entry: Entry, facts: WaveCard, context: RenderContext) -> str:
    is_scheduled = entry.occurrence.status in SCHEDULED_STATUSES
    start = describe_start(entry.occurrence.local, facts.today) if is_scheduled else None
    return context.format_message(start) if start else ""


def _actors(facts: WaveCard, group: ActorGroup, context: RenderContext, limit: int | None) -> Section | None:
    actors = [actor for actor in facts.actors if actor.group is group]

    def notes(actor: CardActor) -> Cell:
        role = [context.text(actor.role)] if actor.role else []
        if actor.confirmed:
            return Cell("".join(role))
        return Cell(", ".join([*role, context.translate("to be confirmed")]), "open")

    mark = (Column(min_width=1), lambda actor: "" if actor.confirmed else mark_cell("open"))
    return table_section(
        context.translate(ACTOR_GROUP_LABELS[group]),
        actors,
        limit,
        *([] if all(actor.confirmed for actor in actors) else [mark]),
        (Column(), lambda actor: context.text(actor.name)),
        (Column(), notes),
    )


def _local_actions(actions: Counts, context: RenderContext, *, is_public: bool) -> Section | None:
    """Return how many actions there are, what is known of their results, and in how many countries they are."""
    from wavectl.insights.action_counts import counted, describe_count  # few plans have actions

    if not actions.total.actions:
        return None
    lines, unknown = [describe_count(actions.total, context, is_public=is_public)], actions.unknown.actions
    if actions.rows:
        lines.append(counted(len(actions.rows), phrase("in 1 country"), phrase("in {count} countries"), context))
    if unknown:
        lines.append(context.labelled(context.translate("country not known"), format_number(unknown, context.language)))
    return Section(context.translate("Local actions"), tuple(map(page_line, lines)))


def _content(facts: WaveCard, context: RenderContext) -> Section | None:
    if not any(text for _, _, text in facts.content):
        return None
    blocks: list[PageBlock] = []
    for _, name, text in facts.content:
        blocks.append(styled_line(context.text(name), "title"))
        blocks.append(_prose(text, context) if text else styled_line(context.translate("nothing yet")))
    return Section(context.translate("Content by priority"), tuple(blocks))


def _campaigns(facts: WaveCard, context: RenderContext) -> Section | None:
    blocks: list[PageBlock] = []
    for campaign, actors in facts.campaigns:
        details = filter(None, (campaign.hashtag, campaign.url, ", ".join(map(context.text, actors))))
        blocks.append(page_line(Cell(context.text(campaign.name), "title"), *(f"  {text}" for text in details)))
        if campaign.description:
            blocks.append(_prose(campaign.description, context))
    return Section(context.translate("Campaigns"), tuple(blocks)) if blocks else None


def _waived_rules(facts: WaveCard, context: RenderContext) -> Section | None:
    return table_section(
        context.translate("Accepted with a reason"),
        list(facts.wave.waive.items()) if facts.internal else [],
        None,
        (Column(), lambda item: Cell(context.text(item[1]), more=(Cell(f" ({item[0]})", "aside"),))),
    )


_EqualFindings = tuple[tuple[Severity, str, str], int]
"""The severity, rule and message of a finding, and how many have the same."""


def _findings(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.internal:
        return None
    translate = context.translate
    ordered = sorted(facts.findings, key=lambda one: list(SEVERITY_NAMES).index(one.severity))
    equal = Counter((one.severity, one.rule, context.format_message(one.message)) for one in ordered)

    def message(found: _EqualFindings) -> Cell:
        (_, rule, text), count = found
        return Cell(text, more=(Cell(f" ({rule}, {count}×)" if count > 1 else f" ({rule})", "aside"),))

    return table_section(
        translate("Findings"),
        list(equal.items()),
        limit,
        (Column(), lambda found: Cell(translate(SEVERITY_NAMES[found[0][0]]), SEVERITY_NAMES[found[0][0]])),
        (Column(), message),
    ) or Section(translate("Findings"), (styled_line(translate("no problems found"), "firm"),))


# -- JSON


def as_data(facts: WaveCard, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data, without the fields of moments that are never published."""
    wave = facts.wave
    return {
        "schema": SCHEMA,
        "today": facts.today,
        "wave": facts.wave_id,
        "title": text_data(wave.title, context),
        "status": wave.status,
        "slogan": text_data(wave.slogan, context),
        "hashtags": wave.hashtags_in(context.languages),
        "notice": text_data(wave.notice, context),
        "description": text_data(wave.description, context),
        "url": wave.url,
        **progress_data(facts.progress),
        "ahead": [_entry_data(entry, context) for entry in facts.upcoming],
        "over": facts.past_count,
        "actors": [
            {
                **actor._asdict(),
                "name": localized_text(actor.name, context.languages),
                "role": text_data(actor.role, context),
            }
            for actor in facts.actors
        ],
        "content": {priority: text_data(text, context) for priority, _, text in facts.content},
        "campaigns": [
            {
                "name": text_data(campaign.name, context),
                "hashtag": campaign.hashtag,
                "url": campaign.url,
                "actors": campaign.actors,
                "description": text_data(campaign.description, context),
            }
            for campaign, _ in facts.campaigns
        ],
        **({"actions": _action_data(facts.actions)} if facts.actions else {}),
        "waived": {rule: text_data(reason, context) for rule, reason in wave.waive.items()},
        "findings": [
            {"rule": one.rule, "severity": one.severity, "message": context.format_machine_message(one.message)}
            for one in facts.findings
        ],
    }


def _action_data(actions: Counts) -> dict[str, Any]:
    return {**actions.total._asdict(), "countries": len(actions.rows)}


def _entry_data(entry: Entry, context: RenderContext) -> dict[str, Any]:
    return {
        "id": entry.member.moment.id,
        "title": text_data(entry.title, context),
        **date_data(entry.occurrence.when, entry.occurrence.local, entry.group.zone, context),
        "firm": entry.firm,
        "status": entry.occurrence.status,
        "place": context.place(entry.place) or None,
        "also_in": entry.also_in,
        "draft": entry.draft,
    }
