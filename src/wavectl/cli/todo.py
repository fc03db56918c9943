"""``wavectl todo``: list the tasks in the plan."""

from typing import Annotated

import typer

from wavectl.cli.arguments import choose_by_name
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption, parse_name
from wavectl.diagnostics import msg, quoted
from wavectl.insights.todo import OwnerIndex, build_todo


def command(
    ctx: typer.Context,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only the tasks of this person or actor.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor", metavar="ACTOR", help="Only the moments and tasks of this actor: where it has to be, and when."
        ),
    ] = None,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """List what happens in the next 7 days, then the tasks, the most urgent first.

    Tasks are dates to make firm, actors to confirm, past moments without an outcome, and texts to translate. With
    --strict the command fails if there is a task. --owner and --actor show one list: first all coming moments, with
    day and place, then the tasks. Moments of an actor's waves that name nobody are only counted there, unless no
    moment names the actor.

    Example: wavectl todo --format markdown --limit 0
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    app.require_valid()
    if owner is not None:
        unknown = msg("no tasks are assigned to {name}", name=quoted(owner))
        owner, _ = choose_by_name(app.console, owner, OwnerIndex(app.plan).names(), unknown)
    if actor is not None:
        actor = parse_name(app, "--actor", actor)
    facts = build_todo(app.plan, app.today, owner, actor)
    options.show(app, "todo", facts, fails_strict=facts.total > 0)
