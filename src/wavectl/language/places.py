"""Places as people write them: ``Gwangju, Corée du Sud``, ``en ligne``, ``dans le monde entier``."""

from __future__ import annotations

from functools import lru_cache

from wavectl.language.dates import locale_of
from wavectl.language.phrases import translator


@lru_cache(maxsize=4096)
def place_text(name: str, country: str | None, language: str, *, online: bool = False, worldwide: bool = False) -> str:
    """Return a place in a language; ``country`` is an ISO 3166-1 code, "" stands for no name. "" for nowhere."""
    translate = translator(language)
    parts = [name] if name else []
    if country:
        parts.append(country_name(country, language))
    if worldwide and not parts:
        parts.append(translate("worldwide"))
    if online:
        parts.append(translate("online"))
    return ", ".join(parts)


@lru_cache(maxsize=1024)
def country_name(country: str, language: str) -> str:
    """Return the name of a country by its ISO 3166-1 code; the code where the language has no name for it."""
    return " ".join(str(locale_of(language).territories.get(country, country)).split())  # some have no-break spaces
