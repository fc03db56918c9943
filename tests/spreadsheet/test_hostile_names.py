"""A workbook opens whatever characters the plan has, and a damaged one is refused in a sentence."""

from __future__ import annotations

import struct
from pathlib import Path

from openpyxl import load_workbook

from support.plans import run, write_plan

TITLE = '"a\\uFFFEb\\uFFFF\\x01"'


def test_a_workbook_opens_whatever_its_titles_hold(tmp_path: Path) -> None:
    wave = f"title: {TITLE}\nstatus: announced\nmoments:\n  - {{id: a, title: {TITLE}, when: 2027-01}}\n"
    write_plan(tmp_path, {"housing": wave, "programme": f"name: {TITLE}\n"})
    assert run("export-sheet", "-o", "plan.xlsx", cwd=tmp_path).code == 0
    assert load_workbook(tmp_path / "plan.xlsx").sheetnames


def test_an_archive_with_places_before_its_start_is_refused(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": "title: H\nstatus: announced\n"})
    assert run("export-sheet", "-o", "plan.xlsx", cwd=tmp_path).code == 0
    data = bytearray((tmp_path / "plan.xlsx").read_bytes())
    end = data.rfind(b"PK\x05\x06")
    for at, value in ((12, 0x7FFFFFFF), (16, 0xFFFFFF00), (16, 0x7FFFFFFF), (16, 1_000_000)):
        changed = data.copy()
        changed[end + at : end + at + 4] = struct.pack("<I", value)
        (tmp_path / "bad.xlsx").write_bytes(changed)
        assert run("import-sheet", "bad.xlsx", "-y", cwd=tmp_path).code == 2
