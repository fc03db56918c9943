"""The feeds of the real waves: sound, read alike by every client, and the same bytes on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from support.clients import CLIENTS, every_client, read, shown
from support.feeds import blocks, events, made, times, wave
from support.plans import REAL, TODAY, process, read_plan, run
from support.publication import PublishedPlan
from support.publication import wave as published_wave
from support.rfc5545 import faults
from wavectl.model import Feed as Wanted
from wavectl.plan.loader import Plan, load
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.feeds import ALL_FEED, CalendarFeed, feed_names, matching_entries, select_feeds
from wavectl.publishing.ical.vcalendar import CalendarTitle, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking.next_lock import PublishedEntry, compute_publication
from wavectl.timeline.entries import Filter
from wavectl.timeline.groups import resolve_groups

GOLDEN = Path(__file__).parent / "expected" / "feeds"
LANGUAGES = ("fr", "en", "es")
NAMES = ("all", "firm", "housing", "local-finance", "migration")
EVERY_FILE = [f"{name}{lang}.ics" for name in NAMES for lang in ("", ".en", ".es")]

Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the real feeds as export-ics writes them in every language, by the names of their files."""
    folder = tmp_path_factory.mktemp("feeds")
    for language in LANGUAGES:
        assert run("export-ics", "--today", TODAY, "--lang", language, "-o", str(folder)).code == 0
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def entry(data: bytes, uid: str) -> dict[str, str]:
    (found,) = [event for event in events(data) if event["UID"] == f"{uid}@waves.uclg.org"]
    return found


# -- the real waves


def test_every_wave_has_its_feed(published):
    assert sorted(published) == sorted(EVERY_FILE)


@pytest.mark.parametrize("today", [TODAY, "2017-06-15", "2030-01-01"])
def test_the_lockfile_of_the_real_waves_is_up_to_date_on_any_day(published, tmp_path, today):
    """The example plan is not changed by a demonstration, and its feeds are the same on every day."""
    before = (REAL / "wavectl.lock").read_bytes()
    for option in ("--locked", "--publish"):
        done = run("export-ics", option, "--today", today, "--lang", "all", "-o", str(tmp_path))
        assert (done.code, done.err) == (0, "")
        assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == published
    assert (REAL / "wavectl.lock").read_bytes() == before


@pytest.mark.parametrize("name", EVERY_FILE)
def test_feed_is_sound(published, name):
    assert faults(published[name]) == []


@pytest.mark.parametrize("name", EVERY_FILE)
def test_feed_is_as_expected(published, golden: Callable[[Path, str], None], name):
    golden(GOLDEN / name, published[name].decode())


@every_client
@pytest.mark.parametrize("name", EVERY_FILE)
def test_clients_read_alike(published, tmp_path, client, name):
    plain = read("icalendar", published[name], tmp_path)
    assert len(plain) == {"a": 15, "f": 7, "h": 7, "l": 0, "m": 9}[name[0]]
    assert read(client, published[name], tmp_path) == shown(client, plain)


MARKS = {"": "date à confirmer", ".en": "date to be confirmed", ".es": "fecha por confirmar"}
MONTHS = {"": "septembre 2017", ".en": "September 2017", ".es": "septiembre de 2017"}
WINDOWS = {"": "de février à juillet 2018", ".en": "February to July 2018", ".es": "de febrero a julio de 2018"}


@pytest.mark.parametrize("lang", MARKS)
def test_vienna_is_somewhere_in_september(published, lang):
    vienna = entry(published[f"migration{lang}.ics"], "compact-vienna.migration")
    assert times(vienna) == ("VALUE=DATE:20170901", "VALUE=DATE:20171001")
    assert vienna["STATUS"] == "TENTATIVE"
    assert re.fullmatch(rf"≈ .+ \({MONTHS[lang]}, {MARKS[lang]}\)", vienna["SUMMARY"])


def test_two_days_are_two_days(published):
    cities = entry(published["housing.ics"], "cities-for-housing.housing")
    assert times(cities) == ("VALUE=DATE:20171102", "VALUE=DATE:20171104")
    assert (cities["STATUS"], cities["SUMMARY"]) == ("CONFIRMED", "Villes et logement")


