"""A page for people at a console: coloured and as wide as the screen, or plain aligned columns in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from wavectl.diagnostics import say
from wavectl.render.context import Look
from wavectl.render.document.page import COLOURS, Cell, Line, Page, Part, Table
from wavectl.text.terminal import aligned, cells, printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_GAP = 2
_WORD = 16
"""How long a word may be to keep its column from becoming narrower, in cells."""
_NARROWEST = 3
"""How narrow the columns of a screen that has no room at all become, in cells."""


def form(page: Page, look: Look) -> str:
    """Return the page: drawn by rich where there is a screen, plain where there is none."""
    lines = _plain(page, look) if look.width is None else _drawn(page, look)
    return "".join(f"{text.rstrip()}\n" for text in lines)


def _blocks(page: Page) -> Iterator[tuple[Cell, tuple[Part, ...]]]:
    """Return what stands on the page in order: a heading, and the parts below it."""
    yield Cell(page.title, "title"), page.lead
    for section in page.sections:
        yield Cell(section.heading, "title"), section.parts
    if page.notes:
        yield Cell(""), page.notes


def left_out(table: Table, look: Look) -> str:
    """Return how many rows are not shown, and how to see them."""
    return look.tell(say("and {count} more (all with --limit 0)", count=table.more))


# -- in a pipe


def _plain(page: Page, look: Look) -> Iterator[str]:
    for number, (heading, parts) in enumerate(_blocks(page)):
        yield from [""] * bool(number)
        yield from [printable(heading.text)] if heading.text else []
        for part in parts:
            yield from _lines(part, look)


def _lines(part: Part, look: Look) -> Iterator[str]:
    if isinstance(part, Line):
        yield "".join(printable(cell.text) for cell in part.cells)
    elif isinstance(part, Table):
        both = zip(part.columns, _texts(part), strict=True)
        columns = [aligned(texts, right=column.right) for column, texts in both]
        yield from ("  ".join(row) for row in zip(*columns, strict=True))
        yield from [left_out(part, look)] if part.more else []
    else:
        yield printable(part.opening)


def _texts(table: Table) -> list[list[str]]:
    """Return the texts of each column, its heading among them where the table has headings."""
    head = [[printable(column.heading)] if table.headed else [] for column in table.columns]
    return [[*head[place], *(printable(row[place].text) for row in table.rows)] for place in range(len(table.columns))]


# -- on a screen


def _drawn(page: Page, look: Look) -> list[str]:
    from rich.text import Text

    out = StringIO()
    console = look.console(out)
    for number, (heading, parts) in enumerate(_blocks(page)):
        if number:
            console.print()
        if heading.text:
            console.print(_text(heading))
        for part in parts:
            console.print(_part(part, look))
            if isinstance(part, Table) and part.more:
                console.print(Text(left_out(part, look), style=COLOURS["aside"]))
    return out.getvalue().splitlines()


def _text(cell: Cell) -> Text:
    from rich.text import Text

    return Text(printable(cell.text), style=COLOURS.get(cell.style, ""))


def _part(part: Part, look: Look) -> RenderableType:
    from rich.table import Table as Grid
    from rich.text import Text

    if isinstance(part, Line):
        return Text.assemble(*map(_text, part.cells))
    if not isinstance(part, Table):
        return Text(printable(part.opening))
    grid = Grid(box=None, show_header=part.headed, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    for column, width in zip(part.columns, widths(part, look.width or 0), strict=True):
        grid.add_column(
            Text(printable(column.heading)), width=width, overflow="fold", justify="right" if column.right else "left"
        )
    for row in part.rows:
        grid.add_row(*map(_text, row))
    return grid


def widths(table: Table, width: int) -> list[int]:
    """Return the widths of the columns, so that all of them fit into ``width`` cells: the widest gives way first.

    First the texts fold between words, and the headings of numbers do; where that is not enough, headings are cut, then
    everything is.
    """
    texts = _texts(table)
    chosen = [max(map(cells, column), default=0) for column in texts]
    room = width - _GAP * (len(chosen) - 1)
    body = [max((cells(row[place].text) for row in table.rows), default=0) for place in range(len(chosen))]
    words = [_longest_word(column) for column in texts]
    folded = [
        max(whole, word) if column.right else max(column.least, min(word, _WORD))
        for column, whole, word in zip(table.columns, body, words, strict=True)
    ]
    cut = [whole if column.right else column.least for column, whole in zip(table.columns, body, strict=True)]
    for least in (folded, cut, [_NARROWEST] * len(chosen)):
        bound = [min(most, one) for most, one in zip(chosen, least, strict=True)]
        while sum(chosen) > room and chosen != bound:
            place = max(range(len(chosen)), key=lambda at: (chosen[at] > bound[at], chosen[at], at))
            chosen[place] -= 1
    return chosen


def _longest_word(texts: list[str]) -> int:
    return max((cells(word) for text in texts for word in text.split(" ")), default=0)
