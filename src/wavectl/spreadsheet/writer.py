"""Write sheets as an Excel workbook or as CSV. The same rows give the same bytes.

All cells are texts, also dates and texts that look like formulas, so that the spreadsheet neither runs nor rewrites
them. Some columns have lists to choose from; ids are locked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.files import zip_bytes
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name
from wavectl.model import Status
from wavectl.model.types import COUNTRIES
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.columns import FIELDS
from wavectl.spreadsheet.matching import sheet_name
from wavectl.spreadsheet.reader import SheetTable
from wavectl.spreadsheet.rows import KIND_NAMES, ONLINE, WORLDWIDE, WaveSheet
from wavectl.text.escaping import escape_formula, replace_control_characters
from wavectl.text.suggest import normalize_name, quote_file_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

README_SHEET, LISTS_SHEET = phrase("Read me"), phrase("Lists")
"""The names of these sheets."""
ORIGINALS_SHEET = "wavectl"
"""The name of the hidden sheet with the rows as they were written."""
_README_LINES = (
    phrase(
        "This file is internal: it contains owners, dates to confirm by, notes, sources and drafts. Do not publish it."
    ),
    phrase("Each sheet is a wave, each row a moment. Change what you like, save the file, and import it:"),
    "wavectl import-sheet {file}",
    phrase("Nothing is written before you have seen what changes."),
    phrase(
        "Write dates in words (14-17 September 2017, September 2017, between 5 and 20 July 2018), "
        "never more exactly than they are known."
    ),
    phrase("For a new moment, add a row without an id. If you delete a row, its moment stays in the plan."),
    phrase(
        "Changes in columns for information are ignored. Separate the names of actors and priorities with semicolons."
    ),
)

_EXTRA_ROWS = 500
"""How many empty rows below the moments have the lists to choose from."""
_FROZEN_FIELDS = ("wave", "id", "title")
"""The fields whose columns stay in view, if they come first."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class WorkbookInfo(NamedTuple):
    """The content of a workbook besides its rows: the title of each wave and the lines of its first sheet."""

    titles: Mapping[str, str]
    lines: Sequence[str]
    today: date | None
    language: str


def is_info_sheet(name: str) -> bool:
    """Tell whether a sheet is one of the sheets without moments, in any language."""
    known = {
        normalize_name(translator(language)(label))
        for language in UI_LANGUAGES
        for label in (README_SHEET, LISTS_SHEET)
    }
    return bool(name) and normalize_name(name) in known | {ORIGINALS_SHEET}


def readme_lines(plan_name: str, today: date | None, file: str, language: str) -> Sequence[str]:
    """Return the lines of the first sheet."""
    translate = translator(language)
    state = (
        [translate("As of {date}").format(date=format_date(edtf.parse(today.isoformat()), language))] if today else []
    )
    return [plan_name, *state, *(translate(line).format(file=quote_file_name(file)) for line in _README_LINES)]


# -- workbooks


def workbook_bytes(sheets: Sequence[WaveSheet], info: WorkbookInfo) -> bytes:
    """Return a workbook with a sheet for each wave, in the reader's language."""
    from openpyxl import Workbook

    readme, lists = (translator(info.language)(name) for name in (README_SHEET, LISTS_SHEET))
    taken = {ORIGINALS_SHEET, readme.casefold(), lists.casefold()}
    book = Workbook()
    front = book.worksheets[0]
    front.title = readme
    pages = []
    for sheet in sheets:
        name = sheet_name(replace_control_characters(info.titles[sheet.wave]), taken)
        taken.add(name.casefold())
        pages.append(book.create_sheet(name))
    ranges = _write_choice_lists(book.create_sheet(lists), sheets, info.language)
    for page, sheet in zip(pages, sheets, strict=True):
        _write_wave_sheet(page, sheet, ranges)
    write_readme(front, info.lines)
    _write_original_rows(book.create_sheet(ORIGINALS_SHEET), sheets)
    book.active = 1
    return save_workbook(book, info.today)


def _write_choice_lists(page: Worksheet, sheets: Sequence[WaveSheet], language: str) -> dict[str, ChoiceList]:
    """Write the lists to choose from into a hidden sheet; return them by field."""
    context, translate = RenderContext((language,)), translator(language)
    return write_lists(
        page,
        {
            "wave": ([sheet.wave for sheet in sheets], True),
            "status": ([context.status(status) for status in Status], True),
            "kind": ([translate(word) for word in KIND_NAMES.values()], True),
            "country": ([*country_names(language), translate(WORLDWIDE), translate(ONLINE)], False),
        },
    )


def country_names(language: str) -> list[str]:
    """Return the names of all countries in a language, in order."""
    return sorted((country_name(code, language) for code in COUNTRIES), key=normalize_name)


class ChoiceList(NamedTuple):
    """The range of cells with the words to choose from, and whether only these are allowed."""

    cells: str
    exhaustive: bool


def write_lists(
    page: Worksheet, choices: Mapping[str, tuple[Sequence[str], bool]], first_column: int = 1
) -> dict[str, ChoiceList]:
    """Write lists to choose from into a sheet, one in each column from ``first_column`` on, and hide the sheet.

    ``choices`` has the words by name, and whether only these are allowed.
    """
    from openpyxl.utils import get_column_letter, quote_sheetname

    page.sheet_state = "hidden"
    lists = {}
    for number, (name, (words, exhaustive)) in enumerate(choices.items(), start=first_column):
        for row, word in enumerate(words, start=1):
            set_text(page.cell(row, number), word)
        letter = get_column_letter(number)
        lists[name] = ChoiceList(f"{quote_sheetname(page.title)}!${letter}$1:${letter}${len(words)}", exhaustive)
    return lists


