"""What has changed as plain text: to read on a screen, or to send as a mail without any form."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.publishing.announcement.message import Announcement, AnnouncementText, ChangeText, compose_announcement


def render(announcement: Announcement) -> str:
    """Return the notice in each language, one after another."""
    if not announcement.changes:
        return ""
    return (
        "\n\n".join(
            "\n".join(_lines(compose_announcement(announcement, languages))) for languages in announcement.languages
        )
        + "\n"
    )


def render_summary(announcement: Announcement, limit: int) -> str:
    """Return the subject and the first ``limit`` changes, in the first language, without what is said to others."""
    if not announcement.changes:
        return ""
    made = compose_announcement(announcement, announcement.languages[0])
    lines = [f"  {_change_line(one)}" for part in made.sections for one in part.changes]
    return "\n".join((made.subject, *lines[:limit], *(["  …"] if len(lines) > limit else []))) + "\n"


def _lines(text: AnnouncementText) -> Iterator[str]:
    yield from (text.subject_line, "", text.opening)
    for part in text.sections:
        yield from ("", part.heading, *(f"- {_change_line(one)}" for one in part.changes))
    yield ""
    if text.address:
        yield f"{text.address_label} {text.address}"
    yield text.closing


def _change_line(change: ChangeText) -> str:
    return f"{' · '.join(change.facts)} — {change.description}"
