"""Read the tables of a workbook or CSV file, whichever program wrote it.

Formulas are not evaluated and links are not followed. The format is detected from the content, not from the name.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from wavectl.diagnostics import msg
from wavectl.spreadsheet.columns import MAX_ROWS_ABOVE_HEADINGS, match_columns
from wavectl.spreadsheet.table import BLANK_CELL, SheetCell, SheetError, SheetRow, SheetTable, ShownPrecision
from wavectl.spreadsheet.xlsx_archive import MAX_UNPACKED_RATIO, damaged_workbook_error, extract_cell_parts
from wavectl.yamlfile.document import MIB

MAX_CELL_LENGTH = 32_767
"""The maximum length of the text of a cell in Excel."""
_MAX_COLUMNS = 100
"""How many columns are read."""
_OLE2_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an old workbook (.xls) or one with a password."""


def read_tables(data: bytes, max_size: float) -> list[SheetTable]:
    """Return the tables of a workbook or CSV file of at most ``max_size`` MiB; raise ``SheetError`` for other files."""
    if len(data) > max_size * MIB:
        raise SheetError(
            msg("the file is larger than {size} MiB", size=f"{max_size:g}"),
            msg("split it, or raise the limit with --max-size"),
        )
    if data.startswith(_OLE2_SIGNATURE):
        raise SheetError(
            msg("the file is an old workbook (.xls), or one with a password"),
            msg("save it as .xlsx (Excel workbook) without a password, and import that"),
        )
    if data.startswith(b"PK"):
        return _read_workbook(data, int(max_size * MIB * MAX_UNPACKED_RATIO))
    return [SheetTable("", list(_read_delimited(_decode(data))))]


# -- workbooks


def _read_workbook(data: bytes, max_bytes: int) -> list[SheetTable]:
    """Return the tables of a workbook, including hidden sheets."""
    packed = extract_cell_parts(data, max_bytes)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are not needed
        try:
            book = load_workbook(packed, read_only=True, keep_links=False)
            return [SheetTable(str(sheet.title), list(_read_rows(sheet))) for sheet in book.worksheets]
        except Exception as error:  # a damaged part can raise anything in openpyxl
            raise damaged_workbook_error() from error


def _read_rows(sheet: Any) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that have content. Empty rows are skipped quickly."""
    from openpyxl.cell.read_only import EMPTY_CELL

    sheet.reset_dimensions()  # the stated size of a sheet may be wrong
    blank: object = None
    for number, row in enumerate(sheet.iter_rows(1, None, 1, _MAX_COLUMNS), start=1):
        if row is blank:
            continue
        if all(cell is EMPTY_CELL for cell in row):
            blank = row  # openpyxl returns the same object for all missing rows
            continue
        cells = _without_trailing_blanks([BLANK_CELL if cell.value is None else _convert_cell(cell) for cell in row])
        if cells:
            yield SheetRow(number, cells)


def _without_trailing_blanks(cells: list[SheetCell]) -> list[SheetCell]:
    """Return cells up to the last one that has content."""
    while cells and cells[-1].empty:
        cells.pop()
    return cells


def _convert_cell(cell: Any) -> SheetCell:
    """Return a cell of a workbook. Formulas and error values give a cell with ``error``."""
    value = cell.value
    if cell.data_type == "f":
        return SheetCell(
            str(value)[:MAX_CELL_LENGTH],
            error=msg("the cell contains a formula"),
            hint=msg("copy the cell and paste it as a value (Paste special, Values)"),
        )
    if cell.data_type == "e":
        return SheetCell(str(value), error=msg("the cell shows an error"), hint=msg("write the correct value"))
    if isinstance(value, datetime | date):
        return _convert_date(value, str(cell.number_format or ""))
    if isinstance(value, bool):
        return SheetCell("true" if value else "false")
    if isinstance(value, float) and value.is_integer():
        return SheetCell(str(int(value)) if abs(value) < 1e15 else str(value))
    if isinstance(value, time):
        return SheetCell(value.isoformat("minutes"))
    return _text_cell(str(value).replace("_x000D_", ""))


def _convert_date(value: date, number_format: str) -> SheetCell:
    day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    has_time = day.hour or day.minute
    text = day.strftime("%Y-%m-%dT%H:%M" if has_time else "%Y-%m-%d") if day.year > 999 else str(day)
    precision = shown_precision(number_format)
    return SheetCell(text, day, ShownPrecision.TIME if has_time and precision is ShownPrecision.DAY else precision)


def shown_precision(number_format: str) -> ShownPrecision:
    """Return how much of a date a number format shows: ``mmm yyyy`` a month, ``yyyy`` a year, others the day."""
    letters = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", number_format.partition(";")[0]).lower()
    if "d" in letters or "h" in letters or "y" not in letters:
        return ShownPrecision.DAY
    return ShownPrecision.MONTH if "m" in letters else ShownPrecision.YEAR


def _text_cell(text: str) -> SheetCell:
    if len(text) > MAX_CELL_LENGTH:
        return SheetCell(
            text[:40],
            error=msg("the cell holds more than {count} characters", count=MAX_CELL_LENGTH),
            hint=msg("shorten the text, or write it in the wave file"),
        )
    return SheetCell(text)


# -- CSV


def _decode(data: bytes) -> str:
    """Decode a CSV file: UTF-8, UTF-16 (Unicode text in Excel) or Windows-1252 (the default of Excel on Windows)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise SheetError(
            msg("the file is neither a workbook nor a text file"),
            msg("save the sheet as .xlsx or .csv, and import that"),
        )
    return text


_SEPARATORS = ";,\t"


def _read_delimited(text: str) -> Iterator[SheetRow]:
    """Yield the rows of a CSV file. Its separator is the one that gives the most known headings."""
    if text[:4].lower() == "sep=" and text[4:5]:
        separator = text[4]
        text = re.sub(r"\A[^\r\n]*(\r\n|\r|\n)", "", text)
        skipped = 1
    else:
        separator, skipped = max(_SEPARATORS, key=lambda candidate: _separator_score(text, candidate)), 0
    if not text.strip():
        return
    for number, texts in enumerate(_split_rows(text, separator), start=1 + skipped):
        cells = _without_trailing_blanks([_text_cell(text) for text in texts[:_MAX_COLUMNS]])
        if cells:
            yield SheetRow(number, cells)


def _split_rows(text: str, separator: str) -> Iterable[list[str]]:
    """Yield the cells of each row."""
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise SheetError(
            msg("the file cannot be read as a table: a quotation mark is not closed, or a cell is too long"),
            msg("open it in Excel or LibreOffice, save it again as .csv or .xlsx, and import that"),
        ) from error


def _separator_score(text: str, separator: str) -> tuple[int, int]:
    """Rate a separator: the most known headings in one row, then the number of separators in the first line."""
    best = 0
    top = text[:20_000]
    try:
        for number, cells in enumerate(csv.reader(StringIO(top, newline=""), delimiter=separator)):
            if number >= MAX_ROWS_ABOVE_HEADINGS:
                break
            best = max(best, len(match_columns(cells[:_MAX_COLUMNS], "en", {})))
    except csv.Error:
        return 0, 0
    return best, top.partition("\n")[0].count(separator)
