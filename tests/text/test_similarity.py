"""Similarity of titles and towns; pairs of moments are in tests/rules/test_likely_same_moment.py."""

from __future__ import annotations

import pytest

from wavectl.text.similarity import (
    are_similar_titles,
    are_similar_towns,
    comparable_title,
    may_be_same_town,
    share_topic,
    town_keys,
)


@pytest.mark.parametrize(
    ("text", "stems", "numbers"),
    [
        ("7ème Forum mondial des villes de droits de l’homme", {"forum", "mondi", "vill", "droit", "homm"}, {7}),
        ("72.º período de sesiones", {"perio", "sesio"}, {72}),
        ("Cities, City", {"city"}, set()),
        ("Habitat III, GOLD V", {"habit", "gold"}, {3, 5}),
        ("Septième session, first part, IX", {"sessi", "part"}, {1, 7, 9}),
        ("HLPF 2018 on SDG11", {"hlpf", "sdg"}, {11}),
        ("", set(), set()),
    ],
)
def test_the_words_of_a_title(text: str, stems: set[str], numbers: set[int]) -> None:
    found = comparable_title(text)
    assert (set(found.weights), set(found.numbers)) == (stems, numbers)


def test_common_words_weigh_less_and_event_types_are_no_topic() -> None:
    found = comparable_title("World Forum on Housing")
    assert dict(found.weights) == {"world": 0.5, "forum": 1.0, "housi": 1.0}
    assert found.topic_stems == {"housi"}


@pytest.mark.parametrize(
    ("one", "other", "are_alike", "do_touch"),
    [
        ("Housing and health", "Health and housing", True, True),
        ("Housing and health in Lima", "Housing and water in Lima", False, True),
        ("Housing session 3", "Housing session 4", False, False),
        ("Housing session", "Housing session 4", True, True),
        ("World Forum", "World Forum on Housing", True, False),
        ("Cities and Migration", "Global Conference on Cities and Migration", True, True),  # all of it is there
        ("Housing", "Side event on housing", False, False),
        ("Water", "Housing", False, False),
    ],
)
def test_titles(one: str, other: str, are_alike: bool, do_touch: bool) -> None:
    both = [comparable_title(one)], [comparable_title(other)]
    assert (are_similar_titles(*both), share_topic(*both)) == (are_alike, do_touch)
    assert (are_similar_titles(*reversed(both)), share_topic(*reversed(both))) == (are_alike, do_touch)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Barcelone", "Barcelona", True),
        ("Genève", "GENEVA", True),
        ("Palais des Nations, Genève", "Geneva, Palais des Nations", True),
        ("Vienne", "Viena", True),
        ("New York", "Nueva York", True),
        ("Milano", "Malaga", False),
        ("York", "New York", True),  # a person will see
        ("Seoul", "Gwangju", False),
    ],
)
def test_towns(one: str, other: str, are_alike: bool) -> None:
    assert are_similar_towns(one, other) is are_alike
    assert are_similar_towns(other, one) is are_alike


@pytest.mark.parametrize(
    ("one", "other"), [("Barcelone", "Barcelona"), ("Marrakech", "Marrakesh"), ("Genève", "Geneva (CH)")]
)
def test_the_names_of_a_town_have_a_key_in_common(one: str, other: str) -> None:
    assert set(town_keys(one)) & set(town_keys(other))


def test_towns_that_differ_by_a_number_have_none_in_common() -> None:
    assert len({town_keys(f"Ville {number}") for number in range(300)}) == 300


def test_towns_are_compared_in_the_languages_that_both_are_written_in() -> None:
    assert may_be_same_town({"fr": "Genève"}, {"es": "Ginebra"})
    assert not may_be_same_town({"fr": "Vienne"}, {"fr": "Genève", "es": "Ginebra"})
    assert not may_be_same_town("Vienne", {"es": "Ginebra"})
