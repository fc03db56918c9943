"""``wavectl moment postpone``: say that a moment is put off, and no new date is known."""

from __future__ import annotations

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import MomentArgument
from wavectl.cli.moment.status_change import StatusOptions, apply_status_change, with_status_options
from wavectl.diagnostics import msg
from wavectl.model import Status


@with_common_options
@with_status_options
def command(app: AppContext, options: StatusOptions, moment: MomentArgument) -> None:
    """Say that a moment is put off, and no new date is known.

    The plan keeps the old date, so that people know which one no longer holds; once there is a new one, move it.

    Example: wavectl moment postpone migration/gwangju-forum
    """
    apply_status_change(app, options, moment, Status.POSTPONED, msg("it is put off, and no new date is known"))
