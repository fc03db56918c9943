"""Announcements are complete, in order of urgency, in each language, and ready to send."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from support.announcements import changed
from support.golden import Golden
from support.plans import Outcome, run, write_plan
from wavectl.dates import edtf
from wavectl.lockfile.entry import LockEntry, Lockfile
from wavectl.plan.loader import Plan, load
from wavectl.publishing.announcement import (
    ANNOUNCEMENT_FORMATS,
    CHANGE_CATEGORIES,
    UTF8_FORMATS,
    Announcement,
    changed_waves,
    compose_announcement,
    render_summary,
)
from wavectl.publishing.tracking.changes import ChangeKind, EntryChange, compare_lockfiles

EXPECTED = Path(__file__).parent / "expected" / "announcement"
ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
DAY = "2017-06-10"
ENGLISH = ("en",)
DETAILS = "details have changed"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan that has changed in every way since it was published."""
    return changed(tmp_path_factory.mktemp("home"))


def checked(home: Path, *options: str) -> Outcome:
    done = run("export-ics", "--check", "--today", DAY, *options, cwd=home)
    assert (done.code, done.err) == (1, "")
    return done


@pytest.mark.parametrize("language", ["en", "fr", "es", "all"])
@pytest.mark.parametrize("form", ANNOUNCEMENT_FORMATS)
def test_every_kind_of_change_in_each_form_and_language(home: Path, form: str, language: str, golden: Golden) -> None:
    out = checked(home, "--format", form, "--lang", language).out
    golden(EXPECTED / f"{language}.{ENDINGS[form]}", out)
    assert "SECRET" not in out
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", out)


def test_the_example_has_every_kind_of_change(home: Path) -> None:
    found = json.loads(checked(home, "--format", "json").out)
    assert set(found["summary"]["kinds"]) == set(ChangeKind)
    assert found["summary"]["changes"] == len(found["changes"]) == 23
    assert found["files"] == []
    dates = [(one["after"] or {}).get("when") for one in found["changes"]]
    firsts = [edtf.parse(when).earliest or date.max for when in dates if when]
    assert firsts == sorted(firsts)


def test_every_kind_is_counted_once() -> None:
    assert sorted(kind for sort in CHANGE_CATEGORIES for kind in sort.kinds) == sorted(ChangeKind)
    assert set(ANNOUNCEMENT_FORMATS) - UTF8_FORMATS == {"text"}


# -- forms


