"""Missing texts are asked for one by one, or come back in a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.plans import SOUND, TODAY, Outcome, run, type_answers, write_plan

PROGRAMME = (
    "languages: [en, fr]\nname: {en: Waves, fr: Vagues}\nactors: {lima: {name: {en: City of Lima}, kind: member}}\n"
)
WAVE = SOUND + "moments:\n  - id: water-day\n    title: {en: Water Day}\n    when: 2018-03-22\n    place: Lima\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": WAVE})
    return tmp_path


def translate(home: Path, *arguments: str) -> Outcome:
    return run("translate", "--today", TODAY, *arguments, cwd=home)


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    type_answers(monkeypatch, ("translate", "apply_changes"), *answers)


def test_missing_texts_are_asked_for_and_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "Ville de Lima", "Journée de l'eau", "y")
    done = translate(home)
    assert done.code == 0, done.err
    assert "2/2  title of Water Day\n  English: Water Day\n  French: " in done.err
    assert "That was the last text." in done.err
    assert "Journée de l'eau" in (home / "waves" / "housing.yaml").read_text()
    assert "Ville de Lima" in (home / "waves" / "programme.yaml").read_text()
    assert "no text is missing" in translate(home).err


@pytest.mark.parametrize("end", ["stop", "^C"])
def test_what_was_typed_before_the_end_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    typed(monkeypatch, "Ville de Lima", end, "y")
    assert translate(home).code == 0
    assert "Ville de Lima" in (home / "waves" / "programme.yaml").read_text()
    assert (home / "waves" / "housing.yaml").read_text() == WAVE


def test_a_text_is_asked_for_in_all_languages_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = home / "waves" / "programme.yaml"
    programme.write_text(PROGRAMME.replace("[en, fr]", "[en, fr, es]").replace("Vagues}", "Vagues, es: Olas}"))
    typed(monkeypatch, "=", "Ciudad de Lima", "stop", "y")
    done = translate(home)
    assert done.code == 0, done.err
    assert "name: {en: City of Lima, fr: City of Lima, es: Ciudad de Lima}" in programme.read_text().replace('"', "")
    assert "texts left: 1" in done.err


def test_an_empty_answer_skips_a_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "", "Journée de l'eau", "y")
    assert translate(home).code == 0
    assert (home / "waves" / "programme.yaml").read_text() == PROGRAMME
    assert "fr:" in (home / "waves" / "housing.yaml").read_text()


@pytest.mark.parametrize("wave", ["housing", None])
def test_a_sheet_of_what_is_missing_comes_back(home: Path, wave: str | None) -> None:
    assert translate(home, *([wave] if wave else []), "--sheet", "texts.xlsx").code == 0
    book = load_workbook(home / "texts.xlsx")
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [row[1:] for row in rows][-1] == ["title of Water Day", "Water Day", None]
    assert len(rows) == (2 if wave else 3)
    book.active.cell(len(rows), 4).value = "Journée de l'eau"
    book.save(home / "texts.xlsx")
    done = run("import-sheet", "texts.xlsx", "--yes", "--today", TODAY, cwd=home)
    assert done.code == 0, done.err
    assert "Journée de l'eau" in (home / "waves" / "housing.yaml").read_text()
    assert "wavectl undo takes this back" in done.err


def test_a_csv_comes_back_too_and_takes_only_what_is_missing(home: Path) -> None:
    assert translate(home, "--sheet", "texts.csv").code == 0
    file = home / "texts.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(
        text.replace("Water Day;Water Day;", "Water Day;Other;Eau").replace("/water-day/", "/gone/", 0),
        encoding="utf-8",
    )
    done = run("import-sheet", "texts.csv", "--yes", "--today", TODAY, cwd=home)
    assert done.code == 0, done.err
    written = (home / "waves" / "housing.yaml").read_text()
    assert "Eau" in written
    assert "Other" not in written


def test_a_script_gets_a_list_and_how_to_go_on(home: Path) -> None:
    done = translate(home, "housing", "--lang", "fr")
    assert (done.code, "title of Water Day" in done.out, "City of Lima" in done.out) == (0, True, False)
    assert "wavectl translate housing --lang fr --sheet texts.xlsx" in done.err
    assert "French" in translate(home, "--list").out


def test_a_list_tells_whose_content_is_missing(tmp_path: Path) -> None:
    wave = "title: {{en: {0}, fr: {0}}}\nperiod: 2017\ncontent: {{advocacy: {{en: Yes}}}}\nmoments: []\n"
    write_plan(tmp_path, {"programme": "languages: [en, fr]\n", "a": wave.format("Water"), "b": wave.format("Earth")})
    lines = run("translate", "--list", cwd=tmp_path).out.splitlines()
    assert [line.split("  ")[0] for line in lines[2:4]] == ["content of Advocacy, Water", "content of Advocacy, Earth"]


def test_a_list_asks_for_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch)
    done = translate(home, "--list")
    assert (done.code, "name of City of Lima" in done.out) == (0, True)


def test_the_conversation_is_in_the_language_of_the_user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "stop")
    assert "Enter skips" in translate(home, "--lang", "fr").err
    typed(monkeypatch, "stop")
    asked = run("translate", "--today", TODAY, "--lang", "fr", env={"WAVECTL_LANG": "es"}, cwd=home)
    assert "Lima" in asked.err
    assert "Enter skips" not in asked.err
    assert "francés:" in asked.err


def test_a_language_limits_what_is_asked_for(home: Path) -> None:
    assert translate(home, "--lang", "fr", "--sheet", "x.csv").code == 0
    done = translate(home, "--lang", "en")
    assert (done.code, done.out) == (0, "")
    done = translate(home, "--lang", "pt")
    assert (done.code, done.out) == (2, "")


def test_a_region_that_is_written_as_a_text_is_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(tmp_path, {"programme": "languages: [en, fr]\nregions: {africa: {en: Africa}}\n", "housing": SOUND})
    typed(monkeypatch, "Afrique", "y")
    done = translate(tmp_path)
    assert done.code == 0, done.err
    assert 'africa: {en: Africa, fr: "Afrique"}' in (tmp_path / "waves" / "programme.yaml").read_text()
