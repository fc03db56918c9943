"""Timeline -> Chart: waves as bands on one scale, under each its moments as rows of marks.

It knows days, not cells or pixels, so that ``gantt`` and ``svg``, which draw it, tell the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.dates.edtf import DateForm, When
from wavectl.i18n.date_format import babel_locale
from wavectl.model import Wave
from wavectl.text.terminal import cell_width
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


_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Years that may lie between one label and the next."""


class Scale(NamedTuple):
    """The days that a chart shows: from the first of a month through the last of a month."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def days_before(self, day: date) -> int:
        """Return how many days of the scale lie before a day: 0 for its first day and all earlier ones."""
        return min(max((day - self.first).days, 0), self.days)

    def days_through(self, day: date) -> int:
        """Return how many days of the scale lie before the end of a day."""
        return min(max((day - self.first).days + 1, 0), self.days)

    def position(self, days: int, width: int) -> int:
        """Return how far so many days reach on a chart of that width, rounded down."""
        return days * width // self.days


class ScaleLabel(NamedTuple):
    """A text over the scale, where the days before its first day end."""

    days: int
    text: str


def month_scale(first: date, last: date) -> Scale:
    """Return the scale of whole months that holds both days."""
    return Scale(first.replace(day=1), month_after(last) - timedelta(days=1))


def month_after(day: date) -> date:
    """Return the first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def year_labels(scale: Scale, width: int) -> list[ScaleLabel]:
    """Return the labels of years that have room on a chart so many characters wide; the first year opens it."""
    step = next((step for step in _YEAR_STEPS if scale.position(365 * step, width) >= 5), _YEAR_STEPS[-1])
    starts = [date(year, 1, 1) for year in range(scale.first.year + 1, scale.last.year + 1) if year % step == 0]
    labels = [ScaleLabel(scale.days_before(day), str(day.year)) for day in starts]
    return _drop_overlapping([ScaleLabel(0, str(scale.first.year)), *labels], scale, width)


def month_or_quarter_labels(scale: Scale, width: int, language: str) -> list[ScaleLabel]:
    """Return the labels under the years: months as long as there is room for, else quarters, else none."""
    for months, names in _period_names(language):
        shortest = scale.position(28 * months, width) if scale.days > 31 else width + 1
        if max(map(cell_width, names.values())) < shortest:
            starts = [day for day in _month_starts(scale) if not (day.month - 1) % months]
            labels = [ScaleLabel(scale.days_before(day), names[(day.month - 1) // months + 1]) for day in starts]
            return _drop_overlapping(labels, scale, width)
    return []


def _period_names(language: str) -> Iterator[tuple[int, Mapping[int, str]]]:
    """Return how many months a label is for, and its texts by number, from the longest names to the shortest."""
    locale = babel_locale(language)
    months: Mapping[str, Mapping[int, str]] = locale.months["stand-alone"]
    quarters: Mapping[int, str] = locale.quarters["format"]["abbreviated"]  # Babel mixes up the stand-alone ones
    bare: Callable[[str], str] = lambda text: " ".join(text.split()).rstrip(".")  # noqa: E731
    yield 1, {number: bare(text) for number, text in months["wide"].items()}
    yield 1, {number: bare(text) for number, text in months["abbreviated"].items()}
    yield 1, dict(months["narrow"])
    yield 3, {number: bare(text) for number, text in quarters.items()}


def _month_starts(scale: Scale) -> Iterator[date]:
    day = scale.first
    while day <= scale.last:
        yield day
        day = month_after(day)


def _drop_overlapping(labels: list[ScaleLabel], scale: Scale, width: int) -> list[ScaleLabel]:
    """Return the labels that neither touch the next one nor the end of the chart."""
    ends = [*(scale.position(label.days, width) - 1 for label in labels[1:]), width]
    return [
        label
        for label, end in zip(labels, ends, strict=True)
        if scale.position(label.days, width) + cell_width(label.text) <= end
    ]
