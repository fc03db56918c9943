"""The status of a plan: progress of its waves, certainty of its moments, translations and findings.

A moment counts once, even if several waves share it or it repeats.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Message, Severity, msg, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_number, format_percent
from wavectl.insights.progress import (
    NextMoment,
    WaveProgress,
    describe_start,
    moment_data,
    next_moment,
    progress_data,
    progress_text,
    text_data,
    wave_progress,
)
from wavectl.model import Status, Text, WaveStatus
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.render.colours import wave_colours
from wavectl.render.context import RenderContext, date_state
from wavectl.render.page import Cell, Column, Page, Section, Table, build_table, legend, mark_cell, page_line
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import MomentGroup, Occurrence, resolve_groups
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

if TYPE_CHECKING:
    from wavectl.actions.counts import Counts

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

    def explain(self, rows: int, context: RenderContext) -> str:
        """Say how moments are counted, for readers who see another number of rows than moments; "" for others."""
        return context.translate(_HOW_COUNTED) if rows != self.total else ""


_HOW_COUNTED = phrase("A series counts once; what is cancelled or postponed does not count.")


def certainty(when: When, status: Status) -> str:
    """Return the certainty of a date, a field of ``CertaintyCounts``."""
    if status not in SCHEDULED_STATUSES:
        return status.value
    if when.start is None:
        return "undated"
    if not when.is_exact:
        return "vague"
    return "firm" if is_firm(when, status) else "provisional"


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
    colour: str
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
    ``actions`` are the local actions, counted by country, of the waves that have a register.
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
    actions: Mapping[str, Counts] = {}


def build_status(
    plan: Plan,
    today: date,
    findings: Sequence[Finding] = (),
    waived: Sequence[Finding] = (),
    period: tuple[date, date] | None = None,
    earlier: EarlierStatus | None = None,
    actions: Mapping[str, Counts] | None = None,
) -> PlanStatus:
    """Compute the status of a plan; ``period`` defaults to the twelve months from today, both ends included."""
    groups = resolve_groups(plan, drafts=True)
    first, last = period or (today, last_of_twelve_months(today))
    programme_languages = _translation_progress(plan, programme_texts(plan.programme) if plan.programme_file else ())
    by_wave: defaultdict[str, list[MomentGroup]] = defaultdict(list)
    for group in groups:
        for wave in group.waves:
            by_wave[wave].append(group)
    found, accepted = _findings_by_wave(findings), _findings_by_wave(waived)
    colours = wave_colours(plan.waves)
    summaries = tuple(
        WaveSummary(
            wave_id,
            wave.title,
            colours[wave_id],
            wave.status,
            wave_progress(wave.period, today),
            next_moment(by_wave[wave_id], today, plan.programme.languages),
            count_by_certainty(by_wave[wave_id]),
            _translation_progress(
                plan, wave_texts(wave, plan.programme, announced=wave.status is WaveStatus.ANNOUNCED)
            ),
            _count_findings(found[wave_id], accepted[wave_id]),
        )
        for wave_id, wave in plan.waves.items()
    )
    return PlanStatus(
        plan.programme.name,
        today,
        summaries,
        count_by_certainty(groups),
        _counts_by_year(groups),
        PeriodCounts(first, last, _count_kinds(_certainties_within(groups, first, last))),
        _sum_translations([programme_languages, *(summary.languages for summary in summaries)]),
        programme_languages,
        _count_findings(findings, waived),
        earlier,
        actions or {},
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


def _count_kinds(kinds: Iterable[str]) -> CertaintyCounts:
    return CertaintyCounts(**Counter(kinds))


def _group_certainty(group: MomentGroup, occurrences: Sequence[Occurrence]) -> str:
    """Return the certainty of the first scheduled of some occurrences, else of the first, else of the moment."""
    if not occurrences:
        return certainty(group.when, group.status)
    first = next((one for one in occurrences if one.status in SCHEDULED_STATUSES), occurrences[0])
    return certainty(first.when, first.status)


def _certainties_within(moment_groups: Iterable[MomentGroup], first: date, last: date) -> Iterator[str]:
    for group in moment_groups:
        occurrences = [occurrence for occurrence in group.occurrences if occurrence.local.overlaps(first, last)]
        if occurrences:
            yield _group_certainty(group, occurrences)


def _counts_by_year(moment_groups: Iterable[MomentGroup]) -> tuple[tuple[int, CertaintyCounts], ...]:
    """Count the moments of each year; a moment that touches two years counts in both."""
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    for group in moment_groups:
        by_year: defaultdict[int, list[Occurrence]] = defaultdict(list)
        for occurrence in group.occurrences:
            for year in _years(occurrence.local):
                by_year[year].append(occurrence)
        for year, of_year in by_year.items():
            kinds[year].append(_group_certainty(group, of_year))
    return tuple((year, _count_kinds(of_year)) for year, of_year in sorted(kinds.items()))


def _years(when: When) -> Collection[int]:
    """Return the years that a date may be in, at most ``_MAX_YEARS`` after the first of a stretch."""
    return {
        year for first, last in when.spans for year in range(first.year, min(last.year, first.year + _MAX_YEARS) + 1)
    }


# -- languages and findings


def _translation_progress(plan: Plan, translatables: Iterable[TranslatableText]) -> tuple[TranslationProgress, ...]:
    texts = list(translatables)
    return tuple(
        TranslationProgress(language, sum(not text.lacks(language) for text in texts), len(texts))
        for language in plan.programme.languages
    )


def _sum_translations(parts: Sequence[tuple[TranslationProgress, ...]]) -> tuple[TranslationProgress, ...]:
    return tuple(
        TranslationProgress(of_one[0].language, sum(one.present for one in of_one), sum(one.total for one in of_one))
        for of_one in zip(*parts, strict=True)
    )


def _findings_by_wave(findings: Iterable[Finding]) -> defaultdict[str | None, list[Finding]]:
    by_wave: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_wave[finding.wave].append(finding)
    return by_wave


def _count_findings(findings: Iterable[Finding], waived: Sequence[Finding]) -> FindingCounts:
    counts = Counter(finding.severity for finding in findings)
    return FindingCounts(counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.INFO], len(waived))


def count_changes(now: CertaintyCounts, before: CertaintyCounts) -> dict[str, int]:
    """Return the change of each count, and of the total."""
    earlier = _counts_data(before)
    return {kind: count - earlier[kind] for kind, count in _counts_data(now).items()}


# -- page


SCHEMA = "wavectl/status/1"
_CERTAINTY_HEADINGS = {
    "firm": phrase("Firm"), "provisional": phrase("To confirm"), "vague": phrase("Not exact"),
    "undated": phrase("No date"), "total": phrase("Total"), "postponed": phrase("Postponed"),
    "cancelled": phrase("Cancelled"),
}  # fmt: skip
_OPTIONAL = ("postponed", "cancelled")
"""The counts that have a column only if they are not all zero."""


def build_page(facts: PlanStatus, context: RenderContext, limit: int | None) -> Page:
    """Build the page; waves that are over come last, and past years too if not all years fit."""
    waves = sorted(facts.waves, key=lambda summary: summary.progress is not None and summary.progress.is_over)
    too_many = limit is not None and len(facts.years) > limit
    years = sorted(facts.years, key=lambda item: too_many and item[0] < facts.today.year)
    if len(years) == 1 and years[0][1] in (facts.counts, facts.period.counts):
        years = []  # the row of the plan or of the period says the same
    facts = facts._replace(waves=tuple(waves), years=tuple(years))
    next_moments = [summary.next_moment for summary in facts.waves[:limit] if summary.next_moment]
    states = [date_state(moment.occurrence.when, moment.occurrence.status) for moment in next_moments]
    translate = context.translate
    return Page(
        context.text(facts.name) or translate("The plan"),
        (page_line(context.format_message(_firm_summary(facts, context))),),
        (
            Section(translate("Waves"), (_calendar_table(facts, context, limit),)),
            *moments_sections(facts, context, limit),
            *([Section(translate("Local actions"), (_actions_table(facts, context, limit),))] if facts.actions else ()),
            Section(translate("Texts and findings"), (_texts_and_findings(facts, context, limit),)),
        ),
        legend(states, context),
    )


def moments_sections(facts: PlanStatus, context: RenderContext, limit: int | None) -> tuple[Section, Section]:
    """Return the numbers of moments by certainty: those of each wave, and those of the period and of each year."""
    translate = context.translate
    period = format_date(edtf.parse(f"{facts.period.first}/{facts.period.last}"), context.language)
    by_wave = [
        (Cell(translate("All waves"), "title"), facts.counts),
        *((Cell(context.wave(summary.wave)), summary.counts) for summary in facts.waves if len(facts.waves) > 1),
    ]
    by_time = [(Cell(period), facts.period.counts), *((Cell(str(year)), counts) for year, counts in facts.years)]
    wave_limit = None if limit is None else limit + 1
    return (
        Section(translate("Moments by wave"), (_counts_table(translate("Wave"), by_wave, facts, context, wave_limit),)),
        Section(translate("Moments by time"), (_counts_table("", by_time, facts, context, limit),)),
    )


def _firm_summary(facts: PlanStatus, context: RenderContext) -> Message:
    summary = msg("firm: {firm} of {total} moments", firm=facts.counts.firm, total=facts.counts.total)
    if facts.earlier is None:
        return summary
    name, day, counts = facts.earlier
    more = facts.counts.firm - counts.firm
    as_many, increase, decrease = _CHANGES_SINCE_DAY if day else _CHANGES_SINCE_NAME
    change = msg(
        increase if more > 0 else decrease if more else as_many,
        count=abs(more),
        day=context.day(day) if day else None,
        name=name,
    )
    return msg("{before}, {change}", before=summary, change=change)


_CHANGES_SINCE_DAY = (
    phrase("as many as on {day}"),
    phrase("{count} more than on {day}"),
    phrase("{count} fewer than on {day}"),
)
_CHANGES_SINCE_NAME = (
    phrase("as many as in {name}"),
    phrase("{count} more than in {name}"),
    phrase("{count} fewer than in {name}"),
)


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

    def row(summary: WaveSummary) -> Iterator[Cell | str]:
        yield Cell(context.wave(summary.wave), "title", summary.colour)
        yield progress_text(summary.progress, context) if summary.progress else context.status(summary.status)
        if summary.next_moment is None:
            yield from ("", Cell(translate("none"), "aside"), "", "")
            return
        group, occurrence, _ = summary.next_moment
        state = date_state(occurrence.when, occurrence.status)
        start = describe_start(occurrence.local, facts.today)
        changed_title = occurrence.change.title if occurrence.change else None
        yield mark_cell(state)
        yield context.text(changed_title or group.short or group.title)
        yield Cell(context.local_date(occurrence.local, group.zone), state)
        yield context.format_message(start) if start else ""

    return build_table(columns, facts.waves, row, limit)


def _counts_table(
    heading: str,
    rows: Sequence[tuple[Cell, CertaintyCounts]],
    facts: PlanStatus,
    context: RenderContext,
    limit: int | None,
) -> Table:
    """Return a table of counts by certainty; those of the whole plan have the change since the earlier plan."""
    shown = [facts.counts, facts.period.counts, *(counts for _, counts in facts.years)]
    kinds = [kind for kind in _CERTAINTY_HEADINGS if kind not in _OPTIONAL or any(getattr(one, kind) for one in shown)]
    changes = count_changes(facts.counts, facts.earlier.counts) if facts.earlier else {}
    columns = [Column(context.translate(_CERTAINTY_HEADINGS[kind]), align_right=True) for kind in kinds]

    def row(item: tuple[Cell, CertaintyCounts]) -> Iterator[Cell]:
        label, counts = item
        yield label
        for kind in kinds:
            count, more = getattr(counts, kind), changes.get(kind) if counts is facts.counts else 0
            yield Cell(f"{count} ({more:+})" if more else str(count), "" if count else "aside")

    return build_table([Column(heading), *columns], rows, row, limit)


def action_totals(counts: Iterable[Counts]) -> dict[str, int]:
    """Return how many actions there are, how many of them are accepted and have a result, and in how many countries."""
    counts = list(counts)
    sums = {name: sum(getattr(one.total, name) for one in counts) for name in ("actions", "accepted", "reported")}
    return {**sums, "countries": len({country for one in counts for country in one.rows})}


def _actions_table(facts: PlanStatus, context: RenderContext, limit: int | None) -> Table:
    """Return a table of local actions; refused and cancelled ones are not counted."""
    rows = [
        (Cell(context.wave(summary.wave)), [facts.actions[summary.wave]])
        for summary in facts.waves
        if summary.wave in facts.actions
    ]
    if len(rows) > 1:
        rows.insert(0, (Cell(context.translate("All waves"), "title"), list(facts.actions.values())))
        limit = None if limit is None else limit + 1
    headings = (phrase("Actions"), phrase("Accepted"), phrase("With a result"), phrase("Countries"))

    def row(item: tuple[Cell, list[Counts]]) -> Iterator[Cell]:
        yield item[0]
        for number in action_totals(item[1]).values():
            yield Cell(format_number(number, context.language), "" if number else "aside")

    columns = [Column(context.translate(heading), align_right=True, min_width=6) for heading in headings]
    return build_table([Column(context.translate("Wave")), *columns], rows, row, limit)


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
        *((context.wave(summary.wave), summary.languages, summary.findings) for summary in facts.waves[:limit]),
    ]
    if any(one.total for one in facts.programme_languages) or any(shared):
        rows.insert(1, (translate("The programme"), facts.programme_languages, shared))
    elif len(facts.waves) == 1:
        rows = rows[:1]  # the wave is all there is

    def row(item: tuple[str, tuple[TranslationProgress, ...], FindingCounts]) -> Iterator[Cell | str]:
        name, languages, findings = item
        yield name
        for part in languages:
            yield Cell(format_percent(part.percent, context.language), "" if part.percent == 100 else "gap")
        yield _findings_cell(findings, context)

    table = build_table(columns, rows, row)
    return table._replace(omitted_rows=len(facts.waves) - len(facts.waves[:limit]))


def _findings_cell(counts: FindingCounts, context: RenderContext) -> Cell:
    """Return the number of findings in words, in the style of the most severe."""
    found = [
        (context.translate(singular if count == 1 else plural).format(count=count), style)
        for count, (singular, plural, style) in zip(counts, _FINDING_PHRASES, strict=True)
        if count
    ]
    if not found:
        return Cell(context.translate("none"), "aside")
    return Cell(", ".join(text for text, _ in found), found[0][1])


_FINDING_PHRASES = (
    (phrase("1 error"), phrase("{count} errors"), "error"),
    (phrase("1 warning"), phrase("{count} warnings"), "warning"),
    (phrase("1 note"), phrase("{count} notes"), "note"),
    (phrase("1 accepted"), phrase("{count} accepted"), "aside"),
)


# -- JSON


def as_data(facts: PlanStatus, context: RenderContext) -> dict[str, Any]:
    """Return the facts as JSON data."""
    first, last, counts = facts.period
    return {
        "schema": SCHEMA,
        "today": facts.today,
        "programme": text_data(facts.name, context),
        "moments": _counts_data(facts.counts),
        "waves": [_wave_data(summary, facts.actions.get(summary.wave), context) for summary in facts.waves],
        "years": [{"year": year, "moments": _counts_data(of_year)} for year, of_year in facts.years],
        "stretch": {"from": first, "to": last, "moments": _counts_data(counts)},
        "languages": _languages_data(facts.languages),
        "findings": facts.findings._asdict(),
        "since": _since_data(facts.counts, facts.earlier) if facts.earlier else None,
        **({"actions": action_totals(facts.actions.values())} if facts.actions else {}),
    }


def _counts_data(counts: CertaintyCounts) -> dict[str, int]:
    return {**counts._asdict(), "total": counts.total}


def _wave_data(summary: WaveSummary, actions: Counts | None, context: RenderContext) -> dict[str, Any]:
    upcoming = summary.next_moment
    return {
        "wave": summary.wave,
        "title": text_data(summary.title, context),
        "status": summary.status,
        **progress_data(summary.progress),
        "next": upcoming
        and {**moment_data(upcoming.group, upcoming.occurrence.when, context), "days": upcoming.days_until_start},
        "moments": _counts_data(summary.counts),
        "languages": _languages_data(summary.languages),
        "findings": summary.findings._asdict(),
        **({"actions": action_totals([actions])} if actions else {}),
    }


def _languages_data(languages: tuple[TranslationProgress, ...]) -> dict[str, dict[str, int]]:
    return {one.language: {"present": one.present, "wanted": one.total, "percent": one.percent} for one in languages}


def _since_data(now: CertaintyCounts, earlier: EarlierStatus) -> dict[str, Any]:
    name, day, counts = earlier
    return {"name": name, "day": day, "moments": _counts_data(counts), "change": count_changes(now, counts)}
