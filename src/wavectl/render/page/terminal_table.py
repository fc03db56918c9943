"""A page as text: coloured and wrapped to the screen, or plain in a pipe."""

from collections.abc import Iterable, Iterator, Sequence

from wavectl.diagnostics import msg
from wavectl.render.colours import sgr_code
from wavectl.render.context import RenderContext
from wavectl.render.page import Bars, Cell, Column, KeyFigures, Page, PageBlock, PageLine, Prose, Table, as_lines
from wavectl.text.terminal import cell_width, printable, wrap_spans

_COLUMN_GAP = 2
_MIN_COLUMN_WIDTH = 3
"""The width of a column on a screen that is far too narrow, in cells."""

_Line = tuple[str, int]
"""A line with its SGR codes, and its width in cells."""


def render(page: Page, context: RenderContext) -> str:
    """Return the page, as wide as the screen; without one, no line is wrapped."""
    return "".join(f"{line.rstrip()}\n" for line in _page_lines(page, context))


def _page_lines(page: Page, context: RenderContext) -> Iterator[str]:
    head = [Cell(page.title, "title", page.bar)] if page.title else []
    blocks: list[PageBlock] = [PageLine(tuple(head)), *page.lead] if head else [*page.lead]
    sections = [(section.heading, section.blocks) for section in page.sections]
    yield from (line for block in blocks for line in _block_lines(block, context))
    for heading, section_blocks in [*sections, *([("", page.notes)] if page.notes else [])]:
        yield ""
        yield from (line for line, _ in _flow(Cell(heading, "title"), context.width, context) if heading)
        yield from (line for block in section_blocks for line in _block_lines(block, context))


def _block_lines(block: PageBlock, context: RenderContext) -> Iterator[str]:
    if isinstance(block, PageLine):
        width = context.width and max(context.width - block.indent, 1)
        hang = block.hang if width and width > 2 * block.hang else 0
        for number, (line, _) in enumerate(_flow(Cell("", more=block.cells), width, context, hang)):
            yield " " * (block.indent + (hang if number else 0)) + line
    elif isinstance(block, Prose):
        yield from (line for line, _ in _flow(Cell(block.excerpt), context.width, context))
    else:
        block = as_lines(block, context) if isinstance(block, KeyFigures | Bars) else block
        yield from _table_lines(block, context)
        if block.omitted_rows:
            omitted = msg("and {count} more (all with --limit 0)", count=block.omitted_rows)
            style = "aside" if context.width else ""
            yield from (line for line, _ in _flow(Cell(context.format_message(omitted), style), context.width, context))


def _table_lines(table: Table, context: RenderContext) -> Iterator[str]:
    widths = column_widths(table.columns, table.rows, context)

    def row_lines(row: Iterable[Cell], *, at_bottom: bool = False) -> Iterator[str]:
        """Return the lines of a row; only texts are painted, never the space around them."""
        cells = [_flow(cell, width, context) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        for number in range(height):
            parts = []
            for lines, column, width in zip(cells, table.columns, widths, strict=True):
                at = number - (height - len(lines) if at_bottom else 0)
                text, length = lines[at] if 0 <= at < len(lines) else ("", 0)
                space = " " * (width - length)
                parts.append(space + text if column.align_right else text + space)
            yield (" " * _COLUMN_GAP).join(parts)

    if table.has_headings:
        yield from row_lines((Cell(column.heading, "aside") for column in table.columns), at_bottom=True)
    for number, row in enumerate(table.rows):
        if number in table.breaks:
            yield context.paint(printable(table.breaks[number]), sgr_code("title"))
        yield from row_lines(row)


def _parts(cell: Cell, context: RenderContext) -> Iterator[tuple[str, str]]:
    """Return the texts of a cell and their styles."""
    if cell.bar and context.width:
        yield "▌", cell.bar
    yield printable(cell.text), cell.style
    for more in cell.more:
        yield from _parts(more, context)


def _flow(cell: Cell, width: int | None, context: RenderContext, hang: int = 0) -> list[_Line]:
    """Return the lines of a cell, wrapped to a width; all but the first leave ``hang`` cells free."""
    parts = list(_parts(cell, context))
    text = "".join(part for part, _ in parts)
    lines = []
    for start, end in wrap_spans(text, width, hang) if width else [(0, len(text))]:
        painted, at = "", 0
        for part, style in parts:
            shown = part[max(start - at, 0) : max(end - at, 0)]
            painted += context.paint(shown, sgr_code(style)) if style and shown else shown
            at += len(part)
        lines.append((painted, cell_width(text[start:end])))
    return lines


def column_widths(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], context: RenderContext) -> list[int]:
    """Return the widths of the columns, in cells; on a screen they fit, and the widest shrinks first.

    Columns shrink in three steps: to their minimum width or longest word, whichever is wider (numbers to their full
    width, so that only headings wrap); to their minimum width; to ``_MIN_COLUMN_WIDTH``.
    """
    texts = [["".join(part for part, _ in _parts(row[at], context)) for row in rows] for at in range(len(columns))]
    cells = [max(map(cell_width, column), default=0) for column in texts]
    headings = [printable(column.heading) for column in columns]
    widths = [
        column.width or max(cell, cell_width(heading))
        for column, cell, heading in zip(columns, cells, headings, strict=True)
    ]
    if context.width is None:
        return widths
    room = context.width - _COLUMN_GAP * (len(widths) - 1)
    words = [
        max((cell_width(word) for text in (heading, *column) for word in text.split(" ")), default=0)
        for heading, column in zip(headings, texts, strict=True)
    ]
    whole = [
        max(number, word) if column.align_right else max(column.min_width, word)
        for column, number, word in zip(columns, cells, words, strict=True)
    ]
    cut = [number if column.align_right else column.min_width for column, number in zip(columns, cells, strict=True)]
    for minimum in (whole, cut, [_MIN_COLUMN_WIDTH] * len(widths)):
        minimum = [min(natural, least) for natural, least in zip(widths, minimum, strict=True)]
        while sum(widths) > room and widths != minimum:
            widest = max(range(len(widths)), key=lambda at: (widths[at] > minimum[at], widths[at], at))
            widths[widest] -= 1
    return widths
