"""Does the network move together? Compare the actions around the firm moments of a wave with an even spread.

The window is all days of firm moments with seven days on each side, inside the wave's calendar. The share of actions
in it, divided by its share of the calendar's days, is the ratio; its interval is Wilson's for the share, at 95 %,
divided by the same number. An action counts if all days that it may be on are in the window, or none; of one organiser
only one action a week. Fewer than 30 actions, or a window of more than half of the calendar, give no ratio.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from math import sqrt
from typing import NamedTuple

from wavectl.actions.action import Review, cell_reader, value_or_default
from wavectl.actions.counts import week_of
from wavectl.dates.edtf import When
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.text.suggest import normalize_name
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import MomentGroup, resolve_groups

MARGIN = timedelta(days=7)
"""How far the window reaches before and after a firm moment."""
MIN_ACTIONS = 30
"""How many actions a ratio needs."""
MAX_WINDOW_SHARE = 0.5
"""How much of the calendar the window may fill."""
_Z = 1.959964
"""The quantile of the normal distribution for an interval of 95 %."""

DayRange = tuple[date, date]
"""The first and the last day, both included."""


class Silence(StrEnum):
    """Why nothing can be said."""

    NO_CALENDAR = "no-calendar"
    NO_FIRM_MOMENTS = "no-firm-moments"
    WINDOW_TOO_LARGE = "window-too-large"
    TOO_FEW_ACTIONS = "too-few-actions"


class FirmMoment(NamedTuple):
    """A time that a moment with a firm date happens: its days, both included."""

    group: MomentGroup
    first: date
    last: date


class Ratio(NamedTuple):
    """How many times as many actions there are as with an even spread, and its interval."""

    value: float
    low: float
    high: float


class Rhythm(NamedTuple):
    """The ratio of a wave, or the reason why there is none.

    ``inside`` and ``outside`` are the numbers of actions that count, ``left_out`` that of all others which are neither
    refused nor cancelled. ``weeks`` are the numbers of these by week, where the week is known.
    """

    wave: str
    calendar: DayRange | None
    window: tuple[DayRange, ...]
    moments: tuple[FirmMoment, ...]
    inside: int
    outside: int
    left_out: int
    weeks: dict[str, int]
    ratio: Ratio | None
    silence: Silence | None

    @property
    def window_share(self) -> float:
        """The share of the calendar's days that are in the window."""
        return _days(self.window) / _days([self.calendar]) if self.calendar else 0.0


