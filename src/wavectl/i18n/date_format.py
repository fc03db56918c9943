"""Format dates in words: ``14–17 septembre 2017``, ``de février à juillet 2018``, ``date à confirmer``.

French, English and Spanish have their own patterns; other languages use those of Babel (CLDR). An uncertain date is
always marked as uncertain.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from wavectl.dates.edtf import DateForm, Point, Precision, When, parse
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.names import babel_locale, month_names


class _DatePatterns(NamedTuple):
    """The date patterns of a language; ``a`` and ``b`` are the two ends in words."""

    of: str  # between day, month and year
    months: tuple[str, str]  # before the first and the last of two months, seasons or quarters
    days: tuple[str, str]  # before the first and the last of two days that a dash cannot join
    seasons: tuple[str, str, str, str]
    hemispheres: tuple[str, str, str]  # a season of either, of the north, of the south
    parts: tuple[str, str, str]  # a quarter, a half and a third of a year
    ordinals: tuple[str, str, str, str]
    between: str
    either: str  # before the last of several days
    at: str  # before a time of day
    since: str
    until: str
    until_part: str  # before a month or a year, which have no article
    about: str
    about_range: str  # of an interval, which has prepositions of its own
    articles: tuple[str, str, str, str, str, str]  # after a preposition: for a day, a part of a year, the four seasons
    contractions: tuple[tuple[str, str], ...] = ()  # of preposition and article
    first_day: str = "1"
    hour: str = ""  # after a time of day
    bare_hours: bool = False  # 15 h, not 15:00 h


_PATTERNS: Mapping[str, _DatePatterns] = {
    "fr": _DatePatterns(
        of=" ",
        months=("de ", " à "),
        days=("de ", " à "),
        at=" à ",
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
        hour=" h",
        bare_hours=True,
    ),
    "en": _DatePatterns(
        of=" ",
        months=("", " to "),
        days=("", " – "),
        at=", ",
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
        days=("de ", " a "),
        at=" a las ",
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
        contractions=(
            ("de el ", "del "),
            (" a el ", " al "),
            (" a las 01:", " a la 01:"),
            (" o 8 ", " u 8 "),
            (" o 11 ", " u 11 "),
        ),
        hour=" h",
    ),
}


@lru_cache(maxsize=16_384)
def format_date(when: When, language: str) -> str:
    """Return a date in words in a language (BCP 47), with its uncertainty, with ordinary spaces."""
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
    if days := _choice_of_days(when):
        return _format_choices(days, language, patterns)
    if when.form is DateForm.SET and (start.first, start.last) != (end.first, end.last):
        first, last = _format_range_start(start, end, language, patterns), _format_point(end, language, patterns)
        return patterns.between.format(a=_with_article(first, start, patterns), b=_with_article(last, end, patterns))
    if start.precision is end.precision is Precision.TIME and start.first == end.first:
        day = _format_point(start._replace(precision=Precision.DAY), language, patterns)
        return f"{day}, {_clock_range(start, end, patterns)}"
    return _format_interval(start, end, language, patterns)


def _format_interval(start: Point, end: Point, language: str, patterns: _DatePatterns) -> str:
    """Return an interval in words; what both ends share is written once."""
    first, last = _format_range_start(start, end, language, patterns), _format_point(end, language, patterns)
    same_precision, same_year = start.precision is end.precision, start.first.year == end.first.year
    if same_precision and (start.first, start.last) == (end.first, end.last):
        return last
    if same_precision and start.precision is Precision.YEAR:
        return f"{first}–{last}"
    before, between = patterns.days
    if same_precision and start.precision is Precision.DAY:
        same_month = same_year and start.first.month == end.first.month
        if same_month and (start.first.day > 1 or not before):
            return f"{first}–{last}"
    elif same_precision and start.precision is not Precision.TIME:
        before, between = patterns.months
    elif same_precision and same_year and before:  # the 8th at 10 pm to the 9th at 2 am
        last = f"{_shared_day(end, start, language, patterns)}{patterns.at}{_clock_text(end, patterns)}"
    if before:
        first, last = _with_article(first, start, patterns), _with_article(last, end, patterns)
    return _contract(f"{before}{first}{between}{last}", patterns)


def _choice_of_days(when: When) -> tuple[Point, ...]:
    """Return the days of a choice; of a set from one day to another, only if these are two days in a row."""
    start, end = when.start, when.end
    if when.form is DateForm.SET and start and end and start.precision is end.precision is Precision.DAY:
        return when.choices or ((start, end) if end.first - start.first == timedelta(1) else ())
    return ()


def _format_choices(days: Sequence[Point], language: str, patterns: _DatePatterns) -> str:
    """Return a choice of days, each without the month and the year that the next one repeats."""
    texts = [_format_range_start(day, after, language, patterns) for day, after in pairwise(days)]
    text = f"{', '.join(texts)}{patterns.either}{_format_point(days[-1], language, patterns)}"
    return _contract(text, patterns)


def _format_range_start(start: Point, end: Point, language: str, patterns: _DatePatterns) -> str:
    """Return the start of a range, without what its end repeats: the month, the year, the kind of a part of a year."""
    text, last = _format_point(start, language, patterns), _format_point(end, language, patterns)
    if start.precision is not end.precision or start.precision is Precision.TIME:
        return text
    if start.precision is Precision.DAY:
        return _shared_day(start, end, language, patterns) if start.first.year == end.first.year else text
    year = re.search(rf"{patterns.of}[\d–]+$", last)
    if year is None or not text.endswith(year[0]):
        return text
    if start.precision not in (Precision.QUARTER, Precision.SEMESTER):
        return text.removesuffix(year[0])
    ordinal, _, kind = text.partition(" ")
    return ordinal if last.endswith(kind) else text


def _shared_day(day: Point, other: Point, language: str, patterns: _DatePatterns) -> str:
    """Return a day without its year, and without its month if that is the month of the other day."""
    text = _day_text(day.first, patterns)
    same_month = day.first.month == other.first.month
    return text if same_month else f"{text}{patterns.of}{month_names(language)[day.first.month]}"


def _format_point(point: Point, language: str, patterns: _DatePatterns) -> str:
    day, year, of = point.first, str(point.first.year), patterns.of
    month = month_names(language)[day.month]
    if point.precision in (Precision.DAY, Precision.TIME):
        text = f"{_day_text(day, patterns)}{of}{month}{of}{year}"
        if point.precision is Precision.DAY:
            return text
        return _contract(f"{text}{patterns.at}{_clock_text(point, patterns)}", patterns)
    if point.precision is Precision.MONTH:
        return f"{month}{of}{year}"
    if point.precision is Precision.YEAR:
        return year
    if point.precision is Precision.SEASON:
        if point.last.year != day.year:
            year = f"{year}–{point.last.year}"
        hemisphere, season = divmod(int(point.text[5:7]) - 21, 4)
        return f"{patterns.hemispheres[hemisphere].format(season=patterns.seasons[season])}{of}{year}"
    months = point.last.month - day.month + 1
    part = patterns.parts[(3, 6, 4).index(months)].format(ordinal=patterns.ordinals[(day.month - 1) // months])
    return f"{part}{of}{year}"


def _clock_range(start: Point, end: Point, patterns: _DatePatterns | None = None) -> str:
    """Return two times of one day; an offset of both is written once, and so is the word for hours after digits."""
    same_offset = start.offset == end.offset
    first = _clock_text(start._replace(offset=None) if same_offset else start, patterns)
    if patterns and same_offset and not patterns.bare_hours:
        first = first.removesuffix(patterns.hour)
    dash = " – " if " " in first else "–"
    return f"{first}{dash}{_clock_text(end, patterns)}"


def _clock_text(point: Point, patterns: _DatePatterns | None = None) -> str:
    """Return the time of day, with its offset if it has one."""
    clock = point.time_of_day or time()
    text = clock.isoformat("seconds" if clock.second else "minutes")
    if patterns and patterns.bare_hours and not clock.second:  # 15 h, 16 h 30
        minutes = f" {clock.minute:02}" if clock.minute else ""
        text = f"{clock.hour}{patterns.hour}{minutes}"
    elif patterns and not clock.second:
        text += patterns.hour
    offset = re.search(r"T[\d:]+Z?([+-].*)?$", point.text.rstrip("?~%"))
    return text if point.offset is None else f"{text} UTC{(offset and offset[1]) or ''}"


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
    if choices := _choice_of_days(when):
        days = [format_skeleton("yMMMMd", day.first, locale=locale) for day in choices]
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
        clock = _clock_range(when.start, when.end) if when.end else _clock_text(when.start)
        text = f"{text}, {clock}"
    if when.form is DateForm.OPEN:
        text = f"{text} – …"
    if when.form is DateForm.UNTIL:
        text = f"… – {text}"
    return " ".join(text.split())


def format_weekdays(when: When, language: str, *, is_whole: bool = False) -> str:
    """Return a date by the days that it is on, or surely between: Wednesday 14 April 2027 – Friday 16 April 2027.

    Times of day are included. Empty where no end is known; a date without one of its ends has the other alone.
    ``is_whole`` includes all days from the first through the last, as in the calendar of a wave.
    """
    translate, names = translator(language), babel_locale(language).days["format"]["wide"]

    def in_words(day: date | None, point: Point | None) -> str | None:
        written = point.text if point and point.precision is Precision.TIME else day and day.isoformat()
        return f"{names[day.weekday()]} {format_date(parse(written), language)}" if day and written else None

    if when.has_time and when.earliest and when.earliest == when.latest:  # may be hours of one day
        return f"{names[when.earliest.weekday()]} {format_date(when, language)}"
    first = in_words(None if when.form is DateForm.UNTIL else when.earliest, when.start)
    last = in_words(when.latest, when.end or when.start)
    if first == last:
        return first or ""
    if first is None or last is None:
        text = phrase("from {first} on") if first else phrase("until {last}")
    else:
        text = phrase("{first} – {last}") if when.is_exact or is_whole else phrase("between {first} and {last}")
    return translate(text).format(first=first, last=last)


def format_local_date(when: When, language: str, zone: str, usual_zone: str) -> str:
    """Return a date in words; a time of day is followed by its zone if that is not the usual one."""
    text = format_date(when, language)
    return f"{text} ({zone})" if zone != usual_zone and when.has_time else text


_YEAR_PATTERN = re.compile(r"(?: (?:de|del|of))?,? (\d{4}(?:–\d{4})?)\b(?: г\.)?")


@lru_cache(maxsize=4096)
def shorter_date_texts(text: str, language: str) -> tuple[str, ...]:
    """Return shorter forms of a date in words, the shortest last: abbreviated months, then without the year.

    The year is only dropped if the date has a single one. The result may be empty.
    """
    short = abbreviate_months(text, language)
    years = set(_YEAR_PATTERN.findall(short))
    without_year = _YEAR_PATTERN.sub("", short) if len(years) == 1 else short
    return tuple(form for form in dict.fromkeys((short, without_year)) if form != text and form.strip())


def abbreviate_months(text: str, language: str) -> str:
    """Return a date in words with abbreviated months."""
    pattern, abbreviations = _month_abbreviations(language)
    return pattern.sub(lambda match: abbreviations[match[0]], text)


def drop_year(text: str, when: When) -> str:
    """Return a date in words without its year, if it lies in one year and says more than that."""
    points = [point for point in (when.start, when.end) if point]
    coarse = any(point.precision is Precision.YEAR for point in points)
    years = {day.year for point in points for day in (point.first, point.last)}
    return text if coarse or len(years) != 1 else _YEAR_PATTERN.sub("", text)


@lru_cache(maxsize=64)
def _month_abbreviations(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds the names of months, and the abbreviation of each."""
    short = month_names(language, "abbreviated")
    abbreviations = {name: " ".join(short[number].split()) for number, name in month_names(language).items()}
    longest = sorted(abbreviations, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in longest)), abbreviations
