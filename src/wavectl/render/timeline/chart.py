"""The chart of a timeline, independent of its rendering: waves as bands on one scale, their moments as rows of marks.

Positions are days. ``gantt`` and ``svg`` convert them to cells and pixels, so both show the same chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from wavectl.dates.edtf import DateForm, When
from wavectl.diagnostics import phrase
from wavectl.i18n.names import format_number, month_names, quarter_names
from wavectl.model import Wave
from wavectl.render.colours import wave_colours
from wavectl.render.context import KIND_LABELS, RenderContext, entry_state
from wavectl.text.terminal import cell_width
from wavectl.timeline.entries import Entry, Timeline

if TYPE_CHECKING:
    from wavectl.render.world_map import MapCounts

_OPEN_END_MARGIN = timedelta(days=45)  # shown after the last known day of an open-ended date
_MIN_SCALE_LENGTH = timedelta(days=150)  # shown if nothing has a date


class ScaleSpan(NamedTuple):
    """A span of days, counted from the first day of the scale: ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int
    open_ended: bool


class MomentMark(NamedTuple):
    """An entry and a span of days that it may fall on: all of them, or one day of a choice.

    ``state`` is that of the entry, a key of ``STATE_MARKS``. The date of a choice is ``dated`` beside its last day.
    """

    entry: Entry
    span: ScaleSpan
    state: str
    dated: bool


class ChartRow(NamedTuple):
    """A moment of a kind, a key of ``KIND_LABELS``, with a mark for each occurrence; no marks if it has no date."""

    entry: Entry
    kind: str
    marks: tuple[MomentMark, ...]

    @property
    def cancelled(self) -> bool:
        """Whether it has marks, all of them of cancelled occurrences."""
        return {mark.state for mark in self.marks} == {"cancelled"}


class WeeklyActions(NamedTuple):
    """The local actions of a wave that may be counted in public: by the Monday of their week, and of no known week."""

    by_monday: Mapping[date, int]
    unknown: int = 0


class TimelineActions(NamedTuple):
    """The local actions beside the moments of a timeline: of each wave by week, and on a map."""

    by_wave: Mapping[str, WeeklyActions]
    world_map: MapCounts | None = None


class ActionBars(NamedTuple):
    """The actions of a wave as bars: the days of each week, and its number; the weeks of the others are not shown."""

    weeks: tuple[tuple[ScaleSpan, int], ...]
    unknown: int
    outside: int

    @property
    def total(self) -> int:
        """The number of actions."""
        return sum(number for _, number in self.weeks) + self.unknown + self.outside

    @property
    def lines(self) -> int:
        """The number of lines: one of bars or with a note in their place, and one for the note below bars."""
        return 1 + bool(self.weeks and (self.unknown or self.outside))

    def label(self, context: RenderContext) -> str:
        """Return how many actions there are."""
        return context.labelled(context.translate("Local actions"), format_number(self.total, context.language))

    def note(self, context: RenderContext) -> str:
        """Return how many of them have no bar, "" if all have one."""
        parts = ((phrase("week not known"), self.unknown), (phrase("outside of the chart"), self.outside))
        language = context.language
        return ", ".join(
            context.labelled(context.translate(text), format_number(n, language)) for text, n in parts if n
        )


class WaveBand(NamedTuple):
    """A wave: its colour, period (None if it has none on this scale) and moments in order of their first day.

    ``actions`` is None in a wave without local actions.
    """

    wave: Wave
    colour: str
    span: ScaleSpan | None
    rows: tuple[ChartRow, ...]
    starts_on_scale: bool = True
    ends_on_scale: bool = True
    actions: ActionBars | None = None


