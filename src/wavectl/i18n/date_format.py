"""Format dates in words: ``14-17 septembre 2017``, ``de février à juillet 2018``, ``date à confirmer``.

French, English and Spanish have their own patterns; other languages use those of Babel (CLDR). An uncertain date is
always marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates.edtf import DateForm, Point, Precision, When
from wavectl.i18n import translator
from wavectl.i18n.names import babel_locale, month_names


class _DatePatterns(NamedTuple):
    """The date patterns of a language; ``a`` and ``b`` are the two ends in words."""

    of: str  # between day, month and year
    months: tuple[str, str]  # before the first and the last of two months
    seasons: tuple[str, str, str, str]
    hemispheres: tuple[str, str, str]  # a season of either, of the north, of the south
    parts: tuple[str, str, str]  # a quarter, a half and a third of a year
    ordinals: tuple[str, str, str, str]
    between: str
    either: str  # before the last of several days
    since: str
    until: str
    until_part: str  # before a month or a year, which have no article
    about: str
    about_range: str  # of an interval, which has prepositions of its own
    articles: tuple[str, str, str, str, str, str]  # after a preposition: for a day, a part of a year, the four seasons
    contractions: tuple[tuple[str, str], ...] = ()  # of preposition and article
    first_day: str = "1"


_PATTERNS: Mapping[str, _DatePatterns] = {
    "fr": _DatePatterns(
        of=" ",
        months=("de ", " à "),
        seasons=("printemps", "été", "automne", "hiver"),
        hemispheres=("{season}", "{season} boréal", "{season} austral"),
        parts=("{ordinal} trimestre", "{ordinal} semestre", "{ordinal} quadrimestre"),
        ordinals=("1er", "2e", "3e", "4e"),
        between="entre {a} et {b}",
        either=" ou ",
        since="à partir de {a}",
        until="jusqu'à {a}",
        until_part="jusqu'en {a}",
        about="vers {a}",
        about_range="{a}, environ",
        articles=("le ", "le ", "le ", "l'", "l'", "l'"),
        contractions=(("de le ", "du "), ("à le ", "au "), ("de a", "d'a"), ("de o", "d'o")),
        first_day="1er",
    ),
    "en": _DatePatterns(
        of=" ",
        months=("", " to "),
        seasons=("spring", "summer", "autumn", "winter"),
        hemispheres=("{season}", "northern {season}", "southern {season}"),
        parts=("{ordinal} quarter of", "{ordinal} half of", "{ordinal} four-month period of"),
        ordinals=("first", "second", "third", "fourth"),
        between="between {a} and {b}",
        either=" or ",
        since="from {a}",
        until="until {a}",
        until_part="until {a}",
        about="around {a}",
        about_range="{a}, approximately",
        articles=("", "the ", "", "", "", ""),
    ),
    "es": _DatePatterns(
        of=" de ",
        months=("de ", " a "),
        seasons=("primavera", "verano", "otoño", "invierno"),
        hemispheres=("{season}", "{season} boreal", "{season} austral"),
        parts=("{ordinal} trimestre", "{ordinal} semestre", "{ordinal} cuatrimestre"),
        ordinals=("primer", "segundo", "tercer", "cuarto"),
        between="entre {a} y {b}",
        either=" o ",
        since="a partir de {a}",
        until="hasta {a}",
        until_part="hasta {a}",
        about="hacia {a}",
        about_range="{a}, aproximadamente",
        articles=("el ", "el ", "la ", "el ", "el ", "el "),
        contractions=(("de el ", "del "), (" o 8 ", " u 8 "), (" o 11 ", " u 11 ")),
    ),
}


@lru_cache(maxsize=16_384)
def format_date(when: When, language: str) -> str:
    """Return a date in words in a language (BCP 47), with its uncertainty, in plain spaces and hyphens."""
    if when.start is None:
        return translator(language)("date to be confirmed")
    patterns = _PATTERNS.get(language.partition("-")[0])
    text = _format_with_babel(when, language) if patterns is None else _format_unqualified(when, language, patterns)
    marks = when.start.qualifier + (when.end.qualifier if when.end else "")
    if "~" in marks or "%" in marks:
        if patterns is None:
            text = f"~ {text}"
        elif when.form is DateForm.SINGLE:
            text = patterns.about.format(a=_with_article(text, when.start, patterns))
        else:
            text = patterns.about_range.format(a=text)
    return f"{text} (?)" if "?" in marks or "%" in marks else text


def _format_unqualified(when: When, language: str, patterns: _DatePatterns) -> str:
    assert when.start is not None  # noqa: S101 - format_date handles unknown dates
    start, end = when.start, when.end
    if end is None:
        text = _format_point(start, language, patterns)
        if when.form is DateForm.SINGLE:
            return text
        is_plain = start.precision in (Precision.MONTH, Precision.YEAR)
        until = patterns.until_part if is_plain else patterns.until
        bound = patterns.since if when.form is DateForm.OPEN else until
        return _contract(bound.format(a=_with_article(text, start, patterns)), patterns)
    if when.choices:
        return _format_choices(when.choices, language, patterns)
    if when.form is DateForm.SET:
        first, last = _format_range_start(start, end, language, patterns), _format_point(end, language, patterns)
        return patterns.between.format(a=_with_article(first, start, patterns), b=_with_article(last, end, patterns))
    if start.precision is end.precision is Precision.TIME and start.first == end.first:
        text, clock = _format_point(start, language, patterns), _time_text(end)
        if start.offset == end.offset:  # the zone of both is written once
            return f"{text.partition(' UTC')[0]}-{clock}"
        return f"{text} - {clock}"
    pattern = _shared_pattern(start, end)
    if pattern is None:
        return f"{_format_point(start, language, patterns)} - {_format_point(end, language, patterns)}"
    names = month_names(language)
    text = pattern.format(
        d=_day_text(start.first, patterns),
        d2=_day_text(end.first, patterns),
        m=names[start.first.month],
        m2=names[end.first.month],
        y=start.first.year,
        y2=end.first.year,
        of=patterns.of,
        months=patterns.months,
    )
    return _contract(text, patterns)


def _format_choices(days: Sequence[Point], language: str, patterns: _DatePatterns) -> str:
    """Return a choice of days, each without the month and the year that the next one repeats."""
    texts = [_format_range_start(day, after, language, patterns) for day, after in pairwise(days)]
    text = f"{', '.join(texts)}{patterns.either}{_format_point(days[-1], language, patterns)}"
    return _contract(text, patterns)


def _format_range_start(start: Point, end: Point, language: str, patterns: _DatePatterns) -> str:
    """Return the start of a set, without the month and the year that its end repeats."""
    day, month = _day_text(start.first, patterns), month_names(language)[start.first.month]
    if start.first.year == end.first.year and start.precision is end.precision:
        if start.precision is Precision.DAY:
            return day if start.first.month == end.first.month else f"{day}{patterns.of}{month}"
        if start.precision is Precision.MONTH:
            return month
    return _format_point(start, language, patterns)


def _shared_pattern(start: Point, end: Point) -> str | None:
    """Return the pattern that writes what both ends share only once; None if they share nothing."""
    same, same_year = start.first == end.first, start.first.year == end.first.year
    if start.precision is not end.precision:
        return None
    if start.precision is Precision.MONTH:
        if same:
            return "{m}{of}{y}"
        return "{months[0]}{m}{months[1]}{m2}{of}{y}" if same_year else "{months[0]}{m}{of}{y}{months[1]}{m2}{of}{y2}"
    if start.precision is Precision.YEAR:
        return "{y}" if same else "{y}-{y2}"
    if start.precision is not Precision.DAY or not same_year:
        return None
    if same:
        return "{d}{of}{m}{of}{y}"
    same_month = start.first.month == end.first.month
    return "{d}-{d2}{of}{m}{of}{y}" if same_month else "{d}{of}{m} - {d2}{of}{m2}{of}{y}"


def _format_point(point: Point, language: str, patterns: _DatePatterns) -> str:
    day, year, of = point.first, str(point.first.year), patterns.of
    month = month_names(language)[day.month]
    if point.precision in (Precision.DAY, Precision.TIME):
        text = f"{_day_text(day, patterns)}{of}{month}{of}{year}"
        return f"{text}, {_time_text(point)}" if point.precision is Precision.TIME else text
    if point.precision is Precision.MONTH:
        return f"{month}{of}{year}"
    if point.precision is Precision.YEAR:
        return year
    if point.precision is Precision.SEASON:
        if point.last.year != day.year:
            year = f"{year}-{point.last.year}"
        hemisphere, season = divmod(int(point.text[5:7]) - 21, 4)
        return f"{patterns.hemispheres[hemisphere].format(season=patterns.seasons[season])}{of}{year}"
    months = point.last.month - day.month + 1
    part = patterns.parts[(3, 6, 4).index(months)].format(ordinal=patterns.ordinals[(day.month - 1) // months])
    return f"{part}{of}{year}"


def _time_text(point: Point) -> str:
    """Return the time of day as written, with its offset if it has one."""
    _, _, text = point.text.rstrip("?~%").partition("T")
    return re.sub(r"Z|(?=[+-])", " UTC", text)


def _day_text(day: date, patterns: _DatePatterns) -> str:
    return patterns.first_day if day.day == 1 else str(day.day)


def _with_article(text: str, point: Point, patterns: _DatePatterns) -> str:
    if point.precision is Precision.SEASON:
        return patterns.articles[(int(point.text[5:7]) - 21) % 4 + 2] + text
    if point.precision in (Precision.QUARTER, Precision.SEMESTER):
        return patterns.articles[1] + text
    return patterns.articles[0] + text if point.precision in (Precision.DAY, Precision.TIME) else text


def _contract(text: str, patterns: _DatePatterns) -> str:
    for apart, together in patterns.contractions:
        text = text.replace(apart, together)
    return text


def _format_with_babel(when: When, language: str) -> str:
    from babel.dates import format_interval, format_skeleton
    from babel.lists import format_list

    assert when.start is not None and when.earliest and when.last_known  # noqa: S101, PT018
    locale = babel_locale(language)
    if when.choices:
        days = [format_skeleton("yMMMMd", day.first, locale=locale) for day in when.choices]
        return " ".join(format_list(days, style="or", locale=locale).split())
    skeleton = {Precision.DAY: "yMMMMd", Precision.TIME: "yMMMMd", Precision.YEAR: "y"}.get(when.precision, "yMMMM")
    if when.form is DateForm.SET and when.start.precision is not Precision.YEAR:
        skeleton = "yMMMM"  # its precision is a year, but its months are known
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
    if when.form is DateForm.UNTIL:
        text = f"… - {text}"
    return " ".join(text.replace("\u2013", "-").split())


def format_local_date(when: When, language: str, zone: str, usual_zone: str) -> str:
    """Return a date in words; a time of day is followed by its zone if that is not the usual one."""
    text = format_date(when, language)
    return f"{text} ({zone})" if zone != usual_zone and when.has_time else text


_YEAR_PATTERN = re.compile(r"(?: (?:de|of))?,? (\d{4})\b")


@lru_cache(maxsize=4096)
def shorter_date_texts(text: str, language: str) -> tuple[str, ...]:
    """Return shorter forms of a date in words, the shortest last: abbreviated months, then without the year.

    The year is only dropped if the date has a single one. The result may be empty.
    """
    pattern, abbreviations = _month_abbreviations(language)
    short = pattern.sub(lambda match: abbreviations[match[0]], text)
    years = _YEAR_PATTERN.findall(short)
    without_year = _YEAR_PATTERN.sub("", short) if len(set(years)) == 1 else short
    return tuple(form for form in dict.fromkeys((short, without_year)) if form != text and form.strip())


@lru_cache(maxsize=64)
def _month_abbreviations(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds the names of months, and the abbreviation of each."""
    short = month_names(language, "abbreviated")
    abbreviations = {name: " ".join(short[number].split()) for number, name in month_names(language).items()}
    longest = sorted(abbreviations, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in longest)), abbreviations
