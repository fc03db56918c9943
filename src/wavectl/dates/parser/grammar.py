"""Parse a whole text: its dates, how they relate, and the qualifiers around them.

A text is one date; "from" a date; two dates with "between" or "to"; or a list with commas, "and", "or" or a slash.
Qualifiers such as "around" or "to be confirmed" can come before and after.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, DateRelation, PartialDate, Phrase
from wavectl.dates.parser.single_date import read_date
from wavectl.dates.parser.times import read_times
from wavectl.dates.parser.tokens import Cursor
from wavectl.diagnostics import Message, msg, quoted

MAX_YEAR_SPAN = 10
"""Maximum number of years between the two years of "2017-18"."""


_QUALIFIERS = (
    (vocabulary.APPROXIMATE, "approximate"),
    (vocabulary.YEARLY, "yearly"),
    (vocabulary.UNKNOWN, "uncertain"),
    (vocabulary.UNCERTAIN, "uncertain"),
    (vocabulary.INCLUDED, "included"),
)
"""Phrases before or after a date, and what they say; "included" is true anyway."""


def parse_phrase(text: str) -> Phrase:
    """Parse a text into a phrase; raise ``DatePhraseError`` if it cannot be read."""
    cursor = Cursor(text)
    if cursor.attempt(_read_unknown, quiet=True):
        return Phrase(DateRelation.UNKNOWN)
    qualifiers = _Qualifiers(cursor)
    qualifiers.read_before_date()
    phrase = _read_dates(cursor)
    if phrase is not None:
        qualifiers.read_after_date()
    if phrase is None or cursor.current.kind != "end":
        raise cursor.syntax_error()
    found = qualifiers.found
    day_unknown = "day unknown" in found and any(date.day for date in phrase.dates)
    is_open = "open" in found and phrase.relation is DateRelation.SINGLE
    return phrase._replace(
        relation=DateRelation.OPEN if is_open else phrase.relation,
        approximate="approximate" in found,
        uncertain="uncertain" in found or day_unknown,
        yearly="yearly" in found,
        doubts=(*phrase.doubts, *qualifiers.doubts),
    )


def _read_unknown(cursor: Cursor) -> bool:
    """Read a text that only says that the date is not known yet."""
    is_unknown = False
    cursor.read_mark("(", "[")
    while True:
        if cursor.read_phrase(vocabulary.UNKNOWN):
            is_unknown = True
        elif not cursor.read_word(vocabulary.DATE_WORDS) and not cursor.read_mark(":"):
            break
    cursor.read_mark(")", "]")
    cursor.read_mark(".")
    return is_unknown and cursor.current.kind == "end"


class _Qualifiers:
    """The words before and after a date: how certain it is, and whether it is yearly."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found: set[str] = set()  # of ``_QUALIFIERS``, "open", "day unknown" (while the month is certain)
        self.doubts: list[Message] = []

    def read_before_date(self) -> None:
        cursor = self.cursor
        cursor.attempt(lambda cursor: cursor.read_word(vocabulary.DATE_WORDS) != "" and cursor.read_mark(":"))
        cursor.read_mark("(")
        while self._read_qualifier():
            cursor.read_mark(":", ",", "(")

    def read_after_date(self) -> None:
        cursor = self.cursor
        while cursor.attempt(self._read_one_after_date):
            cursor.read_mark(")", "]")
        cursor.read_mark(")")
        cursor.read_mark(".")

    def _read_one_after_date(self, cursor: Cursor) -> bool:
        """Read a qualifier, "onwards", or "exact date to be confirmed", with or without a bracket before it."""
        cursor.read_mark(",", ";")
        dash = cursor.read_mark("-")
        cursor.read_mark("(", "[")
        has_date_noun = False
        while word := cursor.read_word(vocabulary.DATE_WORDS):
            has_date_noun |= word in vocabulary.DATE_NOUNS
        if cursor.read_phrase(vocabulary.ONWARDS) or (dash and cursor.read_phrase(vocabulary.DOTS)):
            self.found.add("open")
        elif has_date_noun and cursor.read_phrase(vocabulary.UNKNOWN):
            self.found.add("day unknown")
        else:
            return self._read_qualifier(dash=dash)
        return True

    def _read_qualifier(self, *, dash: bool = False) -> bool:
        found = next((name for phrases, name in _QUALIFIERS if self.cursor.read_phrase(phrases)), "")
        if found:
            self.found.add(found)
        if found == "uncertain" and dash:
            doubt = msg("the words after the dash may qualify the whole date or its end: the whole date is assumed")
            self.doubts.append(doubt)
        return bool(found)


