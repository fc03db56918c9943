"""Plans as texts, and wavectl run on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
import typer
from typer.testing import CliRunner

from wavectl import rules
from wavectl.cli.app import app
from wavectl.diagnostics import Diagnostic
from wavectl.plan.loader import Plan, load
from wavectl.render.diagnostics import diagnose

ROOT = Path(__file__).parents[2]
REAL = ROOT / "waves"
"""The three waves of the network."""
TODAY = "2017-06-01"

ANNOUNCED = "title: Housing\nstatus: announced\n"
"""A wave about which there is nothing to find."""
SOUND = 'title: Housing\nslogan: A right\nhashtags: ["#Housing"]\nperiod: 2017-05/2018-12\n'
"""An active wave about which there is nothing to find."""


def commands() -> dict[str, Any]:
    """Return every command of the program by what is typed for it, with those of groups; the program as ""."""
    group = program()
    found: dict[str, Any] = {"": group}
    for name in group.list_commands(None):
        found[name] = one = group.get_command(None, name)
        for below in one.list_commands(None) if hasattr(one, "list_commands") else ():
            found[f"{name} {below}"] = one.get_command(None, below)
    return found


GROUPS = ("moment", "wave", "programme", "actor", "actions")
"""The commands that do nothing but to hold others."""


class Outcome(NamedTuple):
    """What a run of wavectl came to."""

    code: int
    out: str
    err: str
    raw: bytes
    """The standard output as it is."""
    both: str = ""
    """What a run in this process wrote, on either stream, in order."""


def write_plan(home: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a plan into ``home/waves`` and return that folder; names without an ending are YAML files."""
    folder = home / "waves"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        file = folder / (name if "." in name else f"{name}.yaml")
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return folder


Files = dict[str, tuple[bytes, int, int]]


def state(home: Path) -> Files:
    """Return the files in a folder: what is in each, when it was written, and which one it is."""
    files = [file for file in sorted(home.rglob("*")) if file.is_file()]
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) for file in files}


def read_plan(home: Path, files: Mapping[str, str | bytes]) -> Plan:
    """Return the plan of these files."""
    return load(write_plan(home, files))


def checked(plan: Plan, **options: object) -> list[Diagnostic]:
    """Return what there is to say about a plan, in the order of its files."""
    return diagnose(plan, rules.check(plan, **options).findings, plan.folder.parent)  # type: ignore[arg-type]


def run(*arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """Run wavectl in this process, in a folder, with nothing but ``env`` to sway it."""
    sway = {**dict.fromkeys(swaying()), **(env or {})}
    code = 0
    with chdir(cwd or ROOT), CliRunner().isolation(env=sway) as streams:
        try:
            program().main(list(arguments), prog_name="wavectl")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        sys.stdout.flush()
        sys.stderr.flush()
        raw = [stream.getvalue() for stream in streams]
    out, err, both = (data.decode(errors="replace").replace("\r\n", "\n") for data in raw)
    return Outcome(code, out, err, raw[0], both)


@cache
def program() -> Any:
    """Return the program as Typer runs it, made once."""
    return typer.main.get_command(app)


def timeline_entries(
    *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the entries that ``wavectl timeline`` prints as JSON."""
    outcome = run("timeline", *arguments, "--format", "json", cwd=cwd, env=env)
    assert outcome.code == 0, outcome.err
    found: list[dict[str, Any]] = json.loads(outcome.out)["entries"]
    return found


def process(*arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """Run wavectl as a process of its own, in a folder, with nothing but ``env`` to sway it."""
    kept = {name: value for name, value in os.environ.items() if name not in swaying()}
    done = subprocess.run(
        [sys.executable, "-m", "wavectl", *arguments],
        cwd=cwd or ROOT,
        env={**kept, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **(env or {})},
        capture_output=True,
        check=False,
    )
    out, err = (stream.decode(errors="replace").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
    return Outcome(done.returncode, out, err, done.stdout)


def swaying() -> list[str]:
    """Return the variables of the environment that sway what wavectl does."""
    named = (
        "NO_COLOR",
        "FORCE_COLOR",
        "SOURCE_DATE_EPOCH",
        "COLUMNS",
        "LINES",
        "TERM",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "PYTHONIOENCODING",
        "PYTHONUTF8",
    )
    return [name for name in os.environ if name.startswith("WAVECTL_") or name in named]


def type_answers(monkeypatch: pytest.MonkeyPatch, modules: Iterable[str], *answers: str) -> None:
    """Run commands in this process as at a terminal: ``answers`` are typed, ``^C`` interrupts; no more may be asked.

    ``modules`` are those below ``wavectl.cli`` that look for a terminal.
    """
    left = iter(answers)

    def answer(*_: object) -> str:
        text = next(left)
        if text == "^C":
            raise KeyboardInterrupt
        return text

    for module in modules:
        monkeypatch.setattr(f"wavectl.cli.{module}.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
