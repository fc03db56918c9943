"""Places as people write them."""

from __future__ import annotations

import re

import pytest

from wavectl.i18n import catalogues
from wavectl.i18n.place_names import country_name, format_place, language_name, native_language_name
from wavectl.model.types import COUNTRIES


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Gwangju, Corée du Sud"),
        ("en", "Gwangju, South Korea"),
        ("es", "Gwangju, Corea del Sur"),
        ("de", "Gwangju, Südkorea"),
    ],
)
def test_a_place_names_its_country_in_the_language(language: str, text: str) -> None:
    assert format_place("Gwangju", "KR", language) == text


def test_each_part_of_a_place_may_be_missing() -> None:
    assert format_place("", None, "en") == ""
    assert format_place("", "MX", "en") == "Mexico"
    assert format_place("Bonn", None, "en") == "Bonn"
    assert format_place("", None, "en", worldwide=True) == "worldwide"
    assert format_place("", None, "en", online=True) == "online"
    assert format_place("", None, "en", online=True, worldwide=True) == "worldwide, online"
    assert format_place("Bonn", "DE", "en", online=True, worldwide=True) == "Bonn, Germany, online"


@pytest.mark.parametrize("language", ["fr", "es"])
def test_worldwide_and_online_are_phrases_of_the_language(language: str) -> None:
    translate = catalogues.translator(language)
    assert (
        format_place("", None, language, online=True, worldwide=True)
        == f"{translate('worldwide')}, {translate('online')}"
    )


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "ar", "ko"])
def test_every_country_has_a_name_in_ordinary_spaces(language: str) -> None:
    names = {country: country_name(country, language) for country in COUNTRIES}
    assert len(names) == 249
    assert [code for code, name in names.items() if name == code or re.search("[\u00a0\u202f\n]|  ", name)] == []


def test_a_country_that_nobody_knows_is_its_code() -> None:
    assert country_name("QZ", "en") == "QZ"


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "français"), ("en-GB", "English (United Kingdom)"), ("ar", "العربية"), ("qqq", "qqq")],
)
def test_a_language_is_named_in_itself(language: str, name: str) -> None:
    assert native_language_name(language) == name


@pytest.mark.parametrize(
    ("language", "reader", "name"),
    [
        ("en", "fr", "anglais"),
        ("es", "en", "Spanish"),
        ("fr", "es", "francés"),
        ("fr-CA", "en", "Canadian French"),
        ("pt-BR", "fr", "portugais brésilien"),
        ("ca-ES", "fr", "catalan"),
        ("zz", "en", "zz"),
    ],
)
def test_a_language_has_a_name_in_the_readers(language: str, reader: str, name: str) -> None:
    assert language_name(language, reader) == name
