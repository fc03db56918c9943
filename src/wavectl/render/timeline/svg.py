"""The timeline as an SVG 1.1 picture for slides and pages; it loads nothing and has its own background."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from wavectl.diagnostics import phrase
from wavectl.model import Wave
from wavectl.render.context import KIND_LABELS, STATE_LABELS, RenderContext, entry_state
from wavectl.render.timeline.chart import (
    Chart,
    ChartRow,
    MomentMark,
    WaveBand,
    build_chart,
    month_or_quarter_labels,
    year_labels,
)
from wavectl.text.escaping import escape_html
from wavectl.text.templates import render_template
from wavectl.text.terminal import cell_width, truncate
from wavectl.timeline.entries import Timeline

WIDTH = 1200
_MARGIN = 24
_LEFT, _RIGHT = 300, WIDTH - _MARGIN  # the horizontal limits of the scale
_ROW_HEIGHT, _WAVE_GAP = 26, 14  # the height of a row, and the space above a wave
_CHARACTER_WIDTH = 8.4  # an upper estimate: the viewer chooses the font
_NARROW_CHARACTERS, _WIDE_CHARACTERS = " .,:;'|!()-ijlIftr", "mwMWÉÑOQGD@%"
_DEFAULT_COLOURS = ("steelblue", "seagreen", "darkorange", "mediumpurple", "indianred", "darkcyan")
"""The colours of waves without a colour of their own, in turn."""


class ChartDrawing(NamedTuple):
    """The elements of a chart (SVG), its size, and the texts that a screen reader reads out for it."""

    elements: Markup
    height: int
    title: str
    description: str
    width: int = WIDTH


class _SvgLayout(NamedTuple):
    """The timeline, its chart, and how to render them."""

    timeline: Timeline
    chart: Chart
    context: RenderContext
    show_kinds: bool

    def x(self, days: int) -> float:
        """Return the x coordinate that lies so many days after the start of the scale."""
        return _LEFT + (_RIGHT - _LEFT) * days / self.chart.scale.days


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the picture, with the name of the programme as its heading."""
    name = context.text(timeline.programme.name)
    return render_template(
        "wavectl.render",
        "timeline.svg",
        chart=draw_chart(timeline, context, top=52 if name else 16),
        context=context,
        colours=LIGHT_COLOURS,
        heading=name,
        margin=_MARGIN,
    )


def wave_colour(wave: Wave, index: int) -> str:
    """Return the colour of a wave (CSS); ``index`` selects a default for a wave that has none."""
    return wave.color or _DEFAULT_COLOURS[index % len(_DEFAULT_COLOURS)]


def draw_chart(timeline: Timeline, context: RenderContext, top: int = 8) -> ChartDrawing:
    """Return the chart, drawn from the height ``top`` down."""
    chart = build_chart(timeline)
    kinds = {row.entry.group.kind for band in chart.bands for row in band.rows}
    layout = _SvgLayout(timeline, chart, context, len(kinds) > 1)
    lines: list[str] = []
    y = top + 2 * _ROW_HEIGHT
    for index, band in enumerate(chart.bands):
        y += _WAVE_GAP
        lines += _wave_elements(band, wave_colour(band.wave, index), y, layout)
        y += _ROW_HEIGHT * (1 + bool(band.span or not band.rows) + len(band.rows))
    bottom = y + 8
    legend = list(_legend_elements(bottom + _ROW_HEIGHT + 14, layout))
    elements = [HATCH_PATTERN, *_scale_elements(top, bottom, layout), *lines, *legend]
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown_waves]
    return ChartDrawing(
        Markup("".join(f"{line}\n" for line in elements)),  # noqa: S704 - every text in it is escaped below
        bottom + _ROW_HEIGHT * 2 + 14,
        context.text(timeline.programme.name) or context.translate("Waves"),
        "; ".join(f"{context.text(wave.title)}, {context.period(wave)}" for wave in waves),
    )


def _text_with_background(x: float, y: float, text: str, style: str = "", anchor: str = "") -> str:
    """Return a text with a background that hides the lines of the chart."""
    width = _text_width(text)
    left = x - width - 1 if anchor else x - 2
    corner = f'x="{format_length(left)}" y="{format_length(y - 12)}"'
    background = f'<rect class="ground" {corner} width="{format_length(width + 3)}" height="16"/>'
    return background + _text_element(x, y, text, style, anchor)


