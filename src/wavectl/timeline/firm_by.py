"""When the date of a moment should be firm: on the day that the plan names, else some time before the moment."""

from __future__ import annotations

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


def needs_firming(when: When, status: Status) -> bool:
    """Tell whether a date is still to be confirmed: it is not exact, or tentative."""
    return not when.is_exact or status is Status.TENTATIVE


def firm_by_date(when: When, confirm_by: When | None) -> date | None:
    """Return the last day on which a date should become firm; None where that is unknown."""
    if confirm_by is not None:
        return confirm_by.latest
    return when.earliest - FIRM_LEAD_TIME if when.earliest else None
