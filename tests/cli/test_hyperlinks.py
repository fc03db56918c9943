"""Which terminals take hyperlinks."""

from __future__ import annotations

import pytest

from wavectl.cli.console import supports_hyperlinks


@pytest.mark.parametrize(
    ("environment", "taken"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "foot-extra"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"TERM_PROGRAM": "ghostty"}, True),
        ({"TERM_PROGRAM": "Hyper"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"WT_SESSION": "1b2c"}, True),
        ({"KONSOLE_VERSION": "230801"}, True),
        ({"DOMTERM": "version=2.9"}, True),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "5001"}, True),
        ({"VTE_VERSION": "5000"}, False),  # VTE 0.50.0 crashes on them
        ({"VTE_VERSION": "4803"}, False),
        ({"VTE_VERSION": "²"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "xterm-kitty"}, True),
        ({"TERM": "dumb", "VTE_VERSION": "7600"}, False),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, False),
    ],
)
def test_a_terminal_is_known_by_what_it_announces(environment: dict[str, str], taken: bool) -> None:
    assert supports_hyperlinks(environment) is taken
