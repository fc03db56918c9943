"""What changed as Atom: valid (RFC 4287), the same ids for good, and nothing but text in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from support.golden import Golden
from support.lock_history import publish_often
from support.plans import read_plan
from wavectl.lockfile.entry import LockEntry, Lockfile, LockRevision
from wavectl.plan.loader import Plan
from wavectl.publishing.site.atom import MAX_ENTRIES, build_pages
from wavectl.publishing.site.edition import Edition
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.history import LockHistory
from wavectl.publishing.site.templates import SiteTemplates

EXPECTED = Path(__file__).parent / "expected" / "atom"
ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2017, 7, 2)
DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[\w./-]+")
"""RFC 4151 §2.1."""


def atom_files(plan: Plan, revisions: list[LockRevision], language: str = "en") -> dict[str, bytes]:
    """Return the Atom feeds of a plan in one language, by their paths."""
    facts = SiteFacts(plan, TODAY, history=LockHistory(plan, revisions))
    edition = Edition(facts, language, SiteTemplates({}))
    return {file.path: file.data for file in build_pages(edition)}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, list[LockRevision]]:
    return publish_often(tmp_path_factory.mktemp("home"))


def parse(data: bytes) -> Any:
    return ElementTree.fromstring(data)  # noqa: S314 - our own


def faults(data: bytes) -> list[str]:
    """Return what RFC 4287 (§4.1.1, §4.1.2, §4.2) forbids in a feed."""
    feed = parse(data)
    found = [] if feed.tag == f"{ATOM}feed" else ["feed"]
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        found.append("no author")
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name, pattern in (("id", TAG), ("title", re.compile(".+")), ("updated", DAY)):
            texts = [one.text or "" for one in element.findall(f"{ATOM}{name}")]
            found += [] if len(texts) == 1 and pattern.fullmatch(texts[0]) else [f"{name}: {texts}"]
        if len(element.findall(f"{ATOM}link[@rel='alternate']")) != 1:
            found.append("link")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    return found + (["id twice"] if len(set(ids)) < len(ids) else [])


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_kind_of_change_in_each_language(
    language: str, published: tuple[Plan, list[LockRevision]], golden: Golden
) -> None:
    files = atom_files(*published, language)
    assert list(files) == [f"{language}/changes.atom"] + [
        f"{language}/waves/{wave}/changes.atom" for wave in ("housing", "migration")
    ]
    assert [fault for data in files.values() for fault in faults(data)] == []
    golden(EXPECTED / f"all.{language}.atom", files[f"{language}/changes.atom"].decode())
    golden(EXPECTED / f"migration.{language}.atom", files[f"{language}/waves/migration/changes.atom"].decode())


def test_a_fault_is_found() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title/><entry/></feed>'
    assert faults(feed.encode()) == [
        *("no author", "id: ['x']", "title: ['']", "updated: []", "link"),
        *("id: []", "title: []", "updated: []", "link"),
    ]


def test_ids_and_days_do_not_depend_on_what_git_has(
    published: tuple[Plan, list[LockRevision]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, revisions = published
    assert len(entries_of(plan, revisions)) == MAX_ENTRIES
    monkeypatch.setattr("wavectl.publishing.site.atom.MAX_ENTRIES", 100)
    whole, last = (
        {entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}updated") for entry in entries_of(plan, known)}
        for known in (revisions, revisions[-1:])
    )
    assert {key: whole.get(key) for key in last} == last
    assert 10 < len(last) < len(whole)


def entries_of(plan: Plan, revisions: list[LockRevision]) -> Any:
    return parse(atom_files(plan, revisions)["en/changes.atom"]).findall(f"{ATOM}entry")


def test_each_item_leads_to_the_page_of_its_moment(published: tuple[Plan, list[LockRevision]]) -> None:
    plan, revisions = published
    links = {entry.find(f"{ATOM}link").attrib["href"] for entry in entries_of(plan, revisions)}
    assert "https://network.org/en/moments/housing/forum/" in links
    assert all(link.startswith("https://network.org/en/moments/") for link in links)


HOSTILE = "<b>&amp;</b> ]]> {{ 7*7 }} \x07\x1b[31m \u202e \ufffe \" ' %s"


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    entry = LockEntry(("w/m",), "2017-09", title=HOSTILE, published="2017-06-01", modified="2017-06-01")
    entry = entry._replace(place={"name": HOSTILE})
    plan = read_plan(tmp_path, {"programme": "uid_domain: network.org\nname: '{{ 7*7 }} <b>'", "w": "title: W"})
    lock = Lockfile({"m.w@network.org": entry}, "network.org")
    files = atom_files(plan, [LockRevision(TODAY, lock)])
    assert [fault for data in files.values() for fault in faults(data)] == []
    (item,) = entries_of(plan, [LockRevision(TODAY, lock)])
    assert item.findtext(f"{ATOM}title").startswith("<b>&amp;</b> ]]> {{ 7*7 }} ")
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\ufffe]|49", "".join(data.decode() for data in files.values()))
    assert item.find(f"{ATOM}link").attrib["href"] == "../en/moments/w/m/index.html"


def test_actions_are_numbers_and_stand_in_the_feed_of_all_waves(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "uid_domain: network.org", "w": "title: W"})
    action = LockEntry((), "2017-09", published="2017-06-03", modified="2017-06-03")
    moment = LockEntry(("w/m",), "2017-09", title="M", published="2017-06-01", modified="2017-06-01")
    lock = Lockfile({"m.w@network.org": moment}, "network.org", actions={"a": action, "b": action})
    files = atom_files(plan, [LockRevision(TODAY, lock)])
    titles = {
        path: [entry.findtext(f"{ATOM}title") for entry in parse(data).findall(f"{ATOM}entry")]
        for path, data in files.items()
    }
    assert titles == {
        "en/changes.atom": ["Local actions in feeds: new 2, changed 0, withdrawn 0", "M — new"],
        "en/waves/w/changes.atom": ["M — new"],
    }


def test_a_renamed_wave_goes_on_at_its_old_address(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"programme": "uid_domain: network.org", "w": "title: W\nwas: [old]"})
    moment = LockEntry(("old/m",), "2017-09", title="M", published="2017-06-01", modified="2017-06-01")
    files = atom_files(plan, [LockRevision(TODAY, Lockfile({"m.old@network.org": moment}, "network.org"))])
    assert files["en/waves/old/changes.atom"] == files["en/waves/w/changes.atom"]
    assert b"<id>tag:network.org,2017-06-01:en/waves/old/changes.atom</id>" in files["en/waves/w/changes.atom"]
    assert b"<title>M \xe2\x80\x94 new</title>" in files["en/waves/w/changes.atom"]


def test_a_plan_that_was_never_published_has_no_feed(tmp_path: Path) -> None:
    assert atom_files(read_plan(tmp_path, {"w": "title: W"}), []) == {}


def test_the_id_of_a_merged_item_is_the_same_on_the_day_of_any_commit(tmp_path: Path) -> None:
    """Lockfiles of earlier versions have no day for it, so git decides on which day it stands."""
    plan = read_plan(tmp_path, {"programme": "uid_domain: network.org", "w": "title: W"})
    one, other = (LockEntry((f"w/{name}",), "2017-09", published="2017-06-01", modified="2017-06-01") for name in "ab")
    before = Lockfile({"a.w@network.org": one, "b.w@network.org": other}, "network.org")
    merged = one._replace(into="b.w@network.org", sequence=2)
    after = before._replace(entries={**before.entries, "a.w@network.org": merged})
    found = {
        entry.findtext(f"{ATOM}id")
        for day in (1, 2)
        for entry in entries_of(plan, [LockRevision(date(2017, 6, 1), before), LockRevision(date(2017, 7, day), after)])
        if entry.find(f"{ATOM}category").attrib["term"] == "joined"
    }
    assert found == {"tag:network.org,2017-06-01:en/a.w/merged/2"}
