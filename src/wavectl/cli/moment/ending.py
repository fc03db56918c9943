"""The end of a command on moments: what is wished for becomes new texts of files, and these are settled."""

from __future__ import annotations

from wavectl.cli.changing import settle
from wavectl.cli.common import FAULTY, Session
from wavectl.cli.moment.found import Found
from wavectl.diagnostics import Message, say
from wavectl.edit import CannotEditError, changed
from wavectl.edit.moments import PlanWishes, merged, noted
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
    settle(session, texts(session, wishes), dry_run=dry_run, ask=one.ask and not dry_run)


def texts(session: Session, wishes: PlanWishes) -> dict[str, str]:
    """Return the new texts of the files that wishes are about, by name; ends the run where one cannot be changed."""
    plan = session.plan
    found = {}
    for wave, own in wishes.items():
        file = plan.files[wave]
        try:
            found[file] = changed(plan.documents[file], own)
        except CannotEditError as error:
            session.refuse(error.message, error.hint, FAULTY)
    return found
