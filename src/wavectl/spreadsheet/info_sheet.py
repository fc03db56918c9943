"""The sheets of a workbook beside those of the waves: what the file is and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import LANGUAGES, translator
from wavectl.i18n.date_format import date_text
from wavectl.text.suggest import plain, typed

README, LISTS = phrase("Read me"), phrase("Lists")
"""What these sheets are called."""
BASE = "wavectl"
"""The hidden sheet of the rows as they were written."""
_LINES = (
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


def ours(name: str) -> bool:
    """Tell whether a sheet is one of these, in whatever language."""
    known = {plain(translator(language)(one)) for language in LANGUAGES for one in (README, LISTS)}
    return bool(name) and plain(name) in known | {BASE}


def lines(plan_name: str, today: date | None, file: str, language: str) -> Sequence[str]:
    """Return what the first sheet says of the file."""
    translate = translator(language)
    state = [translate("As of {date}").format(date=date_text(edtf.parse(today.isoformat()), language))] if today else []
    return [plan_name, *state, *(translate(line).format(file=typed(file)) for line in _LINES)]
