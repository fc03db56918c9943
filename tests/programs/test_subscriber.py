"""Calendars show what a team does to a plan, step by step, as ``story.md`` has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from shutil import copytree

import pytest

from support.clients import CLIENTS, FIRST, LAST, read, shown
from support.clients.seen import Seen
from support.clients.server import serving
from support.feeds import blocks, events
from support.plans import REAL, TODAY, run, state
from support.rfc5545 import faults
from support.story import LANGUAGES, STORY_FILE, Issue, Row, live, steps

STORY = steps()

every_step = pytest.mark.parametrize("number", range(len(STORY)), ids=[step.name for step in STORY])
every_step_but_the_first = pytest.mark.parametrize(
    "number", range(1, len(STORY)), ids=[step.name for step in STORY[1:]]
)
# What Radicale shows is looked at below, in one calendar that lives as long as the story.
every_reader = pytest.mark.parametrize(
    "client", [pytest.param(name, marks=one.marks) for name, one in CLIENTS.items() if name != "radicale"]
)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> list[Issue]:
    """Return what was published, step by step."""
    return live(tmp_path_factory.mktemp("life"))


def entries(data: bytes) -> dict[str, bytes]:
    """Return the bytes of each entry, all its VEVENTs, by its UID."""
    found: dict[str, bytes] = {}
    for block in blocks(data, "VEVENT"):
        (event,) = events(block.encode())
        found[event["UID"]] = found.get(event["UID"], b"") + block.encode()
    return found


def revisions(data: bytes) -> dict[str, set[tuple[int, str, str]]]:
    """Return the SEQUENCE, LAST-MODIFIED and DTSTAMP of each entry, by its UID: one of each."""
    found: dict[str, set[tuple[int, str, str]]] = {}
    for event in events(data):
        facts = int(event["SEQUENCE"]), event["LAST-MODIFIED"], event["DTSTAMP"]
        found.setdefault(event["UID"], set()).add(facts)
    return found


def table_rows(seen: Iterable[Seen]) -> list[tuple[object, ...]]:
    """Return of what a client shows just what the tables of the story tell."""
    return [(one.start, one.end, one.uid, one.sequence, one.status, one.summary) for one in seen]


def expected(client: str, rows: Iterable[Row]) -> list[tuple[object, ...]]:
    """Return what a client shows where people see these rows."""
    return table_rows(shown(client, [row.seen for row in rows]))


# -- what people see


@every_step
@every_reader
def test_every_client_sees_what_is_so(life, tmp_path, client, number):
    found = read(client, life[number].feeds["all.ics"], tmp_path)
    assert table_rows(found) == expected(client, STORY[number].rows)


def test_a_server_keeps_one_entry_for_each(life, tmp_path):
    """One calendar takes every issue in the place of the one before, as a server does for a subscriber."""
    with serving(tmp_path) as kept:
        for step, issue in zip(STORY, life, strict=True):
            kept.put(issue.feeds["all.ics"])
            uids = [event["UID"] for data in kept.entries() for event in events(data) if "RECURRENCE-ID" not in event]
            assert sorted(uids) == sorted({row.uid for row in step.rows}), step.name
            found = sorted(kept.seen(FIRST, LAST), key=Seen.key)
            assert table_rows(found) == expected("radicale", step.rows), step.name


@every_step
def test_each_feed_has_the_same_entries_as_the_feed_of_all(life, number):
    rows, feeds = STORY[number].rows, life[number].feeds
    assert {wave for row in rows for wave in row.feeds} <= {name.partition(".")[0] for name in feeds}
    for name, data in feeds.items():
        wave, _, ending = name.partition(".")
        every = entries(feeds[f"all.{ending}"])
        wanted = {row.uid for row in rows if wave in ("all", *row.feeds)}
        assert entries(data) == {uid: every[uid] for uid in wanted}, name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("step", [pytest.param(step, id=step.name) for step in STORY if step.openings])
def test_an_entry_opens_with_its_last_change(life, tmp_path, step, lang):
    found = read("icalendar", life[STORY.index(step)].all_feeds[lang], tmp_path)
    opening = {one.description.splitlines()[0] for one in found if one.uid == step.changed[0]}
    assert opening == {step.openings[lang]}


def test_the_feed_of_a_renamed_wave_goes_on_under_both_names(life):
    both = [issue.feeds for issue in life if "migrants.ics" in issue.feeds]
    assert len(both) > 1
    for feeds in both:
        for lang in ("", ".fr", ".es"):
            assert feeds[f"migration{lang}.ics"] == feeds[f"migrants{lang}.ics"]


# -- what holds all the time


@every_step
def test_every_feed_keeps_to_the_rfc(life, number):
    found = life[number].feeds
    assert len(found) >= 4 * len(LANGUAGES)
    assert {name: wrong for name, data in found.items() if (wrong := faults(data))} == {}


@every_step_but_the_first
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_did_not_change_is_the_same_bytes(life, number, lang):
    before, now = (entries(life[which].all_feeds[lang]) for which in (number - 1, number))
    assert {uid for uid in now if now[uid] != before.get(uid)} == set(STORY[number].changed)


def test_no_entry_gets_another_identity(life):
    known = entries(life[0].feeds["all.ics"]).keys()
    assert len(known) == 6
    for issue in life:
        known = known | {row.uid for row in issue.step.rows if row.seen.sequence == 0}
        for data in issue.feeds.values():
            assert entries(data).keys() <= known, issue.step.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_entry_grows_younger(life, lang):
    """SEQUENCE and LAST-MODIFIED go up or stay, also of what had gone in between; what changed has the day of that."""
    last: dict[str, tuple[int, str, str]] = {}
    for issue in life:
        day = issue.step.today.replace("-", "") + "T000000Z"
        for uid, (facts, *more) in ((uid, sorted(found)) for uid, found in revisions(issue.all_feeds[lang]).items()):
            assert more == [], issue.step.name
            sequence, modified, stamp = last.get(uid, facts)
            assert (sequence, modified, stamp) <= facts, issue.step.name
            assert facts[1] == facts[2] == (day if uid in issue.step.changed else modified), issue.step.name
            last[uid] = facts


@every_step
def test_published_once_more_it_is_the_same_and_no_file_is_touched(life, number):
    assert len(life[number].files) > 12
    assert life[number].again == life[number].files


def test_the_real_waves_published_once_more_are_the_same_and_no_file_is_touched(tmp_path):
    copytree(REAL, tmp_path / "waves")
    after = []
    for today in (TODAY, TODAY, "2017-06-15"):
        assert run("export-ics", "--lang", "all", "--today", today, cwd=tmp_path).code == 0
        after.append(state(tmp_path))
    assert len([name for name in after[0] if name.endswith(".ics")]) == 15
    assert after[1] == after[0]
    assert after[2] == after[0]


# -- the story itself


def test_the_story_is_read_whole():
    """Of every heading, difference, row and telling in the file, none is passed over."""
    text = STORY_FILE.read_text(encoding="utf-8")
    assert [f"{step.name}, {step.today}" for step in STORY] == re.findall("(?<=^## ).+", text, re.MULTILINE)
    assert sum(len(step.edits) for step in STORY) == text.count("\n```") / 2 > 20
    assert sum(len(step.rows) for step in STORY) == text.count("\n|") - 2 * len(STORY) > 100
    languages = re.findall("(?<=^- )(en|fr|es)(?=: )", text, re.MULTILINE)
    assert [lang for step in STORY for lang in step.openings] == languages == list(LANGUAGES) * (len(languages) // 3)
    assert [step.today for step in STORY] == sorted({step.today for step in STORY})
