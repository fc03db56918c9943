"""Questions are asked of people, in their language, and of nobody in a script."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from support.plans import ANNOUNCED, write_plan
from wavectl.cli import prompts
from wavectl.cli.common import AppContext, CommonOptions
from wavectl.diagnostics import msg


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppContext:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    monkeypatch.chdir(tmp_path)
    return AppContext(CommonOptions(lang="fr"))


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    left = iter(lines)

    def typed() -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)


@pytest.mark.parametrize(
    ("typed", "yes"), [("o", True), ("Oui", True), ("y", True), ("sí", True), ("", False), ("n", False)]
)
def test_yes_is_said_in_three_languages(
    here: AppContext, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, yes: bool
) -> None:
    typing(monkeypatch, typed)
    assert prompts.ask_yes_no(here, msg("Write this?")) is yes
    assert capsys.readouterr().err == "Écrire ceci ? [o/N] "


def test_one_of_a_list_is_chosen_by_its_number(
    here: AppContext, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "3", "x", "2")
    assert prompts.ask_choice(here, msg("Write this?"), ["a", "b\x1b"]) == 1
    assert capsys.readouterr().err.startswith("  1  a\n  2  b\N{REPLACEMENT CHARACTER}\n")
    typing(monkeypatch, "")
    assert prompts.ask_choice(here, msg("Write this?"), ["a"]) is None


def test_a_keyboard_that_is_closed_ends_the_run(here: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch)
    with pytest.raises(typer.Exit) as ended:
        prompts.ask_line(here, "?")
    assert ended.value.exit_code == 2


def test_a_script_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert prompts.is_interactive() is False
