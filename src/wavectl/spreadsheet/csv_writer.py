"""Sheets -> a text file with separators, as Excel opens it in the reader's language (RFC 4180, with a mark of UTF-8).

It has one table with the moments of all waves. No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from wavectl.spreadsheet.row_builder import Sheet
from wavectl.text.csv_injection import guarded, harmless

_COMMA = ("en", "zh", "ja", "ko")
"""Languages whose spreadsheets separate with commas; where the comma stands in numbers, semicolons do."""


def delimited(sheets: Sequence[Sheet], language: str) -> bytes:
    """Return the rows of sheets, which have the same columns, one below the other."""
    out = StringIO(newline="")
    separator = "," if language.partition("-")[0] in _COMMA else ";"
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(sheets[0].headings)
    for sheet in sheets:
        writer.writerows([guarded(harmless(cell)) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
