"""Parse a whole text: its dates, how they relate, and the qualifiers around them.

A text is one date; "from" a date; two dates with "between" or "to"; or a list with commas, "and", "or" or a slash.
Qualifiers such as "around" or "to be confirmed" can come before and after.
"""

import re
from functools import partial
from itertools import pairwise
from unicodedata import normalize

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, DateRelation, PartialDate, Phrase
from wavectl.dates.parser.single_date import YEAR_PARTS, read_date, read_ordinal
from wavectl.dates.parser.times import read_times
from wavectl.dates.parser.tokens import Cursor
from wavectl.dates.timezones import zones_of_abbreviation
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
_RELATIONS = (
    (vocabulary.OR, DateRelation.EITHER),
    (vocabulary.AND, DateRelation.LIST),
    (vocabulary.TO, DateRelation.RANGE),
)
_SLASH_DOUBT = msg("the slash may mean a period or one of the two dates: one of the two is assumed")


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
    found = qualifiers.found
    is_yearly_until = phrase is not None and phrase.relation is DateRelation.UNTIL and "yearly" in found
    if phrase is None or is_yearly_until or cursor.current.kind != "end":
        raise cursor.syntax_error()
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
        cursor.attempt(self._read_label, quiet=True)

    def read_after_date(self) -> None:
        cursor = self.cursor
        while cursor.attempt(self._read_one_after_date) or cursor.attempt(self._read_note, quiet=True):
            cursor.read_mark(")", "]")
        cursor.read_mark(")")
        cursor.read_mark(".")

    def _read_label(self, cursor: Cursor) -> bool:
        """Read words before a colon that say nothing about the date: "Rentrée : lundi 17 septembre 2018"."""
        start = cursor.position
        while cursor.attempt(_read_other_word):
            pass
        words = cursor.text_since(start)
        return cursor.position > start and cursor.read_mark(":") and self._leave_out(words)

    def _read_note(self, cursor: Cursor) -> bool:
        """Read words in brackets that say nothing about the date: "(Carnavales)", "(14 semaines)"."""
        start = cursor.position
        if not cursor.read_mark("(", "["):
            return False
        while cursor.attempt(_read_other_word):
            pass
        has_words = cursor.position > start + 1
        return has_words and cursor.read_mark(")", "]") and self._leave_out(cursor.text_since(start))

    def _leave_out(self, words: str) -> bool:
        self.doubts.append(msg("{words} is not part of the date and is left out", words=quoted(words)))
        return True

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


def _read_other_word(cursor: Cursor) -> bool:
    """Read a word, a mark or a length of time in a label or a note; False if it may change the meaning of a date."""
    if any(cursor.read_phrase(phrases) for phrases, _ in _QUALIFIERS):
        return False
    token, following = cursor.current, cursor.lookahead
    if token.kind == "number":
        if following.value not in vocabulary.DURATIONS:
            return False
        cursor.advance(2)
        return True
    if token.kind == "ordinal" and following.kind != "word":  # "(2e édition)"
        return False
    if token.kind not in ("word", "ordinal", "mark") or token.raw[0] in "0123456789:()[]?~%+":
        return token.kind == "ordinal" and cursor.advance() is not None
    if token.value in vocabulary.MEANINGFUL_WORDS or zones_of_abbreviation(token.raw):
        return False
    cursor.advance()
    return True


def _read_dates(cursor: Cursor) -> Phrase | None:
    parts_of_year = cursor.attempt(_read_parts_of_year, quiet=True)
    if parts_of_year is not None:
        return parts_of_year
    if _read_since(cursor):
        return _read_open(cursor)
    if cursor.current.value in vocabulary.BETWEEN and (first := cursor.attempt(read_date, quiet=True)):
        return _read_following_dates(cursor, first)  # "entre 9h et 17h le 5 juin"
    if cursor.read_phrase(vocabulary.BETWEEN):
        return _read_between(cursor)
    if cursor.read_phrase(vocabulary.UNTIL):
        last = read_date(cursor)
        return Phrase(DateRelation.UNTIL, (last,)) if last else None
    found = cursor.attempt(_read_weekdays_and_days, quiet=True) or cursor.attempt(_read_day_chain, quiet=True)
    first = None if found else read_date(cursor)
    return _read_following_dates(cursor, first) if first else found


