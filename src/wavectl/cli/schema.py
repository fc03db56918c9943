"""``wavectl schema``: print the JSON Schema of a wave file or of ``programme.yaml``, for text editors."""

import json
from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.arguments import check_choice
from wavectl.cli.atomic_files import write_output
from wavectl.cli.context import load_app_if_any, open_console
from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.schema import ACTION, FILES, SuggestedIds, build_action_schema, build_schema


def command(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="wave, programme or action", help="The file that the schema describes.")
    ] = "wave",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write, or - for standard output [-]."),
    ] = None,
) -> None:
    """Print the JSON Schema of the plan's files, for text editors.

    A text editor that knows the schema offers the keys, explains them, and marks what is wrong. If there is a plan,
    the editor offers its actors, regions, priorities and languages too.

    Example: wavectl schema wave -o waves/.wave.schema.json
    """
    console = open_console(ctx.obj)
    check_choice(console, "schema", file, [*FILES, ACTION])
    app = load_app_if_any(ctx.obj, console, lock=ctx if output not in (None, "-") else None)
    plan = app.plan if app else None
    language = console.requested_language or (plan.programme.languages[0] if plan else "en")
    if file == ACTION:
        made = build_action_schema(language)
    else:
        made = build_schema(file, _suggested_ids(plan) if plan else SuggestedIds(), language)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if output is None or output == "-":
        console.write(text, as_utf8=True)
    else:
        write_output(console, Path(output), text.encode(), msg("name another place with -o"))


def _suggested_ids(plan: Plan) -> SuggestedIds:
    programme = plan.programme
    return SuggestedIds(
        programme.languages,
        list(programme.priorities),
        list(programme.regions),
        list(programme.actors),
        list(plan.files),
    )
