"""Interpret a parsed phrase: fill in missing months and years, and write the result as EDTF."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.parser.phrase import DatePhraseError, DateRelation, PartialDate, Phrase, TimeOfDay
from wavectl.dates.parser.times import is_overnight, share_offset, single_time, time_doubts
from wavectl.diagnostics import Message, msg, phrase, quoted

DAYS_OF_A_YEAR = 366
"""A longer stretch between two days may be a mistake."""
NO_YEAR = phrase("{words} has no year")
"""The fault of a date whose year is missing."""
NO_FIRST_YEAR = phrase("{words} does not give the year of its first occurrence")
"""The doubt of a date of every year whose first year is missing."""
YEAR_ASSUMED = phrase("{words} has no year: {year} is assumed")
"""The doubt about a date whose year is assumed."""
MONTH_ASSUMED = phrase("{words} has no month: {month} is assumed")
"""The doubt about days whose month is assumed."""


def _fill_in_months(
    dates: Sequence[PartialDate], default_month: tuple[int, int] | None, text: str
) -> list[PartialDate]:
    """Fill in the month of the 14 of "14-17 September" and of the 18 of "Sept 15-18" from the date beside it.

    If no day has one, ``default_month`` (year and month) is assumed, with a doubt that quotes ``text``.
    """
    if default_month and all(found.day and found.month is None for found in dates):
        assumed = next((found.year for found in dates if found.year), default_month[0])
        doubt = msg(MONTH_ASSUMED, words=quoted(text), month=edtf.parse(f"{assumed}-{default_month[1]:02}"))
        dates = [found._replace(year=found.year or assumed, month=default_month[1]) for found in dates]
        dates[0] = dates[0]._replace(doubts=(*dates[0].doubts, doubt))
    completed = list(dates)
    last = len(completed) - 1
    pairs = [(index, index + 1) for index in range(last)][::-1] + [(index, index - 1) for index in range(1, last + 1)]
    for index, beside in pairs:
        found, neighbour = completed[index], completed[beside]
        if found.day is not None and found.month is None and neighbour.day is not None:
            year = found.year or (neighbour.year if beside < index else None)
            completed[index] = found._replace(month=neighbour.month, year=year)
    for found in completed:
        if found.day is not None and found.month is None:
            message = msg("{words} has a day but no month", words=quoted(found.text))
            raise DatePhraseError(message, msg("write the month as well, for example 2017-11-02"), found.text)
    return completed


def _fill_in_years(dates: list[PartialDate], default_year: int | None) -> tuple[PartialDate, ...]:
    """Fill in missing years: from the following date, else from the one before, else ``default_year``.

    A single year at the end applies to all dates. Any other missing year is assumed, with a doubt.
    """
    for index in range(len(dates) - 2, -1, -1):
        found, following = dates[index], dates[index + 1]
        if found.year is None and following.year is not None:
            _check_order(found, following)
            if _month_and_day(found) > _month_and_day(following):  # over the new year
                dates[index] = _with_assumed_year(found, following.year - 1)
            else:
                dates[index] = found._replace(year=following.year)
    assumed = False
    for index, found in enumerate(dates):
        if found.year is not None:
            continue
        before = dates[index - 1] if index else None
        if before is not None and before.year is not None:
            _check_order(before, found)
            year = before.year + (_month_and_day(found) < _month_and_day(before))
            same_doubt = before.year == year and assumed  # the first date has it already
            dates[index] = found._replace(year=year) if same_doubt else _with_assumed_year(found, year)
        elif default_year is not None:
            crosses_year = any(_month_and_day(first) > _month_and_day(second) for first, second in pairwise(dates))
            text = found.text if crosses_year else dates[-1].text
            dates[index], assumed = _with_assumed_year(found, default_year, text), True
        else:
            raise _missing_year_error(dates[-1].text)
    return tuple(dates)


def _missing_year_error(text: str) -> DatePhraseError:
    message = msg(NO_YEAR, words=quoted(text))
    return DatePhraseError(message, msg("add the year, for example 2017-11-02"), text)


def _check_order(first: PartialDate, following: PartialDate) -> None:
    """Refuse a range within one month that ends before it starts: "20-10 October" is a mistake, not a year."""
    if first.month and first.month == following.month and _month_and_day(first) > _month_and_day(following):
        text = f"{first.text} - {following.text}"
        message = msg("{words} ends before it starts", words=quoted(text))
        raise DatePhraseError(message, msg("put the first day before the last, each with its month"), text)


def _with_assumed_year(partial: PartialDate, year: int, text: str = "") -> PartialDate:
    doubt = msg(YEAR_ASSUMED, words=quoted(text or partial.text), year=year)
    return partial._replace(year=year, doubts=(*partial.doubts, doubt))


def _month_and_day(partial: PartialDate) -> tuple[int, int]:
    if partial.year_part:
        return first_day(f"2000-{partial.year_part}").month, 0
    return partial.month or 1, partial.day or (partial.day_range[0] if partial.day_range else 0)


def _resolve_day_month_order(dates: Sequence[PartialDate]) -> list[PartialDate]:
    """Resolve the order of day and month in dates of digits, by their weekday or by the other dates."""
    orders = [
        _orders_matching_weekday(found) if found.day_month_order == "either" else {found.day_month_order} - {""}
        for found in dates
    ]
    known = {order for known_orders in orders for order in known_orders}
    return [_with_order(found, own or known, known) for found, own in zip(dates, orders, strict=True)]


def _with_order(found: PartialDate, own: set[str], known: set[str]) -> PartialDate:
    """Return a date with its own order of day and month; ``known`` are the orders in the whole text."""
    words, doubt = quoted(found.text), None
    if found.day_month_order == "either":
        if own == {"month"}:
            found = found._replace(month=found.day, day=found.month)
        elif own != {"day"}:
            doubt = msg("{words} may be day and month or month and day: the day is assumed to be first", words=words)
    if found.day_month_order == "month" and len(known) > 1:
        doubt = msg("{words} has the month first, another date of the text has the day first", words=words)
    return found._replace(doubts=(*found.doubts, doubt)) if doubt else found


def _orders_matching_weekday(partial: PartialDate) -> set[str]:
    """Return the order of a date in digits that matches its weekday, or an empty set."""
    if partial.weekday is None or partial.year is None or partial.month is None or partial.day is None:
        return set()
    orders = {
        order
        for order, month, day in (("day", partial.month, partial.day), ("month", partial.day, partial.month))
        if date(partial.year, month, day).weekday() == partial.weekday
    }
    return orders if len(orders) == 1 else set()


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class ParsedDate(NamedTuple):
    """The result of parsing. ``edtf`` is in its normal form; it is ``unknown`` without a date or a year.

    ``repeat`` is ``yearly`` or an RFC 5545 rule if the words name a day of every year. ``certain`` is False if
    something was assumed or cannot be written in EDTF; ``doubts`` say what.
    """

    edtf: str
    repeat: str | None = None
    certain: bool = True
    doubts: tuple[Message, ...] = ()

    @property
    def is_year_assumed(self) -> bool:
        """Tell whether the text has no year."""
        return any(doubt.text in (YEAR_ASSUMED, MONTH_ASSUMED) for doubt in self.doubts)


def interpret_phrase(
    phrase: Phrase, text: str, default_year: int | None, default_month: tuple[int, int] | None = None
) -> ParsedDate:
    """Interpret a phrase; raise ``DatePhraseError`` or ``edtf.DateError`` if it is not a valid date.

    ``default_year`` is assumed if the text has no year, ``default_month`` (year and month) if it has only days.
    """
    if phrase.relation is DateRelation.UNKNOWN:
        return ParsedDate("unknown")
    if phrase.yearly and phrase.relation is DateRelation.OPEN:  # the date of the first occurrence
        phrase = phrase._replace(relation=DateRelation.SINGLE)
    first = phrase.dates[0]
    rule = None
    if phrase.relation is DateRelation.SINGLE and (first.year is None or phrase.yearly):
        rule = _yearly_rule(first)
    if rule and first.year is None and default_year is None:
        return _interpret_yearly(phrase, first, rule)
    dates = _fill_in_years(_fill_in_months(_resolve_day_month_order(phrase.dates), default_month, text), default_year)
    dates = _drop_redundant_week(phrase.relation, dates)
    doubts = list(phrase.doubts)
    written = _edtf_text(phrase, dates, text, doubts)
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((phrase.approximate, phrase.uncertain), "")
    is_set = written.startswith("[")  # a set is uncertain already
    qualified = written if is_set else "/".join(end if end == ".." else end + mark for end in written.split("/"))
    when = edtf.parse(qualified)
    for found in dates:
        doubts += [*found.doubts, *_weekday_doubts(found)]
    if mark and is_set:
        doubts.append(msg("{date} already says that the day is not known: no mark is added", date=when))
    if phrase.yearly and first.weekend:
        words = quoted(first.text)
        doubts.append(msg("{words} falls on other days each year: only {date} is used", words=words, date=when))
    ends = [point.precision.rank for point in (when.start, when.end) if point]
    if when.days > DAYS_OF_A_YEAR and min(ends) <= edtf.Precision.DAY.rank and not when.choices:
        doubts.append(msg("{words} is longer than a year", words=quoted(text)))
    repeat = ("yearly" if phrase.yearly else None) if first.nth == 0 else rule
    return ParsedDate(when.text, repeat, not doubts, tuple(doubts))


def _yearly_rule(partial: PartialDate) -> str | None:
    """Return the yearly rule of a date: its month and day, or its nth weekday of the month; else None."""
    if partial.month is None or partial.is_vague or partial.weekend:
        return None
    if partial.nth:
        return f"FREQ=YEARLY;BYMONTH={partial.month};BYDAY={partial.nth}{_WEEKDAYS[partial.weekday or 0]}"
    if partial.day is None or partial.weekday is not None:
        return None
    return f"FREQ=YEARLY;BYMONTH={partial.month};BYMONTHDAY={partial.day}"


def _interpret_yearly(phrase: Phrase, found: PartialDate, rule: str) -> ParsedDate:
    """Interpret a day without any year as a day of every year."""
    if not found.nth:
        edtf.parse(f"2000-{found.month:02}-{found.day:02}")  # a leap year
    if phrase.approximate or phrase.uncertain:
        raise _missing_year_error(found.text)
    words = quoted(found.text)
    if phrase.yearly:
        doubt = msg(NO_FIRST_YEAR, words=words)
    else:
        doubt = msg("{words} has no year: a day of every year is assumed", words=words)
    doubts = (*phrase.doubts, *found.doubts, doubt, *_ignored_time_doubts(found))
    return ParsedDate("unknown", rule, certain=False, doubts=doubts)


def _edtf_text(phrase: Phrase, dates: Sequence[PartialDate], text: str, doubts: list[Message]) -> str:
    """Return completed dates as EDTF without qualifiers; add to ``doubts``."""
    first, last = dates[0], dates[-1]
    match phrase.relation:
        case DateRelation.SINGLE:
            return _single_edtf(first, doubts)
        case DateRelation.OPEN:
            start, time = _interval_end(first, 0, doubts), single_time(first)
            if not first.is_vague:
                doubts += _time_doubts(first, time)
            return f"{_at(start, time)}/.."
        case DateRelation.UNTIL:
            end, time = _interval_end(last, 1, doubts), single_time(last)
            doubts += _time_doubts(last, time)
            return f"../{_at(end, time)}"
        case DateRelation.BETWEEN:
            written = f"[{edtf_bounds(first)[0]}..{edtf_bounds(last)[1]}]"
            doubts += [*_approximation_doubts(written, *dates), *_ignored_time_doubts(*dates)]
            return written
        case DateRelation.RANGE:
            vague = first.is_vague and last.is_vague
            if not (vague and _are_adjacent(edtf_bounds(first)[1], edtf_bounds(last)[0])):
                return _interval_edtf(phrase.dates, first, last, doubts)
            return _combined_edtf(DateRelation.EITHER, dates, text, doubts)  # "end of May - early June"
    return _combined_edtf(phrase.relation, dates, text, doubts)


def _at(day: str, time: TimeOfDay | None) -> str:
    """Return a day with its time; 24:00 is the beginning of the next day."""
    if time is None:
        return day
    clock = time.time
    if clock.startswith("24:00"):
        day, clock = (first_day(day) + timedelta(1)).isoformat(), f"00{clock[2:]}"
    return f"{day}T{clock}{time.offset}"


def _single_edtf(found: PartialDate, doubts: list[Message]) -> str:
    first, last = edtf_bounds(found)
    if found.is_vague or found.weekend:
        written = f"[{first}..{last}]" if found.is_vague else f"{first}/{last}"
        written = first if first == last else written
        doubts += [*_approximation_doubts(written, found), *_ignored_time_doubts(found)]
        return written
    if not found.times:
        return first
    start = _at(first, found.times[0])
    doubts += time_doubts(found)
    if len(found.times) == 1:
        return start
    edtf.parse(start)
    end = first_day(last) + timedelta(is_overnight(found.times))
    return f"{start}/{_at(end.isoformat(), found.times[-1])}"


def _interval_edtf(
    stated_dates: Sequence[PartialDate], first: PartialDate, last: PartialDate, doubts: list[Message]
) -> str:
    """Return an interval. A time of the end alone is ignored unless the start has its own year."""
    start, end = _interval_end(first, 0, doubts), _interval_end(last, 1, doubts)
    if last.is_year_only and not first.is_year_only:
        words = quoted(last.text)
        doubts.append(msg("{words} is assumed to be the end, until the last day of that year", words=words))
    opening, closing = single_time(first), single_time(last)
    if opening is None and stated_dates[0].year is None:
        closing = None
    doubts += [*_time_doubts(first, opening), *_time_doubts(last, closing)]
    if opening and closing:
        opening, closing = share_offset(opening, closing)
    return f"{_at(start, opening)}/{_at(end, closing)}"


def _interval_end(found: PartialDate, side: int, doubts: list[Message]) -> str:
    """Return the start (0) or the end (1) of an interval; for a vague date only its month, so that it is not exact."""
    text = edtf_bounds(found)[side]
    if found.is_vague and not found.week:
        text = text[: len("2018-03")]
    doubts += _approximation_doubts(text, found)
    return text


def _combined_edtf(relation: DateRelation, dates: Sequence[PartialDate], text: str, doubts: list[Message]) -> str:
    """Return consecutive dates as one interval or as a set; refuse dates that are not consecutive."""
    ends = [edtf_bounds(found) for found in dates]
    are_adjacent = all(_are_adjacent(before, after) for (_, before), (after, _) in pairwise(ends))
    if relation is DateRelation.EITHER and not are_adjacent:
        return _choice_edtf(dates, ends, text, doubts)
    if not are_adjacent:
        message = msg("{words} names several dates that do not follow each other", words=quoted(text))
        raise DatePhraseError(message, msg("write one moment for each date"), text)
    start, end = ends[0][0], ends[-1][1]
    is_set = relation in (DateRelation.EITHER, DateRelation.UNCLEAR) or any(found.is_vague for found in dates)
    written = f"[{start}..{end}]" if is_set else f"{start}/{end}"
    doubts += [*_ignored_time_doubts(*dates), *_approximation_doubts(written, *dates)]
    if relation is DateRelation.LIST and any(found.day is None for found in dates):
        doubts.append(msg("{words} may be several dates: one period is assumed", words=quoted(text)))
    return written


def _choice_edtf(
    dates: Sequence[PartialDate], ends: Sequence[tuple[str, str]], text: str, doubts: list[Message]
) -> str:
    """Return a choice of days; for other dates, the stretch from the first to the last."""
    doubts += _ignored_time_doubts(*dates)
    if all(len(first) == len("2018-03-05") and first == last for first, last in ends):
        return f"[{','.join(first for first, _ in ends)}]"
    written = f"[{ends[0][0]}..{ends[-1][1]}]"
    stretch = edtf.parse(written)
    doubts.append(msg("{words} names dates that are apart: {date} is assumed", words=quoted(text), date=stretch))
    return written


def _are_adjacent(before: str, after: str) -> bool:
    last, first = edtf.parse(before).latest, edtf.parse(after).earliest
    return last is not None and first is not None and first - last == timedelta(1)


def _drop_redundant_week(relation: DateRelation, dates: tuple[PartialDate, ...]) -> tuple[PartialDate, ...]:
    """Drop "the week of" and "the weekend of" if the text names the first and the last day itself."""
    first, last = dates[0], dates[-1]
    plain = first._replace(week=False, weekend=False)
    if relation not in (DateRelation.RANGE, DateRelation.LIST) or plain == first or first.day is None:
        return dates
    if last.day is None or last.week or last.weekend:
        return dates
    days = date.fromisoformat(edtf_bounds(last)[0]) - date.fromisoformat(edtf_bounds(plain)[0])
    return (plain, *dates[1:]) if days < timedelta(7) else dates


def _weekday_doubts(found: PartialDate) -> Iterator[Message]:
    """Return a doubt if the weekday does not match the date, or if another weekend is partly in the month."""
    if found.weekday is not None and not found.nth and found.year and found.month and found.day:
        day = date(found.year, found.month, found.day)
        if day.weekday() != found.weekday:
            yield msg(
                "{weekday} is not the weekday of {date}", weekday=quoted(found.weekday_text), date=edtf.parse(f"{day}")
            )
    if found.weekend and found.year:
        saturday, certain = find_saturday(found)
        if not certain:
            words = quoted(found.text)
            yield msg(
                "{words} may be another weekend: the weekend of {date} is assumed",
                words=words,
                date=edtf.parse(f"{saturday}"),
            )


def _approximation_doubts(edtf_text: str, *dates: PartialDate) -> list[Message]:
    when = edtf.parse(edtf_text)
    return [
        msg("{words} does not give exact days: {date} is assumed", words=quoted(found.text), date=when)
        for found in dates
        if found.is_vague
    ]


def _ignored_time_doubts(*dates: PartialDate) -> list[Message]:
    """Return a doubt for each date with a time."""
    return [msg("the time of {words} is ignored", words=quoted(found.text)) for found in dates if found.times]


def _time_doubts(found: PartialDate, used: TimeOfDay | None) -> Sequence[Message]:
    """Return the doubts about the time of a date, or one that the time is ignored."""
    return used.doubts if used else _ignored_time_doubts(found)


_YEAR_PORTIONS = ((1, 3), (5, 8), (10, 12))
"""First and last month of "early", "mid" and "late" in a year."""
_PART_PORTIONS = {3: ((0, 1), (1, 1), (2, 1)), 4: ((0, 1), (1, 2), (3, 1)), 6: ((0, 2), (2, 2), (4, 2))}
"""Months before "early", "mid" and "late" in a part of a year of so many months, and their count."""


def edtf_bounds(partial: PartialDate) -> tuple[str, str]:
    """Return the first and the last part of a date as EDTF; they are equal if the date has its own form.

    Raise ``edtf.DateError`` or ``DatePhraseError`` for a day that does not exist.
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
            monday = first_day(text) - timedelta(6 if partial.week_ending else first_day(text).weekday())
            return monday.isoformat(), (monday + timedelta(6)).isoformat()
    else:
        text = f"{partial.year:04}-{partial.month:02}" if partial.month else f"{partial.year:04}"
    return text, text


