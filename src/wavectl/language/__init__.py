"""The reader's language: dates as people write them, and the fixed phrases of wavectl."""

from wavectl.language.dates import date_text, is_language
from wavectl.language.phrases import LANGUAGES, translator
from wavectl.language.places import country_name, place_text

__all__ = ["LANGUAGES", "country_name", "date_text", "is_language", "place_text", "translator"]
