"""``wavectl moment postpone``: say that a moment is put off, and no new date is known."""

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
    """Say that a moment is put off, and no new date is known.

    The plan keeps the old date, so that people know which one no longer holds; once there is a new one, move it.

    Example: wavectl moment postpone migration/gwangju-forum
    """
    one = found(session, moment, yes=yes)
    told = say("it is put off, and no new date is known")
    restated(session, one, Status.POSTPONED, told=told, on=on, said=said, dry_run=dry_run)
