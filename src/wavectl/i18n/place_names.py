"""Places as people write them: ``Gwangju, Corée du Sud``, ``en ligne``, ``dans le monde entier``."""

from __future__ import annotations

from functools import lru_cache

from wavectl.i18n.catalogues import UI_LANGUAGES, translator
from wavectl.i18n.date_format import babel_locale, is_known_language
from wavectl.text.suggest import normalize_name


@lru_cache(maxsize=4096)
def format_place(
    name: str, country: str | None, language: str, *, online: bool = False, worldwide: bool = False
) -> str:
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
    return " ".join(str(babel_locale(language).territories.get(country, country)).split())  # some have no-break spaces


def native_language_name(language: str) -> str:
    """Return what a language (BCP 47) calls itself: français; its code where nothing is known of it."""
    return str(babel_locale(language).get_display_name()) if is_known_language(language) else language


@lru_cache(maxsize=256)
def language_name(language: str, display_language: str) -> str:
    """Return what a language (BCP 47) is called in another, the reader's: anglais; its code where that has no name."""
    names = babel_locale(display_language).languages
    return str(names.get(language.replace("-", "_"), names.get(language.partition("-")[0], language)))


@lru_cache(maxsize=1)
def country_aliases() -> dict[str, str]:
    """Return ISO 3166-1 codes of two letters by other codes that people write: KOR, UK."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {alias: codes[0] for alias, codes in aliases.items() if len(codes) == 1 and alias.isalpha()}


@lru_cache(maxsize=1)
def language_codes_by_name() -> dict[str, str]:
    """Return the codes of languages by their names in French, English and Spanish, in plain small letters."""
    return {
        normalize_name(name): code
        for spoken in UI_LANGUAGES
        for code, name in sorted(babel_locale(spoken).languages.items())
        if "_" not in code
    }
