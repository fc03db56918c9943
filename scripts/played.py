"""Commands played in a real terminal, as somebody would type them: what stands on the screen at the end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROWS = 200
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A command, what is answered to each of its questions, and the exit code that it has to have."""

    command: str
    answers: tuple[str, ...] = ()
    code: int = 0


def played(step: Step, folder: Path, width: int, settings: Mapping[str, str]) -> str:
    """Return what a command writes on a terminal of ``width`` cells, colours and typed answers included.

    ``wavectl`` is the one that runs here, every other name that of the system. Ends the process on another exit code.
    """
    name, *arguments = shlex.split(step.command)
    command = [sys.executable, "-m", "wavectl"] if name == "wavectl" else [name]
    keyboard, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, width, 0, 0))
    running = subprocess.Popen(
        [*command, *arguments], cwd=folder, env=dict(settings), stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    seen = _watched(keyboard, list(step.answers))
    os.close(keyboard)
    if running.wait(timeout=_PATIENCE) != step.code:
        sys.exit(f"{step.command}: exit code {running.returncode}\n{seen}")
    return seen.replace("\r\n", "\n").rstrip("\n")


def _watched(keyboard: int, answers: list[str]) -> str:
    """Return all that comes up on a terminal until it closes; each question gets the next answer."""
    seen = b""
    while True:
        try:
            some = os.read(keyboard, 4096)
        except OSError:  # how Linux says that nothing holds the terminal any more
            some = b""
        if not some:
            return seen.decode()
        seen += some
        if answers and re.search(rb"\[[a-z]/[A-Z]\] $", seen):
            os.write(keyboard, f"{answers.pop(0)}\n".encode())