def _read_parts_of_year(cursor: Cursor) -> Phrase | None:
    """Read two parts of a year of which only the last is named: "du 1er au 2e trimestre 2027"."""
    is_between = cursor.read_phrase(vocabulary.BETWEEN)
    is_since = not is_between and _read_since(cursor)
    cursor.read_phrase(vocabulary.LEADING_WORDS)
    start = cursor.position
    nth = read_ordinal(cursor)
    words = cursor.text_since(start)
    relation = _read_relation(cursor) if nth else None
    last = read_date(cursor) if relation else None
    if nth is None or relation is None or last is None:
        return None
    before = next((before for before, count in YEAR_PARTS if before < last.year_part <= before + count), None)
    if before is None or not before < before + nth < last.year_part:
        return None
    if is_between and relation in (DateRelation.LIST, DateRelation.RANGE):
        relation = DateRelation.BETWEEN
    elif is_between or (is_since and relation is not DateRelation.RANGE):
        return None
    doubts = (_SLASH_DOUBT,) if relation is DateRelation.UNCLEAR else ()
    return Phrase(relation, (last._replace(text=words, year_part=before + nth), last), doubts=doubts)


def _read_relation(cursor: Cursor) -> DateRelation | None:
    """Read what joins two dates: "or", "and", "to" or a slash."""
    joined = next((relation for phrases, relation in _RELATIONS if cursor.read_phrase(phrases)), None)
    return joined or (DateRelation.UNCLEAR if cursor.read_mark("/") else None)


def _read_weekdays_and_days(cursor: Cursor) -> Phrase | None:
    """Read two weekdays before their days: "sam.-dim. 8-9 juin", "Sat/Sun 8/9 June"."""
    cursor.read_phrase(vocabulary.LEADING_WORDS)
    begin = cursor.position
    first = cursor.read_number_word(vocabulary.WEEKDAYS)
    joined = first is not None and (_read_joint(cursor) or cursor.read_mark("/"))
    last = cursor.read_number_word(vocabulary.WEEKDAYS) if joined else None
    if first is None or last is None:
        return None
    words = cursor.text_since(begin)
    cursor.read_mark(",")
    day = read_date(cursor)
    found = _read_following_dates(cursor, day) if day else None
    if found is None or found.relation is DateRelation.SINGLE or not _are_days_of_a_week(found.dates, last - first):
        return None
    opening, *between, closing = found.dates
    opening = opening._replace(weekday=first, weekday_text=words)
    dates = (opening, *between, closing._replace(weekday=last, weekday_text=words))
    return Phrase(DateRelation.LIST if between else DateRelation.RANGE, dates)


def _are_days_of_a_week(dates: tuple[PartialDate, ...], weekdays: int) -> bool:
    """Tell whether the first and the last date are that many weekdays apart, if their month is the same."""
    first, last = dates[0], dates[-1]
    if first.day is None or last.day is None:
        return False
    if first.month in (None, last.month):
        return last.day - first.day == weekdays % 7
    return first.day > 24 and last.day < 7


def _read_day_chain(cursor: Cursor) -> Phrase | None:
    """Read three or more days before a month: "10-11-12 June", "15 16 y 17 de noviembre"."""
    cursor.read_phrase(vocabulary.LEADING_WORDS)
    dates: list[PartialDate] = []
    while day := cursor.attempt(_read_chained_day):
        dates.append(day)
    last = read_date(cursor) if len(dates) > 1 else None
    if last is None or not last.month or not last.day:
        return None
    dates.append(last)
    is_rising = all((day.day or 0) < (after.day or 0) for day, after in pairwise(dates))
    return Phrase(DateRelation.LIST, tuple(dates)) if is_rising else None


