"""The end of a command on moments: what becomes of one is told, put into the plan, and settled."""

from __future__ import annotations

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.common import AppContext
from wavectl.cli.moment.resolve import ResolvedMoment
from wavectl.diagnostics import Message, msg
from wavectl.editing.moments import PlanChangeset, add_note, merge_changesets
from wavectl.model import localized_text
from wavectl.timeline import Member


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
