"""Names of months, countries and languages (CLDR), numbers, and places in words: ``Gwangju, Corée du Sud``.

The names in English, Spanish and French come from ``generated_names``, because loading Babel takes about a seventh of
a short run. Babel is only imported for other languages and for regional variants (``fr-CA``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from wavectl.i18n import UI_LANGUAGES, generated_names, translator
from wavectl.text.suggest import normalize_name

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=64)
def is_known_language(language: str) -> bool:
    """Tell whether dates can be written in a language (BCP 47)."""
    return language in UI_LANGUAGES or _find_locale(language) is not None


@lru_cache(maxsize=64)
def _find_locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def babel_locale(language: str) -> Locale:
    """Return the Babel locale of a language (BCP 47), or the English one if it is unknown."""
    from babel import Locale

    return _find_locale(language) or Locale("en")


def text_direction(language: str) -> str:
    """Return ``ltr`` or ``rtl``."""
    return "ltr" if language in UI_LANGUAGES else str(babel_locale(language).text_direction)


@lru_cache(maxsize=64)
def month_names(language: str, width: str = "wide", *, standalone: bool = False) -> Mapping[int, str]:
    """Return the names of the months by number (1-12).

    ``width`` is ``wide``, ``abbreviated`` or ``narrow``; ``standalone`` is the form outside of a date.
    """
    if language in generated_names.MONTHS:
        return dict(enumerate(generated_names.MONTHS[language][width], 1))
    names = babel_locale(language).months["stand-alone" if standalone else "format"][width]
    return {number: str(name) for number, name in names.items()}


def quarter_names(language: str) -> Mapping[int, str]:
    """Return the abbreviated names of the quarters by number (1-4)."""
    if language in generated_names.QUARTERS:
        return dict(enumerate(generated_names.QUARTERS[language], 1))
    quarters = babel_locale(language).quarters["format"]["abbreviated"]  # Babel's stand-alone names are wrong
    return {number: str(name) for number, name in quarters.items()}


@lru_cache(maxsize=1024)
def country_name(country: str, language: str) -> str:
    """Return the name of a country by its ISO 3166-1 code; the code itself if the language has no name for it."""
    if language in generated_names.COUNTRIES and (name := generated_names.COUNTRIES[language].get(country)):
        return name
    return " ".join(str(babel_locale(language).territories.get(country, country)).split())  # some have no-break spaces


def country_names(country: str) -> dict[str, str]:
    """Return the name of a country in each language of the interface, as a text that a message can hold."""
    return {language: country_name(country, language) for language in UI_LANGUAGES}


_THOUSANDS = {"en": (",", 1_000), "es": (".", 10_000), "fr": ("\N{NARROW NO-BREAK SPACE}", 1_000)}
"""What is between thousands in numbers from a size on (CLDR)."""


def format_number(number: int, language: str) -> str:
    """Return a whole number as a language writes it: 12,400; 12 400; 12.400."""
    if language not in _THOUSANDS:
        from babel.numbers import format_decimal

        return format_decimal(number, locale=babel_locale(language))
    separator, smallest = _THOUSANDS[language]
    return f"{number:,}".replace(",", separator) if abs(number) >= smallest else str(number)


def format_percent(percent: int, language: str) -> str:
    """Return a whole number of percent as a language writes it: 62%, in French and Spanish with a no-break space."""
    if language not in UI_LANGUAGES:
        from babel.numbers import format_percent as babel_format

        return babel_format(percent / 100, locale=babel_locale(language))
    return f"{percent}%" if language == "en" else f"{percent}\N{NO-BREAK SPACE}%"


def format_decimal(number: float, language: str) -> str:
    """Return a small number with one digit after the point, which is a comma in many languages: 3.1; 3,1."""
    if language not in UI_LANGUAGES:
        from babel.numbers import format_decimal as babel_format

        return babel_format(round(number, 1), "0.0", locale=babel_locale(language))
    return f"{number:.1f}".replace(".", "." if language == "en" else ",")


@lru_cache(maxsize=4096)
def format_place(
    name: str, country: str | None, language: str, *, online: bool = False, worldwide: bool = False
) -> str:
    """Return a place in words, or "" if nothing is known; ``country`` is an ISO 3166-1 code."""
    translate = translator(language)
    parts = [name] if name else []
    if country:
        parts.append(country_name(country, language))
    if worldwide and not parts:
        parts.append(translate("worldwide"))
    if online:
        parts.append(translate("online"))
    return ", ".join(parts)


def native_language_name(language: str) -> str:
    """Return the name of a language (BCP 47) in that language: français; its code if it is unknown."""
    if language in generated_names.LANGUAGES:
        return generated_names.LANGUAGES[language][language]
    return str(babel_locale(language).get_display_name()) if is_known_language(language) else language


@lru_cache(maxsize=256)
def city_name(zone: str, language: str) -> str:
    """Return the city of a time zone (IANA): Mexico; "" for a zone that is named after none."""
    area, _, city = zone.rpartition("/")
    if not area or area == "Etc":
        return ""
    from wavectl.i18n.generated_cities import CITIES  # few pages name a zone

    return CITIES.get(language.partition("-")[0], {}).get(zone) or city.replace("_", " ")


@lru_cache(maxsize=256)
def language_name(language: str, display_language: str) -> str:
    """Return the name of a language (BCP 47) in another one: anglais; its code if there is no name."""
    if name := generated_names.LANGUAGES.get(display_language, {}).get(language):
        return name
    names = babel_locale(display_language).languages
    return str(names.get(language.replace("-", "_"), names.get(language.partition("-")[0], language)))


def language_names(language: str) -> dict[str, str]:
    """Return the name of a language in each language of the interface, as a text that a message can hold."""
    return {display_language: language_name(language, display_language) for display_language in UI_LANGUAGES}


@lru_cache(maxsize=1)
def language_codes_by_name() -> dict[str, str]:
    """Return the codes of languages by their normalized names in English, Spanish and French."""
    return {
        normalize_name(name): code
        for display_language in UI_LANGUAGES
        for code, name in sorted(babel_locale(display_language).languages.items())
        if "_" not in code
    }
