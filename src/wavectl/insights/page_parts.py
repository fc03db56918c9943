"""What several pages show alike: how far a calendar is, how long until a moment, one day, a moment for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from wavectl.dates import edtf
from wavectl.dates.edtf import Form, When
from wavectl.diagnostics import Message, say
from wavectl.i18n.date_format import date_text
from wavectl.insights.progress import Progress
from wavectl.model import wording
from wavectl.render.context import Look
from wavectl.timeline import Group, local

_BAR = 10
"""How long a bar is, in cells."""


def bar(progress: Progress, length: int = _BAR) -> str:
    """Return how much of a calendar is reached, drawn; one that has begun shows one piece at least."""
    full = max(round(progress.part * length), min(1, progress.month))
    return "█" * full + "░" * (length - full)


def reached(progress: Progress) -> Message:
    """Return where a day stands in a calendar, in words."""
    if progress.days:
        return say("begins {when}", when=until(progress.days))
    if progress.over:
        return say("over")
    if progress.months is None:
        return say("month {month}", month=progress.month)
    return say("month {month} of {months}", month=progress.month, months=progress.months)


def until(days: int) -> Message:
    """Return how long it is until a day: below 0, it has begun."""
    if days < 0:
        return say("under way")
    if days < 2:
        return say("tomorrow") if days else say("today")
    return say("in {count} days", count=days)


def begins(when: When, today: date) -> Message | None:
    """Return how long it is until a date may begin; None for an unknown one.

    One whose first day is not known is never said to have begun: it is in the days that it may touch.
    """
    if when.start is None:
        return None
    sure = when.start.first == when.start.last and not when.start.doubt and when.form is not Form.SET
    days = (when.start.first - today).days
    return until(days) if sure or days > 0 else say("any day now")


def day_of(day: date) -> When:
    """Return a day as a date that the reader gets in words."""
    return edtf.parse(day.isoformat())


def days_of(first: date, last: date) -> When:
    """Return the days from one through another as a date."""
    return edtf.parse(f"{first.isoformat()}/{last.isoformat()}")


def wave_names(group: Group) -> str:
    """Return the waves that a moment stands in."""
    return ", ".join(group.waves)


def moment(group: Group, when: When, look: Look) -> dict[str, Any]:
    """Return a moment with one of its dates, for programs."""
    return {
        "moment": group.root.reference,
        "waves": list(group.waves),
        "title": wording(group.title, look.languages),
        **date_data(when, local(when, group.zone), look),
    }


def date_data(when: When, here: When, look: Look) -> dict[str, Any]:
    """Return a date for programs: as the plan has it, in the reader's words, and its days on the moment's clocks."""
    return {
        "when": when.text,
        "text": date_text(here, look.language),
        "earliest": iso(here.earliest),
        "latest": iso(here.latest),
    }


def iso(day: date | None) -> str | None:
    """Return a day for programs."""
    return day.isoformat() if day else None
