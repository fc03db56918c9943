"""A page: what an overview shows, before it is known in which form: titles, lines, tables and texts, all of them data.

A cell has the name of a style, never a colour, so that a form without colours can do without. Where colour tells
something, a mark tells it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from wavectl.render.context import MARKS, MEANINGS, STYLES, Look

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        **STYLES,
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
    right: bool = False
    least: int = 12


class Table(NamedTuple):
    """Rows of as many cells as there are columns, and how many more rows there would be.

    Where no column has a heading it is a list: one item a row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0

    @property
    def headed(self) -> bool:
        """Whether its columns have headings."""
        return any(column.heading for column in self.columns)


class Line(NamedTuple):
    """A line of cells that follow one another."""

    cells: tuple[Cell, ...]


class Prose(NamedTuple):
    """A text of the plan that is Markdown, of any length; ``opening`` is what stands for it where room is scarce."""

    text: str
    opening: str


Part = Line | Table | Prose


class Section(NamedTuple):
    """A heading and what stands below it."""

    heading: str
    parts: tuple[Part, ...]


class Page(NamedTuple):
    """A title, what opens the page, its sections, and what there is to add at its end."""

    title: str
    lead: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Line, ...] = ()


Item = TypeVar("Item")


def line(*cells: Cell | str) -> Line:
    """Return a line of cells; a text alone is a cell without a style."""
    return Line(tuple(map(_cell, cells)))


def listed(
    columns: Sequence[Column],
    items: Sequence[Item],
    row: Callable[[Item], Iterable[Cell | str]],
    limit: int | None = None,
) -> Table:
    """Return the table of the first ``limit`` items, all where it is None; ``row`` makes the cells of one.

    No more rows are made than are shown.
    """
    shown = items if limit is None else items[:limit]
    rows = tuple(tuple(map(_cell, row(item))) for item in shown)
    return Table(tuple(columns), rows, len(items) - len(shown))


def _cell(one: Cell | str) -> Cell:
    return one if isinstance(one, Cell) else Cell(one)


def mark(state: str) -> Cell:
    """Return the mark of a state, a key of ``MARKS``."""
    return Cell(MARKS[state], state)


def legend(states: Iterable[str], look: Look) -> tuple[Line, ...]:
    """Return what the marks of these states mean, as a line; nothing where there are none."""
    present = set(states)
    cells = [cell for state, meaning in MEANINGS.items() if state in present for cell in _meant(state, meaning, look)]
    return (Line(tuple(cells)),) if cells else ()


def _meant(state: str, meaning: str, look: Look) -> Iterator[Cell]:
    yield Cell(f"{MARKS[state]} ", state)
    yield Cell(f"{look.translate(meaning)}   ", "aside")
