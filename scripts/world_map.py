"""Generate the boxes and label points of all countries, and the outline of the land for the map of actions.

Give it a folder with two files of the npm package world-atlas 2 (``npm pack world-atlas``): ``countries-10m.json``,
the only one with the smallest islands, and ``land-110m.json``. Both are TopoJSON. The data are Natural Earth's, which
are in the public domain; the package is under the ISC licence. Borders are those in its files and are never drawn.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

from wavectl.model.types import COUNTRIES
from wavectl.render.world_map import SOUTH, WIDTH, project

PACKAGE = Path(__file__).parent.parent / "src" / "wavectl"
BOXES_FILE = PACKAGE / "model" / "country_boxes.py"
LAND_FILE = PACKAGE / "render" / "templates" / "land.svg"
HEADER = '''\
"""Where countries are: boxes around their parts, and a point for a label on a map, by two-letter code (ISO 3166-1).

Generated from Natural Earth (public domain) by ``scripts/world_map.py``: do not edit. Degrees, west and south are
negative. A box is (west, south, east, north), 5 to 15 km larger than the land, and never crosses the date line. The
boxes of a country include its territories with codes of their own, and the areas whose state is disputed.
"""

# fmt: off
# ruff: noqa: E501
'''
FOOTER = '''\
}


def is_in_country(country: str | None, longitude: float, latitude: float) -> bool:
    """Return whether a point can be in a country: it is in one of its boxes, or the country is not known."""
    boxes = BOXES.get(country or "")
    for west, south, east, north in boxes or ():
        if west <= longitude <= east and south <= latitude <= north:
            return True
    return boxes is None
'''
PARTS = {
    # territories with codes of their own that the atlas shows as part of a country: numeric code, boxes around them
    "BQ": ("528", ((-69, 11, -62, 18),)),
    "BV": ("578", ((3, -55, 4, -54),)),
    "CC": ("", ((96, -13, 98, -11),)),
    "CX": ("", ((105, -11, 106, -10),)),
    "GF": ("250", ((-55, 2, -51, 6),)),
    "GP": ("250", ((-62, 15.5, -60.9, 17),)),
    "MQ": ("250", ((-62, 14, -60, 15.2),)),
    "RE": ("250", ((55, -22, 56, -20),)),
    "SJ": ("578", ((-10, 70, -7, 72), (8, 74, 35, 82))),
    "TK": ("554", ((-173, -10, -171, -8),)),
    "YT": ("250", ((44, -14, 46, -12),)),
}
WITHOUT_CODE = {
    # areas without a numeric code in the atlas: the countries whose boxes include them
    "Akrotiri": "CY",
    "Baikonur": "KZ",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Kosovo": "RS",
    "N. Cyprus": "CY",
    "Siachen Glacier": "IN PK",
    "Somaliland": "SO",
    "USNB Guantanamo Bay": "CU",
}
TERRITORIES = {
    # people also write the country for these territories, so that its boxes include theirs
    "AU": "CC CX HM NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL MF NC PF PM TF WF",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "MA": "EH",
    "NL": "AW CW SX",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
DISPUTED = {"UA": (32.4, 44.3, 36.7, 46.3), "IN": (72.5, 32.2, 79.0, 37.1)}
"""Crimea and Kashmir, which the atlas shows as a part of other countries."""
CHOSEN_POINTS = {"AQ": (-58.9, -62.2), "KI": (172.98, 1.45), "MY": (102.2, 4.0), "NZ": (175.6, -39.0)}
"""Points on the island, or the part of the land, where most people live, if that is not the largest one."""
MERGED_DEGREES = 2.0
"""Boxes of one country that are nearer to each other become one."""
MARGIN_DEGREES = 0.05
SMALLEST_TRIANGLE = 2.0
"""Points of the land are left out where their triangle with both neighbours is smaller, in units of the map squared."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Ring = list[Point]


