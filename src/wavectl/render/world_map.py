"""The world map of local actions: a circle for each country, whose area is the number of its actions.

The map is Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas in their true proportion. The land, without
borders, is ``templates/land.svg``, which ``scripts/world_map.py`` generates. The map loads nothing, and has its own
background. Positions and sizes are in units of the map, which is ``WIDTH`` wide. Texts are there twice, for wide and
for narrow screens: their size follows that of the map, so they have to be larger where the map is small.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.names import country_name, format_number, text_direction
from wavectl.model.country_boxes import POINTS
from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS
from wavectl.render.context import RenderContext
from wavectl.render.timeline.shapes import px, text_width
from wavectl.text.escaping import render_template
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import truncate, wrap_lines

CENTRE = 11.6  # degrees east
"""The meridian in the middle of the map: the edge then lies in the Bering Strait, and cuts no land."""
WIDTH = 2000.0
NORTH, SOUTH = 84.0, -57.0
"""The latitudes at the top and the bottom: the map leaves out Antarctica."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_SCALE = WIDTH * 3 * _A1 / (4 * math.sqrt(3) * math.pi)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the position of a point on the map, from the top left corner; the map has a width of ``WIDTH``."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    stretch = _A1 + 3 * _A2 * square + square**3 * (7 * _A3 + 9 * _A4 * square)
    turned = math.radians((longitude - CENTRE + 180) % 360 - 180)
    x = 2 / math.sqrt(3) * turned * math.cos(theta) / stretch
    return WIDTH / 2 + _SCALE * x, _top() - _SCALE * _height(theta)


def _height(theta: float) -> float:
    square = theta * theta
    return theta * (_A1 + _A2 * square + square**3 * (_A3 + _A4 * square))


def _top() -> float:
    return _SCALE * _height(math.asin(math.sqrt(3) / 2 * math.sin(math.radians(NORTH))))


_BOTTOM = project(0, SOUTH)[1]
_MARGIN = 40
"""The space beside the map, for circles at its edge."""
_LARGEST_RADIUS = 80.0
_FEWEST_FOR_LARGEST = 10
"""A country with fewer actions has a smaller circle than the largest possible one."""
_LARGEST_SHARE = 0.08
"""How much of the map all circles cover at most, so that those of neighbours stay distinct."""
_FONTS = {"wide": 30, "narrow": 68}
"""The sizes of the text of the legend."""


class MapCounts(NamedTuple):
    """What a map shows: the actions that are counted in public, by country code, and those without a known country.

    ``places`` are the longitudes and latitudes of the actions whose place is known and may be shown. ``filtered``
    says that a filter leaves out some actions.
    """

    by_country: Mapping[str, int]
    without_country: int = 0
    places: Collection[tuple[float, float]] = ()
    filtered: bool = False


class _Circle(NamedTuple):
    """A circle on the map or in its legend: its centre, its radius, and its text."""

    x: float
    y: float
    radius: float
    text: str


class _LegendText(NamedTuple):
    """A text of the legend for one width of the screen, with the circle that it explains; a radius of 0 is a dot."""

    form: str
    circle: _Circle
    text_x: float


def render_svg(counts: MapCounts, heading: str, context: RenderContext) -> str:
    """Return the map as a picture (SVG 1.1) with a heading, a legend, and what is counted in words."""
    return _render("world_map.svg", counts, heading, context, standalone=True)


def render_html(counts: MapCounts, heading: str, context: RenderContext) -> str:
    """Return a page (HTML Living Standard) with the map and a table of the countries beside it."""
    return _render("world_map.html", counts, heading, context)


def render_section(counts: MapCounts, context: RenderContext, lead: str = "") -> str:
    """Return the map and its table as a section of another page, which opens with ``lead``.

    ``world_map.css`` is its stylesheet.
    """
    return _render("world_map_section.html", counts, "", context, lead=lead)


def _render(
    template: str, counts: MapCounts, heading: str, context: RenderContext, *, standalone: bool = False, lead: str = ""
) -> str:
    drawing, name = _Drawing(counts, context), context.translate("Local actions")
    top = 180 if standalone else 0
    explanation = wrap_lines(" ".join(drawing.explanation), 112) if standalone else []
    return render_template(
        "wavectl.render",
        template,
        context=context,
        counts=counts,
        drawing=drawing,
        translate=context.translate,
        heading=heading or name,
        title=context.labelled(name, heading) if heading else name,
        direction=text_direction(context.language),
        light=LIGHT_COLOURS,
        dark=DARK_COLOURS,
        px=px,
        truncate=truncate,
        standalone=standalone,
        lead=lead,
        top=top,
        margin=_MARGIN,
        width=WIDTH + 2 * _MARGIN,
        height=top + drawing.bottom + 42 * len(explanation),
        explanation=explanation,
    )


