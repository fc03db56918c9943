"""Entries for search engines: schema.org/Event as JSON-LD 1.1, with no date more precise than in the plan.

A day, a range of known days, a month or a year becomes ``startDate``; any other date appears in the description only.
Drafts are left out because they are not published; deadlines and publications are not events.
"""

from __future__ import annotations

from typing import Any

from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.model import MomentKind, Status
from wavectl.render.context import RenderContext
from wavectl.timeline.entries import Entry, Timeline

_EVENT_STATUSES = {Status.CONFIRMED: "Scheduled", Status.POSTPONED: "Postponed", Status.CANCELLED: "Cancelled"}
"""The status in terms of schema.org, which has none for tentative."""
_REDUCED_PRECISIONS = (Precision.MONTH, Precision.YEAR)  # written with fewer digits in ISO 8601


def event_graph(timeline: Timeline, context: RenderContext) -> dict[str, Any]:
    """Return the events of a timeline as one graph."""
    kinds = (MomentKind.EVENT, MomentKind.OBSERVANCE)
    events = [entry for entry in timeline.entries if entry.group.kind in kinds and not entry.draft]
    return {"@context": "https://schema.org", "@graph": [_event(entry, context) for entry in events]}


def _event(entry: Entry, context: RenderContext) -> dict[str, Any]:
    status = _EVENT_STATUSES.get(entry.occurrence.status)
    description = ". ".join(filter(None, (context.date(entry), context.status_note(entry))))
    facts = {
        "@type": "Event",
        "name": context.text(entry.title),
        **_dates(entry),
        "description": description,
        "eventStatus": f"https://schema.org/Event{status}" if status else None,
        **_location(entry, context),
        "url": entry.group.url,
    }
    return {name: fact for name, fact in facts.items() if fact}


def _dates(entry: Entry) -> dict[str, str | None]:
    """Return the start and end of an event, as far as they are known."""
    when = entry.occurrence.local
    if when.start is None or when.earliest is None or when.last_known is None or when.is_qualified:
        return {}
    if entry.starts_at:
        return {
            "startDate": entry.starts_at.isoformat(),
            "endDate": entry.ends_at.isoformat() if entry.ends_at else None,
        }
    if when.is_exact:
        return {"startDate": when.earliest.isoformat(), "endDate": when.last_known.isoformat()}
    if when.form is DateForm.OPEN and When(DateForm.SINGLE, when.start).is_exact:
        return {"startDate": when.earliest.isoformat()}
    if when.form is DateForm.SINGLE and when.precision in _REDUCED_PRECISIONS:
        digits = 7 if when.precision is Precision.MONTH else 4
        return {"startDate": when.earliest.isoformat()[:digits]}
    return {}


def _location(entry: Entry, context: RenderContext) -> dict[str, Any]:
    """Return the place of an event and whether it is attended there, online, or both."""
    place, name = entry.place, context.text(entry.place.name)
    venue: dict[str, Any] | None = None
    if name or place.country:
        address = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
        venue = {"@type": "Place", "name": name or context.place(place), **({"address": address} if address else {})}
    online = {"@type": "VirtualLocation", "url": entry.group.url} if place.online and entry.group.url else None
    locations = [location for location in (venue, online) if location]
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}.get((bool(venue), place.online))
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": locations[0] if len(locations) == 1 else locations,
    }
