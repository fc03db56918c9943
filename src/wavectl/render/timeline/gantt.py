"""The timeline as a chart for a terminal: waves as bands over months, their moments as marks under them.

An exact date is solid, in the mark of its kind; one that is not exact is a light stretch over all days that it may fall
on. Nothing depends on colour, and every mark has a twin in ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import shorter_date_texts
from wavectl.render.context import KIND_LABELS, STATE_LABELS, STATE_MARKS, STATE_STYLES, RenderContext, entry_state
from wavectl.render.timeline.chart import (
    Chart,
    ChartRow,
    MomentMark,
    ScaleSpan,
    WaveBand,
    build_chart,
    month_or_quarter_labels,
    year_labels,
)
from wavectl.text.terminal import cell_width, truncate
from wavectl.timeline import Entry, Timeline

_DEFAULT_WIDTH = 100
"""How wide the chart is where there is no screen."""
_MIN_WIDTH = 40
_MIN_WIDTH_FOR_PLACES = 80  # cells of a chart that has room for places too


class _GanttLayout(NamedTuple):
    """Where things stand: the labels left of ``left``, the chart in ``width`` cells from there on."""

    chart: Chart
    context: RenderContext
    glyphs: Glyphs
    show_kinds: bool
    left: int
    width: int
    year_columns: tuple[int, ...] = ()  # the columns in which one begins

    def column(self, days: int) -> int:
        """Return the column of the chart that so many days of the scale reach to."""
        return self.left + self.chart.scale.position(days, self.width)

    def grid_canvas(self) -> TextCanvas:
        """Return a line with the chart's own lines on it: where years begin, and today."""
        made = TextCanvas(self.left + self.width)
        for column in self.year_columns:
            made.put(column, self.glyphs.year_line, "grid")
        if self.chart.today_offset is not None:
            made.put(self.today_column, self.glyphs.today_line, "today")
        return made

    @property
    def today_column(self) -> int:
        """The column of today, which is on the scale."""
        return min(self.column(self.chart.today_offset or 0), self.left + self.width - 1)


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the chart, as wide as the screen; in a pipe as wide as a page."""
    drawn = build_chart(timeline)
    sheet = _build_layout(drawn, context, max(context.width or _DEFAULT_WIDTH, _MIN_WIDTH))
    empty = TextCanvas(0)
    lines = [*_title_lines(timeline, sheet), *_scale_lines(sheet)]
    for band in drawn.bands:
        lines += [empty, *_wave_lines(band, sheet)]
    lines += [empty, *(_legend(timeline, sheet) if timeline.entries else _no_moments_lines(sheet))]
    return "".join(f"{line.render(colour=context.colour)}\n" for line in lines)


def _build_layout(chart: Chart, context: RenderContext, width: int) -> _GanttLayout:
    """Return where things stand: labels get the room that they need, up to two fifths of the screen."""
    kinds = {row.entry.group.kind for band in chart.bands for row in band.rows}
    sheet = _GanttLayout(chart, context, ASCII_GLYPHS if context.ascii_only else UNICODE_GLYPHS, len(kinds) > 1, 0, 0)
    labels = [context.label(row.entry) for band in chart.bands for row in band.rows]
    labels += [context.text(hashtag) for band in chart.bands for hashtag in band.wave.hashtags[:1]]
    left = min(max(map(cell_width, labels), default=0), width * 2 // 5 - 4) + (6 if sheet.show_kinds else 4)
    sheet = sheet._replace(left=left, width=width - left)
    return sheet._replace(
        year_columns=tuple(sheet.column(label.days) for label in year_labels(chart.scale, sheet.width) if label.days)
    )


def _title_lines(timeline: Timeline, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the name of the programme, where it has one."""
    name = layout.context.text(timeline.programme.name)
    if name:
        made = TextCanvas(layout.left + layout.width)
        made.put(0, _cut(name, layout.left + layout.width, layout), "bold")
        yield made


