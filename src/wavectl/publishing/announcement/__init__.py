"""Changes of the record -> what people are told of them: one form a file, all of them in ``NOTICES``.

Calendars hardly ever say that an entry has moved, so whoever publishes has to. A notice is returned, never printed;
its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from wavectl.publishing.announcement.message import Announcement, FileState, StaleFile, changed_waves

__all__ = [
    "ANNOUNCEMENT_FORMATS",
    "UTF8_FORMATS",
    "Announcement",
    "FileState",
    "StaleFile",
    "changed_waves",
    "render_announcement",
]

ANNOUNCEMENT_FORMATS: Mapping[str, str] = {
    "text": "wavectl.publishing.announcement.text",
    "markdown": "wavectl.publishing.announcement.markdown",
    "html": "wavectl.publishing.announcement.html",
    "json": "wavectl.publishing.announcement.json",
}
"""The forms by name, and the module whose ``notice(news)`` makes each."""

UTF8_FORMATS = frozenset(("markdown", "html", "json"))
"""The forms whose bytes are the same on every console: UTF-8."""


def render_announcement(name: str, announcement: Announcement) -> str:
    """Return the notice in the form of that name; raise ``KeyError`` for one that there is not.

    Where nothing changes for subscribers there is nothing to send, so only JSON says so: the others are empty then.
    """
    make: Callable[[Announcement], str] = import_module(ANNOUNCEMENT_FORMATS[name]).render
    return make(announcement)
