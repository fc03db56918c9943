"""A time before a moment, ``7d`` or ``7d@18:00`` -> its VALARM (RFC 5545 §3.6.6)."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from ics.grammar.parse import Container

from wavectl.dates import timezones
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, content_line
from wavectl.publishing.ical.time_span import EventSpan

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
ALL_DAY_ALARM_TIME = time(9)
"""When an alarm rings for something that has no time of day."""


def build_valarm(text: str, span: EventSpan, summary: str) -> Container:
    """Return the alarm of an entry that takes this time; ``text`` is ``7d`` or ``7d@18:00``: on that day, at six.

    It counts from the start on the clocks of the entry; a whole day starts at midnight, its alarm rings at 09:00.
    """
    trigger = content_line("TRIGGER", _duration(_trigger_offset(text, span)))
    return component(
        "VALARM", content_line("ACTION", "DISPLAY"), trigger, content_line("DESCRIPTION", encoding.text(summary))
    )


def _trigger_offset(text: str, span: EventSpan) -> timedelta:
    """Return how long after the start it rings; before it, that is less than nothing."""
    found = re.fullmatch(r"(\d+)([mhdw])(?:@(\d\d:\d\d))?", text)
    assert found is not None  # noqa: S101 - the model and the command line take nothing else
    early = int(found[1]) * _UNITS[found[2]]
    at = time.fromisoformat(found[3]) if found[3] else None
    if not isinstance(span.start, datetime):
        return _since_midnight(at or ALL_DAY_ALARM_TIME) - early
    if at is None:
        return -early
    clock = span.start.astimezone(timezones.get_zone(span.zone)).time()
    return _since_midnight(at) - _since_midnight(clock) - early


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _duration(delta: timedelta) -> str:
    """Return a DURATION (§3.3.6)."""
    seconds = abs(round(delta.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (rest // 60, "M"), (rest % 60, "S")) if number]
    whole = f"{days}D" if days or not parts else ""
    return f"{'-' if delta < timedelta() else ''}P{whole}{'T' if parts else ''}{''.join(parts)}"
