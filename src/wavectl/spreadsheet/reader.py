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

from wavectl.diagnostics import say
from wavectl.spreadsheet.columns import columns
from wavectl.spreadsheet.table import Cell, Row, SheetError, Shows, Table
from wavectl.spreadsheet.xlsx_archive import GROWTH, cells_only, damaged
from wavectl.yamlfile.document import MIB

LONGEST = 32_767
"""How many characters a cell can hold, as Excel counts."""
_COLUMNS = 100
"""How many columns are looked at."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What opens a workbook of the time before .xlsx, or one with a password."""


def read(data: bytes, max_size: float) -> list[Table]:
    """Return the tables of a workbook or of a text file with separators; raise ``SheetError`` for anything else.

    The file has at most ``max_size`` MiB.
    """
    if len(data) > max_size * MIB:
        raise SheetError(
            say("the file is larger than {size} MiB", size=f"{max_size:g}"),
            say("split it, or allow more with --max-size"),
        )
    if data.startswith(_OLD):
        raise SheetError(
            say("the file is an old workbook (.xls), or one with a password"),
            say("save it as .xlsx (Excel workbook) without a password, and import that"),
        )
    if data.startswith(b"PK"):
        return _workbook(data, int(max_size * MIB * GROWTH))
    return [Table("", list(_delimited(_decoded(data))))]


# -- workbooks


def _workbook(data: bytes, largest: int) -> list[Table]:
    """Return the tables of a workbook, those of hidden sheets too."""
    packed = cells_only(data, largest)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that are not needed
        try:
            book = load_workbook(packed, read_only=True, keep_links=False)
            return [Table(str(sheet.title), list(_rows(sheet))) for sheet in book.worksheets]
        except Exception as error:  # whatever a damaged part makes of the library
            raise damaged() from error


def _rows(sheet: Any) -> Iterator[Row]:
    """Return the rows of a sheet that hold something: a million empty ones cost little."""
    from openpyxl.cell.read_only import EMPTY_CELL

    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    blank: object = None
    for number, row in enumerate(sheet.iter_rows(1, None, 1, _COLUMNS), start=1):
        if row is blank:
            continue
        if all(one is EMPTY_CELL for one in row):
            blank = row  # one and the same for all that are missing
            continue
        cells = [_EMPTY if one.value is None else _cell(one) for one in row]
        while cells and cells[-1].empty:
            cells.pop()
        if cells:
            yield Row(number, cells)


_EMPTY = Cell()


def _cell(one: Any) -> Cell:
    """Return a cell of a workbook; a formula, or what came of one that went wrong, is a fault."""
    value = one.value
    if one.data_type == "f":
        return Cell(
            str(value)[:LONGEST],
            fault=say("a formula stands here"),
            cure=say("copy the cell and paste it as a value (Paste special, Values)"),
        )
    if one.data_type == "e":
        return Cell(str(value), fault=say("the cell shows an error"), cure=say("write the value that is meant"))
    if isinstance(value, datetime | date):
        return _dated(value, str(one.number_format or ""))
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)) if abs(value) < 1e15 else str(value))
    if isinstance(value, time):
        return Cell(value.isoformat("minutes"))
    return _bounded(str(value).replace("_x000D_", ""))


def _dated(value: date, form: str) -> Cell:
    day = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    clock = day.hour or day.minute
    text = day.strftime("%Y-%m-%dT%H:%M" if clock else "%Y-%m-%d") if day.year > 999 else str(day)
    shows = shown(form)
    return Cell(text, day, Shows.TIME if clock and shows is Shows.DAY else shows)


def shown(form: str) -> Shows:
    """Return how much of a day a number format shows: ``mmm yyyy`` a month, ``yyyy`` a year, all else the day."""
    letters = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", form.partition(";")[0]).lower()
    if "d" in letters or "h" in letters or "y" not in letters:
        return Shows.DAY
    return Shows.MONTH if "m" in letters else Shows.YEAR


def _bounded(text: str) -> Cell:
    if len(text) > LONGEST:
        return Cell(
            text[:40],
            fault=say("the cell holds more than {count} characters", count=LONGEST),
            cure=say("shorten it, or write it into the wave file"),
        )
    return Cell(text)


# -- text files with separators


def _decoded(data: bytes) -> str:
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
            say("the file is neither a workbook nor a text file"),
            say("save the sheet as .xlsx or .csv, and import that"),
        )
    return text


_SEPARATORS = ";,\t"


def _delimited(text: str) -> Iterator[Row]:
    """Return the rows of a text file; what separates its cells is what makes most sense of its first rows."""
    if text[:4].lower() == "sep=" and text[4:5]:
        separator = text[4]
        text = re.sub(r"\A[^\r\n]*(\r\n|\r|\n)", "", text)
        skipped = 1
    else:
        separator, skipped = max(_SEPARATORS, key=lambda one: _sense(text, one)), 0
    if not text.strip():
        return
    lines = _lines(text, separator)
    for number, cells in enumerate(lines, start=1 + skipped):
        found = [_bounded(one) for one in cells[:_COLUMNS]]
        while found and found[-1].empty:
            found.pop()
        if found:
            yield Row(number, found)


def _lines(text: str, separator: str) -> Iterable[list[str]]:
    """Return the cells of each line."""
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise SheetError(
            say("the file cannot be read as a table: a cell has no end, or is too long"),
            say("open it in Excel or LibreOffice, save it again as .csv or .xlsx, and import that"),
        ) from error


_OPENING = 20
"""How many rows may stand above the headings, and are looked at to find these."""


def _sense(text: str, separator: str) -> tuple[int, int]:
    """Return how much sense a separator makes: the most headings that are known in one row, and how often it stands."""
    best = 0
    top = text[:20_000]
    try:
        for number, cells in enumerate(csv.reader(StringIO(top, newline=""), delimiter=separator)):
            if number >= _OPENING:
                break
            best = max(best, len(columns(cells[:_COLUMNS], "en", {})))
    except csv.Error:
        return 0, 0
    return best, top.partition("\n")[0].count(separator)
