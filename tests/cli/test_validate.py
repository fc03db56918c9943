"""``wavectl validate``: what it shows, what counts, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, REAL, SOUND, TODAY, run, write_plan
from wavectl.i18n import translator

FAULTY = ANNOUNCED + "moments:\n  - {id: a, title: A, when: soon}\n"
WARNED = "title: Housing\nhashtags: ['#Housing']\nperiod: 2017\n"
"""A wave without a slogan."""


# -- the real waves


def test_the_real_waves_have_no_fault_and_one_true_warning() -> None:
    outcome = run("--waves", str(REAL), "--today", TODAY, "validate", "--format", "json")
    assert outcome.code == 0
    found = json.loads(outcome.out)
    assert found["summary"] == {"files": 4, "errors": 0, "warnings": 1, "infos": 7, "waived": 2}
    (warning,) = (one for one in found["diagnostics"] if one["severity"] == "warning")
    assert (warning["rule"], warning["file"], warning["wave"]) == (
        "unconfirmed-actor",
        "waves/migration.yaml",
        "migration",
    )
    assert run("validate", "--strict").code == 1  # the page says so: "à confirmer"


def test_the_rules_that_the_real_waves_break_are_waived() -> None:
    files = {path.name: path.read_bytes() for path in REAL.glob("*.yaml")}
    assert sum(text.count(b"\nwaive:\n  calendar-length:") for text in files.values()) == 2


# -- exit codes


@pytest.mark.parametrize(
    ("wave", "options", "code"),
    [
        (SOUND, [], 0),
        (SOUND, ["--strict"], 0),
        (WARNED, [], 0),
        (WARNED, ["--strict"], 1),
        (FAULTY, [], 1),
        (FAULTY, ["--ignore", "invalid-date"], 0),
        (FAULTY, ["--select", "missing-slogan"], 0),
        (FAULTY, ["--select", "missing-slogan", "--select", "invalid-date"], 1),
        (WARNED, ["--strict", "--ignore", "missing-slogan"], 0),
        (WARNED + "waive: {missing-slogan: not yet}\n", ["--strict"], 0),
        ("title: [\n", ["--select", "missing-slogan"], 1),
        (SOUND, ["--select", "no-such-rule"], 2),
        (SOUND, ["--ignore", "missing-slogans"], 2),
        (SOUND, ["--format", "xml"], 2),
        (SOUND, ["--no-such-option"], 2),
        (SOUND, ["nowhere"], 2),
        (SOUND, ["nowhere.yaml"], 2),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif"])
def test_exit_codes(wave: str, options: list[str], code: int, form: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": wave})
    outcome = run("validate", "--format", form, *options, cwd=tmp_path)
    assert outcome.code == code
    assert bool(outcome.err) is (code == 2)
    assert outcome.out == "" if code == 2 else outcome.out or form == "concise"


def test_a_slip_in_the_name_of_a_rule_or_format_is_met_with_the_right_one(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    assert "did you mean missing-slogan?" in run("validate", "--select", "missing-slogans", cwd=tmp_path).err
    assert "did you mean json?" in run("validate", "--format", "jsn", cwd=tmp_path).err
    assert "choose from text, concise, json" in run("validate", "--format", "yaml", cwd=tmp_path).err


# -- what is named


PLAN = {"programme": "languages: [nonsense!]\n", "housing": FAULTY, "migration": WARNED}


def shown(home: Path, *names: str, waves: str | None = None) -> tuple[list[str], int, int]:
    """Return the files of what is shown, the number of files that count, and the exit code."""
    outcome = run(*(("--waves", waves) if waves else ()), "validate", *names, "--format", "json", cwd=home)
    assert outcome.code in (0, 1), outcome.err
    found = json.loads(outcome.out)
    return [one["file"] for one in found["diagnostics"]], found["summary"]["files"], outcome.code


@pytest.mark.parametrize(
    ("names", "files", "counted", "code"),
    [
        ((), ["waves/housing.yaml", "waves/migration.yaml", "waves/programme.yaml"], 3, 1),
        (("housing",), ["waves/housing.yaml"], 1, 1),
        (("migration",), ["waves/migration.yaml"], 1, 0),
        (("migration", "housing"), ["waves/housing.yaml", "waves/migration.yaml"], 2, 1),
        (("waves/migration.yaml",), ["waves/migration.yaml"], 1, 0),
        (("./waves/../waves/migration.yaml", "migration"), ["waves/migration.yaml"], 1, 0),
        (("programme",), ["waves/programme.yaml"], 1, 1),
        (("waves/programme.yaml", "migration"), ["waves/migration.yaml", "waves/programme.yaml"], 2, 1),
    ],
)
def test_what_is_named_shows_and_counts(
    names: tuple[str, ...], files: list[str], counted: int, code: int, tmp_path: Path
) -> None:
    write_plan(tmp_path, PLAN)
    assert shown(tmp_path, *names) == (files, counted, code)


def test_the_whole_plan_is_read_whatever_is_named(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": SOUND, "two": SOUND + "moments:\n  - {id: a, title: A, when: 2018, same_as: one/x}\n"})
    assert shown(tmp_path, "one") == ([], 1, 0)
    assert shown(tmp_path, "two") == (["waves/two.yaml"], 1, 1)


def test_a_file_outside_the_folder_is_read_with_the_plan_around_it(tmp_path: Path) -> None:
    other = write_plan(
        tmp_path / "elsewhere",
        {"programme": "actors: {bcn: {name: B, kind: member}}\n", "housing": ANNOUNCED + "actors: [bcn, hic]\n"},
    )
    write_plan(tmp_path / "here", {"own": SOUND})
    file = other / "housing.yaml"
    assert shown(tmp_path / "here", str(file)) == ([file.as_posix()], 1, 1)
    assert shown(tmp_path, "elsewhere/waves/housing.yaml") == (["elsewhere/waves/housing.yaml"], 1, 1)
    assert shown(other, "housing.yaml") == (["housing.yaml"], 1, 1)
    assert run("--waves", str(tmp_path / "here" / "waves"), "validate", str(file), cwd=tmp_path).code == 2


def test_files_of_two_plans_are_refused(tmp_path: Path) -> None:
    files = [str(write_plan(tmp_path / name, {"a": SOUND}) / "a.yaml") for name in ("one", "two")]
    outcome = run("validate", *files, cwd=tmp_path / "one")
    assert outcome.code == 2
    assert "the plan has no wave or file named" in outcome.err


def test_a_file_that_is_not_there_is_named_in_the_refusal(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    outcome = run("validate", "hosing.yaml", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert '"hosing.yaml"' in outcome.err
    assert "choose from housing" in outcome.err
    assert "did you mean housing?" in run("validate", "hosing", cwd=tmp_path).err


def test_a_wave_with_a_wrong_name_can_be_checked_by_its_file(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND, "My Wave.yaml": SOUND})
    assert shown(tmp_path, "waves/My Wave.yaml") == (["waves/My Wave.yaml"], 1, 1)


def test_a_link_is_checked_where_it_lies(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": SOUND})
    (tmp_path / "shared.yaml").write_text(FAULTY)
    (folder / "linked.yaml").symlink_to(tmp_path / "shared.yaml")
    assert shown(tmp_path, "waves/linked.yaml") == (["waves/linked.yaml"], 1, 1)


def test_what_is_waived_counts_where_it_is_named(tmp_path: Path) -> None:
    write_plan(tmp_path, {"one": WARNED + "waive: {missing-slogan: not yet}\n", "two": SOUND})
    waived = [
        json.loads(run("validate", name, "--format", "json", cwd=tmp_path).out)["summary"]["waived"]
        for name in ("one", "two")
    ]
    assert waived == [1, 0]


# -- formats and languages


def test_the_formats_say_the_same(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": FAULTY})
    assert run("validate", cwd=tmp_path).out == (
        'error[invalid-date]: "soon" cannot be read as a date\n'
        " --> waves/housing.yaml:4:29\n"
        "4 |   - {id: a, title: A, when: soon}\n"
        "  |                             ^^^^\n"
        "  = hint: write the day, the month or the year: 2017-11-02, 2017-11, 2017; unknown if nothing is known yet\n"
        "\n1 file: 1 error\n"
    )
    concise = 'waves/housing.yaml:4:29: error[invalid-date] "soon" cannot be read as a date\n'
    assert run("validate", "--format", "concise", cwd=tmp_path).out == concise
    (found,) = json.loads(run("validate", "--format", "json", cwd=tmp_path).out)["diagnostics"]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (4, 29, 4, 33)
    assert (found["path"], found["wave"]) == ("moments[0].when", "housing")


@pytest.mark.parametrize(
    ("form", "options", "language"),
    [
        ("text", (), "fr"),
        ("text", ("--lang", "es"), "es"),
        ("text", ("--lang", "en"), "en"),
        ("text", ("--lang", "de"), "en"),
        ("concise", (), "en"),
        ("concise", ("--lang", "fr"), "fr"),
        ("json", (), "en"),
        ("json", ("--lang", "es"), "es"),
    ],
)
def test_the_language_of_messages(form: str, options: tuple[str, ...], language: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [fr, en]\n", "housing": WARNED})
    outcome = run("validate", "--format", form, *options, cwd=tmp_path)
    message = translator(language)("the wave has no slogan")
    text = json.loads(outcome.out)["diagnostics"][0]["message"] if form == "json" else outcome.out
    assert message in text
    assert language == "en" or message != "the wave has no slogan"


def test_json_is_utf_8_whatever_the_name_of_a_file(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"housing": SOUND})
    try:
        (folder / "h\udcff.yaml").write_text(SOUND)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    outcome = run("validate", "--format", "json", cwd=tmp_path)
    assert outcome.code == 1
    assert json.loads(outcome.raw.decode("utf-8"))["diagnostics"][0]["file"] == "waves/h\udcff.yaml"
    assert run("validate", cwd=tmp_path).code == 1


# -- the order of findings, and notes in one line

MIXED = (
    "title: {fr: Logement}\nslogan: {fr: S}\nhashtags: ['#Housing']\nperiod: 2017\n"
    "moments:\n  - {id: a, title: {fr: A}, when: soon}\n"
)
"""A wave with an error, below the texts that are not translated."""


def _mixed_plan(home: Path) -> None:
    plan = {"programme": "languages: [fr, en, es]\n", "housing": MIXED, "migration": WARNED, "zones": MIXED}
    write_plan(home, plan)


@pytest.mark.parametrize("language", ["fr", "en", "es"])
def test_errors_come_first_then_warnings_then_notes_in_one_line_for_each_rule(language: str, tmp_path: Path) -> None:
    _mixed_plan(tmp_path)
    names = {word: translator(language)(word) for word in ("error", "warning", "note")}
    lines = run("validate", "--lang", language, cwd=tmp_path).out.splitlines()
    heads = [line for line in lines if line.startswith(tuple(f"{name}[" for name in names.values()))]
    order = ["error[invalid-date]"] * 2 + ["warning[missing-slogan]", "note[missing-translation]"]
    expected = [head.replace(word, names[word], 1) for head in order for word in names if head.startswith(word)]
    assert [head.partition("]")[0] + "]" for head in heads] == expected
    assert " 4 " in heads[-1]
    assert "--notes" in heads[-1]


@pytest.mark.parametrize("options", [("--notes",), ("--select", "missing-translation")])
def test_notes_are_shown_in_full_where_they_are_asked_for(options: tuple[str, ...], tmp_path: Path) -> None:
    _mixed_plan(tmp_path)
    out = run("validate", "--lang", "en", *options, cwd=tmp_path).out
    assert out.count("[missing-translation]") == 4
    assert out.rfind("error[") < out.find("note[")


@pytest.mark.parametrize("form", ["concise", "json", "github", "sarif"])
def test_every_other_format_lists_all_notes(form: str, tmp_path: Path) -> None:
    _mixed_plan(tmp_path)
    folded, full = (run("validate", "--format", form, *notes, cwd=tmp_path).out for notes in ((), ("--notes",)))
    assert folded == full
    assert folded.count("still to be translated into") >= 4


def test_the_first_commands_of_the_readme_show_no_wall_of_findings() -> None:
    outcome = run("--waves", str(REAL), "--today", TODAY, "validate")
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) <= 12
