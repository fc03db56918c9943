"""``wavectl actions merge``: two actions are one, or they are two."""

from typing import Annotated

import typer

from wavectl.actions.action import COLUMNS
from wavectl.actions.register import Row
from wavectl.cli.actions.change import RegisterChange, apply_register_changes
from wavectl.cli.actions.selection import Selection, WaveOption
from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg

_OWN = frozenset(
    ("id", "source", "source_id", "also", "not_same", "first_seen", "updated", "missing_since", "review", "reason")
) | {"publish", "people", "people_low", "people_high"}
"""The columns that are not completed from the other action: what identifies it, what was decided, and its figures."""


def command(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="ID", help="The id of the action that stays.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The id of the action that is merged into it.")],
    not_same: Annotated[
        bool, typer.Option("--not-same", help="They are two actions: never list them as likely the same again.")
    ] = False,
    wave: WaveOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Merge two actions that are one, or say that they are two.

    The first stays, with both ids, and takes what it lacks from the other.
    A later delivery of the other one changes nothing; what differs is listed.

    Example: wavectl actions merge page-9b9730ac8946 page-0f39ca1df4fa --not-same
    """
    app = load_app(ctx.obj, lock=ctx)
    registers = Selection().in_waves([wave] if wave else None).load(app, [action, other])
    if action == other:
        app.console.fail(msg("these are the same action"), msg("name two actions"))
    if len(registers) > 1:
        app.console.fail(
            msg("the two actions are in different waves"), msg("refuse the one that is in the wrong wave"), EXIT_FAILURE
        )
    register, today = registers[0], app.today.isoformat()
    first, second = register.rows[action], register.rows[other]
    if not_same:
        rows = {one.id: _listing(one, "not_same", two.id, today) for one, two in ((first, second), (second, first))}
        change = RegisterChange(register, {name: row for name, row in rows.items() if row is not register.rows[name]})
        summary = msg("they are two actions")
    else:
        merged = _listing(first, "also", " ".join((second.id, second.get("also"))), today)
        missing = {c: second.get(c) for c in COLUMNS if c not in _OWN and not first.get(c) and second.get(c)}
        if not (first.get("people") or first.get("people_low") or first.get("people_high")):
            missing |= {column: second.get(column) for column in ("people", "people_low", "people_high")}
        change = RegisterChange(register, {action: merged.replace(**missing)}, frozenset((other,)))
        summary = msg("the second action is merged into the first")
    apply_register_changes(app, [change], summary, yes=yes, ask=False, dry_run=dry_run)


def _listing(row: Row, column: str, ids: str, today: str) -> Row:
    """Return a row with more ids in a column; the same row if they are there already."""
    new = row.replace(**{column: " ".join(dict.fromkeys((*row.get(column).split(), *ids.split())))})
    return new if new is row else new.replace(updated=today)
