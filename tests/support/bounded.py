"""wavectl within the bounds of time and memory that hold for hostile input."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

SECONDS = 5
MEBIBYTES = 512


def bounded(home: Path, *arguments: str, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Run wavectl in a folder, within the bounds; return its exit code and what it printed, never a traceback."""
    out, err = home / "out", home / "err"
    begin = time.monotonic()
    with out.open("wb") as to_out, err.open("wb") as to_err:
        child = subprocess.Popen(
            [sys.executable, "-m", "wavectl", *arguments],
            cwd=home,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=to_out,
            stderr=to_err,
        )
        watch = threading.Timer(SECONDS * 4, child.kill)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        watch.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    assert usage.ru_utime + usage.ru_stime < SECONDS, f"{usage.ru_utime + usage.ru_stime:.1f} s of processor time"
    assert usage.ru_maxrss / 1024 < MEBIBYTES, f"{usage.ru_maxrss / 1024:.0f} MiB"
    assert time.monotonic() - begin < SECONDS * 4  # as long as the other tests leave it little of the machine
    texts = out.read_text(errors="replace"), err.read_text(errors="replace")
    assert "Traceback" not in texts[1]
    return child.returncode, *texts