def _read_chained_day(cursor: Cursor) -> PartialDate | None:
    """Read a day and what joins it to the number after it."""
    start = cursor.position
    day = cursor.read_number(1, 2)
    words = cursor.text_since(start)
    if not cursor.read_mark("-", "/", ","):
        cursor.read_phrase(vocabulary.AND)
    return PartialDate(text=words, day=day) if day and cursor.current.kind == "number" else None


def _read_joint(cursor: Cursor) -> bool:
    return cursor.read_phrase(vocabulary.AND) or cursor.read_phrase(vocabulary.TO)


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
    if (cursor.current.value, cursor.lookahead.value) == ("a", "las"):  # an hour follows
        return None
    short = cursor.attempt(partial(_read_short_iso_end, first=first), quiet=True)
    if short:
        return short
    word = cursor.current
    adjacent = word.adjacent and cursor.lookahead.adjacent
    end = cursor.attempt(lambda cursor: read_date(cursor) if cursor.read_phrase(vocabulary.TO) else None)
    if end and word.value == "a" and first.year and end.day and end.month is None and first.day:
        doubt = msg("{words} may be an hour or a day: the day is assumed", words=quoted(f"{word.raw} {end.text}"))
        return end._replace(doubts=(*end.doubts, doubt))
    if end and end.is_year_only and not first.is_year_only and (adjacent or first.year is None):
        words = cursor.text.strip()
        message = msg("{words} may be one date or a period until the end of {year}", words=quoted(words), year=end.year)
        raise DatePhraseError(message, msg("write 2018-03, or 2018-03/2019-12"), words)
    return end


def _read_short_iso_end(cursor: Cursor, first: PartialDate) -> PartialDate | None:
    """Read the end of "2026-06-05 to 06-09", whose year is that of the start (ISO 8601-1 §5.5.2)."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", first.text):
        return None
    joined = cursor.read_phrase(vocabulary.TO) or cursor.read_mark("/")
    start = cursor.position
    month, day = cursor.read_number(2), cursor.read_number(2) if cursor.read_mark("-", adjacent=True) else None
    if not joined or not month or not day or month > 12 or cursor.current.kind != "end":
        return None
    return PartialDate(cursor.text_since(start), first.year, month, day)


def _read_following_dates(cursor: Cursor, first: PartialDate) -> Phrase | None:
    """Read the end or the further dates after the first date of a text."""
    end = _read_short_year(cursor, first) or _read_range_end(cursor, first)
    if end:
        return Phrase(DateRelation.RANGE, (first, end))
    if cursor.read_mark("/"):
        return _read_slashed_date(cursor, first)
    dates, relations = [first], set[DateRelation]()
    while following := cursor.attempt(_read_next_date):
        dates.append(following[0])
        relations |= following[1]
    if len(dates) == 1:
        return Phrase(DateRelation.SINGLE, (first,))
    if len(relations) > 1:
        return Phrase(DateRelation.UNCLEAR, tuple(dates))
    return Phrase(relations.pop() if relations else DateRelation.LIST, tuple(dates))


def _read_next_date(cursor: Cursor) -> tuple[PartialDate, set[DateRelation]] | None:
    """Read a comma, "and" or "or" and a date; return it and what the words say."""
    start = cursor.position
    cursor.read_mark(",", ";")
    relations = set()
    if cursor.read_phrase(vocabulary.OR):
        relations = {DateRelation.EITHER}
    elif cursor.read_phrase(vocabulary.AND):
        relations = {DateRelation.LIST}
    found = read_date(cursor) if cursor.position > start else None
    return (found, relations) if found else None


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
    return Phrase(DateRelation.UNCLEAR, (first, last), doubts=(_SLASH_DOUBT,))
