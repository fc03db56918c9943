"""``wavectl actions form``: write the form in which members describe what they do in a wave."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.actions.delivery import one_wave
from wavectl.cli.arguments import check_choice
from wavectl.cli.atomic_files import write_output
from wavectl.cli.console import Console
from wavectl.cli.context import load_app, open_console
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg
from wavectl.files import MIB, open_file
from wavectl.i18n import UI_LANGUAGES
from wavectl.spreadsheet.action_form import form_text, form_workbook
from wavectl.text.suggest import quote_file_name

_FORMATS = ("workbook", "text")


def command(
    ctx: typer.Context,
    wave: Annotated[
        str | None, typer.Option("--wave", metavar="WAVE", help="The wave of the actions, if the plan has several.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write [the wave's name, -form.xlsx]."),
    ] = None,
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="The output format: workbook or text, which is for a web form."
        ),
    ] = "workbook",
) -> None:
    """Write a form for members and partners: what they do in a wave, with lists to choose from.

    Send the workbook, or copy the questions of the text into a web form. What comes back is read with
    wavectl actions import. Several languages: --lang fr,en,es.

    Example: wavectl actions form --wave housing --lang fr,en -o form.xlsx
    """
    requested = [name.strip() for name in (ctx.obj.lang or "").split(",") if name.strip()]
    options = replace(ctx.obj, lang=requested[0] if requested else None)
    console = open_console(options)
    check_choice(console, "--format", format, _FORMATS)
    for name in requested:
        check_choice(console, "--lang", name, UI_LANGUAGES)
    app = load_app(options, console)
    wave_id = one_wave(app, wave)
    app.require_valid([wave_id])
    own = [name for name in app.plan.programme.languages if name in UI_LANGUAGES]
    languages = list(dict.fromkeys(requested)) or own or ["en"]
    if format == "text":
        text = form_text(app.plan, wave_id, languages)
        if output in (None, "-"):
            app.console.write(text)
        else:
            _write(app.console, Path(str(output)), text.encode())
        return
    file = Path(output or f"{wave_id}-form.xlsx")
    if file.suffix.lower() != ".xlsx":
        app.console.fail(msg("-o {file} does not end in .xlsx", file=str(file)), msg("write -o form.xlsx"))
    _write(app.console, file, form_workbook(app.plan, wave_id, languages, app.today))
    delivery = quote_file_name(str(file)) + (f" --wave {wave_id}" if len(app.plan.files) > 1 else "")
    app.console.write_message(msg("when it comes back: wavectl actions import {file} --source form", file=delivery))


def _write(console: Console, file: Path, data: bytes) -> None:
    """Write a form; end the run if the file holds something else, which may be answers."""
    if os.path.isfile(file):
        with open_file(file, allow_links_out=True) as source:
            if source.read(MIB) != data:
                console.fail(
                    msg("{file} exists already, and may hold answers", file=file.name),
                    msg("name another place with -o, or delete it"),
                    EXIT_FAILURE,
                )
    write_output(console, file, data, msg("name another place with -o"))
