"""How far a plan is: its calendars, how sure its moments are, its languages, and what is found in it.

Each real-world moment counts once, whatever number of waves it stands in, and one that repeats counts once too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Message, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.page_parts import (
    describe_progress,
    describe_start,
    edtf_day,
    edtf_interval,
    iso,
    moment_data,
    progress_bar,
)
from wavectl.insights.progress import NextMoment, WaveProgress, next_moment, wave_progress
from wavectl.model import Status as Surety
from wavectl.model import Text, WaveStatus, localized_text
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, date_state
from wavectl.render.page import Cell, Column, Page, Section, build_table, legend, mark_cell, page_line
from wavectl.timeline import SCHEDULED_STATUSES, MomentGroup, Occurrence, resolve_groups

_MAX_YEARS = 100
"""How many years of one moment are counted, year by year: no plan looks further."""


class CertaintyCounts(NamedTuple):
    """How many moments there are of each kind of date; those postponed and cancelled stand apart."""

    firm: int = 0
    provisional: int = 0
    vague: int = 0
    undated: int = 0
    postponed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """How many moments are to happen."""
        return self.firm + self.provisional + self.vague + self.undated


def certainty(when: When, status: Surety) -> str:
    """Return the kind of a date: a field of ``Counts``."""
    if status not in SCHEDULED_STATUSES:
        return status.value
    if when.start is None:
        return "undated"
    if not when.is_exact:
        return "vague"
    return "firm" if status is Surety.CONFIRMED else "provisional"


class TranslationProgress(NamedTuple):
    """How many of the texts that are wanted in a language are there."""

    language: str
    present: int
    total: int

    @property
    def percent(self) -> int:
        """The share that is there, rounded down: 100 only where nothing lacks."""
        return 100 * self.present // self.total if self.total else 100


class FindingCounts(NamedTuple):
    """How many findings there are."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    waived: int = 0


class WaveSummary(NamedTuple):
    """How far one wave is."""

    wave: str
    title: Text
    status: WaveStatus
    progress: WaveProgress | None
    next_moment: NextMoment | None
    counts: CertaintyCounts
    languages: tuple[TranslationProgress, ...]
    findings: FindingCounts


class PeriodCounts(NamedTuple):
    """The moments that touch some days, both ends included."""

    first: date
    last: date
    counts: CertaintyCounts


class EarlierStatus(NamedTuple):
    """How far the plan was: under which name it is known, on which day that was, if that is known."""

    name: str
    day: date | None
    counts: CertaintyCounts


class PlanStatus(NamedTuple):
    """How far a plan is. ``own`` are the languages of the programme's own file, ``found`` the findings of all files."""

    name: Text | None
    today: date
    waves: tuple[WaveSummary, ...]
    counts: CertaintyCounts
    years: tuple[tuple[int, CertaintyCounts], ...]
    period: PeriodCounts
    languages: tuple[TranslationProgress, ...]
    programme_languages: tuple[TranslationProgress, ...]
    findings: FindingCounts
    earlier: EarlierStatus | None = None


def build_status(
    plan: Plan,
    today: date,
    findings: Sequence[Finding] = (),
    waived: Sequence[Finding] = (),
    period: tuple[date, date] | None = None,
    earlier: EarlierStatus | None = None,
) -> PlanStatus:
    """Return how far a plan is. ``bounds`` are the days of its stretch; without, the next twelve months."""
    listed = resolve_groups(plan, drafts=True)
    first, last = period or (today, last_of_twelve_months(today))
    own = _translation_progress(plan, programme_texts(plan.programme) if plan.programme_file else ())
    by_wave: dict[str, list[MomentGroup]] = {wave_id: [] for wave_id in plan.waves}
    for group in listed:
        for wave in group.waves:
            by_wave[wave].append(group)
    found = _findings_by_wave(findings, waived)
    standings = tuple(
        WaveSummary(
            wave_id,
            wave.title,
            wave.status,
            wave_progress(wave.period, today),
            next_moment(by_wave[wave_id], today),
            count_by_certainty(by_wave[wave_id]),
            _translation_progress(plan, wave_texts(wave, announced=wave.status is WaveStatus.ANNOUNCED)),
            found.get(wave_id, FindingCounts()),
        )
        for wave_id, wave in plan.waves.items()
    )
    return PlanStatus(
        plan.programme.name,
        today,
        standings,
        count_by_certainty(listed),
        _counts_by_year(listed),
        PeriodCounts(first, last, _count_kinds(_certainty_within(group, first, last) for group in listed)),
        _sum_translations([own, *(standing.languages for standing in standings)]),
        own,
        _count_findings(findings, waived),
        earlier,
    )


