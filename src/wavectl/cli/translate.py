"""``wavectl translate``: ask for the missing texts one by one, or write them as a sheet."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.atomic_files import write_output
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.help import raw_arguments
from wavectl.cli.language import language_tag, option_value
from wavectl.cli.options import EXIT_OK, DiffOption
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.editing.moments import PlanChangeset
from wavectl.i18n.names import language_name
from wavectl.render.page import Cell, Column, Page, build_table
from wavectl.render.page.terminal_table import render
from wavectl.spreadsheet.translations import TEXT_HEADING, PlanText, plan_texts, translation_table
from wavectl.spreadsheet.writer import plain_csv, plain_workbook
from wavectl.text.suggest import quote_file_name
from wavectl.text.terminal import printable

_STOP = phrase("stop")
"""What a person types to stop, besides the English word."""
_SAME = "="
"""What a person types where a text is the same as the one above, such as the name of a town."""


def command(
    ctx: typer.Context,
    wave: Annotated[str | None, typer.Argument(metavar="WAVE", help="The wave to translate [the whole plan].")] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="FILE", help="Write the missing texts to this .xlsx or .csv file instead."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the missing texts, and ask for nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    diff: DiffOption = False,
) -> None:
    """Ask for the missing translations one by one, or write them as a sheet.

    The other languages of a text are shown above the question. An empty answer skips it, the sign = repeats the text
    above, the word stop ends; what was typed before is written. --lang names the language to translate into [all of
    the programme], while questions stay in yours. Without a terminal, the missing texts are listed. wavectl
    import-sheet reads a sheet back.

    Example: wavectl translate housing --lang es
    """
    target = option_value(raw_arguments(ctx), "--lang")
    open_console(ctx.obj)  # checks --lang
    options = replace(ctx.obj, lang=os.environ.get("WAVECTL_LANG") or None) if target else ctx.obj
    listing = list_ or not (sheet or is_interactive())
    app = load_app(options, lock=None if sheet or listing else ctx)
    waves = app.resolve_waves([wave]) if wave is not None else None
    app.require_valid(waves)
    languages = app.plan.programme.languages
    wanted = [language_tag(target)] if target else languages
    if not {one.partition("-")[0] for one in wanted} <= {one.partition("-")[0] for one in languages}:
        app.console.fail(
            msg("{language} is not a language of the plan", language=quoted(target)),
            msg("choose from {names}", names=", ".join(languages)),
        )
    texts = {key: one for key, one in plan_texts(app.plan, waves).items() if any(map(one.text.lacks, wanted))}
    if not texts:
        app.console.write_message(msg("no text is missing"))
        raise typer.Exit(EXIT_OK)
    if sheet is not None:
        _write_sheet(app, Path(sheet), texts)
        return
    if listing:
        _list_texts(app, texts, wanted)
        named = [quote_file_name(wave)] if wave else []
        again = " ".join(["wavectl translate", *named, *(["--lang", wanted[0]] if target else [])])
        app.console.write_message(msg("to fill them in in Excel: {command}", command=f"{again} --sheet texts.xlsx"))
        return
    changesets = _ask_texts(app, texts, wanted)
    if not changesets:
        app.console.write_message(msg("nothing is written"))
        return
    apply_changes(app, edited_texts(app, changesets), yes=yes, ask=True, dry_run=dry_run, diff=diff)


def _ask_texts(app: AppContext, texts: dict[str, PlanText], wanted: list[str]) -> PlanChangeset:
    """Return what is typed, text by text; the word to stop, or Ctrl-C, keeps what was typed before."""
    console, changesets = app.console, PlanChangeset()
    context = app.render_context()
    stop_words = {"stop", console.translate(msg(_STOP)).casefold()}
    console.write_message(
        msg("Enter skips a text, {sign} repeats the one above, {word} ends.", sign=_SAME, word=msg(_STOP))
    )
    for number, one in enumerate(texts.values(), 1):
        console.write_line("")
        console.write_line(f"{number}/{len(texts)}  {printable(console.translate(one.name))}")
        for other, wording in one.text.text.items():
            label = language_name(other, app.languages[0])
            console.write_line(f"  {context.labelled(label, printable(wording))}", hang=4)
        for language in filter(one.text.lacks, wanted):
            try:
                typed = console.ask_line(msg("{language}:", language=f"  {language_name(language, app.languages[0])}"))
            except typer.Exit:
                return changesets
            if typed.casefold() in stop_words:
                console.write_message(msg("texts left: {count}", count=len(texts) - number + 1))
                return changesets
            if typed == _SAME:
                typed = next(iter(one.text.text.values()))
            if typed:
                changesets.setdefault(one.file, {})[(*one.text.path, language)] = typed
    console.write_line("")
    console.write_message(msg("That was the last text."))
    return changesets


def _list_texts(app: AppContext, texts: dict[str, PlanText], wanted: list[str]) -> None:
    """Write a table of the texts that are missing, with the languages that they lack."""
    context = app.render_context()
    columns = [Column(context.translate(heading), min_width=10) for heading in (TEXT_HEADING, phrase("Missing in"))]

    def row(one: PlanText) -> list[Cell]:
        missing = [language_name(language, app.languages[0]) for language in wanted if one.text.lacks(language)]
        return [Cell(app.console.translate(one.name)), Cell(", ".join(missing))]

    page = Page(context.format_message(_MISSING), (build_table(columns, list(texts.values()), row),), (), ())
    app.console.write(render(page, context))


_MISSING = msg("Missing translations")


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