class Atlas:
    """A TopoJSON file: its arcs as coordinates, and the rings of its geometries."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text(encoding="utf-8"))
        (self.scale_x, self.scale_y), (self.west, self.south) = (
            data["transform"]["scale"],
            data["transform"]["translate"],
        )
        self.arcs = [self._decode(arc) for arc in data["arcs"]]
        self.objects: dict[str, Any] = data["objects"]

    def _decode(self, arc: Sequence[tuple[int, int]]) -> Ring:
        x = y = 0
        points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * self.scale_x + self.west, y * self.scale_y + self.south))
        return points

    def rings(self, geometry: dict[str, Any]) -> list[Ring]:
        """Return the rings of each polygon, those of lakes too; their longitudes do not jump at the date line."""
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        return [unwrap(self._ring(ring)) for polygon in polygons for ring in polygon]

    def _ring(self, numbers: Sequence[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points += arc[bool(points) :]
        return points


def unwrap(ring: Ring) -> Ring:
    """Return a ring whose longitudes go on beyond 180 where it crosses the date line."""
    turned, turn = [ring[0]], 0.0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn -= round((longitude - before) / 360) * 360
        turned.append((longitude + turn, latitude))
    west, _, east, _ = box_of(turned)
    back = round((west + east) / 720) * 360
    return [(longitude - back, latitude) for longitude, latitude in turned]


def box_of(ring: Ring) -> Box:
    """Return the box around a ring."""
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def merged(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes of which no two are nearer to each other than ``MERGED_DEGREES``."""
    found: list[Box] = []
    for box in sorted(boxes):
        while near := next((other for other in found if _are_near(box, other)), None):
            found.remove(near)
            box = (*map(min, box[:2], near[:2]), *map(max, box[2:], near[2:]))
        found.append(box)
    return sorted(found)


def _are_near(one: Box, other: Box) -> bool:
    return all(max(one[axis], other[axis]) - min(one[axis + 2], other[axis + 2]) <= MERGED_DEGREES for axis in (0, 1))


def cut_at_date_line(box: Box) -> Iterator[Box]:
    """Yield the parts of a box with a margin, none of which crosses the date line, in tenths of a degree."""
    west, south, east, north = (
        math.floor((box[0] - MARGIN_DEGREES) * 10) / 10,
        max(math.floor((box[1] - MARGIN_DEGREES) * 10) / 10, -90.0),
        math.ceil((box[2] + MARGIN_DEGREES) * 10) / 10,
        min(math.ceil((box[3] + MARGIN_DEGREES) * 10) / 10, 90.0),
    )
    if east - west >= 360:  # around the pole
        yield -180.0, -90.0, 180.0, north
        return
    for turn in (-360, 0, 360):
        first, last = max(west + turn, -180.0), min(east + turn, 180.0)
        if first < last:
            yield round(first, 1), south, round(last, 1), north


