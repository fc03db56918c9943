"""``wavectl actions report``: write down what came of an action."""

from datetime import timedelta
from typing import Annotated

import typer

from wavectl.actions.action import cell_text
from wavectl.actions.figures import parse_people
from wavectl.cli.actions.change import apply_register_changes, refuse_contacts, replace_cells
from wavectl.cli.actions.selection import Selection, WaveOption
from wavectl.cli.arguments import parse_day
from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.diagnostics import msg, quoted


def command(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="ID", help="The id of the action.")],
    people: Annotated[
        str | None, typer.Option("--people", metavar="NUMBER", help="How many came, as reported: 50, ~50, 20-30, 70+.")
    ] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", metavar="TEXT", help="What came of it.")] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", metavar="TEXT", help="Where it can be checked; never published.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day on which it was reported [today].")
    ] = None,
    wave: WaveOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write down what came of an action.

    How many people came, as they are reported, and the outcome.

    Example: wavectl actions report page-4af4cd11c46f --people "20-30" --outcome "A charter was adopted."
    """
    app = load_app(ctx.obj, lock=ctx)
    given = {"people": people, "outcome": outcome, "evidence": evidence}
    cells = {column: cell_text(text) for column, text in given.items() if text is not None}
    if not cells:
        app.console.fail(msg("there is nothing to report"), msg('add --people "20-30" or --outcome "…"'))
    refuse_contacts(app, cells.values())
    if cells.get("people"):
        figure = parse_people(cells["people"])
        if figure is None:
            app.console.fail(
                msg("{value} is not a number of people", value=quoted(cells["people"])),
                msg("write 50, ~50, 20-30, 70+ or up to 50"),
            )
        cells |= {"people_low": str(figure.low), "people_high": cell_text(figure.high)}
    year_ago = app.today - timedelta(364)  # a day without a year is the last one until today
    day = parse_day(app.console, on, "--on", app.today, year_ago) if on else app.today
    (register,) = Selection().in_waves([wave] if wave else None).load(app, [action])
    change = replace_cells(register, app.today.isoformat(), {**cells, "reported": day.isoformat()})
    apply_register_changes(app, [change], msg("the result is written down"), yes=yes, ask=False, dry_run=dry_run)