def _scale_lines(layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the scale: a line of years, and one of months or quarters where there is room for them."""
    scale, look = layout.chart.scale, layout.context
    below = month_or_quarter_labels(scale, layout.width, look.language)
    for labels, style in ((year_labels(scale, layout.width), "bold"), (below, "dim")):
        made = TextCanvas(layout.left + layout.width)
        for label in labels:
            made.put(layout.column(label.days), label.text, style)
        if labels:
            yield made


def _wave_lines(band: WaveBand, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the lines of a wave: its title and calendar, its band, its moments."""
    look, whole = layout.context, layout.left + layout.width
    title = layout.grid_canvas()
    name = _cut(look.text(band.wave.title), whole, layout)
    title.put(0, name, "bold")
    if band.span:
        period = look.period(band.wave)
        if title.is_free(cell_width(name), cell_width(period) + 3):
            _write_text(title, cell_width(name) + 2, period)
            title.put(cell_width(name), "  ")
        yield title
        yield _band_line(band, band.span, layout)
    else:
        yield title
        said = layout.grid_canvas()
        notice = look.text(band.wave.notice)
        said.put(
            2, _cut(f"{look.period(band.wave)}. {notice}" if notice else look.period(band.wave), whole - 3, layout)
        )
        yield said
    for row in band.rows:
        yield _moment_line(row, layout)


def _band_line(band: WaveBand, span: ScaleSpan, layout: _GanttLayout) -> TextCanvas:
    """Return the line of a wave's band, with as many of its hashtags as have room before it.

    It has an end where the wave has one, and none where the scale is cut.
    """
    line, pens = layout.grid_canvas(), layout.glyphs
    column = 2
    for hashtag in map(layout.context.text, band.wave.hashtags):
        if column + cell_width(hashtag) > layout.left - 2:
            break
        line.put(column, hashtag, "dim")
        column += cell_width(hashtag) + 1
    start, end = _span_columns(span, layout)
    if span.open_ended:
        end = layout.left + layout.width
    for at in range(start, end):
        line.put(at, pens.band, "band")
    if end - start > 1:
        if band.starts_on_scale:
            line.put(start, pens.band_ends[0], "band")
        if span.open_ended or band.ends_on_scale:
            line.put(end - 1, pens.arrow if span.open_ended else pens.band_ends[1], "band")
    if layout.chart.today_offset is not None and start < layout.today_column < end - 1:
        line.put(layout.today_column, pens.today_on_band, "today")
    return line


def _span_columns(span: ScaleSpan, layout: _GanttLayout) -> tuple[int, int]:
    """Return the first column of a stretch, and the one after its last: both rounded alike, so that months tile."""
    start = min(layout.column(span.start), layout.left + layout.width - 1)
    return start, max(layout.column(span.end), start + 1)


def _moment_line(row: ChartRow, layout: _GanttLayout) -> TextCanvas:
    """Return the line of a moment: its label, its marks, and beside each mark its date where there is room."""
    made, pens = layout.grid_canvas(), layout.glyphs
    cancelled = all(entry_state(mark.entry) == "cancelled" for mark in row.marks) and bool(row.marks)
    if layout.show_kinds:
        made.put(2, pens.kinds[row.entry.group.kind.value], "dim")
    at = 4 if layout.show_kinds else 2
    made.put(at, _label(row.entry, layout, layout.left - at - 2), "strike" if cancelled else "")
    if not row.marks:
        text = f"{pens.states['open']} {_date_texts(row.entry, layout)[0]}"
        made.put(layout.left, _cut(text, layout.width, layout), STATE_STYLES["open"])
        return made
    for mark in row.marks:
        _draw_mark(made, mark, layout)
    for mark in row.marks:
        _write_date(made, mark, layout)
    if any(mark.span.open_ended for mark in row.marks):
        _draw_open_end(made, row.marks, layout)
    return made


def _label(entry: Entry, layout: _GanttLayout, room: int) -> str:
    """Return the label of a moment in so many cells; its title is cut, but not the waves it is shared with."""
    others = ", ".join(entry.waves[1:])
    shared = _cut(f" + {others}", max(room // 2, 6), layout) if others else ""
    draft = f"[{layout.context.translate('draft')}] " if entry.draft else ""
    return draft + _cut(layout.context.title(entry), max(room - cell_width(draft + shared), 4), layout) + shared


def _draw_mark(canvas: TextCanvas, mark: MomentMark, layout: _GanttLayout) -> None:
    """Draw a mark over all cells of its stretch."""
    how, pens = entry_state(mark.entry), layout.glyphs
    start, end = _span_columns(mark.span, layout)
    pen = pens.kinds[mark.entry.group.kind.value] if how == "firm" else pens.states[how]
    canvas.put(start, pen * (end - start), STATE_STYLES[how])


def _draw_open_end(canvas: TextCanvas, marks: Iterable[MomentMark], layout: _GanttLayout) -> None:
    """Draw what trails off to the end of the chart where the end is not known, around what is written there."""
    start = min(_span_columns(mark.span, layout)[1] for mark in marks if mark.span.open_ended)
    last = layout.left + layout.width - 1
    free = [canvas.is_free(column, 1) for column in range(start, last + 1)]
    for place, around in enumerate(zip([True, *free], free, [*free[1:], True], strict=False)):
        if all(around):  # a date keeps its distance
            canvas.put(
                start + place,
                layout.glyphs.arrow if start + place == last else layout.glyphs.open_end,
                STATE_STYLES["vague"],
            )


def _write_date(canvas: TextCanvas, mark: MomentMark, layout: _GanttLayout) -> None:
    """Write the date beside a mark, to its right or else to its left: as much of it as there is room for."""
    start, end = _span_columns(mark.span, layout)
    edge = layout.left + layout.width
    for text in _date_texts(mark.entry, layout):
        width = cell_width(text)
        if canvas.is_free(end, width + 1) and (end + width + 1 == edge or canvas.is_free(end + width + 1, 1)):
            _write_text(canvas, end + 1, text)
            return
        if start - width - 1 >= layout.left and canvas.is_free(start - width - 2, width + 2):
            _write_text(canvas, start - width - 1, text)
            return


def _write_text(canvas: TextCanvas, column: int, text: str) -> None:
    """Write a text that stands clear of the lines behind it."""
    width = cell_width(text)
    for beside in (column - 1, column + width):
        if canvas.is_free(beside, 1):
            canvas.put(beside, " ")
    canvas.put(column, text, "dim")


def _date_texts(entry: Entry, layout: _GanttLayout) -> list[str]:
    """Return what is said of the date of an entry, from the longest to the shortest; its status goes last."""
    look = layout.context
    date, status = look.date(entry), look.status_note(entry)
    dates = [date, *shorter_date_texts(date, look.language)]
    said = [*(f"{date}, {status}" for date in dates), status] if status else dates
    place = look.place(entry.place)
    return [f"{said[0]}, {place}", *said] if place and layout.width >= _MIN_WIDTH_FOR_PLACES else said


def _cut(text: str, room: int, layout: _GanttLayout) -> str:
    shown = truncate(text, room)
    if not layout.context.ascii_only or shown == text:
        return shown
    return truncate(text, room - 2)[:-1].rstrip() + layout.glyphs.ellipsis if room > 5 else shown


def _no_moments_lines(layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return what is said where there is no moment to show."""
    said = TextCanvas(layout.left + layout.width)
    said.put(0, _cut(layout.context.translate("no moments"), layout.left + layout.width, layout))
    yield said


def _legend(timeline: Timeline, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the meaning of the marks that occur, in as many lines as they need."""
    look, pens = layout.context, layout.glyphs
    rows = [row for band in layout.chart.bands for row in band.rows]
    kinds = {row.entry.group.kind.value for row in rows}
    states = {entry_state(mark.entry) for row in rows for mark in row.marks} | {"open" for row in rows if not row.marks}
    told = [(pens.kinds[kind], "", word) for kind, word in KIND_LABELS.items() if kind in kinds]
    told += [
        (pens.states[one], STATE_STYLES[one], word)
        for one, word in STATE_LABELS.items()
        if one in states and one != "firm"
    ]
    if any(mark.span.open_ended for row in rows for mark in row.marks):
        told.append((pens.open_end + pens.arrow, STATE_STYLES["vague"], phrase("end not known")))
    items = [(pen, style, look.translate(word)) for pen, style, word in told]
    if layout.chart.today_offset is not None:
        items.append((pens.today_line, "today", f"{look.translate('today')}, {look.day(timeline.today)}"))
    yield from _wrap_legend(items, layout)


def _wrap_legend(items: Iterable[tuple[str, str, str]], layout: _GanttLayout) -> Iterator[TextCanvas]:
    width = layout.left + layout.width
    made, column = TextCanvas(width), 0
    for pen, style, word in items:
        needed = cell_width(pen) + 1 + cell_width(word)
        if column and column + needed > width:
            yield made
            made, column = TextCanvas(width), 0
        made.put(column, pen, style)
        made.put(column + cell_width(pen) + 1, _cut(word, width - column - cell_width(pen) - 1, layout), "dim")
        column += needed + 3
    if column:
        yield made


_SGR_CODES = {
    "bold": "1",
    "dim": "2",
    "strike": "9",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "band": "36",
    "grid": "2",
    "today": "1;34",
}
"""Styles by name, and how a terminal is told of them (SGR, ECMA-48 §8.3.117)."""
_BACKGROUND_STYLES = frozenset(("grid", "today"))
"""The styles of what texts may cover."""


class TextCanvas:
    """A line of so many cells, empty at first. A text stands in its first cell, and keeps the others that it needs."""

    def __init__(self, width: int) -> None:
        self._cells = [(" ", "")] * width

    def put(self, column: int, text: str, style: str = "") -> None:
        """Put a text that fits on the line, over what is there."""
        width = cell_width(text)
        if width:
            self._cells[column : column + width] = [(text, style), *[("", style)] * (width - 1)]

    def is_free(self, column: int, width: int) -> bool:
        """Tell whether all these cells are on the line, with nothing in them that must not be covered."""
        inside = column >= 0 and column + width <= len(self._cells)
        return inside and all(
            text == " " or style in _BACKGROUND_STYLES for text, style in self._cells[column : column + width]
        )

    def render(self, *, colour: bool) -> str:
        """Return the line as a terminal is sent it, without spaces at its end."""
        end = max((place for place, (text, _) in enumerate(self._cells, start=1) if text != " "), default=0)
        parts = []
        for style, run in groupby(self._cells[:end], key=itemgetter(1)):
            text = "".join(map(itemgetter(0), run))
            parts.append(f"\x1b[{_SGR_CODES[style]}m{text}\x1b[0m" if colour and style else text)
        return "".join(parts)


class Glyphs(NamedTuple):
    """The marks of the kinds of moments, those of what is not firm, and the lines of a chart."""

    kinds: dict[str, str]
    states: dict[str, str]
    open_end: str
    arrow: str
    band: str
    band_ends: tuple[str, str]
    year_line: str
    today_line: str
    today_on_band: str
    ellipsis: str


UNICODE_GLYPHS = Glyphs(
    kinds={"event": "■", "observance": "◆", "deadline": "▼", "publication": "▲"},
    states={**STATE_MARKS, "vague": "░"},
    open_end="┄",
    arrow="►",
    band="━",
    band_ends=("┣", "┫"),
    year_line="┊",
    today_line="│",
    today_on_band="┿",
    ellipsis="…",
)
"""For screens that have Unicode: signs of WGL4, which fonts for terminals have, and box drawing."""
ASCII_GLYPHS = Glyphs(
    kinds={"event": "#", "observance": "*", "deadline": "!", "publication": "^"},
    states={"vague": "~", "open": "?", "postponed": ">", "cancelled": "x"},
    open_end=".",
    arrow=">",
    band="=",
    band_ends=("[", "]"),
    year_line=":",
    today_line="|",
    today_on_band="+",
    ellipsis="...",
)
"""For screens that have ASCII alone."""
