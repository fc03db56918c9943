"""Each calendar client is read alike: the same days, texts and states from one feed made by hand."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from socket import create_connection

import pytest

from support.clients import CLIENTS, FIRST, LAST, every_client, node, python, read, shown
from support.clients.python import khal_import_and_list, khal_seen
from support.clients.seen import MissingClientError, Seen, moment, uncut, unescaped
from support.clients.server import Kept, serving
from support.plans import run, write_plan
from support.registers import write_actions
from support.rfc5545 import faults

FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//wavectl//tests//EN
CALSCALE:GREGORIAN
NAME:Vagues
X-WR-CALNAME:Vagues
REFRESH-INTERVAL;VALUE=DURATION:PT12H
BEGIN:VTIMEZONE
TZID:Europe/Madrid
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:day.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20170905
SUMMARY:Réunion du Conseil politique de CGLU sur le droit à la ville et l
 e logement\\, Genève
DESCRIPTION:Première ligne\\nDeuxième \\; troisième\\\\fin : "ainsi"\\, dit-e
 lle – 日本語の説明文はここで折り返されますがどの文
 字も切られてはいけません
LOCATION:Genève\\, Suisse
URL:https://example.org/a;b=c?d=e,f&g=%C3%A9
CATEGORIES:Le droit au logement,Plaidoyer\\, alliances,a\\;b
STATUS:TENTATIVE
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
SEQUENCE:3
END:VEVENT
BEGIN:VEVENT
UID:two-days.migration@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20171102
DTEND;VALUE=DATE:20171104
SUMMARY:Deux jours
STATUS:CONFIRMED
SEQUENCE:0
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:zoned.migration@example.org
DTSTAMP:20170601T000000Z
DTSTART;TZID=Europe/Madrid:20171108T150000
DTEND;TZID=Europe/Madrid:20171108T163000
SUMMARY:Audition
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:utc.migration@example.org
DTSTAMP:20170601T000000Z
DTSTART:20180706T090000Z
SUMMARY:Publication
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:yearly.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20171210
DTEND;VALUE=DATE:20171211
RRULE:FREQ=YEARLY;UNTIL=20201231
SUMMARY:Journée des droits de l’homme
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:yearly.housing@example.org
DTSTAMP:20170601T000000Z
RECURRENCE-ID;VALUE=DATE:20181210
DTSTART;VALUE=DATE:20181212
DTEND;VALUE=DATE:20181213
SUMMARY:Reporté
STATUS:TENTATIVE
TRANSP:TRANSPARENT
SEQUENCE:1
END:VEVENT
BEGIN:VEVENT
UID:monthly.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;TZID=Europe/Madrid:20180201T100000
DTEND;TZID=Europe/Madrid:20180201T113000
RRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20180503T080000Z
SUMMARY:Audition mensuelle
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:monthly.housing@example.org
DTSTAMP:20170601T000000Z
RECURRENCE-ID;TZID=Europe/Madrid:20180405T100000
DTSTART;TZID=Europe/Madrid:20180406T120000
DTEND;TZID=Europe/Madrid:20180406T123000
SUMMARY:Audition déplacée
STATUS:TENTATIVE
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:window.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20170901
DTEND;VALUE=DATE:20171001
RRULE:FREQ=YEARLY;UNTIL=20181231
SUMMARY:≈ Fenêtre
STATUS:TENTATIVE
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:habitat.housing@example.org
DTSTAMP:20170601T000000Z
DTSTART;VALUE=DATE:20171002
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1MO;UNTIL=20191231
SUMMARY:Journée mondiale de l’habitat
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

EMPTY = FEED[: FEED.index(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"

DAY = timedelta(days=1)


def entry(uid: str, start: date, end: date, summary: str, status: str = "CONFIRMED", **more: object) -> Seen:
    return Seen(start, end, f"{uid}@example.org", summary, status=status, transp="TRANSPARENT", **more)


def day(uid: str, first: date, summary: str, status: str = "CONFIRMED", days: int = 1, **more: object) -> Seen:
    return entry(uid, first, first + days * DAY, summary, status, **more)


def hour(uid: str, start: str, end: str, summary: str, status: str = "CONFIRMED") -> Seen:
    """Return a timed entry; its start and end are in UTC."""
    return entry(uid, *(datetime.fromisoformat(f"{one}+00:00") for one in (start, end)), summary, status)


SEEN = [
    day(
        "day.housing",
        date(2017, 9, 5),
        "Réunion du Conseil politique de CGLU sur le droit à la ville et le logement, Genève",
        "TENTATIVE",
        description='Première ligne\nDeuxième ; troisième\\fin : "ainsi", dit-elle – '
        "日本語の説明文はここで折り返されますがどの文字も切られてはいけません",
        location="Genève, Suisse",
        url="https://example.org/a;b=c?d=e,f&g=%C3%A9",
        categories=("Le droit au logement", "Plaidoyer, alliances", "a;b"),
        sequence=3,
    ),
    day("two-days.migration", date(2017, 11, 2), "Deux jours", days=2),
    hour("zoned.migration", "2017-11-08T14:00", "2017-11-08T15:30", "Audition"),
    hour("utc.migration", "2018-07-06T09:00", "2018-07-06T09:00", "Publication"),
    *(day("yearly.housing", date(year, 12, 10), "Journée des droits de l’homme") for year in (2017, 2019, 2020)),
    day("yearly.housing", date(2018, 12, 12), "Reporté", "TENTATIVE", sequence=1),
    hour("monthly.housing", "2018-02-01T09:00", "2018-02-01T10:30", "Audition mensuelle"),
    hour("monthly.housing", "2018-03-01T09:00", "2018-03-01T10:30", "Audition mensuelle"),
    hour("monthly.housing", "2018-04-06T10:00", "2018-04-06T10:30", "Audition déplacée", "TENTATIVE"),
    hour("monthly.housing", "2018-05-03T08:00", "2018-05-03T09:30", "Audition mensuelle"),
    *(day("window.housing", date(year, 9, 1), "≈ Fenêtre", "TENTATIVE", days=30) for year in (2017, 2018)),
    *(
        day("habitat.housing", date(year, 10, first), "Journée mondiale de l’habitat")
        for year, first in ((2017, 2), (2018, 1), (2019, 7))
    ),
]


def test_feed_is_sound():
    assert faults(FEED) == []
    assert faults(EMPTY) == []


@every_client
def test_client_shows_what_the_feed_says(client, tmp_path):
    assert read(client, FEED, tmp_path) == shown(client, SEEN)


@every_client
def test_client_shows_nothing_of_a_feed_without_events(client, tmp_path):
    assert read(client, EMPTY, tmp_path) == []


@every_client
def test_a_client_expands_only_the_requested_days(client, tmp_path):
    first, last = date(2017, 9, 5), date(2018, 12, 11)
    wanted = [one for one in SEEN if first <= one.first_day <= last]
    assert 3 < len(wanted) < len(SEEN)
    found = read(client, FEED, tmp_path, first, last)
    # icalendar's sequence is the highest of the series' occurrences, those out of sight too.
    assert [(one.start, one.summary) for one in found] == [(one.start, one.summary) for one in shown(client, wanted)]


@every_client
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_days_do_not_shift_with_the_zone_of_the_machine(client, zone, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        found = read(client, FEED, tmp_path)
    time.tzset()
    assert found == shown(client, SEEN)


@every_client
def test_client_reads_feeds_one_after_the_other_in_one_folder(client, tmp_path):
    assert read(client, EMPTY, tmp_path) != read(client, FEED, tmp_path)


@every_client
def test_change_of_one_day_is_seen(client, tmp_path):
    changed = FEED.replace(b"DTEND;VALUE=DATE:20171104", b"DTEND;VALUE=DATE:20171105")
    assert read(client, changed, tmp_path) != shown(client, SEEN)


@pytest.mark.parametrize("client", [pytest.param(name, marks=CLIENTS[name].marks) for name in ("vobject", "ical.js")])
def test_time_zone_of_the_feed_itself_is_read(client, tmp_path):
    """Two clients trust the feed's VTIMEZONE, so that they find a wrong one; the others know Madrid by name."""
    wrong = FEED.replace(b"TZOFFSETTO:+0100", b"TZOFFSETTO:+0300")
    assert read(client, wrong, tmp_path) != shown(client, SEEN)


