"""The workbook: texts only, lists to choose from, ids locked, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from support.plans import REAL, ROOT
from support.spreadsheets import FILES, as_csv, as_workbook, cell, of_forms, plan
from wavectl.plan.loader import load
from wavectl.spreadsheet.columns import FIELDS
from wavectl.spreadsheet.reader import read_tables
from wavectl.spreadsheet.rows import build_sheets
from wavectl.spreadsheet.writer import WorkbookInfo, workbook_bytes


def book(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_there_is_a_sheet_for_each_wave(tmp_path: Path) -> None:
    made = book(as_workbook(plan(tmp_path)))
    assert [(page.title, page.sheet_state) for page in made.worksheets] == [
        ("À lire", "visible"),
        ("Le droit au logement", "visible"),
        ("Migrations", "visible"),
        ("Listes", "hidden"),
        ("wavectl", "veryHidden"),
    ]
    assert made.active.title == "Le droit au logement"


def test_every_cell_is_a_text(tmp_path: Path) -> None:
    made = book(as_workbook(plan(tmp_path, {**FILES, "dates": of_forms()})))
    cells = [one for page in made.worksheets for row in page.iter_rows() for one in row if one.value is not None]
    assert len(cells) > 500
    assert {(one.data_type, one.number_format) for one in cells} == {("s", "@")}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", "#REF!", "#N/A", "_x0041_", "a_x000D_b"]
)
def test_no_text_is_run_or_changed(tmp_path: Path, text: str) -> None:
    files = {"housing": FILES["housing"].replace('"à suivre"', f'"{text}"')}
    made = as_workbook(plan(tmp_path, files))
    one = cell(book(made), "forum", "Note (interne)")
    assert (one.data_type, one.number_format) == ("s", "@")
    with ZipFile(BytesIO(made)) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert b"<f>" not in xml
    assert b'Target="http' not in xml


def test_headings_stay_and_filter_and_dates_are_texts(tmp_path: Path) -> None:
    page = book(as_workbook(plan(tmp_path))).worksheets[1]
    assert (page.freeze_panes, page.auto_filter.ref) == ("D2", f"A1:{page.cell(1, page.max_column).column_letter}5")
    assert page.row_dimensions[1].height is None
    assert all(page.column_dimensions[one.column_letter].number_format == "@" for one in page[1])


def test_lists_are_offered(tmp_path: Path) -> None:
    made = book(as_workbook(plan(tmp_path)))
    page, lists = made.worksheets[1], made["Listes"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        at = str(rule.sqref).partition(":")[0]
        name, _, cells = str(rule.formula1).partition("!")
        assert name.strip("'") == "Listes"
        offered[page.cell(1, page[at].column).value] = (
            [one.value for (one,) in lists[cells.replace("$", "")]],
            rule.errorStyle,
        )
    assert offered["Statut"] == (["confirmé", "provisoire", "reporté", "annulé"], "stop")
    assert offered["Type"] == (["événement", "journée internationale", "échéance", "publication"], "stop")
    assert offered["Vague"] == (["housing", "migration"], "stop")
    countries, style = offered["Pays"]
    assert (len(countries), countries[0], countries[-2:], style) == (
        251,
        "Afghanistan",
        ["monde entier", "en ligne"],
        "warning",
    )


def test_ids_are_locked_without_a_password(tmp_path: Path) -> None:
    page = book(as_workbook(plan(tmp_path))).worksheets[1]
    protection = page.protection
    assert (protection.sheet, protection.password) == (True, None)
    assert not any((protection.autoFilter, protection.formatColumns, protection.sort, protection.insertRows))
    locked = {page.cell(1, one.column).value for one in page[2] if one.protection.locked}
    assert locked == {"Identifiant", "Date en EDTF (pour information)", "Répétition (pour information)"}
    for one in page[1]:  # the empty cells below are as those above
        assert page.column_dimensions[one.column_letter].protection.locked == (one.value in locked)


def test_no_text_is_too_long_or_breaks_the_file(tmp_path: Path) -> None:
    long = "a" * 40_000
    files = {"housing": FILES["housing"].replace('"à suivre"', f'"{long}\\a\\u0085\\n=1"')}
    read_plan = plan(tmp_path, files)
    value = cell(book(as_workbook(read_plan)), "forum", "Note (interne)").value
    assert (len(value), value[-1]) == (32_001, "…")
    assert len(read_tables(as_workbook(read_plan), 4)) > 1


def test_waves_of_one_title_have_sheets_of_their_own(tmp_path: Path) -> None:
    wave = 'title: "À lire: [tout]/history"\nstatus: announced\n'
    made = book(as_workbook(plan(tmp_path, {"a": wave, "b": wave, "c": "title: listes\nstatus: announced\n"})))
    names = [page.title for page in made.worksheets]
    assert names == ["À lire", "À lire tout history", "À lire tout history (2)", "listes (2)", "Listes", "wavectl"]


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests']\n"
        "from pathlib import Path; from support.spreadsheets import as_workbook\n"
        "from wavectl.plan.loader import load\n"
        "sys.stdout.buffer.write(as_workbook(load(Path('waves'))))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert made == {as_workbook(load(REAL))}


def test_the_day_of_writing_is_in_its_properties(tmp_path: Path) -> None:
    of = plan(tmp_path)
    made = workbook_bytes(
        build_sheets(of, ["housing"], "fr"), WorkbookInfo({"housing": "T"}, ["Plan"], date(2017, 6, 1), "fr")
    )
    with ZipFile(BytesIO(made)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count("2017-06-01T00:00:00Z") == 2


def test_a_text_file_is_for_the_spreadsheets_of_its_language(tmp_path: Path) -> None:
    of = plan(tmp_path)
    for language, separator in (("fr", ";"), ("es", ";"), ("en", ",")):
        data = as_csv(of, language)
        assert data.startswith(b"\xef\xbb\xbf")
        head, first = data.decode("utf-8-sig").split("\r\n")[:2]
        assert head.count(separator) > sum(not field.input_only for field in FIELDS.values()) - 2
        assert first.startswith(f"housing{separator}forum{separator}")


def test_no_cell_of_a_text_file_is_a_formula(tmp_path: Path) -> None:
    data = as_csv(plan(tmp_path, {"housing": FILES["housing"].replace('"à suivre"', '"=1+1"')}))
    assert ";'=1+1;" in data.decode()
