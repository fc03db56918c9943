"""Pages built from headings, lines and tables, rendered for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from wavectl.render.context import STATE_LABELS, STATE_MARKS, STATE_STYLES, RenderContext

RICH_STYLES: Mapping[str, str] = MappingProxyType(
    {
        **STATE_STYLES,
        "title": "bold",
        "aside": "dim",
        "slogan": "italic",
        "struck": "strike",
        "late": "bold red",
        "gap": "yellow",
        "error": "bold red",
        "warning": "bold yellow",
        "note": "cyan",
    }
)
"""What a terminal makes of each style, as rich names it; a cell may have one of these names, or none."""


class Cell(NamedTuple):
    """A text on one line, and the name of its style."""

    text: str
    style: str = ""


class Column(NamedTuple):
    """A column: its heading, whether it holds numbers, which stand right, and how narrow it may become, in cells.

    A column of numbers is never narrower than they are, and one of texts hardly than its words.
    """

    heading: str = ""
    align_right: bool = False
    min_width: int = 12


class Table(NamedTuple):
    """Rows of as many cells as there are columns, and how many more rows there would be.

    Where no column has a heading it is a list: one item a row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    omitted_rows: int = 0

    @property
    def has_headings(self) -> bool:
        """Whether its columns have headings."""
        return any(column.heading for column in self.columns)


class PageLine(NamedTuple):
    """A line of cells that follow one another."""

    cells: tuple[Cell, ...]


class Prose(NamedTuple):
    """A text of the plan that is Markdown, of any length; ``opening`` is what stands for it where room is scarce."""

    text: str
    excerpt: str


PageBlock = PageLine | Table | Prose


class Section(NamedTuple):
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[PageBlock, ...]


class Page(NamedTuple):
    """A title, what opens the page, its sections, and what there is to add at its end."""

    title: str
    lead: tuple[PageBlock, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[PageLine, ...] = ()


Item = TypeVar("Item")


def page_line(*cells: Cell | str) -> PageLine:
    """Return a line of cells; a text alone is a cell without a style."""
    return PageLine(tuple(map(_as_cell, cells)))


def build_table(
    columns: Sequence[Column],
    items: Sequence[Item],
    make_row: Callable[[Item], Iterable[Cell | str]],
    limit: int | None = None,
) -> Table:
    """Return the table of the first ``limit`` items, all where it is None; ``row`` makes the cells of one.

    No more rows are made than are shown.
    """
    shown = items if limit is None else items[:limit]
    rows = tuple(tuple(map(_as_cell, make_row(item))) for item in shown)
    return Table(tuple(columns), rows, len(items) - len(shown))


def _as_cell(value: Cell | str) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def mark_cell(state: str) -> Cell:
    """Return the mark of a state, a key of ``MARKS``."""
    return Cell(STATE_MARKS[state], state)


def legend(states: Iterable[str], context: RenderContext) -> tuple[PageLine, ...]:
    """Return what the marks of these states mean, as a line; nothing where there are none."""
    present = set(states)
    cells = [
        cell
        for state, meaning in STATE_LABELS.items()
        if state in present
        for cell in _legend_cells(state, meaning, context)
    ]
    return (PageLine(tuple(cells)),) if cells else ()


def _legend_cells(state: str, meaning: str, context: RenderContext) -> Iterator[Cell]:
    yield Cell(f"{STATE_MARKS[state]} ", state)
    yield Cell(f"{context.translate(meaning)}   ", "aside")
