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
from functools import lru_cache
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
COLUMNS = ("review", "status", "when", "organiser", "actor")
"""The columns of a register that are read."""
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


def build_rhythm(
    plan: Plan, wave: str, rows: Iterable[tuple[str, ...]], today: date, groups: Iterable[MomentGroup] | None = None
) -> Rhythm:
    """Compare the actions of a wave with an even spread; ``rows`` are the cells of ``COLUMNS``.

    A calendar with an open end ends today, or with the last firm moment. ``groups`` are the moments of the wave if they
    are known, without drafts.
    """
    moments = tuple(_firm_moments(resolve_groups(plan, drafts=False) if groups is None else groups, wave))
    calendar = _calendar(plan.waves[wave].period, moments, today)
    window = _window(moments, calendar) if calendar else ()
    tally = _Tally(calendar, window)
    tally.add(rows)
    inside = sum(is_inside for _, is_inside in tally.chosen.values())
    outside = len(tally.chosen) - inside
    rhythm = Rhythm(
        wave, calendar, window, moments, inside, outside, tally.total - inside - outside,
        dict(sorted(tally.weeks.items())), None, None,
    )  # fmt: skip
    silence = _silence(rhythm)
    if silence:
        return rhythm._replace(silence=silence)
    low, high = wilson_interval(inside, inside + outside)
    share = rhythm.window_share
    return rhythm._replace(ratio=Ratio(inside / (inside + outside) / share, low / share, high / share))


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


class _Tally:
    """Chooses the actions that count: of one organiser the first in each week, by its days."""

    def __init__(self, calendar: DayRange | None, window: Sequence[DayRange]) -> None:
        self._calendar, self._window = calendar, window
        self._starts = [first for first, _ in window]
        self.total = 0
        self.weeks: Counter[str] = Counter()
        self.chosen: dict[tuple[str, str | int], tuple[DayRange, bool]] = {}

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        read_review, read_status = map(cell_reader, ("review", "status"))
        read_stretch = lru_cache(maxsize=65_536)(_stretch)
        for review, status_text, when, organiser, actor in rows:
            status = read_status(status_text)
            if read_review(review) is Review.REFUSED or status is Status.CANCELLED:
                continue
            self.total += 1
            stretch = None if status is Status.POSTPONED else read_stretch(when)
            if stretch is None:
                continue
            week = week_of(stretch[0])
            if week == week_of(stretch[1]):
                self.weeks[week] += 1
            is_inside = self._is_inside(*stretch)
            if is_inside is not None:
                name = actor or normalize_name(organiser)
                key = (name, week) if name else ("", self.total)  # an unnamed organiser repeats no other one
                self.chosen[key] = min(self.chosen.get(key, (stretch, is_inside)), (stretch, is_inside))

    def _is_inside(self, first: date, last: date) -> bool | None:
        """Tell whether days are in the window, or out of it; None for some of them, or outside the calendar."""
        if self._calendar is None or first < self._calendar[0] or last > self._calendar[1]:
            return None
        start, end = self._window[position] if (position := bisect_right(self._starts, last) - 1) >= 0 else _NO_DAYS
        if first > end:
            return False
        return True if start <= first and last <= end else None


_NO_DAYS = (date.max, date.min)


def _stretch(text: str) -> DayRange | None:
    """Return the days that an action may be on; None where these are not known."""
    when = value_or_default("when", text)
    if when is None or when.is_qualified:
        return None
    first, last = when.bounds
    return (first, last) if first and last else None
