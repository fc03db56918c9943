"""Words of three languages for what a wave file calls otherwise, names for ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheet.plans_in_sheets import plan
from wavectl.diagnostics import say
from wavectl.i18n.catalogues import LANGUAGES, translator
from wavectl.i18n.place_names import country_name
from wavectl.model import Kind, Status
from wavectl.model.iso_codes import COUNTRIES
from wavectl.render.context import Look
from wavectl.render.diagnostics.style import Style
from wavectl.spreadsheet import cell_values
from wavectl.spreadsheet.cell_values import Names
from wavectl.spreadsheet.table import Fault


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_written_is_read(language: str) -> None:
    assert [cell_values.status(Look((language,)).status(one)) for one in Status] == [one.value for one in Status]
    assert len({country_name(code, language) for code in COUNTRIES}) == len(COUNTRIES)
    for code in COUNTRIES:
        assert cell_values.where(country_name(code, language)) == {"country": code}, code


@pytest.mark.parametrize("word", ["Observance", "journée internationale", "día internacional", "observance"])
def test_kinds(word: str) -> None:
    assert cell_values.kind(word) == Kind.OBSERVANCE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("KR", {"country": "KR"}),
        ("corée du sud", {"country": "KR"}),
        ("worldwide", {"scope": "worldwide"}),
        ("En ligne", {"online": True}),
        ("Espagne, en ligne", {"country": "ES", "online": True}),
        ("", {}),
    ],
)
def test_where(text: str, meant: object) -> None:
    assert cell_values.where(text) == meant


@pytest.mark.parametrize("text", ["Atlantide", "Espagne, France", "Espange"])
def test_no_country(text: str) -> None:
    found = cell_values.where(text)
    assert isinstance(found, Fault)
    assert str(found.hint)


@pytest.mark.parametrize("text", ["unconfirmed", "Not confirmed", "non confirmé", "no confirmado"])
def test_what_is_not_confirmed_is_never_read_as_confirmed(text: str) -> None:
    assert cell_values.status(text) == "tentative"


@pytest.mark.parametrize("text", ["confirmedd", "half confirmed"])
def test_a_word_that_is_only_like_another_is_asked_about(text: str) -> None:
    assert isinstance(cell_values.status(text), Fault)


def test_the_cure_for_a_word_has_the_words_of_the_readers_own_sheets() -> None:
    french = Style(translator("fr"))
    other, slip = cell_values.status("peut-être"), cell_values.status("provisoir")
    assert isinstance(other, Fault)
    assert isinstance(slip, Fault)
    assert french.tell(other.hint or say("")) == "choisir parmi confirmé, provisoire, reporté, annulé"
    assert french.tell(slip.hint or say("")) == "faut-il lire provisoire ?"


def test_a_slip_is_met_with_what_is_meant() -> None:
    found = cell_values.status("confirmeé à moitié")
    assert isinstance(found, Fault)
    near = cell_values.where("Espange")
    assert isinstance(near, Fault)
    assert "ES" in str(near.hint)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "www.example.org", "https://", "file:x"])
def test_no_address(text: str) -> None:
    assert isinstance(cell_values.web_address(text), Fault)
    assert cell_values.web_address("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_yes_and_no() -> None:
    assert [cell_values.yes(word) for word in ("oui", "Sí", "yes", "x", "non", "no")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert isinstance(cell_values.yes("peut-être"), Fault)


def test_actors_are_known_by_all_their_names(tmp_path: Path) -> None:
    names = Names(plan(tmp_path))
    assert names.actors("Gwangju; CISDPDH", "housing") == ["gwangju", "cisdpdh"]
    long = "Commission Inclusion sociale, démocratie participative"
    assert names.actors(f"city of gwangju\n{long}; gwangju", "housing") == ["gwangju", "cisdpdh"]
    assert names.actors("gwangju, cisdpdh", "housing") == ["gwangju", "cisdpdh"]
    assert names.actors("gwangju", "a-new-wave") == ["gwangju"]
    found = names.actors("Gwanju", "housing")
    assert isinstance(found, Fault)
    assert "gwangju" in str(found.hint).lower()


def test_priorities(tmp_path: Path) -> None:
    names = Names(plan(tmp_path))
    assert names.priorities("Apprentissage; advocacy") == ["learning", "advocacy"]
    assert isinstance(names.priorities("Météo"), Fault)
