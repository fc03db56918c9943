"""``wavectl actions list``: list local actions in order of time."""

from collections.abc import Iterator
from typing import Annotated

import typer

from wavectl.actions.twins import likely_twins
from wavectl.cli.actions.selection import Selection, WavesArgument, open_register, with_selection
from wavectl.cli.context import AppContext
from wavectl.cli.shared_options import InsightOptions, LimitOption
from wavectl.insights.action_list import ListedAction, ListFacts, in_order
from wavectl.timeline.actors import RegionIndex


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    names: WavesArgument = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show notes, reasons, evidence and ids of sources too; never publish it.")
    ] = False,
    twins: Annotated[
        bool, typer.Option("--twins", help="Only actions that are likely the same as another, pair by pair.")
    ] = False,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: table, json, csv or markdown.")
    ] = "table",
    limit: LimitOption = None,
) -> None:
    """List local actions in order of time.

    Notes, reasons, evidence and contacts are left out, unless --private asks for them.

    Example: wavectl actions list housing --country TN --review pending
    """
    options = InsightOptions(format, strict=False, limit=limit, other_formats=("csv",))
    app = options.load_app(ctx.obj)
    selection = selection.in_waves(names)
    app.require_valid(selection.waves(app))
    if twins:
        facts = ListFacts([*_twins(app, selection)], private)
    else:
        registers = selection.load(app)
        actions = (ListedAction(register.wave, action) for register in registers for action in register.actions())
        facts = ListFacts(in_order(actions, app.plan.programme.timezone), private)
    options.show(app, "action-list", facts, fails_strict=False)


def _twins(app: AppContext, selection: Selection) -> Iterator[ListedAction]:
    """Yield the actions that are likely the same, one pair after the other; one of each is chosen by the filters."""
    matches = selection.filter(app).matcher(RegionIndex(app.plan), app.today)
    for wave in selection.waves(app):
        rows = open_register(app, wave).rows
        for pair in likely_twins(rows.values(), {row.id for row in rows.values() if matches(row)}):
            yield from (ListedAction(wave, rows[id_].action()) for id_ in pair)
