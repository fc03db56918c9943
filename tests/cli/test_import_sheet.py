"""``wavectl import-sheet``: shown first, written whole or not at all, and every fault a sentence with its place."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from openpyxl import load_workbook
from ruamel.yaml import YAML

from support.plans import REAL, TODAY, run, state, type_answers, write_plan
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


def test_an_unchanged_sheet_writes_nothing(desk: Path) -> None:
    before = state(desk)
    done = take(desk)
    assert (done.code, done.out, done.err) == (0, "", "nothing changes: the plan is already like that\n")
    assert state(desk) == before


def test_a_choice_of_days_becomes_one_in_a_cell(tmp_path: Path) -> None:
    dates = ("[2017-11-08,2017-11-15]", "[2018-01..2018-06-05]", "../2018-07-20")
    moments = "".join(f'  - {{id: m{number}, title: M, when: "{when}"}}\n' for number, when in enumerate(dates))
    write_plan(tmp_path, {"one": f"title: One\nperiod: 2017/2018\nmoments:\n{moments}"})
    assert run("export-sheet", "-o", "plan.csv", "--today", TODAY, "--lang", "es", cwd=tmp_path).code == 0
    before, file = state(tmp_path / "waves"), tmp_path / "plan.csv"
    assert take(tmp_path, file="plan.csv").out == ""
    assert state(tmp_path / "waves") == before
    file.write_text(file.read_text("utf-8").replace("8 o 15 de noviembre de 2017", "15/11/2017"), "utf-8")
    assert take(tmp_path, "-y", file="plan.csv").code == 0
    text = (tmp_path / "waves" / "one.yaml").read_text("utf-8")
    assert [when in text for when in ('"2017-11-15"', *dates)] == [True, False, True, True]


def test_three_cells_are_three_lines(desk: Path) -> None:
    change(desk, *THREE)
    before = state(desk)
    shown = take(desk, "--dry-run", "--diff")
    assert shown.code == 0
    assert state(desk) == before
    assert changed_lines(shown.out) == [
        "-    when: 2017-09",
        "+    when: 2017-09-14/2017-09-17",
        "+    status: tentative",
        '-        fr: "New York"',
        '+        fr: "Genève"',
    ]
    done = take(desk, "--yes", "--diff")
    assert (done.code, done.out) == (0, shown.out)
    assert '"17 septembre"' in done.err
    assert "moments that change: 3\n" in done.err
    assert run("validate", cwd=desk).code == 0
    assert take(desk).err.endswith("nothing changes: the plan is already like that\n")


def test_without_a_terminal_nothing_is_written(desk: Path) -> None:
    change(desk, *THREE)
    before = state(desk)
    done = take(desk)
    assert done.code == 2
    assert "--yes" in done.err
    assert state(desk) == before


@pytest.mark.parametrize(
    ("lang", "output"),
    [
        ("en", 'error: sheet "Le droit au logement", row 2, column "Date": "bientôt donc" cannot be read as a date'),
        ("fr", "erreur : feuille « Le droit au logement », ligne 2, colonne « Date » : impossible de lire « bientôt"),
        ("es", "error: hoja «Le droit au logement», fila 2, columna «Date»: no se puede leer «bientôt"),
    ],
)
def test_a_fault_writes_nothing_and_names_its_place(desk: Path, lang: str, output: str) -> None:
    change(desk, *THREE[1:], ("gwangju-forum", "Date", "bientôt donc"))
    before = state(desk)
    done = take(desk, "--yes", lang=lang)
    assert (done.code, done.out) == (1, "")
    assert output in done.err
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
        '    place: "Katowice"\n'
        '  - id: bilan\n    title:\n      fr: "Bilan"\n    when: 2019-05\n'
    )
    assert run("validate", cwd=desk).code == 0
    assert take(desk, file="Agenda été.xlsx", lang="fr").err.endswith("rien ne change : le plan est déjà ainsi\n")
    named = take(desk, "--yes", "--wave", "climat", "--map", "Ville=Note (interne)", file="Agenda été.xlsx", lang="fr")
    assert named.code == 0
    assert 'note: "Katowice"' in (desk / "waves" / "climat.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "output"),
    [
        (("--map", "Ville"), '--map "Ville" does not name a column'),
        (("--map", "Ville=zzz"), '"zzz" is not a field'),
        (("--map", "Ville=edtf"), '"edtf" is not a field'),
        (("--wave", "Été 2018"), '"Été 2018" is not a valid id for a wave'),
        (("--wave", "all"), '"all" is not a valid id for a wave'),
        (("--wave", "../up"), '"../up" is not a valid id for a wave'),
    ],
)
def test_wrong_usage(desk: Path, options: tuple[str, ...], output: str) -> None:
    done = take(desk, *options)
    assert done.code == 2
    assert output in done.err


def test_files_that_are_none(desk: Path) -> None:
    (desk / "photo.xlsx").write_bytes(b"\x89PNG\x00")
    (desk / "folder.xlsx").mkdir()
    for file, output in (
        ("none.xlsx", "there is no file none.xlsx"),
        ("folder.xlsx", "folder.xlsx cannot be read: it is a folder"),
        ("photo.xlsx", "photo.xlsx: the file is neither a workbook nor a text file"),
    ):
        done = take(desk, file=file)
        assert done.code == 2
        assert output in done.err
        assert "hint" in done.err


def test_a_file_in_use_is_reported(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("wavectl.cli.sheet_files.open_file", held)
    done = take(desk)
    assert done.code == 2
    assert "close it in Excel or LibreOffice" in done.err


def test_an_open_file_is_read_with_a_warning(desk: Path) -> None:
    (desk / "~$plan.xlsx").write_text("")
    done = take(desk)
    assert done.code == 0
    assert "unsaved changes are not read" in done.err


def test_of_many_errors_the_first_are_listed(desk: Path) -> None:
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


# -- tables of other people


def table(desk: Path, *lines: str, name: str = "events.csv") -> None:
    (desk / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def empty_desk(tmp_path: Path) -> Path:
    """Return a folder with a plan that has one wave without moments."""
    (tmp_path / "waves").mkdir()
    (tmp_path / "waves" / "programme.yaml").write_text("name: Plan\nlanguages: [en]\n", encoding="utf-8")
    (tmp_path / "waves" / "water.yaml").write_text("title: Water\nperiod: 2026-01/2026-12\n", encoding="utf-8")
    return tmp_path


def moments(desk: Path, wave: str = "water") -> list[Any]:
    found: list[Any] = YAML(typ="safe").load(desk / "waves" / f"{wave}.yaml")["moments"]
    return found


def test_the_same_table_three_times_is_the_same_plan(empty_desk: Path) -> None:
    table(
        empty_desk,
        "Name,Date,Place",
        "Meeting,2026-05-12,Lima",
        "Meeting,2026-06-03,Lima",
        "Meeting,2026-06-03,Quito",
        "Vigil,2026-07-01,",
        "Vigil,2026-07-01,",
    )
    for _ in range(3):
        done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
        assert done.code == 0, done.err
        assert [one["id"] for one in moments(empty_desk)] == ["meeting", "meeting-2", "meeting-3", "vigil", "vigil-2"]


def test_the_same_title_with_another_date_is_not_decided_for_people(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,Place", "Meeting,2026-05-12,Lima", "Vigil,2026-08,")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    table(empty_desk, "Name,Date,Place", "Meeting,2026-05-19,Lima", "Vigil,2026-08-04,", "March,2026-09-01,")
    done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
    assert done.code == 1
    assert [(one["id"], str(one["when"])) for one in moments(empty_desk)] == [
        ("meeting", "2026-05-12"),
        ("vigil", "2026-08-04"),
        ("march", "2026-09-01"),
    ]
    rows = (empty_desk / "events-to-fix.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[:3] for row in rows] == [["Name", "Date", "Place"], ["Meeting", "2026-05-19", "Lima"]]
    table(empty_desk, "Name,Date,Place,Id", "Meeting,2026-05-19,Lima,meeting", "Meeting,2026-05-20,Lima,other")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    assert [(one["id"], str(one["when"])) for one in moments(empty_desk)[::3]] == [
        ("meeting", "2026-05-19"),
        ("other", "2026-05-20"),
    ]


def test_good_rows_go_in_and_the_others_come_back(empty_desk: Path) -> None:
    table(
        empty_desk,
        "Our plan;;",
        "Nom;Date;Type",
        "A;2026-05-12;event",
        "B;the day after;event",
        "C;2026-06-01;feast",
        "D;2031-01-01;event",
        "=E;2026-06-02;event",
    )
    shown = take(empty_desk, "--dry-run", "--wave", "water", file="events.csv")
    assert shown.code == 1
    assert not (empty_desk / "events-to-fix.csv").exists()
    done = take(empty_desk, "-y", "--wave", "water", file="events.csv", lang="fr")
    assert done.code == 1
    assert [one["title"] for one in moments(empty_desk)] == ["A", "=E"]
    assert "moment-outside-period" in done.err
    rows = (empty_desk / "events-to-fix.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows] == ["Nom", "B", "C", "D"]
    assert all(len(row.split(";", 3)) == 4 for row in rows)
    assert "impossible de lire" in rows[1]
    fixed = "\n".join(row.replace("the day after", "2026-06-09").replace("feast", "event") for row in rows[:3])
    (empty_desk / "events-to-fix.csv").write_text(fixed, encoding="utf-8")
    assert take(empty_desk, "-y", "--wave", "water", file="events-to-fix.csv").code == 0
    assert [one["title"] for one in moments(empty_desk)] == ["A", "=E", "B", "C"]


def test_rows_to_fix_never_replace_another_file(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date", "A,soon")
    (empty_desk / "events-to-fix.csv").write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 1
    assert sorted(file.name for file in empty_desk.glob("events-to-fix*")) == [
        "events-to-fix-2.csv",
        "events-to-fix.csv",
    ]
    assert (empty_desk / "events-to-fix.csv").read_text(encoding="utf-8") == "mine"


def test_rows_of_a_workbook_come_back_as_a_workbook(empty_desk: Path) -> None:
    data = handmade_workbook(["Name", "Date"], ["A", "2026-05-12"], ["B", "soon"], title="Agenda: été"[:6])
    (empty_desk / "events.xlsx").write_bytes(data)
    assert take(empty_desk, "-y", "--wave", "water", file="events.xlsx").code == 1
    (sheet,) = load_workbook(empty_desk / "events-to-fix.xlsx").worksheets
    assert [[cell.value for cell in row][:2] for row in sheet] == [["Name", "Date"], ["B", "soon"]]
    assert sheet.max_column == 3


def test_an_exported_sheet_with_an_error_stays_all_or_nothing(desk: Path) -> None:
    change(desk, *THREE[1:], ("gwangju-forum", "Date", "2030"))
    before = state(desk)
    done = take(desk, "--yes")
    assert done.code == 1
    assert 'error[moment-outside-period]: sheet "Le droit au logement", row 2, column "Date"' in done.err
    assert state(desk) == before


def test_a_table_without_dates_is_not_taken_for_one(empty_desk: Path) -> None:
    table(empty_desk, "Name,Place", "A,Lima", "B,Quito")
    before = state(empty_desk)
    for option in ("--dry-run", "-y"):
        done = take(empty_desk, option, "--wave", "water", file="events.csv")
        assert (done.code, done.out) == (1, "")
        assert "=when" in done.err
    assert state(empty_desk) == before
    table(empty_desk, "Name,Place,Date", "A,Lima,", "B,Quito,")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0


def test_a_missing_column_of_dates_is_asked_about_at_a_terminal(
    empty_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("import_sheet", "apply_changes"):
        monkeypatch.setattr(f"wavectl.cli.{module}.is_interactive", lambda: True)
    table(empty_desk, "Name,Place", "A,Lima")
    before = state(empty_desk)
    monkeypatch.setattr("builtins.input", iter(["n"]).__next__)
    assert take(empty_desk, "--wave", "water", file="events.csv").code == 1
    assert state(empty_desk) == before
    for answers in (["y", "y"], ["y"]):  # the second time nothing changes, so that nothing is left to confirm
        monkeypatch.setattr("builtins.input", iter(answers).__next__)
        assert take(empty_desk, "--wave", "water", file="events.csv").code == 0
        assert moments(empty_desk) == [{"id": "moment", "title": "A", "when": "unknown", "place": "Lima"}]


def test_dates_of_either_order_change_nothing_the_second_time(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,End", "A,05/01/2026,", "B,06/02/2026,07/02/2026")
    for _ in range(2):
        done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
        assert done.code == 0, done.err
        assert [str(one["when"]) for one in moments(empty_desk)] == ["2026-01-05", "2026-02-06/2026-02-07"]
    table(empty_desk, "Name,Date", "A,05/01/2026", "C,07/13/2026")  # now the month comes first
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 1
    assert [str(one["when"]) for one in moments(empty_desk)][::2] == ["2026-01-05", "2026-07-13"]


def test_the_date_in_two_columns_is_not_chosen_by_chance(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,Début", "A,2026-01-02,2026-05-12")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 1
    assert take(empty_desk, "-y", "--wave", "water", "--map", "Début=when", file="events.csv").code == 0
    assert [str(one["when"]) for one in moments(empty_desk)] == ["2026-05-12"]


def test_a_fault_does_not_hide_the_year_for_the_rows_below(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,Tipo", "A,12 May 2024,feast", "B,14 May,event", "C,15 May,event", "D,16 May,event")
    done = take(empty_desk, "-y", "--wave", "water2", file="events.csv")
    assert [str(one["when"]) for one in moments(empty_desk, "water2")] == ["2024-05-14", "2024-05-15", "2024-05-16"]
    assert done.err.count("error") == 1
    assert done.err.count("2024 is assumed") == 1


def test_an_empty_cell_of_a_table_removes_nothing(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,Place", "A,2026-05-12,Lima")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    table(empty_desk, "Name,Date,Place,Link", "A,2026-05-12,,https://example.org/a")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    (moment,) = moments(empty_desk)
    assert (moment["place"], moment["url"]) == ("Lima", "https://example.org/a")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("à confirmer", ("2026-11-16/2026-11-18", "tentative")),
        ("tentative", ("2026-11-16/2026-11-18", "tentative")),
        ("", ("2026-11-16?/2026-11-18?", "confirmed")),
        ("confirmé", ("2026-11-16?/2026-11-18?", "confirmed")),
    ],
)
def test_one_doubt_in_two_cells_is_written_once(empty_desk: Path, status: str, expected: tuple[str, str]) -> None:
    rows = f"Titre;Date;Lieu;Statut\nForum;16-18 novembre 2026 (TBD);Paris;{status}\n"
    (empty_desk / "events.csv").write_text(rows, encoding="utf-8")
    for _ in range(2):  # the same sheet again changes nothing
        done = take(empty_desk, "-y", "--wave", "water", file="events.csv", lang="fr")
        assert done.code == 0, done.err
        shown = json.loads(run("moment", "show", "forum", "--format", "json", cwd=empty_desk).out)
        assert (shown["when"], shown["status"], len(shown["moments"])) == (*expected, 1)
    assert run("moment", "confirm", "water/forum", cwd=empty_desk).code == 0
    assert json.loads(run("moment", "show", "forum", "--format", "json", cwd=empty_desk).out)["firm"] is True


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("online", {"online": True}),
        ("En ligne", {"online": True}),
        ("en línea (Zoom)", {"online": True}),
        ("worldwide", {"scope": "worldwide"}),
        ("Mundial", {"scope": "worldwide"}),
        ("Lima / online", {"name": "Lima", "online": True}),
        ("Nairobi and online", {"name": "Nairobi", "online": True}),
        ("?", None),
        ("TBC", None),
        ("à confirmer", None),
        ("Nairobi", "Nairobi"),
        ("Centre culturel, Lyon", "Centre culturel, Lyon"),
        ("Nairobi, Kenya", {"name": "Nairobi", "country": "KE"}),
        ("Tegucigalpa (Honduras) y en línea", {"name": "Tegucigalpa", "country": "HN", "online": True}),
        ("Côte d'Ivoire", {"country": "CI"}),
        ("Atlanta, Georgia", "Atlanta, Georgia"),
        ('"City hall,\n12 Main Street\nLima"', "City hall, 12 Main Street, Lima"),
    ],
)
def test_a_place_that_is_no_town(empty_desk: Path, text: str, place: object) -> None:
    table(empty_desk, "Nom;Date;Ville", f"A;2026-05-12;{text}")
    for _ in range(2):
        assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
        (moment,) = moments(empty_desk)
        assert moment.get("place") == place


def test_a_column_marks_online_moments(empty_desk: Path) -> None:
    table(
        empty_desk,
        "event_name,event_date,online,place,country",
        "A,2026-05-12,True,Lima,Peru",
        "B,2026-05-13,False,Quito,",
    )
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    assert [one["place"] for one in moments(empty_desk)] == [{"name": "Lima", "country": "PE", "online": True}, "Quito"]


@pytest.mark.parametrize(
    ("place", "country", "expected"),
    [
        ("Nairobi, Kenya", "Kenya", {"name": "Nairobi", "country": "KE"}),
        ("Luxembourg", "Luxembourg", {"name": "Luxembourg", "country": "LU"}),
        ("Tbilisi, Georgia", "GE", {"name": "Tbilisi", "country": "GE"}),
        ("Atlanta, Georgia", "USA", {"name": "Atlanta", "country": "US"}),
        ("San Juan, Argentina", "Peru", {"name": "San Juan, Argentina", "country": "PE"}),
    ],
)
def test_a_country_after_a_town_agrees_with_its_column(
    empty_desk: Path, place: str, country: str, expected: object
) -> None:
    table(empty_desk, "Name;Date;City;Country", f"A;2026-05-12;{place};{country}")
    for _ in range(2):
        assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
        assert [one["place"] for one in moments(empty_desk)] == [expected]


@pytest.mark.parametrize(
    ("headings", "first", "second", "expected"),
    [
        ("Date,End", "2026-05-12,", "2026-05-12,2026-05-14", {"when": "2026-05-12/2026-05-14"}),
        ("Date,Time", "2026-05-12,", "2026-05-12,15:00", {"when": "2026-05-12T15:00"}),
        ("Date,Time zone", "2026-05-12 15:00,", "2026-05-12 15:00,Asia/Seoul", {"timezone": "Asia/Seoul"}),
        ("Date,Time zone", "2026-05-12 15:00,", ",Asia/Seoul", {"timezone": "Asia/Seoul"}),
        ("Date,Time zone", "2026-05-12 15:00,Asia/Seoul", "2026-05-12 15:00,UTC+9", {"when": "2026-05-12T15:00+09:00"}),
        ("Date,Online", "2026-05-12,yes", "2026-05-12,no", {"place": None}),
        ("Date,City,Country", "2026-05-12,Lima,", "2026-05-12,,Peru", {"place": {"name": "Lima", "country": "PE"}}),
    ],
)
def test_a_cell_changes_without_the_one_that_belongs_to_it(
    empty_desk: Path, headings: str, first: str, second: str, expected: dict[str, object]
) -> None:
    for cells in (first, second, second):
        table(empty_desk, f"Id,Name,{headings}", f"a,A,{cells}")
        done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
        assert done.code == 0, done.err
    (moment,) = moments(empty_desk)
    assert {key: moment.get(key) for key in expected} == expected


@pytest.mark.parametrize(("headings", "cells"), [("Date,End", ",2026-05-12"), ("Date,Online", "2026-05-12,perhaps")])
def test_a_cell_that_cannot_be_used_gives_its_row_back(empty_desk: Path, headings: str, cells: str) -> None:
    table(empty_desk, f"Name,{headings}", f"A,{cells}")
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 1
    assert cells in (empty_desk / "events-to-fix.csv").read_text(encoding="utf-8")


def test_a_title_of_several_lines_becomes_one_line(empty_desk: Path) -> None:
    table(empty_desk, "Name,Date,Note", '"Forum\nof cities",2026-05-12,"One\ntwo"')
    for _ in range(2):
        assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
        (moment,) = moments(empty_desk)
        assert (moment["title"], moment["note"]) == ("Forum of cities", "One\ntwo")


def test_unknown_actors_are_offered_as_new_ones(empty_desk: Path) -> None:
    table(
        empty_desk,
        "Name,Date,Organizers",
        'A,2026-05-12,"Group One <one@example.org>, Group Two"',
        "B,2026-05-13,Group One",
        "C,soon,Group Three",
    )
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 1
    assert [one.get("actors") for one in moments(empty_desk)] == [["group-one", "group-two"], ["group-one"]]
    data = YAML(typ="safe").load(empty_desk / "waves" / "water.yaml")
    assert data["actors"] == [
        {"id": "group-one", "name": "Group One", "kind": "partner"},
        {"id": "group-two", "name": "Group Two", "kind": "partner"},
    ]
    assert "example.org" not in (empty_desk / "waves" / "water.yaml").read_text(encoding="utf-8")
    table(empty_desk, "Name,Date,Organizers", "D,2026-05-14,Group Onne")
    done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
    assert done.code == 1
    assert "group-one" in done.err


@pytest.mark.parametrize("text", ["FÃªte de l’eau", "Journée de lâ€™eau", "F\ufffdte", "DÃ\xada del agua", "Å“uvre"])
def test_lost_letters_get_a_note(empty_desk: Path, text: str) -> None:
    table(empty_desk, "Nom,Date", f"{text},2026-05-12", f"{text},2026-05-13", "Fête de l’eau à Sète… «été»,2026-05-14")
    done = take(empty_desk, "-y", "--wave", "water", file="events.csv")
    assert done.code == 0
    assert done.err.count("letters were lost") == 1
    assert 'row 2, column "Nom"' in done.err


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "(.ics)"),
        (b'[{"title": "A"}]', "JSON"),
        (b'\xef\xbb\xbf{\n  "events": []}', "JSON"),
        (b"<html><table><tr><td>Title</td></tr></table></html>", "HTML"),
        (b"\n<!DOCTYPE html>", "HTML"),
        (b"%PDF-1.7\n", "PDF"),
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is(empty_desk: Path, content: bytes, kind: str) -> None:
    (empty_desk / "events.xls").write_bytes(content)
    done = take(empty_desk, file="events.xls")
    assert done.code == 2
    assert kind in done.err
    assert "hint" in done.err


@pytest.mark.parametrize(
    "rows",
    [
        (  # a list by hand: town and country in one cell, one title for several rows
            "Place,URL,Date,Program,Number of Participants,Organizers",
            '"Lund, Sweden",https://example.org/1,4 March 2026,Open day,20+,"Group 1a, Group 1b"',
            '"Lomé, Togo ",,4 March 2026,Open day,up to 50,Group 2a',
            '"Lomé, Togo ",,4 March 2026,Open day,up to 50,Group 2a',
            '"Atlanta, Georgia",,4 March 2026,"Maps, ""open""",?,',
        ),
        (  # a form: country, hours and zone in columns of their own
            "country,event_date,event_name,event_purpose,event_time,num_participants,online,organisers,place,timezone,url",
            "Nigeria,2026-03-06,Data Day,Short text,9:00,18,False,Group 1a,Abuja,Africa/Lagos,https://example.org/1",
            "Kenya,2026-03-06,Data Day,,10:30,~50,True,Group 2a <group2@example.org>,Nairobi,Africa/Nairobi,",
            "Chile,2026-03-06,Data Day,,,TBC,True,,?,,",
        ),
        (  # another form: odd spaces, no country column
            "event_date,event_name,event_purpose,organisers,place,slug,url,world_region_text",
            '2026-03-02," Open Data, an overview…",Short text,Group 1a,Yokohama,slug-1,https://example.org/1,',
            '2026-03-05, Datos abiertos | ODS11,"Short\ntext",Group 2a,"Mogi das Cruzes, São Paulo, Brazil",slug-2,,',
            "2026-03-05, Datos abiertos | ODS11,,Group 3a,Online,slug-3,,",
        ),
    ],
    ids=["list", "form", "form-without-countries"],
)
def test_a_table_of_events_changes_nothing_the_second_time(empty_desk: Path, rows: tuple[str, ...]) -> None:
    table(empty_desk, *rows)
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    assert len(moments(empty_desk)) == len(rows) - 1
    written = (empty_desk / "waves" / "water.yaml").read_bytes()
    assert take(empty_desk, "-y", "--wave", "water", file="events.csv").code == 0
    assert (empty_desk / "waves" / "water.yaml").read_bytes() == written


def test_the_year_of_dates_without_one_is_named_once(empty_desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table(empty_desk, "Name,Date,Place", "A,5-7 May,Lima", "B,June,Quito")
    assert take(empty_desk, "-y", "--wave", "first", file="events.csv").code == 1
    assert take(empty_desk, "-y", "--wave", "first", "--year", "2027", file="events.csv").code == 0
    assert [str(one["when"]) for one in moments(empty_desk, "first")] == ["2027-05-05/2027-05-07", "2027-06"]
    table(empty_desk, "Name,Date,Place", "C,8 to 9 May,Lima")
    type_answers(monkeypatch, ["import_sheet", "apply_changes"], "2028", "y")
    assert take(empty_desk, "--wave", "other", file="events.csv").code == 0
    assert [str(one["when"]) for one in moments(empty_desk, "other")] == ["2028-05-08/2028-05-09"]
