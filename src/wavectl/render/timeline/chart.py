"""Timeline -> Chart: waves as bands on one scale, under each its moments as rows of marks.

It knows days, not cells or pixels, so that ``gantt`` and ``svg``, which draw it, tell the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.dates.edtf import Form, When
from wavectl.model import Wave
from wavectl.render.timeline.scale import Scale, scale
from wavectl.timeline import Entry, Timeline

_TRAIL = timedelta(days=45)  # that the scale goes on behind the last day that is known of an open end
_LEAST = timedelta(days=150)  # that it shows where nothing has a date


class Stretch(NamedTuple):
    """Days of the scale, counted from its first: those before it, and those before its end; whether that is known."""

    start: int
    end: int
    open: bool


class Mark(NamedTuple):
    """An entry on the scale: all days that it may touch."""

    entry: Entry
    stretch: Stretch


class Row(NamedTuple):
    """A moment with its marks, one for each time that it happens; none where it has no date."""

    entry: Entry
    marks: tuple[Mark, ...]


class Band(NamedTuple):
    """A wave: its calendar, None where it has none on this scale, and its moments by their first day.

    ``begins`` and ``ends`` tell whether the calendar does so on this scale, or goes on beyond it.
    """

    id: str
    wave: Wave
    stretch: Stretch | None
    rows: tuple[Row, ...]
    begins: bool = True
    ends: bool = True


class Chart(NamedTuple):
    """Waves on one scale; ``today`` is how many days of it lie before today, None where today is not on it."""

    scale: Scale
    bands: tuple[Band, ...]
    today: int | None


def chart(timeline: Timeline) -> Chart:
    """Return the waves and moments of a timeline on one scale."""
    axis = _scale(timeline)
    by_wave: dict[str, list[Entry]] = {wave: [] for wave in timeline.shown}
    for entry in timeline.entries:
        by_wave[entry.member.wave].append(entry)
    bands = tuple(_band(wave, timeline.waves[wave], entries, axis) for wave, entries in by_wave.items())
    on_it = axis.first <= timeline.today <= axis.last
    return Chart(axis, bands, axis.before(timeline.today) if on_it else None)


def _scale(timeline: Timeline) -> Scale:
    """Return the scale of all that is shown, cut to what was asked for."""
    dates = [entry.occurrence.local for entry in timeline.entries]
    dates += [period for wave in timeline.shown if (period := timeline.waves[wave].period)]
    first = min((when.earliest for when in dates if when.earliest), default=timeline.today)
    last = max((_end(when) for when in dates if when.known), default=first + _LEAST)
    wanted = timeline.wanted
    if wanted.upcoming:
        first = max(first, min(timeline.today, last))
    first = max(first, min(wanted.first, last)) if wanted.first else first
    last = min(last, max(wanted.last, first)) if wanted.last else last
    return scale(first, last)


def _end(when: When) -> date:
    """Return the last day that has to be on the scale; ``when`` is a date that is known."""
    assert when.known  # noqa: S101 - both callers ask for it
    return when.known + _TRAIL if when.form is Form.OPEN else when.known


def _band(wave_id: str, wave: Wave, entries: Iterable[Entry], axis: Scale) -> Band:
    by_moment: dict[str, list[Entry]] = {}
    for entry in entries:
        by_moment.setdefault(entry.member.moment.id, []).append(entry)
    rows = tuple(_row(found, axis) for found in by_moment.values())
    stretch = _stretch(wave.period, axis) if wave.period else None
    if wave.period is None or stretch is None or stretch.start >= stretch.end:
        return Band(wave_id, wave, None, rows)
    first, last = wave.period.earliest or axis.first, wave.period.known or axis.last
    return Band(wave_id, wave, stretch, rows, first >= axis.first, last <= axis.last)


def _row(entries: list[Entry], axis: Scale) -> Row:
    marks = [(entry, _stretch(entry.occurrence.local, axis)) for entry in entries]
    return Row(entries[0], tuple(Mark(entry, stretch) for entry, stretch in marks if stretch))


def _stretch(when: When, axis: Scale) -> Stretch | None:
    """Return the days of the scale that a date may touch, through the end of the scale where its end is not known."""
    if when.earliest is None or when.known is None:
        return None
    return Stretch(axis.before(when.earliest), axis.through(when.known), when.form is Form.OPEN)
