"""Parse one date: ``lundi 4 septembre 2017``, ``04/09/2017``, ``T3 2018``, ``end of March``.

Each reader tries its form at the cursor and goes back if it does not match. Parts that are not written (the year, the
month of the 14 in "14 au 17 septembre") stay None; ``interpret`` fills them in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wavectl.dates.parser import vocabulary
from wavectl.dates.parser.phrase import DatePhraseError, PartialDate
from wavectl.dates.parser.times import read_times
from wavectl.dates.parser.tokens import Cursor
from wavectl.diagnostics import Message, msg, quoted

_MAX_LEADING_WORDS = 3
"""Maximum number of prepositions and articles before a date."""
_MONTH_HALVES = ((1, 15), (16, 31))
_MONTH_THIRDS = ((1, 10), (11, 20), (21, 31))
_SATURDAY = 5


def read_date(cursor: Cursor) -> PartialDate | None:
    """Read one date with its weekday and times; None if there is none."""
    begin = cursor.position
    times_before = read_times(cursor, before_date=True)
    if times_before:
        cursor.read_mark(",")
    _skip_leading_words(cursor)
    partial = _read_week(cursor) or _read_weekday_and_date(cursor) or _read_any_form(cursor)
    if partial is None:
        cursor.go_back(begin)
        return None
    if partial.day is not None and partial.weekday is None:
        partial = _read_weekday_after(cursor, partial)
    partial = _expand_two_digit_year(partial._replace(text=cursor.text_since(begin)))
    return partial._replace(times=times_before or read_times(cursor))


def _skip_leading_words(cursor: Cursor) -> None:
    """Read prepositions and articles before a date, except "au" and "al" with the meaning "until"."""
    for _ in range(_MAX_LEADING_WORDS):
        if cursor.current.value in vocabulary.UNTIL_WORDS and cursor.lookahead.kind in ("number", "ordinal"):
            following = cursor.tokens[cursor.position + 2].value
            if following not in vocabulary.QUARTER | vocabulary.SEMESTER | vocabulary.FORTNIGHT:
                return
        if not cursor.read_phrase(vocabulary.LEADING_WORDS):
            return


def _read_any_form(cursor: Cursor) -> PartialDate | None:
    forms: tuple[Callable[[Cursor], PartialDate | None], ...] = (
        read_numeric_date,
        _read_nth_period,
        _read_year_part,
        _read_portion,
        read_date_in_words,
    )
    for form in forms:
        start, furthest = cursor.position, cursor.furthest
        partial = form(cursor)
        if partial is not None:
            return partial
        cursor.go_back(start)
        if form in (read_numeric_date, _read_year_part):  # their first number may belong to another form
            cursor.furthest = furthest
    return None


def _read_week(cursor: Cursor) -> PartialDate | None:
    """Read "the week of 4 September 2017", "week-end du 9 septembre 2017" and "semaine 36 de 2017"."""
    start = cursor.position
    week_by_number = _read_week_number(cursor)
    if week_by_number is not None:
        return week_by_number
    cursor.go_back(start)
    week, weekend = cursor.read_phrase(vocabulary.WEEK_OF), cursor.read_phrase(vocabulary.WEEKEND)
    if weekend and not cursor.read_phrase(vocabulary.OF):
        cursor.read_word(("des",))
    if week or weekend:
        _skip_leading_words(cursor)
        partial = _read_weekday_and_date(cursor) or _read_any_form(cursor)
        if partial is not None and partial.day is not None:
            return partial._replace(week=week, weekend=weekend)
    cursor.go_back(start)
    return None


def _read_week_number(cursor: Cursor) -> PartialDate | None:
    """Read a week by its ISO 8601 number; the result is its Monday."""
    number = cursor.read_number(1, 2) if cursor.read_word(vocabulary.WEEK) else None
    year = read_following_year(cursor) if number is not None else None
    if number is None or year is None or year < 1000:
        return None
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return PartialDate(year=monday.year, month=monday.month, day=monday.day, week=True)


def _read_weekday_and_date(cursor: Cursor) -> PartialDate | None:
    """Read a weekday and its date; "mar" is Tuesday (not March) only before a date with a month."""
    start = cursor.position
    weekday_text = cursor.current.raw
    either = cursor.current.value in vocabulary.MONTHS
    weekday = cursor.read_number_word(vocabulary.WEEKDAYS)
    if weekday is not None:
        cursor.read_mark(",")
        cursor.read_phrase(vocabulary.ARTICLE)
        partial = read_numeric_date(cursor) or read_date_in_words(cursor)
        either &= (
            partial is None or partial.month is None or cursor.current.kind in ("number", "ordinal")
        )  # "Mar 3-Apr 5"
        if partial is not None and partial.day is not None and not either:
            return partial._replace(weekday=weekday, weekday_text=weekday_text)
    cursor.go_back(start)
    return None


def _read_weekday_after(cursor: Cursor, partial: PartialDate) -> PartialDate:
    """Read the weekday of "4 September 2017 (Monday)"."""
    start = cursor.position
    bracket = cursor.read_mark("(") or cursor.read_mark(",")
    weekday_text = cursor.current.raw
    weekday = None if cursor.current.value in vocabulary.MONTHS else cursor.read_number_word(vocabulary.WEEKDAYS)
    if weekday is None or cursor.current.kind in ("number", "ordinal"):
        cursor.go_back(start)
        return partial
    if bracket:
        cursor.read_mark(")")
    if partial.year is None:
        partial = partial._replace(year=read_following_year(cursor))
    return partial._replace(weekday=weekday, weekday_text=weekday_text)


def _read_ordinal(cursor: Cursor) -> int | None:
    """Read an ordinal: 1er, 2nd, third, dernier (-1)."""
    if cursor.current.kind == "ordinal":
        return int(cursor.advance().value)
    return cursor.read_number_word(vocabulary.ORDINALS)


def _read_nth_period(cursor: Cursor) -> PartialDate | None:
    """Read an ordinal and its unit: the third Sunday of November, the 1st quarter, the second half of March."""
    nth = _read_ordinal(cursor)
    if nth is None:
        return None
    noun, weekend = cursor.current.value, cursor.read_phrase(vocabulary.WEEKEND)
    weekday = _SATURDAY if weekend else cursor.read_number_word(vocabulary.WEEKDAYS)
    if weekday is not None:
        month = read_month_after_of(cursor)
        if month is None or not (nth == -1 or 1 <= nth <= 5):
            return None
        return PartialDate(nth=nth, weekday=weekday, weekend=weekend, month=month, year=read_following_year(cursor))
    if cursor.read_word(vocabulary.WEEK):
        return _read_days_of_month(cursor, {n: (7 * n - 6, 7 * n) for n in (1, 2, 3, 4)} | {-1: (-7, -1)}, nth)
    if cursor.read_word(vocabulary.FORTNIGHT):
        return _read_days_of_month(cursor, {1: _MONTH_HALVES[0], 2: _MONTH_HALVES[1], -1: _MONTH_HALVES[1]}, nth)
    if cursor.read_word(vocabulary.QUARTER):
        return _read_nth_year_part(cursor, 32, 4, nth)
    if cursor.read_word(vocabulary.SEMESTER | vocabulary.HALF):
        start = cursor.position
        partial = (
            _read_days_of_month(cursor, {1: _MONTH_HALVES[0], 2: _MONTH_HALVES[1], -1: _MONTH_HALVES[1]}, nth)
            if noun in vocabulary.HALF
            else None
        )
        if partial is not None:
            return partial
        cursor.go_back(start)
        return _read_nth_year_part(cursor, 39, 2, nth)
    return None


def _read_days_of_month(cursor: Cursor, ranges: dict[int, tuple[int, int]], nth: int) -> PartialDate | None:
    """Read the month after one of its weeks or halves."""
    month = read_month_after_of(cursor)
    if month is None or nth not in ranges:
        return None
    return PartialDate(month=month, day_range=ranges[nth], year=read_following_year(cursor))


def _read_nth_year_part(cursor: Cursor, offset: int, count: int, nth: int) -> PartialDate | None:
    if nth != -1 and not 1 <= nth <= count:
        return None
    number = count if nth == -1 else nth
    return PartialDate(year_part=offset + number, year=read_following_year(cursor, "-", "/"))


def _read_year_part(cursor: Cursor) -> PartialDate | None:
    """Read a season, T3, Q3 or S2, with the year before or after it."""
    season = cursor.read_number_word(vocabulary.SEASONS)
    if season is not None:
        return _read_season_year(cursor, season)
    before = cursor.read_number(4)
    if before is not None:
        cursor.read_mark("-")
    number = cursor.read_number(1)
    letter = cursor.read_word(vocabulary.YEAR_PART_LETTERS)
    if not letter:
        noun = cursor.read_word(vocabulary.QUARTER | vocabulary.SEMESTER)
        letter = "t" if noun in vocabulary.QUARTER else "s" if noun else ""
    if not letter:
        return None
    number = cursor.read_number(1) if number is None else number
    if number is None:
        return None
    partial = _read_nth_year_part(cursor, *vocabulary.YEAR_PART_LETTERS[letter], number)
    if partial is not None and before is not None:
        return partial._replace(year=before) if partial.year is None else None
    return partial


def _read_season_year(cursor: Cursor, season: int) -> PartialDate:
    """Read the year of a season, or both years of a winter."""
    begin = max(cursor.position - 1, 0)
    year = read_following_year(cursor)
    if season != vocabulary.WINTER or year is None:
        return PartialDate(year_part=season, year=year)
    start = cursor.position
    if cursor.read_mark("-", "/", adjacent=True):
        following = cursor.read_number(4) or cursor.read_number(2)
        if following in (year + 1, (year + 1) % 100):
            return PartialDate(year_part=season, year=year)
        cursor.go_back(start)
    doubt = msg(
        "{words} may be the winter that begins in {year} or the one that ends in {year}: the first is assumed",
        words=quoted(cursor.text_since(begin)),
        year=year,
    )
    return PartialDate(year_part=season, year=year, doubts=(doubt,))


def _read_portion(cursor: Cursor) -> PartialDate | None:
    """Read the beginning, middle or end of a month, of a part of a year or of a year."""
    portion = next((number for number, phrases in enumerate(vocabulary.PORTIONS) if cursor.read_phrase(phrases)), None)
    if portion is None:
        return None
    cursor.read_mark("-")
    cursor.read_phrase(vocabulary.OF)
    cursor.read_phrase(vocabulary.ARTICLE)
    month = read_month(cursor)
    if month is not None:
        return PartialDate(month=month, day_range=_MONTH_THIRDS[portion], year=read_following_year(cursor))
    start = cursor.position
    partial = _read_nth_period(cursor)
    if partial is None:
        cursor.go_back(start)
        partial = _read_year_part(cursor)
    if partial is not None:
        return partial._replace(portion=portion) if partial.year_part else None
    cursor.go_back(start)
    if cursor.read_phrase(vocabulary.YEAR_WORD):
        return PartialDate(portion=portion, year=read_following_year(cursor))
    year = read_year(cursor)
    return None if year is None else PartialDate(portion=portion, year=year)


def _expand_two_digit_year(partial: PartialDate) -> PartialDate:
    """Complete a year of two digits, with a doubt."""
    if partial.year is None or partial.year >= 100:
        return partial
    full = 2000 + partial.year
    doubt = msg("the year of {words} has two digits: {year} is assumed", words=quoted(partial.text), year=full)
    return partial._replace(year=full, doubts=(*partial.doubts, doubt))


def read_date_in_words(cursor: Cursor) -> PartialDate | None:
    """Read a day, a month and a year, or some of them, in the order of any of the languages."""
    day = _read_day(cursor)
    if day is None:
        return _read_month_first(cursor)
    start = cursor.position
    if cursor.read_mark("-", "/", adjacent=True):  # 17-Nov-2017
        month = read_month(cursor)
        if month is not None:
            return PartialDate(day=day, month=month, year=read_following_year(cursor, "-", "/", allow_two_digits=True))
        cursor.go_back(start)
    month = read_month_after_of(cursor)
    if month is None:
        cursor.go_back(start)
    return PartialDate(day=day, month=month, year=read_following_year(cursor, allow_two_digits=month is not None))


def _read_month_first(cursor: Cursor) -> PartialDate | None:
    """Read a month followed by a day and a year, or a year alone."""
    word, either = cursor.current.raw, cursor.current.value in vocabulary.WEEKDAYS
    month = read_month(cursor)
    if month is None:
        cursor.read_phrase(vocabulary.YEAR_WORD)
        year = read_year(cursor)
        return None if year is None else PartialDate(year=year)
    start = cursor.position
    cursor.read_phrase(vocabulary.ARTICLE)
    day = _read_day(cursor)
    if day is None:
        cursor.go_back(start)
        return PartialDate(month=month, year=read_following_year(cursor, "-", "/"))  # Nov-2017, Nov-17
    doubts: tuple[Message, ...] = ()
    if either:
        doubts = (msg("{words} may be a month or a weekday: the month is assumed", words=quoted(word)),)
    return PartialDate(day=day, month=month, year=read_following_year(cursor), doubts=doubts)


def _read_day(cursor: Cursor) -> int | None:
    """Read the number of a day."""
    token = cursor.current
    if token.kind in ("number", "ordinal") and len(token.value) <= 2 and 1 <= int(token.value) <= 31:
        cursor.advance()
        cursor.read_mark(".")
        return int(token.value)
    return 1 if cursor.read_word(vocabulary.FIRST_DAY) else None


def read_month(cursor: Cursor) -> int | None:
    """Read the name of a month."""
    return cursor.read_number_word(vocabulary.MONTHS)


def read_month_after_of(cursor: Cursor) -> int | None:
    """Read a month, with or without "of" before it."""
    cursor.read_phrase(vocabulary.OF)
    cursor.read_phrase(vocabulary.ARTICLE)
    return read_month(cursor)


def read_year(cursor: Cursor) -> int | None:
    """Read a year of four digits, or of two after an apostrophe (the result is then below 100)."""
    start = cursor.position
    if cursor.read_mark("'"):
        short_year = cursor.read_number(2)
        if short_year is None:
            cursor.go_back(start)
        return short_year
    year = cursor.read_number(4)
    if year is not None and year < 1000:
        cursor.go_back(start)
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
    if (
        year is None
        and (joined or (allow_two_digits and cursor.position == start))
        and not _number_starts_next_date(cursor)
    ):
        year = cursor.read_number(2)
    if year is None:
        cursor.go_back(start)
    return year


def _number_starts_next_date(cursor: Cursor) -> bool:
    """Tell whether the next number belongs to the date after it: "mars-15 avril", "Nov-5-7"."""
    return cursor.lookahead.value in vocabulary.MONTHS or (
        cursor.lookahead.kind == "mark" and cursor.lookahead.value in "-/"
    )


_SEPARATORS = ("-", "/", ".")


def read_numeric_date(cursor: Cursor) -> PartialDate | None:
    """Read a date in digits; if both orders are possible, the day is first and ``day_month_order`` is ``either``."""
    for form in (_read_year_first, _read_year_last, _read_without_year, _read_eight_digits):
        start = cursor.position
        partial = form(cursor)
        if partial is not None:
            return partial
        cursor.go_back(start)
    return None


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
    start = cursor.position
    if _read_separator(cursor, mark):
        day = cursor.read_number(1, 2)
        if day is not None:
            return _checked_date(cursor, day, month, year)
        cursor.go_back(start)
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
    cursor.go_back(start)
    return _with_day_month_order(cursor, first, second, None, mark)


def _read_eight_digits(cursor: Cursor) -> PartialDate | None:
    number = cursor.read_number(8)
    if number is None:
        return None
    return _checked_date(cursor, number % 100, number // 100 % 100, number // 10_000)


def _checked_date(cursor: Cursor, day: int, month: int, year: int | None) -> PartialDate:
    if 1 <= day <= 31 and 1 <= month <= 12:
        return PartialDate(day=day, month=month, year=year)
    raise DatePhraseError(
        msg("{words} has a month outside 1-12 or a day outside 1-31", words=quoted(cursor.text.strip())),
        msg("write year-month-day: 2017-09-04"),
        cursor.text.strip(),
    )


def _with_day_month_order(cursor: Cursor, first: int, second: int, year: int | None, separator: str) -> PartialDate:
    """Return the date of two numbers in either order; with dots the day is first."""
    if second > 12 and separator != ".":
        return _checked_date(cursor, second, first, year)._replace(day_month_order="month")
    order = "either" if separator != "." and first <= 12 and first != second else "day"
    return _checked_date(cursor, first, second, year)._replace(day_month_order=order)
