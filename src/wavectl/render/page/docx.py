"""A page as a Word document (Office Open XML, ISO/IEC 29500): its first page, then its annexes.

All that people may want to look otherwise is in named styles: a report with other styles is the template of the next
one. A template is a file from somewhere: it is read within bounds, and may neither run nor load anything. The same
page gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from wavectl.files import zip_bytes
from wavectl.render.colours import LIGHT_COLOURS
from wavectl.render.context import RenderContext
from wavectl.render.page import (
    Bars,
    Cell,
    KeyFigures,
    Page,
    PageBlock,
    PageLine,
    Prose,
    Section,
    Table,
    cell_spans,
    item_cells,
)
from wavectl.render.page.docx_template import open_template, read_archive, refusing_damaged
from wavectl.text.escaping import replace_invalid_xml
from wavectl.text.terminal import printable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph

_FONT = "Arial"
_SIZES = {"Normal": 8.5, "Title": 17, "Subtitle": 9, "Heading 1": 11, "Heading 2": 10.5, "Heading 3": 9.5}
_SIZES |= {"List Bullet": 8.5, "Footer": 7.5}
"""The sizes of the styles that Word has too, in points."""
_COLOURS = {
    **{name: LIGHT_COLOURS[name] for name in ("firm", "vague", "postponed", "cancelled")},
    **dict.fromkeys(("open", "gap", "warning"), LIGHT_COLOURS["vague"]),
    **dict.fromkeys(("late", "error"), LIGHT_COLOURS["cancelled"]),
    **dict.fromkeys(("aside", "hint", "undated"), LIGHT_COLOURS["muted"]),
    "provisional": LIGHT_COLOURS["today"],
}
"""The colours of the character styles, and of the parts of bars."""
_BOLD = ("title", "late", "error")
_LANGUAGES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR"}
"""The languages as spelling checkers know them."""
_BAR_STEPS, _LABEL_STEPS = 42, 18
"""The columns of a bar and of its label; Word takes 63 in a table."""
_TEXT_WIDTH, _CHARACTER, _BOLD_WIDTH, _PADDING = Mm(178), Mm(1.85), 1.15, Mm(4)
"""The width of the text on A4, of a character in a table, how much wider bold ones are, and the space in a cell."""
_MAX_CHARACTERS, _MAX_WORD = 60, 24
"""How many characters of a text, and of a word, count for the width of a column."""


def render(page: Page, context: RenderContext, day: date, template: bytes | None = None) -> bytes:
    """Return the document as of a day, in the styles of a template; raise ``TemplateError`` for one that is refused."""
    saved = BytesIO()
    with refusing_damaged():
        document = _open(template)
        _Writer(document, context).write(page)
        _set_properties(document, page.title, context.language, day)
        document.save(saved)
    return zip_bytes(sorted(read_archive(saved.getvalue()).items(), key=lambda part: (part[0][0] != "[", part[0])))


def _open(template: bytes | None) -> WordDocument:
    if template is None:
        document = Document()
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(16)
        section.top_margin, section.bottom_margin = Mm(12), Mm(12)
        section.footer_distance = Mm(6)
        return document
    document = open_template(template)
    body = document.element.body
    for element in list(body.iterchildren()):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return document


def _set_properties(document: WordDocument, title: str, language: str, day: date) -> None:
    """Set what says something of the document; nothing depends on the clock or on who makes it."""
    properties = document.core_properties
    properties.title, properties.language = _clean(title), language
    properties.author, properties.last_modified_by, properties.comments = "wavectl", "wavectl", ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - it has no zone
    properties.revision = 1
    defaults = document.styles.element.find(qn("w:docDefaults"))
    found = defaults.iter(qn("w:lang")) if defaults is not None else ()
    for element in [*found, *document.styles.element.iter(qn("w:lang"))]:
        element.set(qn("w:val"), _LANGUAGES.get(language, language))


def _clean(text: str) -> str:
    return replace_invalid_xml(printable(text))


class _Writer:
    """Writes blocks into a document."""

    def __init__(self, document: WordDocument, context: RenderContext) -> None:
        self._document, self._context = document, context
        self._has_bullets = "List Bullet" in document.styles
        _add_styles(document)
        self._style_ids = {(style.type, style.name): style.style_id for style in document.styles}

    def write(self, page: Page) -> None:
        """Write a page, and its title and the numbers of sheets into their foot if it has nothing."""
        self._paragraph(page.title, "Title")
        self._blocks(page.lead, page.title, "Subtitle")
        for section in page.sections:
            self._section(section)
        for line in page.notes:
            self._line(line, "Report Note")
        footer = self._document.sections[0].footer.paragraphs[0]
        if not footer.text and not len(footer.runs):
            self._set_style(footer, "Footer")
            footer.add_run(f"{_clean(page.title)} · ")
            _add_field(footer, "PAGE")
            footer.add_run(" / ")
            _add_field(footer, "NUMPAGES")

    def _section(self, section: Section) -> None:
        if section.heading:
            heading = self._paragraph(section.heading, f"Heading {section.level - 1}")
            if section.starts_annexes:
                heading.paragraph_format.page_break_before = True
        self._blocks(section.blocks, section.heading)

    def _blocks(self, blocks: Sequence[PageBlock], label: str, line_style: str = "Normal") -> None:
        for block in blocks:
            if isinstance(block, PageLine):
                self._line(block, line_style)
            elif isinstance(block, KeyFigures):
                self._figures(block, label)
            elif isinstance(block, Bars):
                self._bars(block)
            elif isinstance(block, Prose):
                self._paragraph(block.text, "Normal")
            elif block.has_headings:
                self._table(block, label)
            else:
                self._list(block)

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return self._set_style(self._document.add_paragraph(_clean(text)), style)

    def _set_style(self, paragraph: Paragraph, name: str) -> Paragraph:
        """Give a paragraph a style; python-docx itself goes through all styles each time."""
        paragraph._p.style = self._style_ids[WD_STYLE_TYPE.PARAGRAPH, name]
        return paragraph

    def _line(self, line: PageLine, style: str) -> None:
        self._add_cells(self._paragraph("", style), line.cells)

    def _add_cells(self, paragraph: Paragraph, cells: Sequence[Cell], between: str = "") -> None:
        for number, cell in enumerate(cells):
            if number and between:
                paragraph.add_run(between)
            for text, style in cell_spans(cell):
                if text:
                    run = paragraph.add_run(_clean(text))
                    if style == "title" or style in _COLOURS:
                        name = "Strong" if style == "title" else _style_name(style)
                        run._r.style = self._style_ids[WD_STYLE_TYPE.CHARACTER, name]

    def _more(self, table: Table) -> None:
        if table.omitted_rows:
            text = self._context.translate("and {count} more").format(count=table.omitted_rows)
            self._paragraph(text, "Report Note")

    def _list(self, table: Table) -> None:
        for row in table.rows:
            marks, cells = item_cells(row)
            paragraph = self._paragraph("", "List Bullet")
            if not self._has_bullets:
                paragraph.add_run("• ")
            for mark in marks:
                self._add_cells(paragraph, [mark, Cell(" ")])
            self._add_cells(paragraph, cells, " · ")
        self._more(table)

    # -- tables

    def _add_table(self, columns: int, widths: Sequence[int], label: str, style: str) -> Any:
        """Add a table without rows; ``label`` is what a screen reader says of it."""
        table = self._document.add_table(0, columns, self._document.styles[style])
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for name in ("w:tblCaption", "w:tblDescription"):
            element = OxmlElement(name)
            element.set(qn("w:val"), _clean(label))
            table._tbl.tblPr.append(element)
        return table

    def _table(self, block: Table, label: str) -> None:
        widths = _column_widths(block)
        table = self._add_table(len(block.columns), widths, label, "Report Table")
        heading = table.add_row()
        _mark_row(heading, "w:tblHeader")
        for cell, column in zip(heading.cells, block.columns, strict=True):
            self._fill(cell, [Cell(column.heading)], "Report Table Heading", align_right=column.align_right)
        for row in block.rows:
            added = table.add_row()
            for cell, column, content in zip(added.cells, block.columns, row, strict=True):
                self._fill(cell, [content], "Report Table Text", align_right=column.align_right)
        for one in table.rows:
            _mark_row(one, "w:cantSplit")
            for cell, width in zip(one.cells, widths, strict=True):
                cell.width = width
        self._more(block)
        self._paragraph("", "Report Space")

    def _fill(self, cell: WordCell, content: Sequence[Cell], style: str, *, align_right: bool = False) -> None:
        paragraph = self._set_style(cell.paragraphs[0], style)
        if align_right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._add_cells(paragraph, content)

    def _figures(self, block: KeyFigures, label: str) -> None:
        width = int(_TEXT_WIDTH / max(len(block.figures), 1))
        table = self._add_table(len(block.figures), [width] * len(block.figures), label, "Normal Table")
        for cell, figure in zip(table.add_row().cells, block.figures, strict=True):
            cell.width = width
            self._fill(cell, [Cell(figure.value)], "Report Figure")
            self._set_style(cell.add_paragraph(_clean(figure.label)), "Report Figure Label")
            if figure.note:
                self._set_style(cell.add_paragraph(_clean(figure.note)), "Report Note")
        self._paragraph("", "Report Space")

    def _bars(self, block: Bars) -> None:
        """Write bars as rows of coloured cells with their numbers; each spans columns of a fine grid."""
        if not block.bars:
            return
        key = self._paragraph("", "Report Note")
        for kind, label in block.parts:
            self._add_cells(key, [Cell("■ ", kind), Cell(f"{label}   ")])
        steps = _LABEL_STEPS + _BAR_STEPS
        step = int(_TEXT_WIDTH / steps)
        alternative = self._context.join(
            self._context.labelled(bar.label, block.describe(bar, self._context)) for bar in block.bars
        )
        table = self._add_table(steps, [step] * steps, alternative, "Normal Table")
        for bar in block.bars:
            cells = table.add_row().cells
            label_cell = cells[0].merge(cells[_LABEL_STEPS - 1])
            self._fill(label_cell, [Cell(bar.label)], "Report Table Text")
            start = _LABEL_STEPS
            for (kind, _), number, length in zip(block.parts, bar.parts, _lengths(bar.parts), strict=True):
                if number:
                    part = cells[start].merge(cells[start + length - 1])
                    self._fill(part, [Cell(str(number))], "Report Bar")
                    _shade(part, _COLOURS[kind])
                start += length
        self._paragraph("", "Report Space")


def _lengths(parts: Sequence[int]) -> list[int]:
    """Return the columns of each part of a bar: together all of it, and one at least for what is there."""
    total = sum(parts)
    lengths = [max(1, number * _BAR_STEPS // total) if number else 0 for number in parts]
    lengths[max(range(len(parts)), key=parts.__getitem__)] += _BAR_STEPS - sum(lengths)
    return lengths


def _column_widths(table: Table) -> list[int]:
    """Return the widths of columns: that of the longest word, then what is left by the length of the texts."""
    least, wanted = [], []
    for number, column in enumerate(table.columns):
        texts = [column.heading, *(row[number].whole for row in table.rows)]
        character = _CHARACTER * (_BOLD_WIDTH if any(row[number].style in _BOLD for row in table.rows) else 1)
        words = texts[1:] if column.align_right else []  # a number and its sign stay together
        word = max(map(len, (*words, *(word for text in texts for word in text.split()))), default=1)
        least.append(_PADDING + character * min(word, _MAX_WORD))
        wanted.append(_PADDING + character * min(max(map(len, texts)), _MAX_CHARACTERS))
    left = _TEXT_WIDTH - sum(least)
    if left < 0:
        return [int(_TEXT_WIDTH * width / sum(least)) for width in least]
    more = [max(want - width, 0) + 1 for want, width in zip(wanted, least, strict=True)]
    return [int(width + left * extra / sum(more)) for width, extra in zip(least, more, strict=True)]


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: WordCell, colour: str) -> None:
    """Give a cell a background, and white around it."""
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour.removeprefix("#"))):
        shading.set(qn(name), value)
    borders = OxmlElement("w:tcBorders")
    for side in ("w:top", "w:left", "w:bottom", "w:right"):
        border = OxmlElement(side)
        for name, value in (("w:val", "single"), ("w:sz", "12"), ("w:space", "0"), ("w:color", "FFFFFF")):
            border.set(qn(name), value)
        borders.append(border)
    properties = cell._tc.get_or_add_tcPr()
    properties.append(borders)
    properties.append(shading)


def _add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field, which shows 1 until a program has counted the pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


# -- styles


def _style_name(style: str) -> str:
    return f"Report {style.capitalize()}"


def _add_styles(document: WordDocument) -> None:
    """Add the styles that the document does not have yet."""
    is_own = "Report Table Text" not in document.styles and "Report Figure" not in document.styles
    if is_own and not any(paragraph.text for paragraph in document.paragraphs):
        _set_look(document)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Footer"):
        _style(document, name, lambda _: None, builtin=True)
    _style(document, "Report Table Text", _spaced(8, 0.5))
    _style(document, "Report Table Heading", _spaced(7.5, 0.5, LIGHT_COLOURS["muted"], keep_with_next=True))
    _style(document, "Report Figure", _spaced(18, 0, bold=True))
    _style(document, "Report Figure Label", _spaced(9, 0))
    _style(document, "Report Note", _spaced(7.5, 1, LIGHT_COLOURS["muted"]))
    _style(document, "Report Bar", _spaced(8, 0.5, "#ffffff", bold=True))
    _style(document, "Report Space", _spaced(3, 0))
    for style, colour in _COLOURS.items():
        _character_style(document, _style_name(style), colour, bold=style in _BOLD)
    if "Strong" not in document.styles:
        _character_style(document, "Strong", None, bold=True)
    if "Report Table" not in document.styles:
        _add_table_style(document)


def _set_look(document: WordDocument) -> None:
    """Set how a document without a template looks: one family, black headings, little space."""
    for name, size in _SIZES.items():
        if name not in document.styles:
            continue
        style: Any = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.italic, style.font.color.rgb = False, RGBColor.from_string(LIGHT_COLOURS["ink"][1:].upper())
        style.paragraph_format.space_before = Pt(4 if name.startswith("Heading") else 0)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
    title: Any = document.styles["Title"]
    title.font.bold = True
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)


def _style(document: WordDocument, name: str, dress: Callable[[Any], None], *, builtin: bool = False) -> None:
    if name not in document.styles:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
        style.base_style = document.styles["Normal"]
        dress(style)


def _spaced(
    size: float, space: float, colour: str | None = None, *, bold: bool = False, keep_with_next: bool = False
) -> Callable[[Any], None]:
    """Return a function that gives a paragraph style a size, the space around it, both in points, and a colour."""

    def dress(style: ParagraphStyle) -> None:
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(space)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.keep_with_next = keep_with_next or None
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour[1:].upper())

    return dress


def _character_style(document: WordDocument, name: str, colour: str | None, *, bold: bool) -> None:
    if name not in document.styles:
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.bold = bold or None
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour[1:].upper())


def _add_table_style(document: WordDocument) -> None:
    """Add the style of tables: a thin line below each row."""
    style = document.styles.add_style("Report Table", WD_STYLE_TYPE.TABLE)
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for name in ("w:bottom", "w:insideH"):
        border = OxmlElement(name)
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LIGHT_COLOURS["year"][1:])):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    properties.append(borders)
    style.element.append(properties)
