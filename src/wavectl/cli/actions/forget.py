"""``wavectl actions forget``: empty all cells that may name a person."""

import typer

from wavectl.actions.action import FORGOTTEN, PERSONAL_COLUMNS
from wavectl.actions.figures import parse_people
from wavectl.actions.register import Row
from wavectl.cli.actions.change import RegisterChange, apply_register_changes
from wavectl.cli.actions.selection import IdsArgument, Selection, with_selection
from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.diagnostics import msg


@with_selection
def command(
    ctx: typer.Context,
    selection: Selection,
    ids: IdsArgument = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Empty all that may name a person; the action still counts.

    These are its title, organiser, place, texts and notes. The actions still count, by country and
    date, and no delivery fills them again. This cannot be taken back.

    Example: wavectl actions forget page-4af4cd11c46f --yes
    """
    app = load_app(ctx.obj, lock=ctx)
    registers = selection.load(app, ids or (), require=True)
    today = app.today.isoformat()
    changes = []
    for register in registers:
        emptied = {name: _emptied(row, today) for name, row in register.rows.items() if row.get("title") != FORGOTTEN}
        changes.append(RegisterChange(register, emptied))
    summary = msg("emptied actions, which still count: {count}")
    apply_register_changes(app, changes, summary, yes=yes, ask=True, dry_run=dry_run, undoable=False)
    app.console.write_message(
        msg("earlier versions of the file still hold the data: in git's history, in backups, in sheets that were sent")
    )


def _emptied(row: Row, today: str) -> Row:
    """Return a row without what may name a person; figures stay, unless they are a text."""
    cells = dict.fromkeys(PERSONAL_COLUMNS, "") | {"title": FORGOTTEN, "updated": today}
    cells |= {column: "" for column in ("people", "expected") if parse_people(row.get(column)) is None}
    return row.replace(**cells)
