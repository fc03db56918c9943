"""The card of a wave: the schema ``wavectl/show/1``; as Markdown, the page about it that is sent round.

That page has nothing on it that stays in the house: no drafts, no findings, no rules that the wave may break.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from wavectl.diagnostics import Severity, phrase, say
from wavectl.i18n.date_format import date_text
from wavectl.insights.card import Card, Participant
from wavectl.insights.page_parts import bar, begins, date_data, reached
from wavectl.model import Group as Side
from wavectl.model import Text, WaveStatus, wording
from wavectl.render.context import Look, state
from wavectl.render.document.page import Cell, Column, Line, Page, Part, Prose, Section, legend, line, listed, mark
from wavectl.timeline import HELD, Entry

SCHEMA = "wavectl/show/1"
_OPENING = 160
"""How much of a long text stands on a screen, in characters."""
SIDES = {Side.NETWORK: phrase("The network"), Side.EXTERNAL: phrase("Partners")}
"""The words for the two sides."""
WEIGHTS = {
    Severity.ERROR: (phrase("error"), "error"),
    Severity.WARNING: (phrase("warning"), "warning"),
    Severity.INFO: (phrase("note"), "note"),
}
"""The word and the style of what is found."""


def page(facts: Card, look: Look, limit: int | None) -> Page:
    """Return the card."""
    made = [
        _moments(facts, look, limit),
        *(_actors(facts, side, look, limit) for side in Side),
        _content(facts, look),
        _campaigns(facts, look),
        _waived(facts, look),
        _findings(facts, look, limit),
    ]
    states = {state(entry) for entry in facts.ahead[:limit]}
    if not all(one.confirmed for people in facts.actors.values() for one in people):
        states.add("open")
    return Page(
        look.text(facts.wave.title),
        tuple(_lead(facts, look)),
        tuple(section for section in made if section),
        legend(states, look),
    )


def _lead(facts: Card, look: Look) -> Iterator[Part]:
    wave = facts.wave
    if wave.slogan:
        yield line(Cell(look.text(wave.slogan), "slogan"))
    if wave.hashtags:
        yield line(" ".join(wave.hashtags))
    if wave.notice:
        yield line(look.text(wave.notice))
    if facts.progress:
        yield line(f"{date_text(facts.progress.period, look.language)} · ", *_progress(facts, look))
    if wave.status is not WaveStatus.ACTIVE or not facts.progress:
        yield line(Cell(look.status(wave.status), "aside"))
    if wave.url:
        yield line(wave.url)
    if wave.description:
        yield _prose(wave.description, look)


def _progress(facts: Card, look: Look) -> Iterator[str]:
    if facts.progress and facts.progress.months:
        yield f"{bar(facts.progress)} "
    if facts.progress:
        yield look.tell(reached(facts.progress))


def _prose(text: Text, look: Look) -> Prose:
    said = wording(text, look.languages)
    return Prose(said, shorten(said, _OPENING, placeholder=" …"))


def _moments(facts: Card, look: Look, limit: int | None) -> Section | None:
    translate = look.translate
    heading = translate("Moments ahead")
    past = [line(Cell(look.tell(say("over: {count}", count=facts.past)), "aside"))] if facts.past else []
    if not facts.ahead:
        nothing = [] if past else [line(Cell(translate("no moments"), "aside"))]
        return Section(heading, (*nothing, *past)) if facts.progress else None
    columns = [Column(least=1), *(Column(translate(one)) for one in ("Date", "Moment", "Place"))]
    if facts.inside:  # what is sent round is read on another day
        columns.append(Column(translate("Begins"), least=8))
    return Section(heading, (listed(columns, facts.ahead, lambda entry: _row(entry, facts, look), limit), *past))


def _row(entry: Entry, facts: Card, look: Look) -> Iterator[Cell]:
    kind, status, first = state(entry), entry.occurrence.status, entry.occurrence.local.earliest
    yield mark(kind)
    yield Cell(look.date(entry), kind)
    title = look.text(entry.title)
    words = [] if kind in ("firm", "vague") else [look.status(status)] if status not in HELD or first else []
    words += [look.translate("draft")] if entry.draft else []
    yield Cell(f"{title} ({', '.join(words)})" if words else title, "struck" if kind == "cancelled" else "title")
    yield Cell(look.place(entry.place), "aside")
    if facts.inside:
        told = begins(entry.occurrence.local, facts.today) if status in HELD else None
        yield Cell(look.tell(told) if told else "")


def _actors(facts: Card, side: Side, look: Look, limit: int | None) -> Section | None:
    people = facts.actors[side]
    if not people:
        return None
    sure = all(one.confirmed for one in people)
    columns = [Column(least=1)] * (not sure) + [Column(), Column()]

    def row(one: Participant) -> Iterator[Cell]:
        if not sure:
            yield Cell("") if one.confirmed else mark("open")
        yield Cell(look.text(one.name))
        said = [look.text(one.role)] if one.role else []
        said += [] if one.confirmed else [look.translate("to be confirmed")]
        yield Cell(", ".join(said), "" if one.confirmed else "open")

    return Section(look.translate(SIDES[side]), (listed(columns, people, row, limit),))


def _content(facts: Card, look: Look) -> Section | None:
    parts: list[Part] = []
    for name, text in facts.content:
        parts.append(Line((Cell(look.text(name), "title"),)))
        parts.append(_prose(text, look) if text else line(Cell(look.translate("nothing yet"), "aside")))
    return (
        Section(look.translate("Content by priority"), tuple(parts)) if any(text for _, text in facts.content) else None
    )


def _campaigns(facts: Card, look: Look) -> Section | None:
    parts: list[Part] = []
    for campaign, actors in facts.campaigns:
        said = [campaign.hashtag, campaign.url, ", ".join(map(look.text, actors))]
        parts.append(line(Cell(look.text(campaign.name), "title"), *(f"  {text}" for text in said if text)))
        if campaign.description:
            parts.append(_prose(campaign.description, look))
    return Section(look.translate("Campaigns"), tuple(parts)) if parts else None


def _waived(facts: Card, look: Look) -> Section | None:
    waive = list(facts.wave.waive.items()) if facts.inside else []
    if not waive:
        return None
    table = listed([Column(), Column()], waive, lambda one: (Cell(one[0], "aside"), look.text(one[1])))
    return Section(look.translate("Accepted with a reason"), (table,))


def _findings(facts: Card, look: Look, limit: int | None) -> Section | None:
    if not facts.inside:
        return None
    heading = look.translate("Findings")
    if not facts.findings:
        return Section(heading, (line(Cell(look.translate("nothing to mend"), "firm")),))

    def row(finding: Any) -> Iterator[Cell]:
        word, style = WEIGHTS[finding.severity]
        yield Cell(look.translate(word), style)
        yield Cell(finding.rule, "aside")
        yield Cell(look.tell(finding.message))

    return Section(heading, (listed([Column(), Column(), Column()], facts.findings, row, limit),))


# -- for programs


def data(facts: Card, look: Look) -> dict[str, Any]:
    """Return the same for programs; what is never published of a moment is not in it."""
    wave, progress = facts.wave, facts.progress
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "wave": facts.name,
        "title": wording(wave.title, look.languages),
        "status": wave.status.value,
        "slogan": wording(wave.slogan, look.languages) or None,
        "hashtags": list(wave.hashtags),
        "notice": wording(wave.notice, look.languages) or None,
        "description": wording(wave.description, look.languages) or None,
        "url": wave.url,
        "period": progress.period.text if progress else None,
        "month": progress.month if progress else None,
        "months": progress.months if progress else None,
        "ahead": [_entry(entry, look) for entry in facts.ahead],
        "over": facts.past,
        "actors": [
            {
                "id": one.actor,
                "name": wording(one.name, look.languages),
                "kind": one.kind.value if one.kind else None,
                "group": side.value,
                "role": wording(one.role, look.languages) or None,
                "confirmed": one.confirmed,
            }
            for side, people in facts.actors.items()
            for one in people
        ],
        "content": {
            priority: wording(text, look.languages) or None
            for priority, (_, text) in zip(facts.priorities, facts.content, strict=True)
        },
        "campaigns": [
            {
                "name": wording(campaign.name, look.languages),
                "hashtag": campaign.hashtag,
                "url": campaign.url,
                "actors": list(campaign.actors),
                "description": wording(campaign.description, look.languages) or None,
            }
            for campaign, _ in facts.campaigns
        ],
        "waived": {rule: wording(reason, look.languages) for rule, reason in wave.waive.items()},
        "findings": [
            {"rule": one.rule, "severity": one.severity.value, "message": look.message(one.message)}
            for one in facts.findings
        ],
    }


def _entry(entry: Entry, look: Look) -> dict[str, Any]:
    return {
        "id": entry.member.moment.id,
        "title": wording(entry.title, look.languages),
        **date_data(entry.occurrence.when, entry.occurrence.local, look),
        "firm": entry.firm,
        "status": entry.occurrence.status.value,
        "place": look.place(entry.place) or None,
        "also_in": list(entry.also_in),
        "draft": entry.draft,
    }
