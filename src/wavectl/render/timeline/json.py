"""The timeline for programs: the schema ``wavectl/timeline/1``."""

from __future__ import annotations

from typing import Any

from wavectl.i18n.date_format import date_text
from wavectl.model import wording
from wavectl.render.context import Look
from wavectl.text.escaping import program
from wavectl.timeline import Entry, Timeline

SCHEMA = "wavectl/timeline/1"


def view(timeline: Timeline, look: Look) -> str:
    """Return one JSON object with all entries."""
    result = {
        "schema": SCHEMA,
        "today": timeline.today.isoformat(),
        "waves": list(timeline.shown),
        "entries": [record(entry, look) for entry in timeline.entries],
    }
    return program(result)


def record(entry: Entry, look: Look) -> dict[str, Any]:
    """Return an entry as its columns, in their order: texts, lists of ids, truth values and None."""
    group, occurrence = entry.group, entry.occurrence
    when, local, place = occurrence.when, occurrence.local, entry.place
    starts_at, ends_at = entry.starts_at, entry.ends_at
    return {
        "wave": entry.member.wave,
        "id": entry.member.moment.id,
        "kind": group.kind.value,
        "title": wording(entry.title, look.languages),
        "when": when.text,
        "stated": entry.stated.text if entry.stated else None,
        "text": date_text(local, look.language),
        "earliest": local.earliest.isoformat() if local.earliest else None,
        "latest": local.latest.isoformat() if local.latest else None,
        "precision": when.precision.value,
        "exact": when.exact,
        "firm": entry.firm,
        "repeat": group.rule.text if group.rule else None,
        "starts_at": starts_at.isoformat() if starts_at else None,
        "ends_at": ends_at.isoformat() if ends_at else None,
        "timezone": group.zone if starts_at or ends_at else None,
        "status": occurrence.status.value,
        "place": wording(place.name, look.languages) or None,
        "country": place.country,
        "online": place.online,
        "regions": list(group.regions),
        "priorities": list(group.priorities),
        "actors": list(group.actors),
        "url": group.url,
        "also_in": list(entry.also_in),
        "draft": entry.draft,
    }
