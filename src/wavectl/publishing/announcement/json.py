"""What would change, for programs: the schema ``wavectl/changes/1``."""

from __future__ import annotations

from typing import Any

from wavectl.dates import edtf
from wavectl.i18n.date_format import date_text
from wavectl.i18n.place_names import place_text
from wavectl.lockfile.entry import Line
from wavectl.model import wording
from wavectl.publishing.announcement.news import News
from wavectl.publishing.tracking import Change, Kind
from wavectl.text.escaping import program
from wavectl.timeline import local

SCHEMA = "wavectl/changes/1"


def notice(news: News) -> str:
    """Return one JSON object with all changes in order of UID, the files that are not as they should be, and counts.

    Texts are in the first language.
    """
    kinds = {kind.value: sum(kind in change.kinds for change in news.changes) for kind in Kind}
    result = {
        "schema": SCHEMA,
        "summary": {
            "changes": len(news.changes),
            "files": len(news.files),
            "kinds": {kind: count for kind, count in kinds.items() if count},
        },
        "changes": [_change(change, news) for change in news.changes],
        "files": [{"file": stale.file, "state": stale.state.value} for stale in news.files],
    }
    return program(result)


def _change(change: Change, news: News) -> dict[str, Any]:
    (wave, moment), *others = news.members(change.after)
    return {
        "uid": change.uid,
        "kinds": [kind.value for kind in change.kinds],
        "wave": wave,
        "id": moment,
        "also_in": [f"{wave}/{moment}" for wave, moment in others],
        "title": wording(change.after.title, news.languages[0]),
        "into": change.after.into,
        "before": _side(change.before, news) if change.before and not change.before.into else None,
        "after": None if change.after.into else _side(change.after, news),
    }


def _side(line: Line, news: News) -> dict[str, Any]:
    """Return what subscribers have of an entry, or get."""
    languages = news.languages[0]
    when = edtf.parse(line.when)
    place = line.place
    name = wording(place.get("name"), languages)
    shown = {"online": bool(place.get("online")), "worldwide": place.get("scope") is not None}
    return {
        "when": when.text,
        "text": date_text(local(when, line.zone or news.plan.programme.timezone), languages[0]),
        "exact": when.exact,
        "timezone": line.zone,
        "repeat": line.repeat,
        "status": "withdrawn" if line.withdrawn else line.status,
        "place": place_text(name, place.get("country"), languages[0], **shown) or None,
        "title": wording(line.title, languages),
    }