@pytest.mark.parametrize("lang", WINDOWS)
def test_a_window_of_months_is_one_marked_day(published, lang):
    (window,) = [one for one in events(published[f"migration{lang}.ics"]) if WINDOWS[lang] in one["SUMMARY"]]
    assert times(window) == ("VALUE=DATE:20180201", "VALUE=DATE:20180202")
    assert window["STATUS"] == "TENTATIVE"
    assert re.fullmatch(rf"≈ .+ \({WINDOWS[lang]}, {MARKS[lang]}\)", window["SUMMARY"])


def test_human_rights_day_comes_again(published):
    day = entry(published["housing.ics"], "human-rights-day.housing")
    assert times(day) == ("VALUE=DATE:20171210", "VALUE=DATE:20171211", "FREQ=YEARLY;UNTIL=20181210")
    assert day["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize("lang", ["", ".en", ".es"])
def test_gwangju_is_the_same_bytes_in_every_feed(published, lang):
    found = [
        [block for block in blocks(published[f"{name}{lang}.ics"], "VEVENT") if "UID:gwangju-forum." in block]
        for name in ("housing", "migration", "all")
    ]
    assert [len(one) for one in found] == [1, 1, 1]
    assert found[0] == found[1] == found[2]
    gwangju = entry(published[f"all{lang}.ics"], "gwangju-forum.migration")
    assert times(gwangju) == ("VALUE=DATE:20170914", "VALUE=DATE:20170918")


def test_an_announced_wave_has_a_calendar_with_a_zone_alone(published):
    finance = published["local-finance.ics"]
    assert re.findall(rb"BEGIN:V(\w+)", finance) == [b"CALENDAR", b"TIMEZONE"]
    assert b"TZID:Europe/Madrid" in finance


def test_identities_are_the_same_in_every_language(published):
    for name in NAMES:
        found = [[event["UID"] for event in events(published[f"{name}{lang}.ics"])] for lang in ("", ".en", ".es")]
        assert found == [found[0]] * 3


def test_all_is_the_sum_of_the_waves(published):
    every = {event["UID"] for name in NAMES for event in events(published[f"{name}.ics"])}
    assert {event["UID"] for event in events(published["all.ics"])} == every
    assert len(events(published["all.ics"])) == len(every) == 14


def test_nothing_private_is_published(published):
    plan = load(REAL)
    secrets = [str(one.note) for found in plan.waves.values() for one in found.moments if one.note]
    assert len(secrets) >= 2
    for data in published.values():
        text = data.replace(b"\r\n ", b"").decode().replace("\\", "")
        assert not [secret for secret in secrets if secret in text]


# -- all that an entry can be, read by every client

EVERYTHING = wave(
    "id: fuzzy, title: Fuzzy, when: 2017-09",
    "id: window, title: Window, when: 2018-02/2018-07",
    "id: open, title: Open, when: 2018-07-05/..",
    "id: set, title: Set, when: '[2018-07-05..2018-07-20]'",
    "id: time, title: Time, when: 2017-11-08T15:00/2017-11-08T16:30",
    "id: start, title: Start, when: 2017-11-08T15:00",
    "id: late, title: 'Été, \"à\"; Zürich', when: 2017-11-02, status: postponed, place: 'Ici, là; où'",
    "id: off, title: Off, when: 2017-11-03, status: cancelled, url: 'https://example.org/é?a=1,2;3'",
    'id: maybe, title: Maybe, when: 2017-11-04, status: tentative, description: "One\\ntwo, three; four"',
    "id: leap, title: Leap, when: 2016-02-29, repeat: yearly",
    "id: month, title: Month, when: 2016-04, repeat: yearly",
    "id: year, title: Year, when: 2016-12-10, repeat: yearly, "
    "except: {2017-12-10: cancelled, 2018-12-10: {when: 2018-12-12, title: Other}, 2019-12-10: {when: 2019-11-10?}}",
    "id: last, title: Last, when: 2018-01-31, repeat: FREQ=YEARLY;BYMONTHDAY=-1",
    "id: each, title: Each, when: 2018-01-15, repeat: FREQ=YEARLY;BYMONTHDAY=15",
    "id: thirty, title: Thirty, when: 2018-01-31, repeat: FREQ=MONTHLY",
    "id: pay, title: Pay, when: 2018-01-31, repeat: 'FREQ=YEARLY;BYMONTH=1,2,3'",
    "id: week, title: Week, when: 2018-03-19T15:00/2018-03-19T16:00, repeat: FREQ=WEEKLY;INTERVAL=2, "
    "except: {2018-04-02: {when: 2018-04-03T09:00/2018-04-03T10:00}, 2018-04-16: postponed}",
    "id: monday, title: Monday, when: 2017-10-02, repeat: FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
    "id: gone, title: Gone, when: 2017-05-01, repeat: FREQ=MONTHLY;BYDAY=1MO, except: {2017-06-05: {when: unknown}}",
    period="2016/2020",
    head="slogan: Tous ensemble\nhashtags: ['#Été']\n",
)


@every_client
@pytest.mark.parametrize(
    ("fuzzy", "cancelled"), [("auto", "show"), ("span", "status"), ("first-day", "omit"), ("omit", "omit")]
)
def test_clients_read_all_kinds_of_entries_alike(tmp_path, client, fuzzy, cancelled):
    data = made(tmp_path, {"housing": EVERYTHING}, fuzzy=fuzzy, cancelled=cancelled).data
    plain = read("icalendar", data, tmp_path)
    assert len(plain) > 100
    assert read(client, data, tmp_path) == shown(client, plain)


@every_client
def test_clients_read_what_has_changed_alike(tmp_path, client):
    """Moved, firmed up, postponed, withdrawn, back again; once and by a rule; with alarms."""
    published = PublishedPlan(tmp_path)
    names = ("moved", "firm", "lost", "gone", "back", "rule", "off")
    dates = ("2017-09-05", "2017-09", "2017-10-05", "2017-10-06", "2017-10-07", "2017-12-10", "2018-01-31T10:00")
    rules = {"rule": ", repeat: yearly", "off": ", repeat: FREQ=MONTHLY;BYMONTHDAY=31"}
    first = {name: f"{name}, when: {when}{rules.get(name, '')}" for name, when in zip(names, dates, strict=True)}
    published.publish("2017-06-01", {"w": published_wave(*first.values())})
    published.publish("2017-06-02", {"w": published_wave(*(text for name, text in first.items() if name != "back"))})
    second = {
        "moved": "moved, when: 2017-09-06/2017-09-07, place: Rome",
        "firm": "firm, when: 2017-09-14T15:00/2017-09-14T16:00",
        "lost": "lost, when: unknown",
        "back": first["back"],
        "rule": f"{first['rule']}, except: {{2018-12-10: {{when: 2018-12-11}}}}",
    }
    publication = published.publish("2017-06-03", {"w": published_wave(*second.values())})
    plan = load(published.folder)
    manner = FeedOptions(date(2017, 6, 3), alarms=("7d", "1d@18:00"), identity="x")
    data = render_calendar(CalendarTitle("all"), ["w"], publication.entries, manner, EntryTexts(plan, ("fr",))).data
    assert faults(data) == []
    plain = read("icalendar", data, tmp_path)
    assert {one.uid: one.sequence for one in plain} == {f"{name}.w@x": 1 + (name == "back") for name in names}
    assert {one.summary for one in plain if one.uid in ("off.w@x", "gone.w@x")} == {"RETIRÉ\xa0: T"}
    assert read(client, data, tmp_path) == shown(client, plain)


UNLIKE_CALCURSE = wave(
    "id: night, title: Night, when: 2017-07-08T22:00/2017-07-09T02:00",
    "id: zulu, title: The second half past two, when: 2017-10-29T01:30Z",
    "id: february, title: February, when: 2018-02, repeat: yearly",
    "id: leap, title: Leap, when: 2018-02-27/2018-03-02, repeat: yearly, except: {2019-02-27: {when: 2019-03}}",
    "id: tied, title: Tied, when: 2018-09, repeat: yearly",
    "id: exact, title: Exact, when: 2018-09-14/2018-09-17, same_as: tied",
    "id: set, title: Last working day, when: 2018-01-31, repeat: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'",
    "id: seoul, title: Seoul, when: 2018-01-31T10:00, timezone: Asia/Seoul, repeat: FREQ=MONTHLY",
    "id: morocco, title: Morocco, when: 2018-03-26T00:30, timezone: Africa/Casablanca, repeat: FREQ=WEEKLY;BYDAY=MO",
    period="2017/2020",
)


@pytest.mark.parametrize(
    "client", [pytest.param(name, marks=one.marks) for name, one in CLIENTS.items() if name != "calcurse"]
)
def test_clients_but_calcurse_read_this_alike(tmp_path, client):
    """Calcurse shows a night twice, cuts entries of several days, knows one zone, and passes over BYSETPOS."""
    data = made(tmp_path, {"housing": UNLIKE_CALCURSE}).data
    plain = read("icalendar", data, tmp_path)
    assert len(plain) > 200
    assert read(client, data, tmp_path) == shown(client, plain)


@pytest.mark.parametrize("plan", [EVERYTHING, UNLIKE_CALCURSE], ids=["everything", "rest"])
def test_entries_are_those_of_the_timeline(tmp_path, plan):
    """What a calendar lays out of the rules is what the plan's own occurrences are."""
    found = read("icalendar", made(tmp_path, {"housing": plan}).data, tmp_path)
    expected = [
        one.local
        for group in resolve_groups(load(tmp_path / "waves"), drafts=False)
        for one in group.occurrences
        if one.local.earliest is not None
    ]
    days = [one.first_day for one in found if one.all_day]
    assert days == sorted(one.earliest for one in expected if one.precision != "time" or not one.is_exact)
    assert len(found) == len(expected) > 100


# -- the same bytes everywhere

ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LC_ALL": "fr_FR.UTF-8", "LANG": "es_ES.UTF-8"},
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "ja"},
]


