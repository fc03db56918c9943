"""The world map: circles whose area is the count, in the right place, for every reader; text is never markup."""

import math
import re
from xml.etree import ElementTree

import pytest

from support.scripts import SCRIPTS
from wavectl.model.country_boxes import POINTS
from wavectl.render.context import RenderContext
from wavectl.render.world_map import MapCounts, project, render_html, render_section, render_svg

SVG = "{http://www.w3.org/2000/svg}"
EN, FR = RenderContext(("en",)), RenderContext(("fr",))
COUNTS = MapCounts(
    {"KE": 400, "TN": 100, "LU": 25, "FJ": 1, "KI": 1}, 3, [(10.18, 36.81), (10.18, 36.82), (36.8, -1.3)]
)
LAND = SCRIPTS.parent / "src" / "wavectl" / "render" / "templates" / "land.svg"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - it is our own


def circles(root: ElementTree.Element) -> dict[str, tuple[float, float, float]]:
    """Return the centre and radius of the circles of countries, in the order of drawing, by their text."""
    found = {}
    for circle in root.iter(f"{SVG}circle"):
        if (title := circle.find(f"{SVG}title")) is not None:
            found[title.text or ""] = (
                float(circle.get("cx", "")),
                float(circle.get("cy", "")),
                float(circle.get("r", "")),
            )
    return found


def test_the_projection_keeps_areas_and_puts_places_where_they_are() -> None:
    assert project(11.6, 0)[0] == pytest.approx(1000)
    assert project(-168.3, 0)[0] < 1 < 1999 < project(-168.5, 0)[0]
    for latitude in (0, 35, 70):
        strip = [project(20, latitude + 0.5), project(21, latitude + 0.5)]
        height = project(20, latitude)[1] - project(20, latitude + 1)[1]
        area = (strip[1][0] - strip[0][0]) * height
        band = math.sin(math.radians(latitude + 1)) - math.sin(math.radians(latitude))
        assert area / band == pytest.approx(2382.4, rel=0.002)


def test_the_area_of_a_circle_is_the_count_and_smaller_ones_lie_on_top() -> None:
    drawn = circles(parsed(render_svg(COUNTS, "Housing", EN)))
    assert list(drawn) == [
        "Kenya: 400 actions", "Tunisia: 100 actions", "Luxembourg: 25 actions", "Fiji: 1 action", "Kiribati: 1 action",
    ]  # fmt: skip
    radii = [radius for _, _, radius in drawn.values()]
    assert radii == [80, 40, 20, 4, 4]
    assert drawn["Kenya: 400 actions"][:2] == tuple(round(part, 1) for part in project(*POINTS["KE"]))


def test_few_actions_have_small_circles_and_every_country_is_in_the_picture() -> None:
    few = circles(parsed(render_svg(MapCounts({"TN": 2, "JO": 1}), "", EN)))
    assert max(radius for _, _, radius in few.values()) < 40
    root = parsed(render_svg(MapCounts(dict.fromkeys(POINTS, 40)), "", EN))
    left, _, width, height = map(float, root.get("viewBox", "").split())
    drawn = circles(root).values()
    assert len(drawn) == len(POINTS)
    assert [x for x, _, radius in drawn if not left <= x - radius <= x + radius <= left + width] == []
    assert [y for _, y, radius in drawn if not 0 <= y <= height - radius] == []
    assert 0.07 < sum(math.pi * radius**2 for _, _, radius in drawn) / (2000 * 870) < 0.09


def test_dots_are_places_that_may_be_shown_each_once() -> None:
    root = parsed(render_svg(COUNTS, "", EN))
    dots = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("class") == "dots"]
    tunis, nairobi = (tuple(map(round, project(*place))) for place in ((10.18, 36.81), (36.8, -1.3)))
    assert dots[0] == "M{} {}h0M{} {}h0".format(*tunis, *nairobi)
    assert "dots" not in re.sub("<style>.*</style>", "", render_svg(COUNTS._replace(places=()), "", EN), flags=re.S)


def test_the_bytes_do_not_depend_on_the_order_of_what_is_counted() -> None:
    turned = MapCounts(dict(reversed(COUNTS.by_country.items())), 3, [*reversed(COUNTS.places)])
    assert render_html(turned, "Housing", FR) == render_html(COUNTS, "Housing", FR)


def test_readers_who_do_not_see_it_get_the_numbers() -> None:
    root = parsed(render_svg(COUNTS, "Housing", FR))
    named = {element.get("id"): element.text or "" for element in root}
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "map-name map-about")
    assert "Housing" in named["map-name"]
    assert "Kenya (400), Tunisie (100), Luxembourg (25)" in named["map-about"]
    assert named["map-about"].count(". ") == 5  # what the dots and circles are, and what is not counted
    page = render_html(COUNTS, "Housing", FR)
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', page)
    assert rows == [("Kenya", "400"), ("Tunisie", "100"), ("Luxembourg", "25"), ("Fidji", "1"), ("Kiribati", "1")]
    assert '<html lang="fr"' in page


def test_a_heading_is_text_and_nothing_is_fetched_or_run() -> None:
    heading = "<script>x</script> ]]> & \" ' \x1b[31m"
    svg, page = render_svg(COUNTS, heading, EN), render_html(COUNTS, heading, EN)
    assert any("<script>x</script> ]]> & \" '" in (text.text or "") for text in parsed(svg).iter(f"{SVG}text"))
    for text in (svg, page):
        assert "<script" not in text
        assert not re.search(r"\x1b|href=|src=|url\((?!#hatch)|@import", text)
    assert "default-src 'none'" in page


def test_a_map_without_a_country_says_so() -> None:
    root = parsed(render_svg(MapCounts({}, 1), "", EN))
    assert circles(root) == {}
    assert root.findtext(f"{SVG}desc")
    assert "<table" not in render_html(MapCounts({}, 1), "", EN)


def test_a_section_counts_the_actions_once() -> None:
    """What it opens with counts them all; only where some have no known country is it said how many are on the map."""
    said = {
        "They are in 2 countries.": MapCounts({"TN": 2, "JO": 1}),
        "They are all in the same country.": MapCounts({"TN": 2}),
        "3 actions in 2 countries": MapCounts({"TN": 2, "JO": 1}, 1),
        "No actions in a known country": MapCounts({}, 1),
    }
    for sentence, counts in said.items():
        assert f"<p>4 actions</p>\n<p>{sentence}</p>" in render_section(counts, EN, "4 actions")
    assert "<p>1 action</p>\n<div" in render_section(MapCounts({"TN": 1}), EN, "1 action")
    assert "<p>3 actions in 2 countries</p>" in render_section(MapCounts({"TN": 2, "JO": 1}), EN)


def test_the_land_is_small_and_inside_the_picture() -> None:
    text = LAND.read_text(encoding="utf-8")
    assert 10_000 < len(text) <= 30_000
    for contour in re.findall(r"M([^Mz]*)z", text):
        start, steps = contour.split("l")
        x, y = map(int, start.split())
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            assert 0 <= x <= 2000
            assert 0 <= y <= 870
