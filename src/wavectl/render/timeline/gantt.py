"""The timeline as a chart for a terminal: waves as bands over months, with their moments as marks below.

An exact date has the solid mark of its kind; a date that is not exact is shaded over all possible days. Nothing depends
on colour, and every mark has an equivalent in ASCII.
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
from wavectl.timeline.entries import Entry, Timeline

_DEFAULT_WIDTH = 100
"""The width of the chart without a screen, in cells."""
_MIN_WIDTH = 40
_MIN_WIDTH_FOR_PLACES = 80  # cells of a chart that also shows places


class _GanttLayout(NamedTuple):
    """The geometry in cells: labels in the first ``left`` columns, the chart in the next ``width``."""

    chart: Chart
    context: RenderContext
    glyphs: Glyphs
    show_kinds: bool
    left: int
    width: int
    year_columns: tuple[int, ...] = ()  # the columns where a year begins

    def column(self, days: int) -> int:
        """Return the column that lies so many days after the start of the scale."""
        return self.left + self.chart.scale.position(days, self.width)

    def grid_canvas(self) -> TextCanvas:
        """Return an empty line with the vertical lines of years and of today."""
        canvas = TextCanvas(self.left + self.width)
        for column in self.year_columns:
            canvas.put(column, self.glyphs.year_line, "grid")
        if self.chart.today_offset is not None:
            canvas.put(self.today_column, self.glyphs.today_line, "today")
        return canvas

    @property
    def today_column(self) -> int:
        """The column of today; only valid if today is on the scale."""
        return min(self.column(self.chart.today_offset or 0), self.left + self.width - 1)


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the chart, as wide as the screen, or 100 cells without a screen."""
    chart = build_chart(timeline)
    layout = _build_layout(chart, context, max(context.width or _DEFAULT_WIDTH, _MIN_WIDTH))
    empty = TextCanvas(0)
    lines = [*_title_lines(timeline, layout), *_scale_lines(layout)]
    for band in chart.bands:
        lines += [empty, *_wave_lines(band, layout)]
    lines += [empty, *(_legend(timeline, layout) if timeline.entries else _no_moments_lines(layout))]
    return "".join(f"{line.render(colour=context.colour)}\n" for line in lines)


