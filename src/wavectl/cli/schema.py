"""``wavectl schema``: prints the JSON Schema of a wave file or of ``programme.yaml``, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.common import Session, choice, shared
from wavectl.cli.file_errors import unwritten
from wavectl.diagnostics import say
from wavectl.plan.loader import Plan
from wavectl.render.diagnostics import shown_path
from wavectl.schema import FILES, Offers, schema


@shared
def command(
    session: Session,
    file: Annotated[str, typer.Argument(metavar="wave or programme", help="The file that it is about.")] = "wave",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file, or to - [-].")
    ] = None,
) -> None:
    """Print what may stand in a file of the plan, for editors.

    That is a JSON Schema: an editor that knows it offers the keys, explains them, and marks what is wrong.
    Where there is a plan, its actors, regions, priorities and languages are offered too.

    Example: wavectl schema wave -o waves/.wave.schema.json
    """
    choice(session, "schema", file, FILES)
    plan = session.plan_if_any
    language = session.asked_language or (plan.programme.languages[0] if plan else "en")
    made = schema(file, _offers(plan) if plan else Offers(), language)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if output is None or output == "-":
        session.write(text, bytewise=True)
        return
    try:
        write_atomically(Path(output), text.encode())
    except OSError as error:
        unwritten(session, output, error, say("name another place with -o"))
    session.write(f"{shown_path(Path(output), session.home)}\n")


def _offers(plan: Plan) -> Offers:
    """Return the names that the programme gives."""
    programme = plan.programme
    return Offers(
        programme.languages,
        list(programme.priorities),
        list(programme.regions),
        list(programme.actors),
        list(plan.files),
    )
