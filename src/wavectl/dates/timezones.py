"""Time zones from the pinned ``tzdata`` package, never the system's: the same plan gives the same bytes everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

_TZDATA_DIR = Path(tzdata.__path__[0])


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of all zones, such as ``Europe/Madrid``."""
    return frozenset((_TZDATA_DIR / "zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=64)
def get_zone(name: str) -> ZoneInfo:
    """Return the zone of that name; raise ``KeyError`` for a name that is not in ``names()``."""
    if name not in zone_names():
        raise KeyError(name)
    with (_TZDATA_DIR / "zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def localize(wall_time: datetime, zone_name: str) -> datetime | None:
    """Return a wall-clock time as an aware time in its zone; None for one that the clocks skip.

    A time that the clocks show twice is the first of the two (RFC 5545 §3.3.5), save one whose ``fold`` says otherwise.
    """
    aware = wall_time.replace(tzinfo=get_zone(zone_name))
    back = aware.astimezone(UTC).astimezone(aware.tzinfo)
    return aware if back.replace(tzinfo=None) == wall_time else None


def transitions(zone_name: str, first_year: int, last_year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the changes of a zone's offset in the years ``first`` to ``last``, both included.

    Each is the first instant (UTC) of the new offset, the offset before and the offset after.
    """
    here = get_zone(zone_name)
    found: list[tuple[datetime, timedelta, timedelta]] = []
    day, stop = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    before = _utc_offset(day, here)
    while day < stop:
        following = day + timedelta(days=1)
        after = _utc_offset(following, here)
        if after != before:
            low, high = 0, 86_400
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (
                    (middle, high) if _utc_offset(day + timedelta(seconds=middle), here) == before else (low, middle)
                )
            found.append((day + timedelta(seconds=high), before, after))
            before = after
        day = following
    return found


def _utc_offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    return timedelta() if offset is None else offset
