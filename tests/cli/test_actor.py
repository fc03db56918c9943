"""``wavectl actor``: the register and the lists of the waves are changed from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.golden import Golden
from support.plans import SOUND, TODAY, Outcome, run, state, write_plan
from wavectl.yamlfile.reader import parse_document

EXPECTED = Path(__file__).parent / "expected"
PROGRAMME = """\
languages: [fr, en, es]
actors: # everybody
  uclg: {name: CGLU, kind: international}
  barcelona: # since 2017
    name: {fr: Ville de Barcelone, en: City of Barcelona}
    kind: member
    country: ES # Spain
    part_of: uclg
  alliance: {name: Cities Alliance, aliases: [Alliance des villes], kind: partner}
  idle: {name: Nobody, kind: partner}
feeds:
  ours: {actors: [barcelona, uclg]}
"""
HOUSING = """\
title: Housing
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09, actors: [uclg, barcelona], owner: barcelona}
actors:
  - {id: barcelona, role: lead, confirmed: false} # asked in May
  - uclg
  - {id: experts, name: {fr: Experts indépendants}, kind: research}
  - {name: Comité local, kind: committee, part_of: experts}
campaigns:
  - {name: Make the Shift, actors: [barcelona]}
waive:
  unconfirmed-actor barcelona: They come anyway.
