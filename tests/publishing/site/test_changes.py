"""Pages say what changed lately, and what became of each moment; everything there leads to a page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from support.lock_history import publish_often
from support.plans import read_plan
from wavectl.lockfile.entry import LastChange, LockEntry, Lockfile, LockRevision
from wavectl.publishing.site.changes import MAX_RECENT
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.history import LockHistory
from wavectl.publishing.site.site import build_site

Site = dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the pages of a plan that was published four times; the last change is not published yet."""
    plan, revisions = publish_often(tmp_path_factory.mktemp("home"))
    facts = SiteFacts(plan, date(2017, 7, 2), history=LockHistory(plan, revisions))
    return {file.path: file.data.decode() for file in build_site(facts)}


def section(page: str, name: str) -> str:
    """Return what is in a section of a page; "" if there is none."""
    return "".join(re.findall(rf'<section aria-labelledby="{name}">(.*?)</section>', page, re.DOTALL))


def test_the_start_page_has_the_latest_changes(site: Site) -> None:
    found = section(site["en/index.html"], "changes")
    assert re.findall(r"<dt>(.*?)</dt>", found) == ["1 July 2017", "10 June 2017"]
    lines = re.findall(r'<dd>(.*?) · <a href="(.*?)"><bdi>(.*?)</bdi></a> — <span(.*?)>(.*?)</span></dd>', found)
    assert len(lines) == MAX_RECENT
    assert lines[0] == (
        *("21–24 September 2017", "../en/moments/housing/forum/index.html", "Cities forum", ' class="urgent"'),
        "the date has changed (before: 14–17 September 2017)",
    )
    assert 'href="../en/changes.atom"' in found


def test_the_page_of_a_wave_has_its_own(site: Site) -> None:
    found = section(site["fr/waves/migration/index.html"], "changes")
    assert re.findall(r"<bdi>(.*?)</bdi>", found) == ["Débat"]  # it is new; that its details changed is not news
    atom = '<link rel="alternate" type="application/atom+xml" title="Ce qui a changé" href="../../../{}">'
    assert atom.format("fr/waves/migration/changes.atom") in site["fr/waves/migration/index.html"]
    assert "application/atom+xml" not in site["fr/moments/housing/forum/index.html"]


def test_moments_have_their_history_also_when_they_are_withdrawn(site: Site) -> None:
    histories = [
        re.findall(r"<li><bdi>(.*?)</bdi></li>", section(site[f"en/moments/housing/{moment}/index.html"], "history"))
        for moment in ("forum", "dinner")
    ]
    assert histories == [
        [
            "first announced on 1 June 2017: September 2017",
            "firm since 10 June 2017: 14–17 September 2017 (before: September 2017)",
            "moved on 1 July 2017: 21–24 September 2017 (before: 14–17 September 2017)",
        ],
        ["first announced on 1 June 2017: 9 October 2017", "withdrawn on 10 June 2017"],
    ]


def test_changes_lead_to_pages(site: Site) -> None:
    """Those of withdrawn moments too; those of tied ones to their root; in lists and in Atom."""
    found = {
        path.replace("https://network.org/", "").rstrip("/").removesuffix("/index.html")
        for name in ("en/changes.atom", "en/waves/housing/changes.atom")
        for path in re.findall(r'<link rel="alternate"[^>]*href="(.*?)"', site[name])
    }
    assert {"en/moments/housing/dinner", "en/moments/migration/talk", "en/moments/housing/play"} <= found
    assert "en/moments/housing/speech" not in found
    assert {path for path in found if f"{path}/index.html" not in site} == set()


def test_without_a_publication_there_is_nothing_to_tell(tmp_path: Path) -> None:
    plan, _ = publish_often(tmp_path)
    (plan.folder / "wavectl.lock").unlink()
    pages = {file.path: file.data.decode() for file in build_site(SiteFacts(plan, date(2017, 7, 2)))}
    assert not [path for path in pages if path.endswith(".atom")]
    text = "".join(page for path, page in pages.items() if path.endswith(".html"))
    assert "changes.atom" not in text
    assert 'id="changes"' not in text
    assert 'id="history"' not in text


HOSTILE = '<script>alert(1)</script> {{ 7*7 }} " \u202e \x07'


def test_hostile_texts_of_the_lockfile_stay_text(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "{uid_domain: network.org, languages: [en]}", "w": "title: W"})
    entry = LockEntry(("w/m",), "2017-09", title=HOSTILE, published="2017-06-01", modified="2017-06-03", sequence=1)
    entry = entry._replace(
        place={"name": HOSTILE}, before=LastChange("2017-06-03", place={"name": f"{HOSTILE} before"})
    )
    gone = entry._replace(members=("w/n",), sequence=2, withdrawn="2017-06-03")
    lockfile = Lockfile({"m.w@network.org": entry, "n.w@network.org": gone}, "network.org")
    plan = replace(plan, lockfile=lockfile)
    history = LockHistory(plan, [LockRevision(date(2017, 6, 3), lockfile)])
    pages = {file.path: file.data.decode() for file in build_site(SiteFacts(plan, date(2017, 7, 2), history=history))}
    for path in ("en/index.html", "en/waves/w/index.html", "en/moments/w/n/index.html"):
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in pages[path], path
        assert not re.search("<script>alert|\\b49\\b|[\x07\u202e]", pages[path])
