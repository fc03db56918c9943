"""Hashtags: one list for every language, or one for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.plans import SOUND, checked, read_plan, run, write_plan

PROGRAMME = "name: Waves\nlanguages: [fr, en, es]\nuid_domain: waves.uclg.org\n"
BY_LANGUAGE = 'hashtags: {fr: ["#DroitauLogement", "#MakeTheShift"], en: ["#Right2Housing"]}'
MOMENT = "moments: [{id: forum, title: Forum, when: 2018-01-05}]\n"


def wave(hashtags: str) -> str:
    """Return a wave with that line for its hashtags, and a moment."""
    (line,) = [line for line in SOUND.splitlines() if line.startswith("hashtags:")]
    return SOUND.replace(line, hashtags) + MOMENT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": wave(BY_LANGUAGE)})
    return tmp_path


@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("fr", "#DroitauLogement #MakeTheShift", "#Right2Housing"),
        ("en", "#Right2Housing", "#DroitauLogement"),
        ("es", "#DroitauLogement #MakeTheShift", "#Right2Housing"),  # as texts do: in the programme's order
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        "export-ics -o -",
        "timeline",
        "timeline --format gantt",
        "timeline --format markdown",
        "timeline --format svg",
        "timeline --format html",
        "show housing",
    ],
)
def test_each_language_shows_its_own(home: Path, command: str, language: str, own: str, other: str) -> None:
    outcome = run(*command.split(), "--lang", language, "--today", "2017-06-01", cwd=home)
    shown = outcome.out.replace("\r\n ", "")
    assert outcome.code == 0
    assert own.split()[0] in shown
    assert other not in shown


def test_the_card_as_data_keeps_a_list(home: Path) -> None:
    for language, tags in (("fr", ["#DroitauLogement", "#MakeTheShift"]), ("en", ["#Right2Housing"])):
        outcome = run("show", "housing", "--format", "json", "--lang", language, cwd=home)
        assert json.loads(outcome.out)["hashtags"] == tags


def test_a_change_of_hashtags_in_one_language_is_a_change_of_the_entries(home: Path) -> None:
    def digest() -> str:
        assert run("export-ics", "--today", "2017-06-01", cwd=home).code == 0
        (line,) = [line for line in (home / "waves" / "wavectl.lock").read_text().splitlines() if "forum" in line]
        return str(json.loads("{" + line.rstrip(",") + "}")["forum.housing@waves.uclg.org"]["digest"])

    digests = {digest()}
    for hashtags in (BY_LANGUAGE.replace("2Housing", "2TheCity"), 'hashtags: ["#A", "#B"]', 'hashtags: {fr: ["#A"]}'):
        (home / "waves" / "housing.yaml").write_text(wave(hashtags))
        digests.add(digest())
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("hashtags", "languages"),
    [
        ('hashtags: ["#A"]', []),
        ('hashtags: {fr: ["#A"], en: ["#B"], es: ["#C"]}', []),
        ('hashtags: {fr: ["#A"], en: ["#B"]}', ["es"]),
        ('hashtags: {fr: ["#A"], en: }', ["en", "es"]),
    ],
)
def test_hashtags_by_language_are_needed_in_each(tmp_path: Path, hashtags: str, languages: list[str]) -> None:
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "housing": wave(hashtags)})
    found = [finding for finding in checked(plan) if finding.rule == "missing-hashtag"]
    assert [finding.path for finding in found] == [("hashtags",)] * len(languages)


@pytest.mark.parametrize(
    ("hashtags", "rule", "path", "fix"),
    [
        ("hashtags: {fr: [Housing]}", "bad-hashtag", ("hashtags", "fr", 0), '"#Housing"'),
        ('hashtags: {fr: "#A, #B"}', "invalid-value", ("hashtags", "fr"), '["#A", "#B"]'),
        ("hashtags: {fr: []}", "invalid-value", ("hashtags", "fr"), None),
        ("hashtags: {}", "invalid-value", ("hashtags",), None),
        ('hashtags: "#A"', "invalid-value", ("hashtags",), '["#A"]'),
    ],
)
def test_mistakes_in_hashtags_by_language(
    tmp_path: Path, hashtags: str, rule: str, path: tuple[str | int, ...], fix: str | None
) -> None:
    plan = read_plan(tmp_path, {"programme": PROGRAMME, "housing": wave(hashtags)})
    (finding,) = [finding for finding in checked(plan) if finding.rule == rule]
    assert (finding.path, finding.fix) == (path, fix)
