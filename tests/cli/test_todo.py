"""``wavectl todo``: the owners whose list it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import SOUND, run, write_plan


@pytest.fixture
def home(tmp_path: Path) -> Path:
    moments = (
        "moments:\n  - {id: a, title: A, when: 2017-09, owner: José}\n"
        "  - {id: b, title: B, when: 2017-09-14, owner: Ana}\n"
    )
    write_plan(tmp_path, {"programme": "actors: {un: {name: UN, kind: international}}\n", "housing": SOUND + moments})
    return tmp_path


def test_an_unknown_owner_is_refused_with_a_suggestion(home: Path) -> None:
    for name, hint in (("Josef", "did you mean José?"), ("un", "choose from José, Ana"), ("", "choose from José, Ana")):
        outcome = run("todo", "--owner", name, cwd=home)
        assert (outcome.code, outcome.out) == (2, "")
        assert hint in outcome.err


def test_an_unknown_actor_is_refused_with_a_suggestion(home: Path) -> None:
    outcome = run("todo", "--actor", "UNO", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert "UN" in outcome.err
    assert run("todo", "--actor", "un", "--today", "2017-06-01", cwd=home).code == 0


def test_an_owner_without_tasks_sees_only_the_coming_moments(home: Path) -> None:
    outcome = run("todo", "--owner", "ana", "--strict", "--today", "2017-06-01", cwd=home)
    heads = [part.partition("\n")[0] for part in outcome.out.split("\n\n")]
    assert (outcome.code, heads) == (0, ["To do on 1 June 2017, Ana", "Coming moments", "● firm"])
    assert run("todo", "--owner", "JOSE", "--strict", "--today", "2017-06-01", cwd=home).code == 1
