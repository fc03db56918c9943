"""Sheets -> a text file with separators, as Excel opens it in the reader's language (RFC 4180, with a mark of UTF-8).

It has one table with the moments of all waves. No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from wavectl.spreadsheet.row_builder import WaveSheet
from wavectl.text.csv_injection import escape_formula, replace_control_characters

_COMMA_LANGUAGES = ("en", "zh", "ja", "ko")
"""Languages whose spreadsheets separate with commas; where the comma stands in numbers, semicolons do."""


def csv_bytes(sheets: Sequence[WaveSheet], language: str) -> bytes:
    """Return the rows of sheets, which have the same columns, one below the other."""
    out = StringIO(newline="")
    separator = "," if language.partition("-")[0] in _COMMA_LANGUAGES else ";"
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(sheets[0].headings)
    for sheet in sheets:
        writer.writerows([escape_formula(replace_control_characters(cell)) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
