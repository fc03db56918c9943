"""``wavectl export-sheet``: what is written where, and what keeps it from that."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from openpyxl import load_workbook

from support.plans import ANNOUNCED, REAL, TODAY, run, write_plan
from support.spreadsheets import cell, edited, handmade_workbook
from wavectl.cli.export_sheet import is_open_in_spreadsheet

REAL_PLAN = ("--waves", str(REAL), "--today", TODAY)


def test_a_workbook_has_the_requested_waves(tmp_path: Path) -> None:
    done = run("export-sheet", "housing", *REAL_PLAN, "--lang", "es", cwd=tmp_path)
    assert (done.code, done.out) == (0, "plan.xlsx\n")
    assert "no debe publicarse" in done.err
    assert "wavectl import-sheet plan.xlsx" in done.err
    names = load_workbook(tmp_path / "plan.xlsx").sheetnames
    assert names == ["Léame", "El derecho a la vivienda", "Listas", "wavectl"]


def test_csv_goes_into_a_file_or_out(tmp_path: Path) -> None:
    spaced = run("export-sheet", *REAL_PLAN, "-o", "a b.csv", cwd=tmp_path)
    assert spaced.out == "a b.csv\n"
    assert 'wavectl import-sheet "a b.csv"' in spaced.err
    done = run("export-sheet", *REAL_PLAN, "-o", "-", "--lang", "en", cwd=tmp_path)
    assert done.out.startswith("Wave,Id,Title (en),Date,")
    assert done.err == ""
    assert (tmp_path / "a b.csv").read_bytes().startswith("\ufeffVague;Identifiant;Titre (fr);Date;".encode())


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    done = run("export-sheet", *REAL_PLAN, "-o", "plan.xls", "--lang", "en", cwd=tmp_path)
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert done.err == "error: -o plan.xls does not end in .xlsx or .csv\n  = hint: write -o plan.xlsx or -o plan.csv\n"


def test_a_plan_with_errors_and_an_unknown_wave_are_refused(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED + "x: y\n"})
    assert run("export-sheet", cwd=tmp_path).code == 1
    assert run("export-sheet", "nothing", *REAL_PLAN, cwd=tmp_path).code == 2
    assert not (tmp_path / "plan.xlsx").exists()


@pytest.mark.parametrize("sign", ["~$plan.xlsx", "~$an.xlsx", ".~lock.plan.xlsx#"])
def test_a_file_that_is_open_is_not_written(tmp_path: Path, sign: str) -> None:
    assert not is_open_in_spreadsheet(tmp_path / "plan.xlsx")
    (tmp_path / sign).write_text("")
    done = run("export-sheet", *REAL_PLAN, "--lang", "en", cwd=tmp_path)
    assert done.code == 1
    assert "plan.xlsx is open in a spreadsheet program" in done.err
    assert not (tmp_path / "plan.xlsx").exists()


def test_an_unwritable_place_is_reported(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").mkdir()
    done = run("export-sheet", *REAL_PLAN, "--lang", "en", cwd=tmp_path)
    assert done.code == 2
    assert "plan.xlsx cannot be written" in done.err
    assert "name another place with -o" in done.err


def test_work_that_is_not_in_the_plan_is_not_written_over(tmp_path: Path) -> None:
    """A workbook is written over where it holds nothing new, an old one too; not one with new entries."""
    copytree(REAL, tmp_path / "waves")
    own = ("--today", TODAY, "--lang", "fr")
    assert run("export-sheet", *own, cwd=tmp_path).code == 0
    wave = tmp_path / "waves" / "housing.yaml"
    wave.write_text(wave.read_text(encoding="utf-8").replace("when: 2018-03\n", "when: 2018-03-05\n"), encoding="utf-8")
    assert run("export-sheet", *own, cwd=tmp_path).code == 0
    before = (tmp_path / "plan.xlsx").read_bytes()

    def typed(book: Any) -> None:
        cell(book, "hlpf-2018", "Lieu (fr)").value = "Genève"

    for data in (edited(before, typed), handmade_workbook(["Budget", 2018]), b"PK no workbook"):
        (tmp_path / "plan.xlsx").write_bytes(data)
        done = run("export-sheet", "--today", TODAY, "--lang", "en", cwd=tmp_path)
        assert done.code == 1
        assert "plan.xlsx exists already, and contains changes that are not in the plan" in done.err
        assert (tmp_path / "plan.xlsx").read_bytes() == data
