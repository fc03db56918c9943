"""Alarms ring only if requested, on firm moments, and at 09:00 for all-day entries."""

from __future__ import annotations

import re

import pytest

from support.feeds import blocks, made, wave


def triggers(tmp_path, moment: str, *alarms: str, **options: str) -> list[str]:
    data = made(tmp_path, {"housing": wave(f"id: m, title: M, {moment}")}, alarms=alarms, **options).data
    return re.findall(r"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:(\S+)\r\nDESCRIPTION:M\r\nEND:VALARM", data.decode())


@pytest.mark.parametrize(
    ("when", "alarm", "trigger"),
    [
        ("2017-11-02", "7d", "-P6DT15H"),
        ("2017-11-02/2017-11-03", "1d", "-PT15H"),
        ("2017-11-02", "0d", "PT9H"),
        ("2017-11-02", "1w", "-P6DT15H"),
        ("2017-11-02", "2h", "PT7H"),
        ("2017-11-02", "9h", "P0D"),
        ("2017-11-02", "30m", "PT8H30M"),
        ("2017-11-02", "7d@18:00", "-P6DT6H"),
        ("2017-11-02", "7d@00:00", "-P7D"),
        ("2017-11-02", "1w@18:30", "-P6DT5H30M"),
        ("2017-11-08T15:00", "7d", "-P7D"),
        ("2017-11-08T15:00/2017-11-08T16:00", "45m", "-PT45M"),
        ("2017-11-08T15:00", "7d@18:00", "-P6DT21H"),
        ("2017-11-08T15:00", "0d@18:00", "PT3H"),
        ("2017-11-08T15:00:30", "1d@14:59", "-P1DT1M30S"),
    ],
)
def test_when_it_rings(tmp_path, when, alarm, trigger):
    assert triggers(tmp_path, f"when: '{when}'", alarm) == [trigger]


def test_clocks_are_those_of_the_moment(tmp_path):
    assert triggers(tmp_path, "when: 2017-11-08T15:00, timezone: Asia/Seoul", "1d@14:00") == ["-P1DT1H"]


def test_several_alarms_ring_in_the_requested_order(tmp_path):
    assert triggers(tmp_path, "when: 2017-11-02", "7d", "1d") == ["-P6DT15H", "-PT15H"]
    assert triggers(tmp_path, "when: 2017-11-02") == []


OFF = [f"when: 2017-11-02, status: {status}" for status in ("tentative", "postponed", "cancelled")]


@pytest.mark.parametrize("moment", ["when: 2017-11", "when: 2017-11-02?", *OFF])
def test_what_is_not_firm_is_silent(tmp_path, moment):
    data = made(tmp_path, {"housing": wave(f"id: m, title: M, {moment}")}, alarms=("7d",)).data
    assert len(blocks(data, "VEVENT")) == 1
    assert b"VALARM" not in data


def test_each_time_that_differs_rings_if_it_is_firm(tmp_path):
    rule = "when: 2017-12-10, repeat: yearly, except: {2018-12-10: %s}"
    assert triggers(tmp_path, rule % "{when: 2018-12-10T15:00}", "1d") == ["-PT15H", "-P1D"]
    assert triggers(tmp_path, rule % "tentative", "1d") == ["-PT15H"]
