"""Timeline -> Chart: waves as bands on one scale, under each its moments as rows of marks.

It knows days, not cells or pixels, so that ``gantt`` and ``svg``, which draw it, tell the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.dates.edtf import DateForm, When
from wavectl.model import Wave
from wavectl.render.timeline.scale import Scale, month_scale
from wavectl.timeline import Entry, Timeline

_OPEN_END_MARGIN = timedelta(days=45)  # that the scale goes on behind the last day that is known of an open end
_MIN_SCALE_LENGTH = timedelta(days=150)  # that it shows where nothing has a date


class ScaleSpan(NamedTuple):
    """Days of the scale, counted from its first: those before it, and those before its end; whether that is known."""

    start: int
    end: int
    open_ended: bool


class MomentMark(NamedTuple):
    """An entry on the scale: all days that it may touch."""

    entry: Entry
    span: ScaleSpan


class ChartRow(NamedTuple):
    """A moment with its marks, one for each time that it happens; none where it has no date."""

    entry: Entry
    marks: tuple[MomentMark, ...]


class WaveBand(NamedTuple):
    """A wave: its calendar, None where it has none on this scale, and its moments by their first day.

    ``begins`` and ``ends`` tell whether the calendar does so on this scale, or goes on beyond it.
    """

    id: str
    wave: Wave
    span: ScaleSpan | None
    rows: tuple[ChartRow, ...]
    starts_on_scale: bool = True
    ends_on_scale: bool = True


class Chart(NamedTuple):
    """Waves on one scale; ``today`` is how many days of it lie before today, None where today is not on it."""

    scale: Scale
    bands: tuple[WaveBand, ...]
    today_offset: int | None


def build_chart(timeline: Timeline) -> Chart:
    """Return the waves and moments of a timeline on one scale."""
    axis = _chart_scale(timeline)
    by_wave: dict[str, list[Entry]] = {wave: [] for wave in timeline.shown_waves}
    for entry in timeline.entries:
        by_wave[entry.member.wave].append(entry)
    bands = tuple(_build_band(wave, timeline.waves[wave], entries, axis) for wave, entries in by_wave.items())
    on_it = axis.first <= timeline.today <= axis.last
    return Chart(axis, bands, axis.days_before(timeline.today) if on_it else None)


def _chart_scale(timeline: Timeline) -> Scale:
    """Return the scale of all that is shown, cut to what was asked for."""
    dates = [entry.occurrence.local for entry in timeline.entries]
    dates += [period for wave in timeline.shown_waves if (period := timeline.waves[wave].period)]
    first = min((when.earliest for when in dates if when.earliest), default=timeline.today)
    last = max((_last_day(when) for when in dates if when.last_known), default=first + _MIN_SCALE_LENGTH)
    wanted = timeline.filter
    if wanted.upcoming:
        first = max(first, min(timeline.today, last))
    first = max(first, min(wanted.first, last)) if wanted.first else first
    last = min(last, max(wanted.last, first)) if wanted.last else last
    return month_scale(first, last)


def _last_day(when: When) -> date:
    """Return the last day that has to be on the scale; ``when`` is a date that is known."""
    assert when.last_known  # noqa: S101 - both callers ask for it
    return when.last_known + _OPEN_END_MARGIN if when.form is DateForm.OPEN else when.last_known


def _build_band(wave_id: str, wave: Wave, entries: Iterable[Entry], axis: Scale) -> WaveBand:
    by_moment: dict[str, list[Entry]] = {}
    for entry in entries:
        by_moment.setdefault(entry.member.moment.id, []).append(entry)
    rows = tuple(_build_row(found, axis) for found in by_moment.values())
    stretch = _span_on_scale(wave.period, axis) if wave.period else None
    if wave.period is None or stretch is None or stretch.start >= stretch.end:
        return WaveBand(wave_id, wave, None, rows)
    first, last = wave.period.earliest or axis.first, wave.period.last_known or axis.last
    return WaveBand(wave_id, wave, stretch, rows, first >= axis.first, last <= axis.last)


def _build_row(entries: list[Entry], axis: Scale) -> ChartRow:
    marks = [(entry, _span_on_scale(entry.occurrence.local, axis)) for entry in entries]
    return ChartRow(entries[0], tuple(MomentMark(entry, stretch) for entry, stretch in marks if stretch))


def _span_on_scale(when: When, axis: Scale) -> ScaleSpan | None:
    """Return the days of the scale that a date may touch, through the end of the scale where its end is not known."""
    if when.earliest is None or when.last_known is None:
        return None
    return ScaleSpan(axis.days_before(when.earliest), axis.days_through(when.last_known), when.form is DateForm.OPEN)
