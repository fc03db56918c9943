"""``wavectl translate``: ask for the missing texts one by one, or write them as a sheet."""

from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.atomic_files import write_output
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.options import EXIT_OK, DiffOption
from wavectl.diagnostics import msg, phrase
from wavectl.editing.moments import PlanChangeset
from wavectl.i18n.names import language_name
from wavectl.spreadsheet.translations import TEXT_HEADING, PlanText, plan_texts, translation_table
from wavectl.spreadsheet.writer import plain_csv, plain_workbook
from wavectl.text.suggest import quote_file_name
from wavectl.text.terminal import printable

_STOP = phrase("stop")
"""What a person types to stop, besides the English word."""


def command(
    ctx: typer.Context,
    wave: Annotated[str | None, typer.Argument(metavar="WAVE", help="The wave to translate [the whole plan].")] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="FILE", help="Write the missing texts to this .xlsx or .csv file instead."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    diff: DiffOption = False,
) -> None:
    """Ask for the missing translations one by one, or write them as a sheet.

    The other languages of a text are shown beside it. An empty answer skips a text, the word stop ends; what was
    typed before is written. --lang names the language to translate into [all of the programme]. wavectl import-sheet
    reads a sheet back.

    Example: wavectl translate housing --sheet texts.csv
    """
    app = load_app(ctx.obj, lock=ctx if sheet is None else None)
    waves = app.resolve_waves([wave]) if wave is not None else None
    app.require_valid(waves)
    languages = app.plan.programme.languages
    requested = app.console.requested_language
    wanted = [requested] if requested in languages else languages
    texts = {key: one for key, one in plan_texts(app.plan, waves).items() if any(map(one.text.lacks, wanted))}
    if not texts:
        app.console.write_message(msg("no text is missing"))
        raise typer.Exit(EXIT_OK)
    if sheet is not None:
        _write_sheet(app, Path(sheet), texts)
        return
    if not is_interactive():
        app.console.fail(
            msg("the missing texts are asked for at a terminal: {count}", count=len(texts)),
            msg("write them to a sheet: wavectl translate --sheet texts.xlsx"),
        )
    changesets = _ask_texts(app, texts, wanted)
    if not changesets:
        app.console.write_message(msg("nothing is written"))
        return
    apply_changes(app, edited_texts(app, changesets), yes=yes, ask=True, dry_run=dry_run, diff=diff)


def _ask_texts(app: AppContext, texts: dict[str, PlanText], wanted: list[str]) -> PlanChangeset:
    """Return what is typed for the texts; the word to stop, or Ctrl-C, keeps what was typed before."""
    console, changesets = app.console, PlanChangeset()
    stop_words = {"stop", console.translate(msg(_STOP)).casefold()}
    console.write_message(msg("Enter skips a text, {word} ends.", word=msg(_STOP)))
    missing = [(one, language) for language in wanted for one in texts.values() if one.text.lacks(language)]
    for number, (one, language) in enumerate(missing, 1):
        name = console.translate(one.name)
        console.write_stderr(f"\n{number}/{len(missing)}  {printable(name)}\n")
        for other, wording in one.text.text.items():
            console.write_stderr(f"  {other}: {printable(wording)}\n")
        try:
            typed = console.ask_line(msg("{language}:", language=language_name(language, app.languages[0])))
        except typer.Exit:
            break
        if typed.casefold() in stop_words:
            break
        if typed:
            changesets.setdefault(one.file, {})[(*one.text.path, language)] = typed
    return changesets


def _write_sheet(app: AppContext, file: Path, texts: dict[str, PlanText]) -> None:
    if file.suffix.lower() not in (".xlsx", ".csv"):
        app.console.fail(
            msg("--sheet {file} does not end in .xlsx or .csv", file=str(file)), msg("write --sheet texts.xlsx")
        )
    names = {key: app.console.translate(one.name) for key, one in texts.items()}
    table = translation_table(
        texts, {"": app.console.translate(msg(TEXT_HEADING)), **names}, app.plan.programme.languages
    )
    data = plain_workbook([table]) if file.suffix.lower() == ".xlsx" else plain_csv(table)
    write_output(app.console, file, data, msg("name another place with --sheet"))
    app.console.write_message(
        msg("fill in the empty cells; next: wavectl import-sheet {file}", file=quote_file_name(str(file)))
    )
