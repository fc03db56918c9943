"""The timeline as a table: by year on a terminal, plain aligned columns in a pipe; a mark opens each row."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wavectl.model import Wave
from wavectl.render.context import MARKS, MEANINGS, STYLES, Look, state
from wavectl.text.terminal import aligned, cells
from wavectl.timeline import Entry, Timeline

_CHUNK = 500  # rows laid out at once
_NARROW = 76  # cells of a screen that has no room for a column of statuses


def view(timeline: Timeline, look: Look) -> str:
    """Return the table: rich where there is a screen, plain where there is none."""
    rows = [_row(entry, look) for entry in timeline.entries]
    return _plain(timeline, rows, look) if look.width is None else _rich(timeline, rows, look, look.width)


class _Row(NamedTuple):
    """An entry as the texts of its cells."""

    year: int | None
    state: str
    date: str
    title: str
    place: str
    waves: str
    status: str


def _row(entry: Entry, look: Look) -> _Row:
    local = entry.occurrence.local
    return _Row(
        local.earliest.year if local.earliest else None,
        state(entry),
        look.date(entry),
        look.text(entry.title),
        look.place(entry.place),
        ", ".join(entry.waves),
        look.condition(entry),
    )


def _narrowed(row: _Row) -> _Row:
    """Return a row with its status behind the title."""
    return row._replace(title=f"{row.title} ({row.status})", status="") if row.status else row


def _columns(timeline: Timeline, rows: list[_Row], look: Look) -> list[tuple[str, str]]:
    """Return the heading and field of each column that has something to say."""
    translate = look.translate
    columns = [(translate("Date"), "date"), (translate("Moment"), "title"), (translate("Place"), "place")]
    if len(timeline.shown) > 1:
        columns.append((translate("Wave"), "waves"))
    if any(row.status for row in rows):
        columns.append((translate("Status"), "status"))
    return columns


def _plain(timeline: Timeline, rows: list[_Row], look: Look) -> str:
    """Return aligned columns, as wide as they need to be."""
    columns = _columns(timeline, rows, look)
    texts = [["", *(MARKS[row.state] for row in rows)]]
    texts += [[heading, *map(attrgetter(field), rows)] for heading, field in columns]
    head = "".join(f"{line}\n" for line in _head(timeline, look))
    body = "".join(f"{'  '.join(line).rstrip()}\n" for line in zip(*map(aligned, texts), strict=True))
    return f"{head}\n{body}" if rows else f"{head}\n{look.translate('no moments')}\n"


def _head(timeline: Timeline, look: Look) -> Iterator[str]:
    """Return what stands over the table: of each wave its title, calendar, slogan, hashtags and notice."""
    for wave_id in timeline.shown:
        wave = timeline.waves[wave_id]
        yield "  ".join(part for part in (look.text(wave.title), look.period(wave)) if part)
        for line in _message(wave, look):
            yield f"  {line}"


def _message(wave: Wave, look: Look) -> Iterator[str]:
    """Return the lines that a wave says of itself."""
    message = "  ".join(part for part in (look.text(wave.slogan), " ".join(wave.hashtags)) if part)
    if message:
        yield message
    if wave.notice:
        yield look.text(wave.notice)


def _rich(timeline: Timeline, rows: list[_Row], look: Look, width: int) -> str:
    """Return the table for a screen of ``width`` cells, in colour where it takes colours."""
    from rich.padding import Padding
    from rich.text import Text

    out = StringIO()
    console = look.console(out)
    for wave_id in timeline.shown:
        wave = timeline.waves[wave_id]
        console.print(Text.assemble((look.text(wave.title), "bold"), "  ", (look.period(wave), "dim")))
        for line in _message(wave, look):
            console.print(Padding(Text(line, style="italic"), (0, 0, 0, 2)))
    if not rows:
        console.print()
        console.print(look.translate("no moments"))
        return out.getvalue()
    rows = [_narrowed(row) for row in rows] if width < _NARROW else rows
    columns = _columns(timeline, rows, look)
    widths = _widths(columns, rows, width)
    for year, of_year in groupby(rows, key=lambda row: row.year):
        console.print()
        console.print(Text(str(year) if year else look.translate("without a date"), style="bold"))
        listed = list(of_year)
        for start in range(0, len(listed), _CHUNK):
            console.print(_table(columns, listed[start : start + _CHUNK], widths))
    console.print()
    console.print(Text.assemble(*_legend(rows, look)))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


_ROOM = {"date": (24, 15), "place": (24, 11), "waves": (20, 10), "status": (12, 11)}
"""How wide a column may be where there is room, and how narrow it may become; titles get what is left."""
_TITLE = 26


def _widths(columns: list[tuple[str, str]], rows: list[_Row], width: int) -> list[int]:
    """Return the widths of the columns, so that all of them and a mark fit into ``width`` cells."""
    room = width - 1 - 2 * len(columns)
    natural = {field: max(cells(getattr(row, field)) for row in rows) for _, field in columns}
    widest = {field: min(natural[field], most) for field, (most, _) in _ROOM.items() if field in natural}
    narrowest = {field: min(natural[field], least) for field, (_, least) in _ROOM.items() if field in natural}
    title = min(natural["title"], _TITLE)
    chosen = widest
    while sum(chosen.values()) + title > room and chosen != narrowest:
        field = max(chosen, key=lambda name: (chosen[name] - narrowest[name], name))
        chosen[field] -= 1
    chosen["title"] = max(8, min(natural["title"], room - sum(chosen.values())))
    return [chosen[field] for _, field in columns]


def _table(columns: list[tuple[str, str]], rows: list[_Row], widths: list[int]) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=1)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    for row in rows:
        style = STYLES[row.state]
        struck = "strike" if row.state == "cancelled" else ""
        table.add_row(
            Text(MARKS[row.state], style=style),
            *(Text(getattr(row, field), style=_cell_style(field, style, struck)) for _, field in columns),
        )
    return table


def _cell_style(field: str, style: str, struck: str) -> str:
    if field == "title":
        return struck or "bold"
    if field == "date":
        return style
    return "dim" if field in ("place", "waves") else style


def _legend(rows: list[_Row], look: Look) -> Iterator[tuple[str, str]]:
    """Return the meaning of the marks that stand in the table."""
    present = {row.state for row in rows}
    for name, meaning in MEANINGS.items():
        if name in present:
            yield f"{MARKS[name]} ", STYLES[name]
            yield f"{look.translate(meaning)}   ", "dim"
