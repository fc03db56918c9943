"""What several pages show alike: how far a calendar is, how long until a moment, one day, a moment for programs."""

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
"""How long a bar is, in cells."""


def progress_bar(progress: WaveProgress, length: int = _BAR_LENGTH) -> str:
    """Return how much of a calendar is reached, drawn; one that has begun shows one piece at least."""
    full = max(round(progress.fraction * length), min(1, progress.month))
    return "█" * full + "░" * (length - full)


def describe_progress(progress: WaveProgress) -> Message:
    """Return where a day stands in a calendar, in words."""
    if progress.days_until_start:
        return msg("begins {when}", when=describe_days_until(progress.days_until_start))
    if progress.is_over:
        return msg("over")
    if progress.months is None:
        return msg("month {month}", month=progress.month)
    return msg("month {month} of {months}", month=progress.month, months=progress.months)


def describe_days_until(days: int) -> Message:
    """Return how long it is until a day: below 0, it has begun."""
    if days < 0:
        return msg("under way")
    if days < 2:
        return msg("tomorrow") if days else msg("today")
    return msg("in {count} days", count=days)


def describe_start(when: When, today: date) -> Message | None:
    """Return how long it is until a date may begin; None for an unknown one.

    One whose first day is not known is never said to have begun: it is in the days that it may touch.
    """
    if when.start is None:
        return None
    sure = when.start.first == when.start.last and not when.start.qualifier and when.form is not DateForm.SET
    days = (when.start.first - today).days
    return describe_days_until(days) if sure or days > 0 else msg("any day now")


def edtf_day(day: date) -> When:
    """Return a day as a date that the reader gets in words."""
    return edtf.parse(day.isoformat())


def edtf_interval(first: date, last: date) -> When:
    """Return the days from one through another as a date."""
    return edtf.parse(f"{first.isoformat()}/{last.isoformat()}")


def wave_names(group: MomentGroup) -> str:
    """Return the waves that a moment stands in."""
    return ", ".join(group.waves)


def moment_data(group: MomentGroup, when: When, context: RenderContext) -> dict[str, Any]:
    """Return a moment with one of its dates, for programs."""
    return {
        "moment": group.root.reference,
        "waves": list(group.waves),
        "title": localized_text(group.title, context.languages),
        **date_data(when, to_local_time(when, group.zone), context),
    }


def date_data(when: When, local_when: When, context: RenderContext) -> dict[str, Any]:
    """Return a date for programs: as the plan has it, in the reader's words, and its days on the moment's clocks."""
    return {
        "when": when.text,
        "text": format_date(local_when, context.language),
        "earliest": iso(local_when.earliest),
        "latest": iso(local_when.latest),
    }


def iso(day: date | None) -> str | None:
    """Return a day for programs."""
    return day.isoformat() if day else None
