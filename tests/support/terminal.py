"""wavectl in a real terminal: tmux draws what the program writes, and the screen is read back from it.

``screen`` is what a reader sees: the text of every row from the first line written, also of those that have scrolled
away, without the spaces at their ends; with ``shades`` it has the colours as escape sequences.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from support.clients.seen import MissingClientError
from support.plans import ROOT, swaying

_SETTINGS = """\
set -g status off
set -g history-limit 100000
set -g default-terminal tmux-256color
"""
_ENDED = "ended"
"""The title that the terminal gets after all output of the program: once it is there, so is all before it."""
_THEN = rf"printf '\033]2;{_ENDED}\007'; exec sleep 600"
_PATIENCE = 60
"""Seconds after which a program that is still running counts as hanging."""


def wavectl(*arguments: str) -> list[str]:
    """Return the command that runs wavectl as a process of its own."""
    return [sys.executable, "-m", "wavectl", *arguments]


def screen(
    command: Sequence[str],
    columns: int,
    rows: int = 24,
    *,
    colour: bool = True,
    unicode: bool = True,
    shades: bool = False,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """Return what a terminal of that size shows once a command has ended.

    Without ``colour`` the program writes none (NO_COLOR), without ``unicode`` the terminal takes ASCII alone.
    ``env`` has the last word: ``{"TERM": "dumb"}``.
    """
    if not shutil.which("tmux"):
        raise MissingClientError("tmux is not installed: `make clients` does that")
    variables = {
        "LC_ALL": "C.UTF-8" if unicode else "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "utf-8" if unicode else "ascii",
        **({} if colour else {"NO_COLOR": "1"}),
        **(env or {}),
    }
    with TemporaryDirectory(prefix="screen") as home:
        settings = Path(home, "tmux.conf")
        settings.write_text(_SETTINGS, encoding="utf-8")
        tmux = ["tmux", "-u", "-f", str(settings), "-S", str(Path(home, "socket"))]
        line = shlex.join(["env", *(f"{name}={value}" for name, value in variables.items()), *command])
        size = ["-x", str(columns), "-y", str(rows)]
        _run([*tmux, "new-session", "-d", *size, "-c", str(cwd), f"{line}; {_THEN}"])
        try:
            _wait(tmux)
            text = _run([*tmux, "capture-pane", "-p", "-S", "-", *(["-e"] if shades else [])])
        finally:
            _run([*tmux, "kill-server"])
    return text.rstrip("\n") + "\n"


def _wait(tmux: Sequence[str]) -> None:
    """Return when the program has ended."""
    for _ in range(_PATIENCE * 20):
        if _run([*tmux, "display-message", "-p", "#{pane_title}"]).strip() == _ENDED:
            return
        time.sleep(0.05)
    raise TimeoutError("the program does not end")


def _run(command: Sequence[str]) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in (*swaying(), "TMUX", "TMUX_PANE")}
    done = subprocess.run(
        command, env={**kept, "LC_ALL": "C.UTF-8"}, capture_output=True, encoding="utf-8", check=True, timeout=_PATIENCE
    )
    return done.stdout
