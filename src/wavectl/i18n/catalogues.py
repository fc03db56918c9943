"""The phrases of wavectl in French, English and Spanish, from gettext catalogues; the English ones are the keys.

The catalogues are ``locale/<language>.po``; ``scripts/catalogues.py`` compiles them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path

UI_LANGUAGES = ("en", "es", "fr")
"""The languages that wavectl itself speaks; any other one is answered in English."""

_CATALOGUE_DIR = Path(__file__).parent / "locale"


@lru_cache(maxsize=8)
def translator(language: str) -> Callable[[str], str]:
    """Return what turns an English phrase into the language (BCP 47); into itself where there is no translation."""
    base = language.partition("-")[0]
    if base == "en" or base not in UI_LANGUAGES:
        return str
    with (_CATALOGUE_DIR / f"{base}.mo").open("rb") as file:
        return GNUTranslations(file).gettext