class _Drawing:
    """The parts of a map: circles, dots, legend, and texts."""

    def __init__(self, counts: MapCounts, context: RenderContext) -> None:
        self._counts, self._context = counts, context
        self._largest = max(counts.by_country.values(), default=0)
        covered = _LARGEST_SHARE * WIDTH * _BOTTOM / math.pi / max(sum(counts.by_country.values()), 1)
        # the square of the radius of one action
        self._square = min(_LARGEST_RADIUS**2 / max(self._largest, _FEWEST_FOR_LARGEST), covered)

    def number(self, number: int) -> str:
        """Return a number in the reader's language."""
        return format_number(number, self._context.language)

    def actions(self, count: int) -> str:
        """Return a number of actions in words."""
        text = phrase("1 action") if count == 1 else phrase("{count} actions")
        return self._context.translate(text).format(count=self.number(count))

    @property
    def summary(self) -> str:
        """How many actions there are, and in how many countries."""
        countries = self._counts.by_country
        if not countries:
            return self._context.translate("No actions in a known country")
        text = phrase("{actions} in 1 country") if len(countries) == 1 else phrase("{actions} in {count} countries")
        actions = self.actions(sum(countries.values()))
        return self._context.translate(text).format(actions=actions, count=self.number(len(countries)))

    @property
    def spread(self) -> str:
        """In how many countries the actions are; how many these are too, where some have no known country."""
        countries = self._counts.by_country
        if self._counts.without_country or not countries:
            return self.summary
        text = (
            phrase("They are all in the same country.")
            if len(countries) == 1
            else phrase("They are in {count} countries.")
        )
        is_one = sum(countries.values()) == 1
        return "" if is_one else self._context.translate(text).format(count=self.number(len(countries)))

    @property
    def description(self) -> str:
        """What the map shows, for readers who do not see it."""
        most = ", ".join(f"{name} ({count})" for name, count in self.table[:5])
        if not most:
            return self.summary
        return f"{self.summary}. {self._context.labelled(self._context.translate('Most of them'), most)}"

    @property
    def explanation(self) -> list[str]:
        """The sentences that say what is counted and how it is shown."""
        translate, others = self._context.translate, self._counts.without_country
        sentences = []
        if self._counts.by_country:
            sentences.append(translate("The area of a circle is the number of actions in a country."))
        if self._counts.places:
            sentences.append(translate("A dot is the place of an action, where it may be shown."))
        if others == 1:
            sentences.append(translate("1 action has no known country and is not on the map."))
        elif others:
            text = translate("{count} actions have no known country and are not on the map.")
            sentences.append(text.format(count=self.number(others)))
        if self._counts.filtered:
            sentences.append(translate("A filter leaves out some of the actions."))
        sentences.append(
            translate("Only accepted actions are counted, without those that are cancelled or not for publication.")
        )
        return sentences

    @property
    def table(self) -> list[tuple[str, str]]:
        """The names of the countries and their numbers of actions, the largest number first."""
        names = {code: country_name(code, self._context.language) for code in self._counts.by_country}
        order = sorted(
            self._counts.by_country.items(), key=lambda item: (-item[1], normalize_name(names[item[0]]), item[0])
        )
        return [(names[code], self.number(count)) for code, count in order]

    @property
    def circles(self) -> list[_Circle]:
        """The circles of the countries, larger ones first, so that smaller ones lie on top of them."""
        circles = []
        for code, count in sorted(self._counts.by_country.items(), key=lambda item: (-item[1], item[0])):
            x, y = project(*POINTS[code])
            radius = self._radius(count)
            x = min(max(x, radius - _MARGIN), WIDTH + _MARGIN - radius)
            text = self._context.labelled(country_name(code, self._context.language), self.actions(count))
            circles.append(_Circle(x, min(y, _BOTTOM), radius, text))
        return circles

    def _radius(self, count: int) -> float:
        return math.sqrt(count * self._square)

    @cached_property
    def dots(self) -> str:
        """The path of the dots: lines without a length. Places that are nearer than a unit share one."""
        points = {(round(x), round(min(y, _BOTTOM))) for x, y in (project(*place) for place in self._counts.places)}
        return "".join(f"M{x} {y}h0" for x, y in sorted(points))

    @property
    def _legend_y(self) -> float:
        return _BOTTOM + 40 + max(36, self._radius(self._legend_sizes()[-1]) if self._largest else 0)

    @property
    def bottom(self) -> float:
        """The lower edge of the legend."""
        return round(2 * self._legend_y - _BOTTOM)

    def _legend_sizes(self) -> list[int]:
        """Return up to three round numbers up to the largest one, each at most a quarter of the next."""
        sizes: list[int] = []
        for size in (digit * 10**power for power in range(9, -1, -1) for digit in (5, 2, 1)):
            if size <= self._largest and (not sizes or size * 4 <= sizes[0]) and len(sizes) < 3:
                sizes.insert(0, size)
        return sizes

    def legend(self) -> Iterator[_LegendText]:
        """Yield the texts of the legend from the left to the right, for each width of the screen."""
        sizes = self._legend_sizes() if self._largest else []
        items = [(self._radius(size), self.number(size)) for size in sizes[:-1]]
        items += [(self._radius(size), self.actions(size)) for size in sizes[-1:]]
        if self._counts.places:
            items.append((0, self._context.translate("place of an action")))
        for form, font in _FONTS.items():
            x = 0.0
            for radius, text in items:
                yield _LegendText(
                    form, _Circle(x + max(radius, 8), self._legend_y, radius, text), x + 2 * max(radius, 8) + 14
                )
                x += 2 * max(radius, 8) + 14 + text_width(text) * font / 14 + font