class RhythmCounter:
    """Compares the actions of a wave with an even spread: of one organiser it counts the first in each week.

    A calendar with an open end ends today, or with the last firm moment. ``groups`` are the moments of the wave if they
    are known, without drafts.
    """

    columns = ("review", "status", "when", "organiser", "actor")

    def __init__(self, plan: Plan, wave: str, today: date, groups: Iterable[MomentGroup] | None = None) -> None:
        self._wave = wave
        self._moments = tuple(_firm_moments(resolve_groups(plan, drafts=False) if groups is None else groups, wave))
        self._calendar = _calendar(plan.waves[wave].period, self._moments, today)
        self._window = _window(self._moments, self._calendar) if self._calendar else ()
        self._starts = [first for first, _ in self._window]
        self._total = 0
        self._weeks: Counter[str] = Counter()
        self._chosen: dict[tuple[str, str | int], _Time] = {}

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Count rows."""
        read_review, read_status, read_time = cell_reader("review"), cell_reader("status"), cache(self._read_time)
        for review, status_text, when, organiser, actor in rows:
            status = read_status(status_text)
            if read_review(review) is Review.REFUSED or status is Status.CANCELLED:
                continue
            self._total += 1
            time = None if status is Status.POSTPONED else read_time(when)
            if time is None:
                continue
            if time.is_one_week:
                self._weeks[time.week] += 1
            if time.is_inside is not None:
                name = actor or normalize_name(organiser)
                key = (name, time.week) if name else ("", self._total)  # an unnamed organiser repeats no other one
                if key not in self._chosen or time < self._chosen[key]:
                    self._chosen[key] = time

    def rhythm(self) -> Rhythm:
        """Return what was found so far."""
        inside = sum(time.is_inside is True for time in self._chosen.values())
        outside = len(self._chosen) - inside
        rhythm = Rhythm(
            self._wave, self._calendar, self._window, self._moments, inside, outside, self._total - inside - outside,
            dict(sorted(self._weeks.items())), None, None,
        )  # fmt: skip
        silence = _silence(rhythm)
        if silence:
            return rhythm._replace(silence=silence)
        low, high = wilson_interval(inside, inside + outside)
        share = rhythm.window_share
        return rhythm._replace(ratio=Ratio(inside / (inside + outside) / share, low / share, high / share))

    def _read_time(self, text: str) -> "_Time | None":
        """Return the time of an action from the text of its date; None where its days are not known."""
        when = value_or_default("when", text)
        first, last = when.bounds if when and not when.is_qualified else (None, None)
        if not (first and last):
            return None
        week = week_of(first)
        return _Time(first, last, self._is_inside(first, last), week, week == week_of(last))

    def _is_inside(self, first: date, last: date) -> bool | None:
        """Tell whether days are in the window, or out of it; None for some of them, or outside the calendar."""
        if self._calendar is None or first < self._calendar[0] or last > self._calendar[1]:
            return None
        start, end = self._window[position] if (position := bisect_right(self._starts, last) - 1) >= 0 else _NO_DAYS
        if first > end:
            return False
        return True if start <= first and last <= end else None


class _Time(NamedTuple):
    """The days that an action may be on, whether they are in the window, and the week of the first, or of all."""

    first: date
    last: date
    is_inside: bool | None
    week: str
    is_one_week: bool


_NO_DAYS = (date.max, date.min)


def wilson_interval(hits: int, trials: int) -> tuple[float, float]:
    """Return the interval of 95 % for a share (Wilson 1927, without correction of continuity)."""
    share, spread = hits / trials, _Z * _Z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _silence(rhythm: Rhythm) -> Silence | None:
    if rhythm.calendar is None:
        return Silence.NO_CALENDAR
    if not rhythm.window:
        return Silence.NO_FIRM_MOMENTS
    if rhythm.window_share > MAX_WINDOW_SHARE:
        return Silence.WINDOW_TOO_LARGE
    return Silence.TOO_FEW_ACTIONS if rhythm.inside + rhythm.outside < MIN_ACTIONS else None


def _firm_moments(groups: Iterable[MomentGroup], wave: str) -> Iterable[FirmMoment]:
    found = [
        FirmMoment(group, occurrence.local.earliest, occurrence.local.last_known)
        for group in groups
        if wave in group.waves
        for occurrence in group.occurrences
        if is_firm(occurrence.when, occurrence.status) and occurrence.local.earliest and occurrence.local.last_known
    ]
    return sorted(found, key=lambda moment: (moment.first, moment.last, moment.group.root.reference))


def _calendar(period: When | None, moments: Sequence[FirmMoment], today: date) -> DayRange | None:
    if period is None or period.earliest is None:
        return None
    last = period.latest or max(period.earliest, today, *(moment.last for moment in moments))
    return period.earliest, last


def _window(moments: Iterable[FirmMoment], calendar: DayRange) -> tuple[DayRange, ...]:
    """Return the days around moments, inside the calendar, as stretches in order with days between them."""
    window: list[DayRange] = []
    for moment in moments:
        first, last = max(moment.first - MARGIN, calendar[0]), min(moment.last + MARGIN, calendar[1])
        if first > last:
            continue
        if window and first <= window[-1][1] + timedelta(days=1):
            window[-1] = (window[-1][0], max(window[-1][1], last))
        else:
            window.append((first, last))
    return tuple(window)


def _days(ranges: Iterable[DayRange]) -> int:
    return sum((last - first).days + 1 for first, last in ranges)
