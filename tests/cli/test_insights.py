"""What the commands that show an overview share: forms, limits, exit codes, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, SOUND, run, write_plan

COMMANDS = (("status",), ("show", "housing"), ("todo",), ("coverage",))
DATED = SOUND.replace("slogan: A right\n", "") + "".join(
    f"  - {{id: m{n}, title: A, when: 2017-09-{n:02}, status: tentative}}\n" if n else "moments:\n" for n in range(26)
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"housing": DATED, "programme": "languages: [en]\n"})
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_each_form_is_written(command: tuple[str, ...], home: Path) -> None:
    table, markdown, programs = (
        run(*command, "--today", "2017-06-01", "--format", form, cwd=home) for form in ("table", "markdown", "json")
    )
    assert {one.code for one in (table, markdown, programs)} == {0}
    assert markdown.out.startswith("# ")
    assert json.loads(programs.out)["schema"] == f"wavectl/{command[0]}/1"
    assert table.out == run(*command, "--today", "2017-06-01", cwd=home).out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "text"], '"text" is not a valid value for --format'),
        (["--limit", "many"], '--limit "many" is not a valid number of rows'),
        (["--limit", "-1"], '--limit "-1" is not a valid number of rows'),
        (["--limit", "²"], '--limit "²" is not a valid number of rows'),
    ],
)
def test_invalid_options_are_refused(command: tuple[str, ...], options: list[str], message: str, home: Path) -> None:
    outcome = run(*command, *options, cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert "hint: " in outcome.err


@pytest.mark.parametrize(
    ("options", "shown", "more"),
    [([], 20, 5), (["--limit", "3"], 3, 22), (["--limit", "25"], 25, 0), (["--limit", "0"], 25, 0)],
)
def test_the_rest_of_a_long_table_is_counted(options: list[str], shown: int, more: int, home: Path) -> None:
    for form, sign in (("table", "? "), ("markdown", "| ? |")):
        out = run("todo", "--today", "2017-06-01", "--format", form, *options, cwd=home).out
        marked = sum(line.startswith(sign) for line in out.splitlines())
        assert marked == shown + 1 + (form == "table")  # the next moment too, and the legend
        assert (f"and {more} more" in out) is bool(more)
        assert ("--limit 0" in out) is (bool(more) and form == "table")
    assert len(json.loads(run("todo", "--format", "json", *options, cwd=home).out)["dates"]) in (0, 25)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_strict_fails_where_something_is_found(command: tuple[str, ...], home: Path, tmp_path: Path) -> None:
    assert [run(*command, *options, cwd=home).code for options in ([], ["--strict"])] == [0, 1]
    sound = tmp_path / "sound"
    actor = "actors: [{id: a, name: A, kind: member}]\n"
    month = "moments:\n  - {id: a, title: A, when: 2017-05/2018-12, confirm_by: 2100-01-01, outcome: Done}\n"
    write_plan(sound, {"programme": "languages: [en]\npriorities: {}\n", "housing": SOUND + actor + month})
    assert run(*command, "--strict", "--today", "2019-06-01", cwd=sound).code == 0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_plan_with_errors_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    """Status shows what it can, says that something may lack, and fails all the same."""
    write_plan(tmp_path, {"housing": ANNOUNCED + "moments:\n  - {id: a, title: A, when: soon}\n"})
    outcome = run(*command, cwd=tmp_path)
    assert outcome.code == 1
    assert bool(outcome.out) is (command[0] == "status")
    assert ("error[" in outcome.err) is (command[0] != "status")
    if command[0] == "status":
        assert (
            outcome.err
            == "the plan has errors, so the figures may be incomplete; run wavectl validate to see the errors\n"
        )
        assert "1 error" in outcome.out


def test_json_is_utf_8_on_every_console(home: Path) -> None:
    write_plan(home, {"housing": DATED.replace("title: Housing", "title: Logement é")})
    raw = run("show", "housing", "--format", "json", cwd=home, env={"PYTHONIOENCODING": "ascii"}).raw
    assert "Logement é" in raw.decode()
