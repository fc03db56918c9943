"""``wavectl export-sheet``: the moments as a workbook or as CSV, for colleagues who live in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.common import FAULTY, Session, shared
from wavectl.cli.file_errors import unwritten
from wavectl.diagnostics import say
from wavectl.model import wording
from wavectl.render.diagnostics import shown_path
from wavectl.spreadsheet.csv_writer import delimited
from wavectl.spreadsheet.info_sheet import lines
from wavectl.spreadsheet.row_builder import sheets
from wavectl.text.suggest import typed

_WORKBOOK, _TEXT = ".xlsx", ".csv"


@shared
def command(
    session: Session,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="The waves to write; all if none is named.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="A file named .xlsx or .csv, or - for CSV [plan.xlsx]."),
    ] = None,
) -> None:
    """Write the moments into a workbook for Excel, or into CSV.

    One sheet for each wave, one row for each moment. It is internal: owners, notes and drafts are in it.
    Change what you like, and take it back with import-sheet.

    Example: wavectl export-sheet housing -o housing.xlsx
    """
    waves = session.waves(names or [])
    output = output or "plan.xlsx"
    file = Path(output)
    if output != "-" and file.suffix.lower() not in (_WORKBOOK, _TEXT):
        session.refuse(
            say("-o {file} is neither .xlsx nor .csv", file=output), say("write -o plan.xlsx or -o plan.csv")
        )
    session.sound(waves, rules.errors(session.plan))
    data = _content(session, waves, file)
    if output == "-":
        session.write(data.decode("utf-8-sig"), bytewise=True)
        return
    _refuse_open(session, file)
    _refuse_lost(session, file)
    try:
        write_atomically(file, data)
    except OSError as error:
        unwritten(session, output, error, say("name another place with -o"))
    session.write(f"{shown_path(file, session.home)}\n")
    session.note(say("this file is internal: do not publish it; next: wavectl import-sheet {file}", file=typed(output)))


def _content(session: Session, waves: list[str], file: Path) -> bytes:
    """Return the bytes of the sheet that a file of this name is to hold."""
    plan, language = session.plan, session.languages[0]
    made = sheets(plan, waves, language)
    if file.suffix.lower() != _WORKBOOK:
        return delimited(made, language)
    from wavectl.spreadsheet.xlsx_writer import Cover, workbook  # CSV does without

    titles = {wave: wording(plan.waves[wave].title, session.languages) for wave in waves}
    name = wording(plan.programme.name, session.languages) or "wavectl"
    return workbook(made, Cover(titles, lines(name, session.today, file.name, language), session.today, language))


def _refuse_lost(session: Session, file: Path) -> None:
    """End the run where a workbook that is there holds what the plan does not: somebody's work would be lost."""
    if file.suffix.lower() != _WORKBOOK or not file.is_file() or list(rules.errors(session.plan)):
        return
    from wavectl.spreadsheet.changes import Asked, compare, errors
    from wavectl.spreadsheet.reader import read
    from wavectl.spreadsheet.table import SheetError

    try:
        tables = read(file.read_bytes(), session.max_size)
        changes = compare(session.plan, tables, Asked(file.stem, session.languages[0], {}))
    except (SheetError, OSError):
        changes = None
    if changes is None or changes.changed or any(errors(changes.problems)):
        session.refuse(
            say("{file} is there already, and holds what is not in the plan", file=file.name),
            say("take it in with wavectl import-sheet, delete it, or name another place with -o"),
            FAULTY,
        )


def _refuse_open(session: Session, file: Path) -> None:
    """End the run where a spreadsheet program has a file open that is to be written: it would write over it again."""
    if is_open(file):
        session.refuse(
            say("{file} is open in a spreadsheet program", file=file.name),
            say("close it there, or name another place with -o"),
            FAULTY,
        )


def is_open(file: Path) -> bool:
    """Tell whether Excel or LibreOffice has left its sign beside a file that it has open."""
    return any(
        file.with_name(name).exists() for name in (f"~${file.name}", f"~${file.name[2:]}", f".~lock.{file.name}#")
    )
