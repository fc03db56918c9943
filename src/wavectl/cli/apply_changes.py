"""The end of every command that changes the plan: tried, shown, asked, written, and what subscribers will see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import typer

from wavectl import rules
from wavectl.cli.common import DONE, FAULTY, USAGE, Session
from wavectl.cli.file_changes import rewritten, show, write
from wavectl.cli.prompts import agreed, is_attended
from wavectl.diagnostics import Finding, Message, say
from wavectl.editing.moments import PlanWishes
from wavectl.plan.loader import Plan
from wavectl.publishing.announcement import News
from wavectl.publishing.announcement.text import brief
from wavectl.publishing.tracking import changes, follow
from wavectl.render.diagnostics import shown_path
from wavectl.yamlfile.patch import CannotEditError, changed

_SHOWN = 20
"""How many changes for subscribers are told; ``export-ics --check`` tells all."""


def wished(session: Session, wishes: PlanWishes) -> dict[str, str]:
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


def settle(
    session: Session,
    texts: Mapping[str, str],
    *,
    dry_run: bool = False,
    ask: bool = False,
    next_step: Message | None = None,
) -> None:
    """Put new texts into the files of the plan, by name; a name that is not there yet is a new file.

    What changes is shown as a difference. Where the plan would have more errors than before, they are shown, and
    nothing is written. ``ask`` has a person agree first; in a script there is nobody, and the run ends.
    """
    every = (rewritten(session, name, text) for name, text in sorted(texts.items()))
    files = [one for one in every if one.before != one.after]
    if not files:
        session.note(say("nothing changes: the plan says so already"))
        raise typer.Exit(DONE)
    ahead = session.read({one.file.name: one.after for one in files})
    _refuse_worse(session, ahead)
    show(session, files)
    if dry_run:
        session.note(say("nothing is written, for --dry-run was given"))
    else:
        if ask:
            _agree(session)
        write(session, files)
        for one in files:
            session.note(say("{file} is written", file=shown_path(one.file, session.home)))
    seen = tell_subscribers(session, ahead)
    if not dry_run and (seen or next_step):
        session.note(next_step or say("next: wavectl export-ics, which brings this to whoever has subscribed"))


def tell_subscribers(session: Session, plan: Plan) -> bool:
    """Tell what subscribers will see once a plan is published; nothing where nobody can have subscribed yet.

    Return whether there is anything to publish.
    """
    if plan.record is None or plan.record.findings or plan.programme.identity != plan.record.domain:
        return True
    followed = follow(plan, list(plan.files), session.today)
    found = changes(plan.record, followed.record)
    if not found:
        session.note(say("subscribers will see no change"))
        return False
    news = News(
        plan,
        found,
        followed.record.lines,
        name=plan.programme.name,
        waves=list(plan.files),
        languages=[session.languages],
    )
    session.note(say("what subscribers will see:"))
    session.tell(brief(news, _SHOWN))
    return True


def _refuse_worse(session: Session, ahead: Plan) -> None:
    """End the run with the errors that a plan has more than before."""
    known = Counter(map(_kind, rules.errors(session.plan)))
    more: list[Finding] = []
    for finding in rules.errors(ahead):
        known[_kind(finding)] -= 1
        if known[_kind(finding)] < 0:
            more.append(finding)
    if more:
        session.note(say("nothing is written: with this change the plan would have errors"))
        session.report(ahead, more)
        raise typer.Exit(FAULTY)


def _kind(finding: Finding) -> tuple[str, str, str]:
    """Return what two errors have in common that are the same one, before and after a change of the lines above."""
    return finding.rule, finding.file, str(finding.message)


def _agree(session: Session) -> None:
    if not is_attended():
        session.refuse(say("nobody is here to agree to this"), say("add --yes to have it written"), USAGE)
    if not agreed(session, say("Write this?")):
        session.note(say("nothing is written"))
        raise typer.Exit(USAGE)
