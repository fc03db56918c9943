"""Generate ``src/wavectl/i18n/names_data.py``: names of months, quarters and countries (CLDR) in ``UI_LANGUAGES``.

Loading Babel takes about a seventh of a short run, so the names of the languages of the user interface are kept as
plain Python data. Run the script after an update of Babel; a test compares the file with the installed version.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from wavectl.i18n.catalogues import UI_LANGUAGES

FILE = Path(__file__).parent.parent / "src" / "wavectl" / "i18n" / "names_data.py"
WIDTHS = ("wide", "abbreviated", "narrow")
LINE_LENGTH = 118


def render() -> str:
    """Return the text of the generated module."""
    lines = [
        '"""Names of months, quarters and countries in English, Spanish and French (CLDR).',
        "",
        "Generated from Babel by ``scripts/cldr_names.py``: do not edit.",
        '"""',
        "",
        "# fmt: off",
        "MONTHS = {",
    ]
    for language in UI_LANGUAGES:
        lines.append(f'    "{language}": {{')
        for width in WIDTHS:
            lines += [f'        "{width}": (', *wrap(map(quote, month_names(language, width)), 12), "        ),"]
        lines.append("    },")
    lines += ["}", "QUARTERS = {"]
    for language in UI_LANGUAGES:
        quarters = Locale(language).quarters["format"]["abbreviated"].values()
        lines.append(f'    "{language}": ({", ".join(map(quote, quarters))}),')
    lines += ["}", "COUNTRIES = {"]
    for language in UI_LANGUAGES:
        names = country_names(language).items()
        entries = (f"{quote(code)}: {quote(name)}" for code, name in names)
        lines += [f'    "{language}": {{', *wrap(entries, 8), "    },"]
    return "\n".join([*lines, "}", ""])


def month_names(language: str, width: str) -> list[str]:
    """Return the names of the months; they are the same inside and outside of dates in these languages."""
    months = Locale(language).months
    names = [str(months["format"][width][number]) for number in range(1, 13)]
    if names != [str(months["stand-alone"][width][number]) for number in range(1, 13)]:
        raise ValueError(f"{language}: the stand-alone names of months differ")
    return names


def country_names(language: str) -> dict[str, str]:
    """Return the names of countries by their two-letter code, with ordinary spaces."""
    names = Locale(language).territories
    return {code: " ".join(names[code].split()) for code in sorted(names) if len(code) == 2 and code.isalpha()}


def wrap(entries: Iterator[str], indent: int) -> Iterator[str]:
    """Put as many entries on a line as fit."""
    line = ""
    for entry in entries:
        if line and indent + len(line) + len(entry) + 2 > LINE_LENGTH:
            yield " " * indent + line
            line = ""
        line += f"{' ' if line else ''}{entry},"
    if line:
        yield " " * indent + line


def quote(text: str) -> str:
    """Return a text as a Python string in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> int:
    """Write the module."""
    FILE.write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
