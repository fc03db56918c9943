"""The progress of a wave on a day, its next moment, and the parts that several pages share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import DateForm, When
from wavectl.diagnostics import Message, msg
from wavectl.i18n.date_format import format_date
from wavectl.model import localized_text
from wavectl.render.context import RenderContext
from wavectl.timeline.groups import MomentGroup, Occurrence, to_local_time
from wavectl.timeline.silent_months import SCHEDULED_STATUSES, month_number


class WaveProgress(NamedTuple):
    """How far a day is in the period of a wave.

    ``month`` counts from 1; it is 0 before the period begins and ``months`` + 1 after it ends. ``months`` is None for
    an open-ended period. ``days_until_start`` is 0 from the first day on.
    """

    period: When
    month: int
    months: int | None
    days_until_start: int

    @property
    def is_over(self) -> bool:
        """Whether the period has ended."""
        return self.months is not None and self.month > self.months

    @property
    def fraction(self) -> float:
        """The elapsed part of the period, from 0 to 1; 0 if it is open-ended."""
        return min(1.0, self.month / self.months) if self.months else 0.0


def wave_progress(period: When | None, today: date) -> WaveProgress | None:
    """Return the progress of a period on a day; None without a period."""
    if period is None or period.earliest is None:
        return None
    first = month_number(period.earliest)
    months = None if period.latest is None else month_number(period.latest) - first + 1
    days = max(0, (period.earliest - today).days)
    if days:
        month = 0
    elif months is not None and period.latest is not None and today > period.latest:
        month = months + 1
    else:
        month = month_number(today) - first + 1
    return WaveProgress(period, month, months, days)


class NextMoment(NamedTuple):
    """The next moment, and the days from today until its earliest start; 0 if it is under way."""

    group: MomentGroup
    occurrence: Occurrence
    days_until_start: int


def next_moment(groups: Iterable[MomentGroup], today: date) -> NextMoment | None:
    """Return the moment that begins next, today or later, else one that is under way, else None.

    Postponed and cancelled moments are ignored.
    """
    best: tuple[bool, int, str, NextMoment] | None = None
    for group in groups:
        for occurrence in group.occurrences:
            first, last = occurrence.local.earliest, occurrence.local.last_known
            if first is None or last is None or last < today or occurrence.status not in SCHEDULED_STATUSES:
                continue
            days = (first - today).days
            key = (days < 0, days, group.root.reference)
            if best is None or key < best[:3]:
                best = (*key, NextMoment(group, occurrence, max(0, days)))
    return best[3] if best else None


_BAR_LENGTH = 10
"""The length of a progress bar, in cells."""


def progress_bar(progress: WaveProgress, length: int = _BAR_LENGTH) -> str:
    """Return a progress bar; at least one cell is filled once the period has begun."""
    full = max(round(progress.fraction * length), min(1, progress.month))
    return "█" * full + "░" * (length - full)


def describe_progress(progress: WaveProgress) -> Message:
    """Describe the progress of a period in words."""
    if progress.days_until_start:
        return msg("begins {when}", when=describe_days_until(progress.days_until_start))
    if progress.is_over:
        return msg("over")
    if progress.months is None:
        return msg("month {month}", month=progress.month)
    return msg("month {month} of {months}", month=progress.month, months=progress.months)


def describe_days_until(days: int) -> Message:
    """Describe a number of days until a start; a negative number means that it has begun."""
    if days < 0:
        return msg("under way")
    if days < 2:
        return msg("tomorrow") if days else msg("today")
    return msg("in {count} days", count=days)


def describe_start(when: When, today: date) -> Message | None:
    """Describe how long it is until a date may begin; None for an unknown date.

    A date whose first day is not certain is never described as under way.
    """
    if when.start is None:
        return None
    certain = when.start.first == when.start.last and not when.start.qualifier and when.form is not DateForm.SET
    days = (when.start.first - today).days
    return describe_days_until(days) if certain or days > 0 else msg("any day now")


def edtf_day(day: date) -> When:
    """Return a day as an EDTF date, for use in a message."""
    return edtf.parse(day.isoformat())


def edtf_interval(first: date, last: date) -> When:
    """Return the days from ``first`` through ``last`` as an EDTF interval."""
    return edtf.parse(f"{first.isoformat()}/{last.isoformat()}")


def wave_names(group: MomentGroup) -> str:
    """Return the ids of the waves of a moment, separated by commas."""
    return ", ".join(group.waves)


def moment_data(group: MomentGroup, when: When, context: RenderContext) -> dict[str, Any]:
    """Return JSON data of a moment with one of its dates."""
    return {
        "moment": group.root.reference,
        "waves": list(group.waves),
        "title": localized_text(group.title, context.languages),
        **date_data(when, to_local_time(when, group.zone), context),
    }


def date_data(when: When, local_when: When, context: RenderContext) -> dict[str, Any]:
    """Return JSON data of a date: EDTF, text, and its first and last day in the time zone of the moment."""
    return {
        "when": when.text,
        "text": format_date(local_when, context.language),
        "earliest": iso(local_when.earliest),
        "latest": iso(local_when.latest),
    }


def iso(day: date | None) -> str | None:
    """Return a day in ISO 8601; None stays None."""
    return day.isoformat() if day else None
