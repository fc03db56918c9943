"""VTIMEZONE components (RFC 5545 §3.6.5), written with yearly rules from the pinned time zone data.

Outlook refuses lists of dates, so a zone whose clocks follow no yearly rule is not ``regular``: times in it are
written in UTC.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ics.grammar.parse import Container

from wavectl.dates import timezones
from wavectl.dates.edtf import LAST_YEAR
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, content_line

LAST_RULE_YEAR = 2037
"""The last year that a rule is tried against, of what begins before; one that holds through it has no end."""
_MIN_RULE_YEARS = 5  # that a rule is tried against where it begins later
_MAX_SINGLE_CHANGES = 2  # changes that may stand alone: a country that gave up summer time has one or two
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - on the clocks of the zone


class _Onset(NamedTuple):
    """A change of the clocks: the wall-clock time at which it happens, by the offset before, and both offsets."""

    at: datetime
    offset_before: timedelta
    offset_after: timedelta
    is_daylight: bool


class _OnsetSeries(NamedTuple):
    """Changes of successive years by one rule, ``BYDAY`` in ``BYMONTH``."""

    onsets: tuple[_Onset, ...]
    rule: str


def has_yearly_rules(name: str, first_year: int) -> bool:
    """Tell whether yearly rules describe the clocks of a zone from a year on."""
    return sum(len(run.onsets) == 1 for run in _group_onsets(name, first_year)) <= _MAX_SINGLE_CHANGES


@lru_cache(maxsize=64)
def build_vtimezone(name: str, first_year: int) -> Container:
    """Return the VTIMEZONE of a zone from a year on.

    It opens with the offset that holds when the year does, or with the last change before. Where the clocks are
    ahead for good, that is standard time too: a zone always has one.
    """
    runs = _group_onsets(name, first_year)
    opening = datetime(first_year, 1, 1)  # noqa: DTZ001
    parts = []
    if not runs or runs[0].onsets[0].at > opening:
        still = opening.replace(tzinfo=timezones.get_zone(name)).utcoffset() or timedelta()
        parts.append(_observance("STANDARD", min(_EPOCH, opening), still, still, ""))
    lasting = max((run.onsets[-1] for run in runs), key=lambda onset: onset.at, default=None)
    for run in runs:
        alone = len(run.onsets) == 1 and run.onsets[0] is lasting
        parts.append(
            _series_component(run, "DAYLIGHT" if run.onsets[0].is_daylight and not alone else "STANDARD", first_year)
        )
    return component("VTIMEZONE", content_line("TZID", encoding.text(name)), *parts)


def _last_rule_year(first_year: int) -> int:
    return min(max(LAST_RULE_YEAR, first_year + _MIN_RULE_YEARS), LAST_YEAR)


@lru_cache(maxsize=64)
def _group_onsets(name: str, first_year: int) -> tuple[_OnsetSeries, ...]:
    """Group the changes since the year before into runs of one rule, the longest that fit, in order of time."""
    left = list(_onsets(name, first_year - 1, _last_rule_year(first_year)))
    runs = []
    while left:
        runs.append(
            max((_series_by_rule(left, rule) for rule in _yearly_rules(left[0].at)), key=lambda run: len(run.onsets))
        )
        left = [onset for onset in left if onset not in runs[-1].onsets]
    return tuple(runs)


def _onsets(name: str, first_year: int, last_year: int) -> Iterator[_Onset]:
    """Return the changes of a zone; where winter is told as the exception, as in Ireland, summer is daylight too."""
    here = timezones.get_zone(name)
    for instant, before, after in timezones.transitions(name, first_year, last_year):
        moved = (instant - timedelta(seconds=1)).astimezone(here).dst() or instant.astimezone(here).dst()
        yield _Onset((instant + before).replace(tzinfo=None), before, after, bool(moved) and after > before)


def _series_by_rule(onsets: list[_Onset], rule: str) -> _OnsetSeries:
    """Return the run of a rule that begins with the first of the changes."""
    same = onsets[:1]
    for other in onsets[1:]:
        if _continues(same[-1], other, rule):
            same.append(other)
    return _OnsetSeries(tuple(same), rule)


def _continues(last: _Onset, other: _Onset, rule: str) -> bool:
    return (
        other.at.year == last.at.year + 1
        and other.at.time() == last.at.time()
        and (other.offset_before, other.offset_after) == (last.offset_before, last.offset_after)
        and rule in _yearly_rules(other.at)
    )


def _yearly_rules(at: datetime) -> Iterator[str]:
    """Return the yearly rules that a day satisfies: the last, or the first, second … of its weekday in its month."""
    weekday = _WEEKDAYS[at.weekday()]
    if at.day + 7 > monthrange(at.year, at.month)[1]:
        yield f"FREQ=YEARLY;BYMONTH={at.month};BYDAY=-1{weekday}"
    yield f"FREQ=YEARLY;BYMONTH={at.month};BYDAY={(at.day - 1) // 7 + 1}{weekday}"


def _series_component(series: _OnsetSeries, name: str, first_year: int) -> Container:
    first, last = series.onsets[0], series.onsets[-1]
    rule = series.rule if len(series.onsets) > 1 else ""
    if rule and last.at.year < _last_rule_year(first_year):
        # Some readers hold UNTIL, which is in UTC, against the clocks of the zone: let it be the later of the two.
        rule += f";UNTIL={encoding.local_datetime(max(last.at, last.at - last.offset_before))}Z"
    return _observance(name, first.at, first.offset_before, first.offset_after, rule)


def _observance(name: str, start: datetime, before: timedelta, after: timedelta, rule: str) -> Container:
    lines = [
        content_line("DTSTART", encoding.local_datetime(start)),
        content_line("TZOFFSETFROM", encoding.offset(before)),
        content_line("TZOFFSETTO", encoding.offset(after)),
    ]
    return component(name, *lines, *([content_line("RRULE", rule)] if rule else ()))
