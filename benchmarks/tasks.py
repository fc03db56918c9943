"""What is measured inside a process: each task is run by name in a process of its own, and prints its seconds.

``python tasks.py NAME ARGUMENT…`` prints ``{"seconds": …, "peak": …}``, the peak of memory in KiB.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

TODAY = date(2200, 1, 1)
"""The day on which plans are looked at: all is over by then, and rules that ask for the day have all to look at."""


def parse(*files: str) -> float:
    """C: PyYAML's CSafeLoader on the text of files, or of all files of a folder, one after another."""
    import yaml

    paths = [
        path for name in files for path in (sorted(Path(name).glob("*.yaml")) if Path(name).is_dir() else [Path(name)])
    ]
    start = process_time()
    for path in paths:
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return process_time() - start


def check(folder: str) -> float:
    """Load and validate a plan, to the report of all that is wrong."""
    from wavectl import rules
    from wavectl.plan.loader import load
    from wavectl.render.diagnostics import Style, diagnose, render_report, summarise

    start = process_time()
    plan = load(Path(folder))._replace(today=TODAY)
    diagnostics = diagnose(plan, rules.check(plan).findings, Path.cwd())
    render_report("concise", diagnostics, summarise(diagnostics, len(plan.documents), 0), Style())
    return process_time() - start


def command(folder: str, warm: str, *arguments: str) -> float:
    """Run a command on a plan, in a process that has run it on a small one: what is measured is the plan."""
    from wavectl.cli.app import app

    def run(waves: str) -> None:
        try:
            app(["--waves", waves, "--today", TODAY.isoformat(), *arguments], prog_name="wavectl")
        except SystemExit as end:
            if end.code:
                raise

    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123
        run(warm)
        start = process_time()
        run(folder)
        return process_time() - start


def _plan(folder: str) -> Any:
    from wavectl.plan.loader import load

    return load(Path(folder))


def feed(folder: str, copy: str) -> float:
    """Make a feed of a plan that is read and resolved already; a copy goes into a file."""
    from wavectl.publishing.ical import CalendarTitle, EntryTexts, FeedOptions, render_calendar
    from wavectl.publishing.tracking import compute_publication

    plan = _plan(folder)
    waves = tuple(plan.waves)
    entries = compute_publication(plan, waves, TODAY).entries
    manner, wording = FeedOptions(TODAY), EntryTexts(plan, plan.programme.languages)
    render_calendar(CalendarTitle("all"), waves, entries[:20], manner, wording)
    start = process_time()
    made = render_calendar(CalendarTitle("all"), waves, entries, manner, wording)
    taken = process_time() - start
    Path(copy).write_bytes(made.data)
    return taken


def format_feed(copy: str) -> float:
    """J: format the values of a feed into lines, escape, fold and join them, with no library at all."""
    entries, entry, head = [], [], []
    for line in Path(copy).read_bytes().replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _, value = line.partition(":")
        (entry if entry else head).append(line)
        if line == "BEGIN:VEVENT":
            entry = [line]
        elif entry and line == "END:VEVENT":
            entries.append(_ready(entry[1:-1]))
            entry = []
    start = process_time()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for values in entries:
        lines.append("BEGIN:VEVENT")
        for name, value in values:
            if isinstance(value, date):
                text = f"{value.year:04}{value.month:02}{value.day:02}"
            else:
                text = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            lines.append(f"{name}:{text}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    folded = []
    for line in lines:
        data = line.encode()
        while len(data) > 75:
            end = 75
            while data[end] & 0xC0 == 0x80:
                end -= 1
            folded.append(data[:end])
            data = b" " + data[end:]
        folded.append(data)
    b"\r\n".join(folded)
    return process_time() - start


def _ready(lines: list[str]) -> list[tuple[str, str | date]]:
    """Return the values of an entry as they are before they become text: days as dates, texts without escapes."""
    values: list[tuple[str, str | date]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if re.fullmatch(r"\d{8}", value):
            values.append((name, date(int(value[:4]), int(value[4:6]), int(value[6:]))))
        else:
            values.append((name, re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)))
    return values


def show(folder: str, copy: str) -> float:
    """Make and write the timeline of a plan that is read already; the cells of its rows go into a file."""
    from wavectl.render.timeline import RenderContext, render_timeline
    from wavectl.timeline import build_timeline

    plan = _plan(folder)
    look = RenderContext(plan.programme.languages)
    render_timeline("table", build_timeline(plan, list(plan.waves)[:1], TODAY), look)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        start = process_time()
        text = render_timeline("table", build_timeline(plan, list(plan.waves), TODAY), look)
        nowhere.write(text)
        taken = process_time() - start
    rows = [re.split(r" {2,}", line.strip())[:5] for line in text.splitlines() if re.match(r"\S {2}\S", line)]
    Path(copy).write_text(json.dumps(rows), encoding="utf-8")
    return taken


def print_rows(copy: str) -> float:
    """Print the ready cells of a timeline, one row after another."""
    rows = json.loads(Path(copy).read_text(encoding="utf-8"))
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        start = process_time()
        for mark, day, title, place, wave in rows:
            print(f"{mark}  {day:<24}  {title:<60}  {place:<22}  {wave}", file=nowhere)
        return process_time() - start


TASKS: dict[str, Callable[..., float]] = {
    task.__name__: task for task in (parse, check, command, feed, format_feed, show, print_rows)
}

if __name__ == "__main__":
    if sys.argv[1] != "parse":
        gc.disable()  # as the program itself does
    seconds = TASKS[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak": peak}))
