"""Each form of date takes its time in a calendar: whole days, clocks of a zone, or UTC."""

from __future__ import annotations

from datetime import datetime

import icalendar
import pytest
import recurring_ical_events

from support.feeds import blocks, entries, events, made, one, times, wave
from wavectl.dates import timezones

DAY = "VALUE=DATE:"
MADRID = "TZID=Europe/Madrid:"


def days(first: str, after: str) -> tuple[str, str]:
    """Return the start and the exclusive end of an all-day entry."""
    return DAY + first, DAY + after


@pytest.mark.parametrize(
    ("when", "first", "after"),
    [
        ("2017-11-02", "20171102", "20171103"),
        ("2017-11-02/2017-11-03", "20171102", "20171104"),
        ("2017-02-28/2017-03-01", "20170228", "20170302"),
        ("2017-12-31", "20171231", "20180101"),
        ("2017-11-08T15:00/2017-11-09", "20171108", "20171110"),
        ("2017-06-01/2018-02-01", "20170601", "20180202"),
        ("2017-11-02/2017-11-02", "20171102", "20171103"),
    ],
)
def test_exact_days(tmp_path, when, first, after):
    event = one(tmp_path, when)
    assert times(event) == days(first, after)
    assert (event["STATUS"], event["SUMMARY"]) == ("CONFIRMED", "M")


FUZZY = [
    # when, first day, day after the stretch, shown under auto as its first day only
    ("2017-09", "20170901", "20171001", False),
    ("2017-10", "20171001", "20171101", False),
    ("2018-02/2018-07", "20180201", "20180801", True),
    ("2018-02-01/2018-03", "20180201", "20180401", True),
    ("2018", "20180101", "20190101", True),
    ("2018-21", "20180301", "20180601", True),
    ("2017-24", "20171201", "20180301", True),
    ("2018-34", "20180401", "20180701", True),
    ("2018-40", "20180101", "20180701", True),
    ("2018-07-XX", "20180701", "20180801", False),
    ("2018-XX", "20180101", "20190101", True),
    ("[2018-07-05..2018-07-20]", "20180705", "20180721", False),
    ("[2018-07-05..2018-08-04]", "20180705", "20180805", False),
    ("[2018-07-05..2018-08-05]", "20180705", "20180806", True),
    ("[2018-01..2018-06]", "20180101", "20180701", True),
    ("2018-07-05/..", "20180705", "20180706", False),
    ("2018-07-05/", "20180705", "20180706", False),
    ("2018-07/..", "20180701", "20180801", False),
    ("2018-07-05T10:00/..", "20180705", "20180706", False),
    ("2018-10-03?", "20181003", "20181004", False),
    ("2018-10~", "20181001", "20181101", False),
    ("2018-10-03/2018-10-05%", "20181003", "20181006", False),
    ("2018-10-03T15:00?", "20181003", "20181004", False),
]


@pytest.mark.parametrize(("when", "first", "after", "long"), FUZZY)
def test_dates_that_are_not_exact(tmp_path, when, first, after, long):
    stretch = days(first, after)
    opening = days(first, f"{int(first) + 1}")
    assert times(one(tmp_path, when)) == (opening if long else stretch)
    assert times(one(tmp_path, when, fuzzy="span")) == stretch
    assert times(one(tmp_path, when, fuzzy="first-day")) == opening
    assert entries(tmp_path, f"id: m, title: M, when: '{when}'", fuzzy="omit") == []
    for fuzzy in ("auto", "span", "first-day"):
        event = one(tmp_path, when, fuzzy=fuzzy)
        assert event["STATUS"] == "TENTATIVE"
        assert event["SUMMARY"].startswith("≈ M (")
        assert event["SUMMARY"].endswith(", date to be confirmed)")


def test_omit_keeps_what_is_exact(tmp_path):
    assert times(one(tmp_path, "2017-11-02", fuzzy="omit")) == days("20171102", "20171103")


@pytest.mark.parametrize(
    ("when", "more", "expected"),
    [
        ("2017-11-08T15:00/2017-11-08T16:30", "", (MADRID + "20171108T150000", MADRID + "20171108T163000")),
        ("2017-11-08T15:00:30", "", (MADRID + "20171108T150030",)),
        ("2017-11-08T15:00/2017-11-08T15:00", "", (MADRID + "20171108T150000",)),
        ("2017-07-08T22:00/2017-07-09T02:00", "", (MADRID + "20170708T220000", MADRID + "20170709T020000")),
        ("2017-11-08T15:00Z", "", (MADRID + "20171108T160000",)),
        ("2017-07-08T23:30+09:00/2017-07-08T17:00+02:00", "", (MADRID + "20170708T163000", MADRID + "20170708T170000")),
        ("2017-11-08T15:00", "timezone: Asia/Seoul", ("TZID=Asia/Seoul:20171108T150000",)),
        ("2017-11-08T15:00", "timezone: UTC", ("20171108T150000Z",)),
        ("2017-11-08T15:00/2017-11-08T16:00", "timezone: Africa/Casablanca", ("20171108T150000Z", "20171108T160000Z")),
        ("2017-07-08T15:00", "timezone: Africa/Casablanca", ("20170708T140000Z",)),
        # 02:30 is shown twice that night: the first one, and the second one by its offset
        ("2017-10-29T02:30", "", (MADRID + "20171029T023000",)),
        ("2017-10-29T00:30Z", "", (MADRID + "20171029T023000",)),
        ("2017-10-29T01:30Z", "", ("20171029T013000Z",)),
    ],
)
def test_times_of_day(tmp_path, when, more, expected):
    event = one(tmp_path, when, more)
    assert times(event) == expected
    assert (event["STATUS"], event["SUMMARY"]) == ("CONFIRMED", "M")


