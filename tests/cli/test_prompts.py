"""Prompts: people get questions in their language, scripts get none."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from support.plans import ANNOUNCED, write_plan
from wavectl.cli.console import Console, is_interactive
from wavectl.diagnostics import msg


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    monkeypatch.chdir(tmp_path)
    return Console(requested_language="fr")


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
def test_yes_is_accepted_in_three_languages(
    console: Console, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, yes: bool
) -> None:
    typing(monkeypatch, typed)
    assert console.ask_yes_no(msg("Write these changes?")) is yes
    assert capsys.readouterr().err == "Écrire ces changements ? [o/N] "


def test_one_of_a_list_is_chosen_by_its_number_or_words(
    console: Console, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "3", "x", "2")
    assert console.ask_choice(msg("Write these changes?"), ["a", "b\x1b"]) == 1
    assert capsys.readouterr().err.startswith("  1  a\n  2  b\N{REPLACEMENT CHARACTER}\n")
    typing(monkeypatch, "Member")
    assert console.ask_choice(msg("Write these changes?"), ["partner", "member"]) == 1
    typing(monkeypatch, "")
    assert console.ask_choice(msg("Write these changes?"), ["a"]) is None


def test_a_keyboard_that_is_closed_ends_the_run(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch)
    with pytest.raises(typer.Exit) as ended:
        console.ask_line(msg("{question}", question="?"))
    assert ended.value.exit_code == 2


def test_a_script_gets_no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert is_interactive() is False
