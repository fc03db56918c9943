"""``wavectl actions list``: list local actions in order of time."""

from typing import Annotated

import typer

from wavectl.cli.actions.selection import Selection, WavesArgument, with_selection
from wavectl.cli.shared_options import InsightOptions, LimitOption
from wavectl.insights.action_list import ListedAction, ListFacts, in_order


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    names: WavesArgument = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show notes, reasons, evidence and ids of sources too; never publish it.")
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
    registers = selection.load(app)
    actions = (ListedAction(register.wave, action) for register in registers for action in register.actions())
    facts = ListFacts(in_order(actions, app.plan.programme.timezone), private)
    options.show(app, "action-list", facts, fails_strict=False)