def _read_dates(cursor: Cursor) -> Phrase | None:
    if _read_since(cursor):
        return _read_open(cursor)
    if cursor.read_phrase(vocabulary.BETWEEN):
        return _read_between(cursor)
    first = read_date(cursor)
    return _read_following_dates(cursor, first) if first else None


def _read_between(cursor: Cursor) -> Phrase | None:
    first = read_date(cursor)
    has_last = first and (cursor.read_phrase(vocabulary.AND) or cursor.read_phrase(vocabulary.TO))
    last = read_date(cursor) if has_last else None
    return Phrase(DateRelation.BETWEEN, (first, last)) if first and last else None


def _read_since(cursor: Cursor) -> bool:
    """Read "from" before a start; "dès" needs its accent, because "des" means "of the"."""
    if cursor.current.value == "des" and "\u00e8" in normalize("NFC", cursor.current.raw.casefold()):
        cursor.advance()
        return True
    return cursor.read_phrase(vocabulary.FROM)


def _read_open(cursor: Cursor) -> Phrase | None:
    start = cursor.position
    has_hours = len(read_times(cursor, before_date=True)) > 1
    cursor.position = start
    first = read_date(cursor)
    if first is None or has_hours:  # "from 3 to 5 pm on 8 November 2017"
        return Phrase(DateRelation.SINGLE, (first,)) if first else None
    end = _read_range_end(cursor, first)
    return Phrase(DateRelation.RANGE, (first, end)) if end else Phrase(DateRelation.OPEN, (first,))


def _read_range_end(cursor: Cursor, first: PartialDate) -> PartialDate | None:
    """Read "to" and the end of a range; refuse a year alone in "mars - 2018" and "printemps 2018-2019"."""
    adjacent = cursor.current.adjacent and cursor.lookahead.adjacent
    end = cursor.attempt(lambda cursor: read_date(cursor) if cursor.read_phrase(vocabulary.TO) else None)
    if end and end.is_year_only and not first.is_year_only and (adjacent or first.year is None):
        words = cursor.text.strip()
        message = msg("{words} may be one date or a period until the end of {year}", words=quoted(words), year=end.year)
        raise DatePhraseError(message, msg("write 2018-03, or 2018-03/2019-12"), words)
    return end


def _read_following_dates(cursor: Cursor, first: PartialDate) -> Phrase | None:
    """Read the end or the further dates after the first date of a text."""
    end = _read_short_year(cursor, first) or _read_range_end(cursor, first)
    if end:
        return Phrase(DateRelation.RANGE, (first, end))
    if cursor.read_mark("/"):
        return _read_slashed_date(cursor, first)
    dates, either = [first], False
    while following := cursor.attempt(_read_next_date):
        dates.append(following[0])
        either |= following[1]
    if len(dates) == 1:
        return Phrase(DateRelation.SINGLE, (first,))
    return Phrase(DateRelation.EITHER if either else DateRelation.LIST, tuple(dates))


def _read_next_date(cursor: Cursor) -> tuple[PartialDate, bool] | None:
    """Read a comma, "and" or "or" and a date, and tell whether it was "or"."""
    start = cursor.position
    cursor.read_mark(",", ";")
    has_or = cursor.read_phrase(vocabulary.OR)
    if not has_or:
        cursor.read_phrase(vocabulary.AND)
    found = read_date(cursor) if cursor.position > start else None
    return (found, has_or) if found else None


def _read_short_year(cursor: Cursor, first: PartialDate) -> PartialDate | None:
    """Read the second year of "2017-18"; a number up to 12 has been read as a month already."""
    start = cursor.position
    if first.year is not None and first.text == str(first.year) and cursor.read_mark("-", "/", adjacent=True):
        last = cursor.read_number(2)
        if last is not None and 0 < last - first.year % 100 <= MAX_YEAR_SPAN:
            return PartialDate(text=cursor.text_since(start + 1), year=first.year - first.year % 100 + last)
    cursor.position = start
    return None


def _read_slashed_date(cursor: Cursor, first: PartialDate) -> Phrase | None:
    """Read a range, "2017-05 / 2018-12", or alternatives, "septembre/octobre 2018"."""
    last = read_date(cursor)
    if last is None:
        return None
    if first.year is not None and last.year is not None:
        return Phrase(DateRelation.RANGE, (first, last))
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?", first.text) and last.text.isdigit():  # the short form of ISO 8601
        return Phrase(DateRelation.RANGE, (first, last))
    doubt = msg("the slash may mean a period or one of the two dates: one of the two is assumed")
    return Phrase(DateRelation.EITHER, (first, last), doubts=(doubt,))
