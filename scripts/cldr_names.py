"""Generate ``generated_names.py`` and ``generated_cities.py`` in ``src/wavectl/i18n``: names of months and the like.

Loading Babel takes about a seventh of a short run, so what the languages of the user interface need of CLDR is kept as
plain Python data. Run the script after an update of Babel; a test compares the files with the installed version.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.country_names import country_key

HOME = Path(__file__).parent.parent / "src" / "wavectl" / "i18n"
WIDTHS = ("wide", "abbreviated", "narrow")
CLEARER_NAMES = {"es": {"CG": "República del Congo"}}
"""Names used in place of CLDR's, which another country has too; these are CLDR's own for Latin America."""
OTHER_CODES = frozenset(
    ("ASC", "BUR", "CPT", "DDR", "DGA", "FXX", "QUU", "TAA", "TMP", "XAA", "XBB", "XKK", "YMD", "ZAR", "ZZZ")
)
"""Three-letter codes of CLDR that are no code of a country in ISO 3166-1, or not any more."""
HEADER = '''\
"""Names in English, Spanish and French (CLDR): of months, quarters, countries and these languages; codes of countries.

Generated from Babel by ``scripts/cldr_names.py``: do not edit.
"""

# fmt: off
# ruff: noqa: E501'''


CITIES_HEADER = '''\
"""The cities of time zones in English, Spanish and French (CLDR), where they are not the last part of the zone's name.

Generated from Babel by ``scripts/cldr_names.py``: do not edit.
"""

# fmt: off
# ruff: noqa: E501'''


def render_cities() -> str:
    """Return the text of the module of cities: one line for each language, whatever its length."""
    lines = [CITIES_HEADER, "CITIES = {"]
    for language in UI_LANGUAGES:
        zones = sorted(Locale(language).time_zones.items())
        cities = {zone: str(names["city"]) for zone, names in zones if "city" in names}
        cities = {zone: city for zone, city in cities.items() if city != zone.rpartition("/")[2].replace("_", " ")}
        lines.append(f'    "{language}": {cities!r},')
    return "\n".join([*lines, "}", ""])


def render() -> str:
    """Return the text of the module of names: one line for each language, whatever its length."""
    months = {language: {width: month_names(language, width) for width in WIDTHS} for language in UI_LANGUAGES}
    quarters = {
        language: tuple(Locale(language).quarters["format"]["abbreviated"].values()) for language in UI_LANGUAGES
    }
    countries = {language: country_names(language) for language in UI_LANGUAGES}
    languages = {one: {code: Locale(one).languages[code] for code in UI_LANGUAGES} for one in UI_LANGUAGES}
    tables = (("MONTHS", months), ("QUARTERS", quarters), ("COUNTRIES", countries), ("LANGUAGES", languages))
    lines = [HEADER]
    for name, table in tables:
        lines += [f"{name} = {{", *(f'    "{language}": {table[language]!r},' for language in UI_LANGUAGES), "}"]
    lines += [f"ALPHA_3 = {three_letter_codes()!r}", f"REGIONAL_NAMES = {regional_names()!r}"]
    return "\n".join([*lines, ""])


def month_names(language: str, width: str) -> tuple[str, ...]:
    """Return the names of the months; they are the same inside and outside of dates in these languages."""
    months = Locale(language).months
    names = tuple(str(months["format"][width][number]) for number in range(1, 13))
    if names != tuple(str(months["stand-alone"][width][number]) for number in range(1, 13)):
        raise ValueError(f"{language}: the stand-alone names of months differ")
    return names


def country_names(language: str) -> dict[str, str]:
    """Return the names of countries by their two-letter code, with ordinary spaces."""
    names = Locale(language).territories
    codes = (code for code in sorted(names) if len(code) == 2 and code.isalpha())
    return {code: " ".join(names[code].split()) for code in codes} | CLEARER_NAMES.get(language, {})


def three_letter_codes() -> dict[str, str]:
    """Return the two-letter codes of countries by their three-letter codes."""
    names = Locale("en").territories
    return {
        alias: codes[0]
        for alias, codes in sorted(get_global("territory_aliases").items())
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and codes[0] in names and alias not in OTHER_CODES
    }


def regional_names() -> dict[str, tuple[str, ...]]:
    """Return the names of countries that only some regions of a language use: Rumania in Mexico."""
    codes = set(three_letter_codes().values())
    found: dict[str, dict[str, str]] = {code: {} for code in sorted(codes)}
    known = {country_key(name) for language in UI_LANGUAGES for name in country_names(language).values()}
    for identifier in sorted(locale_identifiers()):
        if identifier.partition("_")[0] in UI_LANGUAGES and Locale.parse(identifier).script is None:
            names = Locale.parse(identifier).territories
            for code in codes & names.keys():
                if (key := country_key(names[code])) not in known:
                    found[code].setdefault(key, " ".join(names[code].split()))
    return {code: tuple(names.values()) for code, names in found.items() if names}


MODULES = {"generated_names.py": render, "generated_cities.py": render_cities}


def main() -> int:
    """Write the modules."""
    for name, text in MODULES.items():
        (HOME / name).write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
