"""What is common to confirming, putting off, calling off and restoring: another word for how sure a moment is."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.common import AppContext
from wavectl.cli.moment.options import DryRunOption, NoteOption, OccurrenceOption, YesOption
from wavectl.cli.moment.resolve import ResolvedMoment, resolve_moment, resolve_occurrence
from wavectl.cli.options import with_options
from wavectl.diagnostics import Message, msg
from wavectl.editing.moments import PlanChangeset, add_note, merge_changesets, set_exception, set_status
from wavectl.model import Status, localized_text
from wavectl.timeline import Member


class StatusOptions(NamedTuple):
    """What is told beside the moment; each field is an option."""

    note: NoteOption = None
    on: OccurrenceOption = None
    yes: YesOption = False
    dry_run: DryRunOption = False


with_status_options = with_options(StatusOptions)
"""Gives a command the options of news, and what they tell as its second argument."""


def apply_status_change(app: AppContext, options: StatusOptions, moment: str, status: Status, summary: Message) -> None:
    """Give a moment another status, or one occurrence of it: ``on`` says which one, else the whole."""
    plan = app.plan
    one = resolve_moment(app, moment, yes=options.yes)
    time = resolve_occurrence(app, one.members, options.on) if options.on is not None else None
    if time is None or time.planned is None:
        wishes = set_status(plan, one.members, status)
    else:
        wishes = set_exception(plan, one.members[0], time.planned, {"status": status.value})
    finish(app, one, wishes, summary=summary, note=options.note, dry_run=options.dry_run)


def finish(
    app: AppContext,
    resolved: ResolvedMoment,
    changesets: PlanChangeset,
    *,
    summary: Message,
    member: Member | None = None,
    note: str | None = None,
    dry_run: bool = False,
) -> None:
    """Put what is wished for into the plan, with what was said as a note; ``told`` is what becomes of the moment.

    ``member`` is the one of the tied moments that alone changes, where it is not all of them at their root.
    """
    changes = member or resolved.members[0]
    app.write_message(
        msg("{moment}: {change}", moment=localized_text(changes.moment.title, app.languages), change=summary)
    )
    if len(resolved.members) > 1 and member is None:
        names = ", ".join(each.reference for each in resolved.members)
        app.write_message(msg("one moment in several waves, changed at its root: {moments}", moments=names))
    if note:
        language = app.requested_language or app.plan.programme.languages[0]
        changesets = merge_changesets(changesets, add_note(app.plan, changes, note, app.today, language))
    apply_changes(app, edited_texts(app, changesets), dry_run=dry_run, ask=resolved.needs_confirmation and not dry_run)
