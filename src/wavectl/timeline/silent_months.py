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
from wavectl.timeline.ties import facts

HELD = (Status.CONFIRMED, Status.TENTATIVE)
"""The status of what fills its months."""

Run = tuple[int, int]
"""Months that follow one another, by the numbers of the first and of the last, both included."""


def filled(plan: Plan) -> tuple[dict[str, list[Run]], set[str]]:
    """Return by wave the runs of months that something fills, and the waves with a date that could not be read."""
    full: dict[str, list[Run]] = {wave_id: [] for wave_id in plan.waves}
    unread: set[str] = set()  # a month of theirs may be silent for that reason alone
    for wave_id, _, moment, known in facts(plan):
        if moment.when is None and moment.same_as is None:
            unread.add(wave_id)
        if known is None:
            continue
        once = known.teller.repeat is None  # the short way to the same, for most
        for when, status in ((known.when, known.status),) if once else known.dates(plan, wave_id):
            if status in HELD and (months := months_of(when)):
                full[wave_id].append(months)
    return full, unread


def months_of(when: When) -> Run | None:
    """Return the months that a date may touch, of an open end as far as it is known; None for an unknown date."""
    first, last = when.earliest, when.known
    return (number(first), number(last)) if first and last else None


def number(day: date) -> int:
    """Return the number of the month that a day lies in."""
    return day.year * 12 + day.month - 1


def silent(full: Iterable[Run], period: When | None) -> Iterator[Run]:
    """Return the runs of months inside a wave's calendar that nothing fills; none without a calendar.

    One with an open end is looked at up to its last moment.
    """
    if period is None or period.earliest is None:
        return iter(())
    runs = list(full)
    last = max((closing for _, closing in runs), default=0) if period.latest is None else number(period.latest)
    return gaps(runs, number(period.earliest), last)


def gaps(full: Iterable[Run], first: int, last: int) -> Iterator[Run]:
    """Return the runs of months from ``first`` through ``last`` that nothing fills, all ends included."""
    for opening, closing in sorted(full):
        if opening > last:
            break
        if opening > first:
            yield first, opening - 1
        first = max(first, closing + 1)
    if first <= last:
        yield first, last


def stretch(first: int, last: int) -> When:
    """Return the months from one through another as a date."""
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in dict.fromkeys((first, last))]
    return edtf.parse("/".join(months))
