"""``wavectl moment confirm``, ``postpone``, ``cancel`` and ``restore``: change the status of a moment."""

from dataclasses import dataclass

import typer

from wavectl.cli.context import load_app
from wavectl.cli.moment import change
from wavectl.cli.options import DiffOption
from wavectl.diagnostics import Message, msg
from wavectl.editing import moments
from wavectl.editing.moments import set_exception, set_status
from wavectl.model import Status


@dataclass(frozen=True)
class StatusOptions:
    """The argument and the options of these commands."""

    moment: str
    note: str | None
    on: str | None
    yes: bool
    dry_run: bool
    diff: bool


def confirm(
    ctx: typer.Context,
    moment: change.MomentArgument,
    note: change.NoteOption = None,
    on: change.OccurrenceOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Confirm a moment: nothing of it is in doubt any more.

    Marks of doubt in the date go too; the days stay the same. wavectl moment move gives a more precise date.

    Example: wavectl moment confirm migration/gwangju-forum
    """
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)
    occurrence = change.resolve_occurrence(app, resolved.members, on) if on is not None else None
    if occurrence is None or occurrence.planned is None:
        date = moments.settled(moments.most_precise_date(resolved.members))
        changesets = moments.confirm(app.plan, resolved.members)
    else:
        date = moments.settled(occurrence.when)
        changesets = moments.confirm_occurrence(app.plan, resolved.members[0], occurrence.planned, occurrence.when)
    summary = msg("it is confirmed")
    if not date.is_exact:
        summary = msg("it is confirmed; its date is still open: {date}", date=date)
    change.finish_change(app, resolved, changesets, summary, note, dry_run=dry_run, diff=diff)


def postpone(
    ctx: typer.Context,
    moment: change.MomentArgument,
    note: change.NoteOption = None,
    on: change.OccurrenceOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Postpone a moment: the new date is not known yet.

    The plan keeps the old date, so that subscribers know which one no longer holds. Once there is a new date, run
    wavectl moment move.

    Example: wavectl moment postpone migration/gwangju-forum
    """
    options = StatusOptions(moment, note, on, yes, dry_run, diff)
    _change_status(options, ctx, Status.POSTPONED, msg("it is postponed, and the new date is not known yet"))


def cancel(
    ctx: typer.Context,
    moment: change.MomentArgument,
    note: change.NoteOption = None,
    on: change.OccurrenceOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Cancel a moment.

    The moment stays in the plan, so that subscribers see that it is cancelled.

    Example: wavectl moment cancel housing/human-rights-day --on 2018
    """
    options = StatusOptions(moment, note, on, yes, dry_run, diff)
    _change_status(options, ctx, Status.CANCELLED, msg("it is cancelled"))


def restore(
    ctx: typer.Context,
    moment: change.MomentArgument,
    note: change.NoteOption = None,
    on: change.OccurrenceOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Restore a cancelled or postponed moment.

    The date is the one in the plan. If there is another one, run wavectl moment move next.

    Example: wavectl moment restore migration/gwangju-forum
    """
    options = StatusOptions(moment, note, on, yes, dry_run, diff)
    _change_status(options, ctx, Status.CONFIRMED, msg("it is confirmed again"))


def _change_status(options: StatusOptions, ctx: typer.Context, status: Status, summary: Message) -> None:
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, options.moment, yes=options.yes or options.dry_run)
    if status is Status.CANCELLED:
        change.name_others_that_match(app, options.moment, resolved)
    occurrence = change.resolve_occurrence(app, resolved.members, options.on) if options.on is not None else None
    if occurrence is None or occurrence.planned is None:
        changesets = set_status(app.plan, resolved.members, status)
    else:
        changesets = set_exception(app.plan, resolved.members[0], occurrence.planned, {"status": status.value})
    change.finish_change(app, resolved, changesets, summary, options.note, dry_run=options.dry_run, diff=options.diff)
