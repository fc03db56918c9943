"""``wavectl init``: a plan to start from, and nothing that is there touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support.plans import run, state, write_plan
from wavectl.cli import init

DAY = "2026-11-25"


@pytest.mark.parametrize(("language", "wave"), [("en", "climate"), ("fr", "climat"), ("es", "clima")])
def test_a_plan_to_start_from_is_sound_and_laid_out(language: str, wave: str, tmp_path: Path) -> None:
    outcome = run("init", "--lang", language, "--today", DAY, "--domain", "waves.uclg.org", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, f"waves/{wave}.yaml\nwaves/programme.yaml\nwaves/README.md\n")
    assert "wavectl timeline\n" in outcome.err
    assert run("validate", "--strict", "--today", DAY, cwd=tmp_path).code == 0
    assert run("fmt", "--check", cwd=tmp_path).code == 0
    assert "2027" in run("timeline", "--today", DAY, cwd=tmp_path).out
    assert run("export-ics", "--today", DAY, cwd=tmp_path).code == 0
    feeds = {file.name for file in (tmp_path / "feeds").iterdir()}
    assert {"all.ics", *(f"{wave}.{other}.ics" for other in ("en", "fr", "es") if other != language)} < feeds


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_no_date_of_the_example_has_a_comment_that_a_later_date_makes_false(language: str) -> None:
    texts = init.starter_files(language, date(2026, 11, 25))
    lines = texts[f"{init.EXAMPLE_WAVE_IDS[language]}.yaml"].splitlines()
    assert [line for line in lines if line.strip().startswith(("when:", "confirm_by:")) and "#" in line] == []


def test_nothing_is_published_before_the_network_has_given_its_domain(tmp_path: Path) -> None:
    assert run("init", "--today", DAY, cwd=tmp_path).code == 0
    before = state(tmp_path)
    assert run("export-ics", "--today", DAY, cwd=tmp_path).code == 1
    assert state(tmp_path) == before
    assert run("init", "other", "--domain", "waves.example.org", cwd=tmp_path).code == 2
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("typed", "domain"), [(["1", "a b", "waves.uclg.org"], "waves.uclg.org"), (["", ""], "waves.example.org")]
)
def test_a_terminal_asks_for_the_domain(
    typed: list[str], domain: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(typed)
    monkeypatch.setattr(init, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    assert run("init", "--today", DAY, cwd=tmp_path).code == 0
    assert f"\nuid_domain: {domain} #" in (tmp_path / "waves" / "programme.yaml").read_text()


def test_the_comment_after_it_is_in_the_language_of_the_plan(tmp_path: Path) -> None:
    assert "wavectl timeline --waves plan\n" in run("init", "plan", "--lang", "en", "--today", DAY, cwd=tmp_path).err
    assert '--waves "my plan/été"' in run("init", "my plan/été", "--today", DAY, cwd=tmp_path).err
    assert run("validate", "--waves", "my plan/été", "--today", DAY, cwd=tmp_path).code == 0
    assert run("init", "--waves", "there", "--today", DAY, cwd=tmp_path).out.startswith("there/climate.yaml\n")


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "wavectl.lock", "README.md"])
def test_a_folder_with_files_of_a_plan_is_refused(name: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {name: "x"})
    before = state(tmp_path)
    outcome = run("init", "--lang", "en", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"waves contains {name} already" in outcome.err
    assert state(tmp_path) == before


def test_other_files_do_no_harm(tmp_path: Path) -> None:
    write_plan(tmp_path, {"desktop.ini": "", "notes.txt": "", ".gitkeep": ""})
    assert run("init", "--today", DAY, cwd=tmp_path).code == 0


def test_what_is_no_folder_or_no_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "waves").write_text("")
    assert "waves is not a folder" in run("init", "--lang", "en", cwd=tmp_path).err
    assert "waves/x" in run("init", "waves/x", "--lang", "en", cwd=tmp_path).err
    outcome = run("init", "plan", "--lang", "pt", cwd=tmp_path)
    assert (outcome.code, (tmp_path / "plan").exists()) == (2, False)
