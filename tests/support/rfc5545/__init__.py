"""A raw check of a calendar's bytes, written from RFC 5545, RFC 6868 and RFC 7986 and from no calendar library.

Calendar clients pass over most of what is wrong in a feed; this does not. It reads what a feed holds, VEVENT and
VTIMEZONE: other components are faults here. ``HOUSE`` adds what the RFCs allow and subscribers' clients do not bear.
"""

from __future__ import annotations

from support.rfc5545.lines import Faults, components
from support.rfc5545.places import HOUSE, placed
from support.rfc5545.relations import related
from support.rfc5545.values import valued

__all__ = ["HOUSE", "faults"]


def faults(data: bytes) -> list[str]:
    """Return every fault of a calendar, each a sentence with the number of its line, in order of lines."""
    return [f"Line {line}: {text}" for line, text in sorted(_check(data))]


def _check(data: bytes) -> Faults:
    calendar = yield from components(data)
    if calendar:
        yield from placed(calendar)
        yield from valued(calendar)
        yield from related(calendar)
