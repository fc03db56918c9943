"""``wavectl todo``: list the tasks in the plan."""

from typing import Annotated

import typer

from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption
from wavectl.diagnostics import msg, quoted
from wavectl.insights.todo import OwnerIndex, build_todo
from wavectl.text.suggest import suggest


def command(
    ctx: typer.Context,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only the tasks of this person or actor.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ACTOR", help="Only the moments and tasks of this actor.")
    ] = None,
    format: FormatOption = "table",  # noqa: A002
    strict: StrictOption = False,
    limit: LimitOption = None,
) -> None:
    """List the tasks, the most urgent first.

    Tasks are dates to make firm, actors to confirm, past moments without an outcome, and texts to translate. With
    --strict the command fails if there is a task. --owner and --actor show one list: first the coming moments, with
    day and place, then the tasks.

    Example: wavectl todo --format markdown --limit 0
    """
    options = InsightOptions(format, strict, limit)
    app = options.load_app(ctx.obj)
    app.require_valid()
    index = OwnerIndex(app.plan)
    if owner is not None and not index.has_tasks(owner):
        app.console.fail(msg("no tasks are assigned to {name}", name=quoted(owner)), suggest(owner, index.names()))
    if actor is not None and not index.actor_ids(actor):
        app.console.fail(msg("the plan has no actor {name}", name=quoted(actor)), suggest(actor, index.actor_names()))
    facts = build_todo(app.plan, app.today, owner, actor)
    options.show(app, "todo", facts, fails_strict=facts.total > 0)
