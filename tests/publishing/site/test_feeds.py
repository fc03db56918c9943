"""The page of calendars has every feed at its published address; the fragments of waves carry all they need."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import REAL, TODAY, read_plan, run
from wavectl.plan.loader import Plan, load
from wavectl.publishing.site import embed, feeds
from wavectl.publishing.site.edition import Edition
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.templates import SiteTemplates

LANGUAGES = ("en", "fr", "es")
EXPECTED = Path(__file__).parent / "expected"
HOSTILE = "<script>alert(1)</script> \"' {{ 7*7 }} \u202e"


def edition(plan: Plan, language: str) -> Edition:
    facts = SiteFacts(plan, date.fromisoformat(TODAY))
    return Edition(facts, language, SiteTemplates({}))


def feeds_page(plan: Plan, language: str) -> str:
    (file,) = feeds.build_pages(edition(plan, language))
    return file.data.decode()


def fragments(plan: Plan, language: str) -> dict[str, str]:
    return {file.path: file.data.decode("ascii") for file in embed.build_pages(edition(plan, language))}


class Tags(HTMLParser):
    """The start tags of a page, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for name, attrs in self.found if name == tag and attribute in attrs]


@pytest.fixture(scope="module")
def real() -> Plan:
    return load(REAL)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_of_the_real_feeds(real: Plan, language: str, golden: Golden) -> None:
    golden(EXPECTED / f"feeds.{language}.html", feeds_page(real, language))


def test_every_published_feed_is_on_the_page(real: Plan, tmp_path: Path) -> None:
    """At the address that the feed itself names, as a link for calendar programs, and in a field to copy."""
    assert run("export-ics", "--locked", "-o", str(tmp_path)).code == 0
    files = {file.name for file in tmp_path.glob("*.ics")}
    for language in ("en", "fr", "es"):
        tags = Tags(feeds_page(real, language))
        fields = [value for value in tags.values("input", "value") if value.startswith("https:")]
        assert sorted(fields) == sorted(f"https://waves.uclg.org/{name}" for name in files)
        links = [link for link in tags.values("a", "href") if link.startswith("webcal:")]
        assert [link.replace("webcal", "https") for link in links] == fields
        own = "" if language == "fr" else f".{language}"
        assert fields[0] == f"https://waves.uclg.org/all{own}.ics"
    source = re.sub(rb"\r\n ", b"", (tmp_path / "housing.es.ics").read_bytes())
    assert b"SOURCE;VALUE=URI:https://waves.uclg.org/housing.es.ics" in source


def test_a_feed_in_another_language_says_so(tmp_path: Path) -> None:
    """In the language of the page; feeds are in the first language only, one is in a language of its own."""
    files = {
        "programme": "languages: [en, fr, es]\nuid_domain: network.org\nsite: https://network.org/\n"
        "feeds: {lyon: {lang: es, name: Lyon}}",
        "w": "title: W\nstatus: announced",
    }
    plan = read_plan(tmp_path, files)
    notes = {
        language: re.findall(r'<span class="kind">(.*?)</span>', feeds_page(plan, language)) for language in LANGUAGES
    }
    assert notes == {
        "en": ["in Spanish"],
        "fr": ["en anglais", "en anglais", "en espagnol"],
        "es": ["en inglés", "en inglés"],
    }
    assert Tags(feeds_page(plan, "fr")).values("a", "hreflang") == ["en", "es", "en", "en", "es"]
    (fragment,) = fragments(plan, "fr").values()
    assert 'href="webcal://network.org/w.ics" hreflang="en"' in fragment
    assert "(en anglais)" in fragment
    assert "<span>(" not in fragments(plan, "en")["en/embed/w.html"]


def test_without_a_site_the_files_are_linked(tmp_path: Path) -> None:
    files = {
        "programme": "languages: [en, fr]\nfeeds: {lyon: {lang: fr, name: {en: 'Lyon', fr: 'À Lyon'}}}",
        "w": "title: W\nstatus: announced",
    }
    page = feeds_page(read_plan(tmp_path, files), "en")
    tags = Tags(page)
    assert [link for link in tags.values("a", "href") if link.endswith(".ics")] == [
        *("../../all.ics", "../../w.ics", "../../lyon.fr.ics")
    ]
    assert "webcal" not in page
    assert tags.values("input", "value") == []


