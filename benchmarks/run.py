"""Measure the budgets of speed and memory: ``make bench``, or ``python benchmarks/run.py [--quick] [ROW…]``.

Every figure is a ratio of two things measured in turn on one machine (A B A B …), the median of at least seven pairs;
``--quick`` takes three. A word given as ROW keeps the rows that hold it. Times are those of the processor, so that
other work on the machine tells little; the table says what each ratio is, its budget, and ok or MISS. The exit code is
1 where a budget is missed.

P is ``python -c pass``, T a Typer program of one command with one list argument, C PyYAML's CSafeLoader on the same
text, J the formatting of the same ready values into lines without any library, "print" the printing of the same ready
cells in columns. yaml2ics lives in an environment of its own, in the user's cache folder, because it pulls another ics.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import plans

HERE = Path(__file__).resolve().parent
WAVES = HERE.parent / "waves"
PEER = "yaml2ics==0.3"
TODAY = "2017-06-01"

Measure = Callable[[], float]


class Row(NamedTuple):
    """A line of the table: what is measured in terms of what, and the most that the ratio may be."""

    what: str
    unit: str
    budget: float
    ours: Measure
    theirs: Measure
    growth: float = 0.0  # how many times larger ours is than theirs: the ratio becomes an exponent

    def ratio(self, ours: float, theirs: float) -> float:
        """Return what is held against the budget."""
        return math.log(ours / theirs) / math.log(self.growth) if self.growth else ours / theirs


def process(*command: str) -> Measure:
    """Return a measure of the processor's seconds that a whole process takes."""

    def measure() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return measure


