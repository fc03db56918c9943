"""Hostile files: each gets a finding or a clean refusal, in bounded time and memory."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from support.bounded import bounded
from support.plans import ANNOUNCED, run, write_plan

BOMB = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 40))
TEXTS: dict[str, bytes] = {
    "brackets in brackets": b"title: " + b"[" * 100_000,
    "braces in braces": b"title: " + b"{a: " * 100_000,
    "blocks in blocks": b"".join(b" " * n + b"a:\n" for n in range(2_000)),
    "lists in lists": b"title: " + b"- " * 100_000 + b"a",
    "references that unfold": f"l0: &l0 [x, x]\n{BOMB}title: *l39\n".encode(),
    "a part that holds itself": b"title: &a [*a]\nstatus: announced\n",
    "one large text": ANNOUNCED.encode() + b"slogan: " + b"a" * 4_000_000,
    "one large text of lines": ANNOUNCED.encode() + b"slogan: |\n" + b"  a\n" * 900_000,
    "one large text in quotation marks": b'title: "' + b"a " * 2_000_000,
    "a line of colons": b"title: " + b"a : " * 1_000_000,
    "a line of quotation marks": b"title: " + b"'a' " * 1_000_000,
    "a line of spaces": b"title: a" + b" " * 4_000_000 + b": b",
    "a key twice, and again": ANNOUNCED.encode() + b"slogan: a\n" * 100_000,
    "unknown keys": ANNOUNCED.encode() + b"".join(b"k%d: a\n" % n for n in range(20_000)),
    "keys without values": ANNOUNCED.encode() + b"slogan: {" + b"fr, " * 20_000 + b"}\n",
    "hashtags that are none": ANNOUNCED.encode() + b"hashtags: [" + b"a b, " * 20_000 + b"]\n",
    "moments without anything": ANNOUNCED.encode() + b"moments: [" + b"{}, " * 20_000 + b"]\n",
    "dates that are none": ANNOUNCED.encode()
    + b"moments:\n"
    + b"".join(b"  - {id: m%d, title: a, when: %d et demi}\n" % (n, n) for n in range(6_000)),
    "unknown actors": ANNOUNCED.encode() + b"actors: [" + b"".join(b"a%d, " % n for n in range(20_000)) + b"]",
    "a byte that is nothing": ANNOUNCED.encode() + b"slogan: a\x00b\n",
    "half a character": b'title: "\\ud800"\nstatus: announced\n',
    "half a character, as bytes": b"title: \xed\xa0\x80\nstatus: announced\n",
    "UTF-16": ANNOUNCED.encode("utf-16"),
    "UTF-16 without its mark": ANNOUNCED.encode("utf-16-le"),
    "UTF-32": ANNOUNCED.encode("utf-32"),
    "an archive": b"PK\x03\x04" + bytes(range(256)) * 100,
    "more than is read": b"title: a\n" + b"# x\n" * 1_100_000,
    "a number of a million digits": b"title: " + b"9" * 1_000_000 + b"\nstatus: announced\nurl: " + b"9" * 1_000_000,
    "a waiver of a million letters": ANNOUNCED.encode() + b"waive: {" + b"a" * 1_000_000 + b": b}\n",
}


def validate(home: Path, *options: str) -> tuple[int, str, str]:
    """Run ``validate`` within the bounds of time and memory; return its exit code and what it printed."""
    return bounded(home, "validate", *options)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_gets_a_finding(text: bytes, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": text})
    code, out, _ = validate(tmp_path, "--format", "json")
    found = json.loads(out)["diagnostics"]
    assert code == any(one["severity"] == "error" for one in found)
    assert found or b"slogan: " + b"a" * 4_000_000 in text or b"slogan: |" in text  # large, and nothing wrong with it


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_fixed_or_left_unchanged(text: bytes, tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": text})
    code, out, _ = validate(tmp_path, "--fix")
    assert code in (0, 1)
    assert out


def pipe(file: Path) -> None:
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.mkdir()


def leading_out(file: Path) -> None:
    secret = file.parent.parent / "secret"
    secret.write_text("title: SECRET: words\n")
    file.symlink_to(secret)


def leading_to_what_never_ends(file: Path) -> None:
    file.symlink_to("/dev/zero")


def leading_to_itself(file: Path) -> None:
    file.symlink_to(file)


def leading_nowhere(file: Path) -> None:
    file.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (pipe, "it is not a file"),
        (folder, "it is a folder"),
        (leading_out, "it is a link that leads out of its folder"),
        (leading_to_what_never_ends, "it is a link that leads out of its folder"),
        (leading_to_itself, "it is not a file"),
        (leading_nowhere, "it is not a file"),
    ],
)
def test_what_is_no_file_of_the_plan_is_not_read(made: Callable[[Path], None], reason: str, tmp_path: Path) -> None:
    waves = write_plan(tmp_path, {"migration": ANNOUNCED})
    made(waves / "housing.yaml")
    code, out, err = validate(tmp_path, "--lang", "en")
    assert (code, err) == (1, "")
    assert f"error[unreadable-file]: the file cannot be read: {reason}" in out
    assert "SECRET" not in out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    waves = write_plan(tmp_path, {"housing": ANNOUNCED, "migration": ANNOUNCED})
    (waves / "housing.yaml").chmod(0)
    code, out, _ = validate(tmp_path, "--lang", "en")
    assert (code, "Permission denied" in out) == (1, True)


def test_a_link_inside_the_plan_is_read(tmp_path: Path) -> None:
    waves = write_plan(tmp_path, {".shared.yaml": ANNOUNCED})
    (waves / "housing.yaml").symlink_to(".shared.yaml")
    assert run("validate", cwd=tmp_path).code == 0
    (tmp_path / "elsewhere").symlink_to(waves)
    assert run("validate", "--waves", "elsewhere", cwd=tmp_path).code == 0


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """A file that changes while it is read gives the findings of one of its states, and no crash."""
    waves = write_plan(tmp_path, {"housing": ANNOUNCED, "migration": ANNOUNCED})
    done = threading.Event()

    def write_on() -> None:
        file = waves / "housing.yaml"
        while not done.is_set():
            for state in (ANNOUNCED, ANNOUNCED + "slogan: 'a\n" * 1_000, "", "title: [a\n"):
                file.write_text(state)
            file.unlink()
            file.write_text(ANNOUNCED)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for options in ((), ("--fix",), ("--format", "json")):
            validate(tmp_path, *options)
    finally:
        done.set()
        writer.join()


@pytest.mark.parametrize(("made", "code"), [(lambda path: path.write_text("x"), 2), (lambda path: path.mkdir(), 2)])
def test_a_folder_that_is_no_plan(made: Callable[[Path], object], code: int, tmp_path: Path) -> None:
    made(tmp_path / "waves")
    done = run("validate", "--waves", "waves", cwd=tmp_path)
    assert (done.code, done.err != "") == (code, True)


HEAD = "title: Housing\nperiod: 2026-01/2027-12\nmoments:\n"
DATED = "  - {id: m, title: M, when: 2026-05-12}\n"
ACTORS = "".join(f"  a{n}: {{name: A, kind: partner, part_of: a{n + 1}}}\n" for n in range(10_000))
LARGE_PLANS: dict[str, tuple[dict[str, str], tuple[str, ...], int]] = {
    "a chain of ties": (
        {"housing": HEAD + "".join(f"  - {{id: m{n}, title: M, same_as: m{n + 1}}}\n" for n in range(2_000))},
        ("validate",),
        1,
    ),
    "a ring of ties": (
        {"housing": HEAD + "".join(f"  - {{id: m{n}, title: M, same_as: m{(n + 1) % 2000}}}\n" for n in range(2_000))},
        ("validate",),
        1,
    ),
    "brackets in a description": (
        {"housing": f'description: "{"[" * 100_000}"\n{HEAD}{DATED}'},
        ("export-ics", "housing", "-o", "-"),
        0,
    ),
    "a large text repeated by references": (
        {"housing": f'slogan: &t "{"word " * 200_000}"\n' + HEAD + "  - {id: m, title: *t, when: 2026-05}\n" * 3_000},
        ("validate",),
        1,
    ),
    "a chain of collectives": (
        {"programme": f"actors:\n{ACTORS}", "housing": f"actors: [a0, a9999]\n{HEAD}{DATED}"},
        ("converge",),
        1,
    ),
    "rules for every week": (
        {
            "housing": HEAD
            + "".join(f"  - {{id: m{n}, title: M, when: 2026-01-05, repeat: FREQ=WEEKLY}}\n" for n in range(3_000))
        },
        ("timeline",),
        2,
    ),
    "more feeds than are read": (
        {"programme": "feeds:\n" + "".join(f"  f{n}: {{name: F}}\n" for n in range(5_000)), "housing": HEAD + DATED},
        ("validate",),
        1,
    ),
}


def test_a_change_may_not_add_more_dates_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wavectl.plan.loader.MAX_PLAN_OCCURRENCES", 100)
    text = HEAD + "  - {id: m, title: M, when: 2027-12-13, repeat: FREQ=WEEKLY}\n"
    file = write_plan(tmp_path, {"housing": text}) / "housing.yaml"
    outcome = run(
        "moment", "move", "housing/m", "--series", "--same", "--when", "2026-01-05", "--lang", "en", cwd=tmp_path
    )
    assert (outcome.code, "more than 100 dates" in outcome.err, file.read_text()) == (2, True, text)


@pytest.mark.parametrize(("files", "command", "code"), LARGE_PLANS.values(), ids=LARGE_PLANS)
def test_a_large_plan_is_read_in_linear_time(
    files: dict[str, str], command: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    write_plan(tmp_path, files)
    found, out, err = bounded(tmp_path, *command)
    assert (found, bool(out or err)) == (code, True)
