"""The card of a wave: the schema ``wavectl/show/1``; as Markdown, the page about it that is sent round.

That page has nothing on it that stays in the house: no drafts, no findings, no rules that the wave may break.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from wavectl.diagnostics import Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.card import CardActor, WaveCard
from wavectl.insights.page_parts import date_data, describe_progress, describe_start, progress_bar
from wavectl.model import ActorGroup as Side
from wavectl.model import Text, WaveStatus, localized_text
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.document.page import (
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
from wavectl.timeline import SCHEDULED_STATUSES, Entry

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
