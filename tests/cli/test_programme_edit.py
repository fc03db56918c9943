"""``wavectl programme edit``: what all waves share is changed from the command line, and nothing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.plans import SOUND, TODAY, Outcome, run, state, write_plan
from wavectl.yamlfile.reader import parse_document

PROGRAMME = """\
languages: [fr, en] # the first is the default
name: {fr: Vagues}
uid_domain: waves.uclg.org
organiser: {name: CGLU}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": SOUND})
    return tmp_path


def edit(home: Path, *options: str) -> Outcome:
    return run("programme", "edit", *options, "--today", TODAY, cwd=home)


def programme(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = parse_document((home / "waves" / "programme.yaml").read_bytes(), "programme").data
    return found


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--site", "https://waves.uclg.org/"], {"site": "https://waves.uclg.org/"}),
        (["--site", "waves.uclg.org/feeds"], {"site": "https://waves.uclg.org/feeds"}),
        (["--name", "en=Waves"], {"name": {"fr": "Vagues", "en": "Waves"}}),
        (["--organiser", "UCLG", "--organiser-url", "https://uclg.org"],
         {"organiser": {"name": "UCLG", "url": "https://uclg.org"}}),
        (["--languages", "fr, es;pt-br"], {"languages": ["fr", "es", "pt-BR"]}),
        (["--timezone", "Dakar", "--description", "Trois vagues"],
         {"timezone": "Africa/Dakar", "description": {"fr": "Trois vagues"}}),
        (["--domain", "https://vagues.cglu.org/"], {"uid_domain": "vagues.cglu.org"}),
        (["--name", ""], {"name": None}),
    ],
)  # fmt: skip
def test_a_fact_is_changed_and_nothing_beside_it(home: Path, options: list[str], expected: dict[str, Any]) -> None:
    before = programme(home)
    done = edit(home, *options)
    assert done.code == 0, done.err
    assert programme(home) == {key: value for key, value in {**before, **expected}.items() if value is not None}
    assert "# the first is the default" in (home / "waves" / "programme.yaml").read_text() or "languages" in expected


def test_a_plan_without_a_programme_gets_one(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    assert edit(tmp_path, "--site", "https://waves.uclg.org", "--organiser", "UCLG").code == 0
    assert programme(tmp_path) == {"organiser": {"name": "UCLG"}, "site": "https://waves.uclg.org"}


@pytest.mark.parametrize(
    "options",
    [[], ["--site", "somewhere"], ["--languages", ""], ["--languages", "klingon"], ["--domain", "waves.example.org"],
     ["--timezone", "Atlantis"]],
)  # fmt: skip
def test_what_is_not_valid_is_refused(home: Path, options: list[str]) -> None:
    before = state(home)
    assert edit(home, *options).code == 2
    assert state(home) == before


def test_the_domain_stays_once_it_is_published(home: Path) -> None:
    published = run("export-ics", "--today", TODAY, cwd=home)
    assert (published.code, "wavectl programme edit --site" in published.err) == (0, True)
    before = state(home)
    refused = edit(home, "--domain", "vagues.cglu.org")
    assert (refused.code, "waves.uclg.org" in refused.err, state(home) == before) == (2, True, True)


def test_undo_takes_it_back(home: Path) -> None:
    assert edit(home, "--site", "https://waves.uclg.org").code == 0
    assert run("undo", "--yes", "--today", TODAY, cwd=home).code == 0
    assert (home / "waves" / "programme.yaml").read_text() == PROGRAMME


@pytest.mark.parametrize(
    ("publish", "languages", "explains", "next_step"),
    [
        ("publish: {languages: [fr, en]}\n", "fr, en, pt", True, False),
        ("publish: {languages: [fr, en]}\n", "en, fr", False, True),  # other names of feeds
        ("publish: {languages: [fr, en]}\n", "en", True, True),
        ("", "fr, en, pt", False, True),
    ],
)
def test_what_is_published_in_which_language_is_said(
    home: Path, publish: str, languages: str, *, explains: bool, next_step: bool
) -> None:
    file = home / "waves" / "programme.yaml"
    file.write_text(file.read_text() + publish)
    done = run("programme", "edit", "--languages", languages, "--lang", "en", cwd=home)
    assert done.code == 0, done.err
    assert ("publish.languages" in done.err, "next:" in done.err) == (explains, next_step)
