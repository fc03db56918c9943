"""The shapes of a chart as SVG. Each mark is centred on the height ``y``; lengths are in pixels.

They are functions, not templates, because a large chart has thousands of them.
"""

import re
from functools import lru_cache

from markupsafe import Markup

from wavectl.text.escaping import escape_html
from wavectl.text.terminal import cell_width

CHARACTER_WIDTH = 8.4  # an upper estimate: the viewer chooses the font
_NARROW, _WIDE = re.compile(r"[ .,:;'|!()\-ijlIftr]"), re.compile("[mwMWÉÑOQGD@%]")
_SYMBOLS = {
    "event": (-5, -5, "h10v10h-10z"),
    "observance": (0, -7, "l7 7l-7 7l-7 -7z"),
    "deadline": (-7, -6, "h14l-7 12z"),
    "publication": (-7, 6, "h14l-7 -12z"),
    "actions": (-8, 6, "v-5h4v5zm6 0v-12h4v12zm6 0v-8h4v8z"),
}
"""The symbol of each kind of moment, and of bars: where its path starts from the centre, and the path."""


def px(value: float) -> str:
    """Return a length rounded to a tenth, without a trailing ``.0``."""
    return f"{value:.1f}".removesuffix(".0")


@lru_cache(maxsize=1024)
def text_width(text: str) -> float:
    """Estimate the width of a text in a sans-serif font, with narrow and wide letters taken into account."""
    narrow, wide = len(_NARROW.findall(text)), len(_WIDE.findall(text))
    return cell_width(text) * CHARACTER_WIDTH - narrow * 0.5 * CHARACTER_WIDTH + wide * 0.5 * CHARACTER_WIDTH


def _svg(markup: str) -> Markup:
    """Return markup whose texts are escaped; its own constructor takes longer than to draw the shape."""
    return str.__new__(Markup, markup)


def line(style: str, x: float, top: float, bottom: float) -> Markup:
    """Return a vertical line."""
    return _svg(f'<path class="{style}" d="M{px(x)} {px(top)}V{px(bottom)}"/>')


def text_at(x: float, y: float, text: str, style: str = "", anchor: str = "") -> Markup:
    """Return a text."""
    style = f' class="{style}"' if style else ""
    anchor = f' text-anchor="{anchor}"' if anchor else ""
    return _svg(f'<text{style} x="{px(x)}" y="{px(y)}"{anchor}>{escape_html(text)}</text>')


def text_on_ground(x: float, y: float, text: str, anchor: str = "") -> Markup:
    """Return a text whose background hides the lines of the chart."""
    width = text_width(text)
    left = x - width - 1 if anchor else x - 2
    ground = f'<rect class="ground" x="{px(left)}" y="{px(y - 12)}" width="{px(width + 3)}" height="16"/>'
    return _svg(f"{ground}{text_at(x, y, text, 'muted', anchor)}")


def symbol(kind: str, x: float, y: float, style: str) -> Markup:
    """Return the symbol of a kind of moment around a point: a square, a diamond or a triangle."""
    right, down, path = _SYMBOLS[kind]
    return _svg(f'<path class="{style}" d="M{px(x + right)} {px(y + down)}{path}"/>')


def _box(state: str, start: float, end: float, y: float) -> str:
    return f'<rect class="{state}" x="{px(start)}" y="{px(y - 6)}" width="{px(end - start)}" height="12" rx="2"/>'


def mark(state: str, kind: str, start: float, end: float, y: float) -> Markup:
    """Return a mark: of up to 14 pixels the symbol of its kind, a longer one a box."""
    middle, half = (start + end) / 2, max((end - start) / 2, 6)
    if state == "vague":
        shape = _box(state, middle - half, middle + half, y)
    else:
        shape = _box(state, start, end, y) if end - start > 14 else symbol(kind, middle, y, state)
    if state == "postponed":
        path = f"M{px(middle - 4)} {px(y - 3)}l3 3l-3 3 M{px(middle)} {px(y - 3)}l3 3l-3 3"
        shape = f'{shape}<path class="later" d="{path}"/>'
    elif state == "cancelled":
        path = f"M{px(min(start, middle - 6) - 3)} {px(y)}H{px(max(end, middle + 6) + 3)}"
        shape = f'{shape}<path class="cross" d="{path}"/>'
    return _svg(shape)


def band(start: float, end: float, y: float, colour: str, pointed: bool) -> Markup:
    """Return the band of a wave; it ends in a point if its end is not known."""
    point = f"H{px(end - 9)}L{px(end)} {px(y)}L{px(end - 9)} {px(y + 6)}" if pointed else f"H{px(end)}V{px(y + 6)}"
    return _svg(f'<path class="band" fill="{colour}" d="M{px(start)} {px(y - 6)}{point}H{px(start)}z"/>')


def bar(start: float, end: float, y: float, share: float, colour: str, about: str) -> Markup:
    """Return a bar of up to 18 pixels that stands on the height ``y``; one that is not empty is seen."""
    height, width = max(18 * share, 2), max(end - start - 1, 2)
    place = f'x="{px(start)}" y="{px(y + 3 - height)}" width="{px(width)}" height="{px(height)}"'
    return _svg(f'<rect class="band" fill="{colour}" {place}><title>{escape_html(about)}</title></rect>')


def open_end(start: float, end: float, y: float) -> Markup:
    """Return a dotted arrow, for a moment whose end is not known."""
    trail = f'<path class="trail" d="M{px(start)} {px(y)}H{px(end - 8)}"/>'
    return _svg(f'{trail}<path class="head" d="M{px(end - 8)} {px(y - 5)}l8 5l-8 5z"/>')
