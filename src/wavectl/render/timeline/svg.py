"""The timeline as an SVG 1.1 picture for slides and pages; it loads nothing and has its own background.

This module places the parts of the chart; the markup is in ``templates/chart.svg`` and ``shapes``.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import abbreviate_months
from wavectl.model import Wave
from wavectl.render.colours import LIGHT_COLOURS
from wavectl.render.context import RenderContext, legend_labels
from wavectl.render.timeline import shapes
from wavectl.render.timeline.chart import (
    Chart,
    ChartRow,
    TimelineActions,
    WaveBand,
    build_chart,
    month_or_quarter_labels,
    year_labels,
)
from wavectl.render.timeline.shapes import CHARACTER_WIDTH, px, text_width
from wavectl.text.escaping import escape_html, render_template
from wavectl.text.terminal import truncate
from wavectl.timeline.entries import Timeline

_MARGIN = 24
_ROW_HEIGHT, _WAVE_GAP = 26, 14  # the height of a line, and the space above a wave


class Geometry(NamedTuple):
    """The width of a chart, the space beside it, the left limit of the scale, and how far marks are below labels."""

    width: int
    margin: int
    left: int
    drop: int

    @property
    def right(self) -> int:
        """The right limit of the scale."""
        return self.width - self.margin

    @property
    def pitch(self) -> int:
        """The height of a moment."""
        return _ROW_HEIGHT + self.drop

    @property
    def scale_length(self) -> int:
        """The width of the scale, in characters."""
        return int((self.right - self.left) / CHARACTER_WIDTH)


WIDE = Geometry(1200, _MARGIN, 300, 0)
NARROW = Geometry(326, 8, 8, 20)
"""For telephones: labels and dates are above the marks."""


class ChartDrawing(NamedTuple):
    """The elements of a chart (SVG), its size, and the texts that a screen reader reads out for it."""

    elements: Markup
    width: int
    height: int
    title: str
    description: str


def render(timeline: Timeline, context: RenderContext, actions: TimelineActions | None = None) -> str:
    """Return the picture, with the name of the programme as its heading."""
    name = context.text(timeline.programme.name)
    return render_template(
        "wavectl.render",
        "timeline.svg",
        chart=_draw(_label_chart(timeline, context, actions), WIDE, top=52 if name else 16),
        context=context,
        colours=LIGHT_COLOURS,
        heading=name,
        margin=_MARGIN,
    )


def draw_charts(
    timeline: Timeline, context: RenderContext, actions: TimelineActions | None = None
) -> dict[str, ChartDrawing]:
    """Return the chart for ``wide`` and for ``narrow`` screens."""
    chart = _label_chart(timeline, context, actions)
    return {"wide": _draw(chart, WIDE), "narrow": _draw(chart, NARROW)}


# -- the texts, which all screens have in common


class _LabelledRow(NamedTuple):
    """A moment and its texts: its label, its date above its marks, those beside each mark, and its tooltip."""

    row: ChartRow
    label: str
    date: str
    mark_dates: list[str]
    tooltip: str


class _LabelledBand(NamedTuple):
    """A wave, its moments with their texts, and the tooltips of its bars."""

    band: WaveBand
    rows: list[_LabelledRow]
    bar_tooltips: list[str]


class _LabelledChart(NamedTuple):
    """A chart with its texts; ``legend`` has kinds, states, an unknown end and bars, each with its label."""

    timeline: Timeline
    context: RenderContext
    chart: Chart
    bands: list[_LabelledBand]
    legend: list[tuple[str, str, str]]
    description: str


def _label_chart(timeline: Timeline, context: RenderContext, actions: TimelineActions | None) -> _LabelledChart:
    chart, bands, about = build_chart(timeline, actions), [], []
    for band in chart.bands:
        bars = band.actions
        weeks = [f"{context.day(chart.scale.day(span.start))}: {number}" for span, number in bars.weeks] if bars else []
        bands.append(_LabelledBand(band, [_label_row(row, timeline, context) for row in band.rows], weeks))
        counted = (bars.label(context), bars.note(context)) if bars else ()
        about.append(", ".join(filter(None, (context.text(band.wave.title), context.period(band.wave), *counted))))
    states = [mark.state for row in chart.rows for mark in row.marks]
    legend = [(kind, "", context.translate(label)) for kind, label in chart.kind_labels.items()]
    legend += [("", state, context.translate(label)) for state, label in legend_labels(states)]
    if chart.has_open_end:
        legend.append(("", "", context.translate(phrase("end not known"))))
    if chart.most_actions:
        legend.append(("actions", "", chart.bars_label(context)))
    return _LabelledChart(timeline, context, chart, bands, legend, context.join(about))


def _label_row(row: ChartRow, timeline: Timeline, context: RenderContext) -> _LabelledRow:
    entry, date = row.entry, context.date(row.entry)
    short = abbreviate_months(date, context.language)
    dates = [context.date(mark.entry) for mark in row.marks]
    notes = [context.status_note(mark.entry) for mark in row.marks]
    dated = [text for mark, text in zip(row.marks, dates, strict=True) if mark.dated]
    waves = context.join(context.text(timeline.waves[wave].title) for wave in entry.waves)
    about = (
        *(context.text(entry.title), context.join(dated[:12]) or date),
        *(context.place(entry.place), waves, context.status_note(entry)),
    )
    return _LabelledRow(
        row,
        context.label(entry),
        truncate(f"{short}, …" if len(dated) > 1 else short, 24),
        [", ".join(filter(None, texts)) for texts in zip(dates, notes, strict=True)],
        " - ".join(filter(None, about)),
    )


# -- the drawing


def _lines(parts: Iterable[str]) -> Markup:
    return Markup("\n".join((*parts, "")))  # noqa: S704 - their texts are escaped


class _LegendItem(NamedTuple):
    """A label of the legend for a kind, bars, a state, or an end that is not known."""

    line: int
    x: float
    text: str
    kind: str
    state: str


def _draw(labelled: _LabelledChart, geometry: Geometry, top: int = 8) -> ChartDrawing:
    """Return a chart, drawn from the height ``top`` down."""
    layout = _SvgLayout(labelled, geometry, top + 2 * _ROW_HEIGHT)
    timeline, context, legend = labelled.timeline, labelled.context, layout.legend()
    elements = render_template(
        "wavectl.render",
        "chart.svg",
        timeline=timeline,
        chart=labelled.chart,
        context=context,
        layout=layout,
        legend=legend,
        geometry=geometry,
        narrow=geometry is NARROW,
        top=top,
        row_height=_ROW_HEIGHT,
        shapes=shapes,
        px=px,
        text_width=text_width,
        truncate=truncate,
    )
    return ChartDrawing(
        Markup(elements),  # noqa: S704 - the template escapes every text in it
        geometry.width,
        layout.bottom + _ROW_HEIGHT * (2 + max((item.line for item in legend), default=0)) + 14,
        context.text(timeline.programme.name) or context.translate("Waves"),
        labelled.description,
    )


class _SvgLayout:
    """Where the parts of a chart are; ``bands`` are the waves, each with the height of its title."""

    def __init__(self, labelled: _LabelledChart, geometry: Geometry, y: int) -> None:
        self.context, self.chart, self._legend = labelled.context, labelled.chart, labelled.legend
        self.geometry, self._left, self._right, self._drop = geometry, geometry.left, geometry.right, geometry.drop
        self._days, today = self.chart.scale.days, self.chart.today_offset
        self._today_x = None if today is None else self.x(today)
        self._most_actions = self.chart.most_actions
        self._show_kinds = len(self.chart.kind_labels) > 1
        self.label_x = geometry.margin + (22 if self._show_kinds else 4)
        self.bands: list[tuple[_LabelledBand, int]] = []
        for labelled_band in labelled.bands:
            y += _WAVE_GAP
            band = labelled_band.band
            self.bands.append((labelled_band, y + 18))
            lines = band.actions.lines if band.actions else 0
            y += _ROW_HEIGHT + geometry.pitch * (bool(band.span or not band.rows) + lines + len(band.rows))
        self.bottom = y + 8

    def x(self, days: int) -> float:
        """Return the x coordinate that lies so many days after the start of the scale."""
        return self._left + (self._right - self._left) * days / self._days

    def grid(self, top: int) -> Markup:
        """Return the lines and labels of the months and of the years above them."""
        scale, length = self.chart.scale, self.geometry.scale_length
        months = month_or_quarter_labels(scale, length, self.context.language)
        parts = []
        for labels, style, text_style, start, y in (
            (months, "grid", "muted", top + _ROW_HEIGHT, top + 2 * _ROW_HEIGHT - 10),
            (year_labels(scale, length), "year", "strong", top + 6, top + _ROW_HEIGHT - 6),
        ):
            for days, text in labels:
                parts.append(shapes.line(style, self.x(days), start, self.bottom))
                parts.append(shapes.text_at(self.x(days) + 3, y, text, text_style))
        return _lines(parts)

    def clear_of_today(self, x: float, width: float) -> float:
        """Return where a text that starts at ``x`` does not collide with the line of today."""
        today = self._today_x
        return today + 6 if today is not None and x - 3 < today < x + width + 3 else x

    def fitting_hashtags(self, wave: Wave) -> str:
        """Return as many hashtags as fit to the left of the band."""
        shown = ""
        for hashtag in map(self.context.text, wave.hashtags_in(self.context.languages)):
            if text_width(f"{shown} {hashtag}") > self._left - self.geometry.margin - 12:
                break
            shown = f"{shown} {hashtag}".strip()
        return shown

    def bars(self, labelled: _LabelledBand, y: float) -> Markup:
        """Return the actions of a wave as a bar for each week, with its foot at the height ``y``."""
        band, most = labelled.band, self._most_actions
        weeks = zip(band.actions.weeks if band.actions else (), labelled.bar_tooltips, strict=True)
        bars = (
            shapes.bar(self.x(span.start), self.x(span.end), y, number / most, band.colour, tooltip)
            for (span, number), tooltip in weeks
        )
        return _lines(bars)

    def rows(self, labelled: _LabelledBand, y: float) -> Markup:
        """Return the moments of a wave, the first on the height ``y``."""
        pitch = self.geometry.pitch
        return _lines(part for n, row in enumerate(labelled.rows) for part in self._row(row, y + n * pitch))

    def _marks(self, labelled: _LabelledRow, y: float) -> Iterator[Markup]:
        """Return the marks of a moment, each with its date to the right or else to the left, if it fits.

        A date gives way to the line of today. An arrow follows a moment whose end is not known.
        """
        row, left, last, middle = labelled.row, float(self._left), self._right, y + self._drop - 5
        limits = [*(self.x(mark.span.start) for mark in row.marks[1:]), last]
        for mark, date, right in zip(row.marks, labelled.mark_dates, limits, strict=False):
            start, end = self.x(mark.span.start), self.x(mark.span.end)
            yield shapes.mark(mark.state, row.kind, start, end, middle)
            after = max(end, (start + end) / 2 + 8) + 8
            if mark.dated and not self._drop:
                width = text_width(date)
                before, clear = start - 12 - width, self.clear_of_today(after, width)
                fits_after, is_free = clear + width <= right, clear == after
                is_free_before = self.clear_of_today(before, width) == before
                if before >= left and not (fits_after and (is_free or not is_free_before)):
                    yield shapes.text_on_ground(start - 12, y, date, "end")
                elif fits_after:
                    yield shapes.text_on_ground(clear, y, date)
                    after = clear + width + 6
            if mark.span.open_ended and after + 24 < last:
                yield shapes.open_end(after, last, middle)
            left = end + 8

    def _row(self, labelled: _LabelledRow, y: float) -> Iterator[str]:
        """Return a moment on the height ``y``: its label, its marks, and their dates."""
        margin, right, label_end = self.geometry.margin, self._right, self._left - 8
        yield f"<g><title>{escape_html(labelled.tooltip)}</title>"
        if self._drop:  # the date is beside the label, above the marks
            label_end = right - int(text_width(labelled.date)) - 8
            yield f'<rect class="ground" x="{margin}" y="{px(y - 13)}" width="{px(right - margin)}" height="18"/>'
            yield shapes.text_at(right, y, labelled.date, "muted", "end")
        if self._show_kinds:
            yield shapes.symbol(labelled.row.kind, margin + 8, y - 5, "kind")
        label = truncate(labelled.label, int((label_end - self.label_x) / CHARACTER_WIDTH))
        yield shapes.text_at(self.label_x, y, label, "struck" if labelled.row.cancelled else "")
        if not (labelled.row.marks or self._drop):
            yield shapes.text_at(self._left, y, self.context.date(labelled.row.entry), "muted")
        yield from self._marks(labelled, y)
        yield "</g>"

    def legend(self) -> list[_LegendItem]:
        """Return the labels that explain the marks in the chart, on as many lines as they need."""
        margin = float(self.geometry.margin)
        line, x, shown = 0, margin, []
        for kind, state, text in self._legend:
            width = text_width(text)
            if x > margin and x + 26 + width > self._right:
                line, x = line + 1, margin
            shown.append(_LegendItem(line, x, text, kind, state))
            x += 26 + width + 16
        return shown
