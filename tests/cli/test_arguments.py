"""Waves, files and texts that a command line names."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plans import ANNOUNCED, run, write_plan
from wavectl.cli.arguments import texts_by_language
from wavectl.editing.facts import to_translatable


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a", {"a.yaml"}),
        ("waves/a.yaml", {"a.yaml"}),
        ("programme", {"programme.yaml"}),
        ("waves/programme.yaml", {"programme.yaml"}),
    ],
)
def test_waves_and_files_are_found(tmp_path: Path, name: str, found: set[str]) -> None:
    write_plan(tmp_path, {"a": ANNOUNCED, "b": ANNOUNCED, "programme": "name: N\n"})
    outcome = run("fmt", "--check", name, cwd=tmp_path)
    assert {Path(line).name for line in outcome.out.splitlines()} == found


def test_a_file_elsewhere_brings_its_plan(tmp_path: Path) -> None:
    write_plan(tmp_path / "there", {"a": ANNOUNCED})
    outcome = run("fmt", "--check", "there/waves/a.yaml", cwd=tmp_path)
    assert outcome.out == "there/waves/a.yaml\n"


def test_a_misspelt_name_gets_a_suggestion(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    assert "did you mean housing?" in run("fmt", "housin", cwd=tmp_path).err


OWN = ["fr", "en", "es"]


@pytest.mark.parametrize(
    ("lang", "given", "expected"),
    [
        (None, ["Forum"], {"fr": "Forum"}),
        ("es", ["Foro"], {"es": "Foro"}),
        (None, ["en=Forum", "fr=Le forum"], {"en": "Forum", "fr": "Le forum"}),
        (None, ["x=1"], {"fr": "x=1"}),
        (None, ["run=fun"], {"fr": "run=fun"}),
        (None, ["it=Foro", "es-419=El foro", "zh-Hant=論壇"], {"it": "Foro", "es-419": "El foro", "zh-Hant": "論壇"}),
        ("pt", ["pt=Fórum", "b=c"], {"pt": "b=c"}),
        (None, [" "], {}),
        (None, ["fr="], {}),
        (None, [], {}),
    ],
)
def test_each_text_has_its_language(lang: str | None, given: list[str], expected: dict[str, str]) -> None:
    assert texts_by_language(given, lang or OWN[0], OWN) == expected


def test_a_text_is_written_by_language_in_the_order_of_the_programme() -> None:
    assert list(to_translatable({"it": "a", "en": "b", "fr": "c"}, OWN)) == ["fr", "en", "it"]


def test_where_there_is_one_language_a_text_names_none() -> None:
    assert to_translatable({"en": "a"}, ["en"]) == "a"
    assert to_translatable({"fr": "a"}, ["en"]) == {"fr": "a"}
