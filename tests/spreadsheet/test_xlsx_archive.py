"""Of a workbook only the parts that hold cells go on."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from support.spreadsheets import handmade_workbook
from wavectl.spreadsheet.reader import SheetError, extract_cell_parts


def test_what_goes_on_is_what_holds_cells() -> None:
    with ZipFile(extract_cell_parts(handmade_workbook(["Title"]), 1_000_000)) as kept:
        names = sorted(kept.namelist())
    assert names == [
        "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/workbook.xml", "xl/worksheets/sheet1.xml",
    ]  # fmt: skip


def test_the_bound_is_for_all_parts_together() -> None:
    data = handmade_workbook(["Title"])
    with ZipFile(BytesIO(data)) as archive:
        size = sum(one.file_size for one in archive.infolist() if one.filename[:8] not in ("docProps", "xl/theme"))
    assert extract_cell_parts(data, size)
    with pytest.raises(SheetError):
        extract_cell_parts(data, size - 1)


def test_too_many_files_are_no_workbook() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(SheetError):
        extract_cell_parts(out.getvalue(), 1_000_000)
