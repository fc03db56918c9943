"""What becomes of a text of the plan, in one language or several, with what stands in its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wavectl.diagnostics import msg
from wavectl.model import Text
from wavectl.spreadsheet.cell_equality import clean_text, same_text
from wavectl.spreadsheet.cell_text import MAX_TEXT_LENGTH, truncate_text
from wavectl.spreadsheet.columns import SheetColumn
from wavectl.spreadsheet.table import InvalidCell, SheetCell


def merge_text(text: Text | None, cell_texts: Mapping[str, str]) -> Text | InvalidCell | None:
    """Return what becomes of a text with the cells of its columns, by language; "" is the column that names none.

    A text that is the same in all languages stands in one of the columns, and stays so while one is all there is. None
    is for a text of which nothing is left.
    """
    if isinstance(text, dict):
        new = _merge_translations(text, cell_texts)
    else:
        filled = {
            language: text if text and same_text(value, truncate_text(text)) else clean_text(value)
            for language, value in cell_texts.items()
            if value.strip()
        }
        single = text is not None and len(set(filled.values())) == 1
        new = filled.get("") or (next(iter(filled.values())) if single else filled) or None
    if new != text and any(len(one) > MAX_TEXT_LENGTH for one in _translations(text)):
        return InvalidCell(
            msg("the text is longer than the cell, which holds its beginning"), msg("change it in the wave file")
        )
    return new


def _merge_translations(text: Mapping[str, str], cell_texts: Mapping[str, str]) -> Text | InvalidCell | None:
    """Return a text in several languages with the wordings that differ from what the cells were given."""
    if "" in cell_texts:
        if any(same_text(cell_texts[""], truncate_text(wording)) for wording in text.values()):
            return dict(text)
        return InvalidCell(
            msg("the text is written in several languages, and the heading names none"),
            msg("write the language into the heading, such as Note (fr), and take out the column without one"),
        )
    new = dict(text)
    for language, value in cell_texts.items():
        if not same_text(value, truncate_text(text.get(language, ""))):
            new[language] = clean_text(value)
    return {language: wording for language, wording in new.items() if wording} or None


def matches_any_language(text: Text | None, cell: SheetCell) -> bool:
    """Tell whether a cell says what a text says in one of its languages."""
    return any(same_text(cell.text, truncate_text(wording)) for wording in _translations(text))


def _translations(text: Text | None) -> Sequence[str]:
    return [text] if isinstance(text, str) else list((text or {}).values())


def first_differing_column(text: Text | None, cells: Mapping[SheetColumn, SheetCell]) -> SheetColumn:
    """Return the first column whose cell is not what the plan says in its language."""
    for column, cell in cells.items():
        shown = text if isinstance(text, str) else (text or {}).get(column.language, "")
        if not same_text(cell.text, shown) and not (isinstance(text, str) and cell.empty and len(cells) > 1):
            return column
    return next(iter(cells))
