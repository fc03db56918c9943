"""What is being read, told on a terminal where it takes long."""

from __future__ import annotations

from time import monotonic
from typing import IO

from wavectl.text.terminal import cut, printable


class Progress:
    """A line on a terminal that tells which file is being read, once that has taken a second; nothing in a pipe."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._began, self._told = stream, monotonic(), False
        self._asked = stream.isatty()

    def at(self, file: str) -> None:
        """Tell the file, where it is time to tell anything."""
        if self._asked and monotonic() - self._began > 1:
            self._told = True
            self._stream.write(f"\r{cut(printable(file), 60)} …\x1b[K")
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self._told:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
