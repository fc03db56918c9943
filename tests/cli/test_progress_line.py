"""The line that tells on a terminal what is being read."""

from __future__ import annotations

from io import StringIO

import pytest

from wavectl.cli import console as module
from wavectl.cli.console import ProgressLine


class Screen(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_what_is_read_once_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    for stream, told in ((Screen(), True), (StringIO(), False)):
        now[0] = 0.0
        progress = ProgressLine(stream)
        progress.update("quick.yaml")
        progress.clear()
        assert stream.getvalue() == ""
        now[0] = 1.5
        progress.update("slow\x1b[31m.yaml")
        progress.clear()
        assert ("slow\ufffd[31m.yaml" in stream.getvalue()) is told
        assert stream.getvalue().endswith("\r\x1b[K") is told
