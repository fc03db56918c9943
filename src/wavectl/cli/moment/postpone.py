"""``wavectl moment postpone``: say that a moment is put off, and no new date is known."""

from __future__ import annotations

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.options import Told
from wavectl.cli.moment.status_change import News, restated, with_news
from wavectl.diagnostics import say
from wavectl.model import Status


@shared
@with_news
def command(session: Session, news: News, moment: Told) -> None:
    """Say that a moment is put off, and no new date is known.

    The plan keeps the old date, so that people know which one no longer holds; once there is a new one, move it.

    Example: wavectl moment postpone migration/gwangju-forum
    """
    restated(session, news, moment, Status.POSTPONED, say("it is put off, and no new date is known"))
