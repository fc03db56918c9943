"""``wavectl moment confirm``, ``postpone``, ``cancel`` and ``restore``: change the status of a moment."""

from __future__ import annotations

import typer

from wavectl.cli.context import load_app
from wavectl.cli.moment.change import DryRunOption, NoteOption, YesOption, finish_change
from wavectl.cli.moment.resolve import MomentArgument, OccurrenceOption, resolve_moment, resolve_occurrence
from wavectl.cli.options import CommonOptions
from wavectl.diagnostics import Message, msg
from wavectl.editing.moments import set_exception, set_status
from wavectl.model import Status


def confirm(
    ctx: typer.Context,
    moment: MomentArgument,
    note: NoteOption = None,
    on: OccurrenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Confirm a moment.

    The date stays the same; wavectl moment move gives a more precise one.

    Example: wavectl moment confirm migration/gwangju-forum
    """
    _change_status(
        ctx.obj, moment, Status.CONFIRMED, msg("it is confirmed"), note=note, on=on, yes=yes, dry_run=dry_run
    )


def postpone(
    ctx: typer.Context,
    moment: MomentArgument,
    note: NoteOption = None,
    on: OccurrenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Postpone a moment: the new date is not known yet.

    The plan keeps the old date, so that subscribers know which one no longer holds. Once there is a new date, run
    wavectl moment move.

    Example: wavectl moment postpone migration/gwangju-forum
    """
    summary = msg("it is postponed, and the new date is not known yet")
    _change_status(ctx.obj, moment, Status.POSTPONED, summary, note=note, on=on, yes=yes, dry_run=dry_run)


def cancel(
    ctx: typer.Context,
    moment: MomentArgument,
    note: NoteOption = None,
    on: OccurrenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Cancel a moment.

    The moment stays in the plan, so that subscribers see that it is cancelled.

    Example: wavectl moment cancel housing/human-rights-day --on 2018
    """
    _change_status(
        ctx.obj, moment, Status.CANCELLED, msg("it is cancelled"), note=note, on=on, yes=yes, dry_run=dry_run
    )


def restore(
    ctx: typer.Context,
    moment: MomentArgument,
    note: NoteOption = None,
    on: OccurrenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Restore a cancelled or postponed moment.

    The date is the one in the plan. If there is another one, run wavectl moment move next.

    Example: wavectl moment restore migration/gwangju-forum
    """
    _change_status(
        ctx.obj, moment, Status.CONFIRMED, msg("it is confirmed again"), note=note, on=on, yes=yes, dry_run=dry_run
    )


def _change_status(
    options: CommonOptions,
    reference: str,
    status: Status,
    summary: Message,
    *,
    note: str | None,
    on: str | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Change the status of a moment, or only of its occurrence ``on`` a date."""
    app = load_app(options)
    resolved = resolve_moment(app, reference, yes=yes)
    occurrence = resolve_occurrence(app, resolved.members, on) if on is not None else None
    if occurrence is None or occurrence.planned is None:
        changesets = set_status(app.plan, resolved.members, status)
    else:
        changesets = set_exception(app.plan, resolved.members[0], occurrence.planned, {"status": status.value})
    finish_change(app, resolved, changesets, summary=summary, note=note, dry_run=dry_run)