def _text_element(x: float, y: float, text: str, style: str = "", anchor: str = "") -> str:
    css_class = f' class="{style}"' if style else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{css_class} x="{format_length(x)}" y="{format_length(y)}"{end}>{escape_html(text)}</text>'


def _text_width(text: str) -> float:
    """Estimate the width of a text in a sans-serif font, with narrow and wide letters taken into account."""
    narrow, wide = sum(map(text.count, _NARROW_CHARACTERS)), sum(map(text.count, _WIDE_CHARACTERS))
    return cell_width(text) * _CHARACTER_WIDTH - narrow * 0.5 * _CHARACTER_WIDTH + wide * 0.5 * _CHARACTER_WIDTH


def _vertical_line(style: str, x: float, top: float, bottom: float) -> str:
    return f'<path class="{style}" d="M{format_length(x)} {format_length(top)}V{format_length(bottom)}"/>'


def _scale_elements(top: int, bottom: int, layout: _SvgLayout) -> Iterator[str]:
    """Return the labels of years and months with their vertical lines, and the line of today."""
    scale, context = layout.chart.scale, layout.context
    room = int((_RIGHT - _LEFT) / _CHARACTER_WIDTH)
    for label in month_or_quarter_labels(scale, room, context.language):
        yield _vertical_line("grid", layout.x(label.days), top + _ROW_HEIGHT, bottom)
        yield _text_element(layout.x(label.days) + 3, top + 2 * _ROW_HEIGHT - 10, label.text, "muted")
    for label in year_labels(scale, room):
        yield _vertical_line("year", layout.x(label.days), top + 6, bottom)
        yield _text_element(layout.x(label.days) + 3, top + _ROW_HEIGHT - 6, label.text, "strong")
    if layout.chart.today_offset is not None:
        x = layout.x(layout.chart.today_offset)
        text = f"{context.translate('today')}, {context.day(layout.timeline.today)}"
        yield _vertical_line("today", x, top + 2 * _ROW_HEIGHT - 4, bottom + 14)
        anchor = "end" if x + _text_width(text) > _RIGHT else ""
        yield _text_element(x - 4 if anchor else x + 4, bottom + 12, text, "now", anchor)


def _wave_elements(band: WaveBand, fill: str, top: int, layout: _SvgLayout) -> Iterator[str]:
    """Return a wave: its title and period, its band with hashtags, its moments."""
    context, y = layout.context, top + 18
    title, period, notice = context.text(band.wave.title), context.period(band.wave), context.text(band.wave.notice)
    if band.span or band.rows:
        yield _wave_heading(truncate(title, 96), period, y)
    else:
        yield _wave_heading(truncate(title, 96), "", y)
        y += _ROW_HEIGHT
        yield _text_with_background(_MARGIN, y, truncate(f"{period}. {notice}" if notice else period, 120), "muted")
    if band.span:
        y += _ROW_HEIGHT
        yield _text_element(_MARGIN, y, _fitting_hashtags(band.wave.hashtags, context), "muted")
        end = _RIGHT if band.span.open_ended else layout.x(band.span.end)
        yield band_svg(layout.x(band.span.start), end, y - 4, escape_html(fill), pointed=band.span.open_ended)
    for row in band.rows:
        y += _ROW_HEIGHT
        yield from _moment_elements(row, y, layout)


def _wave_heading(title: str, period: str, y: int) -> str:
    """Return the title of a wave followed by its period."""
    width = _text_width(title) * 1.1 + (_text_width(period) + 14 if period else 0)
    background = f'<rect class="ground" x="{_MARGIN}" y="{y - 13}" width="{format_length(width)}" height="18"/>'
    suffix = f'<tspan class="muted" dx="10">{escape_html(period)}</tspan>' if period else ""
    return f'{background}<text x="{_MARGIN}" y="{y}"><tspan class="strong">{escape_html(title)}</tspan>{suffix}</text>'


