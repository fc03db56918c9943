"""A calendar says what it is, brings the zones that it names, and holds its entries in order."""

from __future__ import annotations

from datetime import date

import pytest

from support.feeds import blocks, events, made, unfolded, wave
from support.plans import read_plan
from support.rfc5545 import faults
from wavectl.model import fallback_languages
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.vcalendar import CalendarTitle, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking.next_lock import compute_publication

PROGRAMME = """\
name: {en: "Waves, all", fr: Vagues}
description: {en: "## What\\n\\nWaves **of**\\naction"}
languages: [en, fr]
timezone: Europe/Madrid
uid_domain: example.org
site: https://example.org/waves
"""


def head(data: bytes) -> list[str]:
    lines = unfolded(data)
    return lines[1 : next(number for number, one in enumerate(lines[1:], 1) if one.startswith("BEGIN:"))]


def test_calendar_of_a_wave(tmp_path):
    housing = wave(
        head="slogan: A right\nhashtags: ['#Housing']\ncolor: teal\nurl: https://example.org/h\ndescription: What\n"
    )
    found = made(tmp_path, {"programme": PROGRAMME, "housing": housing}, today="2017-06-02")
    assert head(found.data) == [
        "VERSION:2.0",
        "PRODID:-//wavectl//wavectl//EN",
        "CALSCALE:GREGORIAN",
        "UID:housing@example.org",
        "NAME:Housing",
        "X-WR-CALNAME:Housing",
        "DESCRIPTION:What\\n\\nA right\\n\\n#Housing",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "URL:https://example.org/h",
    ]


def test_calendar_is_as_old_as_its_last_change(tmp_path):
    housing = wave("id: m, title: M, when: 2017-11-02", "id: n, title: N, when: unknown")
    lines = head(made(tmp_path, {"programme": PROGRAMME, "housing": housing}, today="2017-06-02").data)
    assert "LAST-MODIFIED:20170602T000000Z" in lines
    undated = head(made(tmp_path, {"housing": wave("id: n, title: N, when: unknown")}).data)
    assert not [one for one in undated if one.startswith("LAST-MODIFIED")]


def test_calendar_of_all_waves(tmp_path):
    plan = {"programme": PROGRAMME, "housing": wave(), "migration": wave()}
    lines = head(made(tmp_path, plan).data)
    assert "NAME:Waves\\, all" in lines
    assert "DESCRIPTION:What\\n\\nWaves of action" in lines
    assert "URL:https://example.org/waves" in lines
    assert not [one for one in lines if one.startswith("COLOR")]
    assert "NAME:Vagues" in head(made(tmp_path, plan, lang="fr").data)


@pytest.mark.parametrize(
    ("name", "lang", "of_all"),
    [
        ("{en: 'Waves, all', fr: Vagues}", "fr", "Vagues"),
        ("{en: 'Waves, all', fr: Vagues}", "en", "Waves\\, all"),
        ("", "fr", "Toutes les vagues"),
        ("{en: Water, fr: Eau}", "fr", "Eau – Toutes les vagues"),
        ("{en: Water, fr: Villes}", "en", "Water – All waves"),
        ("{en: Water, fr: Villes}", "fr", "Villes"),
    ],
)
def test_all_and_the_only_wave_have_different_names_in_each_language(tmp_path, name, lang, of_all):
    programme = f"languages: [en, fr]\n{name and f'name: {name}'}\n"
    plan = read_plan(tmp_path, {"programme": programme, "water": "title: {en: Water, fr: Eau}\nmoments: []\n"})
    wording = EntryTexts(plan, fallback_languages(lang, plan.programme.languages))
    manner = FeedOptions(date(2017, 6, 1), identity="example.org")

    def name_of(title: CalendarTitle) -> str:
        (found,) = {
            line.split(":", 1)[1]
            for line in head(render_calendar(title, ["water"], [], manner, wording).data)
            if line.startswith(("NAME:", "X-WR-CALNAME:"))
        }
        return found

    assert name_of(CalendarTitle("all")) == of_all
    assert name_of(CalendarTitle("water")) == {"en": "Water", "fr": "Eau"}[lang]
    assert name_of(CalendarTitle("sure", {"en": "Sure", "fr": "Sûr"})) == {"en": "Sure", "fr": "Sûr"}[lang]


