"""The whole of a text: how its dates belong together, and the words around them.

A text is one date; one behind "from"; two with "between" or "to"; or a list with commas, "and", "or" or a slash.
Before and behind it stand words that say how sure it is.
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

_MAX_YEAR_SPAN = 10
"""How many years may lie between those of "2017-18"."""


def parse_phrase(text: str) -> Phrase:
    """Return what a text says; raise ``WordsError`` where it cannot be read."""
    cursor = Cursor(text)
    if _read_unknown(cursor):
        return Phrase(DateRelation.UNKNOWN)
    around = _Qualifiers(cursor)
    around.read_before_date()
    found = _read_dates(cursor)
    if found is None:
        raise cursor.syntax_error()
    around.read_after_date()
    if cursor.current.kind != "end":
        raise cursor.syntax_error()
    if around.open_end and found.relation is DateRelation.SINGLE:
        found = found._replace(relation=DateRelation.OPEN)
    return found._replace(
        approximate=around.approximate,
        uncertain=around.uncertain or (around.day_unknown and any(one.day for one in found.dates)),
        yearly=around.yearly,
        doubts=(*found.doubts, *around.doubts),
    )


def _read_unknown(cursor: Cursor) -> bool:
    """Read words that stand for a date that nobody knows yet, as the whole of a text."""
    named = False
    cursor.read_mark("(", "[")
    while True:
        if cursor.read_phrase(vocabulary.UNKNOWN):
            named = True
        elif not cursor.read_word(vocabulary.DATE_WORDS) and not cursor.read_mark(":"):
            break
    cursor.read_mark(")", "]")
    cursor.read_mark(".")
    if named and cursor.current.kind == "end":
        return True
    cursor.restart()
    return False


class _Qualifiers:
    """The words before and behind a date that say how sure it is, or that it comes back."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.approximate = self.uncertain = self.yearly = self.open_end = False
        self.day_unknown = False  # "March 2018, date to be confirmed": the month is not in doubt
        self.doubts: tuple[Message, ...] = ()

    def read_before_date(self) -> None:
        """Read the words before a date."""
        cursor = self.cursor
        place = cursor.position
        if not (cursor.read_word(vocabulary.DATE_WORDS) and cursor.read_mark(":")):
            cursor.go_back(place)
        cursor.read_mark("(")
        while self._read_qualifier():
            cursor.read_mark(":", ",", "(")

    def read_after_date(self) -> None:
        """Read the words behind a date, each with or without brackets."""
        cursor = self.cursor
        while True:
            place = cursor.position
            cursor.read_mark(",", ";")
            dash = cursor.read_mark("-")
            cursor.read_mark("(", "[")
            of_the_day = self._read_date_words()
            onwards = cursor.read_phrase(vocabulary.ONWARDS) or (dash and cursor.read_phrase(vocabulary.DOTS))
            if not onwards and of_the_day and cursor.read_phrase(vocabulary.UNKNOWN):
                self.day_unknown = True
            elif not onwards and not self._read_qualifier(dash=dash):
                cursor.go_back(place)
                break
            self.open_end |= onwards
            cursor.read_mark(")", "]")
        cursor.read_mark(")")
        cursor.read_mark(".")

    def _read_date_words(self) -> bool:
        """Read articles, "exact" and the like; tell whether "date" or "day" is among them."""
        of_the_day = False
        while word := self.cursor.read_word(vocabulary.DATE_WORDS):
            of_the_day |= word in vocabulary.DATE_NOUNS
        return of_the_day

    def _read_qualifier(self, *, dash: bool = False) -> bool:
        cursor = self.cursor
        if cursor.read_phrase(vocabulary.APPROXIMATE):
            self.approximate = True
        elif cursor.read_phrase(vocabulary.YEARLY):
            self.yearly = True
        elif cursor.read_phrase(vocabulary.UNKNOWN) or cursor.read_phrase(vocabulary.UNCERTAIN):
            self.uncertain = True
            if dash:
                doubt = msg("the words after the dash may qualify the whole date or its end: the whole date is assumed")
                self.doubts = (*self.doubts, doubt)
        else:
            return cursor.read_phrase(vocabulary.INCLUDED)
        return True