def last_of_twelve_months(day: date) -> date:
    """Return the last day of the twelve months that begin on a day."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


# -- moments


def count_by_certainty(moment_groups: Iterable[MomentGroup]) -> CertaintyCounts:
    """Return how many of these moments there are of each kind; one that repeats is judged by its first time."""
    return _count_kinds(_group_certainty(group, group.occurrences) for group in moment_groups)


def _count_kinds(kinds: Iterable[str | None]) -> CertaintyCounts:
    found = dict.fromkeys(CertaintyCounts._fields, 0)
    for kind in kinds:
        if kind is not None:
            found[kind] += 1
    return CertaintyCounts(**found)


def _group_certainty(group: MomentGroup, occurrences: Sequence[Occurrence]) -> str:
    """Return the kind of a moment by the first of some times that is neither postponed nor cancelled, if one is."""
    if len(occurrences) < 2:
        return (
            certainty(occurrences[0].when, occurrences[0].status)
            if occurrences
            else certainty(group.when, group.status)
        )
    time = next((one for one in occurrences if one.status in SCHEDULED_STATUSES), occurrences[0])
    return certainty(time.when, time.status)


def _certainty_within(group: MomentGroup, first: date, last: date) -> str | None:
    """Return the kind of a moment by its times that touch some days; None where none does."""
    times = [one for one in group.occurrences if one.local.overlaps(first, last)]
    return _group_certainty(group, times) if times else None


def _counts_by_year(moment_groups: Iterable[MomentGroup]) -> tuple[tuple[int, CertaintyCounts], ...]:
    """Return the moments of each year that one touches, in order: what touches two years counts in both."""
    kinds: dict[int, list[str]] = {}
    for group in moment_groups:
        times: dict[int, list[Occurrence]] = {}
        for one in group.occurrences:
            for year in _years(one.local):
                times.setdefault(year, []).append(one)
        for year, of_year in times.items():
            kinds.setdefault(year, []).append(_group_certainty(group, of_year))
    return tuple((year, _count_kinds(kinds[year])) for year in sorted(kinds))


def _years(when: When) -> Collection[int]:
    if when.earliest is None or when.last_known is None:
        return ()
    return range(when.earliest.year, min(when.last_known.year, when.earliest.year + _MAX_YEARS) + 1)


# -- languages and findings


def _translation_progress(
    plan: Plan, translatable_texts: Iterable[TranslatableText]
) -> tuple[TranslationProgress, ...]:
    """Return for each language of the programme how many of some texts are there."""
    listed = list(translatable_texts)
    return tuple(
        TranslationProgress(language, sum(not one.lacks(language) for one in listed), len(listed))
        for language in plan.programme.languages
    )


def _sum_translations(parts: Sequence[tuple[TranslationProgress, ...]]) -> tuple[TranslationProgress, ...]:
    return tuple(
        TranslationProgress(of_one[0].language, sum(one.present for one in of_one), sum(one.total for one in of_one))
        for of_one in zip(*parts, strict=True)
    )


def _findings_by_wave(findings: Iterable[Finding], waived: Iterable[Finding]) -> dict[str | None, FindingCounts]:
    """Return the findings of each wave, counted; those of no wave stand under None."""
    told: dict[str | None, tuple[list[Finding], list[Finding]]] = {}
    for place, some in enumerate((findings, waived)):
        for finding in some:
            told.setdefault(finding.wave, ([], []))[place].append(finding)
    return {wave: _count_findings(*both) for wave, both in told.items()}


def _count_findings(findings: Iterable[Finding], waived: Sequence[Finding]) -> FindingCounts:
    weights = [finding.severity for finding in findings]
    errors, warnings, infos = (weights.count(one) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    return FindingCounts(errors, warnings, infos, len(waived))


def count_changes(now: CertaintyCounts, before: CertaintyCounts) -> Iterator[tuple[str, int]]:
    """Return by how much each number of moments has changed, and that of all that are to happen, under ``total``."""
    for field in CertaintyCounts._fields:
        yield field, getattr(now, field) - getattr(before, field)
    yield "total", now.total - before.total


SCHEMA = "wavectl/status/1"
_CERTAINTY_HEADINGS = {
    "firm": phrase("Firm"),
    "provisional": phrase("Provisional"),
    "vague": phrase("Vague"),
    "undated": phrase("Undated"),
    "postponed": phrase("Postponed"),
    "cancelled": phrase("Cancelled"),
    "total": phrase("Total"),
}
_OPTIONAL_COLUMNS = ("postponed", "cancelled")
"""Kinds of moments that have a column only where there is one."""


def build_page(facts: PlanStatus, context: RenderContext, limit: int | None) -> Page:
    """Return the page: waves that are over, and where there are many years the past ones, stand last."""
    waves = sorted(facts.waves, key=lambda one: one.progress is not None and one.progress.is_over)
    many = limit is not None and len(facts.years) > limit
    years = sorted(facts.years, key=lambda one: many and one[0] < facts.today.year)
    facts = facts._replace(waves=tuple(waves), years=tuple(years))
    nexts = [standing.next_moment for standing in facts.waves[:limit] if standing.next_moment]
    states = [date_state(one.occurrence.when, one.occurrence.status) for one in nexts]
    return Page(
        context.text(facts.name) or context.translate("The plan"),
        (page_line(context.format_message(_firm_summary(facts))),),
        (
            Section(context.translate("Waves"), (_calendar_table(facts, context, limit),)),
            Section(context.translate("Moments by wave"), (_counts_by_wave(facts, context, limit),)),
            Section(context.translate("Moments by time"), (_counts_by_time(facts, context, limit),)),
            Section(context.translate("Texts and findings"), (_texts_and_findings(facts, context, limit),)),
        ),
        legend(states, context),
    )


def _firm_summary(facts: PlanStatus) -> Message:
    """Return the one sentence that counts: how many moments have firm dates, and how many had."""
    said = msg("firm: {firm} of {total} moments", firm=facts.counts.firm, total=facts.counts.total)
    if facts.earlier is None:
        return said
    return msg("{before}, {change}", before=said, change=_firm_change(facts.counts, facts.earlier))


def _firm_change(now: CertaintyCounts, earlier: EarlierStatus) -> Message:
    more = now.firm - earlier.counts.firm
    if earlier.day is not None:
        day = edtf_day(earlier.day)
        if not more:
            return msg("as many as on {day}", day=day)
        if more > 0:
            return msg("{count} more than on {day}", count=more, day=day)
        return msg("{count} fewer than on {day}", count=-more, day=day)
    if not more:
        return msg("as many as in {name}", name=earlier.name)
    if more > 0:
        return msg("{count} more than in {name}", count=more, name=earlier.name)
    return msg("{count} fewer than in {name}", count=-more, name=earlier.name)


def _calendar_table(facts: PlanStatus, context: RenderContext, limit: int | None) -> Any:
    translate = context.translate
    columns = (
        Column(translate("Wave")),
        Column(translate("Calendar"), min_width=10),
        Column(min_width=1),
        Column(translate("Next moment")),
        Column(translate("Date")),
        Column(translate("Begins"), min_width=8),
    )

    def row(standing: WaveSummary) -> Iterator[Cell]:
        yield Cell(context.text(standing.title), "title")
        yield Cell(_calendar_text(standing, context))
        yield from _next_moment_cells(standing.next_moment, context, facts)

    return build_table(columns, facts.waves, row, limit)


def _calendar_text(standing: WaveSummary, context: RenderContext) -> str:
    found = standing.progress
    if found is None:
        return context.status(standing.status)
    return (
        f"{progress_bar(found)} {context.format_message(describe_progress(found))}"
        if found.months
        else context.format_message(describe_progress(found))
    )


def _next_moment_cells(
    next_moment: NextMoment | None, context: RenderContext, facts: PlanStatus
) -> tuple[Cell, Cell, Cell, Cell]:
    if next_moment is None:
        return Cell(""), Cell(context.translate("none"), "aside"), Cell(""), Cell("")
    group, occurrence, _ = next_moment
    state = date_state(occurrence.when, occurrence.status)
    told = describe_start(occurrence.local, facts.today)
    own = occurrence.change.title if occurrence.change else None
    return (
        mark_cell(state),
        Cell(context.text(own or group.short or group.title)),
        Cell(format_date(occurrence.local, context.language), state),
        Cell(context.format_message(told) if told else ""),
    )


def _certainty_columns(facts: PlanStatus) -> list[str]:
    """Return the kinds of moments that have a column."""
    shown = [facts.counts, facts.period.counts, *(counts for _, counts in facts.years)]
    return [
        kind
        for kind in _CERTAINTY_HEADINGS
        if kind not in _OPTIONAL_COLUMNS or any(getattr(one, kind) for one in shown)
    ]


def _count_cells(
    counts: CertaintyCounts, certainties: list[str], differences: dict[str, int] | None = None
) -> Iterator[Cell]:
    for kind in certainties:
        count = getattr(counts, kind)
        more = (differences or {}).get(kind)
        yield Cell(f"{count} ({more:+})" if more else str(count), "" if count else "aside")


def _count_columns(certainties: list[str], context: RenderContext, first_heading: str = "") -> tuple[Column, ...]:
    return (
        Column(first_heading),
        *(Column(context.translate(_CERTAINTY_HEADINGS[kind]), align_right=True) for kind in certainties),
    )


def _counts_by_wave(facts: PlanStatus, context: RenderContext, limit: int | None) -> Any:
    kinds = _certainty_columns(facts)
    differences = dict(count_changes(facts.counts, facts.earlier.counts)) if facts.earlier else None
    rows: list[WaveSummary | None] = [None, *facts.waves]

    def row(standing: WaveSummary | None) -> Iterator[Cell]:
        yield Cell(standing.wave if standing else context.translate("All waves"), "" if standing else "title")
        yield from _count_cells(standing.counts, kinds) if standing else _count_cells(facts.counts, kinds, differences)

    return build_table(
        _count_columns(kinds, context, context.translate("Wave")), rows, row, None if limit is None else limit + 1
    )


def _counts_by_time(facts: PlanStatus, context: RenderContext, limit: int | None) -> Any:
    kinds = _certainty_columns(facts)
    first, last, counts = facts.period
    said = format_date(edtf_interval(first, last), context.language)
    rows = [(said, counts), *((str(year), of_year) for year, of_year in facts.years)]
    return build_table(_count_columns(kinds, context), rows, lambda one: (one[0], *_count_cells(one[1], kinds)), limit)


def _texts_and_findings(facts: PlanStatus, context: RenderContext, limit: int | None) -> Any:
    translate = context.translate
    columns = (
        Column(translate("Wave")),
        *(Column(one.language, align_right=True) for one in facts.languages),
        Column(translate("Findings")),
    )
    shared = FindingCounts(
        *(whole - sum(parts) for whole, *parts in zip(facts.findings, *(w.findings for w in facts.waves), strict=True))
    )
    rows = [
        (translate("All"), facts.languages, facts.findings),
        *((standing.wave, standing.languages, standing.findings) for standing in facts.waves[:limit]),
    ]
    if any(one.total for one in facts.programme_languages) or any(shared):
        rows.insert(1, (translate("The programme"), facts.programme_languages, shared))

    def row(one: tuple[str, tuple[TranslationProgress, ...], FindingCounts]) -> Iterator[Cell]:
        name, languages, found = one
        yield Cell(name)
        yield from (Cell(f"{part.percent} %", "" if part.percent == 100 else "gap") for part in languages)
        yield _findings_cell(found, context)

    table = build_table(columns, rows, row)
    return table._replace(omitted_rows=len(facts.waves) - len(facts.waves[:limit]))


def _findings_cell(counts_by_severity: FindingCounts, context: RenderContext) -> Cell:
    """Return how many findings there are, in words, in the colour of the gravest."""
    said = [
        context.translate(one if count == 1 else many).format(count=count)
        for count, (one, many) in zip(counts_by_severity, _FINDING_PHRASES, strict=True)
        if count
    ]
    styles = [
        style for count, style in zip(counts_by_severity, ("error", "warning", "note", "aside"), strict=True) if count
    ]
    return Cell(", ".join(said) or context.translate("none"), styles[0] if styles else "aside")


_FINDING_PHRASES = (
    (phrase("1 error"), phrase("{count} errors")),
    (phrase("1 warning"), phrase("{count} warnings")),
    (phrase("1 note"), phrase("{count} notes")),
    (phrase("1 accepted"), phrase("{count} accepted")),
)


# -- for programs


def as_data(facts: PlanStatus, context: RenderContext) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "programme": localized_text(facts.name, context.languages) or None,
        "moments": _counts_data(facts.counts),
        "waves": [_wave_data(standing, facts, context) for standing in facts.waves],
        "years": [{"year": year, "moments": _counts_data(counts)} for year, counts in facts.years],
        "stretch": {
            "from": iso(facts.period.first),
            "to": iso(facts.period.last),
            "moments": _counts_data(facts.period.counts),
        },
        "languages": _languages_data(facts.languages),
        "findings": facts.findings._asdict(),
        "since": _since_data(facts.counts, facts.earlier),
    }


def _counts_data(counts: CertaintyCounts) -> dict[str, int]:
    return {**counts._asdict(), "total": counts.total}


def _wave_data(standing: WaveSummary, facts: PlanStatus, context: RenderContext) -> dict[str, Any]:
    return {
        "wave": standing.wave,
        "title": localized_text(standing.title, context.languages),
        "status": standing.status.value,
        **_progress_data(standing.progress),
        "next": _next_moment_data(standing.next_moment, context),
        "moments": _counts_data(standing.counts),
        "languages": _languages_data(standing.languages),
        "findings": standing.findings._asdict(),
    }


def _progress_data(progress: WaveProgress | None) -> dict[str, Any]:
    if progress is None:
        return {"period": None, "month": None, "months": None}
    return {"period": progress.period.text, "month": progress.month, "months": progress.months}


def _next_moment_data(next_moment: NextMoment | None, context: RenderContext) -> dict[str, Any] | None:
    if next_moment is None:
        return None
    return {
        **moment_data(next_moment.group, next_moment.occurrence.when, context),
        "days": next_moment.days_until_start,
    }


def _languages_data(languages: tuple[TranslationProgress, ...]) -> dict[str, dict[str, int]]:
    return {one.language: {"present": one.present, "wanted": one.total, "percent": one.percent} for one in languages}


def _since_data(now: CertaintyCounts, earlier: EarlierStatus | None) -> dict[str, Any] | None:
    if earlier is None:
        return None
    return {
        "name": earlier.name,
        "day": iso(earlier.day),
        "moments": _counts_data(earlier.counts),
        "change": dict(count_changes(now, earlier.counts)),
    }
