"""What the words of a text mean: its EDTF, its rule of repetition, and what is not sure of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.parser.completion import complete_dates
from wavectl.dates.parser.errors import missing_year_error, separate_dates_error
from wavectl.dates.parser.phrase import DateRelation, PartialDate, Phrase
from wavectl.dates.parser.ranges import edtf_bounds, find_saturday
from wavectl.dates.parser.time_ranges import single_time, time_range
from wavectl.diagnostics import Message, msg, quoted

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
            msg("{words} falls on other days each year: {date} alone is taken", words=quoted(one.text), date=written),
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
        doubt = msg("{words} does not say the year of its first time", words=words)
    else:
        doubt = msg("{words} does not say which year: it is taken as a day that comes back every year", words=words)
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
        doubt = msg("{words} ends before it starts: the end is taken as the next day", words=quoted(partial.text))
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
        doubt = msg("{words} is taken as the end, to the last day of that year", words=quoted(last.text))
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
        doubts = (*doubts, msg("{words} may be several dates: one stretch is taken", words=quoted(text)))
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
        return edtf_text, (msg("{date} says already that the day is not known: no mark is added", date=edtf_text),)
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
        msg("{words} may be another one: the weekend of {date} is taken", words=quoted(partial.text), date=saturday),
    )


def _approximation_doubt(partial: PartialDate, edtf_text: str) -> Message:
    return msg("{words} names no exact days: {date} is taken", words=quoted(partial.text), date=edtf_text)


def _ignored_time_doubt(partial: PartialDate) -> Message:
    return msg("the time of day of {words} is left out", words=quoted(partial.text))


def _ignored_time_doubts(partial: PartialDate) -> tuple[Message, ...]:
    return (_ignored_time_doubt(partial),) if partial.times and not single_time(partial) else ()
