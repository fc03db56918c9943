"""How far a plan is: its calendars, how sure its moments are, its languages, and what is found in it.

Each real-world moment counts once, whatever number of waves it stands in, and one that repeats counts once too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Severity
from wavectl.insights.progress import NextMoment, WaveProgress, next_moment, wave_progress
from wavectl.model import Status as Surety
from wavectl.model import Text, WaveStatus
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
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
        TranslationProgress(of_one[0].language, sum(one.present for one in of_one), sum(one.wanted for one in of_one))
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
