"""``wavectl moment edit``: any fact of a moment is changed from the command line, and nothing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.plans import SOUND, TODAY, Outcome, run, state, write_plan
from wavectl.yamlfile.reader import parse_document

PROGRAMME = """\
languages: [fr, en, es]
actors:
  barcelona: {name: {fr: Ville de Barcelone, en: City of Barcelona}, short: BCN, kind: member, country: ES}
  cities-alliance: {name: Cities Alliance, kind: partner}
"""
HOUSING = """\
title: Housing
period: 2017-05/2018-12
moments:
  - id: forum
    title: {fr: Forum, en: The Forum} # as on the page
    short: Forum
    when: 2017-09
    place: {fr: Genève, en: Geneva}
    actors: [barcelona, experts]
    url: https://example.org/forum
  - {id: day, title: Journée, when: 2017-12-10, place: {scope: worldwide}}
  - {id: own, title: {fr: Débat}, when: 2017-10}
actors:
  - barcelona
  - {id: experts, name: {fr: Experts indépendants}, kind: research}
"""
MIGRATION = """\
title: Migration
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, same_as: housing/forum, place: {name: Geneva, country: CH}, actors: [cities-alliance]}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION})
    return tmp_path


def edit(home: Path, *arguments: str) -> Outcome:
    return run("moment", "edit", *arguments, "--today", TODAY, cwd=home)


def moments(home: Path, wave: str) -> dict[str, Any]:
    document = parse_document((home / "waves" / f"{wave}.yaml").read_bytes(), wave)
    return {one["id"]: one for one in document.data["moments"]}


@pytest.mark.parametrize(
    ("moment", "options", "expected"),
    [
        ("own", ["--title", "Grand débat"], {"title": {"fr": "Grand débat"}}),
        ("own", ["--title", "en=Debate"], {"title": {"fr": "Débat", "en": "Debate"}}),
        ("own", ["--title", "Debate", "--lang", "en"], {"title": {"fr": "Débat", "en": "Debate"}}),
        ("day", ["--title", "Fête"], {"title": "Fête"}),
        ("day", ["--title", "es=Día"], {"title": {"fr": "Journée", "es": "Día"}}),
        ("day", ["--title", "fr=Fête"], {"title": {"fr": "Fête", "en": "Journée"}}),
        ("own", ["--short", "Débat"], {"short": {"fr": "Débat"}}),
        ("forum", ["--short", ""], {"short": None}),
        ("forum", ["--url", ""], {"url": None}),
        ("own", ["--place", "Abidjan, Ivory Coast"], {"place": {"name": "Abidjan", "country": "CI"}}),
        ("own", ["--place", "Lima"], {"place": {"name": "Lima"}}),
        ("forum", ["--place", "Lima"], {"place": "Lima"}),
        ("forum", ["--place", "fr=Lima"], {"place": {"fr": "Lima", "en": "Geneva"}}),
        ("own", ["--country", "Brésil"], {"place": {"country": "BR"}}),
        ("own", ["--place", "en línea"], {"place": {"online": "true"}}),
        ("own", ["--online"], {"place": {"online": "true"}}),
        ("day", ["--place", "Lima, Pérou"], {"place": {"name": "Lima", "country": "PE"}}),
        ("day", ["--online"], {"place": {"scope": "worldwide", "online": "true"}}),
        ("own", ["--kind", "journée internationale"], {"kind": "observance"}),
        ("own", ["--kind", "plazo"], {"kind": "deadline"}),
        ("own", ["--actor", "Ville de Barcelone", "--actor", "experts"], {"actors": ["barcelona", "experts"]}),
        ("own", ["--add-actor", "bcn"], {"actors": ["barcelona"]}),
        ("own", ["--priority", "Plaidoyer", "--add-priority", "learning"], {"priorities": ["advocacy", "learning"]}),
        ("own", ["--owner", "Ana"], {"owner": "Ana"}),
        ("own", ["--confirm-by", "le 3 juin"], {"confirm_by": "2017-06-03"}),
        ("own", ["--description", "Un texte", "--outcome", "es=Firmado"],
         {"description": {"fr": "Un texte"}, "outcome": {"es": "Firmado"}}),
        ("own", ["--draft"], {"draft": "true"}),
        ("own", ["--timezone", "Asia/Seoul"], {"timezone": "Asia/Seoul"}),
    ],
)  # fmt: skip
def test_a_fact_is_changed_and_nothing_beside_it(
    home: Path, moment: str, options: list[str], expected: dict[str, Any]
) -> None:
    before = moments(home, "housing")
    outcome = edit(home, f"housing/{moment}", *options)
    assert outcome.code == 0, outcome.err
    changed = {key: value for key, value in (before[moment] | expected).items() if value is not None}
    after = moments(home, "housing")
    assert {key: str(value) if value is True else value for key, value in after[moment].items()} == changed
    assert {id_: one for id_, one in after.items() if id_ != moment} == {
        id_: one for id_, one in before.items() if id_ != moment
    }


