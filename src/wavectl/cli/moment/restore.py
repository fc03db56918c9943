"""``wavectl moment restore``: say that a moment happens after all."""

from __future__ import annotations

from wavectl.cli.common import AppContext, with_common_options
from wavectl.cli.moment.options import MomentArgument
from wavectl.cli.moment.status_change import StatusOptions, apply_status_change, with_status_options
from wavectl.diagnostics import msg
from wavectl.model import Status


@with_common_options
@with_status_options
def command(app: AppContext, options: StatusOptions, moment: MomentArgument) -> None:
    """Say that a moment happens after all.

    The date is the one that the plan has kept; with another one, move it then.

    Example: wavectl moment restore migration/gwangju-forum
    """
    apply_status_change(app, options, moment, Status.CONFIRMED, msg("it happens after all"))
