"""``wavectl new``: the file of a new wave, laid out, and no wave that is there touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, read_plan, run, state, write_plan

PROGRAMME = "languages: [fr, en]\n"
WAVE = """\
title:
  fr: "Le droit au logement"
  en: "Housing"
status: active
slogan:
  fr: 'Un "droit"'
hashtags:
  - "#Logement"
  - "#Housing"
period: 2027-05/2028-12
"""


def new(home: Path, *options: str) -> tuple[int, str]:
    outcome = run("new", *options, "--lang", "en", cwd=home)
    return outcome.code, outcome.out + outcome.err


def test_all_that_is_given_is_written(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"programme": PROGRAMME})
    options = ("--title", "fr=Le droit au logement", "--title", "Housing", "--slogan", 'fr=Un "droit"')
    code, output = new(
        tmp_path,
        "housing",
        *options,
        "--period",
        "de mai 2027 à décembre 2028",
        "--hashtag",
        "Logement",
        "--hashtag",
        "#Housing",
    )
    assert code == 0
    assert (folder / "housing.yaml").read_text(encoding="utf-8") == WAVE
    assert "May 2027 to December 2028  Saturday 1 May 2027 – Sunday 31 December 2028\n" in output
    assert "waves/housing.yaml is written\n" in output
    assert "next: add moments to waves/housing.yaml with wavectl moment add housing" in output
    assert run("fmt", "--check", cwd=tmp_path).code == 0
    assert run("validate", "housing", cwd=tmp_path).code == 0


def test_an_announced_wave_needs_a_title_alone(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"programme": "name: N\n"})
    assert new(tmp_path, "housing", "--title", "2027", "--announced")[0] == 0
    assert (folder / "housing.yaml").read_text() == 'title: "2027"\nstatus: announced\n'


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("Droit au Logement", "--title", "T"), "did you mean droit-au-logement?"),
        (("all", "--title", "T"), "small letters"),
        (("a", "--title", "T", "--announced"), "waves/a.yaml exists already"),
        (("b", "--title", "T", "--announced"), "waves/b.yml exists already"),
        (("c", "--announced"), "a wave needs a title"),
        (("c", "--title", " ", "--announced"), "a wave needs a title"),
        (("c", "--title", "T"), "a wave needs a calendar"),
        (("c", "--title", "T", "--period", "June"), '--period: "June" has no year'),
        (("c", "--title", "T", "--period", "2028/2027"), "--period: "),
    ],
)
def test_what_cannot_be_written_is_refused(options: tuple[str, ...], message: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"a": ANNOUNCED, "b.yml": ANNOUNCED})
    before = state(tmp_path)
    code, output = new(tmp_path, *options)
    assert (code, message in output) == (2, True), output
    assert state(tmp_path) == before


def test_a_title_in_place_of_the_id_gives_the_id(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"programme": "languages: [en, fr]\n"})
    assert new(tmp_path, "L'eau est un droit", "--announced")[0] == 0
    assert (folder / "eau-est-droit.yaml").read_text() == 'title:\n  en: "L\'eau est un droit"\nstatus: announced\n'


def test_a_wave_with_errors_is_not_written(tmp_path: Path) -> None:
    write_plan(tmp_path, {"a": ANNOUNCED})
    before = state(tmp_path)
    code, output = new(tmp_path, "b", "--title", "T", "--announced", "--hashtag", "a b!")
    assert (code, "b!" in output) == (2, True)
    assert state(tmp_path) == before


def test_without_a_plan_the_hint_says_how_to_start_one(tmp_path: Path) -> None:
    assert "wavectl init" in new(tmp_path, "a", "--title", "T", "--announced")[1]
    assert "wavectl init" in new(tmp_path, "a", "--waves", "none", "--title", "T", "--announced")[1]


def test_at_a_terminal_missing_values_are_requested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_plan(tmp_path, {"programme": PROGRAMME})
    typed = iter(["Logement", "", "June", "de mai 2027 à décembre 2028", "Un droit", "", "Logement, #Ville"])
    monkeypatch.setattr("wavectl.cli.new.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda *_: next(typed))
    code, output = new(tmp_path, "housing")
    assert code == 0
    assert output.count("Title (") == 2 + 1  # asked for twice, one is written
    assert "has no year" in output
    text = (folder / "housing.yaml").read_text()
    assert text == (
        'title:\n  fr: "Logement"\nstatus: active\nslogan:\n  fr: "Un droit"\n'
        'hashtags:\n  - "#Logement"\n  - "#Ville"\nperiod: 2027-05/2028-12\n'
    )


def test_no_calendar_typed_means_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_plan(tmp_path, {"programme": "name: N\n"})
    monkeypatch.setattr("wavectl.cli.new.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda *_: "")
    assert new(tmp_path, "housing", "--title", "T")[0] == 0
    assert (folder / "housing.yaml").read_text() == 'title: "T"\nstatus: announced\n'


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["#One", "Two"], ["#One", "#Two"]),
        (["fr=#EauPourTous", "en=#WaterForAll"], {"fr": ["#EauPourTous"], "en": ["#WaterForAll"]}),
    ],
)
def test_hashtags_have_languages(tmp_path: Path, tags: list[str], expected: object) -> None:
    write_plan(tmp_path, {"a": ANNOUNCED, "programme": "languages: [fr, en]\n"})
    options = [part for tag in tags for part in ("--hashtag", tag)]
    assert new(tmp_path, "water", "--title", "Eau", "--announced", *options)[0] == 0
    assert read_plan(tmp_path, {}).documents["water.yaml"].data["hashtags"] == expected
