"""Why a run ends when a file cannot be written, and what to do: most often somebody has it open."""

from __future__ import annotations

from typing import NoReturn

from wavectl.cli.session import AppContext
from wavectl.diagnostics import Message, msg, os_error_reason


def fail_unwritable(app: AppContext, display_name: str, error: OSError, hint: Message) -> NoReturn:
    """End the run because of a file, by the name to show; ``hint`` is the cure where it is not open somewhere else.

    Windows does not let a file be replaced that another program holds: the error is that of a missing permission.
    """
    if isinstance(error, PermissionError):
        hint = msg("close it where it is open, in Excel or Word for instance, or see whether you may change it")
    app.fail(msg("{file} cannot be written: {reason}", file=display_name, reason=os_error_reason(error)), hint)
