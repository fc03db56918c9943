"""``wavectl schema``: prints the JSON Schema of a wave file or of ``programme.yaml``, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.common import AppContext, check_choice, with_common_options
from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.render.diagnostics import display_path
from wavectl.schema import FILES, SuggestedIds, build_schema


@with_common_options
def command(
    app: AppContext,
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
    check_choice(app, "schema", file, FILES)
    plan = app.plan_if_any
    language = app.requested_language or (plan.programme.languages[0] if plan else "en")
    made = build_schema(file, _suggested_ids(plan) if plan else SuggestedIds(), language)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if output is None or output == "-":
        app.write(text, as_utf8=True)
        return
    try:
        write_atomically(Path(output), text.encode())
    except OSError as error:
        fail_unwritable(app, output, error, msg("name another place with -o"))
    app.write(f"{display_path(Path(output), app.working_folder)}\n")


def _suggested_ids(plan: Plan) -> SuggestedIds:
    """Return the names that the programme gives."""
    programme = plan.programme
    return SuggestedIds(
        programme.languages,
        list(programme.priorities),
        list(programme.regions),
        list(programme.actors),
        list(plan.files),
    )