def label_point(ring: Ring) -> Point:
    """Return the centre of a ring, or the point farthest from its edge if that is outside, to a hundredth of a degree.

    Longitudes are shortened by the cosine of the latitude, so that distances are comparable in both directions. Some
    200 points of the ring are enough.
    """
    ring = [*ring[:: max(1, len(ring) // 200)], ring[-1]]
    west, south, east, north = box_of(ring)
    shrink = math.cos(math.radians((south + north) / 2))
    edges = [((a * shrink, b), (c * shrink, d)) for (a, b), (c, d) in pairwise(ring)]
    width, height = (east - west) * shrink, north - south
    middle = (west + east) / 2 * shrink, (south + north) / 2
    point = _centroid(edges)
    best = _depth(point, edges)
    for _ in range(0 if best > 0 else 4):
        for row in range(-4, 5):
            for column in range(-4, 5):
                candidate = middle[0] + width * column / 8, middle[1] + height * row / 8
                if (distance := _depth(candidate, edges)) > best:
                    best, point = distance, candidate
        middle, width, height = point, width / 3, height / 3
    longitude = (point[0] / shrink + 180) % 360 - 180
    return round(longitude, 2), round(point[1], 2)


def _centroid(edges: Sequence[tuple[Point, Point]]) -> Point:
    """Return the centre of the area within edges, or the first point if there is none."""
    west, south = edges[0][0]
    area = x = y = 0.0
    for (ax, ay), (bx, by) in edges:
        twice = (ax - west) * (by - south) - (bx - west) * (ay - south)
        area, x, y = area + 3 * twice, x + (ax + bx - 2 * west) * twice, y + (ay + by - 2 * south) * twice
    return (west + x / area, south + y / area) if area else (west, south)


def _depth(point: Point, edges: Sequence[tuple[Point, Point]]) -> float:
    """Return the distance of a point to the nearest edge, negative outside."""
    x, y = point
    inside, nearest = False, math.inf
    for (ax, ay), (bx, by) in edges:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        share = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
        nearest = min(nearest, (x - ax - share * (bx - ax)) ** 2 + (y - ay - share * (by - ay)) ** 2)
    return math.sqrt(nearest) if inside else -math.sqrt(nearest)


def country_rings(atlas: Atlas) -> dict[str, list[Ring]]:
    """Return the rings of each country by its two-letter code; parts without one are also given to their countries."""
    codes = {number: codes[0] for number, codes in get_global("territory_aliases").items() if number.isdigit()}
    rings: dict[str, list[Ring]] = {code: [] for code in sorted(COUNTRIES)}
    for geometry in atlas.objects["countries"]["geometries"]:
        number, found = geometry.get("id", ""), atlas.rings(geometry)
        for code in [codes[number]] if number else WITHOUT_CODE.get(geometry["properties"]["name"], "").split():
            rings[code] += found
        for code, (country, boxes) in PARTS.items():
            if country == number:
                rings[code] += [ring for ring in found if any(_is_inside(box_of(ring), box) for box in boxes)]
    return rings


def _is_inside(one: Box, other: Box) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


def render_boxes(atlas: Atlas) -> str:
    """Return the text of the module of boxes and points."""
    rings = country_rings(atlas)
    if missing := [code for code, found in rings.items() if not found]:
        sys.exit(f"not in the atlas: {' '.join(missing)}")
    lines = [HEADER, "Box = tuple[float, float, float, float]", "BOXES: dict[str, tuple[Box, ...]] = {"]
    for code, own in rings.items():
        with_territories = [*own, *(ring for other in TERRITORIES.get(code, "").split() for ring in rings[other])]
        boxes = merged([*map(box_of, with_territories), *([DISPUTED[code]] if code in DISPUTED else [])])
        cut = sorted({part for box in boxes for part in cut_at_date_line(box)})
        parts = [box for box in cut if not any(_is_inside(box, other) for other in cut if other != box)]
        lines.append(f'    "{code}": {tuple(parts)!r},')
    lines += ["}", "POINTS: dict[str, tuple[float, float]] = {"]
    for code, own in rings.items():
        lines.append(f'    "{code}": {CHOSEN_POINTS.get(code) or label_point(max(own, key=_area))!r},')
    return "\n".join([*lines, FOOTER])


def _area(ring: Ring) -> float:
    """Return the area of a ring on the sphere, in any unit."""
    pairs = pairwise(ring)
    return abs(sum((c - a) * (math.sin(math.radians(b)) + math.sin(math.radians(d))) for (a, b), (c, d) in pairs))


def render_land(atlas: Atlas) -> str:
    """Return the land without Antarctica as one path, in whole units of the map; the Caspian Sea is a hole in it."""
    paths = []
    for ring in atlas.rings(atlas.objects["land"]["geometries"][0]):
        if box_of(ring)[3] < SOUTH:
            continue
        points = [(round(x), round(y)) for x, y in simplified([project(*point) for point in ring])]
        steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(points)]
        if any(abs(right) > WIDTH / 2 for right, _ in steps):
            sys.exit("the edge of the map cuts land: choose another meridian for its middle")
        moves = " ".join(f"{right} {down}" for right, down in steps[:-1] if right or down)
        if len(points) > 3:
            paths.append(f"M{points[0][0]} {points[0][1]}l{moves}z".replace(" -", "-"))
    return f'<path class="land" d="{"".join(paths)}"/>\n'


def simplified(ring: Ring) -> Ring:
    """Return a closed ring without the points that change its shape least (Visvalingam and Whyatt 1993)."""
    points = ring[:]
    while len(points) > 4:
        areas = [
            abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
            for a, b, c in zip(points, points[1:], points[2:], strict=False)
        ]
        smallest = min(areas)
        if smallest >= SMALLEST_TRIANGLE:
            break
        del points[areas.index(smallest) + 1]
    return points


def main() -> int:
    """Write the module of boxes and the land from the files of a folder."""
    folder = Path(sys.argv[1])
    LAND_FILE.write_text(render_land(Atlas(folder / "land-110m.json")), encoding="utf-8")
    BOXES_FILE.write_text(render_boxes(Atlas(folder / "countries-10m.json")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
