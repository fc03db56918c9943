"""``wavectl wave edit``: what a wave says is changed from the command line, and nothing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.plans import TODAY, Outcome, run, state, write_plan
from wavectl.yamlfile.reader import parse_document

PROGRAMME = "languages: [fr, en, es]\n"
HOUSING = """\
title: {fr: Le droit au logement, en: The right to housing}
slogan: {fr: Un droit} # of the page
hashtags:
  fr: ["#Logement"]
  en: ["#Housing"] # as on the English page
period: 2017-05/2018-12
url: https://example.org
moments:
  - {id: forum, title: Forum, when: 2018-11}
"""
PLAIN = 'title: Finances\nperiod: 2018\nhashtags: ["#Finances"]\n'
ANNOUNCED = "title: {fr: Eau}\nstatus: announced\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": HOUSING, "finance": PLAIN, "water": ANNOUNCED})
    return tmp_path


def edit(home: Path, *arguments: str) -> Outcome:
    return run("wave", "edit", *arguments, "--today", TODAY, cwd=home)


def wave(home: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = parse_document((home / "waves" / f"{name}.yaml").read_bytes(), name).data
    return found


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("housing", ["--title", "es=La vivienda"],
         {"title": {"fr": "Le droit au logement", "en": "The right to housing", "es": "La vivienda"}}),
        ("housing", ["--slogan", "A right", "--lang", "en"], {"slogan": {"fr": "Un droit", "en": "A right"}}),
        ("housing", ["--slogan", ""], {"slogan": None}),
        ("housing", ["--period", "mai 2017 - mars 2019"], {"period": "2017-05/2019-03"}),
        ("housing", ["--period", "from May 2017 to January 2019"], {"period": "2017-05/2019-01"}),
        ("housing", ["--add-hashtag", "en=#MakeTheShift"],
         {"hashtags": {"fr": ["#Logement"], "en": ["#Housing", "#MakeTheShift"]}}),
        ("housing", ["--add-hashtag", "Ville"], {"hashtags": {"fr": ["#Logement", "#Ville"], "en": ["#Housing"]}}),
        ("housing", ["--add-hashtag", "es=#Vivienda"],
         {"hashtags": {"fr": ["#Logement"], "en": ["#Housing"], "es": ["#Logement", "#Vivienda"]}}),
        ("housing", ["--hashtag", "en=#A #B"], {"hashtags": {"fr": ["#Logement"], "en": ["#A", "#B"]}}),
        ("housing", ["--remove-hashtag", "#Housing"], {"hashtags": {"fr": ["#Logement"]}}),
        ("housing", ["--hashtag", ""], {"hashtags": None}),
        ("housing", ["--hashtag", "en="], {"hashtags": {"fr": ["#Logement"]}}),
        ("housing", ["--color", "teal"], {"color": "teal"}),
        ("housing", ["--colour", "navy", "--color", "never"], {"color": "navy"}),
        ("housing", ["--url", "", "--notice", "Bientôt", "--description", "en=Text"],
         {"url": None, "notice": {"fr": "Bientôt"}, "description": {"en": "Text"}}),
        ("housing", ["--status", "terminée"], {"status": "closed"}),
        ("housing", ["--waive", "silent-months=A break"], {"waive": {"silent-months": "A break"}}),
        ("finance", ["--hashtag", "#Argent, #Ville"], {"hashtags": ["#Argent", "#Ville"]}),
        ("finance", ["--add-hashtag", "#Ville"], {"hashtags": ["#Finances", "#Ville"]}),
        ("finance", ["--add-hashtag", "en=#Money"],
         {"hashtags": {"fr": ["#Finances"], "en": ["#Finances", "#Money"]}}),
        ("water", ["--hashtag", "Eau"], {"hashtags": ["#Eau"]}),
        ("water", ["--hashtag", "en=#Water"], {"hashtags": {"en": ["#Water"]}}),
        ("water", ["--status", "active", "--period", "2019"], {"status": "active", "period": "2019"}),
    ],
)  # fmt: skip
def test_a_fact_is_changed_and_nothing_beside_it(
    home: Path, name: str, options: list[str], expected: dict[str, Any]
) -> None:
    before = wave(home, name)
    outcome = edit(home, name, *options)
    assert outcome.code == 0, outcome.err
    assert wave(home, name) == {key: value for key, value in (before | expected).items() if value is not None}


def test_remarks_stay(home: Path) -> None:
    assert edit(home, "housing", "--add-hashtag", "en=#B", "--slogan", "fr=Droit").code == 0
    lines = (home / "waves" / "housing.yaml").read_text(encoding="utf-8").splitlines()
    assert {"slogan: {fr: Droit} # of the page", '  en: ["#Housing", "#B"] # as on the English page'} <= set(lines)


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ([], "--title"),
        (["--title", ""], "--title"),
        (["--hashtag", "#12"], "#Housing"),
        (["--period", "June"], "2017-05/2018-12"),
        (["--colour", "teel"], "teal"),
        (["--status", "perdue"], "announced"),
        (["--url", "not a page"], "https://"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_type(home: Path, options: list[str], hint: str) -> None:
    before = state(home)
    outcome = edit(home, "housing", *options, "--lang", "en")
    assert (outcome.code, hint in outcome.err) == (2, True), outcome.err
    assert state(home) == before


def test_a_calendar_that_leaves_out_a_moment_is_not_written(home: Path) -> None:
    before = state(home)
    outcome = edit(home, "housing", "--period", "2017-05/2018-06")
    assert (outcome.code, "moment-outside-period" in outcome.err) == (1, True)
    assert state(home) == before


def test_a_wave_is_found_by_words_of_its_title(home: Path) -> None:
    assert edit(home, "droit au logement", "--url", "").code == 2
    assert edit(home, "droit au logement", "--url", "", "--dry-run", "-y").code == 0
    assert edit(home, "The right to housing", "--url", "").code == 0
    assert "url" not in wave(home, "housing")
    assert edit(home, "nothing", "--url", "").code == 2


def test_only_the_facts_that_change_are_listed(home: Path) -> None:
    shown = edit(home, "housing", "--slogan", "Le droit", "--url", "https://example.org", "--dry-run")
    assert [line.split()[0] for line in shown.out.splitlines()[2:]] == ["Slogan"]
    outcome = edit(home, "housing", "--url", "https://example.org")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (0, "", 1)