def _build_layout(chart: Chart, context: RenderContext, width: int) -> _GanttLayout:
    """Return the geometry: labels get the width that they need, up to two fifths of the screen."""
    kinds = {row.entry.group.kind for band in chart.bands for row in band.rows}
    layout = _GanttLayout(chart, context, ASCII_GLYPHS if context.ascii_only else UNICODE_GLYPHS, len(kinds) > 1, 0, 0)
    labels = [context.label(row.entry) for band in chart.bands for row in band.rows]
    labels += [context.text(hashtag) for band in chart.bands for hashtag in band.wave.hashtags[:1]]
    left = min(max(map(cell_width, labels), default=0), width * 2 // 5 - 4) + (6 if layout.show_kinds else 4)
    layout = layout._replace(left=left, width=width - left)
    return layout._replace(
        year_columns=tuple(layout.column(label.days) for label in year_labels(chart.scale, layout.width) if label.days)
    )


def _title_lines(timeline: Timeline, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return a line with the name of the programme, if it has one."""
    name = layout.context.text(timeline.programme.name)
    if name:
        canvas = TextCanvas(layout.left + layout.width)
        canvas.put(0, _cut(name, layout.left + layout.width, layout), "bold")
        yield canvas


def _scale_lines(layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the scale: a line of years, and a line of months or quarters if there is room."""
    scale, context = layout.chart.scale, layout.context
    below = month_or_quarter_labels(scale, layout.width, context.language)
    for labels, style in ((year_labels(scale, layout.width), "bold"), (below, "dim")):
        canvas = TextCanvas(layout.left + layout.width)
        for label in labels:
            canvas.put(layout.column(label.days), label.text, style)
        if labels:
            yield canvas


def _wave_lines(band: WaveBand, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the lines of a wave: its title and period, its band, its moments."""
    context, whole = layout.context, layout.left + layout.width
    title = layout.grid_canvas()
    name = _cut(context.text(band.wave.title), whole, layout)
    title.put(0, name, "bold")
    if band.span:
        period = context.period(band.wave)
        if title.is_free(cell_width(name), cell_width(period) + 3):
            _write_text(title, cell_width(name) + 2, period)
            title.put(cell_width(name), "  ")
        yield title
        yield _band_line(band, band.span, layout)
    else:
        yield title
        canvas = layout.grid_canvas()
        text = ". ".join(filter(None, (context.period(band.wave), context.text(band.wave.notice))))
        canvas.put(2, _cut(text, whole - 3, layout))
        yield canvas
    for row in band.rows:
        yield _moment_line(row, layout)


def _band_line(band: WaveBand, span: ScaleSpan, layout: _GanttLayout) -> TextCanvas:
    """Return the line of a wave's band, with as many hashtags before it as fit.

    The band has end marks only where the period starts or ends on the scale.
    """
    line, glyphs = layout.grid_canvas(), layout.glyphs
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
        line.put(at, glyphs.band, "band")
    if end - start > 1:
        if band.starts_on_scale:
            line.put(start, glyphs.band_ends[0], "band")
        if span.open_ended or band.ends_on_scale:
            line.put(end - 1, glyphs.arrow if span.open_ended else glyphs.band_ends[1], "band")
    if layout.chart.today_offset is not None and start < layout.today_column < end - 1:
        line.put(layout.today_column, glyphs.today_on_band, "today")
    return line


def _span_columns(span: ScaleSpan, layout: _GanttLayout) -> tuple[int, int]:
    """Return the first column of a span and the column after its last; adjacent months do not overlap."""
    start = min(layout.column(span.start), layout.left + layout.width - 1)
    return start, max(layout.column(span.end), start + 1)


def _moment_line(row: ChartRow, layout: _GanttLayout) -> TextCanvas:
    """Return the line of a moment: its label, its marks, and the date beside each mark if it fits."""
    canvas, glyphs = layout.grid_canvas(), layout.glyphs
    cancelled = all(entry_state(mark.entry) == "cancelled" for mark in row.marks) and bool(row.marks)
    if layout.show_kinds:
        canvas.put(2, glyphs.kinds[row.entry.group.kind.value], "dim")
    at = 4 if layout.show_kinds else 2
    canvas.put(at, _label(row.entry, layout, layout.left - at - 2), "strike" if cancelled else "")
    if not row.marks:
        text = f"{glyphs.states['open']} {_date_texts(row.entry, layout)[0]}"
        canvas.put(layout.left, _cut(text, layout.width, layout), STATE_STYLES["open"])
        return canvas
    for mark in row.marks:
        _draw_mark(canvas, mark, layout)
    for mark in row.marks:
        _write_date(canvas, mark, layout)
    if any(mark.span.open_ended for mark in row.marks):
        _draw_open_end(canvas, row.marks, layout)
    return canvas


def _label(entry: Entry, layout: _GanttLayout, room: int) -> str:
    """Return the label of a moment in ``room`` cells; the title is shortened first, then the other waves."""
    others = ", ".join(entry.waves[1:])
    shared = _cut(f" + {others}", max(room // 2, 6), layout) if others else ""
    draft = f"[{layout.context.translate('draft')}] " if entry.draft else ""
    return draft + _cut(layout.context.title(entry), max(room - cell_width(draft + shared), 4), layout) + shared


def _draw_mark(canvas: TextCanvas, mark: MomentMark, layout: _GanttLayout) -> None:
    """Draw a mark over all cells of its span."""
    state, glyphs = entry_state(mark.entry), layout.glyphs
    start, end = _span_columns(mark.span, layout)
    glyph = glyphs.kinds[mark.entry.group.kind.value] if state == "firm" else glyphs.states[state]
    canvas.put(start, glyph * (end - start), STATE_STYLES[state])


def _draw_open_end(canvas: TextCanvas, marks: Iterable[MomentMark], layout: _GanttLayout) -> None:
    """Draw a line from an open-ended mark to the end of the chart, with gaps around texts."""
    start = min(_span_columns(mark.span, layout)[1] for mark in marks if mark.span.open_ended)
    last = layout.left + layout.width - 1
    free = [canvas.is_free(column, 1) for column in range(start, last + 1)]
    for index, neighbours in enumerate(zip([True, *free], free, [*free[1:], True], strict=False)):
        if all(neighbours):  # keep one cell between the line and a date
            canvas.put(
                start + index,
                layout.glyphs.arrow if start + index == last else layout.glyphs.open_end,
                STATE_STYLES["vague"],
            )


def _write_date(canvas: TextCanvas, mark: MomentMark, layout: _GanttLayout) -> None:
    """Write the longest form of the date that fits, to the right of a mark or else to its left."""
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
    """Write a text with a blank cell on each side, over the vertical lines of the chart."""
    width = cell_width(text)
    for beside in (column - 1, column + width):
        if canvas.is_free(beside, 1):
            canvas.put(beside, " ")
    canvas.put(column, text, "dim")


def _date_texts(entry: Entry, layout: _GanttLayout) -> list[str]:
    """Return texts for the date of an entry, from the longest to the shortest, each with the status if it fits."""
    context = layout.context
    date, status = context.date(entry), context.status_note(entry)
    dates = [date, *shorter_date_texts(date, context.language)]
    texts = [*(f"{date}, {status}" for date in dates), status] if status else dates
    place = context.place(entry.place)
    return [f"{texts[0]}, {place}", *texts] if place and layout.width >= _MIN_WIDTH_FOR_PLACES else texts


def _cut(text: str, room: int, layout: _GanttLayout) -> str:
    shown = truncate(text, room)
    if not layout.context.ascii_only or shown == text:
        return shown
    return truncate(text, room - 2)[:-1].rstrip() + layout.glyphs.ellipsis if room > 5 else shown


def _no_moments_lines(layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return a line for a timeline without moments."""
    canvas = TextCanvas(layout.left + layout.width)
    canvas.put(0, _cut(layout.context.translate("no moments"), layout.left + layout.width, layout))
    yield canvas


def _legend(timeline: Timeline, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return lines that explain the marks in the chart."""
    context, glyphs = layout.context, layout.glyphs
    rows = [row for band in layout.chart.bands for row in band.rows]
    kinds = {row.entry.group.kind.value for row in rows}
    states = {entry_state(mark.entry) for row in rows for mark in row.marks} | {"open" for row in rows if not row.marks}
    labels = [(glyphs.kinds[kind], "", label) for kind, label in KIND_LABELS.items() if kind in kinds]
    labels += [
        (glyphs.states[state], STATE_STYLES[state], label)
        for state, label in STATE_LABELS.items()
        if state in states and state != "firm"
    ]
    if any(mark.span.open_ended for row in rows for mark in row.marks):
        labels.append((glyphs.open_end + glyphs.arrow, STATE_STYLES["vague"], phrase("end not known")))
    items = [(glyph, style, context.translate(label)) for glyph, style, label in labels]
    if layout.chart.today_offset is not None:
        items.append((glyphs.today_line, "today", f"{context.translate('today')}, {context.day(timeline.today)}"))
    yield from _wrap_legend(items, layout)


def _wrap_legend(items: Iterable[tuple[str, str, str]], layout: _GanttLayout) -> Iterator[TextCanvas]:
    width = layout.left + layout.width
    canvas, column = TextCanvas(width), 0
    for glyph, style, label in items:
        needed = cell_width(glyph) + 1 + cell_width(label)
        if column and column + needed > width:
            yield canvas
            canvas, column = TextCanvas(width), 0
        canvas.put(column, glyph, style)
        start = column + cell_width(glyph) + 1
        canvas.put(start, _cut(label, width - start, layout), "dim")
        column += needed + 3
    if column:
        yield canvas


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
"""The SGR codes of the styles (ECMA-48 §8.3.117)."""
_BACKGROUND_STYLES = frozenset(("grid", "today"))
"""The styles of lines that a text may cover."""


class TextCanvas:
    """A line of ``width`` cells to write texts into; a text is stored in its first cell and occupies the rest."""

    def __init__(self, width: int) -> None:
        self._cells = [(" ", "")] * width

    def put(self, column: int, text: str, style: str = "") -> None:
        """Write a text that fits on the line, over anything that is there."""
        width = cell_width(text)
        if width:
            self._cells[column : column + width] = [(text, style), *[("", style)] * (width - 1)]

    def is_free(self, column: int, width: int) -> bool:
        """Return whether all these cells are on the line and hold at most lines of the chart."""
        inside = column >= 0 and column + width <= len(self._cells)
        return inside and all(
            text == " " or style in _BACKGROUND_STYLES for text, style in self._cells[column : column + width]
        )

    def render(self, *, colour: bool) -> str:
        """Return the line without spaces at its end, with SGR codes if ``colour``."""
        end = max((index for index, (text, _) in enumerate(self._cells, start=1) if text != " "), default=0)
        parts = []
        for style, run in groupby(self._cells[:end], key=itemgetter(1)):
            text = "".join(map(itemgetter(0), run))
            parts.append(f"\x1b[{_SGR_CODES[style]}m{text}\x1b[0m" if colour and style else text)
        return "".join(parts)


class Glyphs(NamedTuple):
    """The marks of kinds and of states that are not firm, and the lines of a chart."""

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
"""For Unicode terminals: characters of WGL4, which terminal fonts have, and box drawing."""
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
"""For terminals that only have ASCII."""
