"""Time zones: their names, wall-clock times that are skipped or occur twice, changes of the offset."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tzdata

from wavectl.dates import timezones

HOUR = timedelta(hours=1)


def test_the_names_are_those_of_the_pinned_package() -> None:
    assert {"Europe/Madrid", "Asia/Seoul", "UTC", "America/New_York"} <= timezones.zone_names()
    assert len(timezones.zone_names()) > 400


@pytest.mark.parametrize("name", ["", "Madrid", "europe/madrid", "../tzdata", "Europe", "zones", "Europe/Madrid/"])
def test_other_names_are_no_zones(name: str) -> None:
    with pytest.raises(KeyError):
        timezones.get_zone(name)


def test_a_zone_does_not_depend_on_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of one zone with the clocks of another, in a package that is not the machine's."""
    seoul = (Path(tzdata.__path__[0]) / "zoneinfo" / "Asia" / "Seoul").read_bytes()
    (tmp_path / "zoneinfo" / "Europe").mkdir(parents=True)
    (tmp_path / "zoneinfo" / "Europe" / "Madrid").write_bytes(seoul)
    (tmp_path / "zones").write_text("Europe/Madrid\n")
    monkeypatch.setattr(timezones, "_TZDATA_DIR", tmp_path)
    for cache in (timezones.zone_names, timezones.get_zone):
        cache.cache_clear()
    try:
        assert timezones.zone_names() == {"Europe/Madrid"}
        assert datetime(2018, 1, 1, tzinfo=timezones.get_zone("Europe/Madrid")).utcoffset() == 9 * HOUR
    finally:
        for cache in (timezones.zone_names, timezones.get_zone):
            cache.cache_clear()


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2017-11-08T15:00", "Europe/Madrid", "2017-11-08T15:00:00+01:00"),
        ("2018-07-08T15:00", "Europe/Madrid", "2018-07-08T15:00:00+02:00"),
        ("2017-11-08T15:00", "Asia/Seoul", "2017-11-08T15:00:00+09:00"),
        ("2018-03-25T01:59", "Europe/Madrid", "2018-03-25T01:59:00+01:00"),
        ("2018-03-25T02:00", "Europe/Madrid", None),  # the clocks go from 2 to 3
        ("2018-03-25T02:59", "Europe/Madrid", None),
        ("2018-03-25T03:00", "Europe/Madrid", "2018-03-25T03:00:00+02:00"),
        ("2017-10-29T02:30", "Europe/Madrid", "2017-10-29T02:30:00+02:00"),  # comes twice: the first
        ("2011-12-30T12:00", "Pacific/Apia", None),  # a whole day that never was
        ("1583-01-01T12:00", "UTC", "1583-01-01T12:00:00+00:00"),
        ("9998-12-31T23:59", "Asia/Seoul", "9998-12-31T23:59:00+09:00"),
    ],
)
def test_a_wall_clock_time_is_an_instant_unless_it_is_skipped(wall: str, zone: str, expected: str | None) -> None:
    instant = timezones.localize(datetime.fromisoformat(wall), zone)
    assert (instant.isoformat() if instant else None) == expected


def test_the_changes_of_a_zone_are_exact() -> None:
    assert timezones.transitions("Europe/Madrid", 2017, 2017) == [
        (datetime(2017, 3, 26, 1, tzinfo=UTC), HOUR, 2 * HOUR),
        (datetime(2017, 10, 29, 1, tzinfo=UTC), 2 * HOUR, HOUR),
    ]
    assert len(timezones.transitions("Europe/Madrid", 2017, 2019)) == 6
    assert timezones.transitions("Asia/Seoul", 2017, 2018) == []
    assert timezones.transitions("UTC", 2017, 2018) == []


def test_half_hours_and_lost_days_are_found() -> None:
    half = timedelta(minutes=30)
    lord_howe = timezones.transitions("Australia/Lord_Howe", 2018, 2018)
    assert [after - before for _, before, after in lord_howe] == [-half, half]
    assert [after - before for _, before, after in timezones.transitions("Pacific/Apia", 2011, 2011)] == [
        -HOUR,
        HOUR,
        24 * HOUR,
    ]


def test_the_changes_of_every_zone_explain_its_offsets() -> None:
    """Every third day of 2000-2037, in all zones that are not aliases of another one."""
    folder = Path(tzdata.__path__[0]) / "zoneinfo"
    zones = {(folder / name).read_bytes(): name for name in sorted(timezones.zone_names())}
    start, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2000, 2038))
    days = range(start, end, 3 * 24 * 3600)
    assert len(zones) > 300
    for name in zones.values():
        zone = timezones.get_zone(name)
        changes = [(instant.timestamp(), after) for instant, _, after in timezones.transitions(name, 2000, 2037)]
        starts = [instant for instant, _ in changes]
        offsets = [datetime.fromtimestamp(start, zone).utcoffset(), *(after for _, after in changes)]
        wrong = [day for day in days if datetime.fromtimestamp(day, zone).utcoffset() != offsets[bisect(starts, day)]]
        assert wrong == [], name


@pytest.mark.parametrize(
    ("text", "offset", "zone"),
    [
        ("UTC+8", "+08:00", "Etc/GMT-8"),
        ("GMT+1", "+01:00", "Etc/GMT-1"),
        ("UTC\N{MINUS SIGN}05:00", "-05:00", "Etc/GMT+5"),
        ("+0530", "+05:30", "Asia/Kolkata"),
        ("AoE", "-12:00", "Etc/GMT+12"),
        ("Anywhere on Earth", "-12:00", "Etc/GMT+12"),
        ("Z", "Z", "UTC"),
    ],
)
def test_an_offset_is_not_a_zone_but_has_one(text: str, offset: str, zone: str) -> None:
    assert timezones.parse_offset(text) == offset
    hint = timezones.zone_hint(text)
    assert hint
    assert hint.values == {"offset": offset, "zone": zone}
    instant = datetime(2026, 7, 1, tzinfo=timezones.get_zone(zone))
    assert datetime.fromisoformat(f"2026-07-01T00:00{offset}") == instant


@pytest.mark.parametrize("text", ["", "Madrid", "UTC+15", "Z1", "GMT+"])
def test_other_texts_are_no_offsets(text: str) -> None:
    assert timezones.parse_offset(text) is None
    assert timezones.zone_hint(text) is None


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("PST", {"America/Los_Angeles", "Asia/Manila"}),
        ("CEST", {"Europe/Paris", "Europe/Madrid"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("EAT", {"Africa/Nairobi"}),
    ],
)
def test_an_abbreviation_names_the_zones_that_use_it(name: str, zones: set[str]) -> None:
    assert zones <= set(timezones.zones_of_abbreviation(name).split(", "))
    assert zones <= set(str(timezones.zone_hint(name.lower())).replace(",", "").split())


def test_all_zones_of_abbreviations_exist_and_use_them() -> None:
    for line in timezones._ABBREVIATIONS.strip().splitlines():
        names, _, zones = line.partition(": ")
        for zone in zones.split():
            used = {datetime(2026, month, 1, tzinfo=timezones.get_zone(zone)).tzname() for month in (1, 7)}
            is_numeric = all(name and name[0] in "+-" for name in used)  # tzdata has no letters for it
            assert used & {*names.split(), "PST" if names == "PHT" else ""} or is_numeric, (zone, used)
