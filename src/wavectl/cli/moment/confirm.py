"""``wavectl moment confirm``: say that a moment will happen."""

from __future__ import annotations

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.options import Told
from wavectl.cli.moment.status_change import News, restated, with_news
from wavectl.diagnostics import say
from wavectl.model import Status


@shared
@with_news
def command(session: Session, news: News, moment: Told) -> None:
    """Say that a moment will happen.

    The date stays as it is; wavectl moment move firms that up.

    Example: wavectl moment confirm migration/gwangju-forum
    """
    restated(session, news, moment, Status.CONFIRMED, say("it is confirmed"))
