"""What is common to confirming, putting off, calling off and restoring: another word for how sure a moment is."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.cli.common import Session
from wavectl.cli.moment.finish import end
from wavectl.cli.moment.options import DryRun, On, Said, Yes
from wavectl.cli.moment.resolve import found, occurrence
from wavectl.cli.options import taking
from wavectl.diagnostics import Message
from wavectl.editing.moments import except_for, restate
from wavectl.model import Status


class News(NamedTuple):
    """What is told beside the moment; each field is an option."""

    said: Said = None
    on: On = None
    yes: Yes = False
    dry_run: DryRun = False


with_news = taking(News)
"""Gives a command the options of news, and what they tell as its second argument."""


def restated(session: Session, news: News, moment: str, status: Status, told: Message) -> None:
    """Give a moment another status, or one occurrence of it: ``on`` says which one, else the whole."""
    plan = session.plan
    one = found(session, moment, yes=news.yes)
    time = occurrence(session, one.members, news.on) if news.on is not None else None
    if time is None or time.planned is None:
        wishes = restate(plan, one.members, status)
    else:
        wishes = except_for(plan, one.members[0], time.planned, {"status": status.value})
    end(session, one, wishes, told=told, said=news.said, dry_run=news.dry_run)
