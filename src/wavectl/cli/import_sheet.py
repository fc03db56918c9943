"""``wavectl import-sheet``: what was changed in a workbook or CSV comes back into the wave files."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from wavectl import rules
from wavectl.cli.apply_changes import settle, wished
from wavectl.cli.common import FAULTY, Session, first_few, shared
from wavectl.cli.export_sheet import is_open
from wavectl.diagnostics import quoted, say, why
from wavectl.model.types import ID
from wavectl.plan.loader import RESERVED
from wavectl.spreadsheet.changes import Asked, compare, errors
from wavectl.spreadsheet.columns import FIELDS, known
from wavectl.spreadsheet.reader import read
from wavectl.spreadsheet.table import Problem, SheetError, Table
from wavectl.text.suggest import plain
from wavectl.text.terminal import printable
from wavectl.yamlfile.document import MIB
from wavectl.yamlfile.formatter import whole

_SHOWN = 30
"""How many errors, and how many remarks, are told."""


@shared
def command(
    session: Session,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The workbook (.xlsx) or CSV file to take back.")],
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN", help='What a column of your own is about, such as "Event=title".'),
    ] = None,
    wave: Annotated[
        str | None, typer.Option("--wave", metavar="ID", help="The wave of rows that name none; a new one is made.")
    ] = None,
    accept_dates: Annotated[
        bool, typer.Option("--accept-dates", help="Take days that a spreadsheet may have made of vaguer dates.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Take a workbook or CSV back: see what changes, then write it.

    Only cells that somebody changed count. A vague date stays vague where a spreadsheet has made a day of it.
    A sheet of your own, with a title, a date and a place, becomes a new wave.

    Example: wavectl import-sheet plan.xlsx --dry-run
    """
    asked = Asked(
        Path(file).stem, session.languages[0], _mapped(session, mapped or []), _wave(session, wave), accept_dates
    )
    tables = _tables(session, Path(file))
    session.sound(list(session.plan.files), rules.errors(session.plan))
    changes = compare(session.plan, tables, asked)
    faulty = list(errors(changes.problems))
    _tell(session, [one for one in changes.problems if one.note], "note")
    if faulty:
        _tell(session, faulty, "error")
        session.note(say("nothing is written: mend the sheet, save it, and run this again"))
        raise typer.Exit(FAULTY)
    if changes.changed:
        names = first_few(changes.changed)
        session.note(say("moments that change: {count} ({names})", count=len(changes.changed), names=names))
    new_waves = {f"{id_}.yaml": whole(data) for id_, data in changes.waves.items()}
    settle(session, wished(session, changes.wishes) | new_waves, dry_run=dry_run, ask=not yes)


def _mapped(session: Session, pairs: Sequence[str]) -> Mapping[str, str]:
    """Return what --map gives: fields by headings in plain letters; ends the run on what is no field."""
    found = {}
    for pair in pairs:
        heading, sign, field = pair.rpartition("=")
        if not sign or not heading.strip():
            session.refuse(say("--map {value} names no column", value=quoted(pair)), say('write --map "Event=title"'))
        name, _, language = field.strip().partition(":")
        column = known(name, "", {})
        if column is None or column.told:
            session.refuse(
                say("--map {value}: there is no field {name}", value=quoted(pair), name=quoted(name)),
                say("choose from {names}", names=[say(one.label) for one in FIELDS.values() if not one.told]),
            )
        language = language or column.language
        found[plain(heading)] = f"{column.field}:{language}" if language else column.field
    return found


def _wave(session: Session, wave: str | None) -> str | None:
    if wave is not None and (not ID.fullmatch(wave) or wave in RESERVED):
        session.refuse(
            say("{id} cannot be the id of a wave", id=quoted(wave)),
            say("write small letters without accents, digits and single hyphens: right-to-housing"),
        )
    return wave


def _tables(session: Session, file: Path) -> list[Table]:
    """Return the tables of a file; ends the run where there are none to be had."""
    try:
        if file.is_dir():
            session.refuse(say("{file} is a folder", file=str(file)), say("name the workbook or CSV file"))
        with file.open("rb") as source:
            data = source.read(int(session.max_size * MIB) + 1)
        tables = read(data, session.max_size)
    except SheetError as error:
        session.refuse(say("{file}: {fault}", file=file.name, fault=error.message), error.hint)
    except FileNotFoundError:
        session.refuse(say("there is no file {file}", file=str(file)), say("name the workbook or CSV file"))
    except PermissionError:
        session.refuse(
            say("{file} may not be read just now", file=str(file)),
            say("close it in Excel or LibreOffice, and run this again"),
        )
    except OSError as error:
        session.refuse(
            say("{file} cannot be read: {reason}", file=str(file), reason=why(error)),
            say("name the workbook or CSV file"),
        )
    if is_open(file):
        session.note(
            say("{file} is open in a spreadsheet program: what is not saved there is not seen", file=file.name)
        )
    return tables


def _tell(session: Session, problems: Sequence[Problem], severity: str) -> None:
    """Tell problems, each with its place and its cure."""
    style = session.style(sys.stderr)
    code = "1;31" if severity == "error" else "36"
    for one in problems[:_SHOWN]:
        place = ", ".join(style.tell(part) for part in one.place)
        head = style.paint(style.translate(severity), code)
        told = style.tell(one.message)
        session.tell(f"{style.labelled(head, printable(style.labelled(place, told) if place else told))}\n")
        if one.hint is not None:
            session.tell(f"  = {style.labelled(style.translate('hint'), printable(style.tell(one.hint)))}\n")
    if len(problems) > _SHOWN:
        session.note(say("and {count} more", count=len(problems) - _SHOWN))
