"""``wavectl init``: writes a plan to start from, an example in the team's language, into an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.language import find_plan_folder
from wavectl.cli.prompts import ask_choice, is_interactive
from wavectl.cli.starter import EXAMPLE_WAVE_IDS, starter_files
from wavectl.diagnostics import msg, os_error_reason, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME as RECORD
from wavectl.plan.loader import FILE_SUFFIXES
from wavectl.render.diagnostics import display_path
from wavectl.text.suggest import quote_file_name

_LANGUAGE_NAMES = {"en": "English", "fr": "français", "es": "español"}
_README = "README.md"


@with_common_options
def command(
    app: AppContext,
    folder: Annotated[
        str | None, typer.Argument(metavar="DIR", help="The folder of the new plan; waves if nothing is named.")
    ] = None,
) -> None:
    """Write a plan to start from, with an example.

    That is a programme, one wave, and a page for the team.
    All of it is in the language of --lang, en, fr or es, and can be changed at will.
    Nothing that is there already is touched: a folder that holds a plan is refused.

    Example: wavectl init my-waves --lang en
    """
    target = Path(folder) if folder else app.plan_folder if app.has_explicit_folder else app.working_folder / "waves"
    _check_empty(app, target)
    language = _choose_language(app)
    texts = starter_files(language, app.today_in("UTC"))
    for name, text in texts.items():
        file = target / name
        try:
            write_atomically(file, text.encode())
        except OSError as error:
            fail_unwritable(app, str(file), error, msg("name another folder: wavectl init my-waves"))
        app.write(f"{display_path(file, app.working_folder)}\n")
    _print_next_steps(app, target)


def _check_empty(app: AppContext, target: Path) -> None:
    """End the run where the folder holds something of a plan, or is none."""
    shown = display_path(target, app.working_folder)
    if target.exists() and not target.is_dir():
        app.fail(msg("{folder} is no folder", folder=shown), msg("name another folder: wavectl init my-waves"))
    try:
        names = [one.name for one in target.iterdir()] if target.exists() else []
    except OSError as error:
        app.fail(
            msg("the folder {folder} cannot be read: {reason}", folder=quoted(shown), reason=os_error_reason(error)),
            msg("name another folder: wavectl init my-waves"),
        )
    found = sorted(name for name in names if name.endswith(FILE_SUFFIXES) or name in (RECORD, _README))
    if found:
        app.fail(
            msg("{folder} holds {file} already, so nothing is written", folder=shown, file=found[-1]),
            msg("wavectl new adds a wave to a plan; another plan goes into another folder: wavectl init my-waves"),
        )


def _choose_language(app: AppContext) -> str:
    """Return the language of the example: the one asked for, else the one that somebody at the terminal chooses."""
    asked = app.requested_language
    if asked is None:
        number = (
            ask_choice(app, msg("The number of your language [1]:"), list(_LANGUAGE_NAMES.values()))
            if is_interactive()
            else 0
        )
        return list(_LANGUAGE_NAMES)[number or 0]
    base = asked.partition("-")[0]
    if base not in EXAMPLE_WAVE_IDS:
        app.fail(msg("there is no example in {language}", language=quoted(asked)), msg("write en, fr or es"))
    return base


def _print_next_steps(app: AppContext, target: Path) -> None:
    """Tell what to do with the files, in their language."""
    found = find_plan_folder(app.working_folder)
    elsewhere = found is None or found.resolve() != target.resolve()
    option = f" --waves {quote_file_name(display_path(target, app.working_folder))}" if elsewhere else ""
    app = app.with_folder(target)
    file = display_path(target / "programme.yaml", app.working_folder)
    app.write_message(msg("next: look at the example with {command}", command=f"wavectl timeline{option}"))
    app.write_message(msg("then: open {file} with an editor for plain text, and put your own names there", file=file))
    app.write_message(msg("after each change: {command}", command=f"wavectl validate{option}"))
