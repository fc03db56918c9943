"""What has changed as a page to paste into a mail.

Outlook draws with the engine of a word processor and Gmail drops what stands in ``<style>``: so the page is built of
tables and paragraphs with styles of their own, and needs nothing from elsewhere. It is as wide as there is room.
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.publishing.announcement.message import Announcement, AnnouncementText, ChangeText, compose_announcement
from wavectl.text.escaping import escape_html as escape

_FONT = "font-family:Arial,Helvetica,sans-serif"
_BODY = f"margin:0;padding:16px;background-color:#ffffff;color:#1a1a1a;{_FONT};font-size:15px;line-height:1.45"
_BLOCK = "max-width:640px"
_TEXT = f"margin:0 0 12px 0;{_FONT};font-size:15px;line-height:1.45;color:#1a1a1a"
_SUBJECT = f"margin:0 0 16px 0;{_FONT};font-size:15px;line-height:1.45;color:#1a1a1a;font-weight:bold"
_HEADING = f"margin:20px 0 4px 0;{_FONT};font-size:17px;line-height:1.3;color:#1a1a1a;font-weight:bold"
_TABLE = "border-collapse:collapse;width:100%;margin:0"
_CELL = f"padding:8px 12px 8px 0;border-top:1px solid #d0d0d0;vertical-align:top;text-align:left;{_FONT}"
_DATE = f"{_CELL};width:32%;font-size:14px;line-height:1.4;color:#1a1a1a;font-weight:normal"
_FACTS = f"{_CELL};padding-right:0;font-size:15px;line-height:1.4;color:#1a1a1a"
_SMALL = "color:#595959;font-size:13px"
_DESCRIPTION = "color:#1a1a1a"
_URGENT = "color:#a31515;font-weight:bold"
_RULE = "border:0;border-top:1px solid #d0d0d0;margin:28px 0"


def render(announcement: Announcement) -> str:
    """Return one page with the notice in each language, one after another (HTML Living Standard)."""
    if not announcement.changes:
        return ""
    made = [compose_announcement(announcement, languages) for languages in announcement.languages]
    title = " / ".join(one.subject for one in made)
    between = f'<hr style="{_RULE}">\n'
    blocks = between.join("\n".join(_language_block(one)) + "\n" for one in made)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(made[0].language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n</head>\n<body style="{_BODY}">\n{blocks}</body>\n</html>\n'
    )


def _language_block(text: AnnouncementText) -> Iterator[str]:
    yield f'<div lang="{escape(text.language)}" style="{_BLOCK}">'
    yield _paragraph(text.subject_line, _SUBJECT)
    yield _paragraph(text.opening, _TEXT)
    for part in text.sections:
        yield f'<h2 style="{_HEADING}">{escape(part.heading)}</h2>'
        yield f'<table width="100%" cellpadding="0" cellspacing="0" border="0" style="{_TABLE}">'
        yield from map(_change_row, part.changes)
        yield "</table>"
    address = escape(text.address)
    if address:
        link = f'<a href="{address}" style="color:#0b57a4;word-break:break-all">{address}</a>'
        yield f'<p style="{_TEXT};margin-top:20px">{escape(text.address_label)} {link}</p>'
    yield _paragraph(text.closing, f"{_TEXT};{_SMALL}" if address else f"{_TEXT};{_SMALL};margin-top:20px")
    yield "</div>"


def _paragraph(text: str, style: str) -> str:
    return f'<p style="{style}">{escape(text)}</p>'


def _change_row(change: ChangeText) -> str:
    where = " · ".join(part for part in (change.place, change.waves) if part)
    lines = (
        f"<strong>{escape(change.title)}</strong>",
        *([f'<span style="{_SMALL}">{escape(where)}</span>'] if where else []),
        f'<span style="{_URGENT if change.urgent else _DESCRIPTION}">{escape(change.description)}</span>',
    )
    return (
        f'<tr><th scope="row" width="32%" style="{_DATE}">{escape(change.date)}</th>'
        f'<td style="{_FACTS}">{"<br>".join(lines)}</td></tr>'
    )
