"""The language to speak before the plan is read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from support.plans import ROOT, SOUND, run, write_plan
from wavectl.cli.language import find_plan_folder, language_of_arguments, language_of_plan, language_tag, option_value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ([], None),
        (["validate"], None),
        (["--lang", "fr"], "fr"),
        (["--lang=fr", "validate"], "fr"),
        (["--lang", "fr", "validate", "--lang", "es"], "es"),
        (["--lang", "fr", "--lang"], "fr"),
        (["--lang"], None),
        (["--lang="], None),
        (["--language", "fr"], None),
        (["--", "--lang", "fr"], None),
        (["--lang", "fr", "--", "--lang", "es"], "fr"),
    ],
)
def test_the_last_value_on_the_line_counts(line: list[str], value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAVECTL_LANG", raising=False)
    assert option_value(line, "--lang", "WAVECTL_LANG") == value
    monkeypatch.setenv("WAVECTL_LANG", "pt")
    assert option_value(line, "--lang", "WAVECTL_LANG") == (value or "pt")


@pytest.mark.parametrize(
    ("requested", "expected"),
    [("fr", "fr"), ("FR", "fr"), ("fr_CA", "fr"), ("es-419", "es"), ("de", "en"), ("frr", "en")],
)
def test_the_language_of_help_has_a_translation(requested: str, expected: str) -> None:
    assert language_of_arguments(["--lang", requested]) == expected


def test_else_it_is_that_of_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAVECTL_LANG", "WAVECTL_WAVES"):
        monkeypatch.delenv(name, raising=False)
    folder = write_plan(tmp_path, {"programme": "languages: [es, fr]\n"})
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert language_of_arguments([]) == "es"
    assert language_of_arguments(["--waves", str(ROOT / "waves")]) == "fr"
    monkeypatch.setenv("WAVECTL_WAVES", str(ROOT / "waves"))
    assert language_of_arguments([]) == "fr"
    assert language_of_arguments(["--waves", str(folder)]) == "es"


@pytest.mark.parametrize(
    ("programme", "language"),
    [
        ("languages: [pt-BR, fr]\n", "pt-BR"),
        ("languages:\n  - fr\n", "fr"),
        ("\ufefflanguages: [fr]\n", "fr"),
        ("languages: [no]\n", "no"),  # Norwegian, not a truth value
        ("languages: []\n", "en"),
        ("languages: fr\n", "en"),
        ("languages: [[fr]]\n", "en"),
        ("languages: [fr\n", "en"),
        ("- fr\n", "en"),
        ("", "en"),
        (b"\xff\xfel\x00", "en"),
        (b"languages: [fr]\n#" + b"x" * 1024 * 1024, "en"),
    ],
)
def test_the_first_language_of_a_programme(programme: str | bytes, language: str, tmp_path: Path) -> None:
    for name in ("programme.yaml", "programme.yml"):
        home = tmp_path / name
        assert language_of_plan(write_plan(home, {name: programme})) == language


def test_without_a_programme_it_is_english(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": SOUND})
    (folder / "programme.yaml").mkdir()
    assert [language_of_plan(place) for place in (None, tmp_path / "nowhere", folder)] == ["en"] * 3


def test_a_folder_is_looked_for_here_and_above(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": SOUND})
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "waves").write_text("no folder")
    assert find_plan_folder(tmp_path / "a" / "b") == folder
    assert find_plan_folder(folder) == folder


@pytest.mark.parametrize(
    ("written", "output"), [("FR", "fr"), ("pt_br", "pt-BR"), ("es-419", "es-419"), ("ZH_hant_TW", "zh-hant-TW")]
)
def test_a_language_tag_has_the_case_of_its_standard(written: str, output: str) -> None:
    assert language_tag(written) == output


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "erreur"),
        ({"LC_ALL": "es", "LANG": "fr"}, "error: no"),
        ({"LANG": "C"}, "error: there"),
    ],
)
def test_without_a_plan_messages_follow_the_locale(tmp_path: Path, env: dict[str, str], word: str) -> None:
    assert run("timeline", cwd=tmp_path, env=env).err.startswith(word)


@pytest.mark.parametrize(
    ("number", "locale", "language"),
    [(0x0C0A, "", "es"), (0x080A, "", "es"), (0x0C0C, "", "fr"), (0x0407, "", "en"), (0x0C0A, "fr_FR", "fr")],
)
def test_on_windows_messages_follow_the_language_of_its_user(
    number: int, locale: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel32 = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel32), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale if name == "LANG" else "")
    assert language_of_plan(None) == language
