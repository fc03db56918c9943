"""The whole of a text: how its dates belong together, and the words around them.

A text is one date; one behind "from"; two with "between" or "to"; or a list with commas, "and", "or" or a slash.
Before and behind it stand words that say how sure it is.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.cursor import Cursor
from wavectl.dates.parser.errors import WordsError
from wavectl.dates.parser.phrase import Piece, Said, Shape
from wavectl.dates.parser.single_date import piece
from wavectl.dates.parser.times import clocks
from wavectl.diagnostics import Message, quoted, say

_NEAR = 10
"""How many years may lie between those of "2017-18"."""


def said(text: str) -> Said:
    """Return what a text says; raise ``WordsError`` where it cannot be read."""
    cursor = Cursor(text)
    if _unknown(cursor):
        return Said(Shape.UNKNOWN)
    around = _Around(cursor)
    around.before()
    found = _body(cursor)
    if found is None:
        raise cursor.stumbled()
    around.behind()
    if cursor.now.kind != "end":
        raise cursor.stumbled()
    if around.onwards and found.shape is Shape.ONE:
        found = found._replace(shape=Shape.OPEN)
    return found._replace(
        about=around.about,
        unsure=around.unsure or (around.day_open and any(one.day for one in found.pieces)),
        every=around.every,
        doubts=(*found.doubts, *around.doubts),
    )


def _unknown(cursor: Cursor) -> bool:
    """Read words that stand for a date that nobody knows yet, as the whole of a text."""
    named = False
    cursor.mark("(", "[")
    while True:
        if cursor.phrase(vocabulary.UNKNOWN):
            named = True
        elif not cursor.word(vocabulary.DATE_WORDS) and not cursor.mark(":"):
            break
    cursor.mark(")", "]")
    cursor.mark(".")
    if named and cursor.now.kind == "end":
        return True
    cursor.restart()
    return False


class _Around:
    """The words before and behind a date that say how sure it is, or that it comes back."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.about = self.unsure = self.every = self.onwards = False
        self.day_open = False  # "March 2018, date to be confirmed": the month is not in doubt
        self.doubts: tuple[Message, ...] = ()

    def before(self) -> None:
        """Read the words before a date."""
        cursor = self.cursor
        place = cursor.at
        if not (cursor.word(vocabulary.DATE_WORDS) and cursor.mark(":")):
            cursor.back(place)
        cursor.mark("(")
        while self._word():
            cursor.mark(":", ",", "(")

    def behind(self) -> None:
        """Read the words behind a date, each with or without brackets."""
        cursor = self.cursor
        while True:
            place = cursor.at
            cursor.mark(",", ";")
            dash = cursor.mark("-")
            cursor.mark("(", "[")
            of_the_day = self._date_words()
            onwards = cursor.phrase(vocabulary.ONWARDS) or (dash and cursor.phrase(vocabulary.DOTS))
            if not onwards and of_the_day and cursor.phrase(vocabulary.UNKNOWN):
                self.day_open = True
            elif not onwards and not self._word(dash=dash):
                cursor.back(place)
                break
            self.onwards |= onwards
            cursor.mark(")", "]")
        cursor.mark(")")
        cursor.mark(".")

    def _date_words(self) -> bool:
        """Read articles, "exact" and the like; tell whether "date" or "day" is among them."""
        of_the_day = False
        while word := self.cursor.word(vocabulary.DATE_WORDS):
            of_the_day |= word in vocabulary.DATE
        return of_the_day

    def _word(self, *, dash: bool = False) -> bool:
        cursor = self.cursor
        if cursor.phrase(vocabulary.ABOUT):
            self.about = True
        elif cursor.phrase(vocabulary.EVERY):
            self.every = True
        elif cursor.phrase(vocabulary.UNKNOWN) or cursor.phrase(vocabulary.UNSURE):
            self.unsure = True
            if dash:
                doubt = say("the words behind the dash may speak of the date or of its end: the date is taken")
                self.doubts = (*self.doubts, doubt)
        else:
            return cursor.phrase(vocabulary.INCLUDED)
        return True


