"""The progress of a wave on a day, its next moment, and what several insights share: labels, and JSON of moments."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from wavectl.dates.edtf import DateForm, When
from wavectl.diagnostics import Message, msg, phrase
from wavectl.model import ActorGroup, Text, localized_text
from wavectl.render.context import RenderContext
from wavectl.timeline.groups import ChronologicalKey, MomentGroup, Occurrence, group_key, to_local_time
from wavectl.timeline.silent_months import SCHEDULED_STATUSES, month_number

ACTOR_GROUP_LABELS = {ActorGroup.NETWORK: phrase("The network"), ActorGroup.EXTERNAL: phrase("Partners")}
"""The labels of the two groups of actors."""
EMPTY_CELL = "·"
"""The text of a cell of a matrix in which there is nothing."""
_BAR_LENGTH = 10
"""The length of a progress bar, in cells."""


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


def wave_progress(period: When | None, today: date) -> WaveProgress | None:
    """Return the progress of a period on a day; None without a period."""
    if period is None or period.earliest is None:
        return None
    first, latest = month_number(period.earliest), period.latest
    months = month_number(latest) - first + 1 if latest else None
    if today < period.earliest:
        return WaveProgress(period, 0, months, (period.earliest - today).days)
    month = months + 1 if months and latest and today > latest else month_number(today) - first + 1
    return WaveProgress(period, month, months, 0)


def describe_progress(progress: WaveProgress) -> Message:
    """Describe the progress of a period in words."""
    if progress.days_until_start:
        return msg("begins {when}", when=describe_days_until(progress.days_until_start))
    if progress.is_over:
        return msg("over")
    if progress.months is None:
        return msg("month {month}", month=progress.month)
    return msg("month {month} of {months}", month=progress.month, months=progress.months)


def progress_text(progress: WaveProgress, context: RenderContext) -> str:
    """Return the progress of a period in words, after a bar unless the period is open-ended.

    At least one cell of the bar is filled once the period has begun.
    """
    text = context.format_message(describe_progress(progress))
    if not progress.months:
        return text
    full = max(round(min(1, progress.month / progress.months) * _BAR_LENGTH), min(1, progress.month))
    return f"{'█' * full}{'░' * (_BAR_LENGTH - full)} {text}"


def progress_data(progress: WaveProgress | None) -> dict[str, Any]:
    """Return JSON data of the progress of a wave, which may have no period."""
    if progress is None:
        return {"period": None, "month": None, "months": None}
    return {"period": progress.period.text, "month": progress.month, "months": progress.months}


class NextMoment(NamedTuple):
    """The next moment, and the days from today until its earliest start; 0 if it is under way."""

    group: MomentGroup
    occurrence: Occurrence
    days_until_start: int


def next_moment(groups: Iterable[MomentGroup], today: date, languages: Sequence[str]) -> NextMoment | None:
    """Return the moment that begins next, today or later, else the first of those under way, else None.

    Postponed and cancelled moments are ignored. ``languages`` are the programme's.
    """
    candidates: list[NextMoment] = []
    for group in groups:
        for occurrence in group.occurrences:
            first, last = _next_day(occurrence.local, today), occurrence.local.last_known
            if first and last and last >= today and occurrence.status in SCHEDULED_STATUSES:
                candidates.append(NextMoment(group, occurrence, (first - today).days))

    def order(candidate: NextMoment) -> tuple[bool, int, ChronologicalKey]:
        days = candidate.days_until_start
        return days < 0, days, group_key(candidate.group, candidate.occurrence.when, languages)

    found = min(candidates, key=order, default=None)
    return found and found._replace(days_until_start=max(0, found.days_until_start))


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
    first = _next_day(when, today)
    if when.start is None or first is None:
        return None
    days = (first - today).days
    if when.form is DateForm.UNTIL:
        return msg("within {count} days", count=days) if days > 1 else msg("any day now")
    certain = when.start.first == when.start.last and not when.start.qualifier and when.form is not DateForm.SET
    return describe_days_until(days) if certain or days > 0 else msg("any day now")


def _next_day(when: When, today: date) -> date | None:
    """Return the first day that a date may be on; of a choice of days, the first that is not past."""
    return next((first for first, last in when.spans if last >= today), when.earliest)


def text_data(text: Text | None, context: RenderContext) -> str | None:
    """Return JSON data of a text of the plan: the text in the reader's language, or None."""
    return localized_text(text, context.languages) or None


def moment_data(group: MomentGroup, when: When, context: RenderContext) -> dict[str, Any]:
    """Return JSON data of a moment with one of its dates."""
    return {
        "moment": group.root.reference,
        "waves": group.waves,
        "title": text_data(group.title, context),
        **date_data(when, to_local_time(when, group.zone), group.zone, context),
    }


def date_data(when: When, local_when: When, zone: str, context: RenderContext) -> dict[str, Any]:
    """Return JSON data of a date: EDTF, text, and its first and last day in the time zone of the moment."""
    earliest, latest = local_when.bounds
    return {"when": when.text, "text": context.local_date(local_when, zone), "earliest": earliest, "latest": latest}
