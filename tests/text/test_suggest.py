"""Suggestions for unknown names."""

from __future__ import annotations

import pytest

from wavectl.text.suggest import NameIndex, nearest, normalize_name, suggest, suggest_by_alias


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Gwangju Forum", "gwangju-forum"), ("  Éducation/À_venir ", "education-a-venir"), ("한국", "한국"), ("!?", "")],
)
def test_normalized_names(text: str, bare: str) -> None:
    assert normalize_name(text) == bare


@pytest.mark.parametrize(
    ("name", "known", "expected"),
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
def test_the_nearest_name(name: str, known: tuple[str, ...], expected: str | None) -> None:
    assert nearest(name, known) == expected


def test_the_hint_is_that_name_or_a_bounded_list() -> None:
    assert str(suggest("titel", ["title", "status"])) == "did you mean title?"
    assert str(suggest("lieu", ["title", "status"])) == "choose from title, status"
    assert str(suggest("lieu", [])) == "the plan has none"
    many = [f"name-{number:02}" for number in range(30)]
    assert str(suggest("lieu", many)) == f"choose from {', '.join(many[:20])} and 10 more"


def test_of_many_names_only_those_with_the_same_prefix_are_compared() -> None:
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
def test_an_id_is_suggested_by_its_aliases(name: str, hint: str) -> None:
    known = {"advocacy": ["Plaidoyer", "Advocacy", "Incidencia"], "south": ["Africa", "África"]}
    assert str(suggest_by_alias(name, known)) == hint