def _body(cursor: Cursor) -> Said | None:
    if _since(cursor):
        return _open(cursor)
    place = cursor.at
    if cursor.phrase(vocabulary.BETWEEN):
        first = piece(cursor)
        last = piece(cursor) if first and (cursor.phrase(vocabulary.AND) or cursor.phrase(vocabulary.TO)) else None
        if first and last:
            return Said(Shape.BETWEEN, (first, last))
        cursor.back(place)
        return None
    first = piece(cursor)
    return _joined(cursor, first) if first else None


def _since(cursor: Cursor) -> bool:
    """Read what says that only the start is known; "dès" only with its accent, as "des" means "of the"."""
    if cursor.now.key == "des" and "\u00e8" in normalize("NFC", cursor.now.raw.casefold()):
        cursor.step()
        return True
    return cursor.phrase(vocabulary.FROM)


def _open(cursor: Cursor) -> Said | None:
    place = cursor.at
    in_hours = len(clocks(cursor, first=True)) > 1
    cursor.back(place)
    start = piece(cursor)
    if start is None or in_hours:  # "from 3 to 5 pm on 8 November 2017"
        return Said(Shape.ONE, (start,)) if start else None
    end = _end(cursor, start)
    return Said(Shape.RANGE, (start, end)) if end else Said(Shape.OPEN, (start,))


def _end(cursor: Cursor, first: Piece) -> Piece | None:
    """Read the end of a stretch behind "to". A year alone is refused in "mars - 2018" and "printemps 2018-2019"."""
    place, glued = cursor.at, cursor.now.glued and cursor.following.glued
    if cursor.phrase(vocabulary.TO):
        found = piece(cursor)
        if found and found.is_year and not first.is_year and (glued or first.year is None):
            words = cursor.text.strip()
            message = say(
                "{words} may be one date, or a stretch to the end of {year}", words=quoted(words), year=found.year
            )
            raise WordsError(message, say("write 2018-03, or 2018-03/2019-12"), words)
        if found:
            return found
    cursor.back(place)
    return None


def _joined(cursor: Cursor, first: Piece) -> Said | None:
    """Read what follows the first date of a text: an end, or more dates."""
    end = _short_year(cursor, first) or _end(cursor, first)
    if end:
        return Said(Shape.RANGE, (first, end))
    if cursor.mark("/"):
        return _slashed(cursor, first)
    pieces, either = [first], False
    while True:
        place = cursor.at
        cursor.mark(",", ";")
        ored = cursor.phrase(vocabulary.OR)
        if not ored:
            cursor.phrase(vocabulary.AND)
        found = piece(cursor) if cursor.at > place else None
        if found is None:
            cursor.back(place)
            break
        either |= ored
        pieces.append(found)
    if len(pieces) == 1:
        return Said(Shape.ONE, (first,))
    return Said(Shape.EITHER if either else Shape.LIST, tuple(pieces))


def _short_year(cursor: Cursor, first: Piece) -> Piece | None:
    """Read the second of two years, "2017-18"; a number that can be a month was read as one."""
    place = cursor.at
    if first.year is not None and first.words == str(first.year) and cursor.mark("-", "/", glued=True):
        last = cursor.number(2)
        if last is not None and 0 < last - first.year % 100 <= _NEAR:
            return Piece(words=cursor.words(place + 1), year=first.year - first.year % 100 + last)
    cursor.back(place)
    return None


def _slashed(cursor: Cursor, first: Piece) -> Said | None:
    """Read "2017-05 / 2018-12", from one through the other, or "septembre/octobre 2018", one of the two."""
    last = piece(cursor)
    if last is None:
        return None
    if first.year is not None and last.year is not None:
        return Said(Shape.RANGE, (first, last))
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?", first.words) and last.words.isdigit():  # the short form of ISO 8601
        return Said(Shape.RANGE, (first, last))
    doubt = say("the slash may mean from the one to the other, or one of the two: one of the two is taken")
    return Said(Shape.EITHER, (first, last), doubts=(doubt,))
