"""What properties and components owe each other: RFC 5545 §3.6, §3.8."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from support.rfc5545.lines import Component, Faults, Property
from support.rfc5545.values import DURATION, RULE_TIMES, moment, rule_fault, value_fault, value_type


def related(calendar: Component) -> Faults:
    """Check each component's properties against each other, then zones and identities across the calendar."""
    for component in calendar.walk():
        yield from _RULES.get(component.name, _nothing)(component)
    yield from _zones(calendar)
    yield from _identities(calendar)


def _nothing(_: Component) -> Faults:
    yield from ()


def _calendar(calendar: Component) -> Faults:
    interval = calendar.get("REFRESH-INTERVAL")
    if interval and DURATION.fullmatch(interval.value) and not _positive(interval.value):
        yield interval.line, "REFRESH-INTERVAL is not positive."


def _positive(duration: str) -> bool:
    return not duration.startswith("-") and bool(re.search(r"[1-9]", duration))


def _event(event: Component) -> Faults:
    start, end, length = event.get("DTSTART"), event.get("DTEND"), event.get("DURATION")
    if end and length:
        yield length.line, "DTEND and DURATION are both present."
    if start is None or value_fault(start):
        return
    yield from _end(start, end)
    yield from _length(start, length)
    yield from _until(event, start)
    for one in event.properties:
        if one.name == "EXDATE" and _kind(one) != _kind(start):
            yield one.line, "EXDATE and DTSTART are not of the same type."


def _kind(one: Property) -> tuple[str, str | None]:
    """Return the type and zone that properties about the same occurrences share."""
    return value_type(one), "UTC" if one.value.endswith("Z") else one.zone


def _end(start: Property, end: Property | None) -> Faults:
    if end is None:
        return
    if value_type(start) != value_type(end):
        yield end.line, "DTEND and DTSTART are not of the same type."
        return
    first, last = moment(start.value), moment(end.value)
    # Times of two zones are compared as far as any offset lets them.
    slack = timedelta() if _kind(start) == _kind(end) else timedelta(hours=26)
    if first and last and last + slack <= first:
        yield end.line, "DTEND is not after DTSTART."


def _length(start: Property, length: Property | None) -> Faults:
    parts = DURATION.fullmatch(length.value) if length else None
    if length is None or parts is None:
        return
    if not _positive(length.value):
        yield length.line, "DURATION is not positive."
    elif value_type(start) == "DATE" and "T" in length.value:
        yield length.line, "DURATION of an all-day event is not in days or weeks."


def _until(component: Component, start: Property) -> Faults:
    rule = component.get("RRULE")
    if rule is None or rule_fault(rule.value):
        return
    parts = dict(part.split("=") for part in rule.value.split(";"))
    if value_type(start) == "DATE" and set(parts) & set(RULE_TIMES):
        yield rule.line, "RRULE of an all-day event names times."
    until = parts.get("UNTIL")
    if until is None:
        return
    if ("T" in until) != (value_type(start) == "DATE-TIME"):
        yield rule.line, "UNTIL and DTSTART are not of the same type."
    elif "T" in until and not until.endswith("Z"):
        yield rule.line, "UNTIL is not in UTC."
    else:
        last, first = moment(until), moment(start.value)
        slack = timedelta(days=1) if "T" in until and not start.value.endswith("Z") else timedelta()
        if last and first and last + slack < first:
            yield rule.line, "UNTIL is before DTSTART."


def _observance(observance: Component) -> Faults:
    start = observance.get("DTSTART")
    if start is None or value_fault(start):
        return
    if value_type(start) == "DATE":
        yield start.line, f"DTSTART of {observance.name} is not a local time."
    else:
        yield from _until(observance, start)


def _timezone(zone: Component) -> Faults:
    if not zone.components:
        yield zone.line, "VTIMEZONE has neither STANDARD nor DAYLIGHT."


_ALARM_NEEDS = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}


def _alarm(alarm: Component) -> Faults:
    for name in _ALARM_NEEDS.get(alarm.text("ACTION") or "", ()):
        if not alarm.get(name):
            yield alarm.line, f"VALARM of {alarm.text('ACTION')} has no {name}."
    if (alarm.get("DURATION") is None) != (alarm.get("REPEAT") is None):
        yield alarm.line, "VALARM has one of DURATION and REPEAT, not both."


_RULES: dict[str, Callable[[Component], Faults]] = {
    "VCALENDAR": _calendar,
    "VEVENT": _event,
    "VTIMEZONE": _timezone,
    "STANDARD": _observance,
    "DAYLIGHT": _observance,
    "VALARM": _alarm,
}


def _zones(calendar: Component) -> Faults:
    """Check that every zone used is described once; name a missing one where it is first used."""
    described: set[str] = set()
    for component in calendar.components:
        zone = component.text("TZID")
        if component.name == "VTIMEZONE" and zone:
            if zone in described:
                yield component.line, f"VTIMEZONE {zone} is a duplicate."
            described.add(zone)
    for component in calendar.walk():
        for one in component.properties:
            # A zone that opens with a slash is known to all (§3.2.19).
            if one.zone and one.zone not in described and not one.zone.startswith("/"):
                described.add(one.zone)
                yield one.line, f"no VTIMEZONE describes {one.zone}."


def _identities(calendar: Component) -> Faults:
    """Check that events are distinct, and that each exception belongs to a repeated event."""
    events = [one for one in calendar.components if one.name == "VEVENT"]
    masters = {uid: event for event in events if (uid := event.text("UID")) and not event.get("RECURRENCE-ID")}
    seen: set[tuple[str, str | None]] = set()
    for event in events:
        uid, exception = event.text("UID"), event.get("RECURRENCE-ID")
        if uid is None:
            continue
        identity = uid, exception.value if exception else None
        if identity in seen:
            yield event.line, f"{uid} names a second VEVENT."
        seen.add(identity)
        if exception:
            yield from _exception(exception, masters.get(uid))


def _exception(exception: Property, master: Component | None) -> Faults:
    if master is None or master.get("RRULE") is None:
        yield exception.line, "RECURRENCE-ID belongs to no VEVENT with an RRULE."
        return
    start = master.get("DTSTART")
    if start and _kind(start) != _kind(exception):
        yield exception.line, "RECURRENCE-ID and DTSTART of the repeated VEVENT are not of the same type."
