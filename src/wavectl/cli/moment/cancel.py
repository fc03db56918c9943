"""``wavectl moment cancel``: say that a moment will not happen."""

from __future__ import annotations

from wavectl.cli.common import Session, shared
from wavectl.cli.moment.found import found
from wavectl.cli.moment.given import DryRun, On, Said, Told, Yes
from wavectl.cli.moment.restating import restated
from wavectl.diagnostics import say
from wavectl.model import Status


@shared
def command(
    session: Session,
    moment: Told,
    said: Said = None,
    on: On = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Say that a moment will not happen.

    The plan keeps it, so that subscribers see that it is off.

    Example: wavectl moment cancel housing/human-rights-day --on 2018
    """
    one = found(session, moment, yes=yes)
    told = say("it is cancelled")
    restated(session, one, Status.CANCELLED, told=told, on=on, said=said, dry_run=dry_run)