@pytest.mark.parametrize("environment", ELSEWHERE, ids=["auckland", "los-angeles", "utc"])
def test_same_bytes_whatever_the_machine(published, tmp_path, environment):
    home = tmp_path / environment["TZ"].replace("/", " ")
    home.mkdir()
    arguments = ("export-ics", "--waves", str(REAL), "--today", TODAY, "-o", str(home / "out"), "--publish")
    done = process(*arguments, cwd=home, env=environment)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    found = {file.name: file.read_bytes() for file in (home / "out").iterdir()}
    assert found == {name: published[name] for name in EVERY_FILE}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_same_bytes_of_every_kind_of_entry_whatever_the_seed(tmp_path, seed):
    read_plan(tmp_path, {"programme": "{timezone: Europe/Madrid, uid_domain: example.org}", "housing": EVERYTHING})
    done = process(
        "export-ics", "--today", TODAY, "-o", "-", cwd=tmp_path, env={"PYTHONHASHSEED": seed, "TZ": "Asia/Seoul"}
    )
    here = run("export-ics", "--today", TODAY, "-o", "-", cwd=tmp_path)
    assert done.raw == here.raw
    assert len(events(here.raw)) > 20


# -- which feeds there are


def test_feeds_of_a_plan(tmp_path):
    sound = "title: X\nstatus: announced\n"
    renamed = sound + "was: [logement, migration, all, first]\n"
    plan = read_plan(tmp_path, {"housing": renamed, "migration": sound})
    assert feed_names(plan) == ["housing", "migration", ALL_FEED]
    assert select_feeds(plan, []) == [
        CalendarFeed("housing", ("housing",), ("logement", "first")),
        CalendarFeed("migration", ("migration",)),
        CalendarFeed("all", ("housing", "migration")),
    ]
    assert [feed.name for feed in select_feeds(plan, ["all", "housing"])] == ["housing", "all"]


