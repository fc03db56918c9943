"""The plan to start from: sound, laid out, and the same in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.plans import checked, read_plan
from wavectl.cli.init import EXAMPLE_WAVE_IDS, example_dates, starter_files
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.yamlfile.formatter import format_document
from wavectl.yamlfile.reader import parse_document

DAYS = [
    date(2026, 1, 1),
    date(2026, 2, 28),
    date(2026, 10, 31),
    date(2026, 11, 1),
    date(2027, 12, 31),
    date(2028, 2, 29),
]


@pytest.mark.parametrize("language", EXAMPLE_WAVE_IDS)
@pytest.mark.parametrize(
    "today", [*DAYS, *(date(2026, 3, 1) + timedelta(days=9 * number) for number in range(40))], ids=str
)
def test_it_needs_no_fix(language: str, today: date, tmp_path: Path) -> None:
    files = starter_files(language, today)
    assert len(files) == 3
    plan = replace(read_plan(tmp_path, files), today=today)
    assert [f"{found.rule} {found.message}" for found in checked(plan)] == []
    assert plan.programme.languages[0] == language


@pytest.mark.parametrize("language", EXAMPLE_WAVE_IDS)
def test_it_is_laid_out(language: str) -> None:
    for name, text in starter_files(language, DAYS[0]).items():
        if name.endswith(".yaml"):
            keys_at = programme_keys_at if name == "programme.yaml" else wave_keys_at
            assert format_document(parse_document(text.encode(), name), keys_at) == text


def test_it_says_the_same_in_every_language() -> None:
    def facts(language: str) -> list[object]:
        files = starter_files(language, DAYS[0])
        programme = parse_document(files["programme.yaml"].encode(), "p").data
        wave = parse_document(files[f"{EXAMPLE_WAVE_IDS[language]}.yaml"].encode(), "w").data
        assert programme.pop("languages") == programme["publish"].pop("languages")
        assert wave.pop("hashtags")
        return [programme, wave]

    assert facts("en") == facts("fr") == facts("es")


@pytest.mark.parametrize("language", EXAMPLE_WAVE_IDS)
def test_texts_are_in_that_language_first(language: str) -> None:
    text = starter_files(language, DAYS[0])[f"{EXAMPLE_WAVE_IDS[language]}.yaml"]
    assert text.index(f"\n  {language}: ") == min(text.index(f"\n  {other}: ") for other in EXAMPLE_WAVE_IDS)
    assert "{" not in text


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_date_of_the_example_is_past(today: date) -> None:
    found = example_dates(today)
    assert len(found) == 7
    assert min(found.values()) >= f"{today:%Y-%m}"
    assert today <= date.fromisoformat(found["day"]) < today + timedelta(days=366)


@pytest.mark.parametrize("language", EXAMPLE_WAVE_IDS)
def test_the_readme_of_the_team_names_how_news_and_sheets_come_in(language: str) -> None:
    readme = starter_files(language, DAYS[0])["README.md"]
    for command in (
        "moment move forum --when",
        "moment cancel forum",
        "export-sheet -o plan.xlsx",
        "import-sheet plan",
    ):
        assert f"`wavectl {command}" in readme
    assert "status: cancelled" not in readme
