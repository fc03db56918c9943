"""Translate messages with the gettext catalogues ``locale/<language>.po``; the English text is the key.

``scripts/catalogues.py`` keeps the catalogues up to date and compiles them.
"""

from collections.abc import Callable
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path

UI_LANGUAGES = ("en", "es", "fr")
"""Languages of the user interface; English is the fallback for any other."""

_CATALOGUE_DIR = Path(__file__).parent / "locale"


@lru_cache(maxsize=8)
def translator(language: str) -> Callable[[str], str]:
    """Return the function that translates an English phrase into a language (BCP 47), else returns it unchanged."""
    base = language.partition("-")[0]
    if base == "en" or base not in UI_LANGUAGES:
        return str
    with (_CATALOGUE_DIR / f"{base}.mo").open("rb") as file:
        return GNUTranslations(file).gettext
