"""What has changed as Markdown (CommonMark): for a web page, a forum, a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.publishing.announcement.message import Announcement, AnnouncementText, ChangeText, compose_announcement
from wavectl.text.escaping import escape_markdown as escaped


def render(announcement: Announcement) -> str:
    """Return the notice in each language, one after another."""
    if not announcement.changes:
        return ""
    return "\n---\n\n".join(
        "\n".join(_lines(compose_announcement(announcement, languages))) + "\n" for languages in announcement.languages
    )


def _lines(text: AnnouncementText) -> Iterator[str]:
    yield from (f"**{escaped(text.subject_line)}**", "", escaped(text.opening))
    for part in text.sections:
        yield from ("", f"## {escaped(part.heading)}", "", *(f"- {_change_line(one)}" for one in part.changes))
    yield ""
    if text.address:
        yield from (f"{escaped(text.address_label)} <{text.address}>", "")
    yield escaped(text.closing)


def _change_line(change: ChangeText) -> str:
    date, *rest = change.facts
    facts = " · ".join((f"**{escaped(date)}**", *map(escaped, rest)))
    return f"{facts} — {escaped(change.description)}"
