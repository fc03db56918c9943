"""The status of a plan: progress of its waves, certainty of its moments, translations and findings.

A moment counts once, even if several waves share it or it repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Message, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.insights.progress import (
    NextMoment,
    WaveProgress,
    describe_progress,
    describe_start,
    edtf_day,
    edtf_interval,
    iso,
    moment_data,
    next_moment,
    progress_bar,
    wave_progress,
)
from wavectl.model import Status, Text, WaveStatus, localized_text
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext, date_state
from wavectl.render.page import Cell, Column, Page, Section, Table, build_table, legend, mark_cell, page_line
from wavectl.timeline.groups import MomentGroup, Occurrence, resolve_groups
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

_MAX_YEARS = 100
"""The maximum number of years counted for one moment."""


class CertaintyCounts(NamedTuple):
    """The number of moments by certainty of their date; postponed and cancelled ones are separate."""

    firm: int = 0
    provisional: int = 0
    vague: int = 0
    undated: int = 0
    postponed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """The number of scheduled moments."""
        return self.firm + self.provisional + self.vague + self.undated


def certainty(when: When, status: Status) -> str:
    """Return the certainty of a date, a field of ``CertaintyCounts``."""
    if status not in SCHEDULED_STATUSES:
        return status.value
    if when.start is None:
        return "undated"
    if not when.is_exact:
        return "vague"
    return "firm" if status is Status.CONFIRMED else "provisional"


class TranslationProgress(NamedTuple):
    """How many texts exist in a language, out of all texts that need a translation."""

    language: str
    present: int
    total: int

    @property
    def percent(self) -> int:
        """The share of translated texts, rounded down, so that 100 means all."""
        return 100 * self.present // self.total if self.total else 100


class FindingCounts(NamedTuple):
    """The number of findings by severity, and of waived ones."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    waived: int = 0


class WaveSummary(NamedTuple):
    """The status of one wave."""

    wave: str
    title: Text
    status: WaveStatus
    progress: WaveProgress | None
    next_moment: NextMoment | None
    counts: CertaintyCounts
    languages: tuple[TranslationProgress, ...]
    findings: FindingCounts


class PeriodCounts(NamedTuple):
    """The moments that may fall between two days, both included."""

    first: date
    last: date
    counts: CertaintyCounts


class EarlierStatus(NamedTuple):
    """The counts of an earlier version of the plan, its name, and its day if known."""

    name: str
    day: date | None
    counts: CertaintyCounts


