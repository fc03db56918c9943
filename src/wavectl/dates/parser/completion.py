"""What the dates of a text leave out and take from each other: the order of day and month, the month, the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from wavectl.dates.parser.errors import DatePhraseError, missing_year_error, reversed_range_error
from wavectl.dates.parser.phrase import PartialDate
from wavectl.dates.parser.ranges import first_day
from wavectl.diagnostics import msg, phrase, quoted

YEAR_ASSUMED = phrase("{words} does not say which year: {year} is taken")
"""The doubt of a date whose year is not written."""


def complete_dates(dates: Sequence[PartialDate], default_year: int | None) -> tuple[PartialDate, ...]:
    """Return dates with their months and years; raise ``WordsError`` where one cannot be known.

    A year that stands once at the end counts for all. Every other year that is not written leaves a doubt.
    """
    return tuple(_fill_in_years(_fill_in_months(_resolve_day_month_order(dates)), default_year))


def _fill_in_months(dates: Sequence[PartialDate]) -> list[PartialDate]:
    """Give the 14 of "14-17 September" and the 18 of "Sept 15-18" the month of their neighbour."""
    found = list(dates)
    indices = range(len(found))
    for order, step in ((reversed(indices), 1), (indices, -1)):
        for index in order:
            one = found[index]
            if one.day is None or one.month is not None or not 0 <= index + step < len(found):
                continue
            neighbour = found[index + step]
            if neighbour.day is None:
                continue
            year = one.year or (neighbour.year if step == -1 else None)
            found[index] = one._replace(month=neighbour.month, year=year)
    for one in found:
        if one.day is not None and one.month is None:
            raise DatePhraseError(
                msg("{words} names a day without its month", words=quoted(one.text)),
                msg("write the month as well, for example 2017-11-02"),
                one.text,
            )
    return found


def _fill_in_years(dates: list[PartialDate], default_year: int | None) -> list[PartialDate]:
    """Give each date the year of the one behind it, else of the one before it, else the default."""
    for index in range(len(dates) - 2, -1, -1):
        one, following = dates[index], dates[index + 1]
        if one.year is None and following.year is not None:
            if _is_reversed(one, following):
                raise reversed_range_error(f"{one.text} - {following.text}")
            crossed = _month_and_day(one) > _month_and_day(following)
            dates[index] = _with_assumed_year(one, following.year - 1) if crossed else one._replace(year=following.year)
    assumed = False
    for index, one in enumerate(dates):
        if one.year is not None:
            continue
        before = dates[index - 1] if index else None
        if before is not None and before.year is not None:
            if _is_reversed(before, one):
                raise reversed_range_error(f"{before.text} - {one.text}")
            year = before.year + (_month_and_day(one) < _month_and_day(before))
            silent = before.year == year and assumed  # said of the first date already
            dates[index] = one._replace(year=year) if silent else _with_assumed_year(one, year)
        elif default_year is not None:
            crossed = any(_month_and_day(one) > _month_and_day(following) for one, following in pairwise(dates))
            dates[index], assumed = _with_assumed_year(one, default_year, one.text if crossed else dates[-1].text), True
        else:
            raise missing_year_error(dates[-1].text)
    return dates


def _is_reversed(first: PartialDate, following: PartialDate) -> bool:
    """Tell whether a stretch runs against the days of its one month: "20-10 October" is a slip, and not a year."""
    return (
        first.month is not None and first.month == following.month and _month_and_day(first) > _month_and_day(following)
    )


def _with_assumed_year(partial: PartialDate, year: int, text: str = "") -> PartialDate:
    doubt = msg(YEAR_ASSUMED, words=quoted(text or partial.text), year=year)
    return partial._replace(year=year, doubts=(*partial.doubts, doubt))


def _month_and_day(partial: PartialDate) -> tuple[int, int]:
    """Return where in its year a date begins: its month and its day."""
    if partial.year_part:
        return first_day(f"2000-{partial.year_part}").month, 0
    return partial.month or 1, partial.day or (partial.day_range[0] if partial.day_range else 0)


def _resolve_day_month_order(dates: Sequence[PartialDate]) -> list[PartialDate]:
    """Settle the order of day and month in dates of digits, by their weekday or by their neighbours."""
    settled = {one.day_month_order for one in dates} & {"day", "month"}
    found = []
    for one in dates:
        orders = (
            {one.day_month_order} if one.day_month_order != "either" else _orders_matching_weekday(one)
        ) or settled
        if one.day_month_order == "either" and orders == {"month"}:
            found.append(one._replace(month=one.day, day=one.month))
        elif one.day_month_order == "either" and len(orders) != 1:
            words = quoted(one.text)
            doubt = msg("{words} may be day and month or month and day: the day is taken first", words=words)
            found.append(one._replace(doubts=(*one.doubts, doubt)))
        else:
            found.append(one)
    return found


def _orders_matching_weekday(partial: PartialDate) -> set[str]:
    """Return which order of a date in digits agrees with its weekday."""
    if partial.weekday is None or partial.year is None or partial.month is None or partial.day is None:
        return set()
    found = {
        order
        for order, month, day in (("day", partial.month, partial.day), ("month", partial.day, partial.month))
        if date(partial.year, month, day).weekday() == partial.weekday
    }
    return found if len(found) == 1 else set()