def test_address_is_written_if_known(tmp_path):
    plan = read_plan(tmp_path, {"housing": wave()})
    wording, manner = EntryTexts(plan, ("en",)), FeedOptions(date(2017, 6, 1))
    data = render_calendar(
        CalendarTitle("housing", None, "https://example.org/housing.fr.ics"), ["housing"], [], manner, wording
    ).data
    assert "SOURCE;VALUE=URI:https://example.org/housing.fr.ics" in head(data)
    assert faults(data) == []
    assert b"SOURCE" not in render_calendar(CalendarTitle("housing"), ["housing"], [], manner, wording).data
    assert b"\r\nURL" not in data


@pytest.mark.parametrize(
    ("programme", "zone"),
    [
        (PROGRAMME, "Europe/Madrid"),
        ("languages: [en]", "UTC"),
        ("timezone: Africa/Casablanca", "UTC"),
        ("timezone: Asia/Seoul", "Asia/Seoul"),
    ],
)
def test_a_calendar_without_entries_has_the_zone_of_the_programme(tmp_path, programme, zone):
    for text in ("title: Finance\nstatus: announced\nnotice: Soon\n", wave("id: m, title: M, when: unknown")):
        found = made(tmp_path, {"programme": programme, "housing": text})
        assert events(found.data) == []
        (component,) = blocks(found.data, "VTIMEZONE")
        assert f"TZID:{zone}\r\n" in component
        assert found.entries == 0


def test_announced_wave_says_its_notice(tmp_path):
    found = made(tmp_path, {"housing": "title: Finance\nstatus: announced\nnotice: Coming, soon\n"})
    assert "DESCRIPTION:Coming\\, soon" in head(found.data)


def test_entries_are_in_order_of_time(tmp_path):
    plan = {
        "housing": wave(
            "id: z, title: Z, when: 2017-11-02",
            "id: b, title: B, when: 2017-12",
            "id: c, title: C, when: 2017-11-02T10:00",
            "id: a, title: A, when: 2017-11-02/2017-11-09",
            "id: r, title: R, when: 2017-01-05, repeat: yearly, except: {2018-01-05: {when: 2017-11-01}}",
        ),
        "aid": wave("id: y, title: Y, when: 2017-11-02"),
    }
    found = [
        (event["DTSTART"].rpartition(":")[2], event["UID"].partition("@")[0])
        for event in events(made(tmp_path, plan).data)
    ]
    assert found == [
        ("20170105", "r.housing"),
        ("20171101", "r.housing"),
        ("20171102", "y.aid"),
        ("20171102", "z.housing"),
        ("20171102", "a.housing"),
        ("20171102T100000", "c.housing"),
        ("20171201", "b.housing"),
    ]


def test_components_are_in_order(tmp_path):
    moments = [
        f"id: m{n}, title: M, when: 2017-11-02T10:00, timezone: {zone}"
        for n, zone in enumerate(("Asia/Tokyo", "Asia/Seoul"))
    ]
    lines = unfolded(made(tmp_path, {"housing": wave(*moments)}).data)
    assert [one for one in lines if one.startswith("BEGIN:V")] == [
        "BEGIN:VCALENDAR",
        *["BEGIN:VTIMEZONE"] * 2,
        *["BEGIN:VEVENT"] * 2,
    ]
    assert [one for one in lines if one.startswith("TZID:")] == ["TZID:Asia/Seoul", "TZID:Asia/Tokyo"]
    assert not [one for one in lines if one.startswith("METHOD")]


def test_entries_are_counted_once_each(tmp_path):
    plan = {
        "housing": wave(
            "id: a, title: A, when: 2017-12-10, repeat: yearly, except: {2018-12-10: tentative}",
            "id: b, title: B, when: 2017-12-10, same_as: migration/b",
        ),
        "migration": wave("id: b, title: B, when: 2017-12-10"),
    }
    found = made(tmp_path, plan)
    assert (found.entries, len(events(found.data))) == (2, 3)


def test_an_entry_is_drawn_once_for_all_feeds(tmp_path):
    housing = wave("id: m, title: M, when: 2017-11-02", "id: n, title: N, when: unknown")
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "housing": housing})
    entries = compute_publication(plan, ["housing"], date(2017, 6, 1)).entries
    manner, wording, drawn = FeedOptions(date(2017, 6, 1)), EntryTexts(plan, ["en"]), {}
    alone = render_calendar(CalendarTitle("housing"), ["housing"], entries, manner, wording)
    assert [
        render_calendar(CalendarTitle("housing"), ["housing"], entries, manner, wording, drawn) for _ in range(2)
    ] == [alone] * 2
    (uid,) = (one.uid for one in entries if drawn[one.uid].events)
    drawn[uid] = drawn[uid]._replace(events=())
    assert render_calendar(CalendarTitle("housing"), ["housing"], entries, manner, wording, drawn).entries == 0
