"""``wavectl actions accept``, ``refuse`` and ``cancel``: decide about actions, by ids or by filters."""

from typing import Annotated

import typer

from wavectl.cli.actions.change import apply_register_changes, refuse_contacts, replace_cells
from wavectl.cli.actions.selection import IdsArgument, Selection, with_selection
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.diagnostics import Message, msg

ReasonOption = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why, for the team; never published.")
]


@with_selection
def accept(
    ctx: typer.Context,
    selection: Selection,
    ids: IdsArgument = None,
    reason: ReasonOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Accept actions: they belong to the wave.

    They are published as far as their organisers agree.

    Example: wavectl actions accept --source page
    """
    _change(
        load_app(ctx.obj, lock=ctx),
        selection,
        ids,
        {"review": "accepted"},
        reason,
        msg("accepted actions: {count}"),
        yes,
        dry_run,
    )


@with_selection
def refuse(
    ctx: typer.Context,
    selection: Selection,
    ids: IdsArgument = None,
    reason: ReasonOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Refuse actions: they are not counted.

    They stay in the register, and are not published.

    Example: wavectl actions refuse page-0f39ca1df4fa --reason "Not part of this wave"
    """
    _change(
        load_app(ctx.obj, lock=ctx),
        selection,
        ids,
        {"review": "refused"},
        reason,
        msg("refused actions: {count}"),
        yes,
        dry_run,
    )


@with_selection
def cancel(
    ctx: typer.Context,
    selection: Selection,
    ids: IdsArgument = None,
    reason: ReasonOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Cancel actions: they do not take place.

    Subscribers see them marked as cancelled.

    Example: wavectl actions cancel page-4af4cd11c46f
    """
    _change(
        load_app(ctx.obj, lock=ctx),
        selection,
        ids,
        {"status": "cancelled"},
        reason,
        msg("cancelled actions: {count}"),
        yes,
        dry_run,
    )


def _change(
    app: AppContext,
    selection: Selection,
    ids: list[str] | None,
    cells: dict[str, str],
    reason: str | None,
    summary: Message,
    yes: bool,
    dry_run: bool,
) -> None:
    """Give the chosen actions other cells; a person confirms what is not named by ids."""
    registers = selection.load(app, ids or (), require=True)
    if reason is not None:
        refuse_contacts(app, [reason])
        cells = {**cells, "reason": " ".join(reason.split())}
    changes = [replace_cells(register, app.today.isoformat(), cells) for register in registers]
    apply_register_changes(app, changes, summary, yes=yes, ask=not ids, dry_run=dry_run)