def add_choices(worksheet: Worksheet, number: int, rows: int, choices: ChoiceList | None, prompt: str = "") -> None:
    """Give the cells of a column, from the second row on, a list to choose from and a prompt."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(number)
    rule = DataValidation(allow_blank=True, prompt=prompt or None, showInputMessage=bool(prompt))
    if choices:
        rule.type, rule.formula1 = "list", choices.cells
        rule.errorStyle = "stop" if choices.exhaustive else "warning"  # after a warning, other values are allowed
        rule.showErrorMessage = True
    rule.add(f"{letter}2:{letter}{rows + _EXTRA_ROWS}")
    worksheet.add_data_validation(rule)


def _write_wave_sheet(worksheet: Worksheet, sheet: WaveSheet, lists: Mapping[str, ChoiceList]) -> None:
    """Write the sheet of a wave.

    Locked cells are protected without a password: formatting, filtering, sorting and adding rows stay possible.
    """
    from openpyxl.utils import get_column_letter

    for number, (column, *texts) in enumerate(zip(sheet.columns, sheet.headings, *sheet.rows, strict=True), start=1):
        write_column(
            worksheet, number, texts, FIELDS[column.field].width, locked=column.field == "id" or column.read_only
        )
        if column.field in lists:
            add_choices(worksheet, number, len(texts), lists[column.field])
    frozen = sum(column.field in _FROZEN_FIELDS for column in sheet.columns[: len(_FROZEN_FIELDS)])
    worksheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(len(sheet.rows), 1) + 1}"
    worksheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(worksheet.protection, allowed, False)


def write_column(worksheet: Worksheet, number: int, texts: Sequence[str], width: int, *, locked: bool = False) -> None:
    """Write a column, heading first. Its format also applies to the empty cells below; ``width`` is in characters."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    wrapped, protection = Alignment(wrap_text=True, vertical="top"), Protection(locked=locked)
    grey = PatternFill("solid", fgColor="E7E6E6")
    dimension = worksheet.column_dimensions[get_column_letter(number)]
    dimension.width, dimension.number_format = width, "@"
    dimension.alignment, dimension.protection = wrapped, protection
    for row, text in enumerate(texts, start=1):
        cell = worksheet.cell(row, number)
        set_text(cell, text)
        cell.alignment = wrapped
        if row == 1:
            cell.font = Font(bold=True)
        else:
            cell.protection = protection
        if row == 1 or locked:
            cell.fill = grey


def _write_original_rows(worksheet: Worksheet, sheets: Sequence[WaveSheet]) -> None:
    """Write all rows again into a hidden sheet. The import compares the edited rows with them."""
    worksheet.sheet_state = "veryHidden"
    rows = [row for sheet in sheets for row in sheet.rows]
    for number, row in enumerate((sheets[0].headings, *rows), start=1):
        for column, text in enumerate(row, start=1):
            set_text(worksheet.cell(number, column), text)


def write_readme(worksheet: Worksheet, lines: Sequence[str]) -> None:
    """Write lines into a sheet, one in each row; the first is its title."""
    from openpyxl.styles import Alignment, Font

    worksheet.column_dimensions["A"].width = 110
    for row, line in enumerate(lines, start=1):
        cell = worksheet.cell(row, 1)
        set_text(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if row == 1:
            cell.font = Font(bold=True, size=14)


def set_text(cell: Any, text: str) -> None:
    """Write a text into a cell as a text, even if it looks like a formula or a number."""
    cell.number_format = "@"
    if text:  # set the type last: openpyxl takes "=1" for a formula, and "#N/A" for an error
        cell.value = _ESCAPE.sub("_x005F_", replace_control_characters(text))
        cell.data_type = "s"


def save_workbook(book: Workbook, day: date | None) -> bytes:
    """Return the bytes of a workbook that was last changed on a day."""
    timestamp = datetime(*(day or date(1980, 1, 1)).timetuple()[:3])  # noqa: DTZ001 - a day, wherever it is
    book.properties.creator, book.properties.created = "wavectl", timestamp
    saved = BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    modified = f"{timestamp:%Y-%m-%dT%H:%M:%S}Z".encode()
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + modified, parts[core])
    return zip_bytes(parts.items())


def plain_workbook(tables: Sequence[SheetTable]) -> bytes:
    """Return a workbook with the texts of tables, without protection."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    for table in tables:
        name = sheet_name(table.name, names)
        names.add(name.casefold())
        worksheet = book.create_sheet(name)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row.cells, start=1):
                set_text(worksheet.cell(number, column), cell.text)
    return save_workbook(book, None)


# -- CSV

_COMMA_LANGUAGES = ("en", "zh", "ja", "ko")
"""Languages whose spreadsheets separate cells with commas. The others use semicolons."""


def csv_bytes(sheets: Sequence[WaveSheet], language: str) -> bytes:
    """Return all rows of sheets as CSV with a byte order mark. The sheets must have the same columns."""
    separator = "," if language.partition("-")[0] in _COMMA_LANGUAGES else ";"
    return _encode_csv([sheets[0].headings, *(row for sheet in sheets for row in sheet.rows)], separator)


def plain_csv(table: SheetTable) -> bytes:
    """Return a table as CSV with a byte order mark, with the separator that it was read with."""
    return _encode_csv([[cell.text for cell in row.cells] for row in table.rows], table.separator)


def _encode_csv(rows: Sequence[Sequence[str]], separator: str) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([escape_formula(replace_control_characters(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
