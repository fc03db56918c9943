"""The marks of a chart as SVG: how sure a moment is decides how its mark is filled, its kind decides the shape.

Colours stand in classes, so that one drawing is shown light or dark; hatches, dashes and shapes tell the same without.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1f2328", "muted": "#57606a", "grid": "#e3e6ea", "year": "#b4bcc6",
    "firm": "#1a7f37", "vague": "#9a6700", "postponed": "#8250df", "cancelled": "#cf222e", "today": "#0b57d0",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#14181d", "ink": "#e8ebef", "muted": "#a3adb8", "grid": "#2a3038", "year": "#4b545f",
    "firm": "#4ac26b", "vague": "#e3b341", "postponed": "#c297ff", "cancelled": "#ff7b72", "today": "#79b8ff",
}  # fmt: skip
_STYLE = """\
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
DEFINITIONS = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M1 0V6"/></pattern></defs>'
)
"""What the marks of dates that are not exact are filled with."""
_HALF = 6.0  # of a mark's height
_SLIGHT = 14.0  # a mark no wider than this is drawn in the shape of its kind


def style(colours: Mapping[str, str]) -> str:
    """Return the rules of style for a chart in these colours (CSS)."""
    return _STYLE.format_map(colours)


def number(value: float) -> str:
    """Return a length as short as it can be written, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def mark(how: str, kind: str, start: float, end: float, y: float) -> str:
    """Return the mark of a moment from ``start`` to ``end`` around the height ``y``; ``how`` is its state."""
    middle = (start + end) / 2
    if how == "vague":
        slight = end - start < 2 * _HALF
        return _box(how, middle - _HALF, middle + _HALF, y) if slight else _box(how, start, end, y)
    shape = _box(how, start, end, y) if end - start > _SLIGHT else symbol(kind, middle, y, how)
    if how == "postponed":
        arrows = " ".join(f"M{number(middle + at)} {number(y - 3)}l3 3l-3 3" for at in (-4, 0))
        return f'{shape}<path class="later" d="{arrows}"/>'
    if how == "cancelled":
        left, right = min(start, middle - _HALF) - 3, max(end, middle + _HALF) + 3
        return f'{shape}<path class="cross" d="M{number(left)} {number(y)}H{number(right)}"/>'
    return shape


def ribbon(start: float, end: float, y: float, colour: str, *, pointed: bool) -> str:
    """Return the band of a wave in its own colour; it ends in a point where its end is not known."""
    tip = f"L{number(end)} {number(y)}L{number(end - 9)} {number(y + _HALF)}" if pointed else f"V{number(y + _HALF)}"
    corner = end - 9 if pointed else end
    path = f"M{number(start)} {number(y - _HALF)}H{number(corner)}{tip}H{number(start)}z"
    return f'<path class="band" fill="{colour}" d="{path}"/>'


def trail(start: float, end: float, y: float) -> str:
    """Return what trails off from ``start`` to ``end``, where the end of a moment is not known."""
    line = f'<path class="trail" d="M{number(start)} {number(y)}H{number(end - 8)}"/>'
    return f'{line}<path class="head" d="M{number(end - 8)} {number(y - 5)}l8 5l-8 5z"/>'


def symbol(kind: str, x: float, y: float, style: str) -> str:
    """Return the sign of a kind of moment around a point: a square, a diamond, a triangle that hangs or stands."""
    shapes = {
        "event": f"M{number(x - 5)} {number(y - 5)}h10v10h-10z",
        "observance": f"M{number(x)} {number(y - 7)}l7 7l-7 7l-7 -7z",
        "deadline": f"M{number(x - 7)} {number(y - 6)}h14l-7 12z",
        "publication": f"M{number(x - 7)} {number(y + 6)}h14l-7 -12z",
    }
    return f'<path class="{style}" d="{shapes[kind]}"/>'


def _box(how: str, start: float, end: float, y: float) -> str:
    width, height = number(end - start), number(2 * _HALF)
    return f'<rect class="{how}" x="{number(start)}" y="{number(y - _HALF)}" width="{width}" height="{height}" rx="2"/>'
