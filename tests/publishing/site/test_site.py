"""The site of a plan: every link leads somewhere, nothing private is in it, and the same plan gives the same bytes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.plans import REAL, TODAY, read_plan
from wavectl.plan.loader import load
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.site import build_site

PROGRAMME = """
    name: Waves of Lyon
    uid_domain: waves.uclg.org
    site: https://waves.uclg.org/
    languages: [en, fr]
    regions: {europe: {name: Europe, countries: [FR]}}
"""


def built(home: Path, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Return the files of the site of a plan, by their paths."""
    return pages_of(SiteFacts(read_plan(home, files), date(2026, 6, 1)))


def pages_of(facts: SiteFacts) -> dict[str, str]:
    return {file.path: file.data.decode() for file in build_site(facts)}


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    return pages_of(SiteFacts(load(REAL), date.fromisoformat(TODAY)))


class Links(HTMLParser):
    """Collects what a page links to, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src"):
                self.targets.append(value or "")
            elif name == "id":
                self.ids.append(value or "")


def broken_links(pages: Mapping[str, str]) -> list[str]:
    """Return the links inside a site that lead nowhere."""
    found = {path: Links(page) for path, page in pages.items() if path.endswith(".html")}
    broken = []
    for path, links in found.items():
        for target in links.targets:
            file, _, part = target.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            if not re.match(r"\w+:", target) and (there not in pages or (part and part not in found[there].ids)):
                broken.append(f"{path}: {target}")
    return broken


def test_every_link_of_the_real_site_leads_somewhere(real: dict[str, str]) -> None:
    assert broken_links(real) == []
    assert {"index.html", "style.css", "sitemap.xml", "fr/index.html", "en/waves/local-finance/index.html"} <= set(real)
    assert "es/moments/migration/gwangju-forum/gwangju-forum.ics" in real
    assert broken_links({"a/index.html": '<a href="../b.html">'}) == ["a/index.html: ../b.html"]


def test_the_same_plan_gives_the_same_bytes(real: dict[str, str]) -> None:
    assert pages_of(SiteFacts(load(REAL), date.fromisoformat(TODAY))) == real


def test_the_start_page_is_small(real: dict[str, str]) -> None:
    for language in ("en", "fr", "es"):
        assert len((real[f"{language}/index.html"] + real["style.css"]).encode()) < 100_000
