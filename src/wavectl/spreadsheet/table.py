"""The cells, rows and tables that are read from a file, before they are interpreted, and the problems in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from wavectl.diagnostics import Message, msg, quoted


class SheetError(Exception):
    """A file from which no rows can be read. ``message`` is the problem, ``hint`` the way out."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class ShownPrecision(StrEnum):
    """How much of its date a date cell shows, by its number format."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class SheetCell(NamedTuple):
    """A cell: its text and, for a date cell, its date and how much of it is shown.

    ``error`` says why the content cannot be used, ``hint`` what to do.
    """

    text: str = ""
    day: datetime | None = None
    shown_precision: ShownPrecision = ShownPrecision.DAY
    error: Message | None = None
    hint: Message | None = None

    @property
    def empty(self) -> bool:
        """Whether the cell has no content."""
        return not self.text.strip() and self.day is None and self.error is None


BLANK_CELL = SheetCell()


class InvalidCell(NamedTuple):
    """Why the content of a cell cannot be used, and what to do."""

    message: Message
    hint: Message


class SheetRow(NamedTuple):
    """A row that has content, and its number in the sheet, from 1."""

    number: int
    cells: Sequence[SheetCell]


class SheetTable(NamedTuple):
    """The rows of a sheet that have content. ``name`` is the name of the sheet, "" for a CSV file."""

    name: str
    rows: Sequence[SheetRow]


class Problem(NamedTuple):
    """An error in a cell, a row or a sheet or, with ``is_note``, a decision that the import made by itself.

    ``sheet`` and ``column`` are "" and ``row`` is 0 if the problem concerns all of them.
    """

    message: Message
    hint: Message | None = None
    is_note: bool = False
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def location(self) -> list[Message]:
        """The parts of the location, from the sheet to the column."""
        return [
            *([msg("sheet {name}", name=quoted(self.sheet))] if self.sheet else []),
            *([msg("row {number}", number=self.row)] if self.row else []),
            *([msg("column {name}", name=quoted(self.column))] if self.column else []),
        ]
