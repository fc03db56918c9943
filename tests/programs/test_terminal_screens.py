"""What people see: golden screens of a real terminal, from narrow to wide, with and without colour and Unicode."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from support import terminal as terminals
from support.clients.seen import MissingClientError
from support.golden import Golden
from support.plans import TODAY, write_plan
from support.terminal import screen, wavectl
from support.timeline_views import EVERYTHING

SCREENS = Path(__file__).parent / "screens"
WIDTHS = (60, 80, 120, 200)
DRESSES = {"plain": {"colour": False}, "ascii": {"colour": False, "unicode": False}, "dumb": {"env": {"TERM": "dumb"}}}
"""Ways in which a terminal can have less than all."""
VIEWS = ("table", "gantt", "agenda")


def test_a_missing_terminal_program_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminals.shutil, "which", lambda _: None)
    with pytest.raises(MissingClientError, match="make clients"):
        screen(["true"], 80)


@pytest.mark.clients
def test_a_screen_is_what_a_terminal_shows() -> None:
    """Lines wrap, the cursor moves, what has scrolled away is there too, and colours are left out unless requested."""
    assert screen(["printf", "%s", "0123456789abc"], 10) == "0123456789\nabc\n"
    assert screen(["printf", r"long\rs\n\033[31mred\033[0m"], 10) == "song\nred\n"
    assert screen(["seq", "30"], 10, 5) == "".join(f"{n}\n" for n in range(1, 31))
    assert screen(["printf", r"\033[31mred\033[0m"], 10, shades=True).startswith("\033[31mred")
    assert screen(["printf", "한국|"], 10) == "한국|\n"
    assert screen(["sh", "-c", "echo $NO_COLOR $PYTHONIOENCODING"], 20, colour=False, unicode=False) == "1 ascii\n"


@pytest.mark.clients
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_real_waves_on_a_terminal(view: str, width: int, golden: Golden) -> None:
    command = wavectl("--today", TODAY, "--lang", "en", "timeline", "--format", view)
    text = screen(command, width)
    golden(SCREENS / f"{view}-{width}.txt", text)
    assert max(map(cell_len, text.splitlines())) <= width
    for name, dress in DRESSES.items():
        shown = screen(command, width, shades=True, **dress)
        assert "\x1b[" not in shown.replace("\x1b[39m\x1b[49m", "")
        if name == "ascii":
            golden(SCREENS / f"{view}-{width}-ascii.txt", shown)
            assert shown.isascii()
        else:
            assert shown == text
    if width == 80:
        golden(SCREENS / f"{view}-{width}-colour.txt", screen(command, width, shades=True))


@pytest.mark.clients
@pytest.mark.parametrize("view", VIEWS)
def test_wide_characters_stay_aligned_on_a_terminal(view: str, golden: Golden, tmp_path: Path) -> None:
    write_plan(tmp_path, EVERYTHING)
    command = wavectl("--today", "2018-02-11", "--lang", "en", "timeline", "--format", view)
    for width in WIDTHS:
        text = screen(command, width, cwd=tmp_path)
        assert max(map(cell_len, text.splitlines())) <= width
        if width == 80:
            golden(SCREENS / f"{view}-everything.txt", text)


@pytest.mark.clients
def test_a_terminal_counts_cells_as_wavectl_does() -> None:
    """What follows a text is in the column that wavectl expects: the terminal itself says in which column."""
    for text in ("한국어 포럼", "日本語のタイトル", "المنتدى العالمي", "Fête 🎉", "■◆▼▲░┄►━┣┫┿│┊", "●≈?»✗…"):
        report = r"""printf '%s' "$1"; printf '\033[6n'; IFS=';' read -rs -d R _ column; printf '\n%s' $column"""
        shown = screen(["bash", "-c", report, "bash", text], 80)
        assert int(shown.splitlines()[-1]) == cell_len(text) + 1, text
