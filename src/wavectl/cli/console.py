"""What is being read, told on a terminal where it takes long."""

from __future__ import annotations

from collections.abc import Mapping
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


_TERM_PROGRAMS = frozenset(("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"))
"""Values of TERM_PROGRAM."""
_TERM_PREFIXES = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
"""What TERM opens with."""
_TERMINAL_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
"""Variables that only such a terminal sets."""
_MIN_VTE_VERSION = 5001
"""GNOME's terminal takes hyperlinks from VTE 0.50 on; the very first of these versions crashes on them."""


def supports_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal takes hyperlinks (OSC 8): FORCE_HYPERLINK says so (0: that it does not), else its name.

    A terminal inside another inherits its variables: a dumb one takes none, whatever the outer one can do.
    """
    kind = environment.get("TERM", "")
    if kind == "dumb":
        return False
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _TERM_PROGRAMS
        or kind.startswith(_TERM_PREFIXES)
        or any(environment.get(mark) for mark in _TERMINAL_VARIABLES)
        or (vte.isascii() and vte.isdigit() and int(vte) >= _MIN_VTE_VERSION)
    )
