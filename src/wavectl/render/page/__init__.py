"""Pages built from headings, lines, tables and bars, rendered as text, Markdown or HTML by the modules beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from wavectl.render.context import STATE_LABELS, STATE_MARKS, RenderContext, legend_labels
from wavectl.text.terminal import printable


class Cell(NamedTuple):
    """A text on one line and the name of its style (see ``colours.sgr_code``), "" for none.

    ``bar`` is the colour of a bar before it on a screen. ``more`` are the texts that follow it at
    once, each with its style.
    """

    text: str
    style: str = ""
    bar: str = ""
    more: tuple[Cell, ...] = ()

    @property
    def whole(self) -> str:
        """The text with all that follows it."""
        return self.text + "".join(cell.whole for cell in self.more)


ITEM_GAP = Cell("   ")
"""Between items that stay whole where a line is wrapped."""


class Column(NamedTuple):
    """The heading of a column, whether its cells are aligned right, as numbers are, and its minimum width in cells.

    The minimum counts on a screen that is too narrow for the whole table; see ``terminal_table.column_widths``.
    ``width`` is a fixed width instead, 0 for none.
    """

    heading: str = ""
    align_right: bool = False
    min_width: int = 12
    width: int = 0


class Table(NamedTuple):
    """Rows with one cell for each column, and the number of rows that were left out.

    A table without headings is a list: one item in each row. ``breaks`` are headings across all columns, by the number
    of the row that follows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    omitted_rows: int = 0
    breaks: Mapping[int, str] = {}

    @property
    def has_headings(self) -> bool:
        """Whether any column has a heading."""
        return any(column.heading for column in self.columns)


class PageLine(NamedTuple):
    """A line of cells without space between them, indented by some cells; ``hang`` indents what is wrapped further."""

    cells: tuple[Cell, ...]
    indent: int = 0
    hang: int = 0


class Prose(NamedTuple):
    """A Markdown text of the plan, of any length, and the short excerpt that a screen shows."""

    text: str
    excerpt: str


class KeyFigure(NamedTuple):
    """A number in large type, what it counts, and a note about it ("" for none)."""

    value: str
    label: str
    note: str = ""


class KeyFigures(NamedTuple):
    """Figures side by side."""

    figures: tuple[KeyFigure, ...]


class Bar(NamedTuple):
    """A label and a bar of parts: numbers, in the order of the labels of its ``Bars``."""

    label: str
    parts: tuple[int, ...]


class Bars(NamedTuple):
    """Bars of the same parts, each as long as the others: they show shares. ``parts`` are a state and a label each."""

    parts: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]

    def describe(self, bar: Bar, context: RenderContext) -> str:
        """Return the parts of a bar in words, without those that are 0."""
        named = ((label, number) for (_, label), number in zip(self.parts, bar.parts, strict=True) if number)
        return ", ".join(context.labelled(label, str(number)) for label, number in named)


PageBlock = PageLine | Table | Prose | KeyFigures | Bars


class Section(NamedTuple):
    """A heading ("" for none) and the blocks below it.

    The title of the page has level 1. ``starts_annexes`` is True where the first page ends and the annexes begin.
    """

    heading: str
    blocks: tuple[PageBlock, ...]
    level: int = 2
    starts_annexes: bool = False


class Page(NamedTuple):
    """A title ("" for none), the blocks below it, sections, and closing notes such as a legend.

    ``bar`` is the colour of a bar before the title.
    """

    title: str
    lead: tuple[PageBlock, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[PageLine, ...] = ()
    bar: str = ""


Item = TypeVar("Item")


def page_line(*cells: Cell | str, indent: int = 0) -> PageLine:
    """Return a line of cells; a string becomes a cell without a style."""
    return PageLine(tuple(map(_as_cell, cells)), indent)


def styled_line(text: str, style: str = "aside") -> PageLine:
    """Return a line with one text in a style."""
    return PageLine((Cell(text, style),))


def build_table(
    columns: Sequence[Column],
    items: Sequence[Item],
    make_row: Callable[[Item], Iterable[Cell | str]],
    limit: int | None = None,
) -> Table:
    """Return a table of the first ``limit`` items (None: all); ``make_row`` returns the cells of an item.

    Rows are built only for the items that are shown.
    """
    shown = items if limit is None else items[:limit]
    rows = tuple(tuple(map(_as_cell, make_row(item))) for item in shown)
    return Table(tuple(columns), rows, len(items) - len(shown))


def table_section(
    heading: str,
    items: Sequence[Item],
    limit: int | None,
    *columns: tuple[Column, Callable[[Item], Cell | str]],
    hint: str = "",
    notes: Iterable[PageLine] = (),
    omitted: int = 0,
) -> Section | None:
    """Return a section with a table of the first ``limit`` items (None: all) and notes below it; None without items.

    ``hint`` says once, under the heading, what there is to do with the items.
    Each column comes with the function that returns its cell for an item. ``omitted`` is the number of further rows
    that are not among the items.
    """
    if not items:
        return None

    def make_row(item: Item) -> Iterable[Cell | str]:
        return (make_cell(item) for _, make_cell in columns)

    table = build_table([column for column, _ in columns], items, make_row, limit)
    lead = (styled_line(hint, "hint"),) if hint else ()
    return Section(heading, (*lead, table._replace(omitted_rows=table.omitted_rows + omitted), *notes))


def _as_cell(value: Cell | str) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def as_lines(block: KeyFigures | Bars, context: RenderContext) -> Table:
    """Return figures or bars as a list, for formats that have no large type and draw no bars."""
    if isinstance(block, KeyFigures):
        rows = [(Cell(f"{one.value} {one.label}", "title"), Cell(one.note)) for one in block.figures]
    else:
        rows = [(Cell(bar.label, "title"), Cell(block.describe(bar, context))) for bar in block.bars]
    return Table((Column(), Column()), tuple(rows))


MARK_LABELS = {mark: STATE_LABELS[state] for state, mark in STATE_MARKS.items()}
"""What each mark means."""


def cell_spans(cell: Cell) -> Iterator[tuple[str, str]]:
    """Return the texts of a cell, each with its style."""
    yield printable(cell.text), cell.style
    for more in cell.more:
        yield from cell_spans(more)


def item_cells(row: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Return the marks of a list item, and its other cells that are not empty."""
    cells = [cell for cell in row if cell.text.strip()]
    return [cell for cell in cells if cell.text in MARK_LABELS], [
        cell for cell in cells if cell.text not in MARK_LABELS
    ]


def mark_cell(state: str) -> Cell:
    """Return the mark of a state, a key of ``STATE_MARKS``."""
    return Cell(STATE_MARKS[state], state)


def legend(states: Iterable[str], context: RenderContext) -> tuple[PageLine, ...]:
    """Return a line that explains the marks of these states; nothing if there are none."""
    cells: list[Cell] = []
    for state, label in legend_labels(states):
        mark, text = Cell(STATE_MARKS[state], state), Cell(f" {context.translate(label)}", "aside")
        cells += [ITEM_GAP, mark, text] if cells else [mark, text]
    return (PageLine(tuple(cells)),) if cells else ()
