"""``wavectl moment restore``: say that a moment happens after all."""

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
    """Say that a moment happens after all.

    The date is the one that the plan has kept; with another one, move it then.

    Example: wavectl moment restore migration/gwangju-forum
    """
    one = found(session, moment, yes=yes)
    told = say("it happens after all")
    restated(session, one, Status.CONFIRMED, told=told, on=on, said=said, dry_run=dry_run)
