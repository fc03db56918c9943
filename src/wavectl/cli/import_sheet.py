"""``wavectl import-sheet``: read changes from a workbook or CSV file into the wave files."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.console import Console, first_few
from wavectl.cli.context import load_app
from wavectl.cli.export_sheet import is_open_in_spreadsheet
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg, quoted
from wavectl.files import MIB, open_file, os_error_reason
from wavectl.model.types import ID_PATTERN
from wavectl.plan.loader import RESERVED_IDS
from wavectl.spreadsheet.changes import ImportOptions, compare
from wavectl.spreadsheet.columns import FIELDS, column_for_heading
from wavectl.spreadsheet.reader import Problem, SheetError, SheetTable, read_tables
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import printable
from wavectl.yamlfile.emitter import emit_file

_MAX_LISTED_PROBLEMS = 30
"""How many errors, and how many notes, are listed."""


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The workbook (.xlsx) or CSV file to read.")],
    column_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN", help='The field of a column with a heading of your own: "Event=title".'
        ),
    ] = None,
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave", metavar="ID", help="The wave of rows without a wave; it is created if it does not exist."
        ),
    ] = None,
    accept_dates: Annotated[
        bool,
        typer.Option("--accept-dates", help="Accept days that a spreadsheet program may have made from vague dates."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Read a workbook or CSV file back: show the changes, then write them.

    Only changed cells count. A vague date stays vague if a spreadsheet program has made a day of it. A sheet of
    your own, with a title, a date and a place, becomes a new wave.

    Example: wavectl import-sheet plan.xlsx --dry-run
    """
    app = load_app(ctx.obj)
    console = app.console
    options = ImportOptions(
        Path(file).stem,
        app.languages[0],
        _parse_column_map(console, column_map or []),
        _check_wave_id(console, wave),
        accept_dates,
    )
    tables = _read_tables(console, Path(file), app.max_size)
    app.require_valid()
    changes = compare(app.plan, tables, options)
    _report_problems(console, [problem for problem in changes.problems if problem.is_note], "note")
    if changes.errors:
        _report_problems(console, changes.errors, "error")
        console.write_message(msg("nothing is written: fix the sheet, save it, and run this again"))
        raise typer.Exit(EXIT_FAILURE)
    if changes.changed_moments:
        names = first_few(changes.changed_moments)
        console.write_message(
            msg("moments that change: {count} ({names})", count=len(changes.changed_moments), names=names)
        )
    new_waves = {f"{id_}.yaml": emit_file(data) for id_, data in changes.new_waves.items()}
    apply_changes(app, edited_texts(app, changes.changesets) | new_waves, dry_run=dry_run, ask=not yes)


def _parse_column_map(console: Console, pairs: Sequence[str]) -> Mapping[str, str]:
    """Return the fields of ``--map`` by normalized heading; end the run if one is not a field."""
    fields = {}
    for pair in pairs:
        heading, sign, field = pair.rpartition("=")
        if not sign or not heading.strip():
            console.fail(
                msg("--map {value} does not name a column", value=quoted(pair)), msg('write --map "Event=title"')
            )
        name, _, language = field.strip().partition(":")
        column = column_for_heading(name, "", {})
        if column is None or column.read_only:
            console.fail(
                msg("--map {value}: {name} is not a field", value=quoted(pair), name=quoted(name)),
                msg(
                    "choose from {names}",
                    names=[msg(column.label) for column in FIELDS.values() if not column.read_only],
                ),
            )
        language = language or column.language
        fields[normalize_name(heading)] = f"{column.field}:{language}" if language else column.field
    return fields


def _check_wave_id(console: Console, wave: str | None) -> str | None:
    if wave is not None and (not ID_PATTERN.fullmatch(wave) or wave in RESERVED_IDS):
        console.fail(
            msg("{id} is not a valid id for a wave", id=quoted(wave)),
            msg("write small letters without accents, digits and single hyphens: right-to-housing"),
        )
    return wave


def _read_tables(console: Console, file: Path, max_size: float) -> list[SheetTable]:
    try:
        with open_file(file, allow_links_out=True) as source:
            data = source.read(int(max_size * MIB) + 1)
        tables = read_tables(data, max_size)
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
    if is_open_in_spreadsheet(file):
        console.write_message(
            msg("{file} is open in a spreadsheet program: unsaved changes are not read", file=file.name)
        )
    return tables


def _report_problems(console: Console, problems: Sequence[Problem], severity: str) -> None:
    context = console.context(sys.stderr)
    code = "1;31" if severity == "error" else "36"
    for problem in problems[:_MAX_LISTED_PROBLEMS]:
        place = ", ".join(context.raw_message(part) for part in problem.location)
        head = context.paint(context.translate(severity), code)
        text = context.raw_message(problem.message)
        console.write_stderr(f"{context.labelled(head, printable(context.labelled(place, text) if place else text))}\n")
        if problem.hint is not None:
            console.write_stderr(
                f"  = {context.labelled(context.translate('hint'), context.format_message(problem.hint))}\n"
            )
    if len(problems) > _MAX_LISTED_PROBLEMS:
        console.write_message(msg("and {count} more", count=len(problems) - _MAX_LISTED_PROBLEMS))