def test_zone_is_described_where_it_is_named(tmp_path):
    plan = {
        "housing": wave(
            "id: a, title: A, when: 2017-11-08T15:00, timezone: Asia/Seoul",
            "id: b, title: B, when: 2017-11-08T15:00, timezone: Africa/Casablanca",
            "id: c, title: C, when: 2017-11-08T15:00",
            "id: d, title: D, when: 2017-11-08",
        )
    }
    zones = blocks(made(tmp_path, plan).data, "VTIMEZONE")
    assert [zone.split("\r\n")[1] for zone in zones] == ["TZID:Asia/Seoul", "TZID:Europe/Madrid"]


def test_zone_is_described_from_the_first_time_in_it(tmp_path):
    first = "id: a, title: A, when: 1975-06-01T12:00, timezone: Europe/Madrid"
    late = "id: b, title: B, when: 2050-06-01T12:00, timezone: America/New_York"
    found = made(tmp_path, {"housing": wave(first, late, period="1970/2060")}).data
    assert [times(event)[0] for event in events(found)] == ["19750601T100000Z", "TZID=America/New_York:20500601T120000"]
    (zone,) = blocks(found, "VTIMEZONE")
    assert "DTSTART:20490314T020000" in zone


def test_one_description_of_a_zone_serves_all_its_times(tmp_path):
    moments = [f"id: m{year}, title: M, when: {year}-06-01T12:00" for year in (2025, 2017, 2021)]
    (zone,) = blocks(made(tmp_path, {"housing": wave(*moments, period="2017/2025")}).data, "VTIMEZONE")
    assert "DTSTART:20160327T020000" in zone


def weekly(when: str, more: str = "", rule: str = "FREQ=WEEKLY") -> str:
    return f"id: m, title: M, when: '{when}', repeat: {rule}{more and ', '}{more}"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # on the clocks of its zone, across the change of the clocks
        (weekly("2018-03-19T15:00"), (MADRID + "20180319T150000", "FREQ=WEEKLY;UNTIL=20180430T130000Z")),
        # stated in UTC: the same in UTC, whatever the clocks of Madrid do
        (weekly("2018-03-19T15:00Z"), ("20180319T150000Z", "FREQ=WEEKLY;UNTIL=20180430T150000Z")),
        # stated with the offset that its zone has all the time
        (
            weekly("2018-03-19T15:00+09:00", "timezone: Asia/Seoul"),
            ("TZID=Asia/Seoul:20180319T150000", "FREQ=WEEKLY;UNTIL=20180430T060000Z"),
        ),
        # stated with an offset by which it is Monday, while it is Tuesday in UTC
        (
            weekly("2018-03-19T23:00-05:00", rule="FREQ=WEEKLY;BYDAY=MO"),
            ("TZID=Etc/GMT+5:20180319T230000", "FREQ=WEEKLY;UNTIL=20180501T040000Z"),
        ),
        # Monday in Casablanca, Sunday in UTC
        (
            weekly("2018-03-26T00:30", "timezone: Africa/Casablanca", "FREQ=WEEKLY;BYDAY=MO"),
            ("TZID=Etc/GMT-1:20180326T003000", "FREQ=WEEKLY;UNTIL=20180429T233000Z"),
        ),
    ],
)
def test_repeated_times(tmp_path, moment, expected):
    (event,) = entries(tmp_path, moment, period="2018-03/2018-04")
    assert times(event) == expected


@pytest.mark.parametrize("clock", ["15:00/T16:30", "00:30/T02:00", "23:30", "02:30"])
@pytest.mark.parametrize(
    "zone", ["Europe/Madrid", "Africa/Casablanca", "America/Santiago", "Asia/Gaza", "Australia/Lord_Howe"]
)
def test_repeated_times_are_those_of_the_clocks(tmp_path, zone, clock):
    """Every Monday for a year, laid out by a calendar, is at the wall-clock time that the plan says."""
    start, _, end = clock.partition("/T")
    when = f"2018-01-01T{start}" + (f"/2018-01-01T{end}" if end else "")
    moment = weekly(when, f"timezone: {zone}", "FREQ=WEEKLY;BYDAY=MO")
    found = made(tmp_path, {"housing": wave(moment, period="2018-01/2018-12")}).data
    here = timezones.get_zone(zone)
    calendar = icalendar.Calendar.from_ical(found)
    seen = sorted(
        event.start.astimezone(here).replace(tzinfo=None)
        for event in recurring_ical_events.of(calendar).between((2017, 12, 1), (2019, 2, 1))
    )
    assert [f"{at:%H:%M}" for at in seen] == [start] * 53
    assert {at.weekday() for at in seen} == {0}
    assert seen[0] == datetime.fromisoformat(f"2018-01-01T{start}")
    assert len(set(seen)) == 53
