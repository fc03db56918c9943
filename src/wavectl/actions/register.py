"""Read and write registers of local actions: ``actions/<wave>.csv`` in a plan's folder.

A register is UTF-8 and RFC 4180, with LF: the header of ``COLUMNS``, then one row a line, sorted by id. It is read as
a stream; a row keeps its text, so that ``write_register`` writes unchanged rows byte for byte.

A file that a spreadsheet program has saved again is read too: with a byte order mark, semicolons or tabs, CRLF.
``RegisterFormat`` says what is different; the next ``write_register`` undoes it.
"""

import csv
import errno
import io
import os
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import IO, NamedTuple, Self

from wavectl.actions.action import COLUMNS, HEADER, POSITIONS, Action
from wavectl.diagnostics import Message, msg
from wavectl.files import MIB, FileRefusedError, open_file
from wavectl.model.types import ID_PATTERN
from wavectl.plan.loader import ACTIONS_FOLDER, gc_disabled

MAX_ROWS = 1_000_000
"""How many rows a register has at most."""
MAX_SIZE = 512
"""How large a register is at most, in MiB."""
MAX_CELL = 32_767
"""How many characters a cell has at most, as in a workbook."""
_MAX_LINE = 4 * MIB


class RegisterError(Exception):
    """A register that cannot be read on from ``line``: it is not UTF-8, not CSV, or too large.

    ``OSError`` is raised as usual where the file cannot be opened.
    """

    def __init__(self, line: int, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.line, self.message, self.hint = line, message, hint


class Row(NamedTuple):
    """A row of a register: its first line, counted from 1, its cells in the order of ``COLUMNS``, and its text.

    ``text`` is the row as the file has it, with its end of line; "" for a row that was made or changed.
    """

    line: int
    cells: tuple[str, ...]
    text: str = ""

    @classmethod
    def new(cls, cells: Mapping[str, str]) -> Self:
        """Return a row that is in no file yet, from texts by column; the other cells are empty."""
        return cls(0, tuple(cells.get(column, "") for column in COLUMNS))

    @property
    def id(self) -> str:
        """The action's id."""
        return self.cells[0] if self.cells else ""

    def get(self, column: str) -> str:
        """Return the text of a cell, "" where the row is too short."""
        position = POSITIONS[column]
        return self.cells[position] if position < len(self.cells) else ""

    def replace(self, **cells: str) -> Self:
        """Return the row with other texts in some columns; the same row if these are there already."""
        if all(self.get(column) == text for column, text in cells.items()):
            return self
        padded = list(self.cells) + [""] * (len(COLUMNS) - len(self.cells))
        for column, text in cells.items():
            padded[POSITIONS[column]] = text
        return self._replace(cells=tuple(padded), text="")

    def action(self) -> Action:
        """Return the values of the row."""
        return Action.from_cells(self.cells)


class RegisterFormat(NamedTuple):
    """How a file that was read is written: whether its header is right, and what a spreadsheet program changed."""

    has_header: bool = True
    delimiter: str = ","
    has_bom: bool = False
    has_crlf: bool = False

    @property
    def is_canonical(self) -> bool:
        """Whether ``write_register`` would write the file in the same way."""
        return self == CANONICAL


CANONICAL = RegisterFormat()
"""The format that ``write_register`` writes."""


class FileStamp(NamedTuple):
    """What tells whether a file is still the one that was read: when it was written, its size and its number."""

    modified: int
    size: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> "FileStamp | None":
        """Return the stamp of a file; None where there is none."""
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


@dataclass(frozen=True)
class Register:
    """The actions of a wave: its rows by id, in order of id. ``path`` need not exist: then there are no rows.

    ``is_sorted`` is False where the file has its rows in another order, or an id twice (the first one counts);
    ``write_changes`` sorts them. ``unnamed`` are the rows without an id, and the second rows of an id. ``count`` counts
    all rows of the file, also those that were not kept. ``stamp`` is the file that was read.
    """

    wave: str
    path: Path
    rows: Mapping[str, Row] = field(default_factory=dict)
    unnamed: tuple[Row, ...] = ()
    format: RegisterFormat = CANONICAL
    is_sorted: bool = True
    count: int = 0
    stamp: FileStamp | None = None

    def actions(self) -> Iterator[Action]:
        """Yield the actions in order of id."""
        return (row.action() for row in self.rows.values())


def register_path(folder: Path, wave: str) -> Path:
    """Return the path of the register of a wave in the plan's folder."""
    return folder / ACTIONS_FOLDER / f"{wave}.csv"


def register_paths(folder: Path) -> dict[str, Path]:
    """Return the paths of the registers in a plan's folder, by wave, in order; whether the waves exist is not checked.

    Raise ``OSError`` where there is a folder of actions that cannot be listed.
    """
    try:
        names = sorted(path.name for path in (folder / ACTIONS_FOLDER).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    stems = ((name[:-4], name) for name in names if name.endswith(".csv"))
    return {stem: folder / ACTIONS_FOLDER / name for stem, name in stems if ID_PATTERN.fullmatch(stem)}


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[str], RegisterFormat]]:
    """Open a register after its first line; give also its format."""
    if path.parent.name == ACTIONS_FOLDER and path.parent.is_symlink():
        raise FileRefusedError(errno.ELOOP, msg("it is a link that leads out of its folder"))
    with open_file(path) as data, closing(io.TextIOWrapper(data, encoding="utf-8", newline="")) as file:
        size = os.fstat(data.fileno()).st_size
        if size > MAX_SIZE * MIB:
            raise FileRefusedError(errno.EFBIG, msg("it is larger than {size} MiB", size=MAX_SIZE))
        try:
            yield file, read_format(file.readline(_MAX_LINE))
        except UnicodeDecodeError:
            raise _not_utf8(path) from None


