"""What is read of a sheet, before anybody knows what it means: tables of rows of cells, and why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from wavectl.diagnostics import Message, msg, quoted


class SheetError(Exception):
    """A file that no rows can be read from: what is wrong with it, and the cure."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class ShownPrecision(StrEnum):
    """How much of its day a date cell shows: what its number format has room for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


class SheetCell(NamedTuple):
    """A cell: its text; of a date cell also the day behind it, and how much of it shows.

    ``fault`` says why what it holds cannot be taken, ``cure`` what to do.
    """

    text: str = ""
    day: datetime | None = None
    shown_precision: ShownPrecision = ShownPrecision.DAY
    error: Message | None = None
    hint: Message | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip() and self.day is None and self.error is None


class InvalidCell(NamedTuple):
    """Why a cell cannot be taken, and the cure."""

    message: Message
    hint: Message


class SheetRow(NamedTuple):
    """A row that holds something, with its number in the sheet, from 1."""

    number: int
    cells: Sequence[SheetCell]


class SheetTable(NamedTuple):
    """The rows of a sheet that hold something; ``name`` is that of the sheet, "" where a file has only one."""

    name: str
    rows: Sequence[SheetRow]


class Problem(NamedTuple):
    """What there is to say of a cell, a row or a sheet: an error, or (``note``) what was decided without asking.

    ``sheet`` and ``column`` are "" and ``row`` is 0 where it is about all of them.
    """

    message: Message
    hint: Message | None = None
    is_note: bool = False
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def location(self) -> list[Message]:
        """Where it is, from the sheet to the column."""
        return [
            *([msg("sheet {name}", name=quoted(self.sheet))] if self.sheet else []),
            *([msg("row {number}", number=self.row)] if self.row else []),
            *([msg("column {name}", name=quoted(self.column))] if self.column else []),
        ]
