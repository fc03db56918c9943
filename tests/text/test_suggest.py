"""Names that there are not, and the ones that are meant."""

from __future__ import annotations

import pytest

from wavectl.text.suggest import NameIndex, nearest, normalize_name, suggest, suggest_by_alias


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Gwangju Forum", "gwangju-forum"), ("  Éducation/À_venir ", "education-a-venir"), ("한국", "한국"), ("!?", "")],
)
def test_a_name_in_plain_letters(text: str, bare: str) -> None:
    assert normalize_name(text) == bare


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("titel", ("title", "status"), "title"),
        ("TITLE", ("title", "titles"), "title"),
        ("gwangju forum", ("gwangju", "gwangju-forum"), "gwangju-forum"),
        ("lieu", ("place", "title"), None),
        ("forum-c", ("forum-a", "forum-b"), None),  # two are as like
        ("Geneve", ("geneve", "GENEVE"), None),
        ("anything", (), None),
        ("", ("title",), None),
        ("actor-99", [f"actor-{number}" for number in range(99)] + ["actor-999"], "actor-999"),
    ],
)
def test_the_name_that_is_most_alike(name: str, known: tuple[str, ...], meant: str | None) -> None:
    assert nearest(name, known) == meant


def test_the_cure_is_that_name_or_a_list_that_ends() -> None:
    assert str(suggest("titel", ["title", "status"])) == "did you mean title?"
    assert str(suggest("lieu", ["title", "status"])) == "choose from title, status"
    assert str(suggest("lieu", [])) == "the plan has none"
    many = [f"name-{number:02}" for number in range(30)]
    assert str(suggest("lieu", many)) == f"choose from {', '.join(many[:20])} and 10 more"


def test_of_many_names_those_that_open_alike_are_compared() -> None:
    names = NameIndex([f"{letter}{number:04}-city" for letter in "abcdefgh" for number in range(500)])
    assert names.nearest("a0042-cty") == "a0042-city"
    assert names.nearest("zzz") is None
    assert names.nearest("B0007 City") == "b0007-city"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("advocasy", "did you mean advocacy?"),
        ("plaidoyer", "did you mean advocacy?"),
        ("Incidencia", "did you mean advocacy?"),
        ("Africa", "did you mean south?"),
        ("zz", "choose from advocacy, south"),
    ],
)
def test_an_id_is_known_by_what_it_is_called(name: str, hint: str) -> None:
    known = {"advocacy": ["Plaidoyer", "Advocacy", "Incidencia"], "south": ["Africa", "África"]}
    assert str(suggest_by_alias(name, known)) == hint
