"""The timeline as CSV (RFC 4180): the fields of the JSON view as columns, one row for each entry.

A cell that starts like a formula gets an apostrophe in front, so no spreadsheet evaluates it.
"""

import csv
from io import StringIO
from typing import Any

from wavectl.render.context import RenderContext
from wavectl.render.timeline.json import entry_data
from wavectl.text.escaping import escape_formula, replace_control_characters
from wavectl.timeline.entries import Timeline

COLUMNS = (
    "wave", "id", "kind", "title", "when", "stated", "text", "earliest", "latest", "precision", "exact", "firm",
    "repeat", "starts_at", "ends_at", "timezone", "status", "place", "country", "online", "regions", "priorities",
    "actors", "url", "also_in", "draft",
)  # fmt: skip


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return a header and one row for each entry; list items are separated by spaces."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in timeline.entries:
        row = entry_data(entry, context)
        writer.writerow([csv_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def csv_cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet evaluates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = " ".join(value) if isinstance(value, (list, tuple)) else str(value)
    return escape_formula(replace_control_characters(text.replace("\r", " ")))
