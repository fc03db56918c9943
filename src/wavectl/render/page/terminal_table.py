"""A page as text: coloured and as wide as the screen, or plain aligned columns in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Literal

from wavectl.diagnostics import msg
from wavectl.render.context import STATE_STYLES, RenderContext
from wavectl.render.page import Cell, Column, Page, PageBlock, PageLine, Prose, Table
from wavectl.text.terminal import cell_width, pad_column, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

RICH_STYLES: Mapping[str, str] = {
    **STATE_STYLES, "title": "bold", "aside": "dim", "slogan": "italic", "struck": "strike", "late": "bold red",
    "gap": "yellow", "error": "bold red", "warning": "bold yellow", "note": "cyan",
}  # fmt: skip
"""The styles that a cell can have, as rich names them."""
_COLUMN_GAP = 2
_MAX_WORD_WIDTH = 16
"""A longer word does not keep its column from becoming narrower; in cells."""
_MIN_COLUMN_WIDTH = 3
"""The width of a column on a screen that is far too narrow, in cells."""
_ROWS_PER_RICH_TABLE = 500


def render(page: Page, context: RenderContext) -> str:
    """Return the page, rendered by rich if ``context`` has a screen width, else as plain text."""
    lines = _plain_lines(page, context) if context.width is None else _rich_lines(page, context, context.width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _headed_blocks(page: Page) -> Iterator[tuple[Cell, tuple[PageBlock, ...]]]:
    """Return the headings of the page in order, each with the blocks below it."""
    yield Cell(page.title, "title"), page.lead
    for section in page.sections:
        yield Cell(section.heading, "title"), section.blocks
    if page.notes:
        yield Cell(""), page.notes


def _omitted_rows_text(table: Table, context: RenderContext) -> str:
    return context.format_message(msg("and {count} more (all with --limit 0)", count=table.omitted_rows))


# -- in a pipe


def _plain_lines(page: Page, context: RenderContext) -> Iterator[str]:
    for number, (heading, blocks) in enumerate(_headed_blocks(page)):
        if number:
            yield ""
        if heading.text:
            yield printable(heading.text)
        for block in blocks:
            yield from _plain_block(block, context)


def _plain_block(block: PageBlock, context: RenderContext) -> Iterator[str]:
    if isinstance(block, PageLine):
        yield " " * block.indent + "".join(printable(cell.text) for cell in block.cells)
    elif isinstance(block, Prose):
        yield printable(block.excerpt)
    else:
        columns = [
            pad_column(texts, align_right=column.align_right)
            for column, texts in zip(block.columns, _column_texts(block.columns, block.rows), strict=True)
        ]
        yield from ((" " * _COLUMN_GAP).join(row) for row in zip(*columns, strict=True))
        if block.omitted_rows:
            yield _omitted_rows_text(block, context)


def _column_texts(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> list[list[str]]:
    """Return the texts of each column; the first one is its heading if any column has a heading."""
    texts = [[printable(cell.text) for cell in cells] for cells in zip(*rows, strict=True)] or [[] for _ in columns]
    if not any(column.heading for column in columns):
        return texts
    return [[printable(column.heading), *cells] for column, cells in zip(columns, texts, strict=True)]


# -- on a screen


def _rich_lines(page: Page, context: RenderContext, width: int) -> list[str]:
    out = StringIO()
    console = context.create_console(out)
    aligned = _aligned_widths(page, width)
    for number, (heading, blocks) in enumerate(_headed_blocks(page)):
        if number:
            console.print()
        if heading.text:
            console.print(_rich_text(heading))
        for block in blocks:
            _print_block(block, console, width, aligned, context)
    return out.getvalue().splitlines()


def _rich_text(cell: Cell) -> Text:
    from rich.text import Text

    return Text(printable(cell.text), style=RICH_STYLES.get(cell.style, ""))


def _print_block(
    block: PageBlock, console: Console, width: int, aligned: list[int] | None, context: RenderContext
) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if isinstance(block, PageLine):
        console.print(Padding(Text.assemble(*map(_rich_text, block.cells)), (0, 0, 0, block.indent), expand=False))
    elif isinstance(block, Prose):
        console.print(Text(printable(block.excerpt)))
    else:
        widths = aligned or column_widths(block.columns, block.rows, width)
        for start in range(0, max(len(block.rows), 1), _ROWS_PER_RICH_TABLE):
            part = block._replace(rows=block.rows[start : start + _ROWS_PER_RICH_TABLE])
            _print_table(part, widths, console, headings=block.has_headings and not start)
        if block.omitted_rows:
            console.print(_rich_text(Cell(_omitted_rows_text(block, context), "aside")))


def _print_table(table: Table, widths: Sequence[int], console: Console, *, headings: bool) -> None:
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=None, show_header=headings, padding=(0, _COLUMN_GAP, 0, 0), pad_edge=False, header_style="dim")
    for column, width in zip(table.columns, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.align_right else "left"
        grid.add_column(Text(printable(column.heading)), width=width, overflow="fold", justify=justify)
    for row in table.rows:
        grid.add_row(*map(_rich_text, row))
    console.print(grid)


# -- widths of columns


def _aligned_widths(page: Page, width: int) -> list[int] | None:
    """Return the widths that all tables of the page share; None if each table has its own."""
    tables = [block for _, blocks in _headed_blocks(page) for block in blocks if isinstance(block, Table)]
    if not (page.align_tables and tables):
        return None
    return column_widths(tables[0].columns, [row for table in tables for row in table.rows], width)


def column_widths(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], width: int) -> list[int]:
    """Return the widths of the columns, in cells, so that they fit into ``width`` cells: the widest shrinks first.

    Columns shrink in three steps: to their minimum width or longest word, whichever is wider (numbers to their full
    width, so that only headings wrap); to their minimum width; to ``_MIN_COLUMN_WIDTH``.
    """
    texts = _column_texts(columns, rows)
    widths = [max(map(cell_width, column), default=0) for column in texts]
    room = width - _COLUMN_GAP * (len(widths) - 1)
    cells = [max((cell_width(row[index].text) for row in rows), default=0) for index in range(len(widths))]
    words = [max((cell_width(word) for text in column for word in text.split(" ")), default=0) for column in texts]
    wrapped = [
        max(number, word) if column.align_right else max(column.min_width, min(word, _MAX_WORD_WIDTH))
        for column, number, word in zip(columns, cells, words, strict=True)
    ]
    cut = [number if column.align_right else column.min_width for column, number in zip(columns, cells, strict=True)]
    for minimum in (wrapped, cut, [_MIN_COLUMN_WIDTH] * len(widths)):
        minimum = [min(natural, least) for natural, least in zip(widths, minimum, strict=True)]
        while sum(widths) > room and widths != minimum:
            widest = max(range(len(widths)), key=lambda at: (widths[at] > minimum[at], widths[at], at))
            widths[widest] -= 1
    return widths