class Chart(NamedTuple):
    """Waves on one scale; ``today_offset`` counts the days before today, None if today is not on the scale."""

    scale: Scale
    bands: tuple[WaveBand, ...]
    today_offset: int | None

    @property
    def rows(self) -> list[ChartRow]:
        """The rows of all waves."""
        return [row for band in self.bands for row in band.rows]

    @property
    def kind_labels(self) -> dict[str, str]:
        """The kinds of its moments, with their labels."""
        kinds = {row.kind for row in self.rows}
        return {kind: label for kind, label in KIND_LABELS.items() if kind in kinds}

    @property
    def most_actions(self) -> int:
        """The largest number of actions of a wave in a week, 0 without bars."""
        return max((n for band in self.bands if band.actions for _, n in band.actions.weeks), default=0)

    def bars_label(self, context: RenderContext) -> str:
        """Return what the bars are, and how many actions the highest one shows; "" without bars."""
        most = format_number(self.most_actions, context.language)
        return context.labelled(context.translate("local actions by week, at most"), most) if self.most_actions else ""

    @property
    def has_open_end(self) -> bool:
        """Whether the end of a moment is not known."""
        return any(mark.span.open_ended for row in self.rows for mark in row.marks)


def build_chart(timeline: Timeline, actions: TimelineActions | None = None) -> Chart:
    """Place the waves and moments of a timeline on one scale, and the actions of the waves."""
    scale = _chart_scale(timeline)
    by_wave: dict[str, dict[str, list[Entry]]] = {wave: {} for wave in timeline.shown_waves}
    for entry in timeline.entries:
        by_wave[entry.member.wave].setdefault(entry.member.moment.id, []).append(entry)
    colours = wave_colours(timeline.waves)
    bands = tuple(
        _build_band(timeline.waves[wave], colours[wave], moments.values(), scale) for wave, moments in by_wave.items()
    )
    by_week = actions.by_wave if actions else {}
    bands = tuple(
        band._replace(actions=_build_bars(by_week[wave], scale)) if wave in by_week else band
        for wave, band in zip(by_wave, bands, strict=True)
    )
    on_scale = scale.first <= timeline.today <= scale.last
    return Chart(scale, bands, scale.days_before(timeline.today) if on_scale else None)


def _chart_scale(timeline: Timeline) -> Scale:
    """Return the scale of all entries and periods, limited by the filter of the timeline."""
    dates = [entry.occurrence.local for entry in timeline.entries]
    dates += [period for wave in timeline.shown_waves if (period := timeline.waves[wave].period)]
    first = min((when.earliest for when in dates if when.earliest), default=timeline.today)
    last = max((_last_day(when) for when in dates if when.last_known), default=first + _MIN_SCALE_LENGTH)
    limits = timeline.filter
    if limits.upcoming:
        first = max(first, min(timeline.today, last))
    first = max(first, min(limits.first, last)) if limits.first else first
    last = min(last, max(limits.last, first)) if limits.last else last
    return month_scale(first, last)


def _last_day(when: When) -> date:
    """Return the last day that has to be on the scale, for a date with a known day."""
    assert when.last_known  # noqa: S101 - both callers check it
    return when.last_known + _OPEN_END_MARGIN if when.form is DateForm.OPEN else when.last_known


def _build_band(wave: Wave, colour: str, moments: Iterable[list[Entry]], scale: Scale) -> WaveBand:
    rows = tuple(_build_row(entries, scale) for entries in moments)
    span = next(iter(_spans_on_scale(wave.period, scale)), None) if wave.period else None
    if wave.period is None or span is None or span.start >= span.end:
        return WaveBand(wave, colour, None, rows)
    first, last = wave.period.earliest or scale.first, wave.period.last_known or scale.last
    return WaveBand(wave, colour, span, rows, first >= scale.first, last <= scale.last)


def _build_bars(actions: WeeklyActions, scale: Scale) -> ActionBars | None:
    weeks, outside = [], 0
    for monday, number in sorted(actions.by_monday.items()):
        sunday = monday + timedelta(days=6)
        if sunday < scale.first or monday > scale.last:
            outside += number
        else:
            weeks.append((ScaleSpan(scale.days_before(monday), scale.days_through(sunday), open_ended=False), number))
    bars = ActionBars(tuple(weeks), actions.unknown, outside)
    return bars if bars.total else None


