"""A client that crashes is started once more, and a failure says how the process ended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.clients.process import ClientFailedError, run_client

CRASH_ONCE = """
import os, pathlib, signal, sys
mark = pathlib.Path(sys.argv[1])
count = len(mark.read_text()) if mark.exists() else 0
mark.write_text("x" * (count + 1))
if count < int(sys.argv[2]):
    os.kill(os.getpid(), signal.SIGKILL)
print(sys.stdin.read())
"""


def crashing(mark: Path, times: int) -> list[str]:
    return [sys.executable, "-c", CRASH_ONCE, str(mark), str(times)]


def test_a_client_that_crashes_once_is_started_again(tmp_path: Path) -> None:
    assert run_client(crashing(tmp_path / "mark", 1), b"feed").stdout == b"feed\n"
    assert (tmp_path / "mark").read_text() == "xx"


def test_a_client_that_crashes_twice_fails_with_its_signal(tmp_path: Path) -> None:
    with pytest.raises(ClientFailedError, match="was ended by SIGKILL"):
        run_client(crashing(tmp_path / "mark", 2))
    assert (tmp_path / "mark").read_text() == "xx"


def test_a_client_that_refuses_is_not_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    refuse = f"import sys; open({str(mark)!r}, 'a').write('x'); sys.exit('no calendar')"
    with pytest.raises(ClientFailedError, match="ended with status 1: no calendar"):
        run_client([sys.executable, "-c", refuse])
    assert mark.read_text() == "x"
