"""A page for people at a console: coloured and as wide as the screen, or plain aligned columns in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from wavectl.diagnostics import msg
from wavectl.render.context import RenderContext
from wavectl.render.document import RICH_STYLES, Cell, Page, PageBlock, PageLine, Table
from wavectl.text.terminal import cell_width, pad_column, printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_COLUMN_GAP = 2
_MAX_WORD_WIDTH = 16
"""How long a word may be to keep its column from becoming narrower, in cells."""
_MIN_COLUMN_WIDTH = 3
"""How narrow the columns of a screen that has no room at all become, in cells."""


def render(page: Page, context: RenderContext) -> str:
    """Return the page: drawn by rich where there is a screen, plain where there is none."""
    lines = _plain_lines(page, context) if context.width is None else _rich_lines(page, context)
    return "".join(f"{text.rstrip()}\n" for text in lines)


def _headed_blocks(page: Page) -> Iterator[tuple[Cell, tuple[PageBlock, ...]]]:
    """Return what stands on the page in order: a heading, and the parts below it."""
    yield Cell(page.title, "title"), page.lead
    for section in page.sections:
        yield Cell(section.heading, "title"), section.blocks
    if page.notes:
        yield Cell(""), page.notes


def omitted_rows_text(table: Table, context: RenderContext) -> str:
    """Return how many rows are not shown, and how to see them."""
    return context.format_message(msg("and {count} more (all with --limit 0)", count=table.omitted_rows))


# -- in a pipe


def _plain_lines(page: Page, context: RenderContext) -> Iterator[str]:
    for number, (heading, parts) in enumerate(_headed_blocks(page)):
        yield from [""] * bool(number)
        yield from [printable(heading.text)] if heading.text else []
        for part in parts:
            yield from _block_lines(part, context)


def _block_lines(block: PageBlock, context: RenderContext) -> Iterator[str]:
    if isinstance(block, PageLine):
        yield "".join(printable(cell.text) for cell in block.cells)
    elif isinstance(block, Table):
        both = zip(block.columns, _column_texts(block), strict=True)
        columns = [pad_column(texts, align_right=column.align_right) for column, texts in both]
        yield from ("  ".join(row) for row in zip(*columns, strict=True))
        yield from [omitted_rows_text(block, context)] if block.omitted_rows else []
    else:
        yield printable(block.excerpt)


def _column_texts(table: Table) -> list[list[str]]:
    """Return the texts of each column, its heading among them where the table has headings."""
    head = [[printable(column.heading)] if table.has_headings else [] for column in table.columns]
    return [[*head[place], *(printable(row[place].text) for row in table.rows)] for place in range(len(table.columns))]


# -- on a screen


def _rich_lines(page: Page, context: RenderContext) -> list[str]:
    from rich.text import Text

    out = StringIO()
    console = context.create_console(out)
    for number, (heading, parts) in enumerate(_headed_blocks(page)):
        if number:
            console.print()
        if heading.text:
            console.print(_rich_text(heading))
        for part in parts:
            console.print(_rich_block(part, context))
            if isinstance(part, Table) and part.omitted_rows:
                console.print(Text(omitted_rows_text(part, context), style=RICH_STYLES["aside"]))
    return out.getvalue().splitlines()


def _rich_text(cell: Cell) -> Text:
    from rich.text import Text

    return Text(printable(cell.text), style=RICH_STYLES.get(cell.style, ""))


def _rich_block(block: PageBlock, context: RenderContext) -> RenderableType:
    from rich.table import Table as Grid
    from rich.text import Text

    if isinstance(block, PageLine):
        return Text.assemble(*map(_rich_text, block.cells))
    if not isinstance(block, Table):
        return Text(printable(block.excerpt))
    grid = Grid(
        box=None, show_header=block.has_headings, padding=(0, _COLUMN_GAP, 0, 0), pad_edge=False, header_style="dim"
    )
    for column, width in zip(block.columns, column_widths(block, context.width or 0), strict=True):
        grid.add_column(
            Text(printable(column.heading)),
            width=width,
            overflow="fold",
            justify="right" if column.align_right else "left",
        )
    for row in block.rows:
        grid.add_row(*map(_rich_text, row))
    return grid


def column_widths(table: Table, width: int) -> list[int]:
    """Return the widths of the columns, so that all of them fit into ``width`` cells: the widest gives way first.

    First the texts fold between words, and the headings of numbers do; where that is not enough, headings are cut, then
    everything is.
    """
    texts = _column_texts(table)
    chosen = [max(map(cell_width, column), default=0) for column in texts]
    room = width - _COLUMN_GAP * (len(chosen) - 1)
    body = [max((cell_width(row[place].text) for row in table.rows), default=0) for place in range(len(chosen))]
    words = [_longest_word(column) for column in texts]
    folded = [
        max(whole, word) if column.align_right else max(column.min_width, min(word, _MAX_WORD_WIDTH))
        for column, whole, word in zip(table.columns, body, words, strict=True)
    ]
    cut = [whole if column.align_right else column.min_width for column, whole in zip(table.columns, body, strict=True)]
    for least in (folded, cut, [_MIN_COLUMN_WIDTH] * len(chosen)):
        bound = [min(most, one) for most, one in zip(chosen, least, strict=True)]
        while sum(chosen) > room and chosen != bound:
            place = max(range(len(chosen)), key=lambda at: (chosen[at] > bound[at], chosen[at], at))
            chosen[place] -= 1
    return chosen


def _longest_word(texts: list[str]) -> int:
    return max((cell_width(word) for text in texts for word in text.split(" ")), default=0)
