"""Measure the budgets of speed and memory: ``make bench``, or ``python benchmarks/run.py [--quick] [ROW…]``.

Every figure is a ratio: two measures taken in turn on the same machine (A B A B …), the median of seven pairs or more;
``--quick`` takes three. Naming words keeps the rows that contain one of them. Times are processor times, so other work
on the machine changes little. The table shows the ratio, its budget, what it is a ratio of, and ok or MISS. The exit
code is 1 if a budget is missed.

The units:

- P: ``python -c pass``
- T: a Typer program with one command and one list argument (``floor.py``)
- C: PyYAML's CSafeLoader, parsing the same text
- V: ``wavectl validate`` of the same plan, the whole process
- R: ``csv.reader`` over the same register of actions
- J: formatting the same values into lines, folding and joining them, without a library
- MiB: not a ratio but the peak memory of the process

Plans and what is made of them are in memory, where the system has a folder for that with room (``/dev/shm``): to make
thousands of files on a disk takes ten times longer on one than on another, and longest where many were just deleted.

yaml2ics is installed in an environment of its own, in the user's cache folder, because it needs another version of ics.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import pty
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import plans

HERE = Path(__file__).resolve().parent
WAVES = HERE.parent / "waves"
WAVECTL = str(Path(sys.executable).parent / "wavectl")
PEER = "yaml2ics==0.3"
TODAY = "2017-06-01"
AFTER_ALL = "2200-01-01"
"""A day after the last moment of the generated plans, on which every rule has something to check."""

MIN_FREE = 2 * 1024**3
"""How many bytes the largest plans and what is made of them need, with room to spare."""

Measure = Callable[[], float]


class Row(NamedTuple):
    """A row of the table: two measures, the unit of their ratio, and the largest ratio allowed."""

    what: str
    unit: str
    budget: float
    ours: Measure
    theirs: Measure
    growth: float = 0.0
    """How many times larger our plan is than theirs; if set, the figure is an exponent instead of a ratio."""

    def ratio(self, ours: float, theirs: float) -> float:
        """Return the figure to compare with the budget."""
        return math.log(ours / theirs) / math.log(self.growth) if self.growth else ours / theirs


def process(*command: str, **environment: str) -> Measure:
    """Return a measure of the processor time of a whole process, in seconds."""

    def measure() -> float:
        before = _children()
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
        )
        return _children() - before

    return measure


def _children() -> float:
    """Return the processor time that finished child processes have taken, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def on_terminal(*command: str) -> Measure:
    """Return a measure of the processor time of a process whose output is a terminal of 120 columns, in seconds."""

    def measure() -> float:
        before = _children()
        reader, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color"}
        with subprocess.Popen(command, stdout=terminal, stderr=subprocess.DEVNULL, env=environment) as running:
            os.close(terminal)
            _drain(reader)
        os.close(reader)
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, command)
        return _children() - before

    return measure


def _drain(reader: int) -> None:
    """Read what is written to a terminal until its last writer closes it."""
    try:
        while os.read(reader, 65536):
            pass
    except OSError:  # how Linux reports the end
        return


def peak_of(*command: str) -> Measure:
    """Return a measure of the peak memory of a whole process, in MiB."""

    def measure() -> float:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, command)
        return usage.ru_maxrss / 1024

    return measure


def one() -> float:
    """Return 1, for rows that are not ratios."""
    return 1


