"""Parse dates in words, in French, English and Spanish, into EDTF.

``parse_date`` reads "14 au 17 septembre 2017", "1st Monday of October 2018" or "fin 2018", for hints and for imports.
Every assumption is listed in ``doubts``; a text that cannot be read raises an error that names the part. Nothing here
reads the clock or a language setting: the languages share one vocabulary.

The steps, one module each::

    text -> tokens -> single_date, times (one date with its time) -> grammar (Phrase: all dates and how they relate)
         -> interpret (missing months and years, EDTF) -> ParsedDate
"""

import re
from datetime import date
from functools import lru_cache

from wavectl.dates import edtf
from wavectl.dates.parser.grammar import MAX_YEAR_SPAN, parse_phrase
from wavectl.dates.parser.interpret import (
    MONTH_ASSUMED,
    NO_FIRST_YEAR,
    NO_YEAR,
    YEAR_ASSUMED,
    ParsedDate,
    interpret_phrase,
)
from wavectl.dates.parser.phrase import POSTPONED_HINT, DatePhraseError
from wavectl.diagnostics import Message, msg, quoted

__all__ = [
    "MAX_LENGTH",
    "MONTH_ASSUMED",
    "NO_FIRST_YEAR",
    "NO_YEAR",
    "POSTPONED_HINT",
    "YEAR_ASSUMED",
    "DatePhraseError",
    "ParsedDate",
    "parse_date",
    "parse_upcoming_date",
]

MAX_LENGTH = 200
"""Maximum length of a date in words, in characters."""
_MAX_YEARS = 20
"""How many years after the first a date without a year may be in."""
_BULLETS = " *\u00b7\u2022\u2219\u25aa\u25e6\u2023\u25cf\u25cb\u25a0\u25a1\u25c6"  # "*TBC*" is TBC

_OPENING = re.compile(r"(?:no|non|sorry|pardon|perd[oó]n|désolée?)\s*[,;:]\s+", re.IGNORECASE)
"""Words of a message before a date that is corrected: "no, 15-17"."""


@lru_cache(maxsize=4096)
def parse_date(
    text: str, *, default_year: int | None = None, default_month: tuple[int, int] | None = None
) -> ParsedDate:
    """Parse a date in words; EDTF is returned in its normal form.

    ``default_year`` is assumed, with a doubt, if the text has no year, and ``default_month`` (year and month) if it has
    only days. Raise ``DatePhraseError`` if the text cannot be read.
    """
    if len(text) > MAX_LENGTH:
        message = msg("{words} is too long for a date", words=quoted(text))
        raise DatePhraseError(message, msg("write the date alone: 2017-11-02"), text[:40])
    try:
        return _parse_edtf(text) or interpret_phrase(
            parse_phrase(_OPENING.sub("", text.lstrip(_BULLETS).rstrip(" *"))),
            text.strip(),
            default_year,
            default_month,
        )
    except edtf.DateError as error:
        raise DatePhraseError(error.message, error.hint or edtf.DATE_FORMAT_HINT, text.strip()) from error


def parse_upcoming_date(
    text: str, since: date, calendar: edtf.When | None = None, month: int | None = None
) -> ParsedDate:
    """Parse a date in words; one without a year is the next from ``since`` on, where none of it has to be over.

    With the calendar of a wave it is the next in there, and the only one in there even if it is over. ``month`` is
    assumed, with a doubt, for days without one. Raise ``DatePhraseError`` as ``parse_date`` does.
    """
    readings: list[tuple[ParsedDate, edtf.When]] = []
    fault: DatePhraseError | None = None
    for year in _possible_years(since, calendar):
        try:
            reading = parse_date(text, default_year=year, default_month=None if month is None else (year, month))
        except DatePhraseError as error:  # such as 29 February
            fault = fault or error
            continue
        if not reading.is_year_assumed:
            return reading
        readings.append((reading, edtf.parse(reading.edtf)))
    if fault and not readings:
        raise fault
    inside = [one for one in readings if calendar is None or calendar.meets(one[1])]
    if calendar is not None and len(inside) == 1:
        return inside[0][0]
    ahead = [one for one in (*inside, *readings) if one[1].latest is None or one[1].latest >= since]
    return (ahead or readings)[0][0]


def _possible_years(since: date, calendar: edtf.When | None) -> range:
    """Return the years that a date without one may be in, in order: this and the next, and those of a calendar."""
    years = [since.year, since.year + 1]
    years += [day.year for day in (calendar.earliest, calendar.last_known) if day] if calendar else []
    return range(min(years), min(max(years), min(years) + _MAX_YEARS) + 1)


def _parse_edtf(text: str) -> ParsedDate | None:
    """Parse a text that is EDTF; the season "2020-21" may be two years, of a school or a budget."""
    try:
        when = edtf.parse(text)
    except edtf.DateError:
        return None
    doubts: tuple[Message, ...] = ()
    if when.form is edtf.DateForm.SINGLE and when.precision is edtf.Precision.SEASON:
        year, season = int(when.text[:4]), int(when.text[5:7])
        if 0 < season - year % 100 <= MAX_YEAR_SPAN:
            years = f"{year}/{year // 100}{season}"
            doubts = (msg("{date} is a season; write the two years as {years}", date=when.text, years=years),)
    return ParsedDate(when.text, None, not doubts, doubts)
