"""Dates as people write them: ``14-17 septembre 2017``, ``de février à juillet 2018``, ``date à confirmer``.

French, English and Spanish have patterns of their own, filled with the names that Babel (CLDR) gives; other
languages take Babel's patterns. A date that is not certain is never written as if it were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from wavectl.dates.edtf import DateForm, Point, Precision, When
from wavectl.i18n.catalogues import translator


class _DatePatterns(NamedTuple):
    """How a language writes dates. ``a``, ``b``: the two ends; ``d``, ``m``, ``y``: their days, months, years."""

    day: str
    days_in_month: str
    days_in_year: str
    month: str
    months_in_year: str
    months: str
    year_part: str
    seasons: tuple[str, str, str, str]
    quarter: str
    semester: str
    ordinals: tuple[str, str, str, str]
    between: str
    since: str
    about: str
    about_range: str  # the same of a stretch, which may have prepositions of its own
    articles: tuple[str, str, str, str, str, str]  # after a preposition: of a day, a part of a year, the four seasons
    contractions: tuple[tuple[str, str], ...] = ()  # of a preposition with what follows it
    first_day: str = "1"  # the first day of a month


_PATTERNS: Mapping[str, _DatePatterns] = {
    "fr": _DatePatterns(
        day="{d} {m} {y}",
        days_in_month="{d}-{d2} {m} {y}",
        days_in_year="{d} {m} - {d2} {m2} {y}",
        month="{m} {y}",
        months_in_year="de {m} à {m2} {y}",
        months="de {m} {y} à {m2} {y2}",
        year_part="{part} {y}",
        seasons=("printemps", "été", "automne", "hiver"),
        quarter="{ordinal} trimestre",
        semester="{ordinal} semestre",
        ordinals=("1er", "2e", "3e", "4e"),
        between="entre {a} et {b}",
        since="à partir de {a}",
        about="vers {a}",
        about_range="{a}, environ",
        articles=("le ", "le ", "le ", "l'", "l'", "l'"),
        contractions=(("de le ", "du "), ("de a", "d'a"), ("de o", "d'o")),
        first_day="1er",
    ),
    "en": _DatePatterns(
        day="{d} {m} {y}",
        days_in_month="{d}-{d2} {m} {y}",
        days_in_year="{d} {m} - {d2} {m2} {y}",
        month="{m} {y}",
        months_in_year="{m} to {m2} {y}",
        months="{m} {y} to {m2} {y2}",
        year_part="{part} {y}",
        seasons=("spring", "summer", "autumn", "winter"),
        quarter="{ordinal} quarter of",
        semester="{ordinal} half of",
        ordinals=("first", "second", "third", "fourth"),
        between="between {a} and {b}",
        since="from {a}",
        about="around {a}",
        about_range="{a}, approximately",
        articles=("", "the ", "", "", "", ""),
    ),
    "es": _DatePatterns(
        day="{d} de {m} de {y}",
        days_in_month="{d}-{d2} de {m} de {y}",
        days_in_year="{d} de {m} - {d2} de {m2} de {y}",
        month="{m} de {y}",
        months_in_year="de {m} a {m2} de {y}",
        months="de {m} de {y} a {m2} de {y2}",
        year_part="{part} de {y}",
        seasons=("primavera", "verano", "otoño", "invierno"),
        quarter="{ordinal} trimestre",
        semester="{ordinal} semestre",
        ordinals=("primer", "segundo", "tercer", "cuarto"),
        between="entre {a} y {b}",
        since="a partir de {a}",
        about="hacia {a}",
        about_range="{a}, aproximadamente",
        articles=("el ", "el ", "la ", "el ", "el ", "el "),
        contractions=(("de el ", "del "),),
    ),
}


@lru_cache(maxsize=64)
def is_known_language(language: str) -> bool:
    """Tell whether dates can be written in a language (BCP 47)."""
    return _find_locale(language) is not None


@lru_cache(maxsize=64)
def _find_locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def babel_locale(language: str) -> Locale:
    """Return what Babel knows of a language; of English where it knows nothing."""
    return _find_locale(language) or Locale("en")


@lru_cache(maxsize=64)
def _month_names(language: str) -> Mapping[int, str]:
    names: Mapping[int, str] = babel_locale(language).months["format"]["wide"]
    return names


@lru_cache(maxsize=16_384)
def format_date(when: When, language: str) -> str:
    """Return a date in a language (BCP 47), with all its doubt, in ordinary spaces and hyphens."""
    if when.start is None:
        return translator(language)("date to be confirmed")
    patterns = _PATTERNS.get(language.partition("-")[0])
    text = _format_with_babel(when, language) if patterns is None else _format_unqualified(when, language, patterns)
    marks = when.start.qualifier + (when.end.qualifier if when.end else "")
    if "~" in marks or "%" in marks:
        text = _format_approximate(text, when, patterns)
    return f"{text} (?)" if "?" in marks or "%" in marks else text


def _format_approximate(text: str, when: When, patterns: _DatePatterns | None) -> str:
    """Return a date that is only approximate."""
    if patterns is None:
        return f"~ {text}"
    if when.form is DateForm.SINGLE and when.start is not None:
        return patterns.about.format(a=_with_article(text, when.start, patterns))
    return patterns.about_range.format(a=text)


def _format_unqualified(when: When, language: str, patterns: _DatePatterns) -> str:
    """Return a date without its marks of doubt."""
    assert when.start is not None  # noqa: S101 - date_text answers for unknown dates
    start, end = when.start, when.end
    if end is None:
        text = _format_point(start, language, patterns)
        if when.form is not DateForm.OPEN:
            return text
        return _contract(patterns.since.format(a=_with_article(text, start, patterns)), patterns)
    if when.form is DateForm.SET:
        first, last = _format_range_start(start, end, language, patterns), _format_point(end, language, patterns)
        return patterns.between.format(a=_with_article(first, start, patterns), b=_with_article(last, end, patterns))
    if start.precision is end.precision is Precision.TIME:
        return _format_time_range(start, end, language, patterns)
    pattern = _shared_pattern(start, end, patterns)
    if pattern is None:
        return f"{_format_point(start, language, patterns)} - {_format_point(end, language, patterns)}"
    names = _month_names(language)
    text = pattern.format(
        d=_day_text(start.first, patterns),
        d2=_day_text(end.first, patterns),
        m=names[start.first.month],
        m2=names[end.first.month],
        y=start.first.year,
        y2=end.first.year,
    )
    return _contract(text, patterns)


def _format_range_start(start: Point, end: Point, language: str, patterns: _DatePatterns) -> str:
    """Return the start of a set of days or months, without the month and the year that its end will name."""
    day, month = _day_text(start.first, patterns), _month_names(language)[start.first.month]
    if start.first.year != end.first.year or start.precision is not end.precision:
        return _format_point(start, language, patterns)
    if start.precision is Precision.DAY:
        apart = patterns.days_in_year.partition(" - ")[0]
        return day if start.first.month == end.first.month else apart.format(d=day, m=month)
    return month if start.precision is Precision.MONTH else _format_point(start, language, patterns)


def _shared_pattern(start: Point, end: Point, patterns: _DatePatterns) -> str | None:
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


def _format_point(point: Point, language: str, patterns: _DatePatterns) -> str:
    """Return one end of a date without its marks of doubt."""
    day, year = point.first, str(point.first.year)
    month = _month_names(language)[day.month]
    if point.precision is Precision.DAY:
        return patterns.day.format(d=_day_text(day, patterns), m=month, y=year)
    if point.precision is Precision.TIME:
        return f"{patterns.day.format(d=_day_text(day, patterns), m=month, y=year)}, {_time_text(point)}"
    if point.precision is Precision.MONTH:
        return patterns.month.format(m=month, y=year)
    if point.precision is Precision.YEAR:
        return year
    if point.precision is Precision.SEASON:
        if point.last.year != day.year:
            year = f"{year}-{point.last.year}"
        return patterns.year_part.format(part=patterns.seasons[day.month // 3 - 1], y=year)
    quarter = point.precision is Precision.QUARTER
    ordinal = patterns.ordinals[(day.month - 1) // (3 if quarter else 6)]
    part = (patterns.quarter if quarter else patterns.semester).format(ordinal=ordinal)
    return patterns.year_part.format(part=part, y=year)


def _format_time_range(start: Point, end: Point, language: str, patterns: _DatePatterns) -> str:
    first = _format_point(start, language, patterns)
    if start.first == end.first:
        return f"{first}-{_time_text(end)}"
    return f"{first} - {_format_point(end, language, patterns)}"


def _time_text(point: Point) -> str:
    """Return a time of day, with its offset where the plan writes one."""
    _, _, text = point.text.rstrip("?~%").partition("T")
    return text.replace("Z", " UTC")


def _day_text(day: date, patterns: _DatePatterns) -> str:
    return patterns.first_day if day.day == 1 else str(day.day)


def _with_article(text: str, point: Point, patterns: _DatePatterns) -> str:
    """Return one end of a date as it stands after a preposition."""
    if point.precision is Precision.SEASON:
        return patterns.articles[point.first.month // 3 + 1] + text
    if point.precision in (Precision.QUARTER, Precision.SEMESTER):
        return patterns.articles[1] + text
    return patterns.articles[0] + text if point.precision in (Precision.DAY, Precision.TIME) else text


def _contract(text: str, patterns: _DatePatterns) -> str:
    for apart, together in patterns.contractions:
        text = text.replace(apart, together)
    return text


def _format_with_babel(when: When, language: str) -> str:
    """Return a date as CLDR has it, for languages that have no patterns here."""
    from babel.dates import format_interval, format_skeleton

    assert when.start is not None and when.earliest and when.last_known  # noqa: S101, PT018
    locale = babel_locale(language)
    skeleton = {Precision.DAY: "yMMMMd", Precision.TIME: "yMMMMd", Precision.YEAR: "y"}.get(when.precision, "yMMMM")
    if when.form is DateForm.SET and when.start.precision is not Precision.YEAR:
        skeleton = "yMMMM"  # a set is as vague as a year, but its months are known
    first, last = when.earliest, when.last_known
    if when.form is DateForm.OPEN or ((first.year, first.month) == (last.year, last.month) and skeleton == "yMMMM"):
        text = format_skeleton(skeleton, first, locale=locale)
    elif skeleton == "y" and first.year == last.year:
        text = str(first.year)
    else:
        text = format_interval(first, last, skeleton, locale=locale)
    if when.precision is Precision.TIME:
        text = f"{text}, {_time_text(when.start)}" + (f"-{_time_text(when.end)}" if when.end else "")
    if when.form is DateForm.OPEN:
        text = f"{text} - …"
    return " ".join(text.replace("\u2013", "-").split())


_YEAR_PATTERN = re.compile(r"(?: (?:de|of))?,? (\d{4})\b")


@lru_cache(maxsize=4096)
def shorter_date_texts(text: str, language: str) -> tuple[str, ...]:
    """Return a date that is written in a language (BCP 47) in shorter forms, the shortest last; they may be none.

    The last one leaves out the year where the date names a single one.
    """
    pattern, abbreviations = _month_abbreviations(language)
    short = pattern.sub(lambda found: abbreviations[found[0]], text)
    years = _YEAR_PATTERN.findall(short)
    bare = _YEAR_PATTERN.sub("", short) if len(set(years)) == 1 else short
    return tuple(form for form in dict.fromkeys((short, bare)) if form != text and form.strip())


@lru_cache(maxsize=64)
def _month_abbreviations(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the names of months in a text, and the abbreviation of each."""
    months = babel_locale(language).months["format"]
    names = {name: " ".join(months["abbreviated"][number].split()) for number, name in months["wide"].items()}
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in longest)), names
