"""``wavectl import-sheet``: shown first, written whole or not at all, and every fault a sentence with its place."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from support.plans import REAL, TODAY, run, state
from support.spreadsheets import cell, edited, handmade_workbook


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with the real waves and a workbook of them in French."""
    copytree(REAL, tmp_path / "waves")
    assert run("export-sheet", "--today", TODAY, cwd=tmp_path).code == 0
    return tmp_path


def change(desk: Path, *cells: tuple[str, str, str]) -> None:
    """Type into cells of the wave on housing: id, heading, text."""

    def typed(book: Any) -> None:
        for id_, heading, text in cells:
            cell(book, id_, heading).value = text

    (desk / "plan.xlsx").write_bytes(edited((desk / "plan.xlsx").read_bytes(), typed))


def take(desk: Path, *options: str, file: str = "plan.xlsx", lang: str = "en") -> Any:
    return run("import-sheet", file, "--today", TODAY, "--lang", lang, *options, cwd=desk)


THREE = (
    ("gwangju-forum", "Date", "14-17 septembre"),
    ("hlpf-2018", "Lieu (fr)", "Genève"),
    ("rapporteur-report", "Statut", "provisoire"),
)


def changed_lines(out: str) -> list[str]:
    return [line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_sheet_that_nobody_changed_writes_nothing(desk: Path) -> None:
    before = state(desk)
    done = take(desk)
    assert (done.code, done.out, done.err) == (0, "", "nothing changes: the plan is already like that\n")
    assert state(desk) == before


def test_three_cells_are_three_lines(desk: Path) -> None:
    change(desk, *THREE)
    before = state(desk)
    shown = take(desk, "--dry-run")
    assert shown.code == 0
    assert state(desk) == before
    assert changed_lines(shown.out) == [
        "-    when: 2017-09",
        "+    when: 2017-09-14/2017-09-17",
        "+    status: tentative",
        '-        fr: "New York"',
        '+        fr: "Genève"',
    ]
    done = take(desk, "--yes")
    assert (done.code, done.out) == (0, shown.out)
    assert '"17 septembre"' in done.err
    assert "moments that change: 3 (housing/gwangju-forum, housing/rapporteur-report, housing/hlpf-2018)" in done.err
    assert run("validate", cwd=desk).code == 0
    assert take(desk).err.endswith("nothing changes: the plan is already like that\n")


def test_nobody_to_ask_writes_nothing(desk: Path) -> None:
    change(desk, *THREE)
    before = state(desk)
    done = take(desk)
    assert done.code == 2
    assert "--yes" in done.err
    assert state(desk) == before


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", 'error: sheet "Le droit au logement", row 2, column "Date": "bientôt donc" cannot be read as a date'),
        ("fr", 'erreur : feuille "Le droit au logement", ligne 2, colonne "Date" : impossible de lire "bientôt donc"'),
        ("es", 'error: hoja "Le droit au logement", fila 2, columna "Date": no se puede leer "bientôt'),
    ],
)
def test_a_fault_writes_nothing_and_names_its_place(desk: Path, lang: str, told: str) -> None:
    change(desk, *THREE[1:], ("gwangju-forum", "Date", "bientôt donc"))
    before = state(desk)
    done = take(desk, "--yes", lang=lang)
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert state(desk) == before


def test_a_change_that_would_break_the_plan_is_not_written(desk: Path) -> None:
    change(desk, ("gwangju-forum", "Date", "2030"))
    before = state(desk)
    done = take(desk, "--yes")
    assert done.code == 1
    assert "moment-outside-period" in done.err
    assert state(desk) == before


def test_a_sheet_of_ones_own_becomes_a_wave(desk: Path) -> None:
    rows = (["Événement", "Date", "Ville"], ["Sommet", "12-14 novembre 2018", "Katowice"], ["Bilan", "mai 2019", ""])
    (desk / "Agenda été.xlsx").write_bytes(handmade_workbook(*rows, title="Feuille1"))
    done = take(desk, "--yes", file="Agenda été.xlsx", lang="fr")
    assert done.code == 0
    assert (desk / "waves" / "agenda-ete.yaml").read_text(encoding="utf-8") == (
        'title: "Agenda été"\nperiod: 2018-11/2019-05\nmoments:\n'
        '  - id: sommet\n    title:\n      fr: "Sommet"\n    when: 2018-11-12/2018-11-14\n'
        '    place:\n      fr: "Katowice"\n'
        '  - id: bilan\n    title:\n      fr: "Bilan"\n    when: 2019-05\n'
    )
    assert run("validate", cwd=desk).code == 0
    assert take(desk, file="Agenda été.xlsx", lang="fr").err.endswith("rien ne change : le plan est déjà ainsi\n")
    named = take(desk, "--yes", "--wave", "climat", "--map", "Ville=Note (interne)", file="Agenda été.xlsx", lang="fr")
    assert named.code == 0
    assert 'note: "Katowice"' in (desk / "waves" / "climat.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--map", "Ville"), '--map "Ville" does not name a column'),
        (("--map", "Ville=zzz"), '"zzz" is not a field'),
        (("--map", "Ville=edtf"), '"edtf" is not a field'),
        (("--wave", "Été 2018"), '"Été 2018" is not a valid id for a wave'),
        (("--wave", "all"), '"all" is not a valid id for a wave'),
        (("--wave", "../up"), '"../up" is not a valid id for a wave'),
    ],
)
def test_wrong_usage(desk: Path, options: tuple[str, ...], told: str) -> None:
    done = take(desk, *options)
    assert done.code == 2
    assert told in done.err


def test_files_that_are_none(desk: Path) -> None:
    (desk / "photo.xlsx").write_bytes(b"\x89PNG\x00")
    (desk / "folder.xlsx").mkdir()
    for file, told in (
        ("none.xlsx", "there is no file none.xlsx"),
        ("folder.xlsx", "folder.xlsx cannot be read: it is a folder"),
        ("photo.xlsx", "photo.xlsx: the file is neither a workbook nor a text file"),
    ):
        done = take(desk, file=file)
        assert done.code == 2
        assert told in done.err
        assert "hint" in done.err


def test_a_file_that_is_held_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("wavectl.cli.import_sheet.open_file", held)
    done = take(desk)
    assert done.code == 2
    assert "close it in Excel or LibreOffice" in done.err


def test_a_file_that_is_open_is_read_and_told(desk: Path) -> None:
    (desk / "~$plan.xlsx").write_text("")
    done = take(desk)
    assert done.code == 0
    assert "unsaved changes are not read" in done.err


def test_of_many_faults_the_first_are_told(desk: Path) -> None:
    rows = [["Title", "Date"], *([f"M{number}", "le jour où"] for number in range(50))]
    (desk / "many.xlsx").write_bytes(handmade_workbook(*rows))
    done = take(desk, file="many.xlsx")
    assert done.code == 1
    assert done.err.count("error") == 30
    assert "and 20 more" in done.err


def test_nothing_in_a_sheet_steers_a_terminal(desk: Path) -> None:
    (desk / "odd.csv").write_text("Title,Date,\x1b[31mX\na,\x1b[2J2018-x\n", encoding="utf-8")
    done = take(desk, file="odd.csv")
    assert done.code == 1
    assert "\x1b" not in done.err
