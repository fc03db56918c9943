"""``wavectl import-sheet``: read changes from a workbook or CSV file into the wave files."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts, new_errors
from wavectl.cli.arguments import check_wave_id
from wavectl.cli.console import Console, is_interactive
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.options import EXIT_FAILURE, DiffOption, YearOption
from wavectl.cli.sheet_files import ask_year, name_of_sheet, read_sheet, reason_text, report_problems, write_rows_to_fix
from wavectl.dates.parser import NO_YEAR
from wavectl.diagnostics import msg, quoted
from wavectl.spreadsheet.changes import ImportOptions, SheetChanges, compare
from wavectl.spreadsheet.columns import FIELDS, column_for_heading
from wavectl.spreadsheet.mapped_table import rows_to_fix
from wavectl.spreadsheet.reader import Problem, RowKey, SheetTable
from wavectl.spreadsheet.translations import read_translations
from wavectl.spreadsheet.writer import plain_csv, plain_workbook
from wavectl.text.suggest import normalize_name, quote_file_name
from wavectl.yamlfile.emitter import emit_file


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
    year: YearOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    diff: DiffOption = False,
) -> None:
    """Read a workbook or CSV file back: show the changes, then write them.

    Only changed cells count. A vague date stays vague if a spreadsheet program has made a day of it. A sheet of
    your own, with a title, a date and a place, becomes a new wave.

    Example: wavectl import-sheet plan.xlsx --dry-run
    """
    app = load_app(ctx.obj, lock=ctx)
    console = app.console
    heading_map = _parse_column_map(console, column_map or [])
    if wave is not None:
        check_wave_id(console, wave)
    options = ImportOptions(name_of_sheet(Path(file)), app.languages[0], heading_map, wave, accept_dates, year)
    tables = read_sheet(console, Path(file), app.max_size)
    app.require_valid()
    translations = read_translations(app.plan, tables)
    if translations is not None:
        changesets, unknown = translations
        for key in unknown:
            console.write_message(msg("{key} is not a text of the plan, and is left out", key=quoted(key)))
        apply_changes(app, edited_texts(app, changesets), yes=yes, ask=True, dry_run=dry_run, diff=diff)
        return
    changes = _find_changes(app, tables, options, ask=not (yes or dry_run) and is_interactive())
    report_problems(console, [problem for problem in changes.problems if problem.is_note], "note")
    report_problems(console, changes.errors, "error")
    if changes.errors and (changes.exported or not all(problem.row for problem in changes.errors)):
        console.write_message(msg("nothing is written: fix the sheet, save it, and run this again"))
        raise typer.Exit(EXIT_FAILURE)
    if changes.changed_moments:
        console.write_message(msg("moments that change: {count}", count=len(changes.changed_moments)))
    texts = _new_texts(app, changes)
    if texts or not changes.errors:
        apply_changes(app, texts, yes=yes, ask=True, dry_run=dry_run, diff=diff)
    if changes.errors:
        options_again = [f"--wave {wave}"] if wave else []
        options_again += [f'--map "{pair}"' for pair in column_map or []]
        options_again += [f"--year {year}"] if year else []
        _give_rows_back(console, Path(file), tables, changes, dry_run=dry_run, options=options_again)
        raise typer.Exit(EXIT_FAILURE)


def _find_changes(app: AppContext, tables: Sequence[SheetTable], options: ImportOptions, *, ask: bool) -> SheetChanges:
    """Return the changes of tables. With ``ask``, a yes at the terminal settles what is not certain.

    Rows that would give the plan errors are errors of these rows.
    """
    changes = compare(app.plan, tables, options)
    if ask:
        without_year = {problem.key for problem in changes.errors if problem.message.text == NO_YEAR}
        if without_year:
            options = options._replace(year=ask_year(app.console, len(without_year), app.today.year))
            changes = compare(app.plan, tables, options)
        questions = {problem.key: problem.question for problem in changes.errors if problem.question}
        accepted = [key for key, question in questions.items() if app.console.ask_yes_no(question)]
        options = options._replace(accepted=frozenset(accepted))
        changes = compare(app.plan, tables, options) if accepted else changes
    rejected = _rejected_rows(app, changes)
    return compare(app.plan, tables, options._replace(rejected=rejected)) if rejected else changes


def _new_texts(app: AppContext, changes: SheetChanges) -> dict[str, str]:
    """Return the new texts of files, by name."""
    new_waves = {f"{id_}.yaml": emit_file(data) for id_, data in changes.new_waves.items()}
    return edited_texts(app, changes.changesets) | new_waves


def _rejected_rows(app: AppContext, changes: SheetChanges) -> dict[RowKey, list[Problem]]:
    """Return the problems of rows that would give the plan errors."""
    texts = _new_texts(app, changes)
    plan = app.with_changes({name: text.encode() for name, text in texts.items()}).plan if texts else app.plan
    rejected: dict[RowKey, list[Problem]] = {}
    for finding in new_errors(app.plan, plan):
        match finding.path:
            case ("moments", int(index), *rest):
                moment = plan.documents[finding.file].data["moments"][index]
                row = changes.rows.get(f"{Path(finding.file).stem}/{moment.get('id')}")
                if row is not None:
                    column = next((column for column in row.cells if column.field in rest), None)
                    problem = row.problem(finding.message, finding.hint, column)._replace(rule=finding.rule)
                    rejected.setdefault(problem.key, []).append(problem)
    return rejected


def _give_rows_back(
    console: Console,
    file: Path,
    tables: Sequence[SheetTable],
    changes: SheetChanges,
    *,
    dry_run: bool,
    options: Sequence[str],
) -> None:
    """Write the rows with errors, and the reasons, into a file beside the sheet.

    ``options`` are those to import that file with.
    """
    context = console.context(sys.stderr)
    problems: dict[RowKey, list[Problem]] = {}
    for problem in changes.errors:
        problems.setdefault(problem.key, []).append(problem)
    console.write_message(msg("rows that do not go in: {count}", count=len(problems)))
    if dry_run:
        return
    reasons = {key: reason_text(found, context) for key, found in problems.items()}
    bad_rows = rows_to_fix(tables, changes.heading_rows, reasons, context.translate(FIELDS["reason"].label))
    is_workbook = any(table.name for table in bad_rows)
    data = plain_workbook(bad_rows) if is_workbook else plain_csv(bad_rows[0])
    target = write_rows_to_fix(console, file.with_suffix(".xlsx" if is_workbook else ".csv"), data)
    command = " ".join((quote_file_name(str(target)), *options))
    console.write_hint(msg("correct them in this file, and run wavectl import-sheet {command}", command=command))


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
