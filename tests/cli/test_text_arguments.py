"""Texts on the command line are in the language that they name."""

from __future__ import annotations

import pytest

from wavectl.cli.arguments import texts_by_language, to_translatable

OWN = ["fr", "en", "es"]


@pytest.mark.parametrize(
    ("lang", "given", "expected"),
    [
        (None, ["Forum"], {"fr": "Forum"}),
        ("es", ["Foro"], {"es": "Foro"}),
        (None, ["en=Forum", "fr=Le forum"], {"en": "Forum", "fr": "Le forum"}),
        (None, ["x=1"], {"fr": "x=1"}),
        (None, ["run=fun"], {"fr": "run=fun"}),
        (None, ["it=Foro", "es-419=El foro", "zh-Hant=論壇"], {"it": "Foro", "es-419": "El foro", "zh-Hant": "論壇"}),
        ("pt", ["pt=Fórum", "b=c"], {"pt": "b=c"}),
        (None, [" "], {}),
        (None, ["fr="], {}),
        (None, [], {}),
    ],
)
def test_each_text_has_its_language(lang: str | None, given: list[str], expected: dict[str, str]) -> None:
    assert texts_by_language(given, lang or OWN[0], OWN) == expected


def test_a_text_is_written_by_language_in_the_order_of_the_programme() -> None:
    assert list(to_translatable({"it": "a", "en": "b", "fr": "c"}, OWN)) == ["fr", "en", "it"]


def test_where_there_is_one_language_a_text_names_none() -> None:
    assert to_translatable({"en": "a"}, ["en"]) == "a"
    assert to_translatable({"fr": "a"}, ["en"]) == {"fr": "a"}
