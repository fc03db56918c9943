"""Announce changes of the published entries to people, as text, Markdown, HTML or JSON.

Calendar clients rarely show that an entry has moved, so the publisher has to. An announcement is returned, never
printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wavectl.publishing.announcement.formats import (
    render_html,
    render_json,
    render_markdown,
    render_summary,
    render_text,
)
from wavectl.publishing.announcement.message import Announcement, FileState, StaleFile, changed_waves

__all__ = [
    "ANNOUNCEMENT_FORMATS",
    "UTF8_FORMATS",
    "Announcement",
    "FileState",
    "StaleFile",
    "changed_waves",
    "render_announcement",
    "render_summary",
]

ANNOUNCEMENT_FORMATS: Mapping[str, Callable[[Announcement], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "html": render_html,
    "json": render_json,
}
"""The formats by name."""

UTF8_FORMATS = frozenset(("markdown", "html", "json"))
"""The formats that are written as UTF-8 on every console."""


def render_announcement(output_format: str, announcement: Announcement) -> str:
    """Return the announcement in a format; raise ``KeyError`` for an unknown one.

    Without changes for subscribers there is nothing to send: only JSON is not empty then.
    """
    return ANNOUNCEMENT_FORMATS[output_format](announcement)
