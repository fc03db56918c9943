"""``wavectl explain``: the manual, with a plan, without one, and beside a broken one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, process, run, write_plan
from wavectl.rules import ALL_RULES

FRENCH, ENGLISH, SPANISH = "Une vague n'a pas de slogan.", "A wave has no slogan.", "Una ola no tiene lema."


def test_all_rules_are_listed(tmp_path: Path) -> None:
    outcome = run("explain", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(line.split()[0] for line in outcome.out.splitlines()) == sorted(ALL_RULES)


@pytest.mark.parametrize("name", sorted(ALL_RULES))
def test_every_rule_is_explained(name: str, tmp_path: Path) -> None:
    outcome = run("explain", name, cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{ALL_RULES[name].replace('info', 'note')}[{name}]: ")


# -- language


@pytest.mark.parametrize(
    ("files", "options", "title"),
    [
        (None, (), ENGLISH),
        (None, ("--lang", "es"), SPANISH),
        (None, ("--lang", "de"), ENGLISH),
        ({}, (), ENGLISH),
        ({"housing": ANNOUNCED}, (), ENGLISH),
        ({"housing": ANNOUNCED, "programme": "languages: [fr, en]\n"}, (), FRENCH),
        ({"housing": ANNOUNCED, "programme.yml": "languages: [fr, en]\n"}, (), FRENCH),
        ({"housing": ANNOUNCED, "programme": "languages: [fr, en]\n"}, ("--lang", "en"), ENGLISH),
        ({"housing": ANNOUNCED, "programme": "languages: [pt, fr]\n"}, (), ENGLISH),
        ({"programme": "languages: [fr]\n"}, (), FRENCH),  # no wave yet
        ({"housing": "title: [\n", "programme": "languages: [fr]\n"}, (), FRENCH),
        ({"programme": "languages: [fr]\nunknown: 1\npriorities: 3\n"}, (), FRENCH),
        ({"programme": "languages: [nonsense!]\n"}, (), ENGLISH),
        ({"programme": "languages: [\n"}, (), ENGLISH),
        ({"programme": b"name: \xff\n"}, (), ENGLISH),
        ({"programme": "- fr\n"}, (), ENGLISH),
        ({"programme": ""}, (), ENGLISH),
    ],
)
def test_the_language_is_the_requested_one_else_the_programme_s_else_english(
    files: dict[str, str | bytes] | None, options: tuple[str, ...], title: str, tmp_path: Path
) -> None:
    if files is not None:
        write_plan(tmp_path, files)
    outcome = run("explain", "missing-slogan", *options, cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert title in outcome.out


def test_machine_output_is_english_unless_lang_is_given(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED, "programme": "languages: [fr]\n"})
    for form in ("json", "markdown"):
        assert ENGLISH in run("explain", "missing-slogan", "--format", form, cwd=tmp_path).out
        assert FRENCH in run("explain", "missing-slogan", "--format", form, "--lang", "fr", cwd=tmp_path).out


def test_the_folder_of_a_plan_need_not_be_there(tmp_path: Path) -> None:
    outcome = run("--waves", str(tmp_path / "nowhere"), "explain", "missing-slogan", cwd=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    write_plan(tmp_path / "there", {"programme": "languages: [es]\n"})
    there = run("explain", "missing-slogan", "--waves", str(tmp_path / "there" / "waves"), cwd=tmp_path)
    assert SPANISH in there.out


def test_another_file_type_in_place_of_the_programme_does_no_harm(tmp_path: Path) -> None:
    (write_plan(tmp_path, {}) / "programme.yaml").mkdir()
    assert ENGLISH in run("explain", "missing-slogan", cwd=tmp_path).out


# -- wrong usage


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (("missing-slogans",), "la règle « missing-slogans » n'existe pas"),
        (("missing-slogans",), "faut-il lire missing-slogan ?"),
        (("Missing Slogan",), "faut-il lire missing-slogan ?"),
        (("missing-slogan", "--format", "yaml"), "text, markdown, json"),
        (("missing-slogan", "--lang", "xx"), '"xx"'),
        (("missing-slogan", "missing-hashtag"), ""),
        (("",), "bad-hashtag, "),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], output: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [fr]\n"})
    outcome = run("explain", *arguments, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert output in outcome.err


# -- where it is written to


def test_colours_are_only_for_a_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in run("explain", cwd=tmp_path).out + run("explain", "missing-slogan", cwd=tmp_path).out
    assert "\x1b" in run("explain", "missing-slogan", "--color", "always", cwd=tmp_path).out
    for form in ("json", "markdown"):
        assert "\x1b" not in run("explain", "--format", form, "--color", "always", cwd=tmp_path).out


def test_a_narrow_encoding_degrades_and_programs_get_utf_8(tmp_path: Path) -> None:
    narrow = {"PYTHONIOENCODING": "ascii"}
    shown = process("explain", "missing-slogan", "--lang", "fr", cwd=tmp_path, env=narrow)
    assert (shown.code, shown.err) == (0, "")
    assert shown.raw.isascii()
    assert b'missing-slogan: "..."' in shown.raw
    for form in ("json", "markdown"):
        made = process("explain", "missing-slogan", "--lang", "fr", "--format", form, cwd=tmp_path, env=narrow).raw
        assert "annoncées" in made.decode()


def test_json_is_one_object_of_all_rules_or_of_one(tmp_path: Path) -> None:
    everything = json.loads(run("explain", "--format", "json", cwd=tmp_path).out)
    one = json.loads(run("explain", "bad-hashtag", "--format", "json", cwd=tmp_path).out)
    assert sorted(rule["name"] for rule in everything["rules"]) == sorted(ALL_RULES)
    assert one["rules"] == [rule for rule in everything["rules"] if rule["name"] == "bad-hashtag"]
