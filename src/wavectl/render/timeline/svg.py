"""The timeline as an SVG 1.1 picture for slides and pages; it loads nothing and has its own background.

This module places the parts of the chart; the markup is in ``templates/chart.svg`` and ``shapes``.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import abbreviate_months
from wavectl.model import Wave
from wavectl.render.context import RenderContext, legend_labels
from wavectl.render.timeline import shapes
from wavectl.render.timeline.chart import (
    Chart,
    ChartRow,
    ScaleLabel,
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
LIGHT_COLOURS: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "muted": "#57606a", "grid": "#e3e6ea", "year": "#b4bcc6",
    "firm": "#1a7f37", "vague": "#9a6700", "postponed": "#8250df", "cancelled": "#cf222e", "today": "#0b57d0",
}  # fmt: skip
DARK_COLOURS: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e8ebef", "muted": "#a3adb8", "grid": "#2a3038", "year": "#4b545f",
    "firm": "#4ac26b", "vague": "#e3b341", "postponed": "#c297ff", "cancelled": "#ff7b72", "today": "#79b8ff",
}  # fmt: skip


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
        chart=draw_chart(timeline, context, top=52 if name else 16, actions=actions),
        context=context,
        colours=LIGHT_COLOURS,
        heading=name,
        margin=_MARGIN,
    )


def draw_chart(
    timeline: Timeline,
    context: RenderContext,
    top: int = 8,
    geometry: Geometry = WIDE,
    actions: TimelineActions | None = None,
) -> ChartDrawing:
    """Return the chart, drawn from the height ``top`` down."""
    chart = build_chart(timeline, actions)
    bands = []
    y = top + 2 * _ROW_HEIGHT
    for band in chart.bands:
        y += _WAVE_GAP
        bands.append((band, y + 18))
        lines = band.actions.lines if band.actions else 0
        y += _ROW_HEIGHT + geometry.pitch * (bool(band.span or not band.rows) + lines + len(band.rows))
    layout = _SvgLayout(timeline, chart, context, geometry, bands, y + 8, len(chart.kind_labels) > 1)
    legend = layout.legend()
    elements = render_template(
        "wavectl.render",
        "chart.svg",
        timeline=timeline,
        chart=chart,
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
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown_waves]
    return ChartDrawing(
        Markup(elements),  # noqa: S704 - the template escapes every text in it
        geometry.width,
        layout.bottom + _ROW_HEIGHT * (2 + max((item.line for item in legend), default=0)) + 14,
        context.text(timeline.programme.name) or context.translate("Waves"),
        context.join(
            ", ".join(filter(None, (context.text(wave.title), context.period(wave), *_action_texts(band, context))))
            for wave, band in zip(waves, chart.bands, strict=True)
        ),
    )


def _action_texts(band: WaveBand, context: RenderContext) -> tuple[str, ...]:
    return (band.actions.label(context), band.actions.note(context)) if band.actions else ()


class _DrawnMark(NamedTuple):
    """A mark, its date at ``date_x`` (None if it does not fit), and where an arrow starts if its end is not known."""

    state: str
    start: float
    end: float
    date: str
    date_x: float | None
    anchor: str
    open_end_x: float | None


class _LegendItem(NamedTuple):
    """A label of the legend for a kind, bars, a state, or an end that is not known."""

    line: int
    x: float
    text: str
    kind: str
    state: str


class _SvgLayout(NamedTuple):
    """Where the parts of a chart are. Each of ``bands`` has the height of its title."""

    timeline: Timeline
    chart: Chart
    context: RenderContext
    geometry: Geometry
    bands: list[tuple[WaveBand, int]]
    bottom: int
    show_kinds: bool

    def x(self, days: int) -> float:
        """Return the x coordinate that lies so many days after the start of the scale."""
        left, right = self.geometry.left, self.geometry.right
        return left + (right - left) * days / self.chart.scale.days

    @property
    def months(self) -> list[ScaleLabel]:
        return month_or_quarter_labels(self.chart.scale, self.geometry.scale_length, self.context.language)

    @property
    def years(self) -> list[ScaleLabel]:
        return year_labels(self.chart.scale, self.geometry.scale_length)

    @property
    def label_x(self) -> int:
        return self.geometry.margin + (22 if self.show_kinds else 4)

    def label(self, row: ChartRow) -> str:
        """Return the label of a moment, as much as fits beside its marks, or beside its date above them."""
        end = self.geometry.left - 8
        if self.geometry.drop:
            end = self.geometry.right - int(text_width(self.date_beside(row))) - 8
        return truncate(self.context.label(row.entry), int((end - self.label_x) / CHARACTER_WIDTH))

    def date_beside(self, row: ChartRow) -> str:
        """Return the date that follows the label of a moment above its marks."""
        text = abbreviate_months(self.context.date(row.entry), self.context.language)
        return truncate(f"{text}, …" if sum(mark.dated for mark in row.marks) > 1 else text, 24)

    def clear_of_today(self, x: float, width: float) -> float:
        """Return where a text that starts at ``x`` does not collide with the line of today."""
        today = None if self.chart.today_offset is None else self.x(self.chart.today_offset)
        return today + 6 if today is not None and x - 3 < today < x + width + 3 else x

    def fitting_hashtags(self, wave: Wave) -> str:
        """Return as many hashtags as fit to the left of the band."""
        shown = ""
        for hashtag in map(self.context.text, wave.hashtags_in(self.context.languages)):
            if text_width(f"{shown} {hashtag}") > self.geometry.left - self.geometry.margin - 12:
                break
            shown = f"{shown} {hashtag}".strip()
        return shown

    def tooltip(self, row: ChartRow) -> str:
        """Return the text that appears when the pointer rests on a moment."""
        context, entry = self.context, row.entry
        dates = context.join(context.date(mark.entry) for mark in row.marks[:12] if mark.dated) or context.date(entry)
        waves = context.join(context.text(self.timeline.waves[wave].title) for wave in entry.waves)
        parts = context.text(entry.title), dates, context.place(entry.place), waves, context.status_note(entry)
        return " - ".join(filter(None, parts))

    def marks(self, row: ChartRow) -> Iterator[_DrawnMark]:
        """Return the marks of a moment, each with its date to the right or else to the left, if it fits.

        A date gives way to the line of today.
        """
        left, last = float(self.geometry.left), self.geometry.right
        limits = [*(self.x(mark.span.start) for mark in row.marks[1:]), last]
        for mark, right in zip(row.marks, limits, strict=False):
            start, end = self.x(mark.span.start), self.x(mark.span.end)
            date = ", ".join(filter(None, (self.context.date(mark.entry), self.context.status_note(mark.entry))))
            width, after = text_width(date), max(end, (start + end) / 2 + 8) + 8
            before, clear = start - 12 - width, self.clear_of_today(after, width)
            date_x, anchor = None, ""
            if not mark.dated or self.geometry.drop:
                pass
            elif clear != after and before >= left and self.clear_of_today(before, width) == before:
                date_x, anchor = start - 12, "end"
            elif clear + width <= right:
                date_x = clear
                after = clear + width + 6
            elif before >= left:
                date_x, anchor = start - 12, "end"
            open_end_x = after if mark.span.open_ended and after + 24 < last else None
            yield _DrawnMark(mark.state, start, end, date, date_x, anchor, open_end_x)
            left = end + 8

    def row(self, row: ChartRow, y: float) -> Markup:
        """Return a moment on the height ``y``: its label, its marks, and their dates."""
        margin, left, right, drop = self.geometry.margin, self.geometry.left, self.geometry.right, self.geometry.drop
        parts = [f"<g><title>{escape_html(self.tooltip(row))}</title>"]
        if drop:
            parts.append(
                f'<rect class="ground" x="{margin}" y="{px(y - 13)}" width="{px(right - margin)}" height="18"/>'
            )
            parts.append(shapes.text_at(right, y, self.date_beside(row), "muted", "end"))
        if self.show_kinds:
            parts.append(shapes.symbol(row.kind, margin + 8, y - 5, "kind"))
        parts.append(shapes.text_at(self.label_x, y, self.label(row), "struck" if row.cancelled else ""))
        if not (row.marks or drop):
            parts.append(shapes.text_at(left, y, self.context.date(row.entry), "muted"))
        for mark in self.marks(row):
            parts.append(shapes.mark(mark.state, row.kind, mark.start, mark.end, y + drop - 5))
            if mark.date_x is not None:
                parts.append(shapes.text_on_ground(mark.date_x, y, mark.date, mark.anchor))
            if mark.open_end_x is not None:
                parts.append(shapes.open_end(mark.open_end_x, right, y + drop - 5))
        return Markup("\n".join((*parts, "</g>\n")))  # noqa: S704 - its texts are escaped

    def legend(self) -> list[_LegendItem]:
        """Return the labels that explain the marks in the chart, on as many lines as they need."""
        states = [mark.state for row in self.chart.rows for mark in row.marks]
        items = [(kind, "", label) for kind, label in self.chart.kind_labels.items()]
        items += [("", state, label) for state, label in legend_labels(states)]
        if self.chart.has_open_end:
            items.append(("", "", phrase("end not known")))
        named = [(kind, state, self.context.translate(label)) for kind, state, label in items]
        if self.chart.most_actions:
            named.append(("actions", "", self.chart.bars_label(self.context)))
        line, x, shown = 0, float(self.geometry.margin), []
        for kind, state, text in named:
            if x > self.geometry.margin and x + 26 + text_width(text) > self.geometry.right:
                line, x = line + 1, float(self.geometry.margin)
            shown.append(_LegendItem(line, x, text, kind, state))
            x += 26 + text_width(text) + 16
        return shown
