"""``wavectl moment confirm``: say that a moment will happen."""

from __future__ import annotations

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import MomentArgument
from wavectl.cli.moment.status_change import StatusOptions, apply_status_change, with_status_options
from wavectl.diagnostics import msg
from wavectl.model import Status


@with_common_options
@with_status_options
def command(app: AppContext, options: StatusOptions, moment: MomentArgument) -> None:
    """Say that a moment will happen.

    The date stays as it is; wavectl moment move firms that up.

    Example: wavectl moment confirm migration/gwangju-forum
    """
    apply_status_change(app, options, moment, Status.CONFIRMED, msg("it is confirmed"))
