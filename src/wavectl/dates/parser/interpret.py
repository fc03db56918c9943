"""What the dates of a text leave out and take from each other: the order of day and month, the month, the year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.parser.phrase import (
    DatePhraseError,
    DateRelation,
    PartialDate,
    Phrase,
    missing_year_error,
    reversed_range_error,
    separate_dates_error,
)
from wavectl.dates.parser.times import single_time, time_range
from wavectl.diagnostics import Message, msg, phrase, quoted

YEAR_ASSUMED = phrase("{words} has no year: {year} is assumed")
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
                msg("{words} has a day but no month", words=quoted(one.text)),
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
            doubt = msg("{words} may be day and month or month and day: the day is assumed to be first", words=words)
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


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class ParsedDate(NamedTuple):
    """What words mean. ``edtf`` is in its normal form, ``unknown`` where no date is known or no year.

    ``repeat`` is ``yearly`` or a rule of RFC 5545 where the words name a day of each year. ``sure`` is False where
    something had to be assumed or has no form in EDTF: ``doubts`` say what.
    """

    edtf: str
    repeat: str | None = None
    certain: bool = True
    doubts: tuple[Message, ...] = ()


def interpret_phrase(phrase: Phrase, text: str, default_year: int | None) -> ParsedDate:
    """Return what a text means; raise ``WordsError`` or ``edtf.DateError`` where that is no date.

    ``default`` is the year where none is written.
    """
    if phrase.relation is DateRelation.UNKNOWN:
        return ParsedDate("unknown")
    if phrase.yearly and phrase.relation is DateRelation.OPEN:  # from its first time on
        phrase = phrase._replace(relation=DateRelation.SINGLE)
    one = phrase.dates[0]
    rule = _yearly_rule(one) if phrase.relation is DateRelation.SINGLE and (one.year is None or phrase.yearly) else None
    if rule and one.year is None and default_year is None:
        return _interpret_yearly(phrase, one, rule)
    pieces = _drop_redundant_week(phrase.relation, complete_dates(phrase.dates, default_year))
    written, doubts = _edtf_text(phrase, pieces, text)
    marked, more = _with_qualifier(written, phrase)
    when = edtf.parse(marked)
    for piece in pieces:
        doubts = (*doubts, *piece.doubts, *_weekday_doubts(piece), *_weekend_doubts(piece))
    repeat = ("yearly" if phrase.yearly else None) if one.nth == 0 else rule
    if phrase.yearly and one.weekend:
        more = (
            *more,
            msg("{words} falls on other days each year: only {date} is used", words=quoted(one.text), date=written),
        )
    every = (*phrase.doubts, *doubts, *more)
    return ParsedDate(when.text, repeat, not every, every)


def _yearly_rule(partial: PartialDate) -> str | None:
    """Return the rule of a day that has no year: its date, or which weekday of the month it is."""
    if partial.month is None or partial.is_vague or partial.weekend:
        return None
    if partial.nth:
        return f"FREQ=YEARLY;BYMONTH={partial.month};BYDAY={partial.nth}{_WEEKDAYS[partial.weekday or 0]}"
    if partial.day is None or partial.weekday is not None:
        return None
    return f"FREQ=YEARLY;BYMONTH={partial.month};BYMONTHDAY={partial.day}"


def _interpret_yearly(phrase: Phrase, partial: PartialDate, rule: str) -> ParsedDate:
    """Return the meaning of a day without any year."""
    if not partial.nth:
        edtf.parse(f"2000-{partial.month:02}-{partial.day:02}")  # a leap year
    if phrase.approximate or phrase.uncertain:
        raise missing_year_error(partial.text)
    words = quoted(partial.text)
    if phrase.yearly:
        doubt = msg("{words} does not give the year of its first occurrence", words=words)
    else:
        doubt = msg("{words} has no year: a day of every year is assumed", words=words)
    left = (_ignored_time_doubt(partial),) if partial.times else ()
    return ParsedDate("unknown", rule, certain=False, doubts=(*phrase.doubts, *partial.doubts, doubt, *left))


def _edtf_text(phrase: Phrase, dates: Sequence[PartialDate], text: str) -> tuple[str, tuple[Message, ...]]:
    """Return the EDTF of dates that have their years, without marks of doubt."""
    if phrase.relation in (DateRelation.LIST, DateRelation.EITHER):
        return _combined_edtf(phrase.relation, dates, text)
    first, last = dates[0], dates[-1]
    if phrase.relation is DateRelation.SINGLE:
        return _single_edtf(first)
    if phrase.relation is DateRelation.OPEN:
        start, doubts = _interval_end(first, 0)
        time = single_time(first)
        return f"{start}{time and 'T'}{time}/..", doubts or _ignored_time_doubts(first)
    if phrase.relation is DateRelation.BETWEEN:
        start, end = edtf_bounds(first)[0], edtf_bounds(last)[1]
        doubts = tuple(_approximation_doubt(one, f"[{start}..{end}]") for one in (first, last) if one.is_vague)
        return f"[{start}..{end}]", (*doubts, *(_ignored_time_doubt(one) for one in (first, last) if one.times))
    if (
        first.is_vague and last.is_vague and _are_adjacent(edtf_bounds(first)[1], edtf_bounds(last)[0])
    ):  # "end of May - early June"
        return _combined_edtf(DateRelation.EITHER, dates, text)
    return _interval_edtf(phrase.dates, first, last)


def _single_edtf(partial: PartialDate) -> tuple[str, tuple[Message, ...]]:
    first, last = edtf_bounds(partial)
    if partial.is_vague:
        written = first if first == last else f"[{first}..{last}]"
        return written, (
            _approximation_doubt(partial, written),
            *((_ignored_time_doubt(partial),) if partial.times else ()),
        )
    if partial.weekend:
        return f"{first}/{last}", (_ignored_time_doubt(partial),) if partial.times else ()
    if not partial.times:
        return first, ()
    found = time_range(partial)
    if not found.end:
        return f"{first}T{found.start}", found.doubts
    edtf.parse(f"{first}T{found.start}")
    if found.overnight:
        last = (date.fromisoformat(first) + timedelta(1)).isoformat()
        doubt = msg(
            "{words} ends before it starts: the end is assumed to be on the next day", words=quoted(partial.text)
        )
        return f"{first}T{found.start}/{last}T{found.end}", (doubt,)
    return f"{first}T{found.start}/{last}T{found.end}", found.doubts


def _interval_edtf(
    stated_dates: Sequence[PartialDate], first: PartialDate, last: PartialDate
) -> tuple[str, tuple[Message, ...]]:
    """Return an interval. Times count where both ends have their own, or the end has and the start its own year."""
    start, doubts = _interval_end(first, 0)
    end, more = _interval_end(last, 1)
    doubts = (*doubts, *more)
    if last.is_year_only and not first.is_year_only:
        doubt = msg("{words} is assumed to be the end, until the last day of that year", words=quoted(last.text))
        doubts = (*doubts, doubt)
    opening, closing = single_time(first), single_time(last)
    if closing and not opening and stated_dates[0].year is None:
        closing = ""
    for one, time in ((first, opening), (last, closing)):
        doubts = (*doubts, *((_ignored_time_doubt(one),) if one.times and not time else ()))
    return f"{start}{opening and 'T'}{opening}/{end}{closing and 'T'}{closing}", doubts


def _interval_end(partial: PartialDate, side: int) -> tuple[str, tuple[Message, ...]]:
    """Return the start (0) or the end (1) of a stretch; of a vague one its month, lest it look exact."""
    text = edtf_bounds(partial)[side]
    if partial.is_vague and not partial.week:
        text = text[: len("2018-03")]
    return text, (_approximation_doubt(partial, text),) if partial.is_vague else ()


def _combined_edtf(relation: DateRelation, dates: Sequence[PartialDate], text: str) -> tuple[str, tuple[Message, ...]]:
    """Return dates that follow each other, as one stretch or as one of them; refuse others."""
    ends = [edtf_bounds(one) for one in dates]
    for (_, before), (after, _) in pairwise(ends):
        if not _are_adjacent(before, after):
            raise separate_dates_error(text)
    start, end = ends[0][0], ends[-1][1]
    doubts = tuple(_ignored_time_doubt(one) for one in dates if one.times)
    written = f"[{start}..{end}]" if relation is DateRelation.EITHER else f"{start}/{end}"
    if any(one.is_vague for one in dates):
        written = f"[{start}..{end}]"
        doubts = (*doubts, *(_approximation_doubt(one, written) for one in dates if one.is_vague))
    if relation is DateRelation.LIST and any(one.day is None for one in dates):
        doubts = (*doubts, msg("{words} may be several dates: one period is assumed", words=quoted(text)))
    return written, doubts


def _are_adjacent(before: str, after: str) -> bool:
    """Tell whether a date begins on the day behind another."""
    last, first = edtf.parse(before).latest, edtf.parse(after).earliest
    return last is not None and first is not None and first - last == timedelta(1)


def _drop_redundant_week(relation: DateRelation, dates: tuple[PartialDate, ...]) -> tuple[PartialDate, ...]:
    """Take "the week of" and "the weekend of" from days that name its first and its last one themselves."""
    first, last = dates[0], dates[-1]
    plain = first._replace(week=False, weekend=False)
    if relation not in (DateRelation.RANGE, DateRelation.LIST) or plain == first or first.day is None:
        return dates
    if last.day is None or last.week or last.weekend:
        return dates
    days = date.fromisoformat(edtf_bounds(last)[0]) - date.fromisoformat(edtf_bounds(plain)[0])
    return (plain, *dates[1:]) if days < timedelta(7) else dates


def _with_qualifier(edtf_text: str, phrase: Phrase) -> tuple[str, tuple[Message, ...]]:
    """Return a date with the mark of its doubt at both ends; a set takes none, being one already."""
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((phrase.approximate, phrase.uncertain), "")
    if not mark:
        return edtf_text, ()
    if edtf_text.startswith("["):
        return edtf_text, (msg("{date} already says that the day is not known: no mark is added", date=edtf_text),)
    return "/".join(end if end == ".." else end + mark for end in edtf_text.split("/")), ()


def _weekday_doubts(partial: PartialDate) -> tuple[Message, ...]:
    """Compare a day with the weekday that is written with it."""
    if partial.weekday is None or partial.nth or not (partial.year and partial.month and partial.day):
        return ()
    day = date(partial.year, partial.month, partial.day)
    if day.weekday() == partial.weekday:
        return ()
    return (msg("{weekday} is not the weekday of {date}", weekday=quoted(partial.weekday_text), date=day),)


def _weekend_doubts(partial: PartialDate) -> tuple[Message, ...]:
    """Say which weekend is taken where another one lies half in the month."""
    if not partial.weekend or not partial.year:
        return ()
    saturday, sure = find_saturday(partial)
    if sure:
        return ()
    return (
        msg(
            "{words} may be another weekend: the weekend of {date} is assumed",
            words=quoted(partial.text),
            date=saturday,
        ),
    )


def _approximation_doubt(partial: PartialDate, edtf_text: str) -> Message:
    return msg("{words} does not give exact days: {date} is assumed", words=quoted(partial.text), date=edtf_text)


def _ignored_time_doubt(partial: PartialDate) -> Message:
    return msg("the time of {words} is ignored", words=quoted(partial.text))


def _ignored_time_doubts(partial: PartialDate) -> tuple[Message, ...]:
    return (_ignored_time_doubt(partial),) if partial.times and not single_time(partial) else ()


_FIRST_SEMESTER = 40  # the number of the first half of a year in EDTF; the smaller ones have three months
_YEAR_PORTIONS = ((1, 3), (5, 8), (10, 12))
"""The months of "early", "mid" and "late" in a year; those of shorter stretches are its thirds."""


def edtf_bounds(partial: PartialDate) -> tuple[str, str]:
    """Return the EDTF of the first and of the last part of a date; they are the same for what has a form of its own.

    Raise ``edtf.DateError`` or ``WordsError`` for a day that the calendar lacks.
    """
    if partial.weekend:
        saturday = find_saturday(partial)[0]
        return saturday.isoformat(), (saturday + timedelta(1)).isoformat()
    if partial.nth:
        text = weekday_of_month(partial).isoformat()
    elif partial.day_range is not None:
        return _day_range_bounds(partial, *partial.day_range)
    elif partial.portion is not None:
        return _portion_bounds(partial, partial.portion)
    elif partial.year_part:
        text = f"{partial.year:04}-{partial.year_part}"
    elif partial.day is not None:
        text = f"{partial.year:04}-{partial.month:02}-{partial.day:02}"
        if partial.week:
            return _week_bounds(first_day(text))
    else:
        text = f"{partial.year:04}-{partial.month:02}" if partial.month else f"{partial.year:04}"
    return text, text


def find_saturday(partial: PartialDate) -> tuple[date, bool]:
    """Return the Saturday of a weekend, and whether it is sure: no other one lies only half in its month.

    The first, second, … and last are those that lie in their month as a whole.
    """
    if partial.day is not None:
        day = first_day(f"{partial.year:04}-{partial.month:02}-{partial.day:02}")
        return day + timedelta(5 - day.weekday()), day.weekday() in (5, 6)
    saturday = weekday_of_month(partial)
    sunday = weekday_of_month(partial._replace(weekday=6))
    if sunday - saturday == timedelta(1):
        return saturday, True
    return (saturday if partial.nth > 0 else sunday - timedelta(1)), False


def weekday_of_month(partial: PartialDate) -> date:
    """Return the first, second, … or last (-1) of a weekday in its month."""
    year, month = partial.year or 0, partial.month or 0
    first = first_day(f"{year:04}-{month:02}")
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if (first + timedelta(day - 1)).weekday() == partial.weekday]
    if partial.nth > len(days):
        raise DatePhraseError(
            msg("{words} does not exist: that month has only {count}", words=quoted(partial.text), count=len(days)),
            msg("write the day itself, for example 2017-11-02"),
            partial.text,
        )
    return date(year, month, days[partial.nth - 1 if partial.nth > 0 else partial.nth])


def first_day(text: str) -> date:
    """Return the first day of a date in EDTF."""
    point = edtf.parse(text).start
    assert point is not None  # noqa: S101 - only an unknown date has none
    return point.first


def _day_range_bounds(partial: PartialDate, first: int, last: int) -> tuple[str, str]:
    month = f"{partial.year:04}-{partial.month:02}"
    length = monthrange(first_day(month).year, partial.month or 1)[1]
    first, last = (day if day > 0 else length + 1 + day for day in (first, last))
    return f"{month}-{first:02}", f"{month}-{min(last, length):02}"


def _week_bounds(day: date) -> tuple[str, str]:
    monday = day - timedelta(day.weekday())
    return monday.isoformat(), (monday + timedelta(6)).isoformat()


def _portion_bounds(partial: PartialDate, portion: int) -> tuple[str, str]:
    """Return the months at the beginning, in the middle or at the end of a year or of a part of it."""
    if not partial.year_part:
        opening, closing = _YEAR_PORTIONS[portion]
        return f"{partial.year:04}-{opening:02}", f"{partial.year:04}-{closing:02}"
    first, months = (
        first_day(f"{partial.year:04}-{partial.year_part}"),
        2 if partial.year_part >= _FIRST_SEMESTER else 1,
    )
    number = 12 * first.year + first.month - 1 + portion * months
    texts = [f"{number // 12:04}-{number % 12 + 1:02}" for number in (number, number + months - 1)]
    return texts[0], texts[1]
