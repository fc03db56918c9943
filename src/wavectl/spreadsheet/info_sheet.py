"""The sheets of a workbook beside those of the waves: what the file is and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import UI_LANGUAGES, translator
from wavectl.i18n.date_format import format_date
from wavectl.text.suggest import normalize_name, quote_file_name

README_SHEET, LISTS_SHEET = phrase("Read me"), phrase("Lists")
"""What these sheets are called."""
ORIGINALS_SHEET = "wavectl"
"""The hidden sheet of the rows as they were written."""
_README_LINES = (
    phrase("This file is internal: owner, date to confirm by, note, source and drafts are in it. Do not publish it."),
    phrase("Each sheet is a wave, each row a moment. Change what you like, save the file, and take it back:"),
    "wavectl import-sheet {file}",
    phrase("Nothing is written before you have seen what changes."),
    phrase(
        "Write dates in words (14-17 September 2017, September 2017, between 5 and 20 July 2018) "
        "and no more exactly than they are known."
    ),
    phrase("A new moment is a new row without an id. A row that you delete takes nothing away: its moment stays."),
    phrase("Columns for information are not taken back. Names of actors and priorities have semicolons between them."),
)


def is_info_sheet(name: str) -> bool:
    """Tell whether a sheet is one of these, in whatever language."""
    known = {
        normalize_name(translator(language)(one)) for language in UI_LANGUAGES for one in (README_SHEET, LISTS_SHEET)
    }
    return bool(name) and normalize_name(name) in known | {ORIGINALS_SHEET}


def readme_lines(plan_name: str, today: date | None, file: str, language: str) -> Sequence[str]:
    """Return what the first sheet says of the file."""
    translate = translator(language)
    state = (
        [translate("As of {date}").format(date=format_date(edtf.parse(today.isoformat()), language))] if today else []
    )
    return [plan_name, *state, *(translate(line).format(file=quote_file_name(file)) for line in _README_LINES)]