"""
MIGRATION = "title: Migration\nperiod: 2017-05/2018-12\nactors: [barcelona]\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION})
    return tmp_path


def actor(home: Path, *arguments: str) -> Outcome:
    return run("actor", *arguments, "--today", TODAY, "--lang", "fr", cwd=home)


def data(home: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = parse_document((home / "waves" / f"{name}.yaml").read_bytes(), name).data
    return found


def changed_lines(home: Path, name: str, before: str) -> list[str]:
    after = (home / "waves" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    return [line for line in after if line not in before.splitlines()]


# -- add


@pytest.mark.parametrize(
    ("arguments", "id_", "expected"),
    [
        (["Ville de Lisbonne", "--kind", "ville", "--country", "Portugal"], "ville-lisbonne",
         {"name": {"fr": "Ville de Lisbonne"}, "kind": "member", "country": "PT"}),
        (["fr=Croix-Rouge", "en=Red Cross", "--kind", "ONG", "--short", "CR"], "cr",
         {"name": {"fr": "Croix-Rouge", "en": "Red Cross"}, "short": "CR", "kind": "civil_society"}),
        (["Metropolis", "--kind", "organisation internationale", "--url", "https://www.metropolis.org"], "metropolis",
         {"name": {"fr": "Metropolis"}, "kind": "international", "url": "https://www.metropolis.org"}),
        (["Idle", "--kind", "entreprise", "--alias", "I", "--alias", "J"], None, {}),
        (["Experts", "--kind", "research"], "experts-2", {"name": {"fr": "Experts"}, "kind": "research"}),
    ],
)  # fmt: skip
def test_an_actor_is_added_to_the_register(
    home: Path, arguments: list[str], id_: str | None, expected: dict[str, Any]
) -> None:
    outcome = actor(home, "add", *arguments)
    assert outcome.code == (0 if id_ else 2), outcome.err
    if id_ is not None:
        assert data(home, "programme")["actors"][id_] == expected
        assert list(data(home, "programme")["actors"])[:4] == ["uclg", "barcelona", "alliance", "idle"]


def test_an_actor_is_added_to_a_wave(home: Path) -> None:
    options = ("--kind", "member", "--wave", "housing", "--unconfirmed", "--role", "Hôte")
    assert actor(home, "add", "Lisbonne", *options).code == 0
    assert data(home, "housing")["actors"][-1] == {"id": "lisbonne", "role": {"fr": "Hôte"}, "confirmed": "false"}
    assert actor(home, "add", "Alliance des Villes", "--wave", "migration").code == 0
    assert data(home, "migration")["actors"] == ["barcelona", "alliance"]
    assert "alliance" in actor(home, "add", "cities alliance").err


def test_a_programme_without_a_register_or_a_file_gets_one(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": SOUND})
    assert actor(tmp_path, "add", "Lisbonne", "--kind", "member", "--wave", "housing").code == 0
    assert data(tmp_path, "programme") == {"actors": {"lisbonne": {"name": {"fr": "Lisbonne"}, "kind": "member"}}}
    assert (folder / "housing.yaml").read_text() == f"{SOUND}actors: [lisbonne]\n".replace(
        "actors: [lisbonne]", "actors:\n  - lisbonne"
    )


def test_at_a_terminal_the_kind_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wavectl.cli.actor.add.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: "3")
    assert actor(home, "add", "Comité").code == 0
    assert data(home, "programme")["actors"]["comite"]["kind"] == "committee"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["add", "Lisbonne"], "working_group"),
        (["add", "Lisbonne", "--kind", "memer"], "member"),
        (["add", "Lisbonne", "--kind", "member", "--country", "Congo"], "CG"),
        (["add", "Lisbonne", "--kind", "member", "--unconfirmed"], "--wave"),
        (["add", " ", "--kind", "member"], ""),
        (["add", "City of Barcelona", "--kind", "member"], "barcelona"),
        (["add", "barcelona", "--wave", "migration"], "wavectl actor list migration"),
        (["confirm", "alliance"], "wavectl actor add alliance --wave"),
        (["confirm", "migration", "alliance"], ""),
        (["confirm", "madrid"], ""),
        (["rename", "barcelona"], "--name"),
        (["rename", "barcelona", "bcn", "--name", "BCN"], "--name"),
        (["rename", "barcelona", "uclg"], ""),
        (["rename", "barcelona", "Barcelona City"], ""),
        (["rename", "barcelona", "--name", ""], ""),
        (["remove", "ville"], "barcelona"),
        (["remove", "alliance"], "--yes"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_type(home: Path, arguments: list[str], hint: str) -> None:
    before = state(home)
    outcome = actor(home, *arguments)
    assert (outcome.code, hint in outcome.err) == (2, True), outcome.err
    assert state(home) == before


# -- confirm


def test_an_actor_is_confirmed_and_not_any_more(home: Path) -> None:
    assert actor(home, "confirm", "hous", "barcelona").code == 0
    assert changed_lines(home, "housing", HOUSING) == ["  - {id: barcelona, role: lead} # asked in May"]
    assert actor(home, "confirm", "Ville de Barcelone", "--undo").code == 0
    assert data(home, "migration")["actors"] == [{"id": "barcelona", "confirmed": "false"}]
    assert (home / "waves" / "housing.yaml").read_text(encoding="utf-8") == HOUSING
    assert actor(home, "confirm", "barcelone", "-y").code == 0
    assert data(home, "migration")["actors"] == [{"id": "barcelona"}]
    assert actor(home, "confirm", "housing", "experts", "--undo").code == 0
    assert data(home, "housing")["actors"][2]["confirmed"] == "false"


# -- rename


def test_an_id_changes_wherever_it_is_used_and_nothing_beside_it(home: Path) -> None:
    assert actor(home, "rename", "barcelona", "bcn").code == 0
    for name, before in (("programme", PROGRAMME), ("housing", HOUSING), ("migration", MIGRATION)):
        expected = before.replace("barcelona", "bcn")
        assert (home / "waves" / f"{name}.yaml").read_text(encoding="utf-8") == expected
    assert actor(home, "rename", "uclg", "cglu").code == 0
    assert data(home, "programme")["actors"]["bcn"]["part_of"] == "cglu"
    assert actor(home, "rename", "experts", "panel").code == 0
    assert (data(home, "housing")["actors"][2]["id"], data(home, "housing")["actors"][3]["part_of"]) == ("panel",) * 2
    assert run("validate", cwd=home).code == 0


def test_a_name_changes_in_one_language(home: Path) -> None:
    assert actor(home, "rename", "barcelona", "--name", "es=Barcelona").code == 0
    assert data(home, "programme")["actors"]["barcelona"]["name"]["es"] == "Barcelona"
    assert actor(home, "rename", "Comité local", "--name", "Comité").code == 0
    assert data(home, "housing")["actors"][3]["name"] == "Comité"


# -- remove


def test_one_that_is_in_use_is_removed_on_demand_only(home: Path) -> None:
    before = state(home)
    refused = actor(home, "remove", "barcelona", "-y")
    assert refused.code == 1
    assert all(place in refused.err for place in ("housing/forum", "Make the Shift", "migration", "programme: ours"))
    assert state(home) == before
    assert actor(home, "remove", "barcelona", "--everywhere", "-y").code == 0
    text = "".join((home / "waves" / f"{name}.yaml").read_text() for name in ("programme", "housing", "migration"))
    assert "barcelona" not in text
    assert data(home, "housing")["moments"][0]["actors"] == ["uclg"]
    assert "actors" not in data(home, "migration")
    assert run("validate", cwd=home).code == 0


def test_one_that_nothing_names_goes_and_one_of_a_wave_stays_elsewhere(home: Path) -> None:
    assert actor(home, "remove", "idle", "-y").code == 0
    assert "idle" not in data(home, "programme")["actors"]
    assert actor(home, "remove", "migration", "barcelona", "-y").code == 0
    assert "actors" not in data(home, "migration")
    assert "barcelona" in data(home, "programme")["actors"]
    assert actor(home, "remove", "housing", "uclg", "-y").code == 1
    assert actor(home, "remove", "housing", "Comité local", "-y").code == 0
    assert len(data(home, "housing")["actors"]) == 3


def test_a_dry_run_writes_nothing(home: Path) -> None:
    before = state(home)
    for arguments in (
        ("add", "Lisbonne", "--kind", "member"),
        ("confirm", "housing", "barcelona"),
        ("rename", "barcelona", "bcn"),
        ("remove", "idle"),
    ):
        assert actor(home, *arguments, "--dry-run").code == 0
    assert state(home) == before


# -- list


def test_actors_are_listed(home: Path, golden: Golden) -> None:
    golden(EXPECTED / "actor-list.fr.txt", actor(home, "list").out)
    found = json.loads(actor(home, "list", "--format", "json").out)
    assert [one["id"] for one in found["actors"]] == ["uclg", "barcelona", "alliance", "idle", "experts", None]
    assert found["actors"][1] == {
        "id": "barcelona",
        "name": "Ville de Barcelone",
        "kind": "member",
        "group": "network",
        "country": "ES",
        "registered": True,
        "waves": [{"wave": "housing", "confirmed": False}, {"wave": "migration", "confirmed": True}],
    }
    text = actor(home, "list", "--unconfirmed").out
    assert "Ville de Barcelone" in text
    assert "Cities Alliance" not in text
    assert [one["id"] for one in json.loads(actor(home, "list", "migration", "--format", "json").out)["actors"]] == [
        "barcelona"
    ]


NAMED = ("timeline", "--format", "csv"), ("export-ics", "-o", "-"), ("todo",)


@pytest.mark.parametrize("command", NAMED)
def test_a_filter_finds_an_actor_by_words(home: Path, command: tuple[str, ...]) -> None:
    whole = run(*command, "--actor", "barcelona", "--today", TODAY, cwd=home)
    for words in ("barcel", "City of Barcelona", "VILLE BARCELONE"):
        found = run(*command, "--actor", words, "--today", TODAY, cwd=home)
        assert (found.code, found.out) == (0, whole.out), words
    assert "Ville de Barcelone (barcelona)" in run(*command, "--actor", "barcel", "--today", TODAY, cwd=home).err
    assert whole.err == run(*command, "--actor", "Ville de Barcelone", "--today", TODAY, cwd=home).err


@pytest.mark.parametrize(
    "command",
    [
        *((*command, "--actor") for command in NAMED),
        ("moment", "edit", "housing/forum", "--add-actor"),
        ("moment", "edit", "housing/forum", "--remove-actor"),
        ("actor", "confirm"),
        ("actor", "remove"),
    ],
)
def test_words_for_several_actors_or_none_are_refused_alike(home: Path, command: tuple[str, ...]) -> None:
    (home / "waves" / "programme.yaml").write_text(PROGRAMME.replace("Nobody", "Alliance of Regions"), "utf-8")
    for words, names in (("alli", ["(alliance)", "(idle)"]), ("Bracelona", ["barcelona"])):
        done = run(*command, words, "--today", TODAY, "--lang", "en", cwd=home)
        assert (done.code, done.out) == (2, "")
        assert all(name in done.err for name in names), words
        assert ("there is no actor" in done.err) is (words != "alli")


def test_a_moment_takes_an_actor_by_words(home: Path) -> None:
    edit = ("moment", "edit", "housing/forum", "--today", TODAY)
    assert run(*edit, "--add-actor", "alliance des", cwd=home).code == 2  # not exact, in a script
    assert run(*edit, "--add-actor", "alliance des", "--yes", cwd=home).code == 0
    assert data(home, "housing")["moments"][0]["actors"] == ["uclg", "barcelona", "alliance"]
    assert run(*edit, "--owner", "cities alliance", cwd=home).code == 0
    assert data(home, "housing")["moments"][0]["owner"] == "alliance"
    assert run(*edit, "--owner", "Alliance Dupont", cwd=home).code == 0
    assert data(home, "housing")["moments"][0]["owner"] == "Alliance Dupont"


def test_an_owner_is_found_by_words(home: Path) -> None:
    found = run("todo", "--owner", "ville barcelone", "--format", "json", "--today", TODAY, cwd=home)
    assert [one["moment"] for one in json.loads(found.out)["moments"]] == ["housing/forum"]
