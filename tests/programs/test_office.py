"""LibreOffice opens what ``export-sheet`` writes, three cells are changed in it, and exactly three changes come back.

It runs without a screen: the same program that people without Excel have, and that Windows users have too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook

from support.clients import office
from support.clients.office import Office, Typed
from support.clients.seen import MissingClientError
from support.deliveries import write_wave
from support.plans import REAL, TODAY, Outcome, run, write_plan
from support.registers import read_actions
from support.reports import report_page
from support.spreadsheets import FORMS, cell, of_forms
from wavectl.render.context import RenderContext
from wavectl.render.page import docx
from wavectl.render.page.html import split_annexes

UNCHANGED = "nothing changes: the plan is already like that\n"
RISKY = """\
title: Risky
period: 2017-01/2018-12
moments:
  - {id: sum, title: "=1+1", when: 2018-03, place: "-2+3", note: "@SUM(A1)", owner: "+33 1"}
  - {id: quoted, title: "'=1+1", when: 2018-04, note: "a\\nb", url: https://example.org/a}
"""


def test_a_missing_office_program_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PYTHON", str(tmp_path / "python"))
    with pytest.raises(MissingClientError, match="make clients"):
        Office(tmp_path)


@pytest.mark.clients
def test_an_office_that_has_crashed_is_started_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        office.edited(table := _table(tmp_path), [], [])
        office.crash()
        assert office.edited(table, [], [])[0].cells == [["Titre", "Date"]]
    finally:
        office.close()


def _table(folder: Path) -> Path:
    file = folder / "table.csv"
    file.write_text("Titre;Date\n", encoding="utf-8")
    return file


@pytest.mark.clients
def test_the_report_is_one_page_and_annexes(tmp_path: Path) -> None:
    """The first page of a plan with long titles and many changes is one page; its annexes begin on the second."""
    page = report_page(tmp_path)
    front, _ = split_annexes(page)
    files = [tmp_path / "whole.docx", tmp_path / "front.docx"]
    for file, one in zip(files, (page, page._replace(sections=tuple(front), notes=())), strict=True):
        file.write_bytes(docx.render(one, RenderContext(("fr",)), date(2017, 9, 1)))
    whole, first = (len(re.findall(rb"/Type ?/Page\b", pdf)) for pdf in office.printed(files, tmp_path))
    assert first == 1
    assert whole > 3


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Run LibreOffice."""
    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with the real waves, one with every form of a date, and one of texts that look like formulas."""
    place = tmp_path / "my plans"
    copytree(REAL, place / "waves")
    write_plan(place, {"dates": of_forms(), "risky": RISKY})
    return place


def wavectl(home: Path, *arguments: str) -> Outcome:
    return run(*arguments, "--today", TODAY, cwd=home)


def exported(home: Path, name: str, language: str = "fr") -> Path:
    assert wavectl(home, "export-sheet", "-o", name, "--lang", language).code == 0
    return home / name


def at(file: Path, sheet: str, id_: str, heading: str, text: str) -> Typed:
    """Return what is typed into the cell of a moment."""
    book = load_workbook(file)
    one = cell(book, id_, heading, book.sheetnames.index(sheet))
    return Typed(one.row - 1, one.column - 1, text, sheet)


def changed_lines(outcome: Outcome) -> list[str]:
    assert outcome.code == 0, outcome.err
    return [line for line in outcome.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.clients
@pytest.mark.parametrize("language", ["fr", "en", "es"])
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_unchanged_cells_come_back_unchanged(calc: Office, home: Path, name: str, language: str) -> None:
    file = exported(home, name, language)
    again = [home / "again.xlsx", home / "again.csv"]
    pages = calc.edited(file, [], again, separator="," if language == "en" else ";", page=2)
    assert [one.formulas for one in pages] == [[]] * len(pages)
    for one in again:
        done = wavectl(home, "import-sheet", one.name, "--lang", "en", "--dry-run")
        assert (done.code, done.out) == (0, ""), done.err
        assert done.err.endswith(UNCHANGED)


@pytest.mark.clients
def test_office_sees_what_is_locked_and_what_is_hidden(calc: Office, home: Path) -> None:
    pages = calc.edited(exported(home, "plan.xlsx"), [], [])
    assert [(one.name, one.hidden, one.protected) for one in pages] == [
        ("À lire", False, False),
        ("Dates", False, True),
        ("Le droit au logement", False, True),
        ("Le renouvellement des financeme", False, True),
        ("Migrations", False, True),
        ("Risky", False, True),
        ("Listes", True, False),
        ("wavectl", True, False),
    ]
    head = pages[2].cells[0]
    assert [head[at] for at in pages[2].locked if at < len(head)] == [
        "Identifiant",
        "Date en EDTF (pour information)",
        "Répétition (pour information)",
    ]


@pytest.mark.clients
def test_three_cells_of_the_real_waves_are_three_changes(calc: Office, home: Path) -> None:
    file, sheet = exported(home, "plan.xlsx"), "Le droit au logement"
    typed = [
        at(file, sheet, "gwangju-forum", "Date", "14-17 septembre"),
        at(file, sheet, "hlpf-2018", "Lieu (fr)", "Genève"),
        at(file, sheet, "rapporteur-report", "Statut", "provisoire"),
    ]
    saved = [home / "saved.xlsx", home / "saved.csv"]
    calc.edited(file, typed, saved, page=3)
    for one in saved:
        assert changed_lines(wavectl(home, "import-sheet", one.name, "--dry-run", "--diff")) == [
            "-    when: 2017-09",
            "+    when: 2017-09-14/2017-09-17",
            "+    status: tentative",
            '-        fr: "New York"',
            '+        fr: "Genève"',
        ]


@pytest.mark.clients
def test_three_cells_of_a_plan_with_every_form_of_a_date_are_three_changes(calc: Office, home: Path) -> None:
    file, sheet = exported(home, "plan.xlsx"), "Dates"
    number, last = FORMS.index("2018-10?"), FORMS.index("unknown")
    typed = [
        at(file, sheet, f"m{number}", "Date", "entre le 5 et le 9 octobre 2018"),
        at(file, sheet, "m0", "Note (interne)", "=1+1"),
        at(file, sheet, f"m{last}", "Date", "printemps 2019"),
    ]
    saved = [home / "saved.xlsx", home / "saved.csv"]
    calc.edited(file, typed, saved, page=2)
    for one in saved:
        assert changed_lines(wavectl(home, "import-sheet", one.name, "--dry-run", "--diff")) == [
            '-  - {id: m0, title: "Moment 0", when: "2017-11-02"}',
            '+  - {id: m0, title: "Moment 0", when: "2017-11-02", note: "=1+1"}',
            f'-  - {{id: m{number}, title: "Moment {number}", when: "2018-10?"}}',
            f'+  - {{id: m{number}, title: "Moment {number}", when: "[2018-10-05..2018-10-09]"}}',
            f'-  - {{id: m{last}, title: "Moment {last}", when: "unknown"}}',
            f'+  - {{id: m{last}, title: "Moment {last}", when: "2019-21"}}',
        ]


@pytest.mark.clients
def test_a_month_that_office_makes_a_day_of_stays_a_month(calc: Office, home: Path) -> None:
    """In a text file, what is typed may become a date cell: one that shows a day."""
    file = exported(home, "plan.csv")
    rows = [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]
    months = [row for row, cells in enumerate(rows) if re.fullmatch(r"\d{4}-(0\d|1[012])", cells[4])]
    typed = [Typed(row, 3, f"{rows[row][4]}-01", free=True) for row in months if rows[row][0] == "dates"]
    assert len(typed) == 1
    saved = [home / "saved.xlsx", home / "saved.csv"]
    calc.edited(file, typed, saved)
    for one in saved:
        done = wavectl(home, "import-sheet", one.name, "--dry-run", "--lang", "en")
        assert (done.code, done.out) == (0, ""), done.err
        assert "--accept-dates" in done.err
        accepted = changed_lines(wavectl(home, "import-sheet", one.name, "--dry-run", "--diff", "--accept-dates"))
        assert [line.rpartition("when")[2] for line in accepted] == [': "2018-03"}', ': "2018-03-01"}']


@pytest.mark.clients
def test_a_sheet_made_in_an_office_program_is_a_new_wave(calc: Office, home: Path) -> None:
    (home / "hand.csv").write_text("x\n", encoding="utf-8")
    rows = (("Événement", "Date", "Ville"), ("Sommet", "septembre 2018", "Lima"), ("Bilan", "12/11/2018", "Quito"))
    typed = [Typed(row, column, text, free=True) for row, cells in enumerate(rows) for column, text in enumerate(cells)]
    calc.edited(home / "hand.csv", typed, [home / "Mon été.xlsx"])
    done = wavectl(home, "import-sheet", "Mon été.xlsx", "--wave", "mon-ete", "--dry-run", "--diff", "--lang", "fr")
    assert done.code == 0, done.err
    assert "+++ waves/mon-ete.yaml" in done.out
    assert "+    when: 2018-09\n" in done.out
    assert "+period: 2018-09/2018-1" in done.out


@pytest.mark.clients
def test_a_form_for_actions_comes_back_from_office_without_a_mapping(calc: Office, tmp_path: Path) -> None:
    write_wave(tmp_path)
    assert wavectl(tmp_path, "actions", "form", "--lang", "fr,es", "-o", "form.xlsx").code == 0
    pages = load_workbook(tmp_path / "form.xlsx").worksheets
    answers = {
        "Actions (fr)": {"Titre": "=1+1", "Date": "14-17 septembre 2027", "Pays": "Pérou", "Moment": "=1+1"},
        "Acciones (es)": {
            "Título": "Feria",
            "Fecha": "marzo de 2027",
            "En línea": "sí",
            "Publicación": "solo contarla",
        },
    }
    typed = [
        Typed(1, [cell.value for cell in page[1]].index(heading), text, page.title)
        for page in pages
        if page.title in answers
        for heading, text in answers[page.title].items()
    ]
    again = [tmp_path / "again.xlsx"]
    seen = calc.edited(tmp_path / "form.xlsx", typed, again)
    assert [(one.name, one.hidden) for one in seen] == [
        ("À lire", False), ("Actions (fr)", False), ("Acciones (es)", False), ("Listes", True),
    ]  # fmt: skip
    assert [one.formulas for one in seen] == [[]] * 4
    options = ("--source", "form", "-y", "--format", "json")
    assert json.loads(wavectl(tmp_path, "actions", "import", "again.xlsx", *options).out)["new"] == 2
    rows = {row.get("title"): row for row in read_actions(tmp_path / "waves").rows.values()}
    assert [rows["=1+1"].get(column) for column in ("when", "country", "moment")] == [
        "2027-09-14/2027-09-17", "PE", "risky",
    ]  # fmt: skip
    assert [rows["Feria"].get(column) for column in ("when", "online", "publish")] == ["2027-03", "true", "anonymous"]
