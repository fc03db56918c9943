"""wavectl in a fork of the test process, which has it imported: as a process of its own, without a start of Python.

What it takes is measured, because hostile input must stay within bounds. Time is that of the processor, so that a busy
machine fails no test.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from support.plans import commands
from wavectl.__main__ import main

if sys.platform != "win32":
    import resource

SECONDS, MEBIBYTES = 5, 512
"""What a run may take of the processor and of memory."""
PATIENCE = 120
"""After how many seconds a run is taken to wait for what never comes."""
_START_SECONDS, _START_MEBIBYTES = 0.4, 128
"""What a process takes before it reads anything, at most: this counts, although a fork has done that already."""
TRACEBACK = 99
"""The exit code that stands for a traceback."""


class Ended(NamedTuple):
    """What a run came to: the exit code, below 0 for a signal, what it printed, and what it took in all."""

    code: int
    out: str
    err: str
    data: bytes
    """The standard output as it is."""
    seconds: float
    mebibytes: float


class Fork:
    """A run in a folder that goes on beside this process; ``prepare`` is called first, in the new process.

    ``encoding`` is that of its standard streams.
    """

    def __init__(
        self,
        home: Path,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        prepare: Callable[[], object] = lambda: None,
        encoding: str = "utf-8",
    ) -> None:
        _import_all()
        self._encoding = encoding
        self._files = [TemporaryFile() for _ in range(3)]  # noqa: SIM115 - closed by end
        self._child = os.fork()
        if self._child == 0:  # pragma: no cover - another process
            code = TRACEBACK
            try:
                gc.freeze()  # what the tests have in memory is not searched
                signal.alarm(PATIENCE)
                os.chdir(home)
                os.environ.update(env or {})
                code = _run_here(arguments, [file.fileno() for file in self._files], prepare, encoding)
            finally:
                os._exit(code)

    def end(self) -> Ended:
        """Wait for the end of the run."""
        _, status, usage = os.wait4(self._child, 0)
        printed = []
        for file in self._files:
            file.seek(0)
            printed.append(file.read())
            file.close()
        data, err, begin = printed
        return Ended(
            os.waitstatus_to_exitcode(status),
            data.decode(self._encoding, "replace"),
            err.decode(self._encoding, "replace"),
            data,
            usage.ru_utime + usage.ru_stime + _START_SECONDS,
            usage.ru_maxrss / 1024 - float(begin) + _START_MEBIBYTES,
        )


def bounded(home: Path, *arguments: str, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """Run wavectl in a folder, within the bounds; return its exit code and what it printed, never a traceback."""
    ended = Fork(home, *arguments, env=env).end()
    assert ended.code >= 0, "it waited for what never came"
    assert ended.code in (0, 1, 2), ended.err[-2_000:]
    assert "Traceback" not in ended.err
    assert ended.seconds < SECONDS, f"{ended.seconds:.1f} s of processor time"
    assert ended.mebibytes < MEBIBYTES, f"{ended.mebibytes:.0f} MiB"
    return ended.code, ended.out, ended.err


@cache
def _import_all() -> None:
    """Import what any run needs, once for all of them."""
    commands()
    import_module("openpyxl")


def _run_here(
    arguments: tuple[str, ...], handles: list[int], prepare: Callable[[], object], encoding: str
) -> int:  # pragma: no cover - in another process
    """Run a command in this process with files as its standard streams; return the exit code."""
    os.write(handles[2], str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024).encode())
    for number, handle in enumerate((os.open(os.devnull, os.O_RDONLY), *handles[:2])):
        os.dup2(handle, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding=encoding, errors=errors, closefd=False)  # noqa: SIM115 - until the process ends
        for number, (mode, errors) in enumerate((("r", "strict"), ("w", "strict"), ("w", "backslashreplace")))
    )
    sys.argv = ["wavectl", *arguments]
    code = 0
    try:
        prepare()
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = TRACEBACK
    sys.stdout.flush()
    sys.stderr.flush()
    return code
