"""``wavectl export-sheet``: write the moments to a workbook or CSV file."""

import os
from pathlib import Path
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.atomic_files import write_output
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg
from wavectl.files import MIB, read_file
from wavectl.model import localized_text
from wavectl.spreadsheet.rows import build_sheets
from wavectl.spreadsheet.writer import csv_bytes, readme_lines
from wavectl.text.suggest import quote_file_name

_XLSX_SUFFIX, _CSV_SUFFIX = ".xlsx", ".csv"


def command(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="WAVE", help="The waves to write [all].")] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A file that ends in .xlsx or .csv, or - for CSV on standard output [plan.xlsx].",
        ),
    ] = None,
) -> None:
    """Write the moments to a workbook for Excel, or to CSV.

    The workbook has one sheet for each wave and one row for each moment. It is internal: it contains owners, notes
    and drafts. Change what you like, then read it back with import-sheet.

    Example: wavectl export-sheet housing -o housing.xlsx
    """
    app = load_app(ctx.obj, lock=ctx if output != "-" else None)
    waves = app.resolve_waves(names or [])
    output = output or "plan.xlsx"
    file = Path(output)
    if output != "-" and file.suffix.lower() not in (_XLSX_SUFFIX, _CSV_SUFFIX):
        app.console.fail(
            msg("-o {file} does not end in .xlsx or .csv", file=output), msg("write -o plan.xlsx or -o plan.csv")
        )
    app.require_valid(waves)
    data = _build_content(app, waves, file)
    if output == "-":
        app.console.write(data.decode("utf-8-sig"), as_utf8=True)
        return
    _check_not_open(app, file)
    _check_nothing_lost(app, file)
    write_output(app.console, file, data, msg("name another place with -o"))
    app.console.write_message(
        msg("this file is internal: do not publish it; next: wavectl import-sheet {file}", file=quote_file_name(output))
    )


def _build_content(app: AppContext, waves: list[str], file: Path) -> bytes:
    plan, language = app.plan, app.languages[0]
    sheets = build_sheets(plan, waves, language)
    if file.suffix.lower() != _XLSX_SUFFIX:
        return csv_bytes(sheets, language)
    from wavectl.spreadsheet.writer import WorkbookInfo, workbook_bytes  # not needed for CSV

    titles = {wave: localized_text(plan.waves[wave].title, app.languages) for wave in waves}
    name = localized_text(plan.programme.name, app.languages) or "wavectl"
    return workbook_bytes(
        sheets, WorkbookInfo(titles, readme_lines(name, app.today, file.name, language), app.today, language)
    )


def _check_nothing_lost(app: AppContext, file: Path) -> None:
    """End the run if the existing workbook contains changes that are not in the plan yet."""
    if file.suffix.lower() != _XLSX_SUFFIX or not os.path.isfile(file) or rules.errors(app.plan):
        return
    from wavectl.spreadsheet.changes import ImportOptions, compare
    from wavectl.spreadsheet.reader import SheetError, read_tables

    try:
        tables = read_tables(read_file(file, int(app.max_size * MIB)), app.max_size)
        changes = compare(app.plan, tables, ImportOptions(file.stem, app.languages[0], {}))
    except (SheetError, OSError):
        changes = None
    if changes is None or changes.changed_moments or changes.errors:
        app.console.fail(
            msg("{file} exists already, and contains changes that are not in the plan", file=file.name),
            msg("read it with wavectl import-sheet, delete it, or name another place with -o"),
            EXIT_FAILURE,
        )


def _check_not_open(app: AppContext, file: Path) -> None:
    """End the run if a spreadsheet program has the file open, and would overwrite it later."""
    if is_open_in_spreadsheet(file):
        app.console.fail(
            msg("{file} is open in a spreadsheet program", file=file.name),
            msg("close it there, or name another place with -o"),
            EXIT_FAILURE,
        )


def is_open_in_spreadsheet(file: Path) -> bool:
    """Tell whether Excel or LibreOffice has a file open: they put a lock file beside it."""
    return any(
        os.path.exists(file.with_name(name))
        for name in (f"~${file.name}", f"~${file.name[2:]}", f".~lock.{file.name}#")
    )
