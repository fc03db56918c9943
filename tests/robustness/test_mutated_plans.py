"""Hundreds of damaged plans: no command crashes, and each finding points into its file.

A plan cannot control the terminal either: no output contains a control character of the plan.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from support.fuzz import examples
from support.mutated_plans import plan_of
from support.plans import TODAY, run
from support.rfc5545 import faults
from wavectl.cli import context

CHUNKS, PLANS = 10, examples(150)
COMMANDS = (
    ("validate", "--format", "json"),
    ("validate", "--strict"),
    ("validate", "--format", "concise"),
    ("validate", "--color", "always"),
    ("timeline",),
    ("timeline", "--color", "always"),
    ("timeline", "--format", "json"),
    ("timeline", "--format", "csv"),
    ("converge",),
    ("converge", "--color", "always", "--within", "999d"),
    ("converge", "--format", "json"),
    ("converge", "--format", "markdown"),
    ("export-ics", "-o", "-"),
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # what wavectl itself writes under --color always
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # texts for programs keep the direction of their letters
LINE_END = re.compile("\r\n|\r|\n")
CONCISE = re.compile(r"(?s).+:[1-9]\d*:[1-9]\d*: (error|warning|info)\[[a-z-]+\] .+")


class Run:
    """One command on one plan."""

    def __init__(self, folder: Path, command: tuple[str, ...]) -> None:
        self.command = command
        self.raised: Exception | None = None
        self.code, self.out, self.err, self.raw = 1, "", "", b""
        try:
            self.code, self.out, self.err, self.raw, _ = run("--waves", str(folder), "--today", TODAY, *command)
        except Exception as error:
            self.raised = error

    def faults(self, folder: Path) -> list[str]:
        """Return what is wrong with how the command went, each a sentence."""
        if self.raised is not None:
            return [f"{type(self.raised).__name__}: {self.raised}"]
        found = [] if self.code in (0, 1, 2) else [f"exit code {self.code}"]
        found += self._steering()
        if self.command[0] == "validate":
            if "json" in self.command:
                diagnostics = json.loads(self.out)["diagnostics"]
                found += [fault for diagnostic in diagnostics for fault in misplaced(diagnostic, folder)]
            if "concise" in self.command:
                found += [f"no place in {line!r}" for line in self.out.splitlines() if not CONCISE.fullmatch(line)]
        elif self.code == 0 and self.command[0] == "export-ics":
            found += faults(self.raw)
        elif self.code == 0 and "json" in self.command:
            json.loads(self.out)
        elif self.code and self.out:
            found.append(f"something on stdout beside exit code {self.code}: {self.out[:80]!r}")
        return found

    def _steering(self) -> list[str]:
        for_programs = self.command[0] == "export-ics" or self.command[-1] == "csv"
        out = self.out.replace("\r\n", "\n") if for_programs else self.out
        out = out.replace("\t", " ") if self.command[0] == "export-ics" else out  # RFC 5545 allows it in a text
        streams = ((out, CONTROLS if for_programs else STEERING), (self.err, STEERING))
        strange = [match for text, pattern in streams if (match := pattern.search(COLOURS.sub("", text)))]
        return [f"U+{ord(match[0]):04X} in the output: {match.string[: match.end()][-60:]!r}" for match in strange]


def misplaced(found: dict[str, Any], folder: Path) -> list[str]:
    """Return what is wrong with the place of a diagnostic: it lies inside the text of its file."""
    file = folder / Path(found["file"]).name
    text = file.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff") if file.is_file() else ""
    lines = LINE_END.split(text)
    start, end = (found["line"], found["column"]), (found["end_line"], found["end_column"])
    inside = all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in (start, end))
    if inside and start <= end and file.exists():
        return []
    return [f"{found['rule']} at {start}-{end} is not inside {found['file']} ({len(lines)} lines)"]


def put(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, raw in files.items():
        (folder / name).write_bytes(raw)


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands share one reading of a plan: that is not what is tested."""
    load, plans = context.load, {}

    def remembered(folder: Path, *arguments: Any) -> Any:
        if folder not in plans:
            plans.clear()
            plans[folder] = load(folder, *arguments)
        return plans[folder]

    monkeypatch.setattr(context, "load", remembered)


def check(seed: int, folder: Path) -> tuple[list[str], int]:
    """Run commands on the plan of a seed; return the faults, and the exit code of ``validate``.

    ``validate`` runs on each plan, each of the other commands on every third one.
    """
    put(folder, plan_of(seed))
    runs = [Run(folder, command) for command in (COMMANDS[0], *COMMANDS[1 + seed % 3 :: 3])]
    found = [f"plan {seed}, {' '.join(each.command)}: {fault}" for each in runs for fault in each.faults(folder)]
    checked = runs[0].code
    for each in runs[1:]:
        if each.code not in (0, checked) and "--strict" not in each.command:
            found.append(f"plan {seed}: {' '.join(each.command)} ends with {each.code}, validate with {checked}")
    return found, checked


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_broken_plan_never_breaks_a_command(chunk: int, tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    found: list[str] = []
    for seed in range(chunk * PLANS, (chunk + 1) * PLANS):
        faults_found, code = check(seed, tmp_path / str(seed))
        found += faults_found
        codes[code] += 1
    assert not found, "\n".join(found)
    assert codes[1] >= PLANS // 2, "too few plans are broken"
    assert codes[0] >= PLANS // 10, "too few plans are sound"
