"""The timeline as a table: by year on a terminal, plain aligned columns in a pipe; a mark opens each row."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wavectl.model import Wave
from wavectl.render.context import STATE_LABELS, STATE_MARKS, STATE_STYLES, RenderContext, entry_state
from wavectl.text.terminal import cell_width, pad_column
from wavectl.timeline import Entry, Timeline

_ROWS_PER_TABLE = 500  # rows laid out at once
_MIN_WIDTH_FOR_STATUS = 76  # cells of a screen that has no room for a column of statuses


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the table: rich where there is a screen, plain where there is none."""
    rows = [_row(entry, context) for entry in timeline.entries]
    return (
        _render_plain(timeline, rows, context)
        if context.width is None
        else _render_rich(timeline, rows, context, context.width)
    )


class _TableRow(NamedTuple):
    """An entry as the texts of its cells."""

    year: int | None
    state: str
    date: str
    title: str
    place: str
    waves: str
    status: str


def _row(entry: Entry, context: RenderContext) -> _TableRow:
    local = entry.occurrence.local
    return _TableRow(
        local.earliest.year if local.earliest else None,
        entry_state(entry),
        context.date(entry),
        context.text(entry.title),
        context.place(entry.place),
        ", ".join(entry.waves),
        context.status_note(entry),
    )


def _merge_status_into_title(row: _TableRow) -> _TableRow:
    """Return a row with its status behind the title."""
    return row._replace(title=f"{row.title} ({row.status})", status="") if row.status else row


def _columns(timeline: Timeline, rows: list[_TableRow], context: RenderContext) -> list[tuple[str, str]]:
    """Return the heading and field of each column that has something to say."""
    translate = context.translate
    columns = [(translate("Date"), "date"), (translate("Moment"), "title"), (translate("Place"), "place")]
    if len(timeline.shown_waves) > 1:
        columns.append((translate("Wave"), "waves"))
    if any(row.status for row in rows):
        columns.append((translate("Status"), "status"))
    return columns


def _render_plain(timeline: Timeline, rows: list[_TableRow], context: RenderContext) -> str:
    """Return aligned columns, as wide as they need to be."""
    columns = _columns(timeline, rows, context)
    texts = [["", *(STATE_MARKS[row.state] for row in rows)]]
    texts += [[heading, *map(attrgetter(field), rows)] for heading, field in columns]
    head = "".join(f"{line}\n" for line in _head(timeline, context))
    body = "".join(f"{'  '.join(line).rstrip()}\n" for line in zip(*map(pad_column, texts), strict=True))
    return f"{head}\n{body}" if rows else f"{head}\n{context.translate('no moments')}\n"


def _head(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return what stands over the table: of each wave its title, calendar, slogan, hashtags and notice."""
    for wave_id in timeline.shown_waves:
        wave = timeline.waves[wave_id]
        yield "  ".join(part for part in (context.text(wave.title), context.period(wave)) if part)
        for line in _wave_message(wave, context):
            yield f"  {line}"


def _wave_message(wave: Wave, context: RenderContext) -> Iterator[str]:
    """Return the lines that a wave says of itself."""
    message = "  ".join(part for part in (context.text(wave.slogan), " ".join(wave.hashtags)) if part)
    if message:
        yield message
    if wave.notice:
        yield context.text(wave.notice)


def _render_rich(timeline: Timeline, rows: list[_TableRow], context: RenderContext, width: int) -> str:
    """Return the table for a screen of ``width`` cells, in colour where it takes colours."""
    from rich.padding import Padding
    from rich.text import Text

    out = StringIO()
    console = context.create_console(out)
    for wave_id in timeline.shown_waves:
        wave = timeline.waves[wave_id]
        console.print(Text.assemble((context.text(wave.title), "bold"), "  ", (context.period(wave), "dim")))
        for line in _wave_message(wave, context):
            console.print(Padding(Text(line, style="italic"), (0, 0, 0, 2)))
    if not rows:
        console.print()
        console.print(context.translate("no moments"))
        return out.getvalue()
    rows = [_merge_status_into_title(row) for row in rows] if width < _MIN_WIDTH_FOR_STATUS else rows
    columns = _columns(timeline, rows, context)
    widths = _column_widths(columns, rows, width)
    for year, of_year in groupby(rows, key=lambda row: row.year):
        console.print()
        console.print(Text(str(year) if year else context.translate("without a date"), style="bold"))
        listed = list(of_year)
        for start in range(0, len(listed), _ROWS_PER_TABLE):
            console.print(_rich_table(columns, listed[start : start + _ROWS_PER_TABLE], widths))
    console.print()
    console.print(Text.assemble(*_legend(rows, context)))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


_WIDTH_LIMITS = {"date": (24, 15), "place": (24, 11), "waves": (20, 10), "status": (12, 11)}
"""How wide a column may be where there is room, and how narrow it may become; titles get what is left."""
_PREFERRED_TITLE_WIDTH = 26


def _column_widths(columns: list[tuple[str, str]], rows: list[_TableRow], width: int) -> list[int]:
    """Return the widths of the columns, so that all of them and a mark fit into ``width`` cells."""
    room = width - 1 - 2 * len(columns)
    natural = {field: max(cell_width(getattr(row, field)) for row in rows) for _, field in columns}
    widest = {field: min(natural[field], most) for field, (most, _) in _WIDTH_LIMITS.items() if field in natural}
    narrowest = {field: min(natural[field], least) for field, (_, least) in _WIDTH_LIMITS.items() if field in natural}
    title = min(natural["title"], _PREFERRED_TITLE_WIDTH)
    chosen = widest
    while sum(chosen.values()) + title > room and chosen != narrowest:
        field = max(chosen, key=lambda name: (chosen[name] - narrowest[name], name))
        chosen[field] -= 1
    chosen["title"] = max(8, min(natural["title"], room - sum(chosen.values())))
    return [chosen[field] for _, field in columns]


def _rich_table(columns: list[tuple[str, str]], rows: list[_TableRow], widths: list[int]) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=1)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    for row in rows:
        style = STATE_STYLES[row.state]
        struck = "strike" if row.state == "cancelled" else ""
        table.add_row(
            Text(STATE_MARKS[row.state], style=style),
            *(Text(getattr(row, field), style=_cell_style(field, style, struck)) for _, field in columns),
        )
    return table


def _cell_style(field: str, style: str, struck: str) -> str:
    if field == "title":
        return struck or "bold"
    if field == "date":
        return style
    return "dim" if field in ("place", "waves") else style


def _legend(rows: list[_TableRow], context: RenderContext) -> Iterator[tuple[str, str]]:
    """Return the meaning of the marks that stand in the table."""
    present = {row.state for row in rows}
    for name, meaning in STATE_LABELS.items():
        if name in present:
            yield f"{STATE_MARKS[name]} ", STATE_STYLES[name]
            yield f"{context.translate(meaning)}   ", "dim"
