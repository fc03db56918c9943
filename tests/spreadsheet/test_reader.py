"""What a file holds is read as texts: nothing runs, expands or escapes, whatever it is."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from support.spreadsheets import handmade_workbook
from wavectl.spreadsheet.reader import (
    MAX_CELL_LENGTH,
    SheetError,
    ShownPrecision,
    extract_cell_parts,
    read_tables,
    shown_precision,
)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(change: Any) -> bytes:
    """Return a workbook with the XML of its sheet changed."""
    files = parts(handmade_workbook(["Title", "Date"], ["One", "2018"]))
    files["xl/worksheets/sheet1.xml"] = change(files["xl/worksheets/sheet1.xml"])
    return packed(files)


def refusal(data: bytes, size: float = 4) -> str:
    with pytest.raises(SheetError) as caught:
        read_tables(data, size)
    assert str(caught.value.hint)
    return str(caught.value.message)


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in read_tables(data, 4) for row in table.rows]


# -- workbooks


def test_cells_are_texts() -> None:
    row = ["a", 2018, 2018.0, 1.5, True, None, "b\nc", "2017-09"]
    assert texts(handmade_workbook(row)) == [["a", "2018", "2018", "1.5", "true", "", "b\nc", "2017-09"]]


def test_date_cells_keep_their_day_and_what_they_show() -> None:
    days = [datetime(2017, 9, 1), date(2017, 9, 1), datetime(2017, 9, 1, 15, 30), time(15, 30)]  # noqa: DTZ001
    (table,) = read_tables(
        handmade_workbook(days, formats={"A1": "mmm\\-yy", "B1": "dd/mm/yyyy", "C1": "dd/mm/yyyy hh:mm"}), 4
    )
    cells = table.rows[0].cells
    assert [(cell.text, cell.shown_precision) for cell in cells] == [
        ("2017-09-01", ShownPrecision.MONTH),
        ("2017-09-01", ShownPrecision.DAY),
        ("2017-09-01T15:30", ShownPrecision.TIME),
        ("15:30", ShownPrecision.DAY),
    ]
    assert [cell.day is not None for cell in cells] == [True, True, True, False]


@pytest.mark.parametrize(
    ("form", "shows"),
    [
        ("mmm yyyy", ShownPrecision.MONTH),
        ("mm/yyyy", ShownPrecision.MONTH),
        ("[$-40C]mmm\\-yy;@", ShownPrecision.MONTH),
        ("yyyy", ShownPrecision.YEAR),
        ('mmmm" de "yyyy', ShownPrecision.MONTH),
        ("dd/mm/yyyy", ShownPrecision.DAY),
        ("d-mmm-yy", ShownPrecision.DAY),
        ("General", ShownPrecision.DAY),
        ("", ShownPrecision.DAY),
        ("yyyy-mm-dd h:mm", ShownPrecision.DAY),
        ("hh:mm", ShownPrecision.DAY),
        ('"d"mmm yyyy', ShownPrecision.MONTH),
    ],
)
def test_a_number_format_gives_the_shown_precision(form: str, shows: ShownPrecision) -> None:
    assert shown_precision(form) == shows


def test_a_formula_and_an_error_are_faults() -> None:
    (table,) = read_tables(handmade_workbook(["=1+1", "#REF!", "=cmd|'/c calc'!A0", "+1"]), 4)
    assert [cell.error is not None for cell in table.rows[0].cells] == [True, True, True, False]
    assert not any(cell.empty for cell in table.rows[0].cells)


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    (table,) = read_tables(handmade_workbook(["a"], [], [None, None], ["b", None, "c"]), 4)
    assert [(row.number, len(row.cells)) for row in table.rows] == [(1, 1), (4, 3)]


def test_a_million_empty_rows_are_passed_over() -> None:
    def change(xml: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d" s="1"><c r="B%d" s="1"/></row>' % (number, number) for number in range(3, 800_001)
        )
        last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Last</t></is></c></row>'
        return xml.replace(b"</sheetData>", rows + last + b"</sheetData>")

    (table,) = read_tables(with_sheet(change), 4)
    assert [row.number for row in table.rows] == [1, 2, 1_048_576]


def test_a_wide_sheet_is_cut_at_its_hundredth_column() -> None:
    (table,) = read_tables(handmade_workbook(["x"] * 300), 4)
    assert len(table.rows[0].cells) == 100


def test_what_a_sheet_says_of_its_size_does_not_count() -> None:
    def change(xml: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', xml)

    assert texts(with_sheet(change)) == [["Title", "Date"], ["One", "2018"]]


def test_a_row_far_away_is_refused() -> None:
    assert "XML" in refusal(with_sheet(lambda xml: xml.replace(b'r="2"', b'r="99999999999"')))


def test_a_cell_that_is_too_long_is_a_fault() -> None:
    def change(xml: bytes) -> bytes:
        cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"x" * (MAX_CELL_LENGTH + 1) + b"</t></is></c></row>"
        return xml.replace(b"</sheetData>", cell + b"</sheetData>")

    (table,) = read_tables(with_sheet(change), 4)
    assert table.rows[2].cells[0].error is not None
    assert len(table.rows[2].cells[0].text) < 100


@pytest.mark.parametrize(
    "markup",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "/etc/passwd">',
        b"<!doctype x>",
    ],
)
def test_entities_are_refused(markup: bytes) -> None:
    assert "XML" in refusal(with_sheet(lambda xml: markup + xml))
    files = parts(handmade_workbook(["Title"]))
    files["xl/styles.xml"] = markup + files["xl/styles.xml"]
    assert "XML" in refusal(packed(files))


def test_xml_in_another_encoding_is_refused() -> None:
    assert "XML" in refusal(with_sheet(lambda xml: xml.decode().encode("utf-16")))


def test_a_zip_bomb_is_refused_before_it_grows() -> None:
    assert "too large" in refusal(with_sheet(lambda xml: xml + b" " * 70 * 1024 * 1024))
    many = parts(handmade_workbook(["Title"])) | {
        f"xl/worksheets/s{number}.xml": b" " * 20_000_000 for number in range(4)
    }
    assert "too large" in refusal(packed(many))
    assert texts(with_sheet(lambda xml: xml + b" " * 1_000_000))


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    content = b"<a>" + b" " * 100 * 1024 * 1024
    data = bytearray(with_sheet(lambda _: content))
    true = len(content).to_bytes(4, "little")
    assert data.count(true) == 2
    crc = zlib.crc32(content[:1000]).to_bytes(4, "little")
    at = data.index(true)
    data = bytearray(bytes(data).replace(true, (1000).to_bytes(4, "little")))
    data[at - 8 : at - 4] = crc
    assert "damaged" in refusal(bytes(data))


def test_what_is_not_needed_is_never_opened() -> None:
    files = parts(handmade_workbook(["Title"], ["One"]))
    trap = b'<!DOCTYPE x [<!ENTITY a "b">]>' + b" " * 30 * 1024 * 1024
    for name in (
        "xl/externalLinks/externalLink1.xml", "xl/drawings/drawing1.xml", "xl/pivotCache/pivotCacheDefinition1.xml",
        "customXml/item1.xml", "docProps/custom.xml", "xl/worksheets/_rels/sheet1.xml.rels", "../../escaped.xml",
        "xl/worksheets/../../../up.xml",
    ):  # fmt: skip
        files[name] = trap
    assert texts(packed(files)) == [["Title"], ["One"]]


def test_other_kinds_of_files_are_named() -> None:
    files = parts(handmade_workbook(["Title"]))
    assert "macros" in refusal(packed(files | {"xl/vbaProject.bin": b"x"}))
    assert ".xlsb" in refusal(packed(files | {"xl/workbook.bin": b"x"}))
    assert ".ods" in refusal(
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""})
    )
    assert ".xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000)
    assert "not a workbook" in refusal(packed({"a.txt": b"x"}))
    assert "not a workbook" in refusal(b"PK\x03\x04 no zip at all")
    assert "neither" in refusal(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert "larger than" in refusal(b"a" * 2000, 0.001)


SOUND = handmade_workbook(["Title", "Date"], ["One", datetime(2018, 1, 1)])  # noqa: DTZ001


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    whole = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SheetError):
        read_tables(bytes(whole), 4)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_xml_is_refused_or_read(data: st.DataObject) -> None:
    files = parts(SOUND)
    name = data.draw(st.sampled_from([one for one in files if one.startswith("xl/") or one[0] == "["]))
    content = bytearray(files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(b'<>"/=a1 &'))
    with suppress(SheetError):
        read_tables(packed(files | {name: bytes(content)}), 4)


def test_hidden_sheets_are_read_too() -> None:
    book = Workbook()
    book.worksheets[0].append(["Title"])
    book.create_sheet("Hidden").append(["Title", "Date"])
    book.worksheets[1].sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    assert [(table.name, len(table.rows)) for table in read_tables(out.getvalue(), 4)] == [("Sheet", 1), ("Hidden", 1)]


# -- text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_however_it_is_written(encoding: str, separator: str, end: str) -> None:
    lines = ["Titre;Date;Lieu", "Été;2018;Genève", ";;", '"a\nb";;']
    text = end.join(lines).replace(";", separator)
    assert texts(text.encode(encoding)) == [["Titre", "Date", "Lieu"], ["Été", "2018", "Genève"], ["a\nb"]]


def test_a_line_that_names_its_separator_is_no_row() -> None:
    (table,) = read_tables(b"sep=|\r\nTitle|Date\r\nOne|2018\r\n", 4)
    assert [(row.number, [cell.text for cell in row.cells]) for row in table.rows] == [
        (2, ["Title", "Date"]),
        (3, ["One", "2018"]),
    ]


def test_what_looks_like_a_formula_is_a_text() -> None:
    assert texts(b"Title,Date\n'=1+1,'a\n=1+1,2018\n") == [["Title", "Date"], ["'=1+1", "'a"], ["=1+1", "2018"]]


def test_a_text_file_that_is_no_table() -> None:
    assert texts(b"") == []
    assert texts(b"\n\n") == []
    assert "quotation mark" in refusal(b'Title\n"' + b"a" * 200_000)
    for end in (b"", b"\n", b"\r\n", b",x\n3,y"):
        assert "quotation mark" in refusal(b'Id,Title\n1,a\n2,"not closed' + end)
    assert texts(b'Title\n"closed"') == texts(b'Title\n"closed"\n') == [["Title"], ["closed"]]
    (table,) = read_tables(b"Title\n" + b"a" * 50_000, 4)
    assert table.rows[1].cells[0].error is not None


@given(text=st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(SheetError):
        read_tables(text.encode("utf-8", "surrogatepass"), 4)


# -- the parts of a workbook


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


def test_a_part_that_is_used_for_many_sheets_is_refused() -> None:
    data = handmade_workbook(["Title"], ["A"])
    parts = {name: ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist()}
    book = parts["xl/workbook.xml"]
    sheet = re.search(rb"<sheet [^>]*/>", book)
    assert sheet is not None
    parts["xl/workbook.xml"] = book.replace(sheet[0], sheet[0] * 200)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(SheetError):
        read_tables(out.getvalue(), 4)


def test_the_cells_of_a_workbook_are_bounded() -> None:
    data = handmade_workbook(*([1] for _ in range(40_001)))
    with pytest.raises(SheetError):
        read_tables(data, 4)
