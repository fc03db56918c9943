"""The card of a wave: message, period, upcoming moments, actors, content, campaigns and findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.progress import (
    WaveProgress,
    date_data,
    describe_progress,
    describe_start,
    progress_bar,
    wave_progress,
)
from wavectl.model import ActorGroup, ActorKind, Text, Wave, WaveStatus, localized_text
from wavectl.model.wave import Campaign
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.page import (
    Cell,
    Column,
    Page,
    PageBlock,
    Prose,
    Section,
    build_table,
    legend,
    mark_cell,
    page_line,
)
from wavectl.timeline.actors import actor_kind, resolve_actor_name
from wavectl.timeline.entries import Entry, Filter, build_timeline
from wavectl.timeline.silent_months import SCHEDULED_STATUSES


class CardActor(NamedTuple):
    """An actor of a wave."""

    actor_id: str | None
    name: Text
    kind: ActorKind | None
    role: Text | None
    confirmed: bool


class WaveCard(NamedTuple):
    """The facts of a card. ``upcoming`` are the entries that are not over; ``past_count`` counts the others.

    ``content`` has every strategic priority, with None if the wave has no content for it. ``campaigns`` have the names
    of their actors. ``internal`` is false for a card that may be published.
    """

    today: date
    wave_id: str
    wave: Wave
    progress: WaveProgress | None
    upcoming: tuple[Entry, ...]
    past_count: int
    actors: Mapping[ActorGroup, tuple[CardActor, ...]]
    content: tuple[tuple[Text, Text | None], ...]
    priorities: tuple[str, ...]
    campaigns: tuple[tuple[Campaign, tuple[Text, ...]], ...]
    findings: tuple[Finding, ...]
    internal: bool


def build_card(
    plan: Plan, wave_id: str, today: date, findings: Sequence[Finding] = (), *, internal: bool = True
) -> WaveCard:
    """Build the card of a wave; unless ``internal``, it contains only what may be published."""
    wave = plan.waves[wave_id]
    entries = build_timeline(plan, [wave_id], today, drafts=internal).entries
    upcoming = build_timeline(plan, [wave_id], today, entry_filter=Filter(upcoming=True), drafts=internal).entries
    priorities = plan.programme.priorities
    actors = [_card_actor(plan, wave_id, position) for position in range(len(wave.actors))]
    return WaveCard(
        today,
        wave_id,
        wave,
        wave_progress(wave.period, today),
        upcoming,
        len(entries) - len(upcoming),
        {group: tuple(actor for actor in actors if actor.kind and actor.kind.group is group) for group in ActorGroup},
        tuple((name, wave.content.get(priority)) for priority, name in priorities.items()),
        tuple(priorities),
        tuple(
            (campaign, tuple(resolve_actor_name(plan, actor, [wave_id]).name or actor for actor in campaign.actors))
            for campaign in wave.campaigns
        ),
        tuple(finding for finding in findings if internal and finding.wave == wave_id),
        internal,
    )


def _card_actor(plan: Plan, wave_id: str, position: int) -> CardActor:
    actor = plan.waves[wave_id].actors[position]
    registered = plan.programme.actors.get(actor.id or "")
    name = actor.name or (registered.name if registered else actor.id) or ""
    return CardActor(actor.id, name, actor_kind(plan, actor), actor.role, actor.confirmed)


# -- page


SCHEMA = "wavectl/show/1"
_EXCERPT_LENGTH = 160
"""The length of the excerpt of a long text, in characters."""
ACTOR_GROUP_LABELS = {ActorGroup.NETWORK: phrase("The network"), ActorGroup.EXTERNAL: phrase("Partners")}
"""The labels of the two groups of actors."""
SEVERITY_LABELS = {
    Severity.ERROR: (phrase("error"), "error"),
    Severity.WARNING: (phrase("warning"), "warning"),
    Severity.INFO: (phrase("note"), "note"),
}
"""The label and the style of each severity."""


def build_page(facts: WaveCard, context: RenderContext, limit: int | None) -> Page:
    """Build the page; tables have at most ``limit`` rows."""
    sections = [
        _moments(facts, context, limit),
        *(_actors(facts, group, context, limit) for group in ActorGroup),
        _content(facts, context),
        _campaigns(facts, context),
        _waived_rules(facts, context),
        _findings(facts, context, limit),
    ]
    states = {entry_state(entry) for entry in facts.upcoming[:limit]}
    if not all(actor.confirmed for actors in facts.actors.values() for actor in actors):
        states.add("open")
    return Page(
        context.text(facts.wave.title),
        tuple(_lead(facts, context)),
        tuple(section for section in sections if section),
        legend(states, context),
    )


def _lead(facts: WaveCard, context: RenderContext) -> Iterator[PageBlock]:
    wave = facts.wave
    if wave.slogan:
        yield page_line(Cell(context.text(wave.slogan), "slogan"))
    if wave.hashtags:
        yield page_line(" ".join(wave.hashtags))
    if wave.notice:
        yield page_line(context.text(wave.notice))
    if facts.progress:
        period = format_date(facts.progress.period, context.language)
        bar = f"{progress_bar(facts.progress)} " if facts.progress.months else ""
        yield page_line(f"{period} · {bar}{context.format_message(describe_progress(facts.progress))}")
    if wave.status is not WaveStatus.ACTIVE or not facts.progress:
        yield page_line(Cell(context.status(wave.status), "aside"))
    if wave.url:
        yield page_line(wave.url)
    if wave.description:
        yield _prose(wave.description, context)


def _prose(text: Text, context: RenderContext) -> Prose:
    content = localized_text(text, context.languages)
    return Prose(content, shorten(content, _EXCERPT_LENGTH, placeholder=" …"))


def _moments(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    heading = translate("Upcoming moments")
    past = (
        [page_line(Cell(context.format_message(msg("over: {count}", count=facts.past_count)), "aside"))]
        if facts.past_count
        else []
    )
    if not facts.upcoming:
        nothing = [] if past else [page_line(Cell(translate("no moments"), "aside"))]
        return Section(heading, (*nothing, *past)) if facts.progress else None
    columns = [Column(min_width=1), *(Column(translate(heading)) for heading in ("Date", "Moment", "Place"))]
    if facts.internal:  # a card that is sent to others is read on another day
        columns.append(Column(translate("Begins"), min_width=8))
    return Section(
        heading, (build_table(columns, facts.upcoming, lambda entry: _moment_row(entry, facts, context), limit), *past)
    )


def _moment_row(entry: Entry, facts: WaveCard, context: RenderContext) -> Iterator[Cell]:
    state, status, local = entry_state(entry), entry.occurrence.status, entry.occurrence.local
    yield mark_cell(state)
    yield Cell(context.date(entry), state)
    title, notes = context.text(entry.title), []
    if state not in ("firm", "vague") and (status not in SCHEDULED_STATUSES or local.earliest):
        notes.append(context.status(status))
    if entry.draft:
        notes.append(context.translate("draft"))
    yield Cell(f"{title} ({', '.join(notes)})" if notes else title, "struck" if state == "cancelled" else "title")
    yield Cell(context.place(entry.place), "aside")
    if facts.internal:
        start = describe_start(local, facts.today) if status in SCHEDULED_STATUSES else None
        yield Cell(context.format_message(start) if start else "")


def _actors(facts: WaveCard, actor_group: ActorGroup, context: RenderContext, limit: int | None) -> Section | None:
    actors = facts.actors[actor_group]
    if not actors:
        return None
    all_confirmed = all(actor.confirmed for actor in actors)
    columns = [Column(min_width=1)] * (not all_confirmed) + [Column(), Column()]

    def row(actor: CardActor) -> Iterator[Cell]:
        if not all_confirmed:
            yield Cell("") if actor.confirmed else mark_cell("open")
        yield Cell(context.text(actor.name))
        notes = [context.text(actor.role)] if actor.role else []
        notes += [] if actor.confirmed else [context.translate("to be confirmed")]
        yield Cell(", ".join(notes), "" if actor.confirmed else "open")

    return Section(context.translate(ACTOR_GROUP_LABELS[actor_group]), (build_table(columns, actors, row, limit),))


def _content(facts: WaveCard, context: RenderContext) -> Section | None:
    if not any(text for _, text in facts.content):
        return None
    blocks: list[PageBlock] = []
    for name, text in facts.content:
        blocks.append(page_line(Cell(context.text(name), "title")))
        blocks.append(_prose(text, context) if text else page_line(Cell(context.translate("nothing yet"), "aside")))
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
    waive = list(facts.wave.waive.items()) if facts.internal else []
    if not waive:
        return None
    table = build_table([Column(), Column()], waive, lambda item: (Cell(item[0], "aside"), context.text(item[1])))
    return Section(context.translate("Accepted with a reason"), (table,))


def _findings(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.internal:
        return None
    heading = context.translate("Findings")
    if not facts.findings:
        return Section(heading, (page_line(Cell(context.translate("no problems found"), "firm")),))

    def row(finding: Finding) -> Iterator[Cell]:
        label, style = SEVERITY_LABELS[finding.severity]
        yield Cell(context.translate(label), style)
        yield Cell(finding.rule, "aside")
        yield Cell(context.format_message(finding.message))

    return Section(heading, (build_table([Column(), Column(), Column()], facts.findings, row, limit),))


# -- JSON


def as_data(facts: WaveCard, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data, without the fields of moments that are never published."""
    wave, progress = facts.wave, facts.progress
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "wave": facts.wave_id,
        "title": localized_text(wave.title, context.languages),
        "status": wave.status.value,
        "slogan": localized_text(wave.slogan, context.languages) or None,
        "hashtags": list(wave.hashtags),
        "notice": localized_text(wave.notice, context.languages) or None,
        "description": localized_text(wave.description, context.languages) or None,
        "url": wave.url,
        "period": progress.period.text if progress else None,
        "month": progress.month if progress else None,
        "months": progress.months if progress else None,
        "ahead": [_entry_data(entry, context) for entry in facts.upcoming],
        "over": facts.past_count,
        "actors": [
            {
                "id": actor.actor_id,
                "name": localized_text(actor.name, context.languages),
                "kind": actor.kind.value if actor.kind else None,
                "group": group.value,
                "role": localized_text(actor.role, context.languages) or None,
                "confirmed": actor.confirmed,
            }
            for group, actors in facts.actors.items()
            for actor in actors
        ],
        "content": {
            priority: localized_text(text, context.languages) or None
            for priority, (_, text) in zip(facts.priorities, facts.content, strict=True)
        },
        "campaigns": [
            {
                "name": localized_text(campaign.name, context.languages),
                "hashtag": campaign.hashtag,
                "url": campaign.url,
                "actors": list(campaign.actors),
                "description": localized_text(campaign.description, context.languages) or None,
            }
            for campaign, _ in facts.campaigns
        ],
        "waived": {rule: localized_text(reason, context.languages) for rule, reason in wave.waive.items()},
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "message": context.format_machine_message(finding.message),
            }
            for finding in facts.findings
        ],
    }


def _entry_data(entry: Entry, context: RenderContext) -> dict[str, Any]:
    return {
        "id": entry.member.moment.id,
        "title": localized_text(entry.title, context.languages),
        **date_data(entry.occurrence.when, entry.occurrence.local, context),
        "firm": entry.firm,
        "status": entry.occurrence.status.value,
        "place": context.place(entry.place) or None,
        "also_in": list(entry.also_in),
        "draft": entry.draft,
    }
