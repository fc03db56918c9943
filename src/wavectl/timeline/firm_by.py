"""Decide whether a date is firm, and when it should be: on the day that the plan names, else before the moment.

Every view, feed, notice and insight asks ``is_firm``, so that they all say the same.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from wavectl.dates.edtf import When
from wavectl.model import Status
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

FIRM_LEAD_TIME = timedelta(days=60)
"""How long before its earliest day a date should be firm, where the plan has no ``confirm_by``."""


def next_date(dates: Iterable[tuple[When, Status]], today: date) -> tuple[When, Status] | None:
    """Return the next date of a moment: the first that is not past, postponed or cancelled."""
    for when, status in dates:
        if when.last_known is not None and when.last_known >= today and status in SCHEDULED_STATUSES:
            return when, status
    return None


def is_firm(when: When, status: Status) -> bool:
    """Tell whether nothing is open any more: the date is exact, without a mark of doubt, and confirmed."""
    return status is Status.CONFIRMED and when.is_exact


def visible_status(when: When, status: Status) -> Status:
    """Return the status that subscribers see: a moment that is to take place is confirmed only if it is firm."""
    if status not in SCHEDULED_STATUSES:
        return status
    return Status.CONFIRMED if is_firm(when, status) else Status.TENTATIVE


def firm_by_date(when: When, confirm_by: When | None) -> date | None:
    """Return the last day on which a date should become firm; None where that is unknown."""
    if confirm_by is not None:
        return confirm_by.latest
    return when.earliest - FIRM_LEAD_TIME if when.earliest else None
