"""A page as a Word document: its structure, its styles, the same bytes each time; and templates that are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from support.plans import SOUND, run, write_plan
from support.reports import report_page
from support.timeline_views import HOSTILE
from wavectl.cli import report as report_command
from wavectl.files import zip_bytes
from wavectl.render.context import RenderContext
from wavectl.render.page import Bar, Bars, Cell, Column, KeyFigure, KeyFigures, Page, Section, Table, docx, page_line
from wavectl.render.page.docx_template import TemplateError, open_template

DAY = date(2017, 9, 1)
CONTEXT = RenderContext(("fr", "en"))
SMALL = Page(
    "Title",
    (
        KeyFigures((KeyFigure("42 %", "of the dates"),)),
        Bars((("firm", "firm"), ("vague", "vague")), (Bar("All", (999, 1)), Bar("None", (0, 3)))),
    ),
    (
        Section("First", (page_line("a line", Cell(" apart", "aside")),)),
        Section("Annexes", (), starts_annexes=True),
        Section("Table", (Table((Column(), Column("Name")), ((Cell("●", "firm"), Cell("x", "title")),), 3),), level=3),
    ),
)


def small(template: bytes | None = None) -> bytes:
    return docx.render(SMALL, CONTEXT, DAY, template)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    page = report_page(tmp_path)
    data = docx.render(page, CONTEXT, DAY)
    assert docx.render(page, CONTEXT, DAY) == data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    properties = Document(BytesIO(data)).core_properties
    assert (properties.created, properties.modified) == (properties.modified, properties.created)
    assert properties.modified is not None
    assert properties.modified.date() == DAY


def test_headings_tables_and_language_are_as_readers_need_them() -> None:
    document = Document(BytesIO(small()))
    styles = [(one.style.name, one.text) for one in document.paragraphs if one.style and one.text]
    headings = [(name, text) for name, text in styles if name.startswith(("Title", "Heading"))]
    assert headings == [("Title", "Title"), ("Heading 1", "First"), ("Heading 1", "Annexes"), ("Heading 2", "Table")]
    annexes = next(one for one in document.paragraphs if one.text == "Annexes")
    assert annexes.paragraph_format.page_break_before
    figures, bars, table = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["●", "x"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    captions = [one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for one in (figures, bars, table)]
    assert captions == ["Title", "All : firm : 999, vague : 1 ; None : vague : 3", "Table"]
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    assert document.core_properties.language == "fr"
    fields = document.sections[0].footer.paragraphs[0]._p.findall(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_bars_are_whole_and_show_what_is_small() -> None:
    table = Document(BytesIO(small())).tables[1]
    spans = [[cell.grid_span for cell in dict.fromkeys(row.cells)] for row in table.rows]
    assert spans == [[18, 41, 1], [18, 42]]


def test_hostile_texts_stay_texts() -> None:
    text = f"{HOSTILE}\x00\x0b\ufffe\ud800 {{{{ 7*7 }}}} &amp; {{ PAGE }}"
    page = Page(text, (page_line(text),), (Section(text, (Table((Column(text),), ((Cell(text),),)),)),))
    document = Document(BytesIO(docx.render(page, CONTEXT, DAY)))
    shown = [one.text for one in document.paragraphs if one.text] + [document.tables[0].rows[1].cells[0].text]
    assert all("<script>globalThis.ran=1</script>" in one and "{{ 7*7 }} &amp; { PAGE }" in one for one in shown)
    assert not any(character in one for one in shown for character in "\x00\x0b\x1b\u202e\ufffe")


def test_a_template_gives_its_styles_header_and_footer() -> None:
    document = Document(BytesIO(small()))
    document.styles["Title"].font.name = "Georgia"
    document.styles["Report Figure"].font.name = "Georgia"
    document.sections[0].header.paragraphs[0].text = "Letterhead"
    document.add_paragraph("Old text")
    saved = BytesIO()
    document.save(saved)
    again = Document(BytesIO(small(saved.getvalue())))
    assert [again.styles[name].font.name for name in ("Title", "Report Figure")] == ["Georgia", "Georgia"]
    assert again.sections[0].header.paragraphs[0].text == "Letterhead"
    assert [one.text for one in again.paragraphs].count("First") == 1
    assert "Old text" not in {one.text for one in again.paragraphs}
    assert small(saved.getvalue()) == small(saved.getvalue())


def with_part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda found: found.update({name: content})


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        assert old in found[name]
        found[name] = found[name].replace(old, new, 1)

    return change


RELATION = b'<Relationship Id="x" Type="t/%s" Target="https://example.org/x" TargetMode="%s"/></Relationships>'
REFUSED = {
    "macros": with_part("word/vbaProject.bin"),
    "docm": replaced(
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ),
    "dotx": replaced("[Content_Types].xml", b"document.main+xml", b"template.main+xml"),
    "link": replaced("word/_rels/document.xml.rels", b"</Relationships>", RELATION % (b"hyperlink", b"External")),
    "picture": replaced("word/_rels/document.xml.rels", b"</Relationships>", RELATION % (b"image", b"EXTERNAL")),
    "field": replaced("word/document.xml", b"<w:t>First", b"<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE x"
    b"</w:instrText><w:t>First"),
    "embedded": with_part("word/embeddings/oleObject1.bin"),
    "entities": replaced("word/styles.xml", b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles'),
    "bomb": with_part("word/media/zeros.xml", b"0" * (65 * 1024 * 1024)),
    "parts": lambda found: found.update({f"word/x{number}.bin": b"" for number in range(1001)}),
    "cut": replaced("word/document.xml", b"</w:document>", b""),
    "no document": lambda found: found.pop("word/document.xml") and None,
    "wrong styles": replaced("word/styles.xml", b'w:type="table" w:customStyle="1" w:styleId="ReportTable"',
                             b'w:type="character" w:customStyle="1" w:styleId="ReportTable"'),
}  # fmt: skip


@pytest.fixture(scope="module")
def small_parts() -> dict[str, bytes]:
    return parts(small())


@pytest.mark.parametrize("fault", REFUSED)
def test_a_template_that_runs_or_loads_something_is_refused(fault: str, small_parts: dict[str, bytes]) -> None:
    found = dict(small_parts)
    REFUSED[fault](found)
    template = zip_bytes(found.items())
    assert len(template) < 1024 * 1024
    with pytest.raises(TemplateError):
        small(template)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError):
        open_template(data)


def test_the_command_writes_a_document(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    (tmp_path / "look.docx").write_bytes(small())
    outcome = run("report", "--today", "2017-09-01", "-o", "r.docx", "--template", "look.docx", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (0, "r.docx\n"), outcome.err
    assert Document(str(tmp_path / "r.docx")).paragraphs[0].text == "The plan: report"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "docx"),
        ("--format", "docx", "-o", "-"),
        ("--format", "html", "--template", "look.docx"),
        ("-o", "r.docx", "--template", "nowhere.docx"),
        ("-o", "r.docx", "--template", "."),
        ("-o", "r.docx", "--template", "waves/housing.yaml"),
    ],
)
def test_the_command_refuses_what_cannot_be(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    (tmp_path / "look.docx").write_bytes(small())
    outcome = run("report", *arguments, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert not (tmp_path / "r.docx").exists()


def test_without_the_package_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    monkeypatch.setattr(report_command, "find_spec", lambda _: None)
    outcome = run("report", "-o", "r.docx", cwd=tmp_path)
    assert outcome.code == 2
    assert "wavectl[docx]" in outcome.err
