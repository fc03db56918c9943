"""Dates as people write them: ``14-17 septembre 2017``, ``de février à juillet 2018``, ``date à confirmer``.

French, English and Spanish have patterns of their own, filled with the names that Babel (CLDR) gives; other
languages take Babel's patterns. A date that is not certain is never written as if it were.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from wavectl.dates.edtf import Form, Point, Precision, When
from wavectl.i18n.catalogues import translator


class _Patterns(NamedTuple):
    """How a language writes dates. ``a``, ``b``: the two ends; ``d``, ``m``, ``y``: their days, months, years."""

    day: str
    days_in_month: str
    days_in_year: str
    month: str
    months_in_year: str
    months: str
    part: str
    seasons: tuple[str, str, str, str]
    quarter: str
    semester: str
    ordinals: tuple[str, str, str, str]
    between: str
    since: str
    about: str
    roughly: str  # the same of a stretch, which may have prepositions of its own
    articles: tuple[str, str, str, str, str, str]  # after a preposition: of a day, a part of a year, the four seasons
    contractions: tuple[tuple[str, str], ...] = ()  # of a preposition with what follows it
    first: str = "1"  # the first day of a month


_PATTERNS: Mapping[str, _Patterns] = {
    "fr": _Patterns(
        day="{d} {m} {y}",
        days_in_month="{d}-{d2} {m} {y}",
        days_in_year="{d} {m} - {d2} {m2} {y}",
        month="{m} {y}",
        months_in_year="de {m} à {m2} {y}",
        months="de {m} {y} à {m2} {y2}",
        part="{part} {y}",
        seasons=("printemps", "été", "automne", "hiver"),
        quarter="{ordinal} trimestre",
        semester="{ordinal} semestre",
        ordinals=("1er", "2e", "3e", "4e"),
        between="entre {a} et {b}",
        since="à partir de {a}",
        about="vers {a}",
        roughly="{a}, environ",
        articles=("le ", "le ", "le ", "l'", "l'", "l'"),
        contractions=(("de le ", "du "), ("de a", "d'a"), ("de o", "d'o")),
        first="1er",
    ),
    "en": _Patterns(
        day="{d} {m} {y}",
        days_in_month="{d}-{d2} {m} {y}",
        days_in_year="{d} {m} - {d2} {m2} {y}",
        month="{m} {y}",
        months_in_year="{m} to {m2} {y}",
        months="{m} {y} to {m2} {y2}",
        part="{part} {y}",
        seasons=("spring", "summer", "autumn", "winter"),
        quarter="{ordinal} quarter of",
        semester="{ordinal} half of",
        ordinals=("first", "second", "third", "fourth"),
        between="between {a} and {b}",
        since="from {a}",
        about="around {a}",
        roughly="{a}, approximately",
        articles=("", "the ", "", "", "", ""),
    ),
    "es": _Patterns(
        day="{d} de {m} de {y}",
        days_in_month="{d}-{d2} de {m} de {y}",
        days_in_year="{d} de {m} - {d2} de {m2} de {y}",
        month="{m} de {y}",
        months_in_year="de {m} a {m2} de {y}",
        months="de {m} de {y} a {m2} de {y2}",
        part="{part} de {y}",
        seasons=("primavera", "verano", "otoño", "invierno"),
        quarter="{ordinal} trimestre",
        semester="{ordinal} semestre",
        ordinals=("primer", "segundo", "tercer", "cuarto"),
        between="entre {a} y {b}",
        since="a partir de {a}",
        about="hacia {a}",
        roughly="{a}, aproximadamente",
        articles=("el ", "el ", "la ", "el ", "el ", "el "),
        contractions=(("de el ", "del "),),
    ),
}


@lru_cache(maxsize=64)
def is_language(language: str) -> bool:
    """Tell whether dates can be written in a language (BCP 47)."""
    return _locale(language) is not None


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def locale_of(language: str) -> Locale:
    """Return what Babel knows of a language; of English where it knows nothing."""
    return _locale(language) or Locale("en")


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[int, str]:
    names: Mapping[int, str] = locale_of(language).months["format"]["wide"]
    return names


@lru_cache(maxsize=16_384)
def date_text(when: When, language: str) -> str:
    """Return a date in a language (BCP 47), with all its doubt, in ordinary spaces and hyphens."""
    if when.start is None:
        return translator(language)("date to be confirmed")
    patterns = _PATTERNS.get(language.partition("-")[0])
    text = _by_babel(when, language) if patterns is None else _stretch(when, language, patterns)
    marks = when.start.doubt + (when.end.doubt if when.end else "")
    if "~" in marks or "%" in marks:
        text = _about(text, when, patterns)
    return f"{text} (?)" if "?" in marks or "%" in marks else text


def _about(text: str, when: When, patterns: _Patterns | None) -> str:
    """Return a date that is only approximate."""
    if patterns is None:
        return f"~ {text}"
    if when.form is Form.SINGLE and when.start is not None:
        return patterns.about.format(a=_the(text, when.start, patterns))
    return patterns.roughly.format(a=text)


def _stretch(when: When, language: str, patterns: _Patterns) -> str:
    """Return a date without its marks of doubt."""
    assert when.start is not None  # noqa: S101 - date_text answers for unknown dates
    start, end = when.start, when.end
    if end is None:
        text = _point(start, language, patterns)
        if when.form is not Form.OPEN:
            return text
        return _contracted(patterns.since.format(a=_the(text, start, patterns)), patterns)
    if when.form is Form.SET:
        first, last = _opening(start, end, language, patterns), _point(end, language, patterns)
        return patterns.between.format(a=_the(first, start, patterns), b=_the(last, end, patterns))
    if start.precision is end.precision is Precision.TIME:
        return _times(start, end, language, patterns)
    pattern = _common(start, end, patterns)
    if pattern is None:
        return f"{_point(start, language, patterns)} - {_point(end, language, patterns)}"
    names = _months(language)
    text = pattern.format(
        d=_day(start.first, patterns),
        d2=_day(end.first, patterns),
        m=names[start.first.month],
        m2=names[end.first.month],
        y=start.first.year,
        y2=end.first.year,
    )
    return _contracted(text, patterns)


def _opening(start: Point, end: Point, language: str, patterns: _Patterns) -> str:
    """Return the start of a set of days or months, without the month and the year that its end will name."""
    day, month = _day(start.first, patterns), _months(language)[start.first.month]
    if start.first.year != end.first.year or start.precision is not end.precision:
        return _point(start, language, patterns)
    if start.precision is Precision.DAY:
        apart = patterns.days_in_year.partition(" - ")[0]
        return day if start.first.month == end.first.month else apart.format(d=day, m=month)
    return month if start.precision is Precision.MONTH else _point(start, language, patterns)


def _common(start: Point, end: Point, patterns: _Patterns) -> str | None:
    """Return the pattern that says once what both ends share; None where they share nothing."""
    same_year = start.first.year == end.first.year
    if start.precision is not end.precision:
        return None
    if start.precision is Precision.MONTH:
        if start.first == end.first:
            return patterns.month
        return patterns.months_in_year if same_year else patterns.months
    if start.precision is Precision.YEAR:
        return "{y}" if same_year else "{y}-{y2}"
    if start.precision is not Precision.DAY or not same_year:
        return None
    if start.first == end.first:
        return patterns.day
    return patterns.days_in_month if start.first.month == end.first.month else patterns.days_in_year


def _point(point: Point, language: str, patterns: _Patterns) -> str:
    """Return one end of a date without its marks of doubt."""
    day, year = point.first, str(point.first.year)
    month = _months(language)[day.month]
    if point.precision is Precision.DAY:
        return patterns.day.format(d=_day(day, patterns), m=month, y=year)
    if point.precision is Precision.TIME:
        return f"{patterns.day.format(d=_day(day, patterns), m=month, y=year)}, {_clock(point)}"
    if point.precision is Precision.MONTH:
        return patterns.month.format(m=month, y=year)
    if point.precision is Precision.YEAR:
        return year
    if point.precision is Precision.SEASON:
        if point.last.year != day.year:
            year = f"{year}-{point.last.year}"
        return patterns.part.format(part=patterns.seasons[day.month // 3 - 1], y=year)
    quarter = point.precision is Precision.QUARTER
    ordinal = patterns.ordinals[(day.month - 1) // (3 if quarter else 6)]
    part = (patterns.quarter if quarter else patterns.semester).format(ordinal=ordinal)
    return patterns.part.format(part=part, y=year)


def _times(start: Point, end: Point, language: str, patterns: _Patterns) -> str:
    first = _point(start, language, patterns)
    if start.first == end.first:
        return f"{first}-{_clock(end)}"
    return f"{first} - {_point(end, language, patterns)}"


def _clock(point: Point) -> str:
    """Return a time of day, with its offset where the plan writes one."""
    _, _, text = point.text.rstrip("?~%").partition("T")
    return text.replace("Z", " UTC")


def _day(day: date, patterns: _Patterns) -> str:
    return patterns.first if day.day == 1 else str(day.day)


def _the(text: str, point: Point, patterns: _Patterns) -> str:
    """Return one end of a date as it stands after a preposition."""
    if point.precision is Precision.SEASON:
        return patterns.articles[point.first.month // 3 + 1] + text
    if point.precision in (Precision.QUARTER, Precision.SEMESTER):
        return patterns.articles[1] + text
    return patterns.articles[0] + text if point.precision in (Precision.DAY, Precision.TIME) else text


def _contracted(text: str, patterns: _Patterns) -> str:
    for apart, together in patterns.contractions:
        text = text.replace(apart, together)
    return text


def _by_babel(when: When, language: str) -> str:
    """Return a date as CLDR has it, for languages that have no patterns here."""
    from babel.dates import format_interval, format_skeleton

    assert when.start is not None and when.earliest and when.known  # noqa: S101, PT018
    locale = locale_of(language)
    skeleton = {Precision.DAY: "yMMMMd", Precision.TIME: "yMMMMd", Precision.YEAR: "y"}.get(when.precision, "yMMMM")
    if when.form is Form.SET and when.start.precision is not Precision.YEAR:
        skeleton = "yMMMM"  # a set is as vague as a year, but its months are known
    first, last = when.earliest, when.known
    if when.form is Form.OPEN or ((first.year, first.month) == (last.year, last.month) and skeleton == "yMMMM"):
        text = format_skeleton(skeleton, first, locale=locale)
    elif skeleton == "y" and first.year == last.year:
        text = str(first.year)
    else:
        text = format_interval(first, last, skeleton, locale=locale)
    if when.precision is Precision.TIME:
        text = f"{text}, {_clock(when.start)}" + (f"-{_clock(when.end)}" if when.end else "")
    if when.form is Form.OPEN:
        text = f"{text} - …"
    return " ".join(text.replace("\u2013", "-").split())
