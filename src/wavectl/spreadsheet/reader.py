"""A file that came back from a spreadsheet -> tables of cells, whatever program wrote it and whatever it holds.

Nothing in it is run, expanded or followed: a formula is no value. A file is known by what it holds, not by its name.
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
from wavectl.spreadsheet.columns import match_columns
from wavectl.spreadsheet.table import SheetCell, SheetError, SheetRow, SheetTable, ShownPrecision
from wavectl.spreadsheet.xlsx_archive import MAX_UNPACKED_RATIO, damaged_workbook_error, extract_cell_parts
from wavectl.yamlfile.document import MIB

MAX_CELL_LENGTH = 32_767
"""How many characters a cell can hold, as Excel counts."""
_MAX_COLUMNS = 100
"""How many columns are looked at."""
_OLE2_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What opens a workbook of the time before .xlsx, or one with a password."""


def read_tables(data: bytes, max_size: float) -> list[SheetTable]:
    """Return the tables of a workbook or of a text file with separators; raise ``SheetError`` for anything else.

    The file has at most ``max_size`` MiB.
    """
    if len(data) > max_size * MIB:
        raise SheetError(
            msg("the file is larger than {size} MiB", size=f"{max_size:g}"),
            msg("split it, or allow more with --max-size"),
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
    """Return the tables of a workbook, those of hidden sheets too."""
    packed = extract_cell_parts(data, max_bytes)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are not needed
        try:
            book = load_workbook(packed, read_only=True, keep_links=False)
            return [SheetTable(str(sheet.title), list(_read_rows(sheet))) for sheet in book.worksheets]
        except Exception as error:  # whatever a damaged part makes of the library
            raise damaged_workbook_error() from error


def _read_rows(sheet: Any) -> Iterator[SheetRow]:
    """Return the rows of a sheet that hold something: a million empty ones cost little."""
    from openpyxl.cell.read_only import EMPTY_CELL

    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    blank: object = None
    for number, row in enumerate(sheet.iter_rows(1, None, 1, _MAX_COLUMNS), start=1):
        if row is blank:
            continue
        if all(one is EMPTY_CELL for one in row):
            blank = row  # one and the same for all that are missing
            continue
        cells = [_BLANK_CELL if one.value is None else _convert_cell(one) for one in row]
        while cells and cells[-1].empty:
            cells.pop()
        if cells:
            yield SheetRow(number, cells)


_BLANK_CELL = SheetCell()


def _convert_cell(cell: Any) -> SheetCell:
    """Return a cell of a workbook; a formula, or what came of one that went wrong, is a fault."""
    value = cell.value
    if cell.data_type == "f":
        return SheetCell(
            str(value)[:MAX_CELL_LENGTH],
            error=msg("a formula stands here"),
            hint=msg("copy the cell and paste it as a value (Paste special, Values)"),
        )
    if cell.data_type == "e":
        return SheetCell(str(value), error=msg("the cell shows an error"), hint=msg("write the value that is meant"))
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
    clock = day.hour or day.minute
    text = day.strftime("%Y-%m-%dT%H:%M" if clock else "%Y-%m-%d") if day.year > 999 else str(day)
    shows = shown_precision(number_format)
    return SheetCell(text, day, ShownPrecision.TIME if clock and shows is ShownPrecision.DAY else shows)


def shown_precision(number_format: str) -> ShownPrecision:
    """Return how much of a day a number format shows: ``mmm yyyy`` a month, ``yyyy`` a year, all else the day."""
    letters = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", number_format.partition(";")[0]).lower()
    if "d" in letters or "h" in letters or "y" not in letters:
        return ShownPrecision.DAY
    return ShownPrecision.MONTH if "m" in letters else ShownPrecision.YEAR


def _text_cell(text: str) -> SheetCell:
    if len(text) > MAX_CELL_LENGTH:
        return SheetCell(
            text[:40],
            error=msg("the cell holds more than {count} characters", count=MAX_CELL_LENGTH),
            hint=msg("shorten it, or write it into the wave file"),
        )
    return SheetCell(text)


# -- text files with separators


def _decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, the UTF-16 of "Unicode text", or what Excel on Windows writes unasked."""
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
    """Return the rows of a text file; what separates its cells is what makes most sense of its first rows."""
    if text[:4].lower() == "sep=" and text[4:5]:
        separator = text[4]
        text = re.sub(r"\A[^\r\n]*(\r\n|\r|\n)", "", text)
        skipped = 1
    else:
        separator, skipped = max(_SEPARATORS, key=lambda one: _separator_score(text, one)), 0
    if not text.strip():
        return
    lines = _split_rows(text, separator)
    for number, cells in enumerate(lines, start=1 + skipped):
        found = [_text_cell(one) for one in cells[:_MAX_COLUMNS]]
        while found and found[-1].empty:
            found.pop()
        if found:
            yield SheetRow(number, found)


def _split_rows(text: str, separator: str) -> Iterable[list[str]]:
    """Return the cells of each line."""
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise SheetError(
            msg("the file cannot be read as a table: a cell has no end, or is too long"),
            msg("open it in Excel or LibreOffice, save it again as .csv or .xlsx, and import that"),
        ) from error


_MAX_ROWS_ABOVE_HEADINGS = 20
"""How many rows may stand above the headings, and are looked at to find these."""


def _separator_score(text: str, separator: str) -> tuple[int, int]:
    """Return how much sense a separator makes: the most headings that are known in one row, and how often it stands."""
    best = 0
    top = text[:20_000]
    try:
        for number, cells in enumerate(csv.reader(StringIO(top, newline=""), delimiter=separator)):
            if number >= _MAX_ROWS_ABOVE_HEADINGS:
                break
            best = max(best, len(match_columns(cells[:_MAX_COLUMNS], "en", {})))
    except csv.Error:
        return 0, 0
    return best, top.partition("\n")[0].count(separator)
