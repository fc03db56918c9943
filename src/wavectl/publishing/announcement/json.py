"""What would change, for programs: the schema ``wavectl/changes/1``."""

from __future__ import annotations

from typing import Any

from wavectl.dates import edtf
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.lockfile.entry import LockEntry
from wavectl.model import localized_text
from wavectl.publishing.announcement.message import Announcement
from wavectl.publishing.tracking import ChangeKind, EntryChange
from wavectl.text.escaping import dump_json
from wavectl.timeline import to_local_time

SCHEMA = "wavectl/changes/1"


def render(announcement: Announcement) -> str:
    """Return one JSON object with all changes in order of UID, the files that are not as they should be, and counts.

    Texts are in the first language.
    """
    kinds = {kind.value: sum(kind in change.kinds for change in announcement.changes) for kind in ChangeKind}
    result = {
        "schema": SCHEMA,
        "summary": {
            "changes": len(announcement.changes),
            "files": len(announcement.stale_files),
            "kinds": {kind: count for kind, count in kinds.items() if count},
        },
        "changes": [_change_data(change, announcement) for change in announcement.changes],
        "files": [{"file": stale.file, "state": stale.state.value} for stale in announcement.stale_files],
    }
    return dump_json(result)


def _change_data(change: EntryChange, announcement: Announcement) -> dict[str, Any]:
    (wave, moment), *others = announcement.members(change.after)
    return {
        "uid": change.uid,
        "kinds": [kind.value for kind in change.kinds],
        "wave": wave,
        "id": moment,
        "also_in": [f"{wave}/{moment}" for wave, moment in others],
        "title": localized_text(change.after.title, announcement.languages[0]),
        "into": change.after.into,
        "before": _entry_data(change.before, announcement) if change.before and not change.before.into else None,
        "after": None if change.after.into else _entry_data(change.after, announcement),
    }


def _entry_data(entry: LockEntry, announcement: Announcement) -> dict[str, Any]:
    """Return what subscribers have of an entry, or get."""
    languages = announcement.languages[0]
    when = edtf.parse(entry.when)
    place = entry.place
    name = localized_text(place.get("name"), languages)
    shown = {"online": bool(place.get("online")), "worldwide": place.get("scope") is not None}
    return {
        "when": when.text,
        "text": format_date(to_local_time(when, entry.zone or announcement.plan.programme.timezone), languages[0]),
        "exact": when.is_exact,
        "timezone": entry.zone,
        "repeat": entry.repeat,
        "status": "withdrawn" if entry.withdrawn else entry.status,
        "place": format_place(name, place.get("country"), languages[0], **shown) or None,
        "title": localized_text(entry.title, languages),
    }
