"""Sheets -> a workbook of Excel: cells are texts, with lists to choose from, ids locked; same rows, same bytes.

A text that opens like a formula is written as a text, and dates are no date cells, so that nothing is run or rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wavectl.i18n.catalogues import translator
from wavectl.i18n.place_names import country_name
from wavectl.model import Status
from wavectl.model.iso_codes import COUNTRIES
from wavectl.render.context import Look
from wavectl.spreadsheet.cell_text import KINDS, ONLINE, WORLDWIDE
from wavectl.spreadsheet.columns import Column
from wavectl.spreadsheet.info_sheet import BASE, LISTS, README
from wavectl.spreadsheet.row_builder import Sheet
from wavectl.spreadsheet.sheet_names import sheet_name
from wavectl.text.csv_injection import harmless
from wavectl.text.suggest import plain

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FREE_ROWS = 500
"""How many rows below the moments have the lists to choose from too."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip archive can give."""
_FROZEN = 3
"""The columns that stay in sight: wave, id, title."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Cover(NamedTuple):
    """What the workbook says besides its rows: the title of each wave, and the lines of its first sheet."""

    titles: Mapping[str, str]
    lines: Sequence[str]
    today: date | None
    language: str


def workbook(sheets: Sequence[Sheet], cover: Cover) -> bytes:
    """Return a workbook with a sheet for each wave, in the reader's language."""
    from openpyxl import Workbook

    book = Workbook()
    names = _names(sheets, cover)
    book.remove(book.worksheets[0])
    translate = translator(cover.language)
    ranges = _lists(book, sheets, cover)
    for sheet in sheets:
        _moments(book.create_sheet(names[sheet.wave]), sheet, ranges)
    _cover(book.create_sheet(sheet_name(translate(README), names.values()), 0), cover.lines)
    book.move_sheet(book[_lists_name(cover)], len(book.worksheets))
    _base(book.create_sheet(BASE), sheets)
    book.active = 1 if len(sheets) else 0
    stamp = datetime(*(cover.today or date(*_EPOCH[:3])).timetuple()[:3])  # noqa: DTZ001 - a day, wherever it is
    book.properties.creator, book.properties.created = "wavectl", stamp
    return _saved(book, stamp)


def _names(sheets: Sequence[Sheet], cover: Cover) -> dict[str, str]:
    """Return the name of each wave's sheet."""
    translate = translator(cover.language)
    taken = {BASE, translate(README).casefold(), translate(LISTS).casefold()}
    names = {}
    for sheet in sheets:
        names[sheet.wave] = sheet_name(cover.titles[sheet.wave], taken)
        taken.add(names[sheet.wave].casefold())
    return names


# -- what there is to choose from


def _lists_name(cover: Cover) -> str:
    return translator(cover.language)(LISTS)


def _lists(book: Workbook, sheets: Sequence[Sheet], cover: Cover) -> dict[str, tuple[str, bool]]:
    """Write the lists to choose from into a hidden sheet; return where each is, by field, and whether it is all."""
    from openpyxl.utils import get_column_letter, quote_sheetname

    look, translate = Look((cover.language,)), translator(cover.language)
    countries = sorted((country_name(code, cover.language) for code in COUNTRIES), key=plain)
    choices: Mapping[str, tuple[list[str], bool]] = {
        "wave": ([sheet.wave for sheet in sheets], True),
        "status": ([look.status(status) for status in Status], True),
        "kind": ([translate(word) for word in KINDS.values()], True),
        "country": ([*countries, translate(WORLDWIDE), translate(ONLINE)], False),
    }
    page = book.create_sheet(_lists_name(cover))
    page.sheet_state = "hidden"
    found = {}
    for number, (field, (words, whole)) in enumerate(choices.items(), start=1):
        for row, word in enumerate(words, start=1):
            _put(page.cell(row, number), word)
        letter = get_column_letter(number)
        found[field] = (f"{quote_sheetname(page.title)}!${letter}$1:${letter}${len(words)}", whole)
    return found


# -- the sheets


def _moments(page: Worksheet, sheet: Sheet, ranges: Mapping[str, tuple[str, bool]]) -> None:
    """Write the sheet of a wave."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(sheet.columns, start=1):
        texts = [sheet.headings[number - 1], *(row[number - 1] for row in sheet.rows)]
        _column(page, number, column, texts)
        if column.field in ranges:
            letter = get_column_letter(number)
            _choose(page, f"{letter}2:{letter}{len(texts) + _FREE_ROWS}", *ranges[column.field])
    last = max(len(sheet.rows), 1) + 1
    page.freeze_panes = f"{get_column_letter(_frozen(sheet.columns) + 1)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    _protect(page)


def _column(page: Worksheet, number: int, column: Column, texts: Sequence[str]) -> None:
    """Write a column, the heading first; what holds for its cells holds for the empty ones below them too."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    locked = column.field == "id" or column.told
    wrapped, protection = Alignment(wrap_text=True, vertical="top"), Protection(locked=locked)
    grey = PatternFill("solid", fgColor="E7E6E6")
    whole = page.column_dimensions[get_column_letter(number)]
    whole.width, whole.number_format, whole.alignment, whole.protection = column.width, "@", wrapped, protection
    for row, text in enumerate(texts, start=1):
        cell = page.cell(row, number)
        _put(cell, text)
        cell.alignment = wrapped
        if row == 1:
            cell.font = Font(bold=True)
        else:
            cell.protection = protection
        if row == 1 or locked:
            cell.fill = grey


def _frozen(columns: Iterable[Column]) -> int:
    """Return how many columns stay in sight."""
    return sum(column.field in ("wave", "id", "title") for column in list(columns)[:_FROZEN])


def _choose(page: Worksheet, cells: str, where: str, whole: bool) -> None:
    """Offer a list in cells; where it is not ``whole``, something else may be written too."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list", formula1=where, allow_blank=True, errorStyle="stop" if whole else "warning")
    rule.showErrorMessage = True
    rule.add(cells)
    page.add_data_validation(rule)


def _base(page: Worksheet, sheets: Sequence[Sheet]) -> None:
    """Write all rows once more, out of sight: what has changed is seen by them when the file comes back."""
    page.sheet_state = "veryHidden"
    rows = [row for sheet in sheets for row in sheet.rows]
    for number, row in enumerate((sheets[0].headings, *rows), start=1):
        for column, text in enumerate(row, start=1):
            _put(page.cell(number, column), text)


def _protect(page: Worksheet) -> None:
    """Lock the cells that are locked, without a password; columns may be set wider and rows filtered and added."""
    protection = page.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)


def _cover(page: Worksheet, lines: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    page.column_dimensions["A"].width = 110
    for row, line in enumerate(lines, start=1):
        cell = page.cell(row, 1)
        _put(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if row == 1:
            cell.font = Font(bold=True, size=14)


def _put(cell: Any, text: str) -> None:
    """Write a text into a cell as a text, whatever it looks like."""
    cell.number_format = "@"
    if text:  # the type comes last: the library takes "=1" for a formula, and "#N/A" for an error
        cell.value = _ESCAPE.sub("_x005F_", harmless(text))
        cell.data_type = "s"


# -- the file


def _saved(book: Workbook, stamp: datetime) -> bytes:
    """Return the bytes of a workbook, in which nothing tells when they were written."""
    made, fixed = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as archive, ZipFile(fixed, "w", ZIP_DEFLATED) as out:
        for name in archive.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            content = archive.read(name)
            if name == "docProps/core.xml":
                at = f"{stamp:%Y-%m-%dT%H:%M:%S}Z".encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + at, content)
            out.writestr(entry, content)
    return fixed.getvalue()
