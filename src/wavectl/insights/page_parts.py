"""Parts that several pages share: progress bars, days until a moment, and moments and dates as JSON data."""

from __future__ import annotations

from datetime import date
from typing import Any

from wavectl.dates import edtf
from wavectl.dates.edtf import DateForm, When
from wavectl.diagnostics import Message, msg
from wavectl.i18n.date_format import format_date
from wavectl.insights.progress import WaveProgress
from wavectl.model import localized_text
from wavectl.render.context import RenderContext
from wavectl.timeline import MomentGroup, to_local_time

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