def _fitting_hashtags(hashtags: list[str], context: RenderContext) -> str:
    """Return as many hashtags as fit to the left of the band."""
    shown = ""
    for hashtag in map(context.text, hashtags):
        if _text_width(f"{shown} {hashtag}") > _LEFT - _MARGIN - 12:
            break
        shown = f"{shown} {hashtag}".strip()
    return shown


def _moment_elements(row: ChartRow, y: int, layout: _SvgLayout) -> Iterator[str]:
    """Return a moment: its label, its marks, and the dates beside them if they fit."""
    context, entry = layout.context, row.entry
    at = _MARGIN + (22 if layout.show_kinds else 4)
    cancelled = bool(row.marks) and all(entry_state(mark.entry) == "cancelled" for mark in row.marks)
    yield f"<g><title>{escape_html(_tooltip(row, layout))}</title>"
    if layout.show_kinds:
        yield kind_symbol_svg(entry.group.kind.value, _MARGIN + 8, y - 5, "kind")
    label = truncate(context.label(entry), int((_LEFT - at - 8) / _CHARACTER_WIDTH))
    yield _text_element(at, y, label, "struck" if cancelled else "")
    if not row.marks:
        yield _text_element(_LEFT, y, context.date(entry), "muted")
    left = float(_LEFT)
    for index, mark in enumerate(row.marks):
        right = layout.x(row.marks[index + 1].span.start) if index + 1 < len(row.marks) else float(_RIGHT)
        yield from _mark_elements(mark, y - 5, left, right, layout)
        left = layout.x(mark.span.end) + 8
    yield "</g>"


def _mark_elements(moment_mark: MomentMark, y: float, left: float, right: float, layout: _SvgLayout) -> Iterator[str]:
    """Return a mark and its date, to the right of it or else to the left, if it fits between the bounds."""
    context, entry = layout.context, moment_mark.entry
    start, end = layout.x(moment_mark.span.start), layout.x(moment_mark.span.end)
    yield mark_svg(entry_state(entry), entry.group.kind.value, start, end, y)
    text = ", ".join(filter(None, (context.date(entry), context.status_note(entry))))
    after = max(end, (start + end) / 2 + 8) + 8
    if after + _text_width(text) <= right:
        yield _text_with_background(after, y + 5, text, "muted")
        after += _text_width(text) + 6
    elif start - 12 - _text_width(text) >= left:
        yield _text_with_background(start - 12, y + 5, text, "muted", "end")
    if moment_mark.span.open_ended and after + 24 < _RIGHT:
        yield open_end_svg(after, _RIGHT, y)


def _tooltip(row: ChartRow, layout: _SvgLayout) -> str:
    """Return the text that appears when the pointer rests on a moment."""
    context, entry = layout.context, row.entry
    dates = "; ".join(context.date(mark.entry) for mark in row.marks[:12]) or context.date(entry)
    waves = "; ".join(context.text(layout.timeline.waves[wave].title) for wave in entry.waves)
    return " - ".join(
        filter(None, (context.text(entry.title), dates, context.place(entry.place), waves, context.status_note(entry)))
    )


def _legend_elements(y: int, layout: _SvgLayout) -> Iterator[str]:
    """Return the explanation of the marks in the chart."""
    context, x = layout.context, float(_MARGIN)
    rows = [row for band in layout.chart.bands for row in band.rows]
    kinds = {row.entry.group.kind.value for row in rows}
    marks = [mark for row in rows for mark in row.marks]
    states = {entry_state(mark.entry) for mark in marks}
    items = [(kind_symbol_svg(kind, 0, 0, "kind"), label) for kind, label in KIND_LABELS.items() if kind in kinds]
    items += [(mark_svg(state, "event", -9, 9, 0), label) for state, label in STATE_LABELS.items() if state in states]
    if any(mark.span.open_ended for mark in marks):
        items.append((open_end_svg(-9, 11, 0), phrase("end not known")))
    for shape, label in items:
        text = context.translate(label)
        element = _text_element(x + 26, y, text, "muted")
        yield f'<g transform="translate({format_length(x + 10)} {y - 5})">{shape}</g>{element}'
        x += 26 + _text_width(text) + 16