def _build_row(entries: list[Entry], scale: Scale) -> ChartRow:
    marks: list[MomentMark] = []
    for entry in entries:
        spans, state = _spans_on_scale(entry.occurrence.local, scale), entry_state(entry)
        marks += (MomentMark(entry, span, state, dated=span is spans[-1]) for span in spans)
    return ChartRow(entries[0], entries[0].group.kind.value, tuple(marks))


def _spans_on_scale(when: When, scale: Scale) -> list[ScaleSpan]:
    """Return the days of the scale that a date may fall on, each day of a choice apart; none for an unknown date."""
    is_open = when.form is DateForm.OPEN
    spans = [ScaleSpan(scale.days_before(first), scale.days_through(last), is_open) for first, last in when.spans]
    return [span for span in spans if span.start < span.end] if when.choices else spans


_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""The possible numbers of years between two labels."""


class Scale(NamedTuple):
    """The days that a chart shows: whole months, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def day(self, days: int) -> date:
        """Return the day of the scale with so many days before it."""
        return self.first + timedelta(days=days)

    def days_before(self, day: date) -> int:
        """Return how many days of the scale are before a day; 0 for its first day and all earlier days."""
        return min(max((day - self.first).days, 0), self.days)

    def days_through(self, day: date) -> int:
        """Return how many days of the scale are before the end of a day."""
        return min(max((day - self.first).days + 1, 0), self.days)

    def position(self, days: int, width: int) -> int:
        """Convert a number of days to a position on a chart of that width, rounded down."""
        return days * width // self.days


class ScaleLabel(NamedTuple):
    """A label above the scale, and how many days from its start it is placed."""

    days: int
    text: str


def month_scale(first: date, last: date) -> Scale:
    """Return the scale of whole months that includes both days."""
    return Scale(first.replace(day=1), month_after(last) - timedelta(days=1))


def month_after(day: date) -> date:
    """Return the first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def year_labels(scale: Scale, width: int) -> list[ScaleLabel]:
    """Return the labels of years that fit on a chart of ``width`` characters; the first year is at its start."""
    step = next((step for step in _YEAR_STEPS if scale.position(365 * step, width) >= 5), _YEAR_STEPS[-1])
    starts = [date(year, 1, 1) for year in range(scale.first.year + 1, scale.last.year + 1) if year % step == 0]
    labels = [ScaleLabel(scale.days_before(day), str(day.year)) for day in starts]
    return _drop_overlapping([ScaleLabel(0, str(scale.first.year)), *labels], scale, width)


def month_or_quarter_labels(scale: Scale, width: int, language: str) -> list[ScaleLabel]:
    """Return the labels below the years: month names as long as fit, else quarters, else none."""
    for months, names in _period_names(language):
        shortest = scale.position(28 * months, width) if scale.days > 31 else width + 1
        if max(map(cell_width, names.values())) < shortest:
            starts = [day for day in _month_starts(scale) if not (day.month - 1) % months]
            labels = [ScaleLabel(scale.days_before(day), names[(day.month - 1) // months + 1]) for day in starts]
            return _drop_overlapping(labels, scale, width)
    return []


@cache
def _period_names(language: str) -> tuple[tuple[int, Mapping[int, str]], ...]:
    """Return the months that a label covers and its texts by number, from the longest names to the shortest."""
    wide, short, narrow = (month_names(language, width, standalone=True) for width in ("wide", "abbreviated", "narrow"))
    return (1, _without_dots(wide)), (1, _without_dots(short)), (1, narrow), (3, _without_dots(quarter_names(language)))


def _without_dots(names: Mapping[int, str]) -> dict[int, str]:
    return {number: " ".join(name.split()).rstrip(".") for number, name in names.items()}


def _month_starts(scale: Scale) -> Iterator[date]:
    day = scale.first
    while day <= scale.last:
        yield day
        day = month_after(day)


def _drop_overlapping(labels: list[ScaleLabel], scale: Scale, width: int) -> list[ScaleLabel]:
    """Drop the labels that would touch the next label or the end of the chart."""
    ends = [*(scale.position(label.days, width) - 1 for label in labels[1:]), width]
    return [
        label
        for label, end in zip(labels, ends, strict=True)
        if scale.position(label.days, width) + cell_width(label.text) <= end
    ]
