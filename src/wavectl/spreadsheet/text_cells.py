"""What becomes of a text of the plan, in one language or several, with what stands in its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wavectl.diagnostics import say
from wavectl.model import Text
from wavectl.spreadsheet.cell_equality import cleaned, same
from wavectl.spreadsheet.cell_text import LONGEST, shortened
from wavectl.spreadsheet.columns import Column
from wavectl.spreadsheet.table import Cell, Fault


def new_text(text: Text | None, written: Mapping[str, str]) -> Text | Fault | None:
    """Return what becomes of a text with the cells of its columns, by language; "" is the column that names none.

    A text that is the same in all languages stands in one of the columns, and stays so while one is all there is. None
    is for a text of which nothing is left.
    """
    if isinstance(text, dict):
        new = _with_wordings(text, written)
    else:
        filled = {
            language: text if text and same(value, shortened(text)) else cleaned(value)
            for language, value in written.items()
            if value.strip()
        }
        single = text is not None and len(set(filled.values())) == 1
        new = filled.get("") or (next(iter(filled.values())) if single else filled) or None
    if new != text and any(len(one) > LONGEST for one in _wordings(text)):
        return Fault(
            say("the text is longer than the cell, which holds its beginning"), say("change it in the wave file")
        )
    return new


def _with_wordings(text: Mapping[str, str], written: Mapping[str, str]) -> Text | Fault | None:
    """Return a text in several languages with the wordings that differ from what the cells were given."""
    if "" in written:
        if any(same(written[""], shortened(wording)) for wording in text.values()):
            return dict(text)
        return Fault(
            say("the text is written in several languages, and the heading names none"),
            say("write the language into the heading, such as Note (fr), and take out the column without one"),
        )
    new = dict(text)
    for language, value in written.items():
        if not same(value, shortened(text.get(language, ""))):
            new[language] = cleaned(value)
    return {language: wording for language, wording in new.items() if wording} or None


def said_somewhere(text: Text | None, cell: Cell) -> bool:
    """Tell whether a cell says what a text says in one of its languages."""
    return any(same(cell.text, shortened(wording)) for wording in _wordings(text))


def _wordings(text: Text | None) -> Sequence[str]:
    return [text] if isinstance(text, str) else list((text or {}).values())


def differing(text: Text | None, cells: Mapping[Column, Cell]) -> Column:
    """Return the first column whose cell is not what the plan says in its language."""
    for column, cell in cells.items():
        shown = text if isinstance(text, str) else (text or {}).get(column.language, "")
        if not same(cell.text, shown) and not (isinstance(text, str) and cell.empty and len(cells) > 1):
            return column
    return next(iter(cells))
