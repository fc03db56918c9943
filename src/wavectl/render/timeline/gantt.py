"""The timeline as a chart for a terminal: waves as bands over months, with their moments as marks below.

A date has the mark of its state, as in the table, on all its possible days. Nothing depends on colour, and every mark
has an equivalent in ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import shorter_date_texts
from wavectl.render.colours import sgr_code
from wavectl.render.context import STATE_MARKS, RenderContext, legend_labels
from wavectl.render.timeline.chart import (
    Chart,
    ChartRow,
    MomentMark,
    ScaleLabel,
    ScaleSpan,
    TimelineActions,
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
_MAX_SHIFT = 4  # cells from a mark to a date behind the line of today
_MIN_WIDTH_FOR_PLACES = 80  # cells of a chart that also shows places


class _GanttLayout(NamedTuple):
    """The geometry in cells: labels in the columns before ``left``, the chart from there up to ``right``, exclusive."""

    chart: Chart
    context: RenderContext
    glyphs: Glyphs
    show_kinds: bool
    left: int
    right: int
    years: list[ScaleLabel]

    @property
    def width(self) -> int:
        """The width of the chart without the labels."""
        return self.right - self.left

    def column(self, days: int) -> int:
        """Return the column that lies so many days after the start of the scale."""
        return self.left + self.chart.scale.position(days, self.width)

    def empty_canvas(self) -> TextCanvas:
        """Return an empty line."""
        return TextCanvas(self.right)

    def grid_canvas(self) -> TextCanvas:
        """Return an empty line with the vertical lines of years and of today."""
        canvas = self.empty_canvas()
        for year in self.years:
            if year.days:
                canvas.put(self.column(year.days), self.glyphs.year_line, "grid")
        if self.chart.today_offset is not None:
            canvas.put(self.today_column, self.glyphs.today_line, "today")
        return canvas

    @property
    def today_column(self) -> int:
        """The column of today; only valid if today is on the scale."""
        return min(self.column(self.chart.today_offset or 0), self.right - 1)

    def clear_of_today(self, column: int, width: int) -> int:
        """Return where a text of that width from a column on starts so that it does not hide the line of today."""
        hides = self.chart.today_offset is not None and column <= self.today_column < column + width
        return self.today_column + 2 if hides else column


def render(timeline: Timeline, context: RenderContext, actions: TimelineActions | None = None) -> str:
    """Return the chart, as wide as the screen, or 100 cells without a screen."""
    chart = build_chart(timeline, actions)
    layout = _build_layout(chart, context, max(context.width or _DEFAULT_WIDTH, _MIN_WIDTH))
    empty = TextCanvas(0)
    name = context.text(timeline.programme.name)
    lines = [*([_text_line(name, layout, "title")] if name else []), *_scale_lines(layout)]
    for band in chart.bands:
        lines += [empty, *_wave_lines(band, layout)]
    no_moments = _text_line(context.translate("no moments"), layout)
    lines += [empty, *(_legend(timeline, layout) if timeline.entries else [no_moments])]
    return "".join(f"{line.render(colour=context.colour)}\n" for line in lines)


def _build_layout(chart: Chart, context: RenderContext, width: int) -> _GanttLayout:
    """Return the geometry: labels get the width that they need, up to two fifths of the screen."""
    show_kinds = len(chart.kind_labels) > 1
    labels = [context.label(row.entry) for row in chart.rows]
    labels += [band.actions.label(context) for band in chart.bands if band.actions]
    labels += [context.text(tag) for band in chart.bands for tag in band.wave.hashtags_in(context.languages)[:1]]
    left = min(max(map(cell_width, labels), default=0), width * 2 // 5 - 4) + (6 if show_kinds else 4)
    glyphs = ASCII_GLYPHS if context.ascii_only else UNICODE_GLYPHS
    return _GanttLayout(chart, context, glyphs, show_kinds, left, width, year_labels(chart.scale, width - left))


def _text_line(text: str, layout: _GanttLayout, style: str = "") -> TextCanvas:
    canvas = layout.empty_canvas()
    canvas.put(0, _cut(text, layout.right, layout), style)
    return canvas


def _scale_lines(layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return the scale: a line of years, and a line of months or quarters if there is room."""
    below = month_or_quarter_labels(layout.chart.scale, layout.width, layout.context.language)
    for labels, style in ((layout.years, "title"), (below, "aside")):
        canvas = layout.empty_canvas()
        for label in labels:
            canvas.put(layout.column(label.days), label.text, style)
        if labels:
            yield canvas