def read_format(first_line: str) -> RegisterFormat:
    """Return the format of a register with this first line; ``has_header`` is False where that is another text."""
    bare = first_line.removeprefix("\ufeff").rstrip("\r\n")
    for delimiter in ",;\t":
        names = bare.replace('"', "").split(delimiter)
        while len(names) > len(COLUMNS) and not names[-1]:
            names.pop()
        if tuple(names) == COLUMNS:
            return RegisterFormat(True, delimiter, first_line != first_line.removeprefix("\ufeff"), "\r" in first_line)
    return RegisterFormat(has_header=False)


def register_format(path: Path) -> RegisterFormat:
    """Return how a register's file is written, from its first line; errors are those of ``read_rows``."""
    with _opened(path) as (_, form):
        return form


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a register in the order of the file, the header left out; empty lines are none.

    Nothing is yielded for a file without the header: ``checks.py`` reports it. Raise ``OSError`` where the file cannot
    be opened, and ``RegisterError`` where it cannot be read on. Close the iterator if you leave it early.
    """
    with _opened(path) as (file, form):
        if form.has_header:
            yield from _parse_rows(file, form.delimiter)


def _parse_rows(file: IO[str], delimiter: str) -> Iterator[Row]:
    pending: list[str] = []

    def lines() -> Iterator[str]:
        for line in file:
            pending.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if cells:
                yield Row(reader.line_num - len(pending) + 2, tuple(cells), "".join(pending))
            pending.clear()
            if reader.line_num > MAX_ROWS:
                raise _too_many(reader.line_num + 1)
    except csv.Error:
        message = msg("this row cannot be read: its quotation marks are not paired, or a cell is too long")
        hint = msg('write a cell with a comma in quotation marks, and a quotation mark in it twice: "a ""b"", c"')
        raise RegisterError(reader.line_num - len(pending) + 2, message, hint) from None


def read_columns(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the texts of two or more columns of each row: the fast way, for counting.

    Rows that are too short are left out. Raise ``RegisterError`` for a file without the header too; other errors are
    those of ``read_rows``.
    """
    pick = itemgetter(*(POSITIONS[column] for column in columns))
    last = max(POSITIONS[column] for column in columns)
    with _opened(path) as (file, form):
        if not form.has_header:
            raise _no_header()
        reader = csv.reader(file, delimiter=form.delimiter, strict=True)
        try:
            for cells in reader:
                if len(cells) > last:
                    yield pick(cells)
        except csv.Error:  # rare: read again, for its line
            deque(read_rows(path), maxlen=0)
        if reader.line_num > MAX_ROWS:
            raise _too_many(reader.line_num + 1)


def load_register(path: Path, wave: str, keep: Callable[[Row], bool] = lambda _: True) -> Register:
    """Return the register of a wave with the rows to keep; one without rows where the file does not exist.

    With ``keep``, such as ``ActionFilter.matcher``, only a part of a large register is in memory. Errors are those of
    ``read_rows``. A file without the header has no rows: ask ``format.has_header`` before writing.
    """
    stamp = FileStamp.of(path)
    if stamp is None:
        return Register(wave, path)
    form = register_format(path)
    rows: dict[str, Row] = {}
    unnamed: list[Row] = []
    is_sorted, previous, count = True, "", 0
    with gc_disabled():
        for row in read_rows(path):
            key = row.id
            count += 1
            is_sorted = is_sorted and previous < key
            previous = key
            if not keep(row):
                continue
            if key and key not in rows:
                rows[key] = row
            else:
                unnamed.append(row)
    ordered = rows if is_sorted else dict(sorted(rows.items()))
    return Register(wave, path, ordered, tuple(unnamed), form, is_sorted, count, stamp)


