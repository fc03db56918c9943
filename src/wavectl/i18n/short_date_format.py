"""Dates where there is little room: ``14-17 sept. 2017``, and where the year stands elsewhere ``14-17 sept.``."""

from __future__ import annotations

import re
from functools import lru_cache

from wavectl.i18n.date_format import babel_locale

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
