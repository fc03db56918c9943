"""How far a plan is, on one screen: the schema ``wavectl/status/1``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wavectl.diagnostics import Message, phrase, say
from wavectl.i18n.date_format import date_text
from wavectl.insights.page_parts import bar, begins, day_of, days_of, iso, moment, reached
from wavectl.insights.progress import Next, Progress
from wavectl.insights.status import Complete, Counts, Earlier, Found, Standing, Status, changes
from wavectl.model import wording
from wavectl.render.context import Look, state_of
from wavectl.render.document.page import Cell, Column, Page, Section, legend, line, listed, mark

SCHEMA = "wavectl/status/1"
_HEADINGS = {
    "firm": phrase("Firm"),
    "provisional": phrase("Provisional"),
    "vague": phrase("Vague"),
    "undated": phrase("Undated"),
    "postponed": phrase("Postponed"),
    "cancelled": phrase("Cancelled"),
    "total": phrase("Total"),
}
_APART = ("postponed", "cancelled")
"""Kinds of moments that have a column only where there is one."""


def page(facts: Status, look: Look, limit: int | None) -> Page:
    """Return the page: waves that are over, and where there are many years the past ones, stand last."""
    waves = sorted(facts.waves, key=lambda one: one.progress is not None and one.progress.over)
    many = limit is not None and len(facts.years) > limit
    years = sorted(facts.years, key=lambda one: many and one[0] < facts.today.year)
    facts = facts._replace(waves=tuple(waves), years=tuple(years))
    nexts = [standing.following for standing in facts.waves[:limit] if standing.following]
    states = [state_of(one.occurrence.when, one.occurrence.status) for one in nexts]
    return Page(
        look.text(facts.name) or look.translate("The plan"),
        (line(look.tell(_firm(facts))),),
        (
            Section(look.translate("Waves"), (_calendars(facts, look, limit),)),
            Section(look.translate("Moments by wave"), (_by_wave(facts, look, limit),)),
            Section(look.translate("Moments by time"), (_by_time(facts, look, limit),)),
            Section(look.translate("Texts and findings"), (_texts(facts, look, limit),)),
        ),
        legend(states, look),
    )


def _firm(facts: Status) -> Message:
    """Return the one sentence that counts: how many moments have firm dates, and how many had."""
    said = say("firm: {firm} of {total} moments", firm=facts.counts.firm, total=facts.counts.total)
    if facts.earlier is None:
        return said
    return say("{before}, {change}", before=said, change=_change(facts.counts, facts.earlier))


def _change(now: Counts, earlier: Earlier) -> Message:
    more = now.firm - earlier.counts.firm
    if earlier.day is not None:
        day = day_of(earlier.day)
        if not more:
            return say("as many as on {day}", day=day)
        if more > 0:
            return say("{count} more than on {day}", count=more, day=day)
        return say("{count} fewer than on {day}", count=-more, day=day)
    if not more:
        return say("as many as in {name}", name=earlier.name)
    if more > 0:
        return say("{count} more than in {name}", count=more, name=earlier.name)
    return say("{count} fewer than in {name}", count=-more, name=earlier.name)


def _calendars(facts: Status, look: Look, limit: int | None) -> Any:
    translate = look.translate
    columns = (
        Column(translate("Wave")),
        Column(translate("Calendar"), least=10),
        Column(least=1),
        Column(translate("Next moment")),
        Column(translate("Date")),
        Column(translate("Begins"), least=8),
    )

    def row(standing: Standing) -> Iterator[Cell]:
        yield Cell(look.text(standing.title), "title")
        yield Cell(_calendar(standing, look))
        yield from _next(standing.following, look, facts)

    return listed(columns, facts.waves, row, limit)


def _calendar(standing: Standing, look: Look) -> str:
    found = standing.progress
    if found is None:
        return look.status(standing.status)
    return f"{bar(found)} {look.tell(reached(found))}" if found.months else look.tell(reached(found))


def _next(following: Next | None, look: Look, facts: Status) -> tuple[Cell, Cell, Cell, Cell]:
    if following is None:
        return Cell(""), Cell(look.translate("none"), "aside"), Cell(""), Cell("")
    group, occurrence, _ = following
    state = state_of(occurrence.when, occurrence.status)
    told = begins(occurrence.local, facts.today)
    own = occurrence.change.title if occurrence.change else None
    return (
        mark(state),
        Cell(look.text(own or group.short or group.title)),
        Cell(date_text(occurrence.local, look.language), state),
        Cell(look.tell(told) if told else ""),
    )


def _kinds(facts: Status) -> list[str]:
    """Return the kinds of moments that have a column."""
    shown = [facts.counts, facts.stretch.counts, *(counts for _, counts in facts.years)]
    return [kind for kind in _HEADINGS if kind not in _APART or any(getattr(one, kind) for one in shown)]


def _numbers(counts: Counts, kinds: list[str], differences: dict[str, int] | None = None) -> Iterator[Cell]:
    for kind in kinds:
        count = getattr(counts, kind)
        more = (differences or {}).get(kind)
        yield Cell(f"{count} ({more:+})" if more else str(count), "" if count else "aside")


def _columns(kinds: list[str], look: Look, first: str = "") -> tuple[Column, ...]:
    return (Column(first), *(Column(look.translate(_HEADINGS[kind]), right=True) for kind in kinds))


def _by_wave(facts: Status, look: Look, limit: int | None) -> Any:
    kinds = _kinds(facts)
    differences = dict(changes(facts.counts, facts.earlier.counts)) if facts.earlier else None
    rows: list[Standing | None] = [None, *facts.waves]

    def row(standing: Standing | None) -> Iterator[Cell]:
        yield Cell(standing.wave if standing else look.translate("All waves"), "" if standing else "title")
        yield from _numbers(standing.counts, kinds) if standing else _numbers(facts.counts, kinds, differences)

    return listed(_columns(kinds, look, look.translate("Wave")), rows, row, None if limit is None else limit + 1)


def _by_time(facts: Status, look: Look, limit: int | None) -> Any:
    kinds = _kinds(facts)
    first, last, counts = facts.stretch
    said = date_text(days_of(first, last), look.language)
    rows = [(said, counts), *((str(year), of_year) for year, of_year in facts.years)]
    return listed(_columns(kinds, look), rows, lambda one: (one[0], *_numbers(one[1], kinds)), limit)


def _texts(facts: Status, look: Look, limit: int | None) -> Any:
    translate = look.translate
    columns = (
        Column(translate("Wave")),
        *(Column(one.language, right=True) for one in facts.languages),
        Column(translate("Findings")),
    )
    shared = Found(
        *(whole - sum(parts) for whole, *parts in zip(facts.found, *(w.found for w in facts.waves), strict=True))
    )
    rows = [
        (translate("All"), facts.languages, facts.found),
        *((standing.wave, standing.languages, standing.found) for standing in facts.waves[:limit]),
    ]
    if any(one.wanted for one in facts.own) or any(shared):
        rows.insert(1, (translate("The programme"), facts.own, shared))

    def row(one: tuple[str, tuple[Complete, ...], Found]) -> Iterator[Cell]:
        name, languages, found = one
        yield Cell(name)
        yield from (Cell(f"{part.percent} %", "" if part.percent == 100 else "gap") for part in languages)
        yield _found(found, look)

    table = listed(columns, rows, row)
    return table._replace(more=len(facts.waves) - len(facts.waves[:limit]))


def _found(found: Found, look: Look) -> Cell:
    """Return how many findings there are, in words, in the colour of the gravest."""
    said = [
        look.translate(one if count == 1 else many).format(count=count)
        for count, (one, many) in zip(found, _FOUND, strict=True)
        if count
    ]
    styles = [style for count, style in zip(found, ("error", "warning", "note", "aside"), strict=True) if count]
    return Cell(", ".join(said) or look.translate("none"), styles[0] if styles else "aside")


_FOUND = (
    (phrase("1 error"), phrase("{count} errors")),
    (phrase("1 warning"), phrase("{count} warnings")),
    (phrase("1 note"), phrase("{count} notes")),
    (phrase("1 accepted"), phrase("{count} accepted")),
)


# -- for programs


def data(facts: Status, look: Look) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "programme": wording(facts.name, look.languages) or None,
        "moments": _counts(facts.counts),
        "waves": [_wave(standing, facts, look) for standing in facts.waves],
        "years": [{"year": year, "moments": _counts(counts)} for year, counts in facts.years],
        "stretch": {
            "from": iso(facts.stretch.first),
            "to": iso(facts.stretch.last),
            "moments": _counts(facts.stretch.counts),
        },
        "languages": _languages(facts.languages),
        "findings": facts.found._asdict(),
        "since": _since(facts.counts, facts.earlier),
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {**counts._asdict(), "total": counts.total}


def _wave(standing: Standing, facts: Status, look: Look) -> dict[str, Any]:
    return {
        "wave": standing.wave,
        "title": wording(standing.title, look.languages),
        "status": standing.status.value,
        **_progress(standing.progress),
        "next": _following(standing.following, look),
        "moments": _counts(standing.counts),
        "languages": _languages(standing.languages),
        "findings": standing.found._asdict(),
    }


def _progress(progress: Progress | None) -> dict[str, Any]:
    if progress is None:
        return {"period": None, "month": None, "months": None}
    return {"period": progress.period.text, "month": progress.month, "months": progress.months}


def _following(following: Next | None, look: Look) -> dict[str, Any] | None:
    if following is None:
        return None
    return {**moment(following.group, following.occurrence.when, look), "days": following.days}


def _languages(languages: tuple[Complete, ...]) -> dict[str, dict[str, int]]:
    return {one.language: {"present": one.present, "wanted": one.wanted, "percent": one.percent} for one in languages}


def _since(now: Counts, earlier: Earlier | None) -> dict[str, Any] | None:
    if earlier is None:
        return None
    return {
        "name": earlier.name,
        "day": iso(earlier.day),
        "moments": _counts(earlier.counts),
        "change": dict(changes(now, earlier.counts)),
    }
