"""Run a client as a process of its own; one that is killed by a signal is started once more."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Mapping, Sequence


class ClientFailedError(ValueError):
    """A client ended with an error; the message has its exit status, or the signal, and its standard error."""


def run_client(
    command: Sequence[str], data: bytes = b"", *, environment: Mapping[str, str] | None = None, timeout: int = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run a client with its standard input, and return its output.

    A process that a signal ends has crashed, which says nothing about the data: it is started once more.
    ``timeout`` is in seconds. Raise ``ClientFailedError`` if it fails.
    """
    for attempt in (1, 2):
        done = subprocess.run(command, input=data, env=environment, capture_output=True, check=False, timeout=timeout)
        if done.returncode >= 0 or attempt == 2:
            break
    if done.returncode:
        raise ClientFailedError(f"{command[0]} {ending(done.returncode)}: {done.stderr.decode(errors='replace')}")
    return done


def ending(code: int) -> str:
    """Return how a process ended, by its return code: an exit status, or a signal as a negative number."""
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
