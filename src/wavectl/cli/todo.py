"""``wavectl todo``: list the tasks in the plan."""

from typing import Annotated

import typer

from wavectl.cli.action_counts import count_by_wave, waves_with_actions
from wavectl.cli.arguments import choose_by_name
from wavectl.cli.context import AppContext
from wavectl.cli.shared_options import FormatOption, InsightOptions, LimitOption, StrictOption, parse_name
from wavectl.diagnostics import msg, quoted
from wavectl.insights.todo import ActionTasks, OwnerIndex, build_todo


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
    day and place, then the tasks. Moments of an actor's waves that name no actor are only counted there, unless no
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
    actions = _tasks_of_actions(app) if owner is None and actor is None else ()
    facts = build_todo(app.plan, app.today, owner, actor)._replace(actions=actions)
    options.show(app, "todo", facts, fails_strict=facts.total > 0)


def _tasks_of_actions(app: AppContext) -> tuple[ActionTasks, ...]:
    """Return what there is to do with the local actions of each wave that has a register."""
    waves = waves_with_actions(app)
    if not waves:
        return ()
    from functools import partial

    from wavectl.actions.counts import TaskCounter
    from wavectl.actions.register import register_path

    counters = count_by_wave(app, waves, partial(TaskCounter, app.today))
    twins = {wave: one.twin_search.twins(register_path(app.plan.folder, wave)) for wave, one in counters.items()}
    return tuple(
        ActionTasks(wave, one.to_review, one.without_result, len(twins[wave]), one.missing)
        for wave, one in counters.items()
    )
