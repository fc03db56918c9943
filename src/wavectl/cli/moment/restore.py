"""``wavectl moment restore``: say that a moment happens after all."""

from __future__ import annotations

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.options import Told
from wavectl.cli.moment.status_change import News, restated, with_news
from wavectl.diagnostics import say
from wavectl.model import Status


@shared
@with_news
def command(session: Session, news: News, moment: Told) -> None:
    """Say that a moment happens after all.

    The date is the one that the plan has kept; with another one, move it then.

    Example: wavectl moment restore migration/gwangju-forum
    """
    restated(session, news, moment, Status.CONFIRMED, say("it happens after all"))
