"""Entries as search engines read them: schema.org/Event (JSON-LD 1.1), no date more precise than the plan knows it.

A date that is one day, one stretch of known days, one month or one year stands as such; of any other only the words are
told. Drafts are left out: they are not published. Deadlines and publications are no events.
"""

from __future__ import annotations

from typing import Any

from wavectl.dates.edtf import DateForm, Precision, When
from wavectl.model import MomentKind, Status
from wavectl.render.context import RenderContext
from wavectl.timeline import Entry, Timeline

_EVENT_STATUSES = {Status.CONFIRMED: "Scheduled", Status.POSTPONED: "Postponed", Status.CANCELLED: "Cancelled"}
"""What schema.org calls a status; it has no word for what is tentative."""
_REDUCED_PRECISIONS = (Precision.MONTH, Precision.YEAR)  # ISO 8601 writes them with fewer digits


def event_graph(timeline: Timeline, context: RenderContext) -> dict[str, Any]:
    """Return the events of a timeline as one graph."""
    kinds = (MomentKind.EVENT, MomentKind.OBSERVANCE)
    told = [entry for entry in timeline.entries if entry.group.kind in kinds and not entry.draft]
    return {"@context": "https://schema.org", "@graph": [_event(entry, context) for entry in told]}


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
    """Return when an event starts and ends, as far as that is known."""
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
    """Return where an event takes place, and whether there, online, or both."""
    place, name = entry.place, context.text(entry.place.name)
    there: dict[str, Any] | None = None
    if name or place.country:
        address = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
        there = {"@type": "Place", "name": name or context.place(place), **({"address": address} if address else {})}
    online = {"@type": "VirtualLocation", "url": entry.group.url} if place.online and entry.group.url else None
    found = [one for one in (there, online) if one]
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}.get((bool(there), place.online))
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": found[0] if len(found) == 1 else found,
    }