def test_the_feed_of_a_withdrawn_wave_goes_on_under_its_first_name(tmp_path):
    """The identity of its entries has that name; where a wave or feed of the plan has it now, it is theirs."""
    entry = '{"members": ["homes/a"], "when": "2017-09-01", "title": "A", "digest": "0", "published": "2017-06-01", '
    entry += '"modified": "2017-06-02", "sequence": 1, "withdrawn": "2017-06-02"}'
    uids = ("a.shelter", "b.housing", "c.all", "d.old")
    entries = "".join(f'"{uid}@x.org": {entry},\n\n' for uid in uids)
    lock = f'{{\n{entries}"wavectl": {{"schema": "wavectl/lock/1", "uid_domain": "x.org"}}\n}}\n'
    wave = "title: X\nstatus: announced\nwas: [old]\n"
    plan = read_plan(tmp_path, {"programme": "uid_domain: x.org", "housing": wave, "wavectl.lock": lock})
    vanished = select_feeds(plan, [])[-1]
    assert (vanished.name, vanished.aliases) == ("homes", ("shelter",))


def test_feeds_of_the_programme(tmp_path):
    """The settings of a feed win; the options of the command fill in the rest."""
    sound = "title: X\nstatus: announced\n"
    programme = (
        "feeds:\n  firm: {fuzzy: omit, alarm: [7d]}\n  far: {name: Far, waves: [b], lang: fr, cancelled: status, "
        "kinds: [deadline], priorities: [learning], actors: [un], countries: [KR], regions: [asia]}\n"
    )
    plan = read_plan(tmp_path, {"programme": programme, "a": sound + "was: [firm, old]\n", "b": sound})
    assert feed_names(plan) == ["a", "b", ALL_FEED, "firm", "far"]
    a, _, _, firm, far = select_feeds(plan, [])
    assert a.aliases == ("old",)
    assert (firm.waves, firm.title, firm.filter) == (("a", "b"), "firm", Filter())
    options = FeedOptions(date(2017, 6, 1), "span", "omit", "example.org", ("1d",))
    assert firm.options_for(options) == options._replace(fuzzy="omit", alarms=("7d",))
    assert far.options_for(options) == options._replace(cancelled="status")
    assert (far.waves, far.title, a.title, a.options_for(options), a.filter) == (("b",), "Far", None, options, Filter())
    assert far.filter == Filter(None, None, False, (), ("deadline",), ("learning",), ("un",), ("KR",), ("asia",))
    assert far.settings is not None
    assert far.settings.lang == "fr"


