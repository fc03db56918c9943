"""The end of a command on moments: what becomes of one is told, put into the plan, and settled."""

from __future__ import annotations

from wavectl.cli.apply_changes import settle, wished
from wavectl.cli.common import Session
from wavectl.cli.moment.resolve import Found
from wavectl.diagnostics import Message, say
from wavectl.editing.moments import PlanWishes, merged, noted
from wavectl.model import wording
from wavectl.timeline import Member


def end(
    session: Session,
    one: Found,
    wishes: PlanWishes,
    *,
    told: Message,
    member: Member | None = None,
    said: str | None = None,
    dry_run: bool = False,
) -> None:
    """Put what is wished for into the plan, with what was said as a note; ``told`` is what becomes of the moment.

    ``member`` is the one of the tied moments that alone changes, where it is not all of them at their root.
    """
    changes = member or one.members[0]
    session.note(say("{moment}: {change}", moment=wording(changes.moment.title, session.languages), change=told))
    if len(one.members) > 1 and member is None:
        names = ", ".join(each.reference for each in one.members)
        session.note(say("one moment in several waves, changed at its root: {moments}", moments=names))
    if said:
        language = session.asked_language or session.plan.programme.languages[0]
        wishes = merged(wishes, noted(session.plan, changes, said, session.today, language))
    settle(session, wished(session, wishes), dry_run=dry_run, ask=one.ask and not dry_run)
