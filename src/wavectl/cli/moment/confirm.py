"""``wavectl moment confirm``: say that a moment will happen."""

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
    """Say that a moment will happen.

    The date stays as it is; wavectl moment move firms that up.

    Example: wavectl moment confirm migration/gwangju-forum
    """
    one = found(session, moment, yes=yes)
    told = say("it is confirmed")
    restated(session, one, Status.CONFIRMED, told=told, on=on, said=said, dry_run=dry_run)
