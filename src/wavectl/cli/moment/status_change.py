"""What is common to confirming, putting off, calling off and restoring: another word for how sure a moment is."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.cli.common import AppContext
from wavectl.cli.moment.finish import finish
from wavectl.cli.moment.options import DryRunOption, NoteOption, OccurrenceOption, YesOption
from wavectl.cli.moment.resolve import resolve_moment, resolve_occurrence
from wavectl.cli.options import with_options
from wavectl.diagnostics import Message
from wavectl.editing.moments import set_exception, set_status
from wavectl.model import Status


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
