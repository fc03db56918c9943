"""The page: whole without anything else, every entry in its tables, texts as texts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import REAL, TODAY, run, write_plan
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.chart import TimelineActions
from wavectl.render.world_map import MapCounts

EXPECTED = Path(__file__).parent / "expected"
EN = RenderContext(("en",))
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, the words in each kind of them, and what is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.words.setdefault(tag, []).append(data)

    def text(self, tag: str) -> str:
        """Return all words inside elements of that kind."""
        return " ".join("".join(self.words.get(tag, [])).split())


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_real_waves(lang: str) -> None:
    arguments = ("--waves", str(REAL), "--today", TODAY, "--lang", lang, "timeline", "--format", "html")
    text = run(*arguments).raw.decode()
    page = Page(text)
    assert page.open == []
    assert page.elements[0] == ("html", {"lang": lang, "dir": "ltr"})
    rows = [attributes for tag, attributes in page.elements if tag == "th" and attributes.get("scope") == "row"]
    assert len([row for row in rows if "role" in row]) == 15
    assert len([row for row in rows if "role" not in row]) == 4  # the countries of local actions
    heading = {"fr": "Vagues d’action", "en": "UCLG Waves of Action", "es": "Olas de acción"}
    assert page.text("h1").startswith(heading[lang])
    words = {"fr": "État au 1er juin 2017", "en": "As of 1 June 2017", "es": "Situación a 1 de junio de 2017"}
    assert words[lang] in page.text("header")
    if lang != "en":
        shown = page.text("body")
        for english in ("Place", "date not exact", "today", "Go to", "observance"):
            assert english not in shown


def test_the_page_of_moments_of_every_kind(golden: Golden, tmp_path: Path) -> None:
    text = render_timeline("html", everything(tmp_path), EN)
    golden(EXPECTED / "everything.html", text)
    assert Page(text).open == []


def test_it_runs_nothing_and_fetches_nothing(tmp_path: Path) -> None:
    text = render_timeline("html", everything(tmp_path), EN)
    page = Page(text)
    assert [attributes for tag, attributes in page.elements if tag == "script"] == [{"type": "application/ld+json"}]
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "onload", "onclick", "xlink:href"} & set(attributes)
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        if "href" in attributes:
            assert tag == "a"
            assert (attributes["href"] or "").startswith(("#", "https://"))
    policy = next(attributes["content"] for tag, attributes in page.elements if "http-equiv" in attributes)
    assert "default-src 'none'" in (policy or "")
    assert not re.search(r"@import|url\((?!#hatch)", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "<script>globalThis.ran=1</script> ]]> -- | `b` \" ' &" in page.text("article")


def test_every_entry_is_in_the_table_and_marked(tmp_path: Path) -> None:
    shown = everything(tmp_path)
    text = render_timeline("html", shown, EN)
    rows = re.findall(r'<tr role="row"><td.*?</tr>', text)
    assert len(rows) == len(shown.entries)
    (draft,) = [row for row in rows if "<bdi>Draft</bdi>" in row]
    assert '<span class="status firm">draft</span>' in draft
    (cancelled,) = [row for row in rows if "<bdi>Cancelled</bdi>" in row]
    assert "<s><bdi>Cancelled</bdi></s>" in cancelled
    assert '<span class="kind">deadline</span>' in cancelled
    (linked,) = [row for row in rows if "<bdi>Deadline</bdi>" in row]
    assert '<a href="https://example.org/a?b=(c)&amp;d">' in linked
    (shared,) = [row for row in rows if "<bdi>Shared</bdi>" in row]
    waves = re.findall(r'<span class="wave" style="--wave:(\w+)" title="([^"]*)"><bdi>(.*?)</bdi>', shared)
    assert next((name, short) for _, name, short in waves) == ("Open wave", "Open wave")
    assert (waves[1][0], waves[1][1][:6], waves[1][2][-1]) == ("ivory", "세계의 물결", "…")


def test_drafts_are_on_the_page_but_not_among_the_events(tmp_path: Path) -> None:
    page = Page(render_timeline("html", everything(tmp_path), EN))
    names = [event["name"] for event in json.loads("".join(page.words["script"]))["@graph"]]
    assert "Draft" in page.text("table")
    assert "Draft" not in names
    assert "Firm 한국어 포럼" in names


def test_one_wave_gives_the_page_its_name(tmp_path: Path) -> None:
    page = Page(
        render_timeline(
            "html", of_moments(tmp_path, "id: a, title: A, when: 2017-05", head="title: T & U\nperiod: 2017\n"), EN
        )
    )
    assert page.text("title").startswith("T & U")
    assert [tag for tag, _ in page.elements].count("h2") == 2  # the chart and the table
    assert re.findall("Wave|Status", page.text("thead")) == []


def test_hashtags_by_language_are_those_of_the_reader(tmp_path: Path) -> None:
    head = 'title: T\nperiod: 2017\nhashtags: {fr: ["#Toit"], en: ["#Roof", "#Home"]}\n'
    shown = of_moments(tmp_path, "id: a, title: A, when: 2017-05", head=head)
    assert Page(render_timeline("html", shown, EN)).text("p").endswith("#Roof #Home")
    assert "#Toit" in Page(render_timeline("html", shown, RenderContext(("fr",)))).text("p")


def test_a_language_that_is_written_from_the_right(tmp_path: Path) -> None:
    page = Page(render_timeline("html", everything(tmp_path), RenderContext(("ar",))))
    assert page.elements[0] == ("html", {"lang": "ar", "dir": "rtl"})


def test_no_moments(tmp_path: Path) -> None:
    page = Page(render_timeline("html", of_plan(tmp_path, {"one": "title: T\nstatus: announced\n"}), EN))
    assert "no moments" in page.text("main")
    assert page.open == []


def test_no_private_key_is_on_the_page(tmp_path: Path) -> None:
    private = "owner: Secret1, note: Secret2, source: Secret3, confirm_by: 2017-07-04, x-own: Secret5"
    head = "title: T\nperiod: 2017\nx-own: Secret6\nsource: Secret7\nmoments:\n"
    wave = head + f"  - {{id: a, title: A, when: 2017-09, {private}}}\n"
    write_plan(tmp_path, {"one": wave})
    for form in ("gantt", "agenda", "markdown", "html", "svg"):
        text = run("timeline", "--format", form, cwd=tmp_path).raw.decode()
        assert "September 2017" in text
        assert "Secret" not in text
        assert "4 July" not in text


def test_no_word_is_broken_but_one_longer_than_a_column(tmp_path: Path) -> None:
    text = render_timeline("html", everything(tmp_path), EN)
    style, _, _ = text.partition("</style>")
    assert re.findall(r"^([^{}\n]*){[^{}]*overflow-wrap: anywhere", style, re.MULTILINE) == [".long "]
    for words, long in (("Internationalisation extraordinairement", False), ("x" * 31, True)):
        shown = of_moments(tmp_path / words[:1], f"id: a, title: {words}, when: 2017-09")
        assert ('class="long"' in render_timeline("html", shown, EN)) is long


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Migration", "Migration"),
        ("Le droit au logement : un combat", "Le droit au logement"),
        ("Housing - the right of everybody", "Housing - the right of…"),
        ("Housing — a right", "Housing"),
        ("The renewal of local government finance by 2030", "The renewal of local…"),
    ],
)
def test_a_wave_has_a_short_title_in_its_column(title: str, short: str, tmp_path: Path) -> None:
    wave = "title: {}\nperiod: 2017\nmoments:\n  - {{id: a, title: A, when: 2017-09}}\n"
    files = {"one": wave.format(f'"{title}"'), "two": wave.format("Two")}
    text = render_timeline("html", of_plan(tmp_path, files), EN)
    (colour,) = set(re.findall(rf'<span class="wave" style="--wave:(\w+)" title="{title}"><bdi>{short}</bdi>', text))
    assert f'<article style="--wave:{colour}">' in text


def test_both_charts_have_ids_of_their_own(tmp_path: Path) -> None:
    page = Page(render_timeline("html", everything(tmp_path), EN))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {"hatch", "hatch-narrow", "wide-name", "narrow-name"} <= set(ids)


def test_a_plan_with_local_actions_shows_them_on_a_map(tmp_path: Path) -> None:
    counts = TimelineActions({}, MapCounts({"TN": 3}, 0, [(10.2, 36.8)]))
    with_map = Page(render_timeline("html", everything(tmp_path), EN, counts))
    assert with_map.open == []
    names = [attributes.get("aria-labelledby") for tag, attributes in with_map.elements if tag == "svg"]
    assert names[-1] == "map-name map-about"
    ids = [attributes["id"] for _, attributes in with_map.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "world-map" not in render_timeline("html", everything(tmp_path / "none"), EN)