class PlanStatus(NamedTuple):
    """The status of a plan.

    ``languages`` and ``findings`` include all files; ``programme_languages`` are those of the programme's own file.
    """

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
    """Compute the status of a plan; ``period`` defaults to the twelve months from today, both ends included."""
    groups = resolve_groups(plan, drafts=True)
    first, last = period or (today, last_of_twelve_months(today))
    programme_languages = _translation_progress(plan, programme_texts(plan.programme) if plan.programme_file else ())
    by_wave: dict[str, list[MomentGroup]] = {wave_id: [] for wave_id in plan.waves}
    for group in groups:
        for wave in group.waves:
            by_wave[wave].append(group)
    wave_findings = _findings_by_wave(findings, waived)
    summaries = tuple(
        WaveSummary(
            wave_id,
            wave.title,
            wave.status,
            wave_progress(wave.period, today),
            next_moment(by_wave[wave_id], today),
            count_by_certainty(by_wave[wave_id]),
            _translation_progress(plan, wave_texts(wave, announced=wave.status is WaveStatus.ANNOUNCED)),
            wave_findings.get(wave_id, FindingCounts()),
        )
        for wave_id, wave in plan.waves.items()
    )
    return PlanStatus(
        plan.programme.name,
        today,
        summaries,
        count_by_certainty(groups),
        _counts_by_year(groups),
        PeriodCounts(first, last, _count_kinds(_certainty_within(group, first, last) for group in groups)),
        _sum_translations([programme_languages, *(summary.languages for summary in summaries)]),
        programme_languages,
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
    """Count moments by certainty; a repeating moment counts by its first scheduled occurrence."""
    return _count_kinds(_group_certainty(group, group.occurrences) for group in moment_groups)


def _count_kinds(kinds: Iterable[str | None]) -> CertaintyCounts:
    counts = dict.fromkeys(CertaintyCounts._fields, 0)
    for kind in kinds:
        if kind is not None:
            counts[kind] += 1
    return CertaintyCounts(**counts)


def _group_certainty(group: MomentGroup, occurrences: Sequence[Occurrence]) -> str:
    """Return the certainty of the first scheduled of some occurrences, else of the first, else of the moment."""
    if not occurrences:
        return certainty(group.when, group.status)
    first = next((one for one in occurrences if one.status in SCHEDULED_STATUSES), occurrences[0])
    return certainty(first.when, first.status)


def _certainty_within(group: MomentGroup, first: date, last: date) -> str | None:
    """Return the certainty of a moment by its occurrences between two days; None if there are none."""
    occurrences = [occurrence for occurrence in group.occurrences if occurrence.local.overlaps(first, last)]
    return _group_certainty(group, occurrences) if occurrences else None


def _counts_by_year(moment_groups: Iterable[MomentGroup]) -> tuple[tuple[int, CertaintyCounts], ...]:
    """Count the moments of each year; a moment that touches two years counts in both."""
    kinds: dict[int, list[str]] = {}
    for group in moment_groups:
        by_year: dict[int, list[Occurrence]] = {}
        for occurrence in group.occurrences:
            for year in _years(occurrence.local):
                by_year.setdefault(year, []).append(occurrence)
        for year, of_year in by_year.items():
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
    """Count the translated texts for each language of the programme."""
    texts = list(translatable_texts)
    return tuple(
        TranslationProgress(language, sum(not text.lacks(language) for text in texts), len(texts))
        for language in plan.programme.languages
    )


def _sum_translations(parts: Sequence[tuple[TranslationProgress, ...]]) -> tuple[TranslationProgress, ...]:
    return tuple(
        TranslationProgress(of_one[0].language, sum(one.present for one in of_one), sum(one.total for one in of_one))
        for of_one in zip(*parts, strict=True)
    )


def _findings_by_wave(findings: Iterable[Finding], waived: Iterable[Finding]) -> dict[str | None, FindingCounts]:
    """Count the findings of each wave; findings without a wave are under None."""
    grouped: dict[str | None, tuple[list[Finding], list[Finding]]] = {}
    for index, part in enumerate((findings, waived)):
        for finding in part:
            grouped.setdefault(finding.wave, ([], []))[index].append(finding)
    return {wave: _count_findings(*both) for wave, both in grouped.items()}


def _count_findings(findings: Iterable[Finding], waived: Sequence[Finding]) -> FindingCounts:
    severities = [finding.severity for finding in findings]
    errors, warnings, infos = map(severities.count, (Severity.ERROR, Severity.WARNING, Severity.INFO))
    return FindingCounts(errors, warnings, infos, len(waived))


def count_changes(now: CertaintyCounts, before: CertaintyCounts) -> Iterator[tuple[str, int]]:
    """Return the change of each count, and of the total."""
    for field in CertaintyCounts._fields:
        yield field, getattr(now, field) - getattr(before, field)
    yield "total", now.total - before.total


# -- page


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
"""The counts that have a column only if they are not all zero."""


def build_page(facts: PlanStatus, context: RenderContext, limit: int | None) -> Page:
    """Build the page; waves that are over come last, and past years too if not all years fit."""
    waves = sorted(facts.waves, key=lambda summary: summary.progress is not None and summary.progress.is_over)
    too_many = limit is not None and len(facts.years) > limit
    years = sorted(facts.years, key=lambda item: too_many and item[0] < facts.today.year)
    facts = facts._replace(waves=tuple(waves), years=tuple(years))
    next_moments = [summary.next_moment for summary in facts.waves[:limit] if summary.next_moment]
    states = [date_state(moment.occurrence.when, moment.occurrence.status) for moment in next_moments]
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
    """Describe how many moments have firm dates, compared with the earlier plan."""
    summary = msg("firm: {firm} of {total} moments", firm=facts.counts.firm, total=facts.counts.total)
    if facts.earlier is None:
        return summary
    return msg("{before}, {change}", before=summary, change=_firm_change(facts.counts, facts.earlier))


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


def _calendar_table(facts: PlanStatus, context: RenderContext, limit: int | None) -> Table:
    translate = context.translate
    columns = (
        Column(translate("Wave")),
        Column(translate("Calendar"), min_width=10),
        Column(min_width=1),
        Column(translate("Next moment")),
        Column(translate("Date")),
        Column(translate("Begins"), min_width=8),
    )

    def row(summary: WaveSummary) -> Iterator[Cell]:
        yield Cell(context.text(summary.title), "title")
        yield Cell(_calendar_text(summary, context))
        yield from _next_moment_cells(summary.next_moment, context, facts)

    return build_table(columns, facts.waves, row, limit)


def _calendar_text(summary: WaveSummary, context: RenderContext) -> str:
    progress = summary.progress
    if progress is None:
        return context.status(summary.status)
    text = context.format_message(describe_progress(progress))
    return f"{progress_bar(progress)} {text}" if progress.months else text


def _next_moment_cells(
    next_moment: NextMoment | None, context: RenderContext, facts: PlanStatus
) -> tuple[Cell, Cell, Cell, Cell]:
    if next_moment is None:
        return Cell(""), Cell(context.translate("none"), "aside"), Cell(""), Cell("")
    group, occurrence, _ = next_moment
    state = date_state(occurrence.when, occurrence.status)
    start = describe_start(occurrence.local, facts.today)
    changed_title = occurrence.change.title if occurrence.change else None
    return (
        mark_cell(state),
        Cell(context.text(changed_title or group.short or group.title)),
        Cell(format_date(occurrence.local, context.language), state),
        Cell(context.format_message(start) if start else ""),
    )


def _certainty_columns(facts: PlanStatus) -> list[str]:
    """Return the counts that have a column."""
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


def _counts_by_wave(facts: PlanStatus, context: RenderContext, limit: int | None) -> Table:
    kinds = _certainty_columns(facts)
    differences = dict(count_changes(facts.counts, facts.earlier.counts)) if facts.earlier else None
    rows: list[WaveSummary | None] = [None, *facts.waves]

    def row(summary: WaveSummary | None) -> Iterator[Cell]:
        yield Cell(summary.wave if summary else context.translate("All waves"), "" if summary else "title")
        yield from _count_cells(summary.counts, kinds) if summary else _count_cells(facts.counts, kinds, differences)

    return build_table(
        _count_columns(kinds, context, context.translate("Wave")), rows, row, None if limit is None else limit + 1
    )


def _counts_by_time(facts: PlanStatus, context: RenderContext, limit: int | None) -> Table:
    kinds = _certainty_columns(facts)
    first, last, counts = facts.period
    period = format_date(edtf_interval(first, last), context.language)
    rows = [(period, counts), *((str(year), of_year) for year, of_year in facts.years)]
    return build_table(
        _count_columns(kinds, context), rows, lambda item: (item[0], *_count_cells(item[1], kinds)), limit
    )


def _texts_and_findings(facts: PlanStatus, context: RenderContext, limit: int | None) -> Table:
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
        *((summary.wave, summary.languages, summary.findings) for summary in facts.waves[:limit]),
    ]
    if any(one.total for one in facts.programme_languages) or any(shared):
        rows.insert(1, (translate("The programme"), facts.programme_languages, shared))

    def row(item: tuple[str, tuple[TranslationProgress, ...], FindingCounts]) -> Iterator[Cell]:
        name, languages, findings = item
        yield Cell(name)
        yield from (Cell(f"{part.percent} %", "" if part.percent == 100 else "gap") for part in languages)
        yield _findings_cell(findings, context)

    table = build_table(columns, rows, row)
    return table._replace(omitted_rows=len(facts.waves) - len(facts.waves[:limit]))


