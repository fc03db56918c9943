"""Names of months, countries and languages, and places in words."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from babel import Locale

from support.scripts import load_script
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.i18n.names import (
    city_name,
    country_name,
    format_number,
    format_percent,
    format_place,
    language_name,
    month_names,
    native_language_name,
    quarter_names,
    text_direction,
)
from wavectl.model.types import COUNTRIES
from wavectl.text.terminal import printable

cldr_names = load_script("cldr_names")


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
    translate = translator(language)
    assert (
        format_place("", None, language, online=True, worldwide=True)
        == f"{translate('worldwide')}, {translate('online')}"
    )


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "ar", "ko"])
def test_every_country_has_a_name_in_ordinary_spaces(language: str) -> None:
    names = {country: country_name(country, language) for country in COUNTRIES}
    assert len(names) == 249
    assert [code for code, name in names.items() if name == code or re.search("[\u00a0\u202f\n]|  ", name)] == []


def test_a_country_without_a_known_name_is_shown_as_its_code() -> None:
    assert country_name("QZ", "en") == "QZ"


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "français"), ("en-GB", "English (United Kingdom)"), ("ar", "العربية"), ("qqq", "qqq")]
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


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["999", "1,204", "12,400"]),
        ("es", ["999", "1204", "12.400"]),
        ("fr", ["999", "1\u202f204", "12\u202f400"]),
        ("de", ["999", "1.204", "12.400"]),
    ],
)
def test_numbers_are_written_as_the_language_does(language: str, texts: list[str]) -> None:
    assert [format_number(number, language) for number in (999, 1204, 12_400)] == texts


@pytest.mark.parametrize("name", ["generated_names.py", "generated_cities.py"])
def test_the_generated_names_are_those_of_babel(name: str) -> None:
    assert (cldr_names.HOME / name).read_text(encoding="utf-8") == cldr_names.MODULES[name]()


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("America/Mexico_City", "es", "Ciudad de México"),
        ("America/Mexico_City", "en", "Mexico City"),
        ("Africa/Cairo", "fr", "Le Caire"),
        ("America/Argentina/Buenos_Aires", "fr", "Buenos Aires"),
        ("Europe/Paris", "es-MX", "París"),
        ("Europe/Paris", "pt", "Paris"),
        ("Etc/GMT-3", "fr", ""),
        ("UTC", "fr", ""),
    ],
)
def test_the_city_of_a_time_zone_is_in_the_language(zone: str, language: str, city: str) -> None:
    assert city_name(zone, language) == city


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_names_with_and_without_babel_are_equal(language: str) -> None:
    locale = Locale(language)
    for standalone, context in ((False, "format"), (True, "stand-alone")):
        for width, names in locale.months[context].items():
            assert month_names(language, width, standalone=standalone) == dict(names)
    assert quarter_names(language) == dict(locale.quarters["format"]["abbreviated"])
    clearer = cldr_names.CLEARER_NAMES.get(language, {})
    for code, name in locale.territories.items():
        assert country_name(code, language) == clearer.get(code, " ".join(name.split()))
    assert text_direction(language) == locale.text_direction


def test_other_languages_and_regional_variants_come_from_babel() -> None:
    assert month_names("es-MX", "abbreviated")[9] == "sep"
    assert month_names("ru", standalone=True)[1] == "январь"
    assert month_names("ru")[1] == "января"
    assert country_name("KR", "de") == "Südkorea"
    assert text_direction("ar") == "rtl"


def test_common_commands_do_not_load_babel() -> None:
    """Babel takes about a seventh of a short run."""
    code = (
        "import sys; from wavectl.dates.edtf import parse; from wavectl.i18n.date_format import format_date\n"
        "from wavectl.i18n.names import format_place, is_known_language\n"
        "for language in ('en', 'es', 'fr'):\n"
        "    assert is_known_language(language)\n"
        "    format_date(parse('2018-03-05'), language), format_place('', 'KR', language)\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'babel'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(("language", "text"), [("en", "62%"), ("fr", "62\xa0%"), ("es", "62\xa0%"), ("tr", "%62")])
def test_percent_signs_stay_with_their_numbers(language: str, text: str) -> None:
    assert format_percent(62, language) == text
    assert printable(f"a\xa0b {text}") == f"a b {text}"
