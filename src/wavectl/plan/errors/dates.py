"""Explain dates that are not valid EDTF: dates in words, other notations, numbers of spreadsheets."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, reduce
from typing import Any, NamedTuple

from wavectl.dates import edtf, parser, recurrence
from wavectl.diagnostics import KeyPath, Message, msg, quoted

_LETTER = re.compile(r"[^\W\d_TXZ]")
"""A letter that EDTF does not use."""

_EXCEL_SERIAL = re.compile(r"[2-7]\d{4}")
"""A day from 1954 to 2119 as the serial number of a spreadsheet."""

_NEARBY_MOMENTS = 20
"""How many moments before and after one are searched for the year it may be in."""


class Explanation(NamedTuple):
    """The explanation of an error: the problem, a hint, the rule, and what to write instead if that is certain."""

    message: Message
    hint: Message | None
    rule: str = "invalid-value"
    replacement: str | None = None
    """A text, which may need quotation marks."""
    fix: str | None = None
    """YAML, to be written as it is."""


def explain_date(text: str, path: KeyPath, data: Any, edtf_message: Message) -> Explanation | None:
    """Explain a text at ``path`` that is not valid EDTF; None if ``edtf_message``, its EDTF error, says it all.

    A missing year is taken from the moments before and after, else from the calendar of the wave.
    """
    if _parse_edtf(text) is not None:
        return None
    if _EXCEL_SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(int(text))
        hint = msg("write {date} if that is the date; a spreadsheet numbers that day so", date=day)
        return Explanation(edtf_message, hint, "invalid-date")
    in_words = bool(_LETTER.search(text))
    message = msg("{words} is a date in words", words=quoted(text)) if in_words else edtf_message
    try:
        parsed = _interpret(text, list(_candidate_years(path, data)), data)
    except parser.DatePhraseError as error:
        return Explanation(error.message, error.hint, "invalid-date") if in_words else None
    key = path[-1] if path else ""
    if key == "period":
        parsed = parsed._replace(edtf=re.sub(r"\[(.*)\.\.(.*)\]", r"\1/\2", parsed.edtf))
    when = edtf.parse(parsed.edtf)
    if key == "period" and when.form is edtf.DateForm.UNKNOWN:
        hint = msg("write its first and its last month, 2017-05/2018-12, or status: announced until they are known")
        return Explanation(message, hint, "invalid-date")
    if key == "confirm_by" and not (when.is_exact and when.days == 1):
        message = msg("{value} is not one day", value=quoted(text))
        return Explanation(message, msg("write a day, such as 2017-06-30"), "invalid-date")
    if parsed.edtf == "unknown" and parsed.repeat is None:
        message = msg("{words} says that no date is known yet", words=quoted(text))
    if parsed.certain and parsed.repeat is None:
        return Explanation(message, msg("write {date}", date=parsed.edtf), "date-in-words", parsed.edtf)
    return Explanation(message, _uncertain_date_hint(parsed), "date-in-words")


def _uncertain_date_hint(reading: parser.ParsedDate) -> Message:
    """Return the hint for an uncertain date: the likely EDTF, and what was assumed."""
    hint = msg("write {date} if that is the date", date=reading.edtf)
    if reading.repeat:
        yearly = re.fullmatch(r"FREQ=YEARLY;BYMONTH=\d+;BYMONTHDAY=\d+", reading.repeat)  # the day of ``when``
        rule = "yearly" if yearly else reading.repeat
        date = reading.edtf
        hint = msg("write {date}, and repeat: {rule} below it if it comes back every year", date=date, rule=rule)
        if reading.edtf == "unknown":
            hint = msg(
                "write the day with its year, and repeat: {rule} below it if it comes back every year", rule=rule
            )
    return reduce(lambda sentence, doubt: msg("{hint}; {doubt}", hint=sentence, doubt=doubt), reading.doubts, hint)


def _parse_edtf(text: str) -> edtf.When | None:
    try:
        return edtf.parse(text)
    except edtf.DateError:
        return None


def _interpret(text: str, years: list[int], data: Any) -> parser.ParsedDate:
    """Parse a date in words; a missing year is the first of ``years`` inside the calendar of the wave."""
    try:
        parsed = parser.parse_date(text)
    except parser.DatePhraseError:
        if not years:
            raise
        parsed = None
    if parsed is not None and (parsed.edtf != "unknown" or not parsed.repeat or not years):
        return parsed  # the year is written, or cannot be found
    period = _parse_date(data.get("period"))
    readings = [parser.parse_date(text, default_year=year) for year in dict.fromkeys(years)]
    dates = [edtf.parse(reading.edtf) for reading in readings]
    inside = [period is None or period.meets(when) for when in dates]
    best = readings[inside.index(True) if True in inside else 0]
    return best if parsed is None else best._replace(repeat=parsed.repeat)


def _candidate_years(path: KeyPath, data: Any) -> Iterator[int]:
    """Yield the years that a date may be in: those of the moments around it, then of the wave's calendar."""
    moments = data.get("moments") if path[:1] == ("moments",) and len(path) > 1 else None
    if isinstance(moments, list) and isinstance(path[1], int):
        position = path[1]
        for neighbour in (
            *reversed(moments[max(position - _NEARBY_MOMENTS, 0) : position]),
            *moments[position + 1 : position + _NEARBY_MOMENTS],
        ):
            when = _parse_date(neighbour.get("when")) if isinstance(neighbour, dict) else None
            if when is not None and when.earliest is not None:
                yield when.earliest.year
                yield when.earliest.year + 1
                break
    period = _parse_date(data.get("period"))
    if period is not None and period.earliest is not None:
        last = period.latest or period.earliest
        yield from range(period.earliest.year, min(last.year, period.earliest.year + recurrence.DEFAULT_YEARS) + 1)


def _parse_date(value: object) -> edtf.When | None:
    return _parse_date_text(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _parse_date_text(text: str) -> edtf.When | None:
    try:
        return _parse_edtf(text) or edtf.parse(parser.parse_date(text).edtf)
    except parser.DatePhraseError:
        return None
