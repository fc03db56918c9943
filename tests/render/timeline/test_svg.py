"""The chart as a picture: well formed, its own ground, nothing fetched, texts where there is room for them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.plans import REAL, TODAY, run
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.chart import TimelineActions, WeeklyActions
from wavectl.render.timeline.shapes import text_width
from wavectl.render.timeline.svg import NARROW, WIDE, draw_charts

SVG = "{http://www.w3.org/2000/svg}"
EN = RenderContext(("en",))


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - it is our own


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def marks(root: ElementTree.Element, style: str) -> int:
    return len([one for one in root.iter() if one.get("class") == style])


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_real_waves(lang: str) -> None:
    root = parsed(
        run("--waves", str(REAL), "--today", TODAY, "--lang", lang, "timeline", "--format", "svg").raw.decode()
    )
    labels = {
        "fr": "Forum Gwangju + Le droit au…",
        "en": "Gwangju Forum + The right to…",
        "es": "Foro de Gwangju + El derecho…",
    }
    today = {"fr": "aujourd'hui, 1er juin 2017", "en": "today, 1 June 2017", "es": "hoy, 1 de junio de 2017"}
    assert {labels[lang], today[lang], "2017", "2018"} <= set(texts(root))
    assert marks(root, "firm") == 7 + 1  # the legend has one of each
    assert marks(root, "vague") == 8 + 1
    assert marks(root, "band") == 2
    assert len(list(root.iter(f"{SVG}g"))) == 14 + 4


def test_the_picture_has_a_description_and_its_own_background(tmp_path: Path) -> None:
    root = parsed(render_timeline("svg", everything(tmp_path), EN))
    named = {element.get("id"): element.text for element in root}
    assert named["name"] == "Waves 2017-2018"
    assert "Open wave, from January 2018; Announced, announced" in (named["about"] or "")
    assert root.get("aria-labelledby") == "name about"
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert (ground.get("width"), ground.get("height")) == (str(WIDE.width), root.get("viewBox", "").split()[-1])


def test_nothing_of_a_plan_becomes_markup_and_nothing_is_fetched(tmp_path: Path) -> None:
    text = render_timeline("svg", everything(tmp_path), EN)
    root = parsed(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "text", "tspan", "path", "g", "defs", "pattern")
    }
    assert not re.search(r"(?:href|src)=|url\((?!#hatch)|@import|<script", text)
    assert any("<script>globalThis.ran=1</script> ]]>" in shown for shown in texts(root))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_everything_is_drawn_inside_the_picture(tmp_path: Path) -> None:
    root = parsed(render_timeline("svg", everything(tmp_path), EN))
    height = float(root.get("height", "0"))
    places = [(float(one.get("x", "0")), float(one.get("y", "0"))) for one in root.iter() if one.get("x")]
    assert len(places) > 100
    assert all(-10 <= x <= WIDE.width and -6 <= y < height for x, y in places)


def test_a_mark_is_above_its_days(tmp_path: Path) -> None:
    head = "title: T\nperiod: 2017\n"
    root = parsed(render_timeline("svg", of_moments(tmp_path, "id: a, title: A, when: 2017-05", head=head), EN))
    vague = next(one for one in root.iter(f"{SVG}rect") if one.get("class") == "vague")
    day = (WIDE.width - 24 - 300) / 365
    assert float(vague.get("x", "0")) == pytest.approx(300 + 120 * day, abs=0.1)
    assert float(vague.get("width", "0")) == pytest.approx(31 * day, abs=0.1)


def test_a_date_is_on_the_side_that_has_room(tmp_path: Path) -> None:
    moments = "id: a, title: A, when: 2017-01-03", "id: b, title: B, when: 2017-12-30"
    root = parsed(render_timeline("svg", of_moments(tmp_path, *moments, head="title: T\nperiod: 2017\n"), EN))
    anchors = {"".join(one.itertext()): one.get("text-anchor") for one in root.iter(f"{SVG}text")}
    assert (anchors["3 January 2017"], anchors["30 December 2017"]) == (None, "end")


def test_a_wave_has_its_colour_or_one_of_its_own(tmp_path: Path) -> None:
    wave = "title: T\nperiod: 2017\n"
    shown = of_plan(tmp_path, {"one": wave + "color: teal\n", "two": wave, "three": wave})
    fills = [one.get("fill") for one in parsed(render_timeline("svg", shown, EN)).iter() if one.get("class") == "band"]
    assert fills[0] == "teal"
    assert len(set(fills)) == 3


def test_a_plan_without_a_date_has_a_picture_too(tmp_path: Path) -> None:
    root = parsed(render_timeline("svg", of_plan(tmp_path, {"one": "title: T\nstatus: announced\nnotice: Soon\n"}), EN))
    assert "announced. Soon" in texts(root)


def test_dates_and_periods_give_way_to_the_line_of_today(tmp_path: Path) -> None:
    days = ("2017-05-20", "2017-06-20", "2017-04", "2017-05-05/2017-05-25")
    shown = of_moments(tmp_path, *(f"id: m{n}, title: M, when: {day}" for n, day in enumerate(days)))
    for day in (date(2017, 5, 26), date(2017, 6, 1), date(2017, 6, 12)):
        drawn = str(draw_charts(shown._replace(today=day), EN)["wide"].elements)
        line = float(re.search(r'class="today" d="M([\d.]+)', drawn)[1])  # type: ignore[index]
        texts = re.findall(
            r'<text class="muted" x="([\d.]+)" y="[\d.]+"( text-anchor="end")?>([^<]*2017[^<]*)</text>', drawn
        )
        assert len(texts) >= len(days)
        for x, end, text in texts:
            start = float(x) - text_width(text) if end else float(x)
            assert not start < line < start + text_width(text), (day, text)


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_a_narrow_chart_has_labels_above_the_marks(lang: str, tmp_path: Path) -> None:
    drawing = draw_charts(everything(tmp_path), RenderContext((lang,)))["narrow"]
    drawn = str(drawing.elements)
    for x, y, end, text in re.findall(
        r'<text[^>]* x="([\d.]+)" y="([\d.]+)"( text-anchor="end")?>([^<]*)</text>', drawn
    ):
        start = float(x) - text_width(unescape(text)) if end else float(x)
        assert start >= 0
        assert start + text_width(unescape(text)) <= NARROW.width + 2, text
        assert float(y) < drawing.height
    for row in re.findall(r"<g><title>.*?</g>", drawn, re.DOTALL):
        label = max(float(y) for y in re.findall(r'<text[^>]* y="([\d.]+)"', row))
        marks = re.findall(r'<rect class="(?:firm|vague|open|postponed|cancelled)"[^>]* y="([\d.]+)"', row)
        assert all(float(mark) > label for mark in marks)


@pytest.mark.parametrize(("screen", "width"), [("wide", WIDE.width), ("narrow", NARROW.width)])
def test_the_legend_names_the_bars_of_local_actions(tmp_path: Path, screen: str, width: int) -> None:
    """With what the highest bar stands for, and within the picture in every language."""
    timeline = of_moments(tmp_path, "id: m, title: M, when: 2017-11-02")
    (wave,) = timeline.shown_waves
    actions = TimelineActions({wave: WeeklyActions({date(2017, 10, 30): 9999, date(2017, 11, 6): 2})})
    labels = {
        "en": "local actions by week, at most: 9,999",
        "fr": "actions locales par semaine, max. : 9\u202f999",
        "es": "acciones locales por semana, máx.: 9999",
    }
    for language, label in labels.items():
        elements = draw_charts(timeline, RenderContext((language,)), actions)[screen].elements
        chart = parsed(f'<svg xmlns="{SVG[1:-1]}">{elements}</svg>')
        (text,) = [one for one in chart.iter(f"{SVG}text") if one.text == label]
        assert float(text.get("x") or "") + text_width(label) <= width
    assert labels["en"] not in draw_charts(timeline, EN)[screen].elements