def task(name: str, *arguments: str | Path, what: str = "seconds") -> Measure:
    """Return a measure of a task in a process of its own: its ``seconds``, or the process's ``peak`` of memory."""

    def measure() -> float:
        command = [sys.executable, str(HERE / "tasks.py"), name, *map(str, arguments)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return float(json.loads(done.stdout.splitlines()[-1])[what])

    return measure


def start_rows() -> list[Row]:
    """Return the rows about small plans, where starting is what takes time."""
    program = (str(Path(sys.executable).parent / "wavectl"), "--waves", str(WAVES), "--today", TODAY)
    nothing = process(sys.executable, "-c", "pass")
    floor = process(sys.executable, str(HERE / "floor.py"))
    return [
        Row("--version", "P", 2, process(program[0], "--version"), nothing),
        Row("--help", "P", 15, process(program[0], "--help"), nothing),
        Row("validate, 3 real waves", "T", 1.25, process(*program, "validate"), floor),
        Row("timeline, piped, 3 real waves", "T", 1.4, process(*program, "timeline"), floor),
        Row("export-ics, 3 real waves", "T", 1.7, process(*program, "export-ics", "-o", "-"), floor),
    ]


def reading_rows(home: Path) -> list[Row]:
    """Return the rows about reading and checking large plans."""
    plans.write_plan(home / "sound", 30_000, 1_000)
    plans.write_plan(home / "faulty", 30_000, 1_000, faulty=True)
    plans.write_plan(home / "ten", 30_000, 10)
    whole = home / "whole.yaml"
    whole.write_text(plans.wave(0, 30_000, towns=1_200), encoding="utf-8")
    return [
        Row(
            "load + validate 1,000 files of 30 moments",
            "C",
            1,
            task("check", home / "sound"),
            task("parse", home / "sound"),
        ),
        Row(
            "the same, an error in every file", "C", 1.2, task("check", home / "faulty"), task("parse", home / "faulty")
        ),
        Row(
            "peak memory, 30,000 moments in 10 files",
            "C on one file",
            1,
            task("check", home / "ten", what="peak"),
            task("parse", whole, what="peak"),
        ),
    ]


GROWING: tuple[tuple[str, ...], ...] = (
    ("validate",),
    ("timeline",),
    ("timeline", "--format", "gantt"),
    ("timeline", "--format", "html"),
    ("export-ics", "-o", "-"),
    ("status",),
    ("converge",),
    ("todo",),
    ("coverage",),
)
"""The commands whose time grows with the plan."""


def growth_rows(home: Path) -> list[Row]:
    """Return the rows about how time grows with the plan: exponents."""
    for moments in (1_000, 30_000):
        plans.write_plan(home / f"growth-{moments}", moments, moments // 100)

    def run(moments: int, *arguments: str) -> Measure:
        return task("command", home / f"growth-{moments}", WAVES, *arguments)

    return [
        Row(
            f"growth of {' '.join(arguments)}, 1,000 to 30,000 moments",
            "exponent",
            1.1,
            run(30_000, *arguments),
            run(1_000, *arguments),
            30,
        )
        for arguments in GROWING
    ]


def output_rows(home: Path) -> list[Row]:
    """Return the rows about writing what is read already."""
    plan, feed, rows = home / "output", home / "copy.ics", home / "copy.json"
    plans.write_plan(plan, 10_000, 100)
    return [
        Row("feed of 10,000 moments", "J", 5, task("feed", plan, feed), task("format_feed", feed)),
        Row("timeline of 10,000 entries, piped", "print", 12, task("show", plan, rows), task("print_rows", rows)),
    ]


def peer_rows(home: Path) -> list[Row]:
    """Return the rows against yaml2ics: whole processes, from YAML to a feed."""
    peer = _peer()
    made = []
    for moments, budget in ((1_000, 0.25), (10_000, 0.1)):
        plan, events = home / f"peer-{moments}", home / f"peer-{moments}.yaml"
        plans.write_plan(plan, moments, moments // 100)
        plans.write_events(events, moments)
        ours = process(str(Path(sys.executable).parent / "wavectl"), "--waves", str(plan), "export-ics", "-o", "-")
        made.append(
            Row(f"YAML to feed, {moments:,} moments", "yaml2ics", budget, ours, process(str(peer), str(events)))
        )
    return made


def _peer() -> Path:
    """Return the program yaml2ics, installed where it disturbs nobody."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "wavectl-bench" / PEER
    program = home / "bin" / "yaml2ics"
    if not program.exists():
        say(f"installing {PEER} into {home}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", PEER], check=True)
    return program


GROUPS: tuple[Callable[[Path], list[Row]], ...] = (
    lambda _: start_rows(),
    reading_rows,
    growth_rows,
    output_rows,
    peer_rows,
)


def say(text: str) -> None:
    """Tell how far the measuring is."""
    print(text, file=sys.stderr, flush=True)


def measured(row: Row, pairs: int) -> float:
    """Return the median ratio of so many alternating pairs."""
    row.ours(), row.theirs()  # files come into the caches of the machine
    ratios = []
    for _ in range(pairs):
        ours, theirs = row.ours(), row.theirs()
        ratios.append(row.ratio(ours, theirs))
        say(f"  {row.what}: {ratios[-1]:.2f} {row.unit}  ({ours:.4g} against {theirs:.4g})")
    return median(ratios)


def main() -> int:
    """Measure, print the table, and return the exit code."""
    parser = ArgumentParser(description="Measure the budgets of speed and memory.")
    parser.add_argument("--quick", action="store_true", help="take three pairs of each, not seven")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="a word of the rows to measure; all if none is given")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled: so is ours, at the first run
    missed = 0
    print(f"{'what':<48} {'measured':>8} {'budget':>7}  {'in terms of':<14}")
    with tempfile.TemporaryDirectory(prefix="wavectl-bench-") as folder:
        for group in GROUPS:
            for row in group(Path(folder)):
                if given.rows and not any(word in row.what for word in given.rows):
                    continue
                ratio = measured(row, 3 if given.quick else 7)
                missed += ratio > row.budget
                verdict = "ok" if ratio <= row.budget else "MISS"
                print(f"{row.what:<48} {ratio:>8.2f} {row.budget:>7g}  {row.unit:<14} {verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
