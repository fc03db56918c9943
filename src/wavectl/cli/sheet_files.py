"""Sheets of users: read the file, report its problems, and write the rows to fix into a file beside it."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.console import Console
from wavectl.cli.export_sheet import is_open_in_spreadsheet
from wavectl.cli.options import YEARS
from wavectl.diagnostics import msg, quoted
from wavectl.files import MIB, open_file, os_error_reason
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.columns import MOMENT_HEADINGS, Headings
from wavectl.spreadsheet.reader import Problem, SheetError, SheetTable, read_tables
from wavectl.text.terminal import printable

_TO_FIX = re.compile(r"-to-fix(-\d+)?$")
"""The end of the name of a file with rows to fix."""
_MAX_LISTED_PROBLEMS = 30
"""How many errors, and how many notes, are listed."""


def name_of_sheet(file: Path) -> str:
    """Return the name of a file without its ending, and of the sheet that its rows to fix come from."""
    return _TO_FIX.sub("", file.stem)


def reason_text(problems: Iterable[Problem], context: RenderContext) -> str:
    """Return the problems of a row as one text, for the column of reasons."""
    texts = []
    for problem in problems:
        message = problem.message
        if problem.hint is not None:
            message = msg("{message}; {hint}", message=message, hint=problem.hint)
        text = context.raw_message(message)
        texts.append(context.labelled(problem.column, text) if problem.column else text)
    return printable(". ".join(texts))


def ask_year(console: Console, row_count: int, default: int) -> int:
    """Return the year that a person names for the dates of a sheet that have none; an empty answer is the default."""
    question = msg("Rows whose date has no year: {count}. Which year is it? [{year}]", count=row_count, year=default)

    def read(typed: str) -> int:
        if not (typed.isdecimal() and int(typed) in YEARS):
            console.fail(msg("{value} is not a year", value=quoted(typed)), msg("write four digits, such as 2027"))
        return int(typed)

    return console.ask_valid(question, read) or default


def write_rows_to_fix(console: Console, file: Path, data: bytes) -> Path:
    """Write rows to fix beside a sheet, ``name-to-fix.xlsx``; return the name of the file."""
    target = _free_name(file, data)
    try:
        write_atomically(target, data)
    except OSError as error:
        fail_unwritable(
            console, str(target), error, msg("check that you may write into this folder, and run this again")
        )
    console.write_message(msg("{file} is written", file=console.display_path(target)))
    return target


def _free_name(file: Path, data: bytes) -> Path:
    """Return a name beside a file for its rows to fix, which holds ``data`` already or does not exist."""
    stem = name_of_sheet(file)
    for number in count(1):
        target = file.with_name(f"{stem}-to-fix{f'-{number}' if number > 1 else ''}{file.suffix}")
        if not os.path.lexists(target) or (os.path.isfile(target) and _holds(target, data)):
            return target
    raise AssertionError


def _holds(file: Path, data: bytes) -> bool:
    with suppress(OSError), open_file(file) as source:
        return source.read(len(data) + 1) == data
    return False


def read_sheet(console: Console, file: Path, max_size: float, headings: Headings = MOMENT_HEADINGS) -> list[SheetTable]:
    """Return the tables of a workbook or CSV file of at most ``max_size`` MiB; end the run if it cannot be read."""
    try:
        with open_file(file, allow_links_out=True) as source:
            data = source.read(int(max_size * MIB) + 1)
        tables = read_tables(data, max_size, headings)
    except SheetError as error:
        console.fail(msg("{file}: {fault}", file=file.name, fault=error.message), error.hint)
    except FileNotFoundError:
        console.fail(msg("there is no file {file}", file=str(file)), msg("name the workbook or CSV file"))
    except PermissionError:
        console.fail(
            msg("{file} cannot be read at the moment", file=str(file)),
            msg("close it in Excel or LibreOffice, and run this again"),
        )
    except OSError as error:
        console.fail(
            msg("{file} cannot be read: {reason}", file=str(file), reason=os_error_reason(error)),
            msg("name the workbook or CSV file"),
        )
    if not any(table.rows for table in tables):
        console.fail(
            msg("{file}: {fault}", file=file.name, fault=msg("the file is empty")),
            msg("name the workbook or CSV file with the table"),
        )
    if is_open_in_spreadsheet(file):
        console.write_message(
            msg("{file} is open in a spreadsheet program: unsaved changes are not read", file=file.name)
        )
    return tables


def report_problems(console: Console, problems: Sequence[Problem], severity: str) -> None:
    """Write errors or notes about a sheet, those that say the same once."""
    context = console.context(sys.stderr)
    code = "1;31" if severity == "error" else "36"
    alike = _group_alike(problems)
    for problem, number in alike[:_MAX_LISTED_PROBLEMS]:
        place = ", ".join(context.raw_message(part) for part in problem.location)
        head = context.paint(context.translate(severity) + (f"[{problem.rule}]" if problem.rule else ""), code)
        text = context.raw_message(problem.message)
        if number > 1:
            text = context.raw_message(msg("{message} (and {count} more like this)", message=text, count=number - 1))
        console.write_line(context.labelled(head, printable(context.labelled(place, text) if place else text)))
        if problem.hint is not None:
            console.write_hint(problem.hint)
    if len(alike) > _MAX_LISTED_PROBLEMS:
        console.write_message(msg("and {count} more", count=len(alike) - _MAX_LISTED_PROBLEMS))


def _group_alike(problems: Sequence[Problem]) -> list[tuple[Problem, int]]:
    """Return the first of notes that say the same of other rows, and how many there are; each error by itself."""
    groups: dict[object, list[Problem]] = {}
    for index, problem in enumerate(problems):
        year = problem.message.values.get("year")
        key = (problem.sheet, problem.column, problem.message.text, year) if problem.is_note else index
        groups.setdefault(key, []).append(problem)
    return [(group[0], len(group)) for group in groups.values()]
