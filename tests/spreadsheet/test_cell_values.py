"""Words of three languages for what a wave file calls otherwise, names for ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.spreadsheets import plan
from wavectl.diagnostics import msg
from wavectl.i18n import UI_LANGUAGES
from wavectl.i18n.names import country_name
from wavectl.model import MomentKind, Status
from wavectl.model.types import COUNTRIES
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.cell_values import IdLookup, read_choice, read_country, read_flag, read_url
from wavectl.spreadsheet.reader import InvalidCell


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_every_word_that_is_written_is_read(language: str) -> None:
    assert [read_choice("status", RenderContext((language,)).status(one)) for one in Status] == [
        one.value for one in Status
    ]
    assert len({country_name(code, language) for code in COUNTRIES}) == len(COUNTRIES)
    for code in COUNTRIES:
        assert read_country(country_name(code, language)) == {"country": code}, code


@pytest.mark.parametrize("word", ["Observance", "journée internationale", "día internacional", "observance"])
def test_kinds(word: str) -> None:
    assert read_choice("kind", word) == MomentKind.OBSERVANCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KR", {"country": "KR"}),
        ("corée du sud", {"country": "KR"}),
        ("Republic of Korea", {"country": "KR"}),
        ("Korea, Republic of", {"country": "KR"}),
        ("KEN", {"country": "KE"}),
        ("DR Congo; online", {"country": "CD", "online": True}),
        ("Guinea", {"country": "GN"}),  # the column offers it
        ("worldwide", {"scope": "worldwide"}),
        ("En ligne", {"online": True}),
        ("Espagne, en ligne", {"country": "ES", "online": True}),
        ("", {}),
    ],
)
def test_where(text: str, expected: object) -> None:
    assert read_country(text) == expected


@pytest.mark.parametrize("text", ["Atlantide", "Espagne, France", "Espange"])
def test_no_country(text: str) -> None:
    found = read_country(text)
    assert isinstance(found, InvalidCell)
    assert str(found.hint)


@pytest.mark.parametrize("text", ["unconfirmed", "Not confirmed", "non confirmé", "no confirmado"])
def test_what_is_not_confirmed_is_never_read_as_confirmed(text: str) -> None:
    assert read_choice("status", text) == "tentative"


@pytest.mark.parametrize("text", ["confirmedd", "half confirmed"])
def test_a_word_that_is_only_similar_is_refused(text: str) -> None:
    assert isinstance(read_choice("status", text), InvalidCell)


def test_the_hint_for_a_word_has_the_words_of_the_reader_s_sheets() -> None:
    french = RenderContext(("fr",))
    other, slip = read_choice("status", "peut-être"), read_choice("status", "provisoir")
    assert isinstance(other, InvalidCell)
    assert isinstance(slip, InvalidCell)
    assert french.format_message(other.hint or msg("")) == "choisir parmi confirmé, provisoire, reporté, annulé"
    assert french.format_message(slip.hint or msg("")) == "faut-il lire provisoire ?"


def test_a_typing_error_gets_a_suggestion() -> None:
    found = read_choice("status", "confirmeé à moitié")
    assert isinstance(found, InvalidCell)
    near = read_country("Espange")
    assert isinstance(near, InvalidCell)
    assert "ES" in str(near.hint)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "www.example.org", "https://", "file:x"])
def test_no_address(text: str) -> None:
    assert isinstance(read_url(text), InvalidCell)
    assert read_url("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_yes_and_no() -> None:
    assert [read_flag(word) for word in ("oui", "Sí", "yes", "x", "non", "no")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert isinstance(read_flag("peut-être"), InvalidCell)


def test_actors_are_known_by_all_their_names(tmp_path: Path) -> None:
    names = IdLookup(plan(tmp_path))
    assert names.actor_ids("Gwangju; CISDPDH", "housing") == ["gwangju", "cisdpdh"]
    long = "Commission Inclusion sociale, démocratie participative"
    assert names.actor_ids(f"city of gwangju\n{long}; gwangju", "housing") == ["gwangju", "cisdpdh"]
    assert names.actor_ids("gwangju, cisdpdh", "housing") == ["gwangju", "cisdpdh"]
    assert names.actor_ids("gwangju", "a-new-wave") == ["gwangju"]
    found = names.actor_ids("Gwanju", "housing")
    assert isinstance(found, InvalidCell)
    assert "gwangju" in str(found.hint).lower()


def test_priorities(tmp_path: Path) -> None:
    names = IdLookup(plan(tmp_path))
    assert names.priority_ids("Apprentissage; advocacy") == ["learning", "advocacy"]
    assert isinstance(names.priority_ids("Météo"), InvalidCell)
