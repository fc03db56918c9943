"""Build VTIMEZONE components (RFC 5545 §3.6.5) with yearly rules, from the pinned time zone data.

Outlook refuses lists of dates (RDATE), so times in a zone without yearly rules are written in UTC.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from ics.grammar.parse import Container

from wavectl.dates import timezones
from wavectl.dates.edtf import LAST_YEAR
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import content_line

LAST_RULE_YEAR = 2037
"""The last year that a rule is checked against; a rule that holds until then has no UNTIL."""
_MIN_RULE_YEARS = 5  # to check a rule against where it starts near or after that year
_MAX_SINGLE_CHANGES = 2  # changes without a rule: a country that gave up summer time has one or two
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time of the zone


class _Onset(NamedTuple):
    """A change of the UTC offset: its local time before the change, and both offsets."""

    at: datetime
    offset_before: timedelta
    offset_after: timedelta
    is_daylight: bool


class _OnsetSeries(NamedTuple):
    """The changes of consecutive years by one rule: ``BYDAY`` in ``BYMONTH``."""

    onsets: tuple[_Onset, ...]
    rule: str


def has_yearly_rules(name: str, first_year: int) -> bool:
    """Tell whether yearly rules describe the offsets of a zone from a year on."""
    return sum(len(series.onsets) == 1 for series in _group_onsets(name, first_year)) <= _MAX_SINGLE_CHANGES


@lru_cache(maxsize=64)
def build_vtimezone(name: str, first_year: int) -> Container:
    """Return the VTIMEZONE of a zone from a year on.

    It starts with the offset at the beginning of that year, or with the last change before. Permanent summer time is
    written as standard time, since a VTIMEZONE needs a STANDARD or DAYLIGHT that lasts.
    """
    all_series = _group_onsets(name, first_year)
    new_year = datetime(first_year, 1, 1)  # noqa: DTZ001
    parts = []
    if not all_series or all_series[0].onsets[0].at > new_year:
        initial = new_year.replace(tzinfo=timezones.get_zone(name)).utcoffset() or timedelta()
        parts.append(_observance("STANDARD", min(_EPOCH, new_year), initial, initial, ""))
    last = max((series.onsets[-1] for series in all_series), key=lambda onset: onset.at, default=None)
    for series in all_series:
        is_permanent = len(series.onsets) == 1 and series.onsets[0] is last
        is_daylight = series.onsets[0].is_daylight and not is_permanent
        parts.append(_series_component(series, "DAYLIGHT" if is_daylight else "STANDARD", first_year))
    return Container("VTIMEZONE", content_line("TZID", encoding.text(name)), *parts)


def _last_rule_year(first_year: int) -> int:
    return min(max(LAST_RULE_YEAR, first_year + _MIN_RULE_YEARS), LAST_YEAR)


@lru_cache(maxsize=64)
def _group_onsets(name: str, first_year: int) -> tuple[_OnsetSeries, ...]:
    """Group the changes since the year before into series, each as long as possible, in order of time."""
    remaining = list(_onsets(name, first_year - 1, _last_rule_year(first_year)))
    all_series = []
    while remaining:
        candidates = (_series_by_rule(remaining, rule) for rule in _yearly_rules(remaining[0].at))
        series = max(candidates, key=lambda candidate: len(candidate.onsets))
        all_series.append(series)
        remaining = [onset for onset in remaining if onset not in series.onsets]
    return tuple(all_series)


def _onsets(name: str, first_year: int, last_year: int) -> Iterator[_Onset]:
    """Return the changes of a zone.

    Summer counts as daylight time also where the data has winter as the exception, as for Ireland.
    """
    zone = timezones.get_zone(name)
    for instant, before, after in timezones.transitions(name, first_year, last_year):
        has_dst = (instant - timedelta(seconds=1)).astimezone(zone).dst() or instant.astimezone(zone).dst()
        yield _Onset((instant + before).replace(tzinfo=None), before, after, bool(has_dst) and after > before)


def _series_by_rule(onsets: list[_Onset], rule: str) -> _OnsetSeries:
    series = onsets[:1]
    for other in onsets[1:]:
        last = series[-1]
        same_offsets = (other.offset_before, other.offset_after) == (last.offset_before, last.offset_after)
        is_next = other.at.year == last.at.year + 1 and other.at.time() == last.at.time()
        if is_next and same_offsets and rule in _yearly_rules(other.at):
            series.append(other)
    return _OnsetSeries(tuple(series), rule)


def _yearly_rules(at: datetime) -> Iterator[str]:
    """Return the yearly rules that fit a day: the last, and the first, second … of its weekday in its month."""
    weekday = _WEEKDAYS[at.weekday()]
    if at.day + 7 > monthrange(at.year, at.month)[1]:
        yield f"FREQ=YEARLY;BYMONTH={at.month};BYDAY=-1{weekday}"
    yield f"FREQ=YEARLY;BYMONTH={at.month};BYDAY={(at.day - 1) // 7 + 1}{weekday}"


def _series_component(series: _OnsetSeries, name: str, first_year: int) -> Container:
    first, last = series.onsets[0], series.onsets[-1]
    rule = series.rule if len(series.onsets) > 1 else ""
    if rule and last.at.year < _last_rule_year(first_year):
        # UNTIL is in UTC, but some clients compare it with local time: write the later of the two.
        rule += f";UNTIL={encoding.local_datetime(max(last.at, last.at - last.offset_before))}Z"
    return _observance(name, first.at, first.offset_before, first.offset_after, rule)


def _observance(name: str, start: datetime, before: timedelta, after: timedelta, rule: str) -> Container:
    lines = [
        content_line("DTSTART", encoding.local_datetime(start)),
        content_line("TZOFFSETFROM", encoding.offset(before)),
        content_line("TZOFFSETTO", encoding.offset(after)),
    ]
    return Container(name, *lines, *([content_line("RRULE", rule)] if rule else ()))
