"""Where a day stands in a wave's calendar, and the moment that comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.timeline import SCHEDULED_STATUSES, MomentGroup, Occurrence, month_number


class WaveProgress(NamedTuple):
    """Where a day stands in a calendar.

    ``month`` counts from 1: 0 before the calendar begins, ``months`` + 1 once it is over. ``months`` is None for an
    open end. ``days`` are those until it begins, 0 from its first day on.
    """

    period: When
    month: int
    months: int | None
    days_until_start: int

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.months is not None and self.month > self.months

    @property
    def fraction(self) -> float:
        """How much of the calendar is reached, from 0 to 1; 0 for one with an open end."""
        return min(1.0, self.month / self.months) if self.months else 0.0


def wave_progress(period: When | None, today: date) -> WaveProgress | None:
    """Return where a day stands in a calendar; None where there is none."""
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
    """A moment that comes next, and how many days from today it begins at the earliest; 0 for one under way."""

    group: MomentGroup
    occurrence: Occurrence
    days_until_start: int


def next_moment(groups: Iterable[MomentGroup], today: date) -> NextMoment | None:
    """Return what begins next, today or later; where nothing does, what is under way; None where nothing is left.

    What is postponed or cancelled is passed over.
    """
    found: tuple[bool, int, str, NextMoment] | None = None
    for group in groups:
        for occurrence in group.occurrences:
            first, last = occurrence.local.earliest, occurrence.local.last_known
            if first is None or last is None or last < today or occurrence.status not in SCHEDULED_STATUSES:
                continue
            days = (first - today).days
            key = (days < 0, days, group.root.reference)
            if found is None or key < found[:3]:
                found = (*key, NextMoment(group, occurrence, max(0, days)))
    return found[3] if found else None