@pytest.mark.parametrize("client", ["ical.js", "node-ical"])
def test_client_that_is_not_installed_fails(client, tmp_path, monkeypatch):
    monkeypatch.setattr(node, "_HERE", tmp_path)
    with pytest.raises(MissingClientError, match="make clients"):
        read(client, FEED, tmp_path)


def test_calcurse_that_is_not_installed_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingClientError, match="make clients"):
        read("calcurse", FEED, tmp_path)


def test_npm_lock_names_no_address():
    home = Path(node.__file__).parent
    lock = (home / "package-lock.json").read_text(encoding="utf-8")
    assert '"node_modules/ical.js"' in lock
    assert [name for name, package in json.loads(lock)["packages"].items() if "resolved" in package] == []
    assert "omit-lockfile-registry-resolved=true" in (home / ".npmrc").read_text(encoding="utf-8")


def test_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="floats"):
        moment(datetime(2017, 11, 8, 15))  # noqa: DTZ001
    assert moment(datetime(2017, 11, 8, 15, tzinfo=UTC)).tzinfo is UTC


def test_cut_categories_are_joined_again():
    assert uncut(["a", "b\\", " c"], ",") == ("a", "b, c")


def test_escapes_of_categories_are_undone():
    assert unescaped(("a\\;b", "c\\\\d")) == ("a;b", "c\\d")


