"""wavectl within the bounds of time and memory that hold for hostile input.

Time is that of the processor, so that a busy machine fails no test.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wavectl.__main__ import main

if sys.platform != "win32":
    import resource

SECONDS, MEBIBYTES = 5, 512
"""What a run may take of the processor and of memory."""
PATIENCE = 120
"""After how many seconds a run is taken to wait for what never comes."""
_BARE = 128
"""What wavectl takes of memory before it reads anything, at most, in MiB."""


def bounded(home: Path, *arguments: str, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Run wavectl in a folder, within the bounds; return its exit code and what it printed, never a traceback."""
    out, err = home / "out", home / "err"
    with out.open("wb") as to_out, err.open("wb") as to_err:
        child = subprocess.Popen(
            [sys.executable, "-m", "wavectl", *arguments],
            cwd=home,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=to_out,
            stderr=to_err,
        )
        watch = threading.Timer(PATIENCE, child.kill)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        watch.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    _check_bounds(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    assert child.returncode >= 0, "it waited for what never came"
    texts = out.read_text(errors="replace"), err.read_text(errors="replace")
    assert "Traceback" not in texts[1]
    return child.returncode, *texts


def _check_bounds(seconds: float, mebibytes: float) -> None:
    assert seconds < SECONDS, f"{seconds:.1f} s of processor time"
    assert mebibytes < MEBIBYTES, f"{mebibytes:.0f} MiB"


class Measured(NamedTuple):
    """A run in a forked process: exit code, seconds of processor time, and what it printed."""

    code: int
    seconds: float
    out: str
    err: str


def forked(home: Path, *commands: Sequence[str]) -> list[Measured]:
    """Run commands one after the other in a fork of this process, which has wavectl imported, within the bounds.

    Return what each came to. Of memory counts what the runs add to that of this process, and what wavectl begins with.
    """
    report = home / "report"
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        code = 1
        try:
            gc.freeze()  # what the tests have in memory is not searched
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 8, SECONDS * 8))
            signal.alarm(PATIENCE)
            os.chdir(home)
            begin = _most_memory()
            runs = [_run_here(home, command) for command in commands]
            report.write_text(json.dumps([_most_memory() - begin, runs]))
            code = 0
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended == 0, f"ended with {ended}"
    added, runs = json.loads(report.read_text())
    found = [Measured(*each) for each in runs]
    for command, one in zip(commands, found, strict=True):
        assert one.code in (0, 1, 2), (command, one.err[-2_000:])
        assert "Traceback" not in one.err, command
        _check_bounds(one.seconds, added + _BARE)
    return found


def _most_memory() -> float:  # pragma: no cover - in another process
    """Return the most memory, in MiB, that this process and each of its own has had."""
    users = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(user).ru_maxrss for user in users) / 1024


def _run_here(home: Path, command: Sequence[str]) -> Measured:  # pragma: no cover - in another process
    """Run a command in this process, with files as its standard streams; code 99 stands for a traceback."""
    names = (os.devnull, home / "out", home / "err")
    for number, name in enumerate(names):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
        for number, mode in enumerate("rww")
    )
    sys.argv = ["wavectl", *command]
    begin, code = sum(os.times()[:4]), 99
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    seconds = sum(os.times()[:4]) - begin
    sys.stdout.flush()
    sys.stderr.flush()
    return Measured(code, seconds, *(Path(name).read_text(errors="replace") for name in names[1:]))
