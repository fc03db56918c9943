"""The page in a real browser: nothing goes wrong, nothing is fetched or run, and it is accessible."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.clients import browser
from support.clients.browser import browsed, toured
from support.clients.seen import MissingClientError
from support.links import broken_links
from support.plans import REAL, TODAY, run, write_plan
from support.registers import register_bytes
from support.timeline_views import EVERYTHING

ACTIONS = [  # on the map, in two weeks, and of no known week
    {"country": country, "lat": lat, "lon": lon, "when": when, "review": "accepted", "publish": "full"}
    for country, lat, lon, when in (
        ("TN", "36.8", "10.18", "2017-11-08"),
        ("TN", "34.7", "10.7", "2017-11-10"),
        ("WS", "-13.8", "-171.8", "2018-03-06"),
        ("", "", "", ""),
    )
]


def test_a_missing_browser_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    with pytest.raises(MissingClientError, match="make clients"):
        browsed(tmp_path / "page.html", tmp_path)


def opened(waves: Path, home: Path, *arguments: str) -> dict[str, Any]:
    """Return what the browser meets in the page of a plan."""
    outcome = run("--waves", str(waves), "--today", TODAY, *arguments, "timeline", "--format", "html")
    assert outcome.code == 0, outcome.err
    page = home / "page.html"
    page.write_bytes(outcome.raw)
    return browsed(page, home)


def unseen(seen: dict[str, Any], scheme: str) -> list[str]:
    """Return the findings of axe-core; it cannot see what is under the texts of a chart, which test_shapes does."""
    return [found for found in seen["axe"][scheme] if not found.startswith("unsure color-contrast: ")]


@pytest.mark.clients
@pytest.mark.parametrize("plan", ["fr", "es", "everything", "none"])
def test_the_page_in_a_browser(plan: str, tmp_path: Path) -> None:
    files = EVERYTHING if plan == "everything" else {"one": "title: T\nstatus: announced\n"}
    waves = REAL if plan in ("fr", "es") else write_plan(tmp_path, files)
    if plan == "everything":
        (waves / "actions").mkdir()
        (waves / "actions" / "first.csv").write_bytes(register_bytes(*ACTIONS))
    seen = opened(waves, tmp_path, "--lang", plan if plan in ("fr", "es") else "en")
    assert seen["console"] == []
    assert seen["requests"] == [(tmp_path / "page.html").as_uri()]
    assert seen["wider"] == {"360": 0, "768": 0, "1200": 0}
    assert (unseen(seen, "light"), unseen(seen, "dark")) == ([], [])
    assert seen["checked"] > 20
    assert (seen["ran"], seen["scripts"]) == (False, ["application/ld+json"])
    assert seen["data"]["@context"] == "https://schema.org"
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
    assert seen["maps"] == (plan != "none")
    weeks = [": 2</title>", ": 1</title>"] if plan == "everything" else []
    assert all(week in (tmp_path / "page.html").read_text(encoding="utf-8") for week in weeks)
    light, dark = ((tmp_path / f"{scheme}.png").read_bytes() for scheme in ("light", "dark"))
    assert light != dark
    if plan == "everything":
        titles = [heading.partition("\n")[0] for heading in seen["headings"]]
        assert "<script>globalThis.ran=1</script> ]]> -- | `b` \" ' & \ufffd[31m <b>" in titles


@pytest.mark.clients
@pytest.mark.parametrize("plan", ["fr", "everything"])
def test_the_report_in_a_browser(plan: str, tmp_path: Path) -> None:
    waves = REAL if plan == "fr" else write_plan(tmp_path, EVERYTHING)
    page = tmp_path / "page.html"
    outcome = run("--waves", str(waves), "--today", "2017-09-01", "report", "-o", str(page))
    assert outcome.code == 0, outcome.err
    seen = browsed(page, tmp_path)
    assert (seen["console"], seen["requests"]) == ([], [page.as_uri()])
    assert seen["wider"] == {"360": 0, "768": 0, "1200": 0}
    assert (unseen(seen, "light"), unseen(seen, "dark")) == ([], [])
    assert (seen["ran"], seen["scripts"]) == (False, [])
    page.write_text(page.read_text(encoding="utf-8").partition('<div class="annexes">')[0], encoding="utf-8")
    browsed(page, tmp_path)
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "paper.pdf").read_bytes())) == 1


@pytest.mark.clients
def test_every_page_of_the_site_in_a_browser(tmp_path: Path) -> None:
    """Every page is looked at in every language, and by axe-core in one of them, each page in another one in turn.

    Every link leads to a file that is there, and to an id in it.
    """
    site, languages = tmp_path / "feeds", ("fr", "en", "es")
    shutil.copytree(REAL, tmp_path / "waves")
    programme = tmp_path / "waves" / "programme.yaml"
    long_name = "name: Red mundial de ciudades y gobiernos locales – Olas de acción"  # longer than a phone is wide
    programme.write_text(re.sub(r"(?m)^name:.*(?:\n .*)*", long_name, programme.read_text("utf-8")), "utf-8")
    outcome = run("--today", TODAY, "publish", cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    files = {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*") if file.is_file()}
    assert "all.ics" in files
    assert broken_links(files) == []
    names = sorted(page.relative_to(site / "fr").as_posix() for page in (site / "fr").rglob("*.html"))
    pages = {
        f"{language}/{name}": languages[number % 3] == language
        for number, name in enumerate(names)
        for language in languages
        if 'http-equiv="refresh"' not in files[f"{language}/{name}"]
    }
    assert len(pages) > 100
    assert {path: faults for path, faults in toured(site, pages, tmp_path).items() if faults} == {}


@pytest.mark.clients
def test_pages_of_a_site_that_are_wrong_are_found_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!DOCTYPE html><title>T</title><p style="width: 2000px">wide</p><img src="https://uclg.example/a.png">'
        '<input class="address">'
        "<script>console.log('said')</script>",
        encoding="utf-8",
    )
    found = toured(tmp_path, {"a.html": True}, tmp_path)["a.html"]
    kinds = ["1280", "360", "768", "console", "failed", "light", "no button", "request"]
    assert sorted({fault.partition(": ")[0] for fault in found}) == kinds


@pytest.mark.clients
def test_a_page_that_is_wrong_is_found_to_be(tmp_path: Path) -> None:
    """Each check finds its fault: a page with one fault of each kind is reported."""
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html><head><title>T</title><script>globalThis.ran = true; console.log("said")</script></head>'
        '<body><script type="application/ld+json">{}</script><img src="none.png">'
        '<div style="width: 500px">wide</div><p style="color: #ccc; background: #fff">faint</p></body></html>',
        encoding="utf-8",
    )
    page.write_text(page.read_text(encoding="utf-8").replace("<script>", '<script type="x">{}</script><script>', 1))
    seen = browsed(page, tmp_path)
    assert "said" in seen["console"]
    assert seen["ran"] is True
    assert [request.rpartition("/")[2] for request in seen["requests"]] == ["page.html", "none.png"]
    assert seen["wider"]["360"] > 100
    found = {one.partition(": ")[0] for one in unseen(seen, "light")}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found


@pytest.mark.clients
@pytest.mark.parametrize("length", [28, 90])
def test_long_words_and_code_in_a_browser(length: int, tmp_path: Path) -> None:
    """No page is wider than the screen, and nothing scrolls that the keyboard does not reach."""
    site = tmp_path / "feeds"
    place = "{name: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, country: GB}"
    wave = f"""\
title: {"W" * length}
slogan: {"s" * length}
hashtags: ["#RechtAufBezahlbarenWohnraumFuerAlleStaedteUndX"]
period: 2026-01/2027-06
description: {CODE}
moments:
  - {{id: forum, title: {"f" * length}, when: 2026-09-14/2026-09-17, place: {place}, description: {CODE}}}
  - {{id: report, title: Report, when: 2026-11, kind: publication, place: {place}}}
"""
    programme = "uid_domain: network.org\nregions: {europe: {name: Europe, countries: [FR, GB]}}\n"
    write_plan(tmp_path, {"programme": programme, "housing": wave, "climate": wave})
    outcome = run("--today", "2026-06-01", "--lang", "en", "publish", cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    pages = {file.relative_to(site).as_posix(): True for file in site.rglob("*.html") if file.parent != site}
    assert {path: faults for path, faults in toured(site, pages, tmp_path).items() if faults} == {}


CODE = f'"Text\\n\\n    {"command --option=value " * 12}\\n\\n    {"x" * 200}"'
