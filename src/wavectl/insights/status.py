"""How far a plan is: its calendars, how sure its moments are, its languages, and what is found in it.

Each real-world moment counts once, whatever number of waves it stands in, and one that repeats counts once too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, Severity
from wavectl.insights.progress import Next, Progress, following_one, progress
from wavectl.model import Status as Surety
from wavectl.model import Text, WaveStatus
from wavectl.model.translatable import Spoken, of_programme, of_wave
from wavectl.plan.loader import Plan
from wavectl.timeline import HELD, Group, Occurrence, groups

_LONGEST = 100
"""How many years of one moment are counted, year by year: no plan looks further."""


class Counts(NamedTuple):
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


def surety(when: When, status: Surety) -> str:
    """Return the kind of a date: a field of ``Counts``."""
    if status not in HELD:
        return status.value
    if when.start is None:
        return "undated"
    if not when.exact:
        return "vague"
    return "firm" if status is Surety.CONFIRMED else "provisional"


class Complete(NamedTuple):
    """How many of the texts that are wanted in a language are there."""

    language: str
    present: int
    wanted: int

    @property
    def percent(self) -> int:
        """The share that is there, rounded down: 100 only where nothing lacks."""
        return 100 * self.present // self.wanted if self.wanted else 100


class Found(NamedTuple):
    """How many findings there are."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    waived: int = 0


class Standing(NamedTuple):
    """How far one wave is."""

    wave: str
    title: Text
    status: WaveStatus
    progress: Progress | None
    following: Next | None
    counts: Counts
    languages: tuple[Complete, ...]
    found: Found


class Stretch(NamedTuple):
    """The moments that touch some days, both ends included."""

    first: date
    last: date
    counts: Counts


class Earlier(NamedTuple):
    """How far the plan was: under which name it is known, on which day that was, if that is known."""

    name: str
    day: date | None
    counts: Counts


class Status(NamedTuple):
    """How far a plan is. ``own`` are the languages of the programme's own file, ``found`` the findings of all files."""

    name: Text | None
    today: date
    waves: tuple[Standing, ...]
    counts: Counts
    years: tuple[tuple[int, Counts], ...]
    stretch: Stretch
    languages: tuple[Complete, ...]
    own: tuple[Complete, ...]
    found: Found
    earlier: Earlier | None = None


def status(
    plan: Plan,
    today: date,
    findings: Sequence[Finding] = (),
    waived: Sequence[Finding] = (),
    bounds: tuple[date, date] | None = None,
    earlier: Earlier | None = None,
) -> Status:
    """Return how far a plan is. ``bounds`` are the days of its stretch; without, the next twelve months."""
    listed = groups(plan, drafts=True)
    first, last = bounds or (today, year_from(today))
    own = _complete(plan, of_programme(plan.programme) if plan.programme_file else ())
    by_wave: dict[str, list[Group]] = {wave_id: [] for wave_id in plan.waves}
    for group in listed:
        for wave in group.waves:
            by_wave[wave].append(group)
    found = _found_by_wave(findings, waived)
    standings = tuple(
        Standing(
            wave_id,
            wave.title,
            wave.status,
            progress(wave.period, today),
            following_one(by_wave[wave_id], today),
            counted(by_wave[wave_id]),
            _complete(plan, of_wave(wave, announced=wave.status is WaveStatus.ANNOUNCED)),
            found.get(wave_id, Found()),
        )
        for wave_id, wave in plan.waves.items()
    )
    return Status(
        plan.programme.name,
        today,
        standings,
        counted(listed),
        _by_year(listed),
        Stretch(first, last, _of(_within(group, first, last) for group in listed)),
        _summed([own, *(standing.languages for standing in standings)]),
        own,
        _tallied(findings, waived),
        earlier,
    )


def year_from(day: date) -> date:
    """Return the last day of the twelve months that begin on a day."""
    try:
        return day.replace(year=day.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


# -- moments


def counted(listed: Iterable[Group]) -> Counts:
    """Return how many of these moments there are of each kind; one that repeats is judged by its first time."""
    return _of(_judged(group, group.occurrences) for group in listed)


def _of(kinds: Iterable[str | None]) -> Counts:
    found = dict.fromkeys(Counts._fields, 0)
    for kind in kinds:
        if kind is not None:
            found[kind] += 1
    return Counts(**found)


def _judged(group: Group, times: Sequence[Occurrence]) -> str:
    """Return the kind of a moment by the first of some times that is neither postponed nor cancelled, if one is."""
    if len(times) < 2:
        return surety(times[0].when, times[0].status) if times else surety(group.when, group.status)
    time = next((one for one in times if one.status in HELD), times[0])
    return surety(time.when, time.status)


def _within(group: Group, first: date, last: date) -> str | None:
    """Return the kind of a moment by its times that touch some days; None where none does."""
    times = [one for one in group.occurrences if one.local.overlaps(first, last)]
    return _judged(group, times) if times else None


def _by_year(listed: Iterable[Group]) -> tuple[tuple[int, Counts], ...]:
    """Return the moments of each year that one touches, in order: what touches two years counts in both."""
    kinds: dict[int, list[str]] = {}
    for group in listed:
        times: dict[int, list[Occurrence]] = {}
        for one in group.occurrences:
            for year in _years(one.local):
                times.setdefault(year, []).append(one)
        for year, of_year in times.items():
            kinds.setdefault(year, []).append(_judged(group, of_year))
    return tuple((year, _of(kinds[year])) for year in sorted(kinds))


def _years(when: When) -> Collection[int]:
    if when.earliest is None or when.known is None:
        return ()
    return range(when.earliest.year, min(when.known.year, when.earliest.year + _LONGEST) + 1)


# -- languages and findings


def _complete(plan: Plan, spoken: Iterable[Spoken]) -> tuple[Complete, ...]:
    """Return for each language of the programme how many of some texts are there."""
    listed = list(spoken)
    return tuple(
        Complete(language, sum(not one.lacks(language) for one in listed), len(listed))
        for language in plan.programme.languages
    )


def _summed(parts: Sequence[tuple[Complete, ...]]) -> tuple[Complete, ...]:
    return tuple(
        Complete(of_one[0].language, sum(one.present for one in of_one), sum(one.wanted for one in of_one))
        for of_one in zip(*parts, strict=True)
    )


def _found_by_wave(findings: Iterable[Finding], waived: Iterable[Finding]) -> dict[str | None, Found]:
    """Return the findings of each wave, counted; those of no wave stand under None."""
    told: dict[str | None, tuple[list[Finding], list[Finding]]] = {}
    for place, some in enumerate((findings, waived)):
        for finding in some:
            told.setdefault(finding.wave, ([], []))[place].append(finding)
    return {wave: _tallied(*both) for wave, both in told.items()}


def _tallied(findings: Iterable[Finding], waived: Sequence[Finding]) -> Found:
    weights = [finding.severity for finding in findings]
    errors, warnings, infos = (weights.count(one) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    return Found(errors, warnings, infos, len(waived))


def changes(now: Counts, before: Counts) -> Iterator[tuple[str, int]]:
    """Return by how much each number of moments has changed, and that of all that are to happen, under ``total``."""
    for field in Counts._fields:
        yield field, getattr(now, field) - getattr(before, field)
    yield "total", now.total - before.total