def write_changes(
    register: Register, rows: Mapping[str, Row], removed: Collection[str] = frozenset()
) -> Iterator[bytes]:
    """Yield the bytes of a register's file with changes: rows by id, new or in place of old ones, and rows to remove.

    The file is read again, as a stream; all other rows keep their bytes. Write the pieces to a new file, and put that
    in the place of the old one.
    """
    kept: Iterable[Row] = read_rows(register.path) if register.stamp else ()
    if not register.is_sorted:
        kept = sorted(kept, key=lambda row: row.id)
    return format_rows(_merge(kept, rows, removed), register.format)


def _merge(kept: Iterable[Row], rows: Mapping[str, Row], removed: Collection[str]) -> Iterator[Row]:
    """Yield sorted rows with changed ones in their places, and new ones between them."""
    waiting = sorted(rows, reverse=True)
    for row in kept:
        while waiting and waiting[-1] < row.id:
            yield rows[waiting.pop()]
        if waiting and waiting[-1] == row.id:
            yield rows[waiting.pop()]
        elif row.id not in removed:  # a second row of an id stays, for validate to report
            yield row
    yield from (rows[name] for name in reversed(waiting))


def write_register(rows: Iterable[Row], form: RegisterFormat = CANONICAL) -> Iterator[bytes]:
    """Yield the bytes of a register of these rows, sorted by id; see ``format_rows``."""
    return format_rows(sorted(rows, key=lambda row: row.id), form)


def format_rows(rows: Iterable[Row], form: RegisterFormat = CANONICAL) -> Iterator[bytes]:
    """Yield the bytes of a register in pieces: the header, then rows that are sorted by id.

    A row that was read and not changed keeps its bytes, unless ``form``, the format it was read in, is not canonical.
    """
    yield f"{HEADER}\n".encode()
    keep = form.is_canonical
    piece: list[str] = []
    for row in rows:
        piece.append(row.text if keep and row.text.endswith("\n") else format_row(row.cells))
        if len(piece) >= _PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join(piece).encode()


def is_normal(path: Path) -> bool:
    """Tell whether a register has the bytes of its ``normal_form``; errors are those of ``read_rows``."""
    with _opened(path) as (file, form):
        if not form.has_header:
            raise _no_header()
        previous, size = "", len(HEADER) + 1
        for row in _parse_rows(file, form.delimiter) if form.is_canonical else ():
            if row.id < previous or row.text != format_row(row.cells, 0):
                return False
            previous, size = row.id, size + len(row.text.encode())
        return form.is_canonical and size == os.fstat(file.fileno()).st_size


def normal_form(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a register: its rows sorted by id, LF, and quotation marks only where cells need them.

    The texts of the cells stay, also in a row with too few or too many. Errors are those of ``read_rows``.
    """
    lines = sorted(((row.id, format_row(row.cells, 0)) for row in read_rows(path)), key=itemgetter(0))
    yield f"{HEADER}\n".encode()
    yield from (line.encode() for _, line in lines)


_PIECE = 1000
_QUOTE = '"'
_NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$')


def format_row(cells: Iterable[str], width: int = len(COLUMNS)) -> str:
    """Return the line of a row of at least ``width`` cells, with LF.

    Cells are in quotation marks only where they need them (RFC 4180).
    """
    texts = [*cells]
    texts += [""] * (width - len(texts))
    quoted = (f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' if _NEEDS_QUOTES.search(cell) else cell for cell in texts)
    return ",".join(quoted) + "\n"


def _not_utf8(path: Path) -> RegisterError:
    with open_file(path) as data:
        line = next((number for number, text in enumerate(data, 1) if not _is_utf8(text)), 1)
    hint = msg("restore the file, and bring changes in with wavectl actions import; or save it as CSV UTF-8")
    return RegisterError(line, msg("the file is not in UTF-8"), hint)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _no_header() -> RegisterError:
    hint = msg("run wavectl validate, which says what is wrong with it")
    return RegisterError(1, msg("this is not the header of a register of actions"), hint)


def _too_many(line: int) -> RegisterError:
    return RegisterError(
        line, msg("more than {count} rows", count=MAX_ROWS), msg("move the actions of earlier years to another plan")
    )