FORMS = [  # a date, the days on which people see it, and how its title tells of it
    ("[2017-11-08,2017-11-15]", "2017-11-08", 1, "8 or 15 November 2017"),
    ("[2018-01..2018-06-05]", "2018-01-01", 1, "between January 2018 and 5 June 2018"),
    ("[2018-07-05..2018-07-20]", "2018-07-05", 16, "between 5 and 20 July 2018"),
    ("../2018-07-20", "2018-07-20", 1, "until 20 July 2018"),
    ("../2018-08", "2018-08-31", 1, "until August 2018"),
    ("../2018-09-03T18:00", "2018-09-03", 1, "until 3 September 2018, 18:00"),
    ("2018-10-05?", "2018-10-05", 1, "5 October 2018 (?)"),
    ("2018-10~", "2018-10-01", 31, "around October 2018"),
    ("2018-29", "2018-09-01", 1, "southern spring 2018"),
    ("2019-37", "2019-01-01", 1, "first four-month period of 2019"),
]


@pytest.fixture(scope="module")
def feed_of_forms(tmp_path_factory):
    home = tmp_path_factory.mktemp("forms")
    dates = "".join(f'  - {{id: m{n}, title: M, when: "{when}"}}\n' for n, (when, *_) in enumerate(FORMS))
    yearly = "  - {id: yearly, title: M, when: [2017-12-01, 2017-12-09], repeat: yearly}\n"
    wave = f"title: W\nperiod: 2017/2019\nmoments:\n{dates}{yearly}"
    write_plan(home, {"programme": "languages: [en]\nuid_domain: example.org\n", "w": wave})
    return run("export-ics", "-o", "-", "--today", "2017-06-01", cwd=home).raw


@every_client
def test_client_shows_vague_dates_on_their_days(client, tmp_path, feed_of_forms):
    wanted = [
        day(f"m{number}.w", date.fromisoformat(first), f"≈ M ({text}, date to be confirmed)", "TENTATIVE", days=days)
        for number, (_, first, days, text) in enumerate(FORMS)
    ]
    wanted += [
        day("yearly.w", date(year, 12, 1), "≈ M (1 or 9 December, date to be confirmed)", "TENTATIVE")
        for year in (2017, 2018, 2019)
    ]

    def rows(seen):
        return [(one.start, one.end, one.uid, one.status, one.summary) for one in seen]

    assert rows(read(client, feed_of_forms, tmp_path)) == rows(shown(client, wanted))