def _wave_lines(band: WaveBand, layout: _GanttLayout) -> list[TextCanvas]:
    """Return the lines of a wave: its title and period, its band, its moments."""
    context, title, below = layout.context, layout.grid_canvas(), layout.grid_canvas()
    name, period = _cut(context.text(band.wave.title), layout.right, layout), context.period(band.wave)
    title.put(0, name, "title")
    if band.span:
        at = layout.clear_of_today(cell_width(name) + 2, cell_width(period))
        if title.is_free(at - 2, cell_width(period) + 3):
            _write_text(title, at, period)
        _draw_band(below, band, band.span, layout)
    else:
        text = ". ".join(filter(None, (period, context.text(band.wave.notice))))
        below.put(2, _cut(text, layout.right - 3, layout))
    return [title, below, *_action_lines(band, layout), *(_moment_line(row, layout) for row in band.rows)]


def _action_lines(band: WaveBand, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return a line of bars, as dark as there are actions in a week, and a line for actions without a bar."""
    if band.actions is None:
        return
    canvas, glyphs = layout.grid_canvas(), layout.glyphs
    canvas.put(2, _cut(band.actions.label(layout.context), layout.left - 4, layout), "aside")
    most: dict[int, int] = {}
    for span, number in band.actions.weeks:
        for column in range(*_span_columns(span, layout)):
            most[column] = max(most.get(column, 0), number)
    for column, number in most.items():
        canvas.put(column, glyphs.bars[(number * len(glyphs.bars) - 1) // layout.chart.most_actions], band.colour)
    if band.actions.lines > 1:
        yield canvas
        canvas = layout.grid_canvas()
    if note := band.actions.note(layout.context):
        _write_text(canvas, layout.left, _cut(note, layout.width, layout))
    yield canvas


def _draw_band(line: TextCanvas, band: WaveBand, span: ScaleSpan, layout: _GanttLayout) -> None:
    """Draw a wave's band, with as many hashtags before it as fit.

    The band has end marks only where the period starts or ends on the scale.
    """
    glyphs, column = layout.glyphs, 2
    for hashtag in map(layout.context.text, band.wave.hashtags_in(layout.context.languages)):
        if column + cell_width(hashtag) > layout.left - 2:
            break
        line.put(column, hashtag, "aside")
        column += cell_width(hashtag) + 1
    start, end = _span_columns(span, layout)
    if span.open_ended:
        end = layout.right
    for at in range(start, end):
        line.put(at, glyphs.band, band.colour)
    if end - start > 1:
        if band.starts_on_scale:
            line.put(start, glyphs.band_ends[0], band.colour)
        if span.open_ended or band.ends_on_scale:
            line.put(end - 1, glyphs.arrow if span.open_ended else glyphs.band_ends[1], band.colour)
    if layout.chart.today_offset is not None and start < layout.today_column < end - 1:
        line.put(layout.today_column, glyphs.today_on_band, "today")


def _span_columns(span: ScaleSpan, layout: _GanttLayout) -> tuple[int, int]:
    """Return the first column of a span and the column after its last; adjacent months do not overlap."""
    start = min(layout.column(span.start), layout.right - 1)
    return start, max(layout.column(span.end), start + 1)


def _moment_line(row: ChartRow, layout: _GanttLayout) -> TextCanvas:
    """Return the line of a moment: its label, its marks, and the date beside each mark if it fits."""
    canvas, glyphs = layout.grid_canvas(), layout.glyphs
    if layout.show_kinds:
        canvas.put(2, glyphs.kinds[row.kind], "aside")
    at = 4 if layout.show_kinds else 2
    canvas.put(at, _label(row.entry, layout, layout.left - at - 2), "struck" if row.cancelled else "")
    if not row.marks:
        text = f"{glyphs.states['open']} {_date_texts(row.entry, layout)[0]}"
        canvas.put(layout.left, _cut(text, layout.width, layout), "open")
        return canvas
    for mark in row.marks:
        start, end = _span_columns(mark.span, layout)
        canvas.put(start, glyphs.states[mark.state] * (end - start), mark.state)
    for mark in row.marks:
        if mark.dated:
            _write_date(canvas, mark, layout)
    if any(mark.span.open_ended for mark in row.marks):
        _draw_open_end(canvas, row.marks, layout)
    return canvas


def _label(entry: Entry, layout: _GanttLayout, room: int) -> str:
    """Return the label of a moment in ``room`` cells; the title is shortened first, then the other waves."""
    others = layout.context.waves(entry.waves[1:])
    shared = _cut(f" + {others}", max(room // 2, 6), layout) if others else ""
    draft = f"[{layout.context.translate('draft')}] " if entry.draft else ""
    return draft + _cut(layout.context.title(entry), max(room - cell_width(draft + shared), 4), layout) + shared


def _draw_open_end(canvas: TextCanvas, marks: Iterable[MomentMark], layout: _GanttLayout) -> None:
    """Draw a line from an open-ended mark to the end of the chart, with gaps around texts."""
    start = min(_span_columns(mark.span, layout)[1] for mark in marks if mark.span.open_ended)
    last = layout.right - 1
    free = [canvas.is_free(column, 1) for column in range(start, last + 1)]
    for index, neighbours in enumerate(zip([True, *free], free, [*free[1:], True], strict=False)):
        if all(neighbours):  # keep one cell between the line and a date
            glyph = layout.glyphs.arrow if start + index == last else layout.glyphs.open_end
            canvas.put(start + index, glyph, "vague")


def _write_date(canvas: TextCanvas, mark: MomentMark, layout: _GanttLayout) -> None:
    """Write the longest form of the date that fits, to the right of a mark or else to its left.

    It stays clear of the line of today if any form can that has more than the status.
    """
    start, end = _span_columns(mark.span, layout)
    status = layout.context.status_note(mark.entry)
    for over_today, text in product((False, True), _date_texts(mark.entry, layout)):
        width = cell_width(text)
        after = layout.clear_of_today(end + 1, width)
        for column in (after if after - end <= _MAX_SHIFT else end + 1, start - width - 1):
            at_edge = column + width == layout.right or column < start or canvas.is_free(column + width, 1)
            if column < layout.left or not at_edge or not canvas.is_free(column - 1, width + 1):
                continue
            if over_today or (text != status and layout.clear_of_today(column, width) == column):
                _write_text(canvas, column, text)
                return


def _write_text(canvas: TextCanvas, column: int, text: str) -> None:
    """Write a text with a blank cell on each side, over the vertical lines of the chart."""
    width = cell_width(text)
    for beside in (column - 1, column + width):
        if canvas.is_free(beside, 1):
            canvas.put(beside, " ")
    canvas.put(column, text, "aside")


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


def _legend(timeline: Timeline, layout: _GanttLayout) -> Iterator[TextCanvas]:
    """Return lines that explain the marks in the chart."""
    context, glyphs, chart = layout.context, layout.glyphs, layout.chart
    states = {mark.state for row in chart.rows for mark in row.marks} | {"open" for row in chart.rows if not row.marks}
    labels = [(glyphs.kinds[kind], "", label) for kind, label in chart.kind_labels.items() if layout.show_kinds]
    labels += [(glyphs.states[state], state, label) for state, label in legend_labels(states)]
    if chart.has_open_end:
        labels.append((glyphs.open_end + glyphs.arrow, "vague", phrase("end not known")))
    items = [(glyph, style, context.translate(label)) for glyph, style, label in labels]
    if chart.most_actions:
        items.append((glyphs.bars, "aside", chart.bars_label(context)))
    if chart.today_offset is not None:
        items.append((glyphs.today_line, "today", f"{context.translate('today')}, {context.day(timeline.today)}"))
    canvas, column = layout.empty_canvas(), 0
    for glyph, style, label in items:
        needed = cell_width(glyph) + 1 + cell_width(label)
        if column and column + needed > layout.right:
            yield canvas
            canvas, column = layout.empty_canvas(), 0
        canvas.put(column, glyph, style)
        start = column + cell_width(glyph) + 1
        canvas.put(start, _cut(label, layout.right - start, layout), "aside")
        column += needed + 3
    if column:
        yield canvas


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
            parts.append(f"\x1b[{sgr_code(style)}m{text}\x1b[0m" if colour and style else text)
        return "".join(parts)


class Glyphs(NamedTuple):
    """The marks of kinds and of states, and the lines of a chart."""

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
    bars: str


UNICODE_GLYPHS = Glyphs(
    {"event": "■", "observance": "◆", "deadline": "▼", "publication": "▲"}, STATE_MARKS,
    open_end="┄", arrow="►", band="━", band_ends=("┣", "┫"),
    year_line="┊", today_line="│", today_on_band="┿", ellipsis="…", bars="░▒▓█",
)  # fmt: skip
"""For Unicode terminals: characters of WGL4, which terminal fonts have, and box drawing."""
ASCII_GLYPHS = Glyphs(
    {"event": "#", "observance": "o", "deadline": "!", "publication": "^"},
    {"firm": "*", "vague": "~", "open": "?", "postponed": ">", "cancelled": "x"},
    open_end=".", arrow=">", band="=", band_ends=("[", "]"),
    year_line=":", today_line="|", today_on_band="+", ellipsis="...", bars="-%&@",
)  # fmt: skip
"""For terminals that only have ASCII."""
