"""Which terminals take hyperlinks: there is no asking a terminal, so those that do are known by what they announce."""

from __future__ import annotations

from collections.abc import Mapping

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
