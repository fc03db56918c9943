"""Words of three languages for what a wave file calls otherwise, names for ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheet.plans_in_sheets import plan
from wavectl.diagnostics import say
from wavectl.language.phrases import LANGUAGES, translator
from wavectl.language.places import country_name
from wavectl.look import Look
from wavectl.model import Kind, Status
from wavectl.model.names import COUNTRIES
from wavectl.report.style import Style
from wavectl.sheet import values
from wavectl.sheet.table import Fault
from wavectl.sheet.values import Names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_written_is_read(language: str) -> None:
    assert [values.status(Look((language,)).status(one)) for one in Status] == [one.value for one in Status]
    assert len({country_name(code, language) for code in COUNTRIES}) == len(COUNTRIES)
    for code in COUNTRIES:
        assert values.where(country_name(code, language)) == {"country": code}, code


@pytest.mark.parametrize("word", ["Observance", "journée internationale", "día internacional", "observance"])
def test_kinds(word: str) -> None:
    assert values.kind(word) == Kind.OBSERVANCE


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
    assert values.where(text) == meant


@pytest.mark.parametrize("text", ["Atlantide", "Espagne, France", "Espange"])
def test_no_country(text: str) -> None:
    found = values.where(text)
    assert isinstance(found, Fault)
    assert str(found.hint)


@pytest.mark.parametrize("text", ["unconfirmed", "Not confirmed", "non confirmé", "no confirmado"])
def test_what_is_not_confirmed_is_never_read_as_confirmed(text: str) -> None:
    assert values.status(text) == "tentative"


@pytest.mark.parametrize("text", ["confirmedd", "half confirmed"])
def test_a_word_that_is_only_like_another_is_asked_about(text: str) -> None:
    assert isinstance(values.status(text), Fault)


def test_the_cure_for_a_word_has_the_words_of_the_readers_own_sheets() -> None:
    french = Style(translator("fr"))
    other, slip = values.status("peut-être"), values.status("provisoir")
    assert isinstance(other, Fault)
    assert isinstance(slip, Fault)
    assert french.tell(other.hint or say("")) == "choisir parmi confirmé, provisoire, reporté, annulé"
    assert french.tell(slip.hint or say("")) == "faut-il lire provisoire ?"


def test_a_slip_is_met_with_what_is_meant() -> None:
    found = values.status("confirmeé à moitié")
    assert isinstance(found, Fault)
    near = values.where("Espange")
    assert isinstance(near, Fault)
    assert "ES" in str(near.hint)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "www.example.org", "https://", "file:x"])
def test_no_address(text: str) -> None:
    assert isinstance(values.web_address(text), Fault)
    assert values.web_address("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_yes_and_no() -> None:
    assert [values.yes(word) for word in ("oui", "Sí", "yes", "x", "non", "no")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert isinstance(values.yes("peut-être"), Fault)


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
