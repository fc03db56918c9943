"""What the console shows: encodings, hyperlinks and the progress line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from support.bounded import Fork
from support.plans import SOUND, write_plan
from wavectl.cli import console as module
from wavectl.cli.console import ProgressLine, supports_hyperlinks


@pytest.mark.parametrize(
    ("encoding", "drawn"),
    [("utf-8", "┣━┿━"), ("ascii", "[=+="), ("cp1252", "[=+="), ("cp850", "[=+="), ("gb18030", "┣━┿━")],
)
def test_a_chart_is_drawn_in_signs_that_the_console_has(encoding: str, drawn: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "moments:\n  - {id: a, title: Été, when: 2017-10}\n"})
    arguments = ("--today", "2017-05-20", "timeline", "--format", "gantt")
    outcome = Fork(tmp_path, *arguments, encoding=encoding).end()
    assert outcome.code == 0, outcome.err
    assert drawn in outcome.out


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "html", "svg"])
def test_what_goes_into_files_has_the_same_bytes_on_every_console(form: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "moments:\n  - {id: a, title: 한국어 Été, when: 2017-10}\n"})
    made = {
        Fork(tmp_path, "timeline", "--today", "2017-06-01", "--format", form, encoding=name).end().data
        for name in ("utf-8", "ascii")
    }
    (data,) = made
    assert "한국어" in data.decode()


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


class Screen(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_file_being_read_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    for stream, shown in ((Screen(), True), (StringIO(), False)):
        now[0] = 0.0
        progress = ProgressLine(stream)
        progress.update("quick.yaml")
        progress.clear()
        assert stream.getvalue() == ""
        now[0] = 1.5
        progress.update("slow\x1b[31m.yaml")
        progress.clear()
        assert ("slow\ufffd[31m.yaml" in stream.getvalue()) is shown
        assert stream.getvalue().endswith("\r\x1b[K") is shown