def roots(published: Sequence[PublishedEntry]) -> list[str]:
    return [one.group.root.reference for one in published]


def everything(plan: Plan, day: date) -> Sequence[PublishedEntry]:
    return compute_publication(plan, plan.waves, day).entries


def test_entries_of_waves(tmp_path):
    plan = read_plan(
        tmp_path,
        {
            "a": wave("id: x, title: X, when: 2017", "id: y, title: Y, when: 2017, same_as: b/y"),
            "b": wave("id: y, title: Y, when: 2017-05"),
        },
    )
    day = date(2017, 6, 1)
    every = everything(plan, day)
    found = [roots(matching_entries(every, waves, [Filter()], plan, day)) for waves in (["a"], ["b"], ["a", "b"], [])]
    assert found == [["a/x", "b/y"], ["b/y"], ["a/x", "b/y"], []]


def test_entries_are_kept_whole_where_all_filters_keep_one_time(tmp_path):
    moments = "id: day, title: Day, when: 2017-12-10, repeat: yearly", "id: d, title: D, when: 2018, draft: true"
    plan = read_plan(tmp_path, {"one": wave(*moments), "two": wave("id: o, title: O, when: 2018-01-05")})
    day = date(2018, 1, 1)
    every = everything(plan, day)
    (found,) = matching_entries(every, ["one"], [Filter(upcoming=True)], plan, day)
    assert [one.when.text for one in found.group.occurrences] == ["2017-12-10", "2018-12-10"]
    assert roots(matching_entries(every, ["one", "two"], [Filter()], plan, day)) == ["one/day", "two/o"]
    late, early = Filter(first=date(2018, 6, 1)), Filter(last=date(2018, 1, 1))
    assert [
        roots(matching_entries(every, ["one"], filters, plan, day)) for filters in ([late], [early], [late, early])
    ] == [["one/day"], ["one/day"], []]


def test_a_feed_of_a_country_has_a_series_that_comes_there_once(tmp_path):
    moment = (
        "id: day, title: Day, when: 2017-12-10, repeat: yearly, place: {name: Seoul, country: KR}, "
        "except: {2018-12-10: {place: {name: Osaka, country: JP}}}"
    )
    plan = read_plan(tmp_path, {"one": wave(moment)})
    day = date(2017, 1, 1)
    every = everything(plan, day)
    found = [matching_entries(every, ["one"], [Filter(countries=[code])], plan, day) for code in ("KR", "JP", "ES")]
    assert [roots(one) for one in found] == [["one/day"], ["one/day"], []]


def test_a_wave_that_the_plan_never_held_has_no_feed(tmp_path):
    plan = read_plan(tmp_path, {"a": "title: X\nstatus: announced\n"})
    assert select_feeds(plan, ["b"]) == []
    assert CalendarFeed("b", ("b",), (), Wanted(name="b")) not in select_feeds(plan, [])