class _Seen(HTMLParser):
    """The elements, attributes and text of a page; elements that are not closed stay in ``open``."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: dict[str, list[str | None]] = {}
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value)
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_is_whole_and_needs_nothing_from_elsewhere(home: Path) -> None:
    seen = _Seen()
    seen.feed(checked(home, "--format", "html", "--lang", "all").out)
    assert seen.open == []
    assert seen.names.isdisjoint({"script", "style", "link", "img", "iframe", "b", "form"})
    assert {"html", "title", "table", "tr", "th", "td", "a"} <= seen.names
    assert seen.attributes["lang"] == ["en", "en", "fr", "es"]
    assert seen.attributes["href"] == [f"https://network.org/all{part}.ics" for part in ("", ".fr", ".es")]
    assert seen.attributes.keys().isdisjoint({"src", "class", "id", "onclick"})
    assert not any("url(" in (style or "") for style in seen.attributes["style"])
    assert seen.text.count("Play <b>&amp; *dance*</b> \N{REPLACEMENT CHARACTER}") == 3


def test_markdown_shows_titles_as_they_are(home: Path) -> None:
    page = MarkdownIt().render(checked(home, "--format", "markdown").out)
    assert "Play &lt;b&gt;&amp;amp; *dance*&lt;/b&gt;" in page
    assert page.count("<li>") == 23
    assert '<a href="https://network.org/all.ics">' in page


def test_json_has_the_facts_before_and_after(home: Path) -> None:
    found = {one["id"]: one for one in json.loads(checked(home, "--format", "json").out)["changes"]}
    side = {"timezone": None, "repeat": None, "status": "confirmed", "title": "Walk"}
    assert found["walk"] == {
        "uid": "walk.housing@network.org",
        "kinds": ["moved", "relocated"],
        "wave": "housing",
        "id": "walk",
        "also_in": [],
        "title": "Walk",
        "into": None,
        "before": {"when": "2017-09-05", "text": "5 September 2017", "exact": True, "place": "Rome, Italy", **side},
        "after": {"when": "2017-09-12", "text": "12 September 2017", "exact": True, "place": "Paris, France", **side},
    }
    assert found["fair"]["before"] is None
    assert found["lost"]["after"]["status"] == "withdrawn"
    assert found["back"]["before"]["status"] == "withdrawn"
    assert (found["speech"]["into"], found["speech"]["after"]) == ("talk.migration@network.org", None)
    assert found["talk"]["also_in"] == ["housing/speech"]


# -- descriptions of changes


MOVED = "the date has changed (before: 5 September 2017"
BLURRED = "the date is no longer certain (before: 5 September 2017)"
LINE = LockEntry(("w/a",), "2017-09-05", title="A", published="2017-06-01", modified="2017-06-01")


def plan(home: Path, programme: str = "uid_domain: x", wave: str = "title: Wave\nstatus: announced") -> Plan:
    return load(write_plan(home, {"programme": programme, "w": wave}))


def description(home: Path, old: dict[str, Any], new: dict[str, Any], languages: tuple[str, ...] = ENGLISH) -> str:
    """Return the description of the change between these facts."""
    before, after = LINE._replace(**old), LINE._replace(**new)
    found = compare_lockfiles(Lockfile({"a": before}), Lockfile({"a": after}))
    (part,) = compose_announcement(Announcement(plan(home), found, {"a": after}, waves=("w",)), languages).sections
    (one,) = part.changes
    assert one.waves == ""
    return one.description


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"title": {"en": "A", "fr": "B"}}, {"title": {"en": "A", "fr": "C"}}, DETAILS),
        ({"place": {"name": {"en": "A", "fr": "B"}}}, {"place": {"name": {"en": "A", "fr": "C"}}}, DETAILS),
        ({"repeat": "FREQ=MONTHLY"}, {"repeat": "FREQ=WEEKLY"}, f"{MOVED}, then every month)"),
        ({"repeat": "yearly", "until": "2018-09-05"}, {"repeat": "yearly"}, "some of its dates have changed"),
        ({"status": "cancelled"}, {"when": "2017-09"}, f"{BLURRED}, scheduled again (before: cancelled)"),
        ({"status": "cancelled", "when": "2017-09"}, {"when": "2017-09"}, "scheduled again (before: cancelled)"),
        (
            {"status": "tentative", "when": "2017-09"},
            {"when": "2017-09", "place": {"name": "Rome"}},
            "the place is now known, confirmed (before: to be confirmed)",
        ),
        ({"when": "2017-09"}, {"status": "tentative", "when": "2017-09"}, "to be confirmed (before: confirmed)"),
        ({"status": "postponed"}, {"status": "tentative"}, "to be confirmed (before: postponed)"),
        (
            {"exceptions": {"2018-09-05": {"status": "cancelled"}, "2019-09-05": {"title": "B"}}},
            {"exceptions": {"2019-09-05": {"title": "C", "when": "2019-09-06", "place": {"name": "Rome"}}}},
            "5 September 2018: as planned; 5 September 2019: 6 September 2019, Rome",
        ),
        ({"exceptions": {"2019-09-05": {"title": "B"}}}, {}, DETAILS),
        ({"when": "2017-09"}, {"when": "2017-10"}, "the date has changed (before: September 2017)"),
        (
            {"status": "postponed"},
            {"when": "2017-10-05"},
            "the date has changed (before: 5 September 2017), scheduled again (before: postponed)",
        ),
        (
            {"when": "2017-11-08T15:00Z", "zone": "Asia/Seoul"},
            {"when": "2017-11-09T15:00Z", "zone": "Asia/Seoul"},
            "the date has changed (before: 9 November 2017, 00:00, Asia/Seoul)",
        ),
    ],
)  # fmt: skip
def test_descriptions_of_changes(tmp_path: Path, old: dict[str, Any], new: dict[str, Any], what: str) -> None:
    assert description(tmp_path, old, new) == what


def test_a_change_in_one_language_is_described_in_that_language(tmp_path: Path) -> None:
    old, new = {"title": {"en": "A", "fr": "B"}}, {"title": {"en": "A", "fr": "C"}}
    assert description(tmp_path, old, new, ("fr",)) == "change de nom (avant : B)"


def news(home: Path, number: int, **options: Any) -> Announcement:
    """Return the news of this many new entries, the last in time first."""
    lines = {f"e{n}": LINE._replace(when=f"2017-09-{28 - n:02}", title=f"T{n}") for n in range(number)}
    found = [EntryChange(uid, (ChangeKind.NEW,), None, line) for uid, line in lines.items()]
    return Announcement(plan(home), found, lines, **options)


def test_changes_are_in_order_of_time_and_a_summary_is_cut(tmp_path: Path) -> None:
    made = compose_announcement(news(tmp_path, 3), ENGLISH)
    assert [one.title for one in made.sections[0].changes] == ["T2", "T1", "T0"]
    assert render_summary(news(tmp_path, 3), 3).count("\n") == 4
    assert render_summary(news(tmp_path, 3), 2) == (
        "Calendar: 3 new\n  26 September 2017 · T2 · Wave — new\n  27 September 2017 · T1 · Wave — new\n  …\n"
    )
    assert render_summary(news(tmp_path, 0), 2) == ""


def test_many_moments_with_other_details_are_on_one_line(tmp_path: Path) -> None:
    """As after a change of a slogan; up to three are named, and what else has changed stands before them."""
    for number in (3, 9):
        made = news(tmp_path, number)
        found = [change._replace(kinds=(ChangeKind.REWORDED,), before=change.after) for change in made.changes]
        renamed = LINE._replace(title="New")
        found.append(EntryChange("a", (ChangeKind.RENAMED,), LINE, renamed))
        text = compose_announcement(made._replace(changes=found), ("fr",))
        assert text.subject == f"Calendrier : 1 autre changement, précisions sur {number} moments"
        (section,) = text.sections
        assert [one.title for one in section.changes] == [
            "New",
            *(["T2", "T1", "T0"] if number == 3 else ["T8, T7, T6, …"]),
        ]
    assert section.changes[1].facts == ["9 moments", "T8, T7, T6, …", "Wave"]
    assert section.changes[1].description == "des précisions ont changé"


@pytest.mark.parametrize(
    ("status", "description"), [("confirmed", "new"), ("cancelled", "new, cancelled"), ("postponed", "new, postponed")]
)
def test_a_new_entry_that_does_not_happen_is_described_as_such(status: str, description: str, tmp_path: Path) -> None:
    found = [EntryChange("a", (ChangeKind.NEW,), None, LINE._replace(status=status))]
    made = compose_announcement(Announcement(plan(tmp_path), found, {}, name={"en": "Waves"}, waves=("w",)), ENGLISH)
    assert [change.description for section in made.sections for change in section.changes] == [description]


def test_a_new_calendar_has_no_day_before_and_without_a_site_no_address(tmp_path: Path) -> None:
    text = ANNOUNCEMENT_FORMATS["text"](news(tmp_path, 1, waves=("w",), name={"en": "Waves"}))
    assert text.splitlines()[:7] == [
        "Subject: Waves: 1 new",
        "",
        "What is in the new calendar:",
        "",
        "New",
        "- 28 September 2017 · T0 — new",
        "",
    ]
    assert "The calendar:" not in text
    assert "<a " not in ANNOUNCEMENT_FORMATS["html"](news(tmp_path, 1))


@pytest.mark.parametrize("form", ANNOUNCEMENT_FORMATS)
def test_of_no_change_there_is_nothing_to_send(tmp_path: Path, form: str) -> None:
    made = ANNOUNCEMENT_FORMATS[form](news(tmp_path, 0))
    assert (json.loads(made)["changes"] == []) if form == "json" else made == ""


def test_a_wave_is_called_by_its_present_name_or_by_the_one_it_had(tmp_path: Path) -> None:
    made = plan(tmp_path, wave="title: Wave\nstatus: announced\nwas: [old]")
    line = LINE._replace(members=("old/a", "gone/a"))
    found = [EntryChange("a", (ChangeKind.NEW,), None, line)]
    assert changed_waves(made, [EntryChange("a", (ChangeKind.JOINED,), LINE._replace(members=("x/a",)), line)]) == {
        "x",
        "w",
        "gone",
    }
    assert compose_announcement(Announcement(made, found, {}), ENGLISH).sections[0].changes[0].waves == "Wave, gone"
