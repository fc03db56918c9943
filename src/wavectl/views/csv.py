"""The timeline for spreadsheets: the columns of the JSON view, one row an entry (RFC 4180).

No cell can be taken for a formula: one that opens like one gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from io import StringIO
from typing import Any

from wavectl.look import Look
from wavectl.timeline import Timeline
from wavectl.views.json import record

COLUMNS = (
    "wave", "id", "kind", "title", "when", "stated", "text", "earliest", "latest", "precision", "exact", "firm",
    "repeat", "starts_at", "ends_at", "timezone", "status", "place", "country", "online", "regions", "priorities",
    "actors", "url", "also_in", "draft",
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OPENING = re.compile(r"[\s\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*(.?)", re.DOTALL)
"""What a cell opens with, behind what nobody sees."""


def view(timeline: Timeline, look: Look) -> str:
    """Return a header and one row for each entry; lists are joined with spaces."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in timeline.entries:
        row = record(entry, look)
        writer.writerow([cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ").replace("\r", " "))
    opening = _OPENING.match(text)
    formula = opening is not None and unicodedata.normalize("NFKC", opening[1]) in ("=", "+", "-", "@")
    return f"'{text}" if formula else text
