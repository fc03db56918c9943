"""``wavectl actions form``: a workbook with lists to choose from, which comes back through ``actions import``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.deliveries import write_wave
from support.golden import Golden
from support.plans import Outcome, run
from support.registers import read_actions

EXPECTED = Path(__file__).parent / "expected"
TODAY = "2027-01-10"
ANSWERS = {
    "en": ("Fair", "Yes", "learning", "World forum", "Advocacy", "Peru", "research", "no", "English"),
    "fr": ("Foire", "Oui", "apprentissage", "Forum mondial", "Plaidoyer", "Pérou", "recherche", "non", "anglais"),
    "es": ("Feria", "Sí", "aprendizaje", "World forum", "Advocacy", "Perú", "investigación", "no", "inglés"),
}
"""In each language a title, and words chosen from the lists."""
DATES = {"en": "14 March 2027", "fr": "14 mars 2027", "es": "14 de marzo de 2027"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_wave(tmp_path)
    return tmp_path


def form(home: Path, *options: str) -> Outcome:
    return run("actions", "form", *options, "--today", TODAY, cwd=home)


def fill_in(file: Path, language: str, sheet: int = 1) -> None:
    """Write answers into the first row of a sheet of the form, each below the heading that it belongs to."""
    book = load_workbook(file)
    page = book.worksheets[sheet]
    title, publish, kind, moment, priority, country, organiser_type, online, language_name = ANSWERS[language]
    answers = {
        "title": title, "kind": kind, "organiser": "=Tunis", "organiser_type": organiser_type, "when": DATES[language],
        "place": "Lima", "country": country, "online": online, "moment": moment, "priority": priority,
        "url": "https://example.org", "expected": "20-30", "language": language_name, "publish": publish,
    }  # fmt: skip
    for number, answer in enumerate(answers.values(), 1):
        page.cell(2, number).value = answer
        page.cell(2, number).data_type = "s"
    book.save(file)


EXPECTED_CELLS = {
    "kind": "learning", "organiser": "=Tunis", "organiser_type": "research", "when": "2027-03-14", "place": "Lima",
    "country": "PE", "online": "false", "moment": "forum", "priority": "advocacy", "url": "https://example.org",
    "expected": "20-30", "language": "en", "publish": "full",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_form_comes_back_without_a_mapping(home: Path, language: str) -> None:
    assert form(home, "-o", "form.xlsx", "--lang", language).code == 0
    fill_in(home / "form.xlsx", language)
    options = ("--source", "form", "-y", "--format", "json", "--today", TODAY)
    data = json.loads(run("actions", "import", "form.xlsx", *options, cwd=home).out)
    assert (data["rows"], data["new"], data["dropped"]) == (1, 1, {})
    (row,) = read_actions(home / "waves").rows.values()
    assert {column: row.get(column) for column in EXPECTED_CELLS} == EXPECTED_CELLS
    assert row.get("title") == ANSWERS[language][0]


def test_each_language_has_a_sheet_and_all_come_back(home: Path) -> None:
    assert form(home, "-o", "form.xlsx", "--lang", "fr,en,es").code == 0
    book = load_workbook(home / "form.xlsx")
    assert book.sheetnames == ["À lire", "Actions (fr)", "Actions (en)", "Acciones (es)", "Listes"]
    assert book["Listes"].sheet_state == "hidden"
    for number, language in enumerate(("fr", "en", "es"), 1):
        fill_in(home / "form.xlsx", language, number)
    options = ("--source", "form", "-y", "--format", "json", "--today", TODAY)
    assert json.loads(run("actions", "import", "form.xlsx", *options, cwd=home).out)["new"] == 3
    titles = sorted(row.get("title") for row in read_actions(home / "waves").rows.values())
    assert titles == ["Fair", "Feria", "Foire"]


def test_titles_that_look_like_formulas_are_texts_and_drafts_stay_inside(home: Path) -> None:
    file = home / "waves/housing.yaml"
    file.write_text(file.read_text() + "  - {id: secret, title: Secret, when: 2027-05, draft: true}\n")
    assert form(home, "-o", "form.xlsx").code == 0
    book = load_workbook(home / "form.xlsx")
    cells = [cell for page in book.worksheets for line in page.iter_rows() for cell in line if cell.value is not None]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "Secret" not in [cell.value for cell in cells]


def test_the_lists_to_choose_from_cover_the_rows_below_the_headings(home: Path) -> None:
    assert form(home, "-o", "form.xlsx", "--lang", "en").code == 0
    page = load_workbook(home / "form.xlsx").worksheets[1]
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    lists = [page[f"{where[0]}1"].value for where, rule in rules.items() if rule.type == "list"]
    assert lists == [
        "Kind", "Type of organiser", "Country", "Online", "Moment", "Strategic priority", "Language", "Publication",
    ]  # fmt: skip
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules.values())
    assert len(rules) == page.max_column


def test_the_same_form_has_the_same_bytes_and_answers_are_not_overwritten(home: Path) -> None:
    assert form(home, "-o", "a.xlsx").code == form(home, "-o", "b.xlsx").code == form(home, "-o", "a.xlsx").code == 0
    assert (home / "a.xlsx").read_bytes() == (home / "b.xlsx").read_bytes()
    fill_in(home / "a.xlsx", "en")
    before = (home / "a.xlsx").read_bytes()
    assert form(home, "-o", "a.xlsx").code == 1
    assert (home / "a.xlsx").read_bytes() == before


def test_what_to_type_when_it_comes_back_is_whole(home: Path) -> None:
    assert "--wave" not in form(home, "-o", "a.xlsx").err
    (home / "waves" / "second.yaml").write_text("title: Second\nperiod: 2027\n")
    told = form(home, "--wave", "housing", "-o", "b.xlsx").err
    assert "b.xlsx --wave housing --source form" in told


@pytest.mark.parametrize("options", [("-o", "form.csv"), ("--lang", "fr,xx"), ("--format", "pdf"), ("--wave", "none")])
def test_what_cannot_be_meant_ends_the_run(home: Path, options: tuple[str, ...]) -> None:
    assert form(home, *options).code == 2


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_questions_are_a_text_for_a_web_form_too(home: Path, golden: Golden, language: str) -> None:
    outcome = form(home, "--format", "text", "--lang", language)
    assert outcome.code == 0
    golden(EXPECTED / f"actions-form.{language}.txt", outcome.out)
