"""``wavectl actor list``: list the actors of the plan or of some waves."""

from typing import Annotated

import typer

from wavectl.cli.shared_options import FormatOption, InsightOptions
from wavectl.insights.actors import list_actors


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="WAVE", help="Only the actors of these waves [all].")
    ] = None,
    unconfirmed: Annotated[
        bool, typer.Option("--unconfirmed", help="Only actors who have not agreed to take part yet.")
    ] = False,
    format: FormatOption = "table",  # noqa: A002
) -> None:
    """List the actors, with their kinds and their waves.

    Example: wavectl actor list migration --unconfirmed
    """
    options = InsightOptions(format, strict=False, limit="0")
    app = options.load_app(ctx.obj)
    waves = app.resolve_waves(names or [])
    app.require_valid(waves)
    actors = list_actors(app.plan, waves if names else (), unconfirmed=unconfirmed)
    options.show(app, "actors", actors, fails_strict=False)