@every_client
def test_client_shows_local_actions(client, tmp_path):
    shared = {"review": "accepted", "publish": "full"}
    folder = write_actions(
        tmp_path,
        {"title": "Open house, Tunis", "when": "2017-11-08/2017-11-09", **shared},
        {"title": "Rent clinic", "when": "2017-12", **shared},
        {"title": "Walk", "when": "2017-11-20", "status": "cancelled", **shared},
        {"title": "Not reviewed", "when": "2017-11-21", "publish": "full"},
    )
    with (folder / "programme.yaml").open("a", encoding="utf-8") as programme:
        programme.write("languages: [en]\nfeeds: {local: {actions: true, moments: false}}\n")
    feed = run("export-ics", "local", "-o", "-", "--today", "2017-06-01", cwd=tmp_path).raw
    wanted = [
        day("form-1.housing.action", date(2017, 11, 8), "Open house, Tunis", days=2),
        day("form-3.housing.action", date(2017, 11, 20), "CANCELLED: Walk", "TENTATIVE"),
        day(
            "form-2.housing.action",
            date(2017, 12, 1),
            "≈ Rent clinic (December 2017, date to be confirmed)",
            "TENTATIVE",
            days=31,
        ),
    ]

    def rows(seen):
        return [(one.start, one.end, one.status, one.summary) for one in seen]

    assert rows(read(client, feed, tmp_path)) == rows(shown(client, wanted))


# -- what a client holds already


MOVED = FEED.replace(b"DTSTART;VALUE=DATE:20170905", b"DTSTART;VALUE=DATE:20170912").replace(
    b"SEQUENCE:3", b"SEQUENCE:4"
)


MOVED_SEEN = [
    replace(one, start=one.start + 7 * DAY, end=one.end + 7 * DAY, sequence=4) if one.sequence == 3 else one
    for one in SEEN
]


def test_khal_moves_an_entry_that_it_has(tmp_path):
    """What is imported over a calendar goes into the entries that are there, by their UIDs."""
    first, last = date(2017, 1, 1), date(2020, 12, 31)
    for data, seen in ((FEED, SEEN), (MOVED, MOVED_SEEN)):
        assert sorted(khal_import_and_list(data, tmp_path, first, last), key=Seen.key) == shown("khal", seen)


def test_a_server_moves_an_entry_that_it_has(tmp_path):
    """What is put in the place of a calendar is the calendar: an entry for each UID, and none for what is gone."""
    gone = MOVED[: MOVED.index(b"BEGIN:VEVENT")] + MOVED[MOVED.rindex(b"BEGIN:VEVENT") :]
    with serving(tmp_path) as kept:
        for data, seen, uids in ((FEED, SEEN, 8), (MOVED, MOVED_SEEN, 8), (gone, SEEN, 1), (EMPTY, [], 0)):
            kept.put(data)
            assert len(kept.entries()) == uids
            wanted = [one for one in seen if uids > 1 or one.uid == "habitat.housing@example.org"]
            assert sorted(kept.seen(FIRST, LAST), key=Seen.key) == shown("radicale", wanted)


# -- refused

BROKEN = FEED.replace(b"DTSTART;VALUE=DATE:20170905", b"DTSTART;VALUE=DATE:2017-09-5")


@every_client
def test_no_client_is_shown_what_breaks_the_rfc(client, tmp_path):
    with pytest.raises(ValueError, match="no feed to be read"):
        read(client, BROKEN, tmp_path)


def test_khal_that_complains_or_leaves_something_out_is_found(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="ended with status 1"):
        khal_seen(BROKEN, tmp_path, FIRST, LAST)
    monkeypatch.setattr(python, "_khal", lambda *_: "")
    with pytest.raises(ValueError, match="khal leaves entries out"):
        khal_seen(FEED, tmp_path, FIRST, LAST)


def test_a_server_that_refuses_is_found(tmp_path):
    with serving(tmp_path) as kept:
        kept.put(FEED)
        with pytest.raises(ValueError, match="Radicale refuses the feed: 400"):
            kept.put(BROKEN)
        assert len(kept.entries()) == 8


def test_what_a_server_gives_back_is_held_against_the_rfc(tmp_path, monkeypatch):
    monkeypatch.setattr(Kept, "entries", lambda _: [EMPTY, BROKEN])
    with serving(tmp_path) as kept, pytest.raises(ValueError, match="gives back what is wrong"):
        kept.seen(FIRST, LAST)


def test_a_server_is_gone_afterwards(tmp_path):
    with serving(tmp_path) as kept:
        place = kept.place
        create_connection(place, timeout=10).close()
    with pytest.raises(ConnectionRefusedError):
        create_connection(place, timeout=10)
