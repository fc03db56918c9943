"""Time zones of feeds say what the pinned data says, on every day of fifteen years, with yearly rules alone."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import icalendar
import pytest
from dateutil import tz
from ics.grammar.parse import Container

from support.rfc5545 import faults
from wavectl.dates import timezones
from wavectl.publishing.ical.encoding import content_line, dump
from wavectl.publishing.ical.vtimezone import build_vtimezone, has_yearly_rules

REGULAR = [
    *(f"Europe/{name}" for name in ("Madrid", "Paris", "London", "Dublin", "Istanbul", "Moscow")),
    *(
        f"America/{name}"
        for name in ("New_York", "Mexico_City", "Tijuana", "Sao_Paulo", "Bogota", "St_Johns", "Asuncion")
    ),
    *(f"Africa/{name}" for name in ("Dakar", "Johannesburg", "Khartoum", "Juba")),
    *(
        f"Asia/{name}"
        for name in ("Seoul", "Pyongyang", "Kathmandu", "Kolkata", "Tokyo", "Damascus", "Jerusalem", "Beirut")
    ),
    *(f"Australia/{name}" for name in ("Lord_Howe", "Sydney")),
    *(f"Pacific/{name}" for name in ("Apia", "Norfolk", "Chatham")),
    *("Antarctica/Troll", "Etc/GMT-1", "UTC"),
]
IRREGULAR = [
    *(f"Africa/{name}" for name in ("Casablanca", "Cairo")),
    *(f"America/{name}" for name in ("Santiago", "Nuuk")),
    *(f"Asia/{name}" for name in ("Amman", "Gaza", "Tehran")),
]


def written(name: str, year: int) -> bytes:
    return dump(
        [
            Container(
                "VCALENDAR", content_line("VERSION", "2.0"), content_line("PRODID", "x"), build_vtimezone(name, year)
            )
        ]
    )


def text(name: str, year: int) -> list[str]:
    return written(name, year).decode().split("\r\n")[3:-2]


def noons(first: int, last: int) -> list[datetime]:
    start = datetime(first, 1, 1, 12)  # noqa: DTZ001
    return [start + timedelta(days=day) for day in range((datetime(last + 1, 1, 1, 12) - start).days)]  # noqa: DTZ001


@pytest.mark.parametrize("name", REGULAR)
def test_agrees_with_the_data_on_every_day(name):
    assert has_yearly_rules(name, 2016)
    data = written(name, 2016)
    assert faults(data) == []
    read = tz.tzical(io.StringIO(data.decode())).get()
    here = timezones.get_zone(name)
    for wall in noons(2016, 2030):
        assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=here).utcoffset(), wall


@pytest.mark.parametrize("name", ["Europe/Madrid", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"])
def test_the_clocks_change_at_the_right_minute(name):
    read, here = tz.tzical(io.StringIO(written(name, 2017).decode())).get(), timezones.get_zone(name)
    changes = [instant for instant, _, _ in timezones.transitions(name, 2017, 2030)]
    assert changes
    for instant in changes:
        for step in (-1, 1):
            wall = (instant + timedelta(hours=2 * step)).astimezone(here).replace(tzinfo=None)
            assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=here).utcoffset(), wall


@pytest.mark.parametrize("name", IRREGULAR)
def test_zones_without_yearly_rules_are_known(name):
    assert not has_yearly_rules(name, 2016)


def test_madrid():
    assert text("Europe/Madrid", 2017) == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Madrid",
        "BEGIN:DAYLIGHT",
        "DTSTART:20160327T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20161030T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_zone_without_changes_has_one_standard_time():
    assert text("Asia/Seoul", 2017)[2:-1] == [
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0900",
        "END:STANDARD",
    ]


def test_summer_is_the_daylight_time_of_ireland_too():
    found = text("Europe/Dublin", 2017)
    assert found[2:6] == ["BEGIN:DAYLIGHT", "DTSTART:20160327T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100"]


def test_given_up_summer_time_ends():
    rules = [one for one in text("America/Mexico_City", 2017) if one.startswith("RRULE")]
    assert rules == [
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20220403T080000Z",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20221030T070000Z",
    ]


@pytest.mark.parametrize(
    ("name", "year"), [("Asia/Pyongyang", 2017), ("Europe/Istanbul", 2017), ("Pacific/Norfolk", 2019)]
)
def test_offset_is_known_from_the_first_day_and_standard_time_is_there(name, year):
    assert "BEGIN:STANDARD" in text(name, year)
    read, here = tz.tzical(io.StringIO(written(name, year).decode())).get(), timezones.get_zone(name)
    for wall in noons(year, year + 3):
        assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=here).utcoffset(), wall


@pytest.mark.parametrize("year", [1583, 1890, 1969, 2036, 2045, 9990, 9998])
def test_far_years(year):
    data = written("Europe/Madrid", year)
    assert faults(data) == []
    if has_yearly_rules("Europe/Madrid", year):
        (found,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
        assert {one.name for one in found.subcomponents} == ({"STANDARD", "DAYLIGHT"} if year > 2000 else {"STANDARD"})


def test_no_zone_is_written_with_a_list_of_dates():
    names = sorted(timezones.zone_names())[::9]
    assert len(names) > 50
    for name in names:
        lines = text(name, 2017)
        assert not [one for one in lines if one.startswith("RDATE")]
        assert "BEGIN:STANDARD" in lines, name


def test_the_end_of_a_rule_is_reached_by_readers_who_take_it_for_local_time_too():
    (rule,) = [one for one in text("Europe/Istanbul", 2016) if one.startswith("RRULE")]
    assert rule == "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20160327T030000Z"  # at 01:00 UTC, 03:00 there
