"""Time zones from the pinned ``tzdata`` package, never from the system: a plan gives the same bytes everywhere."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

_TZDATA_DIR = Path(tzdata.__path__[0])
_SEARCH_STEP = timedelta(days=6)
"""Offsets are compared this far apart: less than the shortest summer time (a week, Brazil in 2000)."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of all time zones, such as ``Europe/Madrid``."""
    return frozenset((_TZDATA_DIR / "zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=64)
def get_zone(name: str) -> ZoneInfo:
    """Return the time zone with this name; raise ``KeyError`` for a name that is not in ``zone_names()``."""
    if name not in zone_names():
        raise KeyError(name)
    with (_TZDATA_DIR / "zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def localize(wall_time: datetime, zone_name: str) -> datetime | None:
    """Return a wall-clock time as an aware time in a zone; None for a time that the clocks skip.

    A time that occurs twice is the first of the two (RFC 5545 §3.3.5), unless its ``fold`` is 1.
    """
    aware = wall_time.replace(tzinfo=get_zone(zone_name))
    round_trip = aware.astimezone(UTC).astimezone(aware.tzinfo)
    return aware if round_trip.replace(tzinfo=None) == wall_time else None


def transitions(zone_name: str, first_year: int, last_year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the changes of a zone's offset from ``first_year`` to ``last_year``, both included (in UTC).

    Each change is the first instant (UTC) of the new offset, the offset before and the offset after.
    """
    zone = get_zone(zone_name)
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    before = _utc_offset(start, zone)
    while start < end:
        step_end = min(start + _SEARCH_STEP, end)
        if _utc_offset(step_end, zone) != before:
            step_end = _first_change(start, step_end, zone)
            after = _utc_offset(step_end, zone)
            changes.append((step_end, before, after))
            before = after
        start = step_end
    return changes


def _first_change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second after ``low`` whose offset differs, by bisection; ``high`` has another offset."""
    before = _utc_offset(low, zone)
    while (seconds := int((high - low).total_seconds())) > 1:
        middle = low + timedelta(seconds=seconds // 2)
        if _utc_offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high


def _utc_offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