def find_saturday(partial: PartialDate) -> tuple[date, bool]:
    """Return the Saturday of a weekend, and whether it is certain: no other weekend is only partly in the month.

    Only weekends that are completely in the month count as first, second, … and last.
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
    """Return the nth weekday of a month; -1 is the last."""
    year, month = partial.year or 0, partial.month or 0
    first = first_day(f"{year:04}-{month:02}")
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if (first + timedelta(day - 1)).weekday() == partial.weekday]
    if partial.nth > len(days):
        words = quoted(partial.text)
        message = msg("{words} does not exist: that month has only {count}", words=words, count=len(days))
        raise DatePhraseError(message, msg("write the day itself, for example 2017-11-02"), partial.text)
    return date(year, month, days[partial.nth - 1 if partial.nth > 0 else partial.nth])


def first_day(text: str) -> date:
    """Return the first day of a date in EDTF."""
    return edtf.parse(text).earliest or date.min  # only an unknown date has none


def _day_range_bounds(partial: PartialDate, first: int, last: int) -> tuple[str, str]:
    month = f"{partial.year:04}-{partial.month:02}"
    length = monthrange(first_day(month).year, partial.month or 1)[1]
    first, last = (day if day > 0 else length + 1 + day for day in (first, last))
    return f"{month}-{first:02}", f"{month}-{min(last, length):02}"


def _portion_bounds(partial: PartialDate, portion: int) -> tuple[str, str]:
    """Return the first and last month of the beginning, middle or end of a year or of a part of it."""
    if not partial.year_part:
        opening, closing = _YEAR_PORTIONS[portion]
        return f"{partial.year:04}-{opening:02}", f"{partial.year:04}-{closing:02}"
    first = first_day(f"{partial.year:04}-{partial.year_part}")
    length = 6 if partial.year_part > 39 else 4 if partial.year_part > 36 else 3
    before, months = _PART_PORTIONS[length][portion]
    number = 12 * first.year + first.month - 1 + before
    texts = [f"{number // 12:04}-{number % 12 + 1:02}" for number in (number, number + months - 1)]
    return texts[0], texts[1]
