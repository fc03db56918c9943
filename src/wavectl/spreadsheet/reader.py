"""Read workbooks and CSV files, within bounds, into cells, rows and tables that are not interpreted yet."""

import csv
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import IntEnum
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Any, NamedTuple
from zipfile import ZIP_STORED, ZipFile

from wavectl.diagnostics import Message, msg, quoted
from wavectl.files import MIB, open_zip, unpack
from wavectl.spreadsheet.columns import MAX_ROWS_ABOVE_HEADINGS, MOMENT_HEADINGS, Headings, match_columns


class SheetError(Exception):
    """A file from which no rows can be read. ``message`` is the problem, ``hint`` the way out."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class ShownPrecision(IntEnum):
    """How much of its date a date cell shows, by its number format: the length of such a date in ISO 8601."""

    YEAR = len("2017")
    MONTH = len("2017-11")
    DAY = len("2017-11-02")
    TIME = len("2017-11-02T15:00")


class InvalidCell(NamedTuple):
    """Why the content of a cell cannot be used, and what to do."""

    message: Message
    hint: Message


class SheetCell(NamedTuple):
    """A cell: its text and, for a date cell, its date and how much of it is shown.

    ``error`` is for content that cannot be used whatever its column is.
    """

    text: str = ""
    day: datetime | None = None
    shown_precision: ShownPrecision = ShownPrecision.DAY
    error: InvalidCell | None = None

    @property
    def empty(self) -> bool:
        """Whether the cell has no content."""
        return not self.text.strip() and self.day is None and self.error is None


BLANK_CELL = SheetCell()


class SheetRow(NamedTuple):
    """A row that has content, and its number in the sheet, from 1."""

    number: int
    cells: Sequence[SheetCell]


RowKey = tuple[str, int]
"""A row of a file: the name of its sheet, and its number."""


class SheetTable(NamedTuple):
    """The rows of a sheet that have content.

    ``name`` is the name of the sheet, "" for a CSV file; ``separator`` is the one of a CSV file.
    """

    name: str
    rows: Sequence[SheetRow]
    separator: str = ""


class Problem(NamedTuple):
    """An error in a cell, a row or a sheet or, with ``is_note``, a decision that the import made by itself.

    ``sheet`` and ``column`` are "" and ``row`` is 0 if the problem concerns all of them. A yes to the ``question``
    settles the problem. ``rule`` is the rule that the value breaks in the plan.
    """

    message: Message
    hint: Message | None = None
    is_note: bool = False
    sheet: str = ""
    row: int = 0
    column: str = ""
    question: Message | None = None
    rule: str = ""

    @property
    def key(self) -> RowKey:
        """The row of the problem."""
        return self.sheet, self.row

    @property
    def location(self) -> list[Message]:
        """The parts of the location, from the sheet to the column."""
        return [
            *([msg("sheet {name}", name=quoted(self.sheet))] if self.sheet else []),
            *([msg("row {number}", number=self.row)] if self.row else []),
            *([msg("column {name}", name=quoted(self.column))] if self.column else []),
        ]


MAX_SHEETS = 500
"""How many sheets of a workbook are read at most."""
MAX_CELLS = 400_000
"""How many cells of a workbook are read at most, all sheets together."""
MAX_ROWS = 40_000
"""How many rows of a workbook are read at most, all sheets together."""
MAX_UNPACKED_RATIO = 16
"""The maximum size of all unpacked parts together, as a multiple of the maximum file size."""
_NEEDED_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/\\]{1,80}\.xml"
)
_SHEET_ID = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\w:id\s*=\s*["']([^"']*)""")
_SHEET_TARGET = re.compile(rb"""\bTarget\s*=\s*["'](?:/xl/)?(worksheets/[^"']*)""")
_DOCTYPE_OR_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HUGE_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'][0-9]{8}""")
"""A row number beyond any sheet, up to which openpyxl would count row by row."""
_SAVE_AGAIN = msg("open it in Excel or LibreOffice, save it again as .xlsx, and import that")
_BLANK_CELL, _BLANK_ROW = re.compile(rb"<c(?:\s[^<>]*)?/>"), re.compile(rb"<row(?:\s[^<>]*)?(?:/>|>\s*</row>)")
"""Empty cells and rows, which openpyxl would read one by one."""
_MAX_FILES = 10_000


