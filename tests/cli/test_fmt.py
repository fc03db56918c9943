"""``wavectl fmt``: what is formatted, what stays unchanged, and what is reported."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from support.plans import REAL, run, state, write_plan
from support.registers import register_bytes, write_actions

WILD = "status: announced\n# the title\ntitle: Housing # short\n"
NEAT = '# the title\ntitle: "Housing" # short\nstatus: announced\n'
BROKEN = "title: @x\n"


def test_files_are_laid_out_and_named(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"a": WILD, "b": NEAT, "programme": "timezone: UTC\nname: N\n"})
    outcome = run("fmt", cwd=tmp_path)
    assert (outcome.out, outcome.code) == ("waves/a.yaml\nwaves/programme.yaml\n", 0)
    assert outcome.err == "formatted: 2 of 3 files\nwavectl undo takes this back\n"
    assert (folder / "a.yaml").read_text() == NEAT
    assert (folder / "programme.yaml").read_text() == 'name: "N"\ntimezone: UTC\n'
    again = run("fmt", "--check", cwd=tmp_path)
    assert (again.out, again.err, again.code) == ("", "all files are formatted already\n", 0)


def test_a_check_writes_nothing_and_fails(tmp_path: Path) -> None:
    write_plan(tmp_path, {"a": WILD, "b": NEAT})
    before = state(tmp_path)
    outcome = run("fmt", "--check", cwd=tmp_path)
    assert (outcome.out, outcome.err, outcome.code) == ("waves/a.yaml\n", "would be formatted: 1 of 2 files\n", 1)
    shown = run("fmt", "--diff", cwd=tmp_path)
    assert shown.code == 1
    assert "+# the title\n" in shown.out
    assert state(tmp_path) == before


def test_only_what_is_named_is_laid_out(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"a": WILD, "b": WILD})
    assert run("fmt", "b", cwd=tmp_path).out == "waves/b.yaml\n"
    assert run("fmt", "waves/a.yaml", cwd=tmp_path).out == "waves/a.yaml\n"
    assert (folder / "a.yaml").read_text() == (folder / "b.yaml").read_text() == NEAT
    assert run("fmt", "c", cwd=tmp_path).code == 2


def test_a_file_that_cannot_be_read_is_reported_and_left_alone(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"a": WILD, "b": BROKEN, "c": "x-a: &s b\n*s : c\n"})
    outcome = run("fmt", cwd=tmp_path)
    assert (outcome.out, outcome.code) == ("waves/a.yaml\n", 1)
    assert "waves/b.yaml:1:8" in outcome.err
    assert "waves/c.yaml" in outcome.err
    assert (folder / "b.yaml").read_text() == BROKEN
    assert [run("fmt", name, cwd=tmp_path).code for name in ("a", "b", "c")] == [0, 1, 1]


def test_the_mark_at_the_start_and_the_ends_of_lines_stay(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, {"a": b"\xef\xbb\xbf" + WILD.replace("\n", "\r\n").encode()})
    assert run("fmt", cwd=tmp_path).code == 0
    assert (folder / "a.yaml").read_bytes() == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()


def test_the_waves_of_the_network_are_laid_out() -> None:
    outcome = run("fmt", "--check", "--waves", str(REAL), "--lang", "en")
    assert (outcome.out, outcome.code) == ("", 0)


def test_a_file_that_cannot_be_read_is_not_called_laid_out(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": "title: T\nmoments:\n\t- id: x\n"})
    done = run("fmt", "--check", "--lang", "en", cwd=tmp_path)
    assert done.code == 1
    assert "all files are formatted" not in done.err


REGISTER = register_bytes({"title": "A, B", "note": "x"}, {"title": "Fête"}, {"title": ' "q"'})


def rewritten(text: bytes) -> dict[str, bytes]:
    """Return a register as it may be found, by what happened to it."""
    header, *rows = text.decode().splitlines(keepends=True)
    cells = csv.reader(io.StringIO(text.decode()))
    resaved = io.StringIO()
    csv.writer(resaved, delimiter=";").writerows(cells)
    return {
        "another order": "".join((header, *reversed(rows))).encode(),
        "Windows": text.replace(b"\n", b"\r\n"),
        "Excel": b"\xef\xbb\xbf" + resaved.getvalue().encode(),
        "quotation marks": text.replace("Fête".encode(), '"Fête"'.encode()),
        "an empty line": text + b"\n",
        "no last line end": text.rstrip(b"\n"),
    }


@pytest.mark.parametrize("happened", rewritten(REGISTER))
def test_a_register_is_put_in_order(happened: str, tmp_path: Path) -> None:
    file = write_actions(tmp_path) / "actions" / "housing.csv"
    run("fmt", cwd=tmp_path)
    found = rewritten(REGISTER)[happened]
    file.write_bytes(found)
    check = run("fmt", "--check", cwd=tmp_path)
    assert (check.out, check.code) == ("waves/actions/housing.csv\n", 1)
    assert run("fmt", "--diff", cwd=tmp_path).code == 1
    assert file.read_bytes() == found
    done = run("fmt", "housing", cwd=tmp_path)
    assert (done.out, done.code) == ("waves/actions/housing.csv\n", 0)
    assert file.read_bytes() == REGISTER
    assert run("fmt", "--check", cwd=tmp_path).code == 0
    assert run("undo", "--yes", cwd=tmp_path).code == 0
    assert file.read_bytes() == found


def test_rows_of_a_register_that_are_wrong_stay_for_a_person(tmp_path: Path) -> None:
    file = write_actions(tmp_path) / "actions" / "housing.csv"
    header = REGISTER.partition(b"\n")[0] + b"\n"
    file.write_bytes(header + b"form-2,short\nform-1,a\nform-1,0" + b",x" * 40 + b"\n")
    assert run("fmt", "waves/actions/housing.csv", cwd=tmp_path).code == 0
    assert file.read_bytes() == header + b"form-1,a\nform-1,0" + b",x" * 40 + b"\nform-2,short\n"


@pytest.mark.parametrize("content", [b"id,title\n", REGISTER + b'form-9,"x\n', REGISTER.replace("ê".encode(), b"\xea")])
def test_a_register_that_cannot_be_read_is_reported_and_left_alone(content: bytes, tmp_path: Path) -> None:
    folder = write_actions(tmp_path)
    (folder / "actions" / "housing.csv").write_bytes(content)
    (folder / "housing.yaml").write_text(WILD)
    outcome = run("fmt", cwd=tmp_path)
    assert outcome.code == 1
    assert "waves/housing.yaml\n" in outcome.out
    assert "waves/actions/housing.csv:" in outcome.err
    assert (folder / "actions" / "housing.csv").read_bytes() == content
