"""``wavectl moment cancel``: say that a moment will not happen."""

from __future__ import annotations

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.options import Told
from wavectl.cli.moment.status_change import News, restated, with_news
from wavectl.diagnostics import say
from wavectl.model import Status


@shared
@with_news
def command(session: Session, news: News, moment: Told) -> None:
    """Say that a moment will not happen.

    The plan keeps it, so that subscribers see that it is off.

    Example: wavectl moment cancel housing/human-rights-day --on 2018
    """
    restated(session, news, moment, Status.CANCELLED, say("it is cancelled"))
