"""The scale of a chart: whole months from first to last, and the years, quarters and months written over it.

All is counted in days and whole numbers, so that a mark never misses its month by a hair, however wide the chart is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from wavectl.i18n.date_format import babel_locale
from wavectl.text.terminal import cell_width

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
