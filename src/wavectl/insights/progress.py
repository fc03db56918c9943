"""The progress of a wave on a day, and its next moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.timeline import SCHEDULED_STATUSES, MomentGroup, Occurrence, month_number


class WaveProgress(NamedTuple):
    """How far a day is in the period of a wave.

    ``month`` counts from 1; it is 0 before the period begins and ``months`` + 1 after it ends. ``months`` is None for
    an open-ended period. ``days_until_start`` is 0 from the first day on.
    """

    period: When
    month: int
    months: int | None
    days_until_start: int

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.months is not None and self.month > self.months

    @property
    def fraction(self) -> float:
        """The elapsed part of the period, from 0 to 1; 0 if it is open-ended."""
        return min(1.0, self.month / self.months) if self.months else 0.0


def wave_progress(period: When | None, today: date) -> WaveProgress | None:
    """Return the progress of a period on a day; None without a period."""
    if period is None or period.earliest is None:
        return None
    first = month_number(period.earliest)
    months = None if period.latest is None else month_number(period.latest) - first + 1
    days = max(0, (period.earliest - today).days)
    if days:
        month = 0
    elif months is not None and period.latest is not None and today > period.latest:
        month = months + 1
    else:
        month = month_number(today) - first + 1
    return WaveProgress(period, month, months, days)


class NextMoment(NamedTuple):
    """The next moment, and the days from today until its earliest start; 0 if it is under way."""

    group: MomentGroup
    occurrence: Occurrence
    days_until_start: int


def next_moment(groups: Iterable[MomentGroup], today: date) -> NextMoment | None:
    """Return the moment that begins next, today or later, else one that is under way, else None.

    Postponed and cancelled moments are ignored.
    """
    best: tuple[bool, int, str, NextMoment] | None = None
    for group in groups:
        for occurrence in group.occurrences:
            first, last = occurrence.local.earliest, occurrence.local.last_known
            if first is None or last is None or last < today or occurrence.status not in SCHEDULED_STATUSES:
                continue
            days = (first - today).days
            key = (days < 0, days, group.root.reference)
            if best is None or key < best[:3]:
                best = (*key, NextMoment(group, occurrence, max(0, days)))
    return best[3] if best else None
