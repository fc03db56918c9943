"""A wave on one card: its message, its calendar, who takes part, what is done, what comes next, what is found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.page_parts import date_data, describe_progress, describe_start, progress_bar
from wavectl.insights.progress import WaveProgress, wave_progress
from wavectl.model import ActorGroup as Side
from wavectl.model import ActorKind, Text, Wave, WaveStatus, localized_text
from wavectl.model.wave import Campaign
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.page import (
    Cell,
    Column,
    Page,
    PageBlock,
    PageLine,
    Prose,
    Section,
    build_table,
    legend,
    mark_cell,
    page_line,
)
from wavectl.timeline import SCHEDULED_STATUSES, Entry, Filter, actor_kind, build_timeline, resolve_actor_name


class CardActor(NamedTuple):
    """Somebody who takes part in a wave, as it knows them."""

    actor_id: str | None
    name: Text
    kind: ActorKind | None
    role: Text | None
    confirmed: bool


class WaveCard(NamedTuple):
    """A wave. ``ahead`` are the times of its moments that are not over, ``past`` counts the others.

    ``content`` has every strategic priority, None where the wave has nothing under it. ``campaigns`` come with the
    names of their actors. ``findings`` is what there is to say about the wave, ``inside`` whether the card stays in the
    house.
    """

    today: date
    wave_id: str
    wave: Wave
    progress: WaveProgress | None
    upcoming: tuple[Entry, ...]
    past_count: int
    actors: Mapping[Side, tuple[CardActor, ...]]
    content: tuple[tuple[Text, Text | None], ...]
    priorities: tuple[str, ...]
    campaigns: tuple[tuple[Campaign, tuple[Text, ...]], ...]
    findings: tuple[Finding, ...]
    internal: bool


def build_card(
    plan: Plan, wave_id: str, today: date, findings: Sequence[Finding] = (), *, internal: bool = True
) -> WaveCard:
    """Return the card of a wave; not ``inside`` the house there is nothing on it that is not to be published."""
    wave = plan.waves[wave_id]
    entries = build_timeline(plan, [wave_id], today, drafts=internal).entries
    ahead = build_timeline(plan, [wave_id], today, entry_filter=Filter(upcoming=True), drafts=internal).entries
    priorities = plan.programme.priorities
    listed = [_card_actor(plan, wave_id, place) for place in range(len(wave.actors))]
    return WaveCard(
        today,
        wave_id,
        wave,
        wave_progress(wave.period, today),
        ahead,
        len(entries) - len(ahead),
        {side: tuple(one for one in listed if one.kind and one.kind.group is side) for side in Side},
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
    known = plan.programme.actors.get(actor.id or "")
    name = actor.name or (known.name if known else actor.id) or ""
    return CardActor(actor.id, name, actor_kind(plan, actor), actor.role, actor.confirmed)


SCHEMA = "wavectl/show/1"
_EXCERPT_LENGTH = 160
"""How much of a long text stands on a screen, in characters."""
ACTOR_GROUP_LABELS = {Side.NETWORK: phrase("The network"), Side.EXTERNAL: phrase("Partners")}
"""The words for the two sides."""
SEVERITY_LABELS = {
    Severity.ERROR: (phrase("error"), "error"),
    Severity.WARNING: (phrase("warning"), "warning"),
    Severity.INFO: (phrase("note"), "note"),
}
"""The word and the style of what is found."""


def build_page(facts: WaveCard, context: RenderContext, limit: int | None) -> Page:
    """Return the card."""
    made = [
        _moments(facts, context, limit),
        *(_actors(facts, side, context, limit) for side in Side),
        _content(facts, context),
        _campaigns(facts, context),
        _waived_rules(facts, context),
        _findings(facts, context, limit),
    ]
    states = {entry_state(entry) for entry in facts.upcoming[:limit]}
    if not all(one.confirmed for people in facts.actors.values() for one in people):
        states.add("open")
    return Page(
        context.text(facts.wave.title),
        tuple(_lead(facts, context)),
        tuple(section for section in made if section),
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
        yield page_line(f"{format_date(facts.progress.period, context.language)} · ", *_progress_texts(facts, context))
    if wave.status is not WaveStatus.ACTIVE or not facts.progress:
        yield page_line(Cell(context.status(wave.status), "aside"))
    if wave.url:
        yield page_line(wave.url)
    if wave.description:
        yield _prose(wave.description, context)


def _progress_texts(facts: WaveCard, context: RenderContext) -> Iterator[str]:
    if facts.progress and facts.progress.months:
        yield f"{progress_bar(facts.progress)} "
    if facts.progress:
        yield context.format_message(describe_progress(facts.progress))


def _prose(text: Text, context: RenderContext) -> Prose:
    said = localized_text(text, context.languages)
    return Prose(said, shorten(said, _EXCERPT_LENGTH, placeholder=" …"))


def _moments(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    translate = context.translate
    heading = translate("Moments ahead")
    past = (
        [page_line(Cell(context.format_message(msg("over: {count}", count=facts.past_count)), "aside"))]
        if facts.past_count
        else []
    )
    if not facts.upcoming:
        nothing = [] if past else [page_line(Cell(translate("no moments"), "aside"))]
        return Section(heading, (*nothing, *past)) if facts.progress else None
    columns = [Column(min_width=1), *(Column(translate(one)) for one in ("Date", "Moment", "Place"))]
    if facts.internal:  # what is sent round is read on another day
        columns.append(Column(translate("Begins"), min_width=8))
    return Section(
        heading, (build_table(columns, facts.upcoming, lambda entry: _moment_row(entry, facts, context), limit), *past)
    )


def _moment_row(entry: Entry, facts: WaveCard, context: RenderContext) -> Iterator[Cell]:
    kind, status, first = entry_state(entry), entry.occurrence.status, entry.occurrence.local.earliest
    yield mark_cell(kind)
    yield Cell(context.date(entry), kind)
    title = context.text(entry.title)
    words = (
        []
        if kind in ("firm", "vague")
        else [context.status(status)]
        if status not in SCHEDULED_STATUSES or first
        else []
    )
    words += [context.translate("draft")] if entry.draft else []
    yield Cell(f"{title} ({', '.join(words)})" if words else title, "struck" if kind == "cancelled" else "title")
    yield Cell(context.place(entry.place), "aside")
    if facts.internal:
        told = describe_start(entry.occurrence.local, facts.today) if status in SCHEDULED_STATUSES else None
        yield Cell(context.format_message(told) if told else "")


def _actors(facts: WaveCard, actor_group: Side, context: RenderContext, limit: int | None) -> Section | None:
    people = facts.actors[actor_group]
    if not people:
        return None
    sure = all(one.confirmed for one in people)
    columns = [Column(min_width=1)] * (not sure) + [Column(), Column()]

    def row(one: CardActor) -> Iterator[Cell]:
        if not sure:
            yield Cell("") if one.confirmed else mark_cell("open")
        yield Cell(context.text(one.name))
        said = [context.text(one.role)] if one.role else []
        said += [] if one.confirmed else [context.translate("to be confirmed")]
        yield Cell(", ".join(said), "" if one.confirmed else "open")

    return Section(context.translate(ACTOR_GROUP_LABELS[actor_group]), (build_table(columns, people, row, limit),))


def _content(facts: WaveCard, context: RenderContext) -> Section | None:
    parts: list[PageBlock] = []
    for name, text in facts.content:
        parts.append(PageLine((Cell(context.text(name), "title"),)))
        parts.append(_prose(text, context) if text else page_line(Cell(context.translate("nothing yet"), "aside")))
    return (
        Section(context.translate("Content by priority"), tuple(parts))
        if any(text for _, text in facts.content)
        else None
    )


def _campaigns(facts: WaveCard, context: RenderContext) -> Section | None:
    parts: list[PageBlock] = []
    for campaign, actors in facts.campaigns:
        said = [campaign.hashtag, campaign.url, ", ".join(map(context.text, actors))]
        parts.append(page_line(Cell(context.text(campaign.name), "title"), *(f"  {text}" for text in said if text)))
        if campaign.description:
            parts.append(_prose(campaign.description, context))
    return Section(context.translate("Campaigns"), tuple(parts)) if parts else None


def _waived_rules(facts: WaveCard, context: RenderContext) -> Section | None:
    waive = list(facts.wave.waive.items()) if facts.internal else []
    if not waive:
        return None
    table = build_table([Column(), Column()], waive, lambda one: (Cell(one[0], "aside"), context.text(one[1])))
    return Section(context.translate("Accepted with a reason"), (table,))


def _findings(facts: WaveCard, context: RenderContext, limit: int | None) -> Section | None:
    if not facts.internal:
        return None
    heading = context.translate("Findings")
    if not facts.findings:
        return Section(heading, (page_line(Cell(context.translate("nothing to mend"), "firm")),))

    def row(finding: Any) -> Iterator[Cell]:
        word, style = SEVERITY_LABELS[finding.severity]
        yield Cell(context.translate(word), style)
        yield Cell(finding.rule, "aside")
        yield Cell(context.format_message(finding.message))

    return Section(heading, (build_table([Column(), Column(), Column()], facts.findings, row, limit),))


# -- for programs


def as_data(facts: WaveCard, context: RenderContext) -> dict[str, Any]:
    """Return the same for programs; what is never published of a moment is not in it."""
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
                "id": one.actor_id,
                "name": localized_text(one.name, context.languages),
                "kind": one.kind.value if one.kind else None,
                "group": side.value,
                "role": localized_text(one.role, context.languages) or None,
                "confirmed": one.confirmed,
            }
            for side, people in facts.actors.items()
            for one in people
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
            {"rule": one.rule, "severity": one.severity.value, "message": context.format_machine_message(one.message)}
            for one in facts.findings
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
