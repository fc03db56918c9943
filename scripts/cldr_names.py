"""Generate ``src/wavectl/i18n/generated_names.py``: names of months, quarters and countries (CLDR) in ``UI_LANGUAGES``.

Loading Babel takes about a seventh of a short run, so the names of the languages of the user interface are kept as
plain Python data. Run the script after an update of Babel; a test compares the file with the installed version.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale

from wavectl.i18n import UI_LANGUAGES

FILE = Path(__file__).parent.parent / "src" / "wavectl" / "i18n" / "generated_names.py"
WIDTHS = ("wide", "abbreviated", "narrow")
HEADER = '''\
"""Names of months, quarters and countries in English, Spanish and French (CLDR).

Generated from Babel by ``scripts/cldr_names.py``: do not edit.
"""

# fmt: off
# ruff: noqa: E501'''


def render() -> str:
    """Return the text of the generated module: one line for each language, whatever its length."""
    months = {language: {width: month_names(language, width) for width in WIDTHS} for language in UI_LANGUAGES}
    quarters = {
        language: tuple(Locale(language).quarters["format"]["abbreviated"].values()) for language in UI_LANGUAGES
    }
    countries = {language: country_names(language) for language in UI_LANGUAGES}
    lines = [HEADER]
    for name, table in (("MONTHS", months), ("QUARTERS", quarters), ("COUNTRIES", countries)):
        lines += [f"{name} = {{", *(f'    "{language}": {table[language]!r},' for language in UI_LANGUAGES), "}"]
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
    return {code: " ".join(names[code].split()) for code in sorted(names) if len(code) == 2 and code.isalpha()}


def main() -> int:
    """Write the module."""
    FILE.write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