def extract_cell_parts(data: bytes, max_bytes: int) -> BytesIO:
    """Return an archive of the parts of a workbook that hold its cells; raise ``SheetError`` for other files.

    Unpacked, the parts may have at most ``max_bytes`` together.
    """
    packed = BytesIO()
    with open_zip(data, _damaged_workbook_error()) as archive, ZipFile(packed, "w", ZIP_STORED) as out:
        for name, content in _needed_parts(archive, max_bytes).items():
            out.writestr(name, content)
    packed.seek(0)
    return packed


def _damaged_workbook_error() -> SheetError:
    return SheetError(msg("the file is damaged, or is not a workbook"), _SAVE_AGAIN)


def _needed_parts(archive: ZipFile, max_bytes: int) -> dict[str, bytes]:
    names = archive.namelist()
    if len(names) > _MAX_FILES:
        raise _damaged_workbook_error()
    _refuse_other_formats(names, archive)
    parts: dict[str, bytes] = {}
    bytes_left, cells_left = max_bytes, 2 * MAX_CELLS
    for entry in archive.infolist():
        name = entry.filename
        if not _NEEDED_PARTS.fullmatch(name) or name in parts:
            continue
        if entry.flag_bits & 1:
            raise SheetError(msg("the workbook has a password"), msg("save it without one, and import that"))
        content = unpack(archive, entry, bytes_left)
        if content is None:
            raise SheetError(
                msg("the workbook is too large when it is unpacked"),
                msg("delete the empty rows and columns after the table, or raise the limit with --max-size"),
            )
        bytes_left -= len(content)
        if b"\x00" in content[:200] or _DOCTYPE_OR_ENTITY.search(content) or _HUGE_ROW_NUMBER.search(content):
            raise SheetError(msg("the workbook contains XML that spreadsheet programs never write"), _SAVE_AGAIN)
        if "/worksheets/" in name and b"<!" not in content:  # a comment may contain text that looks like a cell
            content = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", content))
        cells_left -= content.count(b"<c ") + content.count(b"<row") * (MAX_CELLS // MAX_ROWS)
        if cells_left < 0:
            raise _oversized_workbook_error()
        parts[name] = content
    _check_sheets(parts)
    return parts


def _check_sheets(parts: dict[str, bytes]) -> None:
    """Raise ``SheetError`` for too many sheets, and for a part that is used for several sheets."""
    sheets = _SHEET_ID.findall(parts.get("xl/workbook.xml", b""))
    targets = _SHEET_TARGET.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
    if len(sheets) > MAX_SHEETS or len(set(sheets)) < len(sheets) or len(set(targets)) < len(targets):
        raise _oversized_workbook_error()


def _refuse_other_formats(names: list[str], archive: ZipFile) -> None:
    known = {name.lower() for name in names}
    message = None
    if "xl/vbaproject.bin" in known:
        message = msg("the workbook contains macros, which are never run")
    elif "xl/workbook.bin" in known:
        message = msg("the file is a binary workbook (.xlsb)")
    elif "mimetype" in known and b"opendocument" in archive.open("mimetype").read(200):
        message = msg("the file is an OpenDocument sheet (.ods)")
    if message is not None:
        raise SheetError(message, msg("save it as .xlsx (Excel workbook), and import that"))
    if "xl/workbook.xml" not in known:
        raise _damaged_workbook_error()


MAX_CELL_LENGTH = 32_767
"""The maximum length of the text of a cell in Excel."""
_MAX_COLUMNS = 100
"""How many columns are read."""
_OLE2_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an old workbook (.xls) or one with a password."""


def read_tables(data: bytes, max_size: float, headings: Headings = MOMENT_HEADINGS) -> list[SheetTable]:
    """Return the tables of a workbook or CSV file of at most ``max_size`` MiB; raise ``SheetError`` for other files.

    ``headings`` are those by which the separator of a CSV file is found.
    """
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
    _refuse_other_files(data)
    if data.startswith(b"PK"):
        return _read_workbook(data, int(max_size * MIB * MAX_UNPACKED_RATIO))
    return [_read_delimited(_decode(data), headings)]


_SAVE_AS_SHEET = msg("save the table as .xlsx or .csv, and import that")
_OTHER_FILES: Sequence[tuple[re.Pattern[bytes], Message, Message]] = (
    (
        re.compile(rb"\s*BEGIN:V(?:CALENDAR|EVENT)", re.IGNORECASE),
        msg("the file is a calendar (.ics), not a table"),
        msg("export the calendar as CSV from its program, or add its entries with wavectl moment add"),
    ),
    (re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE), msg("the file is a list of contacts (.vcf)"), _SAVE_AS_SHEET),
    (
        re.compile(rb"\s*(?:<!doctype html|<html|<head|<meta|<table|<body|<!--)", re.IGNORECASE),
        msg("the file is a web page (HTML), whatever its name"),
        msg("open it in Excel or LibreOffice, save it as .xlsx, and import that"),
    ),
    (
        re.compile(rb"\s*<\?xml|\s*<[a-z:]+[ >]", re.IGNORECASE),
        msg("the file is XML, not a table"),
        msg("open it in Excel or LibreOffice, save it as .xlsx, and import that"),
    ),
    (re.compile(rb"%PDF-"), msg("the file is a PDF"), msg("copy its table into a spreadsheet, and import that")),
    (
        re.compile(rb"\s*[{\[]\s*(?:[{\[\"}\]]|$)"),
        msg("the file is JSON, not a table"),
        msg("convert it into a CSV file with a column for each value, and import that"),
    ),
    (re.compile(rb"\{\\rtf"), msg("the file is a text document (RTF)"), _SAVE_AS_SHEET),
)
"""How files that are no tables begin, what they are, and what to do."""


def _refuse_other_files(data: bytes) -> None:
    """Raise ``SheetError`` for a file that is known not to be a table."""
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = data[:4096].decode("utf-16", errors="replace").encode()
    for pattern, message, hint in _OTHER_FILES:
        if pattern.match(start):
            raise SheetError(message, hint)


# -- workbooks


_MAX_FORMAT_LENGTH = 255
"""Maximum length of a number format in Excel, in characters."""


class _Budget:
    """What may still be read of a workbook: cells, rows and characters; raises ``SheetError`` beyond that."""

    def __init__(self, characters: int) -> None:
        self._cells, self._rows, self._characters = MAX_CELLS, MAX_ROWS, characters

    def spend(self, cells: Sequence[SheetCell]) -> None:
        """Count the cells of a row."""
        self._rows -= 1
        self._cells -= sum(cell is not BLANK_CELL for cell in cells)
        self._characters -= sum(len(cell.text) for cell in cells)
        if min(self._rows, self._cells, self._characters) < 0:
            raise _oversized_workbook_error()


def _oversized_workbook_error() -> SheetError:
    return SheetError(
        msg("the workbook has more sheets, rows or text than can be read"),
        msg("delete the sheets, rows and columns that are not needed, and import it again"),
    )


def _read_workbook(data: bytes, max_bytes: int) -> list[SheetTable]:
    packed = extract_cell_parts(data, max_bytes)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are not needed
        try:
            book = load_workbook(packed, read_only=True, keep_links=False)
            budget = _Budget(max_bytes // 4)
            return [SheetTable(str(sheet.title), list(_read_rows(sheet, budget))) for sheet in book.worksheets]
        except SheetError:
            raise
        except Exception as error:  # a damaged part can raise anything in openpyxl
            raise _damaged_workbook_error() from error


def _read_rows(sheet: Any, budget: _Budget) -> Iterator[SheetRow]:
    from openpyxl.cell.read_only import EMPTY_CELL

    sheet.reset_dimensions()  # the stated size of a sheet may be wrong
    blank: object = None
    for number, row in enumerate(sheet.iter_rows(1, None, 1, _MAX_COLUMNS), start=1):
        if row is blank:
            continue
        if all(cell is EMPTY_CELL for cell in row):
            blank = row  # openpyxl returns the same object for all missing rows
            continue
        cells = [BLANK_CELL if cell.value is None else _convert_cell(cell) for cell in row]
        budget.spend(cells)
        yield from _filled_row(number, cells)


def _filled_row(number: int, cells: list[SheetCell]) -> Iterator[SheetRow]:
    """Yield a row with its cells up to the last one that has content, if there is one."""
    while cells and cells[-1].empty:
        cells.pop()
    if cells:
        yield SheetRow(number, cells)


def _convert_cell(cell: Any) -> SheetCell:
    value = cell.value
    if cell.data_type == "f":
        hint = msg("copy the cell and paste it as a value (Paste special, Values)")
        return SheetCell(str(value)[:MAX_CELL_LENGTH], error=InvalidCell(msg("the cell contains a formula"), hint))
    if cell.data_type == "e":
        return SheetCell(str(value), error=InvalidCell(msg("the cell shows an error"), msg("write the correct value")))
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
    day = value if isinstance(value, datetime) else datetime.combine(value, time())
    has_time = day.hour or day.minute
    text = day.strftime("%Y-%m-%dT%H:%M" if has_time else "%Y-%m-%d") if day.year > 999 else str(day)
    precision = shown_precision(number_format)
    return SheetCell(text, day, ShownPrecision.TIME if has_time and precision is ShownPrecision.DAY else precision)


def shown_precision(number_format: str) -> ShownPrecision:
    """Return how much of a date a number format shows: ``mmm yyyy`` a month, ``yyyy`` a year, others the day."""
    number_format = number_format[:_MAX_FORMAT_LENGTH]
    letters = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", number_format.partition(";")[0]).lower()
    if "d" in letters or "h" in letters or "y" not in letters:
        return ShownPrecision.DAY
    return ShownPrecision.MONTH if "m" in letters else ShownPrecision.YEAR


def _text_cell(text: str) -> SheetCell:
    if len(text) <= MAX_CELL_LENGTH:
        return SheetCell(text)
    message = msg("the cell holds more than {count} characters", count=MAX_CELL_LENGTH)
    return SheetCell(text[:40], error=InvalidCell(message, msg("shorten the text, or write it in the wave file")))


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


def _read_delimited(text: str, headings: Headings) -> SheetTable:
    """Return the rows of a CSV file. Its separator is the one that gives the most known headings."""
    if text[:4].lower() == "sep=" and text[4:5]:
        separator = text[4]
        text = re.sub(r"\A[^\r\n]*(\r\n|\r|\n)", "", text)
        skipped = 1
    else:
        separator, skipped = max(_SEPARATORS, key=lambda one: _separator_score(text, one, headings)), 0
    rows: list[SheetRow] = []
    try:
        for number, texts in enumerate(_delimited_rows(text, separator), start=1 + skipped):
            rows += _filled_row(number, [_text_cell(text) for text in texts[:_MAX_COLUMNS]])
    except csv.Error as error:
        raise SheetError(
            msg("the file cannot be read as a table: a quotation mark is not closed, or a cell is too long"),
            msg("open it in Excel or LibreOffice, save it again as .csv or .xlsx, and import that"),
        ) from error
    return SheetTable("", rows, separator)


def _delimited_rows(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV file; raise ``csv.Error`` where its last cell is not closed."""
    for texts in csv.reader(chain(StringIO(text, newline=""), (_END,)), delimiter=separator):
        if texts and texts[-1].endswith(_END):
            if texts != [_END]:
                raise csv.Error
            return
        yield texts


_END = "\0end"
"""A line after the last one, which no text file holds: in a cell, it shows that the cell is not closed."""


def _separator_score(text: str, separator: str, headings: Headings) -> tuple[int, int]:
    """Rate a separator: the most known headings in one row, then the number of separators in the first line."""
    top = text[:20_000]
    rows = islice(csv.reader(StringIO(top, newline=""), delimiter=separator), MAX_ROWS_ABOVE_HEADINGS)
    try:
        known = max((len(match_columns(cells[:_MAX_COLUMNS], "en", {}, headings)) for cells in rows), default=0)
    except csv.Error:
        return 0, 0
    return known, top.partition("\n")[0].count(separator)
