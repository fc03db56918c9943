"""``wavectl init``: writes a plan to start from, an example in the team's language, into an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.common import Session, shared
from wavectl.cli.file_errors import unwritten
from wavectl.cli.language import found_folder
from wavectl.cli.prompts import chosen, is_attended
from wavectl.cli.starter import WAVES, starter
from wavectl.diagnostics import quoted, say, why
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.plan.loader import SUFFIXES
from wavectl.render.diagnostics import shown_path
from wavectl.text.suggest import typed

_NAMES = {"en": "English", "fr": "français", "es": "español"}
_PAGE = "README.md"


@shared
def command(
    session: Session,
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
    target = Path(folder) if folder else session.folder if session.names_folder else session.home / "waves"
    _check_empty(session, target)
    language = _language(session)
    texts = starter(language, session.day_in("UTC"))
    for name, text in texts.items():
        file = target / name
        try:
            write_atomically(file, text.encode())
        except OSError as error:
            unwritten(session, str(file), error, say("name another folder: wavectl init my-waves"))
        session.write(f"{shown_path(file, session.home)}\n")
    _tell_next(session, target)


def _check_empty(session: Session, target: Path) -> None:
    """End the run where the folder holds something of a plan, or is none."""
    shown = shown_path(target, session.home)
    if target.exists() and not target.is_dir():
        session.refuse(say("{folder} is no folder", folder=shown), say("name another folder: wavectl init my-waves"))
    try:
        names = [one.name for one in target.iterdir()] if target.exists() else []
    except OSError as error:
        session.refuse(
            say("the folder {folder} cannot be read: {reason}", folder=quoted(shown), reason=why(error)),
            say("name another folder: wavectl init my-waves"),
        )
    found = sorted(name for name in names if name.endswith(SUFFIXES) or name in (RECORD, _PAGE))
    if found:
        session.refuse(
            say("{folder} holds {file} already, so nothing is written", folder=shown, file=found[-1]),
            say("wavectl new adds a wave to a plan; another plan goes into another folder: wavectl init my-waves"),
        )


def _language(session: Session) -> str:
    """Return the language of the example: the one asked for, else the one that somebody at the terminal chooses."""
    asked = session.asked_language
    if asked is None:
        number = chosen(session, say("The number of your language [1]:"), list(_NAMES.values())) if is_attended() else 0
        return list(_NAMES)[number or 0]
    base = asked.partition("-")[0]
    if base not in WAVES:
        session.refuse(say("there is no example in {language}", language=quoted(asked)), say("write en, fr or es"))
    return base


def _tell_next(session: Session, target: Path) -> None:
    """Tell what to do with the files, in their language."""
    found = found_folder(session.home)
    elsewhere = found is None or found.resolve() != target.resolve()
    option = f" --waves {typed(shown_path(target, session.home))}" if elsewhere else ""
    session = session.at(target)
    file = shown_path(target / "programme.yaml", session.home)
    session.note(say("next: look at the example with {command}", command=f"wavectl timeline{option}"))
    session.note(say("then: open {file} with an editor for plain text, and put your own names there", file=file))
    session.note(say("after each change: {command}", command=f"wavectl validate{option}"))
