"""``wavectl init``: a plan to start from, and nothing that is there touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from support.plans import run, state, write_plan
from wavectl.cli import init
from wavectl.yamlfile.reader import parse_document

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


@pytest.fixture
def type_answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what makes this a terminal on which answers are typed."""

    def type_(*answers: str) -> None:
        left = iter(answers)
        monkeypatch.setattr(init, "is_interactive", lambda: True)
        monkeypatch.setattr("builtins.input", lambda: next(left))

    return type_


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        (["1", "", "a b", "waves.uclg.org", "", ""], "waves.uclg.org"),
        (["", "", "olas.example.net", "https://olas.red.org/", "y", ""], "olas.red.org"),
        (["", "", "", "", ""], "waves.example.org"),
    ],
)
def test_a_terminal_asks_for_the_domain(
    typed: list[str], domain: str, tmp_path: Path, type_answers: Callable[..., None]
) -> None:
    type_answers(*typed)
    done = run("init", "--today", DAY, cwd=tmp_path)
    assert done.code == 0
    assert ("is only an example" in done.err) == ("olas.example.net" in typed)
    assert f"\nuid_domain: {domain} #" in (tmp_path / "waves" / "programme.yaml").read_text()


def test_an_example_domain_is_named_as_such(tmp_path: Path) -> None:
    done = run("init", "--domain", "olas.example.net", "--lang", "en", cwd=tmp_path)
    assert (done.code, "is only an example" in done.err) == (2, True)


@pytest.mark.parametrize("name", ["Red de Mares", 'Réseau "Mers" : #1\\2', " Mares "])
def test_the_name_of_the_network_is_written_for_all_languages(
    name: str, tmp_path: Path, type_answers: Callable[..., None]
) -> None:
    type_answers(name, "waves.uclg.org", "n", "")
    assert run("init", "--lang", "es", "--today", DAY, cwd=tmp_path).code == 0
    programme = parse_document((tmp_path / "waves" / "programme.yaml").read_bytes(), "programme.yaml").data
    assert programme["organiser"] == {"name": name.strip()}
    assert programme["actors"] == {"our-network": {"name": name.strip(), "kind": "association"}}
    assert run("new", "mares", "--title", "Mares", "--announced", "--today", DAY, cwd=tmp_path).code == 0
    assert run("validate", "--today", DAY, cwd=tmp_path).code == 0
    assert run("fmt", "--check", cwd=tmp_path).code == 0


@pytest.mark.parametrize(("locale", "wave"), [("es_ES.UTF-8", "clima"), ("fr", "climat"), ("de_DE", "climate")])
def test_the_language_is_that_of_the_system(
    locale: str, wave: str, tmp_path: Path, type_answers: Callable[..., None]
) -> None:
    scripted = run("init", "script", env={"LANG": locale}, cwd=tmp_path)
    assert scripted.out.startswith(f"script/{wave}.yaml")
    type_answers("", "", "", "", "")
    asked = run("init", "--today", DAY, env={"LANG": locale}, cwd=tmp_path)
    assert (tmp_path / "waves" / f"{wave}.yaml").exists()
    assert asked.err.splitlines()[-1].startswith(scripted.err.splitlines()[-1][:10])


def test_a_plan_without_waves_points_to_the_command_that_adds_one(tmp_path: Path) -> None:
    assert run("init", "--no-example", "--today", DAY, cwd=tmp_path).out == "waves/programme.yaml\nwaves/README.md\n"
    for command in (["validate"], ["status"], ["timeline"], ["moment", "add", "x"], ["translate"], ["undo"]):
        done = run(*command, "--today", DAY, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert "wavectl new" in done.err


def test_the_example_is_removed_by_deleting_its_file(tmp_path: Path) -> None:
    assert "waves/climate.yaml" in run("init", "--today", DAY, cwd=tmp_path).err
    (tmp_path / "waves" / "climate.yaml").unlink()
    assert run("new", "water", "--title", "Water", "--announced", "--today", DAY, cwd=tmp_path).code == 0
    assert "example" not in run("actor", "list", "--today", DAY, cwd=tmp_path).out.casefold()


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


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        (["France"], "Europe/Paris"),
        (["lima"], "America/Lima"),
        (["Atlantis", "Espagne", ""], "Europe/Madrid"),
        (["España", "9", "2"], "Atlantic/Canary"),
        ([""], "Africa/Dakar"),
    ],
)
def test_the_zone_of_times_is_asked_for_in_words(
    typed: list[str], zone: str, tmp_path: Path, type_answers: Callable[..., None]
) -> None:
    type_answers("", "", "n", *typed)
    outcome = run("init", "--lang", "fr", "--today", DAY, cwd=tmp_path, env={"TZ": "Africa/Dakar"})
    assert outcome.code == 0
    assert f"\ntimezone: {zone} #" in (tmp_path / "waves" / "programme.yaml").read_text()


def test_without_a_terminal_the_zone_is_the_one_of_the_option(tmp_path: Path) -> None:
    assert run("init", "a", "--timezone", "Paris", cwd=tmp_path, env={"TZ": "Africa/Dakar"}).code == 0
    assert run("init", "b", cwd=tmp_path, env={"TZ": "Africa/Dakar"}).code == 0
    assert "\ntimezone: Europe/Paris #" in (tmp_path / "a" / "programme.yaml").read_text()
    assert "\ntimezone: UTC #" in (tmp_path / "b" / "programme.yaml").read_text()