def task(name: str, *arguments: str | Path, what: str = "seconds") -> Measure:
    """Return a measure of a task of ``tasks.py`` in a new process: its ``seconds``, or the ``peak`` memory in KiB."""

    def measure() -> float:
        command = [sys.executable, str(HERE / "tasks.py"), name, *map(str, arguments)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return float(json.loads(done.stdout.splitlines()[-1])[what])

    return measure


def start_rows() -> list[Row]:
    """Return the rows about small plans, where most of the time is start-up."""
    program = (WAVECTL, "--waves", str(WAVES), "--today", TODAY)
    nothing = process(sys.executable, "-c", "pass")
    floor = process(sys.executable, str(HERE / "floor.py"))
    return [
        Row("--version", "P", 2, process(WAVECTL, "--version"), nothing),
        Row("--help", "P", 10, process(WAVECTL, "--help"), nothing),
        Row("validate, 3 real waves", "T", 1.45, process(*program, "validate"), floor),
        Row("timeline, piped, 3 real waves", "T", 1.45, process(*program, "timeline"), floor),
        Row("export-ics, 3 real waves", "T", 1.85, process(*program, "export-ics", "-o", "-"), floor),
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
            1.1,
            task("check", home / "sound"),
            task("parse", home / "sound"),
        ),
        Row(
            "the same, an error in every file", "C", 1.5, task("check", home / "faulty"), task("parse", home / "faulty")
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
    """Return the rows about how time grows with the plan, as exponents."""
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
    """Return the rows about what the commands write, on a plan of 10,000 moments."""
    plan, feed = home / "output", home / "copy.ics"
    plans.write_plan(plan, 10_000, 100)
    program = (WAVECTL, "--waves", str(plan), "--today", AFTER_ALL)
    subprocess.run([*program, "fmt"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    validate, piped = process(*program, "validate"), process(*program, "timeline")
    sheet = (*program, "export-sheet", "-o", str(home / "plan.xlsx"))
    return [
        Row("feed of 10,000 moments, timeline to bytes", "J", 6, task("feed", plan, feed), task("format_feed", feed)),
        Row("timeline of 10,000 moments, piped", "V", 1.15, piped, validate),
        Row("timeline of 10,000 moments, on a terminal", "piped", 2.5, on_terminal(*program, "timeline"), piped),
        Row("fmt --check of 10,000 moments", "V", 2.5, process(*program, "fmt", "--check"), validate),
        Row("export-sheet of 10,000 moments", "V", 4, process(*sheet), validate),
        Row("export-sheet of 10,000 moments, peak memory", "MiB", 350, peak_of(*sheet), one),
    ]


def completion_rows(home: Path) -> list[Row]:
    """Return the row about one completion at the shell, on a plan of 30,000 moments."""
    plan = home / "completion"
    plans.write_plan(plan, 30_000, 300)
    shell = {
        "_WAVECTL_COMPLETE": "complete_bash",
        "COMP_WORDS": "wavectl\nmoment\nmove\nmoment-29",
        "COMP_CWORD": "3",
        "WAVECTL_WAVES": str(plan),
    }
    nothing = process(sys.executable, "-c", "pass")
    return [Row("one completion, 30,000 moments", "P", 15, process(WAVECTL, **shell), nothing)]


def action_rows(home: Path) -> list[Row]:
    """Return the rows about local actions: checking and counting registers, compared with only reading the CSV file."""
    small, large = home / "actions", home / "actions-large"
    for folder, rows in ((small, 100_000), (large, 1_000_000)):
        plans.write_plan(folder, 100, 1)
        plans.write_registers(folder, rows)
    reading = task("read_csv", small / "actions" / "wave-0000.csv")

    def program(folder: Path, *arguments: str) -> tuple[str, ...]:
        return (WAVECTL, "--waves", str(folder), "--today", AFTER_ALL, *arguments)

    count = ("actions", "count", "--by", "country")
    return [
        Row("actions count, 100,000 rows", "R", 8, process(*program(small, *count)), reading),
        Row("validate, 100,000 rows of actions", "R", 15, process(*program(small, "validate")), reading),
        Row(
            "growth of actions count, 100,000 to 1,000,000 rows", "exponent", 1.1,
            process(*program(large, *count)), process(*program(small, *count)), 10,
        ),
        Row(
            "growth of validate, 100,000 to 1,000,000 rows", "exponent", 1.1,
            process(*program(large, "validate")), process(*program(small, "validate")), 10,
        ),
        Row("actions count, 1,000,000 rows, peak memory", "MiB", 256, peak_of(*program(large, *count)), one),
    ]  # fmt: skip


def site_rows(home: Path) -> list[Row]:
    """Return the rows about the site in one language, written into a new folder, and about two versions of a plan."""
    small, large, earlier = home / "site-small", home / "site", home / "site-earlier"
    for folder, moments, files, rows in ((small, 1_000, 30, 10_000), (large, 10_000, 300, 100_000)):
        plans.write_plan(folder, moments, files)
        plans.write_registers(folder, rows, files)
    shutil.copytree(large, earlier)
    for number in range(0, 300, 10):
        wave = earlier / f"wave-{number:04}.yaml"
        wave.write_text(
            wave.read_text(encoding="utf-8").replace("status: tentative", "status: postponed"), encoding="utf-8"
        )
    validate = process(WAVECTL, "--waves", str(large), "--today", AFTER_ALL, "validate")

    def write_site(measure: Callable[..., Measure], plan: Path) -> Measure:
        target = home / "pages"
        run = measure(WAVECTL, "--waves", str(plan), "--today", AFTER_ALL, "site", "-o", str(target))

        def measured() -> float:
            shutil.rmtree(target, ignore_errors=True)
            return run()

        return measured

    return [
        Row("site of 300 waves, 10,000 moments, 100,000 actions", "V", 4, write_site(process, large), validate),
        Row("the same, peak memory", "MiB", 600, write_site(peak_of, large), one),
        Row(
            "growth of site, 1,000 to 10,000 moments", "exponent", 1.1,
            write_site(process, large), write_site(process, small), 10,
        ),
        Row("diff of two versions of that plan", "V", 4, process(WAVECTL, "diff", str(earlier), str(large)), validate),
    ]  # fmt: skip


def peer_rows(home: Path) -> list[Row]:
    """Return the rows against yaml2ics: whole processes, from YAML to a feed."""
    peer = _peer()
    rows = []
    for moments, budget in ((1_000, 0.4), (10_000, 0.17)):
        plan, events = home / f"peer-{moments}", home / f"peer-{moments}.yaml"
        plans.write_plan(plan, moments, moments // 100)
        plans.write_events(events, moments)
        ours = process(WAVECTL, "--waves", str(plan), "export-ics", "-o", "-")
        theirs = process(str(peer), str(events))
        rows.append(Row(f"YAML to feed, {moments:,} moments", "yaml2ics", budget, ours, theirs))
    return rows


def _peer() -> Path:
    """Return the path of yaml2ics; install it in an environment of its own if it is missing."""
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
    completion_rows,
    action_rows,
    site_rows,
    peer_rows,
)


def _folder_in_memory() -> Path | None:
    """Return a folder whose files are in memory; None where there is none with room for the largest plans."""
    folder = Path("/dev/shm")  # noqa: S108 - what is made in it has a name of its own
    has_room = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > MIN_FREE
    return folder if has_room else None


def say(text: str) -> None:
    """Print progress to the standard error."""
    print(text, file=sys.stderr, flush=True)


def measured(row: Row, pairs: int) -> float:
    """Return the median ratio of that many alternating pairs."""
    row.ours(), row.theirs()  # warm the file caches
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
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled; this one is in its first run
    missed = 0
    print(f"{'what':<48} {'measured':>8} {'budget':>7}  {'in terms of':<14}")
    with tempfile.TemporaryDirectory(prefix="wavectl-bench-", dir=_folder_in_memory()) as folder:
        for group in GROUPS:
            for row in group(Path(folder)):
                if options.rows and not any(word in row.what for word in options.rows):
                    continue
                ratio = measured(row, 3 if options.quick else 7)
                missed += ratio > row.budget
                verdict = "ok" if ratio <= row.budget else "MISS"
                print(f"{row.what:<48} {ratio:>8.2f} {row.budget:>7g}  {row.unit:<14} {verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