def hashes(page: str) -> tuple[set[str], set[str]]:
    """Return the hashes that the policy of a page allows, and those of its scripts and styles."""
    policy = next(attrs["content"] for tag, attrs in Tags(page).found if attrs.get("http-equiv"))
    sources = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    return set(re.findall(r"'sha256-(.*?)'", policy or "")), {
        b64encode(sha256(one.encode()).digest()).decode() for one in sources
    }


def test_the_policy_allows_the_script_and_the_styles_and_nothing_else(real: Plan) -> None:
    for page in (feeds_page(real, "fr"), *fragments(real, "fr").values()):
        allowed, present = hashes(page)
        assert allowed == present != set()
        assert "unsafe" not in page
        assert not re.search(r"\s(?:style|on\w+)=", re.sub(r' value="[^"]*"', "", page))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_fragment_of_a_real_wave(real: Plan, language: str, golden: Golden) -> None:
    golden(EXPECTED / f"embed.{language}.html", fragments(real, language)[f"{language}/embed/housing.html"])


def test_a_fragment_is_for_the_page_around_it(real: Plan) -> None:
    """No script, no request, no class of others, no fixed place; links are complete."""
    for path, page in fragments(real, "es").items():
        wave = Path(path).stem
        inside = re.findall(r"<!-- From here.*?-->(.*)<!-- Up to here. -->", page, re.DOTALL)[0]
        tags = Tags(inside)
        assert {tag for tag, _ in tags.found} & {"script", "link", "img", "iframe", "h1", "main", "html"} == set()
        assert all(name.startswith("wavectl-") for names in tags.values("div", "class") for name in names.split())
        rules = re.findall(r"^(.*?)\{", re.findall(r"<style>(.*?)</style>", inside, re.DOTALL)[0], re.MULTILINE)
        selectors = [one.strip() for rule in rules for one in rule.split(",")]
        assert len(selectors) > 8
        assert all(re.match(rf"\.wavectl-{wave}(?![\w-])", selector) for selector in selectors)
        assert not re.search(r"url\(|@import|position|z-index|\bvw\b|\bvh\b", inside)
        assert all(re.match(r"https://|webcal://", link) for link in tags.values("a", "href"))


def test_a_fragment_shows_the_next_moments_or_the_last(tmp_path: Path) -> None:
    moments = "".join(f"  - {{id: m{month}, title: M{month}, when: 2017-{month:02}}}\n" for month in range(1, 13))
    wave = f"title: W\nperiod: 2017-01/2018-12\nmoments:\n{moments}"
    files = {"w": wave, "over": wave.replace("2017", "2016").replace("2018", "2016")}
    found = fragments(read_plan(tmp_path, {"programme": "languages: [en]", **files}), "en")
    shown = {path: re.findall(r"<bdi>(M\d+)", page) for path, page in found.items()}
    assert shown == {
        "en/embed/over.html": ["M7", "M8", "M9", "M10", "M11", "M12"],
        "en/embed/w.html": ["M6", "M7", "M8", "M9", "M10", "M11"],
    }
    assert 'href="../../en/moments/w/m6/index.html"' in found["en/embed/w.html"]


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    quoted = HOSTILE.replace("'", "''").replace("\u202e", "")
    files = {
        "programme": f"name: '{quoted}'\nlanguages: [en]\nuid_domain: network.org\nsite: https://network.org/\n"
        f"feeds: {{f: {{name: '{quoted}'}}}}",
        "w": f"title: '{quoted}'\nslogan: '{quoted}'\nnotice: '{quoted}'\nperiod: 2017-01/2018-12\n"
        f"moments: [{{id: m, title: '{quoted}', when: 2017-09, place: '{quoted}'}}]",
    }
    plan = read_plan(tmp_path, files)
    assert plan.findings == ()
    for page in (feeds_page(plan, "en"), fragments(plan, "en")["en/embed/w.html"]):
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "49" not in page.replace("sha256-", "")
        values = [value for _, attrs in Tags(page).found for value in attrs.values() if value and "alert" in value]
        assert all("<script>alert(1)</script> \"' {{ 7*7 }}" in unescape(value) for value in values)
