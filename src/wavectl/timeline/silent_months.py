"""Find the months of a wave without any moment.

A month is a number: twelve times the year plus the month counted from 0. A moment fills every month that its date may
fall in; one that is cancelled, postponed, or without a date fills none.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from wavectl.dates import edtf
from wavectl.dates.edtf import When
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.timeline.ties import moments_with_facts

SCHEDULED_STATUSES = (Status.CONFIRMED, Status.TENTATIVE)
"""The statuses of moments that fill their months."""

MonthRange = tuple[int, int]
"""Consecutive months: the numbers of the first and the last, both included."""


def filled_ranges(plan: Plan) -> tuple[dict[str, list[MonthRange]], set[str]]:
    """Return the month ranges that moments fill, by wave, and the waves with a date that could not be parsed."""
    filled: dict[str, list[MonthRange]] = {wave_id: [] for wave_id in plan.waves}
    unparsed: set[str] = set()  # one of their months may look silent for that reason alone
    for wave_id, _, moment, facts in moments_with_facts(plan):
        if moment.when is None and moment.same_as is None:
            unparsed.add(wave_id)
        if facts is None:
            continue
        for when, status in facts.dates(plan, wave_id):
            if status in SCHEDULED_STATUSES:
                filled[wave_id] += month_ranges(when)
    return filled, unparsed


def month_ranges(when: When) -> list[MonthRange]:
    """Return the months that a date may fall in, up to the last known day of an open end; none for an unknown date."""
    return [(month_number(first), month_number(last)) for first, last in when.spans]


def month_number(day: date) -> int:
    """Return the number of a day's month."""
    return day.year * 12 + day.month - 1


def silent_ranges(filled: Iterable[MonthRange], period: When | None) -> Iterator[MonthRange]:
    """Return the month ranges inside a wave's period that nothing fills; none without a period.

    A period with an open end is checked up to the wave's last moment.
    """
    if period is None or period.earliest is None:
        return iter(())
    ranges = list(filled)
    last = max((end for _, end in ranges), default=0) if period.latest is None else month_number(period.latest)
    return unfilled_ranges(ranges, month_number(period.earliest), last)


def unfilled_ranges(filled: Iterable[MonthRange], first: int, last: int) -> Iterator[MonthRange]:
    """Return the month ranges from ``first`` to ``last``, both included, that nothing fills."""
    for start, end in sorted(filled):
        if start > last:
            break
        if start > first:
            yield first, start - 1
        first = max(first, end + 1)
    if first <= last:
        yield first, last


def months_as_date(first: int, last: int) -> When:
    """Return the months from ``first`` to ``last``, both included, as a date."""
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in dict.fromkeys((first, last))]
    return edtf.parse("/".join(months))
