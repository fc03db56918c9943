"""The timeline as JSON: the schema ``wavectl/timeline/1``."""

from typing import Any

from wavectl.i18n.date_format import format_date
from wavectl.model import localized_text
from wavectl.render.context import RenderContext
from wavectl.text.escaping import dump_json
from wavectl.timeline.entries import Entry, Timeline

SCHEMA = "wavectl/timeline/1"


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return one JSON object with all entries."""
    entries = [entry_data(entry, context) for entry in timeline.entries]
    head = {"schema": SCHEMA, "today": timeline.today.isoformat(), "waves": list(timeline.shown_waves)}
    return dump_json({**head, "entries": entries})


def entry_data(entry: Entry, context: RenderContext) -> dict[str, Any]:
    """Return the fields of an entry, in the order of the CSV columns."""
    group, occurrence = entry.group, entry.occurrence
    when, local, place = occurrence.when, occurrence.local, entry.place
    earliest, latest = local.bounds
    starts_at, ends_at = entry.starts_at, entry.ends_at
    return {
        "wave": entry.member.wave,
        "id": entry.member.moment.id,
        "kind": group.kind.value,
        "title": localized_text(entry.title, context.languages),
        "when": when.text,
        "stated": entry.stated.text if entry.stated else None,
        "text": format_date(local, context.language),
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
        "precision": when.precision.value,
        "exact": when.is_exact,
        "firm": entry.firm,
        "repeat": group.rule.text if group.rule else None,
        "starts_at": starts_at.isoformat() if starts_at else None,
        "ends_at": ends_at.isoformat() if ends_at else None,
        "timezone": group.zone if starts_at or ends_at else None,
        "status": occurrence.status.value,
        "place": localized_text(place.name, context.languages) or None,
        "country": place.country,
        "online": place.online,
        "regions": list(group.regions),
        "priorities": list(group.priorities),
        "actors": list(group.actors),
        "url": group.url,
        "also_in": list(entry.also_in),
        "draft": entry.draft,
    }
