"""``wavectl moment cancel``: say that a moment will not happen."""

from __future__ import annotations

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import MomentArgument
from wavectl.cli.moment.status_change import StatusOptions, apply_status_change, with_status_options
from wavectl.diagnostics import msg
from wavectl.model import Status


@with_common_options
@with_status_options
def command(app: AppContext, options: StatusOptions, moment: MomentArgument) -> None:
    """Say that a moment will not happen.

    The plan keeps it, so that subscribers see that it is off.

    Example: wavectl moment cancel housing/human-rights-day --on 2018
    """
    apply_status_change(app, options, moment, Status.CANCELLED, msg("it is cancelled"))
