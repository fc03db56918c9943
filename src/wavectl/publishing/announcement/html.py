"""The announcement of changes as an HTML page to paste into a mail.

Outlook renders mails with the engine of a word processor and Gmail drops ``<style>``. The page is therefore built of
tables and paragraphs with ``style`` attributes and loads nothing. The markup is in ``templates/announcement.html``.
"""

from __future__ import annotations

from wavectl.publishing.announcement.message import Announcement, compose_announcement
from wavectl.text.templates import render_template


def render(announcement: Announcement) -> str:
    """Return one page with the announcement in each language (HTML Living Standard); "" without changes."""
    if not announcement.changes:
        return ""
    texts = [compose_announcement(announcement, languages) for languages in announcement.languages]
    return render_template("wavectl.publishing", "announcement.html", texts=texts)