def test_remarks_stay(home: Path) -> None:
    assert edit(home, "housing/forum", "--title", "en=World Forum").code == 0
    text = (home / "waves" / "housing.yaml").read_text(encoding="utf-8")
    assert "    title: {fr: Forum, en: World Forum} # as on the page\n" in text


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ([], "--title"),
        (["--title", ""], "--title"),
        (["--country", "Congo"], "CG"),
        (["--country", "Atlantis"], "KR"),
        (["--place", "Atlanta, Georgia"], "--country"),
        (["--kind", "fête"], "event"),
        (["--actor", "barcelonna"], "barcelona"),
        (["--add-actor", "Madrid"], "barcelona"),
        (["--priority", "plaidoyé"], "advocacy"),
        (["--confirm-by", "en juin"], "2017-06-01"),
        (["--confirm-by", "bientôt"], ""),
        (["--timezone", "Asia/Seul"], "Asia/Seoul"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_type(home: Path, options: list[str], hint: str) -> None:
    before = state(home)
    outcome = edit(home, "housing/own", *options)
    assert outcome.code == 2
    assert hint in outcome.err
    assert state(home) == before


def test_of_tied_moments_the_value_that_counts_is_changed(home: Path) -> None:
    assert edit(home, "migration/forum", "--title", "fr=Le forum", "--place", "Lima, Peru", "--url", "").code == 0
    root, tied = moments(home, "housing")["forum"], moments(home, "migration")["forum"]
    assert (root["title"], root["place"]) == ({"fr": "Le forum", "en": "The Forum"}, {"name": "Lima", "country": "PE"})
    assert (tied["title"], tied["place"]) == ("Forum", {"name": "Lima", "country": "PE"})
    assert "url" not in root


def test_the_kind_of_tied_moments_is_that_of_the_root(home: Path) -> None:
    file = home / "waves" / "migration.yaml"
    file.write_text(MIGRATION.replace("title: Forum,", "title: Forum, kind: deadline,"), encoding="utf-8")
    assert edit(home, "migration/forum", "--kind", "observance").code == 0
    assert moments(home, "housing")["forum"]["kind"] == "observance"
    assert moments(home, "migration")["forum"]["kind"] == "deadline"


def test_the_actors_of_tied_moments_count_as_one_list(home: Path) -> None:
    assert edit(home, "housing/forum", "--remove-actor", "Cities Alliance", "--remove-actor", "barcelona").code == 0
    assert moments(home, "housing")["forum"]["actors"] == ["experts"]
    assert "actors" not in moments(home, "migration")["forum"]
    assert edit(home, "migration/forum", "--actor", "barcelona").code == 0
    assert "actors" not in moments(home, "housing")["forum"]
    assert moments(home, "migration")["forum"]["actors"] == ["barcelona"]


def test_a_dry_run_writes_nothing_and_words_need_a_yes(home: Path) -> None:
    before = state(home)
    assert edit(home, "housing/own", "--title", "A", "--dry-run").code == 0
    assert edit(home, "déba", "--title", "A").code == 2
    shown = edit(home, "déba", "--title", "A", "--dry-run")
    assert (shown.code, "Débat" in shown.err, state(home)) == (0, True, before), shown.err
    assert edit(home, "déba", "--title", "A", "--said", "mail", "-y").code == 0
    assert moments(home, "housing")["own"]["note"] == "2017-06-01: mail"


def test_what_the_plan_cannot_take_is_not_written(home: Path) -> None:
    before = state(home)
    assert edit(home, "housing/own", "--title", "fr=").code == 1
    assert state(home) == before


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    typed = iter(lines)
    for module in ("wavectl.cli.moment.add", "wavectl.cli.apply_changes"):
        monkeypatch.setattr(f"{module}.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(typed))


def add(home: Path, *arguments: str) -> Outcome:
    return run("moment", "add", *arguments, "--today", TODAY, "--lang", "en", cwd=home)


def test_a_deadline_has_no_place_to_ask_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "Candidatures", "", "", "échéance", "30 avril 2018", "y")
    outcome = add(home, "housing")
    assert outcome.code == 0, outcome.err
    assert moments(home, "housing")["candidatures"]["kind"] == "deadline"


def test_add_asks_for_the_kind_of_a_moment_with_a_title(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not if it is given, and not of a new edition."""
    given = ("--title", "Candidatures", "--when", "2018-04-30")
    typing(monkeypatch, "fecha límite", "y")
    assert add(home, "housing", *given).code == 0
    typing(monkeypatch, "y")
    assert add(home, "housing", *given, "--kind", "deadline", "--id", "again").code == 0
    assert [moments(home, "housing")[id_]["kind"] for id_ in ("candidatures", "again")] == ["deadline", "deadline"]
    typing(monkeypatch, "y")
    assert add(home, "housing", "--like", "candidatures", "--when", "2018-06-30").code == 0


def test_add_asks_for_missing_facts_at_a_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(
        monkeypatch,
        "Marche",
        "",
        "Marcha",
        "",
        "bientôt",
        "14-17 septembre 2018",
        "Pointe-Noire, Congo",
        "Lima, Pérou",
        "y",
    )
    outcome = add(home, "housing")
    assert outcome.code == 0, outcome.err
    new = moments(home, "housing")["marche"]
    assert new == {
        "id": "marche",
        "title": {"fr": "Marche", "es": "Marcha"},
        "when": "2018-09-14/2018-09-17",
        "place": {"name": "Lima", "country": "PE"},
    }


def test_an_empty_answer_leaves_it_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "", "", "", "y")
    assert add(home, "housing", "--title", "Marche").code == 0
    assert moments(home, "housing")["marche"] == {"id": "marche", "title": {"en": "Marche"}, "when": "unknown"}
    typing(monkeypatch)
    assert add(home, "housing", "--title", "Marche", "-y").code == 0


@pytest.mark.parametrize(
    ("wave", "hint"),
    [("housing", "wavectl moment edit housing/congress"), ("migration", "wavectl moment tie migration/")],
)
def test_a_moment_that_seems_to_be_there_is_named(
    home: Path, wave: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ("--title", "World Congress of Cities", "--when", "2018-03-05", "--place", "Lima, Peru")
    assert add(home, "housing", *first, "--id", "congress").code == 0
    again = ("--title", "World congress of cities 2018", "--when", "March 2018", "--place", "Lima, Peru")
    outcome = add(home, wave, *again, "--dry-run")
    assert outcome.code == 0
    assert "housing/congress" in outcome.err
    assert hint in outcome.err
    typing(monkeypatch, "", "n")
    assert add(home, wave, *again).code == 2
    assert "housing/congress" not in add(home, wave, *again[:2], "--when", "2018-10", "-y").err


def test_only_the_facts_that_change_are_listed(home: Path) -> None:
    outcome = edit(home, "housing/own", "--title", "fr=Débat")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (0, "", 1)


@pytest.mark.parametrize(("today", "warned"), [("2017-06-01", True), ("2018-06-01", False)])
def test_an_outcome_before_the_moment_gets_a_warning(tmp_path: Path, today: str, warned: bool) -> None:
    wave = SOUND + "moments:\n  - {id: forum, title: Forum, when: 2017-11-02}\n"
    write_plan(tmp_path, {"housing": wave})
    done = run("moment", "edit", "forum", "--outcome", "Signed", "--lang", "en", "--today", today, cwd=tmp_path)
    assert (done.code, "2 November 2017" in done.err) == (0, warned)


def test_a_town_that_has_the_name_of_its_country_stays(home: Path) -> None:
    where = ("--place", "Túnez", "--country", "Túnez")
    shown = run("moment", "add", "housing", "--title", "A", *where, "--diff", "--dry-run", cwd=home).out
    assert 'name: "Túnez"' in shown
    assert "country: TN" in shown
