"""Which property may be in which component, and how often: RFC 5545 §3.6, RFC 7986 §4."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from support.rfc5545.lines import Component, Faults


def placed(calendar: Component) -> Faults:
    """Check the order, place and number of components and properties."""
    yield from _order(calendar)
    for component in calendar.walk():
        yield from _cardinality(component)


_INSIDE = {"VCALENDAR": {"VTIMEZONE", "VEVENT"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}, "VEVENT": {"VALARM"}}


def _order(calendar: Component) -> Faults:
    for component in calendar.walk():
        for inner in component.components:
            if inner.name not in _INSIDE.get(component.name, ()):
                yield inner.line, f"{inner.name or 'a component without a name'} has no place in {component.name}."
    if not calendar.components:
        yield calendar.line, "the calendar holds no component."
    events = False
    for component in calendar.components:
        events = events or component.name == "VEVENT"
        if events and component.name == "VTIMEZONE":
            yield component.line, "VTIMEZONE is after a VEVENT."


@dataclass(frozen=True, slots=True)
class Place:
    """The properties that a component needs, may have once, and may have many times."""

    needs: str
    once: str = ""
    many: str = ""

    def names(self) -> list[str]:
        return f"{self.needs} {self.once} {self.many}".split()

    def single(self) -> list[str]:
        return f"{self.needs} {self.once}".split()


_OBSERVANCE = Place("DTSTART TZOFFSETFROM TZOFFSETTO", "RRULE", "COMMENT TZNAME")
_PLACES = {
    "VCALENDAR": Place(
        "PRODID VERSION",
        "CALSCALE UID LAST-MODIFIED URL REFRESH-INTERVAL SOURCE COLOR",
        "NAME DESCRIPTION CATEGORIES IMAGE",
    ),
    "VEVENT": Place(
        "UID DTSTAMP DTSTART",
        "CLASS CREATED DESCRIPTION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY SEQUENCE STATUS SUMMARY TRANSP URL"
        " RECURRENCE-ID RRULE DTEND DURATION COLOR",
        "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE REQUEST-STATUS RELATED-TO RESOURCES IMAGE CONFERENCE",
    ),
    "VTIMEZONE": Place("TZID", "LAST-MODIFIED TZURL"),
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VALARM": Place("ACTION TRIGGER", "DESCRIPTION SUMMARY DURATION REPEAT UID", "ATTACH ATTENDEE"),
}

# What the RFCs allow and a feed must not hold.
HOUSE = {
    ("VCALENDAR", "METHOD"): "METHOD makes Outlook open a new calendar.",
    ("VEVENT", "RDATE"): "RDATE is not read by every client.",
    ("STANDARD", "RDATE"): "RDATE in a time zone makes Outlook reject the feed.",
    ("DAYLIGHT", "RDATE"): "RDATE in a time zone makes Outlook reject the feed.",
}


def _cardinality(component: Component) -> Faults:
    place = _PLACES.get(component.name)
    if place is None:
        return
    count = Counter(one.name for one in component.properties)
    for name in place.needs.split():
        if not count[name]:
            yield component.line, f"{component.name} has no {name}."
    seen: set[str] = set()
    for one in component.properties:
        if (component.name, one.name) in HOUSE:
            yield one.line, HOUSE[component.name, one.name]
        elif one.name not in place.names() and not one.name.startswith("X-"):
            yield one.line, f"{one.name} has no place in {component.name}."
        elif one.name in place.single() and one.name in seen:
            yield one.line, f"{one.name} is a duplicate in {component.name}."
        seen.add(one.name)
