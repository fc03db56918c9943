"""Render an announcement as plain text, Markdown (CommonMark), HTML or JSON.

The HTML page is for pasting into a mail: Outlook renders mails with the engine of a word processor and Gmail drops
``<style>``, so it is built of tables and ``style`` attributes and loads nothing. See ``templates/announcement.html``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wavectl.dates import edtf
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import format_place
from wavectl.lockfile.entry import LockEntry
from wavectl.model import localized_text
from wavectl.publishing.announcement.message import Announcement, AnnouncementText, ChangeText, compose_announcement
from wavectl.publishing.tracking import ChangeKind, EntryChange
from wavectl.text.escaping import dump_json, escape_markdown
from wavectl.text.templates import render_template
from wavectl.timeline.groups import to_local_time


def _compose_all(announcement: Announcement) -> list[AnnouncementText]:
    """Return the text in each language; none without changes."""
    if not announcement.changes:
        return []
    return [compose_announcement(announcement, languages) for languages in announcement.languages]


def render_text(announcement: Announcement) -> str:
    """Return plain text in each language, one after another."""
    return "\n".join("".join(f"{line}\n" for line in _text_lines(text)) for text in _compose_all(announcement))


def _text_lines(text: AnnouncementText) -> Iterator[str]:
    yield from (text.subject_line, "", text.opening)
    for section in text.sections:
        yield from ("", section.heading, *(f"- {_text_change(change)}" for change in section.changes))
    yield ""
    if text.address:
        yield f"{text.address_label} {text.address}"
    yield text.closing


def _text_change(change: ChangeText) -> str:
    return f"{' · '.join(change.facts)} — {change.description}"


def render_summary(announcement: Announcement, limit: int) -> str:
    """Return the subject and the first ``limit`` changes as plain text, in the first language."""
    if not announcement.changes:
        return ""
    text = compose_announcement(announcement, announcement.languages[0])
    lines = [f"  {_text_change(change)}" for section in text.sections for change in section.changes]
    return "\n".join((text.subject, *lines[:limit], *(["  …"] if len(lines) > limit else []))) + "\n"


def render_markdown(announcement: Announcement) -> str:
    """Return Markdown in each language, one after another."""
    texts = _compose_all(announcement)
    return "\n---\n\n".join("".join(f"{line}\n" for line in _markdown_lines(text)) for text in texts)


def _markdown_lines(text: AnnouncementText) -> Iterator[str]:
    yield from (f"**{escape_markdown(text.subject_line)}**", "", escape_markdown(text.opening))
    for section in text.sections:
        yield from ("", f"## {escape_markdown(section.heading)}", "")
        for change in section.changes:
            date, *facts = map(escape_markdown, change.facts)
            yield f"- {' · '.join((f'**{date}**', *facts))} — {escape_markdown(change.description)}"
    yield ""
    if text.address:
        yield from (f"{escape_markdown(text.address_label)} <{text.address}>", "")
    yield escape_markdown(text.closing)


def render_html(announcement: Announcement) -> str:
    """Return one page with the text in each language (HTML Living Standard)."""
    texts = _compose_all(announcement)
    return render_template("wavectl.publishing", "announcement.html", texts=texts) if texts else ""


SCHEMA = "wavectl/changes/1"


def render_json(announcement: Announcement) -> str:
    """Return one JSON object: all changes in order of UID, the stale files, and counts; texts in the first language."""
    kinds = {kind.value: sum(kind in change.kinds for change in announcement.changes) for kind in ChangeKind}
    data = {
        "schema": SCHEMA,
        "summary": {
            "changes": len(announcement.changes),
            "files": len(announcement.stale_files),
            "kinds": {kind: count for kind, count in kinds.items() if count},
        },
        "changes": [_change_data(change, announcement) for change in announcement.changes],
        "files": [{"file": stale.file, "state": stale.state.value} for stale in announcement.stale_files],
    }
    return dump_json(data)


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
    """Return the entry as subscribers see it."""
    languages = announcement.languages[0]
    when, place = edtf.parse(entry.when), entry.place
    place_text = format_place(
        localized_text(place.get("name"), languages),
        place.get("country"),
        languages[0],
        online=bool(place.get("online")),
        worldwide=place.get("scope") is not None,
    )
    return {
        "when": when.text,
        "text": format_date(to_local_time(when, entry.zone or announcement.plan.programme.timezone), languages[0]),
        "exact": when.is_exact,
        "timezone": entry.zone,
        "repeat": entry.repeat,
        "status": "withdrawn" if entry.withdrawn else entry.status,
        "place": place_text or None,
        "title": localized_text(entry.title, languages),
    }
