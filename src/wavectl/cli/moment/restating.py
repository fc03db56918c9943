"""What is common to confirming, putting off, calling off and restoring: another word for how sure a moment is."""

from __future__ import annotations

from wavectl.cli.common import Session
from wavectl.cli.moment.ending import end
from wavectl.cli.moment.found import Found, occurrence
from wavectl.diagnostics import Message
from wavectl.edit.moments import except_for, restate
from wavectl.model import Status


def restated(
    session: Session, one: Found, status: Status, *, told: Message, on: str | None, said: str | None, dry_run: bool
) -> None:
    """Give a moment another status, or one occurrence of it: ``on`` says which one, else the whole."""
    plan = session.plan
    time = occurrence(session, one.members, on) if on is not None else None
    if time is None or time.planned is None:
        wishes = restate(plan, one.members, status)
    else:
        wishes = except_for(plan, one.members[0], time.planned, {"status": status.value})
    end(session, one, wishes, told=told, said=said, dry_run=dry_run)