LIGHT_COLOURS: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "muted": "#57606a", "grid": "#e3e6ea", "year": "#b4bcc6",
    "firm": "#1a7f37", "vague": "#9a6700", "postponed": "#8250df", "cancelled": "#cf222e", "today": "#0b57d0",
}  # fmt: skip
DARK_COLOURS: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e8ebef", "muted": "#a3adb8", "grid": "#2a3038", "year": "#4b545f",
    "firm": "#4ac26b", "vague": "#e3b341", "postponed": "#c297ff", "cancelled": "#ff7b72", "today": "#79b8ff",
}  # fmt: skip
HATCH_PATTERN = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M1 0V6"/></pattern></defs>'
)
"""The fill of marks for dates that are not exact."""
_HALF_HEIGHT = 6.0  # half the height of a mark
_MAX_SYMBOL_WIDTH = 14.0  # a mark up to this width is drawn as the symbol of its kind


def format_length(value: float) -> str:
    """Return a length rounded to a tenth, without a trailing ``.0``."""
    return f"{value:.1f}".removesuffix(".0")


def mark_svg(state: str, kind: str, start: float, end: float, y: float) -> str:
    """Return the mark of a moment from ``start`` to ``end``, centred on the height ``y``."""
    middle = (start + end) / 2
    if state == "vague":
        half = max((end - start) / 2, _HALF_HEIGHT)
        return _box_svg(state, middle - half, middle + half, y)
    if end - start > _MAX_SYMBOL_WIDTH:
        shape = _box_svg(state, start, end, y)
    else:
        shape = kind_symbol_svg(kind, middle, y, state)
    if state == "postponed":
        arrows = " ".join(f"M{format_length(middle + at)} {format_length(y - 3)}l3 3l-3 3" for at in (-4, 0))
        return f'{shape}<path class="later" d="{arrows}"/>'
    if state == "cancelled":
        left, right = min(start, middle - _HALF_HEIGHT) - 3, max(end, middle + _HALF_HEIGHT) + 3
        return f'{shape}<path class="cross" d="M{format_length(left)} {format_length(y)}H{format_length(right)}"/>'
    return shape


def band_svg(start: float, end: float, y: float, colour: str, *, pointed: bool) -> str:
    """Return the band of a wave; it ends in a point if its end is not known."""
    tip = (
        f"L{format_length(end)} {format_length(y)}L{format_length(end - 9)} {format_length(y + _HALF_HEIGHT)}"
        if pointed
        else f"V{format_length(y + _HALF_HEIGHT)}"
    )
    corner = end - 9 if pointed else end
    left, top = format_length(start), format_length(y - _HALF_HEIGHT)
    path = f"M{left} {top}H{format_length(corner)}{tip}H{left}z"
    return f'<path class="band" fill="{colour}" d="{path}"/>'


def open_end_svg(start: float, end: float, y: float) -> str:
    """Return a dotted arrow from ``start`` to ``end``, for a moment whose end is not known."""
    line = f'<path class="trail" d="M{format_length(start)} {format_length(y)}H{format_length(end - 8)}"/>'
    return f'{line}<path class="head" d="M{format_length(end - 8)} {format_length(y - 5)}l8 5l-8 5z"/>'


def kind_symbol_svg(kind: str, x: float, y: float, style: str) -> str:
    """Return the symbol of a kind of moment around a point: a square, a diamond or a triangle."""
    shapes = {
        "event": f"M{format_length(x - 5)} {format_length(y - 5)}h10v10h-10z",
        "observance": f"M{format_length(x)} {format_length(y - 7)}l7 7l-7 7l-7 -7z",
        "deadline": f"M{format_length(x - 7)} {format_length(y - 6)}h14l-7 12z",
        "publication": f"M{format_length(x - 7)} {format_length(y + 6)}h14l-7 -12z",
    }
    return f'<path class="{style}" d="{shapes[kind]}"/>'


def _box_svg(state: str, start: float, end: float, y: float) -> str:
    width, height = format_length(end - start), format_length(2 * _HALF_HEIGHT)
    left, top = format_length(start), format_length(y - _HALF_HEIGHT)
    return f'<rect class="{state}" x="{left}" y="{top}" width="{width}" height="{height}" rx="2"/>'
