"""What all commands share: their common options and the order of these, help, the version."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from support.git import git
from support.plans import ANNOUNCED, GROUPS, REAL, SOUND, TODAY, commands, process, run, write_plan
from wavectl import __version__
from wavectl.cli.app import COMMANDS

COMMAND = ("validate", "timeline", "export-ics")


# -- options before and after the command, and from the environment


@pytest.mark.parametrize(
    ("before", "after", "env", "text"),
    [
        ((), (), {}, "14–17 septembre 2017"),
        (("--lang", "en"), (), {}, "14–17 September 2017"),
        ((), ("--lang", "en"), {}, "14–17 September 2017"),
        (("--lang", "es"), ("--lang", "en"), {}, "14–17 September 2017"),
        (("--lang", "en", "--lang", "es"), (), {}, "14–17 de septiembre de 2017"),
        ((), (), {"WAVECTL_LANG": "es"}, "14–17 de septiembre de 2017"),
        (("--lang", "en"), (), {"WAVECTL_LANG": "es"}, "14–17 September 2017"),
        ((), ("--lang", "en"), {"WAVECTL_LANG": "es"}, "14–17 September 2017"),
        ((), (), {"WAVECTL_LANG": ""}, "14–17 septembre 2017"),
    ],
)
def test_the_later_option_wins(before: tuple[str, ...], after: tuple[str, ...], env: dict[str, str], text: str) -> None:
    outcome = run(*before, "timeline", "housing", "--format", "json", *after, env=env)
    assert json.loads(outcome.out)["entries"][0]["text"] == text


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_folder_and_day_are_taken_before_and_after_the_command(place: str, tmp_path: Path) -> None:
    options = ["--waves", str(write_plan(tmp_path, {"housing": SOUND})), "--today", "2017-05-31"]
    env = {"WAVECTL_WAVES": options[1], "WAVECTL_TODAY": options[3]} if place == "environment" else {}
    arguments = ["timeline", "--format", "json"]
    if place == "before":
        arguments = options + arguments
    elif place == "after":
        arguments += options
    found = json.loads(run(*arguments, env=env).out)
    assert (found["waves"], found["today"]) == (["housing"], "2017-05-31")


def test_a_refused_environment_is_no_traceback() -> None:
    for env in ({"WAVECTL_LANG": "xx"}, {"WAVECTL_TODAY": "soon"}):
        outcome = run("timeline", env=env)
        assert (outcome.code, outcome.out) == (2, "")


def test_the_largest_file_is_bounded(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND + "# " + "x" * 3000 + "\n"})
    assert run("validate", cwd=tmp_path).code == 0
    outcome = run("validate", "--max-size", "0.002", cwd=tmp_path)
    assert outcome.code == 1
    assert "unreadable-file" in outcome.out
    assert run("validate", "--max-size", "0", cwd=tmp_path).code == 2


# -- help and version


def summaries() -> dict[str, str]:
    """Return the line that the help of the program, or of a group, tells of each command."""
    found = {name: summary for name, (_, summary) in COMMANDS.items()}
    for group in GROUPS:
        table = import_module(COMMANDS[group][0]).COMMANDS
        found |= {f"{group} {name}": summary for name, (_, summary) in table.items()}
    return found


ALONE = [name for name in commands() if name and name not in GROUPS]
"""The commands that do something."""


def test_the_version_is_printed() -> None:
    for outcome in (run("--version"), process("--version")):
        assert (outcome.code, outcome.out, outcome.err) == (0, f"wavectl {__version__}\n", "")


@pytest.mark.parametrize("name", ["", *ALONE])
def test_every_option_and_argument_has_a_help(name: str) -> None:
    parameters = [
        parameter
        for parameter in commands()[name].params
        if parameter.name not in ("install_completion", "show_completion")
    ]
    assert len(parameters) >= 6
    assert [parameter.name for parameter in parameters if not (parameter.help or "").strip()] == []


@pytest.mark.parametrize("name", ALONE)
def test_every_command_has_prose_and_an_example_that_runs(name: str, tmp_path: Path) -> None:
    text = commands()[name].help
    example = re.search(r"^\s*Example: wavectl (.+)$", text, re.MULTILINE)
    assert example, text
    assert len(text.split()) > 10
    arguments = shlex.split(example[1])
    assert " ".join(arguments).startswith(name)
    if name != "init":  # which writes a new plan
        shutil.copytree(REAL, tmp_path / "waves")
    if name == "import-sheet":  # which reads what export-sheet has written
        assert run("--today", TODAY, "export-sheet", "-o", arguments[1], cwd=tmp_path).code == 0
    if name == "actions import":
        (tmp_path / "answers.csv").write_text("Title,Town\nOpen house,Lima\n", encoding="utf-8")
    if name == "diff":  # which compares with a revision
        for words in ("init -q", "add .", "commit -qm one"):
            git(tmp_path, *words.split())
    if name == "undo":  # which takes back what another command has done
        assert run("--today", TODAY, "moment", "cancel", "migration/gwangju-forum", cwd=tmp_path).code == 0
    outcome = run("--today", TODAY, *arguments, cwd=tmp_path)
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("name", ALONE)
def test_the_help_has_the_summary_of_each_command(name: str) -> None:
    assert summaries()[name] == commands()[name].help.splitlines()[0]


@pytest.mark.parametrize("name", ALONE)
def test_every_command_takes_the_common_options(name: str) -> None:
    options = {option for parameter in commands()[name].params for option in parameter.opts}
    assert {"--waves", "--lang", "--today", "--color"} <= options


def test_an_announced_wave_is_a_plan(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED, "programme": "uid_domain: waves.uclg.org\n"})
    assert [run(command, cwd=tmp_path).code for command in COMMAND] == [0, 0, 0]


@pytest.mark.parametrize("name", ["a\x1b[31m", "a\n::error::b", "a\u202eb"])
def test_names_of_files_are_printed_on_one_line(name: str, tmp_path: Path) -> None:
    home = tmp_path / name
    home.mkdir()
    waves = write_plan(home, {"housing": 'title: Housing\nhashtags: ["#a",]\nstatus: announced\n'})
    place = ("--waves", str(waves))
    for arguments in (
        ("fmt", "--diff", *place),
        ("fmt", "--check", *place),
        ("schema", "-o", f"{home}/x.json", *place),
        ("export-sheet", "-o", f"{home}/x.csv", *place),
        ("export-ics", "-o", f"{home}/x", *place),
        ("init", f"{home}/new"),
        ("validate", "--format", "concise", *place),
    ):
        outcome = run(*arguments, cwd=tmp_path)
        assert name not in outcome.out + outcome.err
        assert not any(line.startswith("::error::b") for line in (outcome.out + outcome.err).splitlines())


@pytest.mark.parametrize(
    "command",
    [
        "timeline --waves {}", "validate {}.yaml", "fmt a/{}.yaml", "status --since={}", "init a/{}",
        "export-ics -o {}", "export-sheet -o {}.xlsx", "export-sheet -o {}.csv", "import-sheet {}.csv", "schema -o {}",
    ],
)  # fmt: skip
def test_a_name_that_no_file_can_have_is_no_traceback(command: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND, "programme": "uid_domain: waves.uclg.org\n"})
    for name in ("x" * 5_000, "a/" * 3_000):
        assert run(*command.format(name).split(), cwd=tmp_path).code == 2


@pytest.mark.parametrize("day", ["9998-12-30", "9989-01-01", "1583-06-01"])
def test_today_is_a_day_from_which_a_plan_can_go_on(day: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    for command in ("timeline", "status", "todo", "init"):
        assert run(command, "--today", day, cwd=tmp_path).code == 2
    for epoch in ("253370000000", "-12212553600", "9" * 30, "9" * 5000):
        assert run("status", cwd=tmp_path, env={"SOURCE_DATE_EPOCH": epoch}).code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", ["timeline", "status", "validate", "schema"])
def test_a_full_disk_ends_the_run_with_a_sentence(command: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "wavectl", command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, b"Traceback" in done.stderr, b"No space left" in done.stderr) == (1, False, True)


@pytest.mark.parametrize("title", ["Le droit au logement", "the RIGHT to housing"])
@pytest.mark.parametrize("command", [["show"], ["timeline"], ["actor", "list"], ["converge"]])
def test_a_wave_is_found_by_its_title(command: list[str], title: str) -> None:
    expected = run(*command, "housing")
    assert expected.code == 0
    assert run(*command, title).out == expected.out
