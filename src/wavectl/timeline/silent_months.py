"""The months that moments fill, and those between them that nothing does.

Months are numbers: twelve times the year, and the month counted from 0. A moment that is somewhere between two months
fills all of them; one that is cancelled, postponed, or has no date fills none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wavectl.dates import edtf
from wavectl.dates.edtf import When
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.timeline.ties import moments_with_facts

SCHEDULED_STATUSES = (Status.CONFIRMED, Status.TENTATIVE)
"""The status of what fills its months."""

MonthRange = tuple[int, int]
"""Months that follow one another, by the numbers of the first and of the last, both included."""


def filled_ranges(plan: Plan) -> tuple[dict[str, list[MonthRange]], set[str]]:
    """Return by wave the runs of months that something fills, and the waves with a date that could not be read."""
    full: dict[str, list[MonthRange]] = {wave_id: [] for wave_id in plan.waves}
    unread: set[str] = set()  # a month of theirs may be silent for that reason alone
    for wave_id, _, moment, known in moments_with_facts(plan):
        if moment.when is None and moment.same_as is None:
            unread.add(wave_id)
        if known is None:
            continue
        once = known.date_source.repeat is None  # the short way to the same, for most
        for when, status in ((known.when, known.status),) if once else known.dates(plan, wave_id):
            if status in SCHEDULED_STATUSES and (months := month_range(when)):
                full[wave_id].append(months)
    return full, unread


def month_range(when: When) -> MonthRange | None:
    """Return the months that a date may touch, of an open end as far as it is known; None for an unknown date."""
    first, last = when.earliest, when.last_known
    return (month_number(first), month_number(last)) if first and last else None


def month_number(day: date) -> int:
    """Return the number of the month that a day lies in."""
    return day.year * 12 + day.month - 1


def silent_ranges(full: Iterable[MonthRange], period: When | None) -> Iterator[MonthRange]:
    """Return the runs of months inside a wave's calendar that nothing fills; none without a calendar.

    One with an open end is looked at up to its last moment.
    """
    if period is None or period.earliest is None:
        return iter(())
    runs = list(full)
    last = max((closing for _, closing in runs), default=0) if period.latest is None else month_number(period.latest)
    return unfilled_ranges(runs, month_number(period.earliest), last)


def unfilled_ranges(full: Iterable[MonthRange], first: int, last: int) -> Iterator[MonthRange]:
    """Return the runs of months from ``first`` through ``last`` that nothing fills, all ends included."""
    for opening, closing in sorted(full):
        if opening > last:
            break
        if opening > first:
            yield first, opening - 1
        first = max(first, closing + 1)
    if first <= last:
        yield first, last


def months_as_date(first: int, last: int) -> When:
    """Return the months from one through another as a date."""
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in dict.fromkeys((first, last))]
    return edtf.parse("/".join(months))
