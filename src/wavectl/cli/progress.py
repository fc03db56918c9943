"""What is being read, told on a terminal where it takes long."""

from __future__ import annotations

from time import monotonic
from typing import IO

from wavectl.text.terminal import printable, truncate


class ProgressLine:
    """A line on a terminal that tells which file is being read, once that has taken a second; nothing in a pipe."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._started, self._shown = stream, monotonic(), False
        self._enabled = stream.isatty()

    def update(self, file: str) -> None:
        """Tell the file, where it is time to tell anything."""
        if self._enabled and monotonic() - self._started > 1:
            self._shown = True
            self._stream.write(f"\r{truncate(printable(file), 60)} …\x1b[K")
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
