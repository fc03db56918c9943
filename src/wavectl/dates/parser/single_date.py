"""Parse one date: ``lundi 4 septembre 2017``, ``04/09/2017``, ``T3 2018``, ``end of March``.

``_Form`` is a way to write a date: a new one is a line in ``_NTH_FORMS``, ``_NUMBERED_FORMS`` or ``_WORD_FORMS``. Parts
that are not written (the year, the month of the 14 in "14 au 17 septembre") stay None; ``interpret`` fills them in.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, PartialDate
from wavectl.dates.parser.times import read_times
from wavectl.dates.parser.tokens import Cursor
from wavectl.diagnostics import Message, msg, quoted

_MAX_LEADING_WORDS = 3
"""Maximum number of prepositions and articles before a date."""
_SATURDAY = 5


_WEEKS = {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 28), -1: (-7, -1)}
_FORTNIGHTS = {1: (1, 15), 2: (16, 31), -1: (16, 31)}
_THIRDS = ((1, 10), (11, 20), (21, 31))
YEAR_PARTS = _QUARTER, _FOUR_MONTHS, _SEMESTER = (32, 4), (36, 3), (39, 2)
"""The EDTF number before the first quarter, third and half of a year, and how many there are."""


class _Form(NamedTuple):
    """A way to write a date: its parts in order (``?`` marks optional ones), then its year.

    A part in capitals is a table of ``vocabulary``, any other is in ``_read_part``. ``year_marks`` may join the year to
    the rest.
    """

    parts: str
    days: Mapping[int, tuple[int, int]] = {}  # the days of the month by ``nth``: a week or a half of it
    year_part: tuple[int, int] = (0, 0)  # the EDTF number before the first such part of a year, and their count
    year_marks: tuple[str, ...] = ()
    two_digit_year: bool = False


_JOINED = ("-", "/")
_NTH_FORMS = (
    _Form("nth WEEKEND OF? ARTICLE? MONTHS"),
    _Form("nth WEEKDAYS OF? ARTICLE? MONTHS"),
    _Form("nth WEEK OF? ARTICLE? MONTHS", days=_WEEKS),
    _Form("nth FORTNIGHT OF? ARTICLE? MONTHS", days=_FORTNIGHTS),
    _Form("nth HALF OF? ARTICLE? MONTHS", days=_FORTNIGHTS),
    _Form("nth QUARTER", year_part=_QUARTER, year_marks=_JOINED),
    _Form("nth FOUR_MONTHS", year_part=_FOUR_MONTHS, year_marks=_JOINED),
    _Form("nth HALF", year_part=_SEMESTER, year_marks=_JOINED),
    _Form("nth SEMESTER", year_part=_SEMESTER, year_marks=_JOINED),
)
"""The third Sunday of November, the 1st quarter, the second half of March."""
_NUMBERED_FORMS = (
    _Form("QUARTER_SIGNS digit", year_part=_QUARTER, year_marks=_JOINED),
    _Form("digit QUARTER_SIGNS", year_part=_QUARTER, year_marks=_JOINED),
    _Form("FOUR_MONTHS digit", year_part=_FOUR_MONTHS, year_marks=_JOINED),
    _Form("SEMESTER_SIGNS digit", year_part=_SEMESTER, year_marks=_JOINED),
    _Form("digit SEMESTER_SIGNS", year_part=_SEMESTER, year_marks=_JOINED),
)
"""T3, 3T, quarter 3, S2."""
_WORD_FORMS = (
    _Form("year joint MONTHS joint day"),  # 2024-Jun-05
    _Form("year MONTHS day"),
    _Form("year MONTHS"),
    _Form("day joint MONTHS", year_marks=_JOINED, two_digit_year=True),  # 17-Nov-2017
    _Form("day OF? ARTICLE? MONTHS", two_digit_year=True),
    _Form("day"),
    _Form("MONTHS ARTICLE? day"),
    _Form("MONTHS", year_marks=_JOINED),  # Nov-2017, Nov-17
    _Form("YEAR_WORD? year"),
)
"""A day, a month and a year, or some of them, in the order of any of the languages."""
_FIELDS = {"digit": "nth", "WEEKDAYS": "weekday", "WEEKEND": "weekend", "MONTHS": "month"}
"""The field of ``PartialDate`` that a part gives, if its name is another."""


def _read_form(cursor: Cursor, forms: tuple[_Form, ...]) -> PartialDate | None:
    return next((found for form in forms if (found := cursor.attempt(partial(_read_parts, form=form)))), None)


def _read_parts(cursor: Cursor, form: _Form) -> PartialDate | None:
    fields: dict[str, Any] = {}
    for part in form.parts.split():
        name = part.rstrip("?")
        value = _read_part(cursor, name)
        if value is None and name == part:
            return None
        fields[_FIELDS.get(name, name)] = value
    known = {name: value for name, value in fields.items() if name in PartialDate._fields}
    found = _complete(form, PartialDate(**known))
    if found is None or found.year is not None:
        return found
    return found._replace(year=read_following_year(cursor, *form.year_marks, allow_two_digits=form.two_digit_year))


def _complete(form: _Form, found: PartialDate) -> PartialDate | None:
    """Resolve the ordinal of a form; None if there is no such part, "the seventh week"."""
    if form.days:
        return found._replace(nth=0, day_range=form.days[found.nth]) if found.nth in form.days else None
    offset, count = form.year_part
    number = count if found.nth == -1 else found.nth
    if count:
        return found._replace(nth=0, year_part=offset + number) if 1 <= number <= count else None
    if form.parts.startswith("nth ") and found.nth not in (-1, 1, 2, 3, 4, 5):
        return None
    return found._replace(weekday=_SATURDAY) if found.weekend else found


def _read_part(cursor: Cursor, name: str) -> int | str | None:
    match name:
        case "nth":
            return read_ordinal(cursor)
        case "digit":
            return cursor.read_number(1)
        case "day":
            return _read_day_number(cursor)
        case "year":
            return read_year(cursor)
        case "joint":
            return cursor.read_mark("-", "/", adjacent=True) or None
    return cursor.read_table(getattr(vocabulary, name))


def read_date(cursor: Cursor) -> PartialDate | None:
    """Read one date with its weekday and times; None if there is none."""
    day_only = partial(_read_date_and_times, allow_times_before=False)  # the 9 of "au 9 à 2 h" is not an hour
    return cursor.attempt(_read_date_and_times) or cursor.attempt(day_only)


def _read_date_and_times(cursor: Cursor, *, allow_times_before: bool = True) -> PartialDate | None:
    begin = cursor.position
    times_before = read_times(cursor, before_date=True) if allow_times_before else ()
    if times_before:
        cursor.read_mark(",")
    _skip_leading_words(cursor)
    found = cursor.attempt(_read_week_number) or cursor.attempt(_read_week_of_day) or _read_day(cursor)
    if found is None:
        return None
    if found.day is not None and found.weekday is None:
        found = _read_weekday_after(cursor, found)
    found = _expand_two_digit_year(found._replace(text=cursor.text_since(begin)))
    after_day = found.month is not None and bool(found.day or found.nth)
    after_year = after_day and found.year is not None
    return found._replace(times=times_before or read_times(cursor, after_day=after_day, after_year=after_year))


def _skip_leading_words(cursor: Cursor) -> None:
    """Read prepositions and articles before a date, except "au" and "al" with the meaning "until"."""
    for _ in range(_MAX_LEADING_WORDS):
        if cursor.current.value in vocabulary.UNTIL_WORDS and cursor.lookahead.kind in ("number", "ordinal"):
            parts = vocabulary.QUARTER | vocabulary.SEMESTER | vocabulary.FORTNIGHT | {*vocabulary.FOUR_MONTHS}
            if cursor.tokens[cursor.position + 2].value not in parts:
                return
        if not cursor.read_phrase(vocabulary.LEADING_WORDS):
            return


def _read_day(cursor: Cursor) -> PartialDate | None:
    """Read a date in any form except a week; the first number of a quiet form may belong to another one."""
    return (
        cursor.attempt(_read_weekday_and_date)
        or cursor.attempt(read_numeric_date, quiet=True)
        or _read_form(cursor, _NTH_FORMS)
        or cursor.attempt(_read_part_of_year, quiet=True)
        or cursor.attempt(_read_portion)
        or _read_date_in_words(cursor)
    )


def _read_week_number(cursor: Cursor) -> PartialDate | None:
    """Read a week by its ISO 8601 number, "semaine 36 de 2017"; the result is its Monday."""
    number = cursor.read_number(1, 2) if cursor.read_word(vocabulary.WEEK) else None
    year = read_following_year(cursor) if number is not None else None
    if number is None or year is None or year < 1000:
        return None
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return PartialDate(year=monday.year, month=monday.month, day=monday.day, week=True)


def _read_week_of_day(cursor: Cursor) -> PartialDate | None:
    """Read "the week of 4 September 2017" and "week-end du 9 septembre 2017"."""
    week_ending = cursor.read_phrase(vocabulary.WEEK_ENDING)
    week = week_ending or cursor.read_phrase(vocabulary.WEEK_OF)
    weekend = cursor.read_phrase(vocabulary.WEEKEND)
    if weekend and not cursor.read_phrase(vocabulary.OF):
        cursor.read_word(("des",))
    if not (week or weekend):
        return None
    _skip_leading_words(cursor)
    found = _read_day(cursor)
    if found is None or found.day is None:
        return None
    return found._replace(week=week, week_ending=week_ending, weekend=weekend)


def _read_weekday_and_date(cursor: Cursor) -> PartialDate | None:
    """Read a weekday and its date; "mar" is Tuesday (not March) only before a date with a month."""
    word = cursor.current
    weekday = cursor.read_number_word(vocabulary.WEEKDAYS)
    if weekday is None:
        return None
    cursor.read_mark(",")
    cursor.read_phrase(vocabulary.ARTICLE)
    found = cursor.attempt(read_numeric_date) or _read_date_in_words(cursor)
    if found is None or found.day is None:
        return None
    next_is_number = cursor.current.kind in ("number", "ordinal")
    if word.value in vocabulary.MONTHS and (found.month is None or next_is_number):  # "Mar 3-Apr 5"
        return None
    return found._replace(weekday=weekday, weekday_text=word.raw)


def _read_weekday_after(cursor: Cursor, found: PartialDate) -> PartialDate:
    """Read the weekday of "4 September 2017 (Monday)"."""
    start = cursor.position
    bracket = cursor.read_mark("(") or cursor.read_mark(",")
    weekday_text = cursor.current.raw
    weekday = None if cursor.current.value in vocabulary.MONTHS else cursor.read_number_word(vocabulary.WEEKDAYS)
    if weekday is None or cursor.current.kind in ("number", "ordinal"):
        cursor.position = start
        return found
    if bracket:
        cursor.read_mark(")")
    year = read_following_year(cursor) if found.year is None else found.year
    return found._replace(weekday=weekday, weekday_text=weekday_text, year=year)


def _read_part_of_year(cursor: Cursor) -> PartialDate | None:
    """Read a season, T3, Q3 or S2, with the year before or after it."""
    begin = cursor.position
    hemisphere = cursor.read_number_word(vocabulary.HEMISPHERES)
    season = cursor.read_number_word(vocabulary.SEASONS)
    if season is not None:
        hemisphere = hemisphere or cursor.read_number_word(vocabulary.HEMISPHERES) or 0
        return _read_season_year(cursor, season + hemisphere, begin)
    if hemisphere is not None:
        return None
    before = cursor.read_number(4)
    if before is not None:
        cursor.read_mark("-")
    found = _read_form(cursor, _NUMBERED_FORMS)
    if found is None or before is None:
        return found
    return found._replace(year=before) if found.year is None else None


def _read_season_year(cursor: Cursor, season: int, begin: int) -> PartialDate:
    """Read the year of a season that starts at ``begin``, or both years of a winter."""
    found = PartialDate(year_part=season, year=(year := read_following_year(cursor)))
    if season not in vocabulary.SEASONS_OF_TWO_YEARS or year is None:
        return found
    start = cursor.position
    if cursor.read_mark("-", "/", adjacent=True):
        if cursor.read_number(2, 4) in (year + 1, (year + 1) % 100):
            return found
        cursor.position = start
    doubt = msg(
        "{words} may be the season that begins in {year} or the one that ends in {year}: the first is assumed",
        words=quoted(cursor.text_since(begin)),
        year=year,
    )
    return found._replace(doubts=(doubt,))


def _read_portion(cursor: Cursor) -> PartialDate | None:
    """Read the beginning, middle or end of a month, of a part of a year or of a year."""
    portion = next((number for number, phrases in enumerate(vocabulary.PORTIONS) if cursor.read_phrase(phrases)), None)
    if portion is None:
        return None
    cursor.read_mark("-")
    cursor.read_phrase(vocabulary.OF)
    cursor.read_phrase(vocabulary.ARTICLE)
    month = cursor.read_number_word(vocabulary.MONTHS)
    if month is not None:
        return PartialDate(month=month, day_range=_THIRDS[portion], year=read_following_year(cursor))
    found = _read_form(cursor, _NTH_FORMS) or cursor.attempt(_read_part_of_year)
    if found is not None:
        return found._replace(portion=portion) if found.year_part else None
    if cursor.read_phrase(vocabulary.YEAR_WORD):
        return PartialDate(portion=portion, year=read_following_year(cursor))
    year = read_year(cursor)
    return None if year is None else PartialDate(portion=portion, year=year)


def _expand_two_digit_year(found: PartialDate) -> PartialDate:
    if found.year is None or found.year >= 100:
        return found
    full = 2000 + found.year
    doubt = msg("the year of {words} has two digits: {year} is assumed", words=quoted(found.text), year=full)
    return found._replace(year=full, doubts=(*found.doubts, doubt))


def _read_date_in_words(cursor: Cursor) -> PartialDate | None:
    """Read one of ``_WORD_FORMS``; "mar 5" may be a month or a weekday."""
    word = cursor.current
    found = _read_form(cursor, _WORD_FORMS)
    if found and found.day and word.value in vocabulary.MONTHS and word.value in vocabulary.WEEKDAYS:
        doubt = msg("{words} may be a month or a weekday: the month is assumed", words=quoted(word.raw))
        return found._replace(doubts=(doubt,))
    return found


def read_ordinal(cursor: Cursor) -> int | None:
    """Read an ordinal: 1er, 2nd, third, dernier (-1)."""
    if cursor.current.kind == "ordinal":
        return int(cursor.advance().value)
    return cursor.read_number_word(vocabulary.ORDINALS)


def _read_day_number(cursor: Cursor) -> int | None:
    token = cursor.current
    if token.kind in ("number", "ordinal") and len(token.value) <= 2 and 1 <= int(token.value) <= 31:
        cursor.advance()
        cursor.read_mark(".")
        return int(token.value)
    return 1 if cursor.read_word(vocabulary.FIRST_DAY) else None


def read_year(cursor: Cursor) -> int | None:
    """Read a year of four digits, or of two after an apostrophe (the result is then below 100)."""
    start = cursor.position
    if cursor.read_mark("'"):
        short_year = cursor.read_number(2)
        if short_year is None:
            cursor.position = start
        return short_year
    year = cursor.read_number(4)
    if year is not None and year < 1000:
        cursor.position = start
        return None
    return year


def read_following_year(cursor: Cursor, *marks: str, allow_two_digits: bool = False) -> int | None:
    """Read the year after a month or a part of a year, with a comma, "of" or one of ``marks`` between them.

    ``allow_two_digits`` also accepts the 17 of "4 sept 17".
    """
    start = cursor.position
    joined = not cursor.read_mark(",") and cursor.read_mark(*marks, adjacent=True)
    cursor.read_phrase(vocabulary.OF_YEAR)
    year = read_year(cursor)
    following = cursor.lookahead  # "mars-15 avril", "Nov-5-7": the number belongs to the next date
    is_day = following.value in vocabulary.MONTHS or (following.kind == "mark" and following.value in "-/")
    if year is None and not is_day and (joined or (allow_two_digits and cursor.position == start)):
        year = cursor.read_number(2)
    if year is None:
        cursor.position = start
    return year


_SEPARATORS = ("-", "/", ".")


def read_numeric_date(cursor: Cursor) -> PartialDate | None:
    """Read a date in digits; if both orders are possible, the day is first and ``day_month_order`` is ``either``."""
    return (
        cursor.attempt(_read_year_first)
        or cursor.attempt(_read_year_last)
        or cursor.attempt(_read_without_year)
        or cursor.attempt(_read_eight_digits)
    )


def _read_separator(cursor: Cursor, *marks: str) -> str:
    mark = cursor.current.value
    return mark if cursor.read_mark(*marks, adjacent=True) else ""


def _read_year_first(cursor: Cursor) -> PartialDate | None:
    year, mark = cursor.read_number(4), _read_separator(cursor, *_SEPARATORS)
    if year is None or year < 1000 or not mark:
        return None
    written = cursor.current.value
    month = cursor.read_number(1, 2)
    if month is None or (cursor.current.kind == "word" and cursor.current.adjacent):  # 2018-3T
        return None
    day = cursor.attempt(lambda cursor: cursor.read_number(1, 2) if _read_separator(cursor, mark) else None)
    if day is not None:
        return _checked_date(cursor, day, month, year)
    if not 1 <= month <= 12:
        return None
    doubts: tuple[Message, ...] = ()
    if mark == "/" and len(written) == 2 and year % 100 < month:
        doubts = (msg("{words} may be a month or two years: the month is assumed", words=quoted(f"{year}/{written}")),)
    return PartialDate(year=year, month=month, doubts=doubts)


def _read_year_last(cursor: Cursor) -> PartialDate | None:
    first, mark = cursor.read_number(1, 2), _read_separator(cursor, *_SEPARATORS)
    if first is None or not mark:
        return None
    second = cursor.read_number(1, 2)
    if second is None:
        year = cursor.read_number(4)
        return PartialDate(month=first, year=year) if year is not None and 1 <= first <= 12 else None
    if not _read_separator(cursor, mark):
        return None
    year = cursor.read_number(4, 2)
    return None if year is None else _with_day_month_order(cursor, first, second, year, mark)


def _read_without_year(cursor: Cursor) -> PartialDate | None:
    """Read "04/09" and "4.9."; before a month, "5/6" is two days."""
    first, mark = cursor.read_number(1, 2), _read_separator(cursor, "/", ".")
    second = cursor.read_number(1, 2) if first is not None and mark else None
    if first is None or second is None:
        return None
    if mark == ".":
        cursor.read_mark(".")
    start = cursor.position
    cursor.read_phrase(vocabulary.OF)
    if cursor.current.value in vocabulary.MONTHS:
        return None
    cursor.position = start
    return _with_day_month_order(cursor, first, second, None, mark)


def _read_eight_digits(cursor: Cursor) -> PartialDate | None:
    number = cursor.read_number(8)
    return None if number is None else _checked_date(cursor, number % 100, number // 100 % 100, number // 10_000)


def _checked_date(cursor: Cursor, day: int, month: int, year: int | None) -> PartialDate:
    if 1 <= day <= 31 and 1 <= month <= 12:
        return PartialDate(day=day, month=month, year=year)
    message = msg("{words} has a month outside 1-12 or a day outside 1-31", words=quoted(cursor.text.strip()))
    raise DatePhraseError(message, msg("write year-month-day: 2017-09-04"), cursor.text.strip())


def _with_day_month_order(cursor: Cursor, first: int, second: int, year: int | None, separator: str) -> PartialDate:
    """Return the date of two numbers in either order; with dots the day is first."""
    if second > 12 and separator != ".":
        return _checked_date(cursor, second, first, year)._replace(day_month_order="month")
    order = "day" if separator == "." or first > 12 else "either" if first != second else ""
    return _checked_date(cursor, first, second, year)._replace(day_month_order=order)
