"""The marks of a chart as SVG: how sure a moment is decides how its mark is filled, its kind decides the shape.

Colours stand in classes, so that one drawing is shown light or dark; hatches, dashes and shapes tell the same without.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT_COLOURS: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "muted": "#57606a", "grid": "#e3e6ea", "year": "#b4bcc6",
    "firm": "#1a7f37", "vague": "#9a6700", "postponed": "#8250df", "cancelled": "#cf222e", "today": "#0b57d0",
}  # fmt: skip
DARK_COLOURS: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e8ebef", "muted": "#a3adb8", "grid": "#2a3038", "year": "#4b545f",
    "firm": "#4ac26b", "vague": "#e3b341", "postponed": "#c297ff", "cancelled": "#ff7b72", "today": "#79b8ff",
}  # fmt: skip
_CHART_CSS = """\
.chart text {{ fill: {ink}; font-family: sans-serif; font-size: 14px; }}
.chart .ground {{ fill: {paper}; }}
.chart .strong {{ font-weight: bold; }}
.chart text.muted, .chart tspan.muted {{ fill: {muted}; font-size: 13px; font-weight: normal; }}
.chart .struck {{ text-decoration: line-through; }}
.chart .grid {{ stroke: {grid}; }}
.chart .year {{ stroke: {year}; }}
.chart .today {{ stroke: {today}; stroke-width: 2; }}
.chart text.now {{ fill: {today}; font-size: 13px; }}
.chart .band {{ stroke: {ink}; stroke-opacity: .45; }}
.chart .kind {{ fill: {muted}; }}
.chart .firm {{ fill: {firm}; }}
.chart .open {{ fill: {paper}; stroke: {vague}; stroke-width: 2; }}
.chart .vague {{ fill: url(#hatch); stroke: {vague}; stroke-dasharray: 3 2; }}
.chart .hatch {{ stroke: {vague}; stroke-width: 1.5; }}
.chart .trail {{ fill: none; stroke: {vague}; stroke-width: 2; stroke-dasharray: 2 4; }}
.chart .head {{ fill: {vague}; }}
.chart .postponed {{ fill: {paper}; stroke: {postponed}; stroke-width: 2; stroke-dasharray: 4 3; }}
.chart .later {{ fill: none; stroke: {postponed}; stroke-width: 2; }}
.chart .cancelled {{ fill: {paper}; stroke: {cancelled}; stroke-width: 1.5; }}
.chart .cross {{ fill: none; stroke: {cancelled}; stroke-width: 2.5; }}
"""
HATCH_PATTERN = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M1 0V6"/></pattern></defs>'
)
"""What the marks of dates that are not exact are filled with."""
_HALF_HEIGHT = 6.0  # of a mark's height
_MAX_SYMBOL_WIDTH = 14.0  # a mark no wider than this is drawn in the shape of its kind


def chart_css(colours: Mapping[str, str]) -> str:
    """Return the rules of style for a chart in these colours (CSS)."""
    return _CHART_CSS.format_map(colours)


def format_length(value: float) -> str:
    """Return a length as short as it can be written, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def mark_svg(state: str, kind: str, start: float, end: float, y: float) -> str:
    """Return the mark of a moment from ``start`` to ``end`` around the height ``y``; ``how`` is its state."""
    middle = (start + end) / 2
    if state == "vague":
        slight = end - start < 2 * _HALF_HEIGHT
        return (
            _box_svg(state, middle - _HALF_HEIGHT, middle + _HALF_HEIGHT, y)
            if slight
            else _box_svg(state, start, end, y)
        )
    shape = (
        _box_svg(state, start, end, y) if end - start > _MAX_SYMBOL_WIDTH else kind_symbol_svg(kind, middle, y, state)
    )
    if state == "postponed":
        arrows = " ".join(f"M{format_length(middle + at)} {format_length(y - 3)}l3 3l-3 3" for at in (-4, 0))
        return f'{shape}<path class="later" d="{arrows}"/>'
    if state == "cancelled":
        left, right = min(start, middle - _HALF_HEIGHT) - 3, max(end, middle + _HALF_HEIGHT) + 3
        return f'{shape}<path class="cross" d="M{format_length(left)} {format_length(y)}H{format_length(right)}"/>'
    return shape


def band_svg(start: float, end: float, y: float, colour: str, *, pointed: bool) -> str:
    """Return the band of a wave in its own colour; it ends in a point where its end is not known."""
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
    """Return what trails off from ``start`` to ``end``, where the end of a moment is not known."""
    line = f'<path class="trail" d="M{format_length(start)} {format_length(y)}H{format_length(end - 8)}"/>'
    return f'{line}<path class="head" d="M{format_length(end - 8)} {format_length(y - 5)}l8 5l-8 5z"/>'


def kind_symbol_svg(kind: str, x: float, y: float, style: str) -> str:
    """Return the sign of a kind of moment around a point: a square, a diamond, a triangle that hangs or stands."""
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
