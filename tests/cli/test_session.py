"""A run of a command: where its plan is, colours, what consoles can show, nothing that sways it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from support.bounded import Fork
from support.plans import ROOT, SOUND, process, run, write_plan

COMMAND = ("validate", "timeline", "export-ics")


# -- where the plan is


@pytest.mark.parametrize("command", ["validate", "timeline"])
def test_the_plan_is_found_here_and_in_the_folders_above(command: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert [run(command, cwd=home).code for home in (tmp_path, tmp_path / "waves", below)] == [0, 0, 0]


def test_the_nearest_plan_is_taken(tmp_path: Path) -> None:
    write_plan(tmp_path, {"outer": SOUND})
    write_plan(tmp_path / "inner", {"inner": SOUND})
    (tmp_path / "inner" / "deep").mkdir()
    outcome = run("timeline", "--format", "json", cwd=tmp_path / "inner" / "deep")
    assert json.loads(outcome.out)["waves"] == ["inner"]


@pytest.mark.parametrize("command", COMMAND)
@pytest.mark.parametrize("folder", ["missing", "empty", "lonely", "file"])
def test_a_folder_without_a_plan_is_refused(command: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "lonely").mkdir()
    (tmp_path / "lonely" / "programme.yaml").write_text("name: Waves\n")
    (tmp_path / "file").write_text("")
    for outcome in (
        run("--waves", folder, command, cwd=tmp_path),
        run(command, cwd=tmp_path, env={"WAVECTL_WAVES": folder}),
    ):
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("error: the folder ")
        assert "= hint: " in outcome.err


def test_no_plan_anywhere_is_refused(tmp_path: Path) -> None:
    outcome = run("validate", cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no folder named waves here or in the folders above" in outcome.err


# -- colours


COLOURED = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ((), {}, False),  # a pipe
        (("--color", "auto"), {}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1", "TERM": "dumb"}, True),
        (("--color", "always", "--color", "never"), {}, False),
    ],
)
@pytest.mark.parametrize("command", ["validate", "timeline"])
def test_colours_depend_on_the_option_and_the_terminal(
    command: str, options: tuple[str, ...], env: dict[str, str], coloured: bool
) -> None:
    outcome = run(command, *options, env=env)
    assert outcome.code == 0
    assert bool(COLOURED.search(outcome.out)) is coloured


def on_terminal(*arguments: str, env: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what a command that succeeds shows on a terminal, with nothing but ``env`` to sway it."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals")
    controller, terminal = pty.openpty()

    def prepare() -> None:
        os.dup2(terminal, 1)
        os.environ.clear()
        os.environ.update({"PATH": os.defpath, "TERM": "xterm", "COLUMNS": "80", **env})

    shown = Fork(ROOT, *arguments, prepare=prepare)
    os.close(terminal)
    out = b""
    try:
        while chunk := os.read(controller, 4096):
            out += chunk
    except OSError:  # the other end is gone
        pass
    os.close(controller)
    assert shown.end().code == 0
    return out.decode()


@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)]
)
def test_on_a_terminal_colours_can_be_declined(env: dict[str, str], coloured: bool) -> None:
    text = on_terminal("timeline", "housing", env=env)
    assert bool(COLOURED.search(text)) is coloured
    assert "\r\n2017\r\n" in COLOURED.sub("", text)  # grouped by year: a screen


# -- hyperlinks


@pytest.mark.parametrize(
    ("options", "env", "linked"),
    [
        ((), {}, False),  # a terminal that is not known to take them
        ((), {"TERM_PROGRAM": "vscode"}, True),
        ((), {"VTE_VERSION": "7600"}, True),
        ((), {"FORCE_HYPERLINK": "1"}, True),
        ((), {"FORCE_HYPERLINK": "0", "TERM_PROGRAM": "vscode"}, False),
        ((), {"NO_COLOR": "1", "TERM_PROGRAM": "vscode"}, False),
        ((), {"TERM": "dumb", "TERM_PROGRAM": "vscode"}, False),
        (("--color", "never"), {"TERM_PROGRAM": "vscode"}, False),
        (("--color", "always"), {"NO_COLOR": "1", "TERM_PROGRAM": "vscode"}, True),
        (("--format", "concise"), {"TERM_PROGRAM": "vscode"}, False),
    ],
)
def test_a_terminal_that_takes_hyperlinks_gets_them(
    options: tuple[str, ...], env: dict[str, str], linked: bool
) -> None:
    text = on_terminal("validate", "--select", "unconfirmed-actor", *options, env=env)
    address = (ROOT / "waves" / "migration.yaml").as_uri()
    links = re.findall(r"\x1b\]8;;([^\x1b]*)\x1b\\([^\x1b]*)\x1b\]8;;\x1b\\", text)
    assert links == ([(address, "waves/migration.yaml:202:16")] if linked else [])
    assert text.count("\x1b]8;") == 2 * len(links)


def test_a_pipe_gets_no_hyperlinks() -> None:
    assert "\x1b]8" not in process("validate", "--color", "always", env={"FORCE_HYPERLINK": "1"}).out


# -- consoles


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["timeline", "--lang", "fr"], 0),
        (["timeline", "--color", "always"], 0),
        (["timeline", "한국어…"], 2),
        (["validate"], 0),
        (["validate", "--format", "concise"], 0),
        (["--help"], 0),
        (["timeline", "--help"], 0),
        (["validate", "--help"], 0),
    ],
)
def test_a_narrow_console_never_fails(encoding: str, arguments: list[str], code: int) -> None:
    outcome = Fork(ROOT, *arguments, encoding=encoding).end()
    assert outcome.code == code, outcome.err
    assert "\ufffd" not in outcome.out + outcome.err


def test_what_a_narrow_console_cannot_show_degrades() -> None:
    out = process("timeline", "housing", "--lang", "fr", env={"PYTHONIOENCODING": "ascii"}).out
    assert "*  14-17 septembre 2017  7eme Forum mondial des villes de droits de l'homme" in out
    assert "~  novembre 2017         Reunions de CGLU" in out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_is_for_programs_is_the_same_on_every_console(form: str) -> None:
    raw = {Fork(ROOT, "timeline", "--format", form, encoding=name).end().data for name in ("utf-8", "ascii", "cp1252")}
    assert len(raw) == 1
    assert "Réunions" in raw.pop().decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["timeline"], 0), (["timeline", "--format", "json"], 0), (["validate"], 0), (["validate", "--strict"], 1)],
)
def test_a_reader_who_has_seen_enough_changes_nothing(arguments: list[str], code: int) -> None:
    shown = subprocess.Popen(
        [sys.executable, "-m", "wavectl", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert shown.stdout is not None
    assert shown.stderr is not None
    shown.stdout.close()
    assert (shown.wait(), shown.stderr.read()) == (code, b"")
    shown.stderr.close()


def test_nothing_but_the_arguments_sways_the_result() -> None:
    swaying = (
        {},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "es_ES.UTF-8"},
    )
    raw = {process("timeline", "--today", "2017-06-01", "--format", "json", env=env).raw for env in swaying}
    assert len(raw) == 1


def test_a_day_that_is_none_is_refused_whatever_the_command(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": "title: A\nstatus: announced\n"})
    assert run("validate", "--today", "garbage", cwd=tmp_path).code == 2


def test_languages_are_read_in_any_case(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": "title: {fr: Un, en: One}\nstatus: announced\n"})
    for language in ("FR", "fr_ca", "Fr-CA"):
        assert run("timeline", "--lang", language, cwd=tmp_path).out.startswith("Un")


def test_a_file_with_a_wrong_name_stops_what_is_made_of_all_waves(tmp_path: Path) -> None:
    wave = "title: A\nstatus: announced\n"
    home = write_plan(tmp_path, {"housing": wave, "migration": wave})
    (home / "Bad_Name.yaml").write_text(wave)
    (home / "housing.yml").write_text(wave)
    assert run("timeline", cwd=tmp_path).code == 1
    assert run("timeline", "housing", cwd=tmp_path).code == 1
    assert run("timeline", "migration", cwd=tmp_path).code == 0