def _read_dates(cursor: Cursor) -> Phrase | None:
    if _read_since(cursor):
        return _read_open(cursor)
    place = cursor.position
    if cursor.read_phrase(vocabulary.BETWEEN):
        first = read_date(cursor)
        last = (
            read_date(cursor)
            if first and (cursor.read_phrase(vocabulary.AND) or cursor.read_phrase(vocabulary.TO))
            else None
        )
        if first and last:
            return Phrase(DateRelation.BETWEEN, (first, last))
        cursor.go_back(place)
        return None
    first = read_date(cursor)
    return _read_following_dates(cursor, first) if first else None


def _read_since(cursor: Cursor) -> bool:
    """Read what says that only the start is known; "dès" only with its accent, as "des" means "of the"."""
    if cursor.current.value == "des" and "\u00e8" in normalize("NFC", cursor.current.raw.casefold()):
        cursor.advance()
        return True
    return cursor.read_phrase(vocabulary.FROM)


def _read_open(cursor: Cursor) -> Phrase | None:
    place = cursor.position
    in_hours = len(read_times(cursor, before_date=True)) > 1
    cursor.go_back(place)
    start = read_date(cursor)
    if start is None or in_hours:  # "from 3 to 5 pm on 8 November 2017"
        return Phrase(DateRelation.SINGLE, (start,)) if start else None
    end = _read_range_end(cursor, start)
    return Phrase(DateRelation.RANGE, (start, end)) if end else Phrase(DateRelation.OPEN, (start,))


def _read_range_end(cursor: Cursor, first: PartialDate) -> PartialDate | None:
    """Read the end of a stretch behind "to". A year alone is refused in "mars - 2018" and "printemps 2018-2019"."""
    place, glued = cursor.position, cursor.current.adjacent and cursor.lookahead.adjacent
    if cursor.read_phrase(vocabulary.TO):
        found = read_date(cursor)
        if found and found.is_year_only and not first.is_year_only and (glued or first.year is None):
            words = cursor.text.strip()
            message = msg(
                "{words} may be one date or a period until the end of {year}", words=quoted(words), year=found.year
            )
            raise DatePhraseError(message, msg("write 2018-03, or 2018-03/2019-12"), words)
        if found:
            return found
    cursor.go_back(place)
    return None


def _read_following_dates(cursor: Cursor, first: PartialDate) -> Phrase | None:
    """Read what follows the first date of a text: an end, or more dates."""
    end = _read_short_year(cursor, first) or _read_range_end(cursor, first)
    if end:
        return Phrase(DateRelation.RANGE, (first, end))
    if cursor.read_mark("/"):
        return _read_slashed_date(cursor, first)
    pieces, either = [first], False
    while True:
        place = cursor.position
        cursor.read_mark(",", ";")
        ored = cursor.read_phrase(vocabulary.OR)
        if not ored:
            cursor.read_phrase(vocabulary.AND)
        found = read_date(cursor) if cursor.position > place else None
        if found is None:
            cursor.go_back(place)
            break
        either |= ored
        pieces.append(found)
    if len(pieces) == 1:
        return Phrase(DateRelation.SINGLE, (first,))
    return Phrase(DateRelation.EITHER if either else DateRelation.LIST, tuple(pieces))


def _read_short_year(cursor: Cursor, first: PartialDate) -> PartialDate | None:
    """Read the second of two years, "2017-18"; a number that can be a month was read as one."""
    place = cursor.position
    if first.year is not None and first.text == str(first.year) and cursor.read_mark("-", "/", adjacent=True):
        last = cursor.read_number(2)
        if last is not None and 0 < last - first.year % 100 <= _MAX_YEAR_SPAN:
            return PartialDate(text=cursor.text_since(place + 1), year=first.year - first.year % 100 + last)
    cursor.go_back(place)
    return None


def _read_slashed_date(cursor: Cursor, first: PartialDate) -> Phrase | None:
    """Read "2017-05 / 2018-12", from one through the other, or "septembre/octobre 2018", one of the two."""
    last = read_date(cursor)
    if last is None:
        return None
    if first.year is not None and last.year is not None:
        return Phrase(DateRelation.RANGE, (first, last))
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?", first.text) and last.text.isdigit():  # the short form of ISO 8601
        return Phrase(DateRelation.RANGE, (first, last))
    doubt = msg("the slash may mean a period or one of the two dates: one of the two is assumed")
    return Phrase(DateRelation.EITHER, (first, last), doubts=(doubt,))