def _findings_cell(counts: FindingCounts, context: RenderContext) -> Cell:
    """Return the number of findings in words, in the style of the most severe."""
    texts = [
        context.translate(singular if count == 1 else plural).format(count=count)
        for count, (singular, plural) in zip(counts, _FINDING_PHRASES, strict=True)
        if count
    ]
    styles = [style for count, style in zip(counts, ("error", "warning", "note", "aside"), strict=True) if count]
    return Cell(", ".join(texts) or context.translate("none"), styles[0] if styles else "aside")


_FINDING_PHRASES = (
    (phrase("1 error"), phrase("{count} errors")),
    (phrase("1 warning"), phrase("{count} warnings")),
    (phrase("1 note"), phrase("{count} notes")),
    (phrase("1 accepted"), phrase("{count} accepted")),
)


# -- JSON


def as_data(facts: PlanStatus, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    return {
        "schema": SCHEMA,
        "today": facts.today.isoformat(),
        "programme": localized_text(facts.name, context.languages) or None,
        "moments": _counts_data(facts.counts),
        "waves": [_wave_data(summary, facts, context) for summary in facts.waves],
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


def _wave_data(summary: WaveSummary, facts: PlanStatus, context: RenderContext) -> dict[str, Any]:
    return {
        "wave": summary.wave,
        "title": localized_text(summary.title, context.languages),
        "status": summary.status.value,
        **_progress_data(summary.progress),
        "next": _next_moment_data(summary.next_moment, context),
        "moments": _counts_data(summary.counts),
        "languages": _languages_data(summary.languages),
        "findings": summary.findings._asdict(),
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
